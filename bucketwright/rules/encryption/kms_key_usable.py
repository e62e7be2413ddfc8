from dataclasses import replace
from typing import Final

from bucketwright.estate import BucketPosture, KeyPosture
from bucketwright.facets.bucket.encryption import FRESH as UNDER_S3
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.key.spec import FRESH as SYMMETRIC
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, good
from bucketwright.rules.named_keys import region_in
from bucketwright.rules.rule import BASELINE, LIVE, rule
from bucketwright.verdicts import HIGH, MEDIUM, Verdict, fails, not_applicable, passes

_OURS: Final = Encryption("aws:kms", "key:files")
_HERE: Final = "us-west-2"


def _key(region: str = _HERE, **facts: object) -> KeyPosture:
    usable = {"enabled": True, "rotation": 365, "spec": SYMMETRIC}
    return KeyPosture("key:files", f"arn:aws:kms:{region}:111122223333:key/1234abcd", {**usable, **facts})


@rule(
    "kms-key-usable",
    severity=HIGH,
    tier=BASELINE,
    lenses=LIVE,
    reads=["encryption", "region", "key.enabled", "key.rotation", "key.spec"],
    examples=lambda: [
        good(_key(), region=_HERE, encryption=_OURS),
        good(_key(rotation=90), region=_HERE, encryption=_OURS),
        good(replace(_key(), name="alias/files"), region=_HERE, encryption=_OURS),
        good(encryption=UNDER_S3),
        good(encryption=Encryption("aws:kms")),
        bad(_key(enabled=False), region=_HERE, encryption=_OURS),
        bad(_key(spec="RSA_2048"), region=_HERE, encryption=_OURS),
        bad(_key(region="eu-west-1"), region=_HERE, encryption=_OURS),
        bad(_key(rotation=None), region=_HERE, encryption=_OURS),
        bad(KeyPosture("key:files", "", {"enabled": False}), region=_HERE, encryption=_OURS),
    ],
)
def kms_key_usable(bucket: BucketPosture, estate: Estate) -> Verdict:
    """S3 can use the KMS key of new objects, and KMS renews it.

    **Why.** Under a key that is disabled nothing can be stored and nothing be read any more, and S3 cannot
    use one of another kind or another region at all. A key whose material is never renewed does the more harm
    the longer it has been in use.

    **Fix.** Enable the key again in KMS; take its deletion back where it waits for that. Turn on its yearly
    rotation, as a key that the project makes has it: what was encrypted before stays readable. Where the key
    is of the wrong kind or region, name another as `key` of the bucket's `encryption`.

    **Exempt it when** the key was disabled on purpose, so that nobody reads what lies under it, or its
    material is your own, which KMS cannot renew.
    """
    key = bucket.encryption.key
    if key is None:
        return not_applicable("no key is named: S3 or AWS keeps it")
    found = estate.follow(key, KeyPosture)
    if not found.enabled:
        return fails("the key is disabled", expected="an enabled key")
    if found.spec != SYMMETRIC:
        return fails(f"the key is of the kind {shown(found.spec)}", expected=SYMMETRIC)
    region = region_in(found.name)
    if region is not None and region != bucket.region:
        return fails(
            f"the key is in {shown(region)}, the bucket in {bucket.region}", expected="a key beside it"
        )
    if found.rotation is None:
        return fails("KMS never renews the key", expected="rotation once a year", severity=MEDIUM)
    return passes()
