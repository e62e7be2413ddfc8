from typing import Final

from bucketwright.estate import BucketPosture, KeyPosture
from bucketwright.facets.bucket.encryption import FRESH, Encryption
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.named_keys import declared_keys, names_of
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import HIGH, Verdict, fails, not_applicable, passes

_ID: Final = "1234abcd-12ab-34cd-56ef-1234567890ab"
_ARN: Final = f"arn:aws:kms:us-west-2:111122223333:key/{_ID}"
_STRANGER: Final = f"arn:aws:kms:us-west-2:999988887777:key/{_ID}"
_OWN: Final = declares(buckets={"example": {"encryption": "kms"}})
_GIVEN: Final = declares(buckets={"other": {"encryption": {"type": "kms", "key": _ARN}}})
_OTHERS: Final = declares(buckets={"other": {"encryption": "kms"}})
_BOTH: Final = declares(buckets={"other": {"encryption": "kms"}}, rules={"keys": _ARN})
_LISTED: Final = declares(buckets={"example": {}}, rules={"keys": _ARN})


def _under(key: str | None) -> Encryption:
    return Encryption("aws:kms", key)


def _key(address: str, name: str = "", *aliases: str) -> KeyPosture:
    return KeyPosture(address, name, {"aliases": frozenset(aliases)})


@rule(
    "default-encryption-allowed-key",
    severity=HIGH,
    tier=BASELINE,
    reads=["encryption", "key.aliases"],
    examples=lambda: [
        good(encryption=_under("key:example"), around=_OWN),
        good(encryption=_under(_ARN), around=_GIVEN),
        good(encryption=Encryption("aws:kms:dsse", _ARN), around=_LISTED),
        good(_key("key:mine", _ARN), encryption=_under("key:mine"), around=_LISTED),
        good(_key("key:mine", _ARN, "alias/mine"), encryption=_under("alias/mine"), around=_LISTED),
        good(encryption=_under(_ID), around=_LISTED),
        good(encryption=_under("key:other"), around=_BOTH),
        good(_key("key:other", _ARN, "alias/other"), encryption=_under("alias/other"), around=_OTHERS),
        good(encryption=FRESH, around=_LISTED),
        good(encryption=_under(_STRANGER)),
        good(encryption=_under(_STRANGER), around=declares(buckets={"example": {}})),
        bad(encryption=_under(_STRANGER), around=_OWN),
        bad(encryption=_under(_STRANGER), around=_GIVEN),
        bad(encryption=_under(_STRANGER), around=_LISTED),
        bad(encryption=_under("key:other"), around=_OWN),
        bad(encryption=_under(None), around=_LISTED),
        bad(encryption=_under("another-id"), around=_LISTED),
        bad(_key("key:mine", _STRANGER), encryption=_under("key:mine"), around=_LISTED),
        bad(
            _key("key:mine", _ARN, "alias/mine"),
            _key("key:else", _STRANGER, "alias/else"),
            encryption=_under("alias/else"),
            around=_LISTED,
        ),
    ],
)
def default_encryption_allowed_key(bucket: BucketPosture, estate: Estate) -> Verdict:
    """New objects are under a KMS key that the contract names.

    **Why.** Who owns the key decides who reads the objects, and can take them from everybody for ever by
    deleting it. Under a stranger's key the data is no longer the team's.

    **Fix.** Deploy again, or name the key that is meant: as `key` of the bucket's `encryption`, or under
    `keys` of `rules` where the bucket is another's.

    **Exempt it when** a key is being replaced, and the contract already names the new one.
    """
    if bucket.encryption.algorithm == FRESH.algorithm:
        return not_applicable("its objects are under keys of S3, not of KMS")
    key, wanted = bucket.encryption.key, estate.intended(bucket)
    if key and wanted is not None and key == wanted.encryption.key:
        return passes()
    allowed = frozenset() if estate.environment is None else declared_keys(estate.environment)
    if not allowed:
        return not_applicable("no contract names any keys")
    if key is None:
        return fails("new objects are under the key that AWS keeps for S3", expected="a key of the contract")
    if key in allowed or names_of(key, estate, allowed) & allowed:
        return passes()
    return fails(f"new objects are under the key {shown(key, 120)}", expected="a key of the contract")
