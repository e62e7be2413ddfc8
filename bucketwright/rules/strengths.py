"""How strong is each control of a bucket, so that two buckets can be held against each other?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.encryption import FRESH as UNDER_S3
from bucketwright.facets.grants import OWNER
from bucketwright.iam.conditions import Known
from bucketwright.rules.default_retention import days_locked
from bucketwright.rules.public_block import SWITCHES, Switch, off_in
from bucketwright.rules.refused_requests import let_in
from bucketwright.rules.replications import copying
from bucketwright.rules.request_conditions import SECURE_TRANSPORT, TLS_VERSION

_REFUSED: Final = ("let in", "refused")


@dataclass(frozen=True, slots=True)
class Strength:
    """One control, and how it is graded."""

    control: str
    fact: str
    """The fact of a bucket that is graded."""
    grade: Callable[[BucketPosture], int]
    """The more, the stronger; nothing is weaker than 0."""
    words: tuple[str, ...] = ()
    """What each grade is called; of a number of days, nothing."""

    def is_strongest(self, grade: int) -> bool:
        """Whether nothing is stronger."""
        return grade == len(self.words) - 1

    def spoken(self, grade: int) -> str:
        """A grade in a sentence."""
        return self.words[grade] if self.words else f"{grade} days"


def _ranked(control: str, fact: str, setting: Callable[[BucketPosture], str], *words: str) -> Strength:
    """A control whose settings stand in this order, the weakest first."""
    return Strength(control, fact, lambda bucket: words.index(setting(bucket)), words)


def _held(
    control: str, fact: str, holds: Callable[[BucketPosture], object], words: tuple[str, str] = ("off", "on")
) -> Strength:
    """A control that holds or does not."""
    return Strength(control, fact, lambda bucket: int(bool(holds(bucket))), words)


def _block(switch: Switch) -> Strength:
    return _held(
        SWITCHES[switch],
        "public_access_block",
        lambda bucket: switch not in off_in(bucket.public_access_block),
    )


def _refusing(control: str, known: Known) -> Strength:
    """Requests of this kind, which a policy refuses to everybody, or does not."""
    return _held(control, "policy", lambda bucket: not let_in(bucket.policy, bucket.name, known), _REFUSED)


def _over_tls(version: str) -> Known:
    return {SECURE_TRANSPORT: ("true",), TLS_VERSION: (version,)}


def _is_of_owner(bucket: BucketPosture) -> bool:
    return all(grant.grantee == OWNER for grant in bucket.acl)


def _names_origins(bucket: BucketPosture) -> bool:
    return not any("*" in origin for rule in bucket.cors for origin in rule.origins)


def _key(bucket: BucketPosture) -> str:
    stated = bucket.encryption
    if stated.algorithm == UNDER_S3.algorithm:
        return stated.algorithm
    return f"{stated.algorithm} under a key of {'AWS' if stated.key is None else 'its own'}"


STRENGTHS: Final = (
    *map(_block, SWITCHES),
    _ranked(
        "ownership",
        "ownership",
        lambda one: one.ownership,
        "ObjectWriter",
        "BucketOwnerPreferred",
        "BucketOwnerEnforced",
    ),
    _held("the ACL", "acl", _is_of_owner, ("names others", "names the owner alone")),
    _held("pages of any origin", "cors", _names_origins, _REFUSED),
    _held("a website", "website", lambda one: one.website is None, ("served", "not served")),
    _refusing("plain HTTP", {SECURE_TRANSPORT: ("false",)}),
    _refusing("TLS 1.1", _over_tls("1.1")),
    _refusing("TLS 1.2", _over_tls("1.2")),
    _ranked(
        "encryption",
        "encryption",
        _key,
        "AES256",
        "aws:kms under a key of AWS",
        "aws:kms:dsse under a key of AWS",
        "aws:kms under a key of its own",
        "aws:kms:dsse under a key of its own",
    ),
    _held("keys that only callers have", "blocks_sse_c", lambda one: one.blocks_sse_c, _REFUSED),
    _ranked("versioning", "versioning", lambda one: one.versioning, "Disabled", "Suspended", "Enabled"),
    _held("MFA delete", "mfa_delete", lambda one: one.mfa_delete),
    _held("object lock", "object_lock", lambda one: one.object_lock.enabled),
    _ranked(
        "default lock",
        "object_lock",
        lambda one: one.object_lock.mode or "none",
        "none",
        "GOVERNANCE",
        "COMPLIANCE",
    ),
    Strength("default lock", "object_lock", lambda one: days_locked(one.object_lock)),
    _held("replication", "replication", copying),
    _held("access logs", "logging", lambda one: one.logging is not None),
    _ranked("the name", "namespace", lambda one: one.namespace, "global", "account-regional"),
)
"""What makes data safer wherever it is turned up: the order of each, the weakest first.

Left out is what has no weaker side, as regions, tags and lives of objects, and force destroy, which no
protected bucket has at all.
"""
