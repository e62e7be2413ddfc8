"""Where has a rule on encryption nothing to say, where does it pass, and how grave is what it finds?"""

from typing import Final

import pytest

from bucketwright.estate import KeyPosture
from bucketwright.facets.bucket.encryption import FRESH, Encryption
from bucketwright.facets.bucket.logging import Logging
from bucketwright.facets.key.spec import FRESH as SYMMETRIC
from bucketwright.rules.example_replications import other
from bucketwright.rules.examples import Declares, Example, bad, declares, good
from bucketwright.verdicts import HIGH, LOW, MEDIUM, Fails, not_applicable, passes
from tests.rules.governance.examined import examined, mended

ARN: Final = "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
NAMED: Final = Encryption("aws:kms", ARN)
OURS: Final = Encryption("aws:kms", "key:example")
OF_AWS: Final = Encryption("aws:kms")
LISTED: Final = declares(rules={"keys": ARN})
NO_KEYS: Final = declares(buckets={"example": {}})
MEANS_KMS: Final = declares(buckets={"example": {"encryption": "kms"}})
UNDER_S3: Final = "its objects are under keys of S3, not of KMS"
NO_KEY: Final = "no key is named: S3 or AWS keeps it"
SILENT: Final[dict[str, tuple[str, Example, str]]] = {
    "two layers": (
        "bucket-key-enabled",
        good(encryption=Encryption("aws:kms:dsse")),
        "aws:kms:dsse knows no bucket keys",
    ),
    "keys of S3, some allowed": ("default-encryption-allowed-key", good(encryption=FRESH), UNDER_S3),
    "no keys in the contract": (
        "default-encryption-allowed-key",
        good(encryption=NAMED, around=NO_KEYS),
        "no contract names any keys",
    ),
    "no contract for keys": (
        "default-encryption-allowed-key",
        good(encryption=NAMED),
        "no contract names any keys",
    ),
    "keys of S3, own ones asked for": ("default-encryption-cmk", good(encryption=FRESH), UNDER_S3),
    "a target of logs": (
        "default-encryption-kms",
        good(other("files", logging=Logging("bucket:example", "")), encryption=FRESH),
        "S3 delivers access logs to it, and does so under keys of S3 alone",
    ),
    "no contract for encryption": (
        "default-encryption-set",
        good(encryption=FRESH),
        "no contract says how its objects are to be encrypted",
    ),
    "no key to be named": ("kms-key-by-alias", good(encryption=OF_AWS), NO_KEY),
    "no key to be used": ("kms-key-usable", good(encryption=OF_AWS), NO_KEY),
    "keys of S3, none refused": ("policy-denies-wrong-key", good(encryption=FRESH, policy=None), UNDER_S3),
}
KEPT: Final[dict[str, tuple[str, Example, str]]] = {
    "a bucket key": ("bucket-key-enabled", good(encryption=Encryption("aws:kms", ARN, True)), ""),
    "the bucket's own key": (
        "default-encryption-allowed-key",
        good(encryption=OURS, around=MEANS_KMS),
        "",
    ),
    "the key of the contract": (
        "default-encryption-cmk",
        good(encryption=NAMED, around=LISTED),
        "the contract names the key",
    ),
    "a key that is not AWS's": (
        "default-encryption-cmk",
        good(KeyPosture(ARN, ARN, {"aliases": frozenset()}), encryption=NAMED),
        "",
    ),
}


def tls(minimum: str) -> Declares:
    return declares(buckets={"example": {"tls_minimum": minimum}})


GRAVE: Final[dict[str, tuple[str, Example, str]]] = {
    "weaker than meant": ("default-encryption-set", bad(encryption=FRESH, around=MEANS_KMS), HIGH),
    "stronger than meant": ("default-encryption-set", bad(encryption=OURS, around=NO_KEYS), MEDIUM),
    "a key that is never renewed": (
        "kms-key-usable",
        bad(
            KeyPosture("key:example", ARN, {"enabled": True, "spec": SYMMETRIC, "rotation": None}),
            region="us-west-2",
            encryption=OURS,
        ),
        MEDIUM,
    ),
    "versions that AWS itself refuses": ("tls-minimum-version", bad(policy=None), LOW),
    "versions that a team wants refused": (
        "tls-minimum-version",
        bad(policy=None, around=tls("1.3")),
        MEDIUM,
    ),
}


@pytest.mark.parametrize(("rule", "example", "because"), SILENT.values(), ids=SILENT)
def test_a_rule_says_why_it_does_not_apply(rule: str, example: Example, because: str) -> None:
    """It neither passes nor fails, and names the reason."""
    assert examined(rule, example) == not_applicable(because)


@pytest.mark.parametrize(("rule", "example", "because"), KEPT.values(), ids=KEPT)
def test_a_rule_that_is_kept_passes(rule: str, example: Example, because: str) -> None:
    """Where it has something to say it does not merely not apply."""
    assert examined(rule, example) == passes(because)


@pytest.mark.parametrize(("rule", "example", "severity"), GRAVE.values(), ids=GRAVE)
def test_some_faults_are_graver_than_others(rule: str, example: Example, severity: str) -> None:
    """What weakens a bucket weighs more than what nobody asked for."""
    found = examined(rule, example)

    assert isinstance(found, Fails)
    assert found.severity == severity


def test_the_default_becomes_what_is_meant() -> None:
    """Under KMS where that is wanted, with one request for many objects; as it is where no contract says."""
    kms = Encryption("aws:kms", None, bucket_key=True)

    assert mended("default-encryption-kms", bad(encryption=FRESH)).encryption == kms
    assert (
        mended("default-encryption-set", bad(encryption=FRESH, around=MEANS_KMS)).encryption.key == OURS.key
    )
    assert mended("default-encryption-set", bad(encryption=OURS)).encryption == OURS
    assert mended("bucket-key-enabled", bad(encryption=OURS)).encryption.bucket_key
