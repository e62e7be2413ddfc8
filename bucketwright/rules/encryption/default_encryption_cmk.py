from typing import Final

from bucketwright.estate import BucketPosture, KeyPosture
from bucketwright.facets.bucket.encryption import FRESH, Encryption
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.named_keys import declared_keys, is_of_aws
from bucketwright.rules.rule import CHOSEN, rule
from bucketwright.verdicts import HIGH, Verdict, fails, not_applicable, passes

_ARN: Final = "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
_GIVEN: Final = Encryption("aws:kms", _ARN)
_NAMED: Final = declares(rules={"keys": _ARN})


def _key(*aliases: str) -> KeyPosture:
    return KeyPosture(_ARN, _ARN, {"aliases": frozenset(aliases)})


@rule(
    "default-encryption-cmk",
    severity=HIGH,
    tier=CHOSEN,
    reads=["encryption", "key.aliases"],
    examples=lambda: [
        good(_key("alias/files"), encryption=_GIVEN),
        good(_key(), encryption=Encryption("aws:kms:dsse", _ARN)),
        good(encryption=FRESH),
        good(encryption=_GIVEN, around=_NAMED),
        bad(encryption=Encryption("aws:kms")),
        bad(encryption=Encryption("aws:kms:dsse"), around=_NAMED),
        bad(_key("alias/files", "alias/aws/s3"), encryption=_GIVEN),
        bad(_key("alias/aws/s3"), encryption=_GIVEN, around=_NAMED),
    ],
)
def default_encryption_cmk(bucket: BucketPosture, estate: Estate) -> Verdict:
    """The KMS key of new objects is one of our own, not the one that AWS keeps for S3.

    **Why.** Nobody can change the policy of AWS's key: every principal of the account may use it through S3,
    no other account ever can, and it cannot be turned off when something has leaked.

    **Fix.** Say `encryption: kms` of the bucket, and the project makes a key for it; or name one that exists,
    by its ARN, as `key`. Objects that are there already keep the old key until they are moved.

    **Exempt it when** KMS is wanted for its trail alone, and nobody outside of the account reads the objects.
    """
    if bucket.encryption.algorithm == FRESH.algorithm:
        return not_applicable("its objects are under keys of S3, not of KMS")
    key = bucket.encryption.key
    if key is None:
        return fails("new objects are under the key that AWS keeps for S3", expected="a key of our own")
    if key not in estate.postures and estate.environment and key in declared_keys(estate.environment):
        return passes("the contract names the key")
    if any(map(is_of_aws, estate.follow(key, KeyPosture).aliases)):
        return fails("the key that is named is one that AWS keeps", expected="a key of our own")
    return passes()
