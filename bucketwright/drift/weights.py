"""How grave is a drift of a fact, and under which id of the catalogue is it found?"""

from collections.abc import Mapping
from typing import Final

from bucketwright.contract.words import Severity
from bucketwright.rules.engine import ENGINE
from bucketwright.verdicts import HIGH, LOW, MEDIUM

_WEIGHTS: Final[Mapping[str, Severity]] = {
    "account.public_access_block": HIGH,
    "bucket.abac": MEDIUM,
    "bucket.acceleration": LOW,
    "bucket.acl": HIGH,
    "bucket.blocks_sse_c": HIGH,
    "bucket.cors": MEDIUM,
    "bucket.encryption": HIGH,
    "bucket.force_destroy": MEDIUM,
    "bucket.intelligent_tiering": LOW,
    "bucket.inventory": MEDIUM,
    "bucket.lifecycle": HIGH,
    "bucket.logging": MEDIUM,
    "bucket.metadata_tables": LOW,
    "bucket.mfa_delete": HIGH,
    "bucket.namespace": MEDIUM,
    "bucket.notifications": MEDIUM,
    "bucket.object_lock": HIGH,
    "bucket.ownership": HIGH,
    "bucket.policy": HIGH,
    "bucket.public_access_block": HIGH,
    "bucket.region": HIGH,
    "bucket.replication": HIGH,
    "bucket.requester_pays": MEDIUM,
    "bucket.tags": LOW,
    "bucket.versioning": HIGH,
    "bucket.website": HIGH,
    "distribution.certificate": MEDIUM,
    "distribution.domains": MEDIUM,
    "distribution.enabled": MEDIUM,
    "distribution.minimum_tls": MEDIUM,
    "distribution.origins": HIGH,
    "distribution.price_class": LOW,
    "distribution.signed": HIGH,
    "distribution.trusted_keys": HIGH,
    "distribution.viewer_protocol": HIGH,
    "key.aliases": MEDIUM,
    "key.deletion_window": LOW,
    "key.enabled": HIGH,
    "key.policy": HIGH,
    "key.rotation": MEDIUM,
    "key.spec": HIGH,
    "queue.policy": HIGH,
    "role.boundary": HIGH,
    "role.managed": HIGH,
    "role.max_session": MEDIUM,
    "role.policies": HIGH,
    "role.trust": HIGH,
}
_VERDICTS: Final[Mapping[str, str]] = {
    "bucket.lifecycle": "lifecycle-matches-declared",
    "role.boundary": "iam-prefix-drift",
    "role.managed": "iam-prefix-drift",
    "role.policies": "iam-prefix-drift",
}
DRIFT: Final = "config-drift"
UNDECLARED: Final = "config-undeclared"
MISSING: Final = "bucket-missing"
STRANGE: Final = "bucket-undeclared"
NOT_EVALUATED: Final = "not-evaluated"
OWNER: Final = "owner-matches"
_BESIDE: Final = frozenset(
    {
        "bucket.cors", "bucket.intelligent_tiering", "bucket.inventory", "bucket.logging",
        "bucket.metadata_tables", "bucket.notifications", "bucket.replication", "bucket.website",
    }
)  # fmt: skip
"""What can be there beside all that is declared: a deployment leaves it alone."""


def weight(kind: str, fact: str) -> Severity:
    """How grave it is that a fact is not as declared; what nobody has weighed is as grave as any drift."""
    return _WEIGHTS.get(f"{kind}.{fact}", ENGINE[DRIFT].severity)


def verdict_id(kind: str, fact: str, *, only_added: bool) -> str:
    """Under which id it is found, where things were only added, or others."""
    name = f"{kind}.{fact}"
    return UNDECLARED if only_added and name in _BESIDE else _VERDICTS.get(name, DRIFT)
