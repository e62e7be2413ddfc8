from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.encryption import FRESH, Encryption
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, good
from bucketwright.rules.named_keys import is_alias
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, not_applicable, passes

_HERE: Final = "arn:aws:kms:us-west-2:111122223333"
_ID: Final = "1234abcd-12ab-34cd-56ef-1234567890ab"


def _under(key: str | None) -> Encryption:
    return Encryption("aws:kms", key)


@rule(
    "kms-key-by-alias",
    severity=MEDIUM,
    tier=BASELINE,
    reads=["encryption"],
    examples=lambda: [
        good(encryption=_under(f"{_HERE}:key/{_ID}")),
        good(encryption=_under(f"{_HERE}:key/mrk-{_ID}")),
        good(encryption=_under("key:example")),
        good(encryption=_under(None)),
        good(encryption=FRESH),
        bad(encryption=_under("alias/files")),
        bad(encryption=Encryption("aws:kms:dsse", f"{_HERE}:alias/files")),
        bad(encryption=_under(_ID)),
        bad(encryption=_under(f"mrk-{_ID}")),
    ],
)
def kms_key_by_alias(bucket: BucketPosture, _: Estate) -> Verdict:
    """The KMS key of new objects is named by its full ARN.

    **Why.** S3 looks an alias, or an id alone, up in the account of whoever uploads. A writer of another
    account then fails, or encrypts under a key of its own that the owner of the bucket cannot use. And
    whoever may move an alias changes the key of all that is uploaded from then on.

    **Fix.** Say `encryption: kms` of the bucket, so that the project makes the key and names it, or give its
    full ARN as `key`.

    **Exempt it when** one account alone ever writes here, and the alias is moved to change keys on purpose.
    """
    key = bucket.encryption.key
    if key is None:
        return not_applicable("no key is named: S3 or AWS keeps it")
    if is_alias(key):
        return fails(f"the key is named by the alias {shown(key, 120)}", expected="the ARN of the key")
    if ":" not in key:
        return fails(f"the key is named by the id {shown(key, 120)} alone", expected="the ARN of the key")
    return passes()
