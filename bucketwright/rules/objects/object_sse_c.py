from typing import Final

from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import bad, bucket, good, says_of_bucket
from bucketwright.rules.home_bucket import declared_home
from bucketwright.rules.rule import BASELINE, LIVE, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails_if, not_applicable

_OPEN: Final = bucket(blocks_sse_c=False)
_LETS_THEM: Final = says_of_bucket(block_sse_c=False, unsafe={"customer-keys": "a partner keeps its keys"})


@rule(
    "object-sse-c",
    severity=MEDIUM,
    tier=BASELINE,
    lenses=LIVE,
    reads=["customer_key", "bucket", "bucket.blocks_sse_c"],
    examples=lambda: [
        good(_OPEN, customer_key=False),
        good(_OPEN, around=says_of_bucket(), customer_key=False),
        good(_OPEN, around=_LETS_THEM, customer_key=True),
        bad(_OPEN, customer_key=True),
        bad(_OPEN, around=says_of_bucket(), customer_key=True),
    ],
)
def object_sse_c(one: ObjectPosture, estate: Estate) -> Verdict:
    """No object is encrypted with a key that only its uploader has.

    **Why.** S3 forgets such a key at once. Whoever lost it lost the object, and whoever encrypted the team's
    objects with a key of their own can ask money for it. No scan, no copy, no replication reads them.

    **Fix.** Have its uploader read it and put it again without a key of its own. `block_sse_c: true`, which
    is the default of a contract, refuses such uploads.

    **Exempt it when** law or a partner demands that AWS never holds the key; better say `block_sse_c: false`
    with the reason under `unsafe`.
    """
    declared = declared_home(one, estate)
    if declared is not None and not declared.blocks_sse_c:
        return not_applicable("the contract lets uploaders bring their own keys")
    return fails_if(
        one.customer_key and "it is encrypted with a key that only its uploader has",
        expected="a key of S3 or KMS",
    )
