from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate
from bucketwright.rules.bucket_names import name_of
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, passes


@rule(
    "name-has-dots",
    severity=MEDIUM,
    tier=BASELINE,
    reads=[],
    examples=lambda: [
        good(called="shop-prod-files"),
        bad(called="files.example.com"),
        bad(called="shop-prod.files"),
    ],
)
def name_has_dots(bucket: BucketPosture, _: Estate) -> Verdict:
    """The bucket's name has no dot.

    **Why.** S3's certificate stands for one word before its host name. With a dot the name makes two, so that
    whoever asks by TLS gets a warning, or turns the check off; acceleration does not work at all.

    **Fix.** Take the dots out of `name`, or leave it out. S3 renames no bucket: that makes a new one, and the
    objects have to be copied.

    **Exempt it when** the bucket was made long ago, and whoever uses it names it in the path.
    """
    if "." in name_of(bucket):
        return fails("the name has a dot in it", expected="a name of letters, digits and hyphens")
    return passes()
