"""One rule of replication in one form, however a plan spells it, and as arguments of its resource."""

from dataclasses import dataclass, replace
from typing import Final

from bucketwright.contract.lifecycle.rules import Predicates
from bucketwright.facets.api_spelling import as_planned
from bucketwright.facets.declaring import given
from bucketwright.facets.facet import Args, Resolve
from bucketwright.facets.filters import ALL, filter_args, rule_filter
from bucketwright.facets.references import resolved
from bucketwright.facets.said import Said
from bucketwright.facets.status import STATUS, status

_FIFTEEN: Final[Args] = {"status": "Enabled", "time": {"minutes": 15}}
"""S3 knows no other time."""


@dataclass(frozen=True, slots=True)
class ReplicationRule:
    """Copies of some objects in one bucket."""

    id: str | None
    priority: int | None
    """Of two rules with one target the higher wins."""
    target: str
    """The bucket of the copies: an address, or a stranger's ARN."""
    filter: Predicates = ALL
    account: str | None = None
    """The owner of that bucket, where it is not ours."""
    owned_there: bool = False
    """Whether the copies belong to that account."""
    storage_class: str | None = None
    """Class of the copies; None: that of the original."""
    key: str | None = None
    """KMS key of the copies: an address, or a stranger's ARN."""
    kms_objects: bool = False
    """Whether objects under a KMS key are copied, too."""
    delete_markers: bool = False
    replica_changes: bool = False
    """Whether changes to the metadata of copies come back."""
    time_control: bool = False
    metrics: bool = False
    enabled: bool = True


def rule_args(rule: ReplicationRule, resolve: Resolve) -> Args:
    """A rule as the replication resource takes it."""
    destination = given(
        bucket=resolved(rule.target, "arn", resolve),
        account=rule.account,
        access_control_translation={"owner": "Destination"} if rule.owned_there else None,
        storage_class=rule.storage_class,
        encryption_configuration=rule.key and {"replica_kms_key_id": resolved(rule.key, "arn", resolve)},
        replication_time=_FIFTEEN if rule.time_control else None,
        metrics={"status": "Enabled"} if rule.metrics else None,
    )
    criteria = given(
        sse_kms_encrypted_objects={"status": "Enabled"} if rule.kms_objects else None,
        replica_modifications={"status": "Enabled"} if rule.replica_changes else None,
    )
    return given(
        id=rule.id,
        priority=rule.priority,
        status=status(rule.enabled),
        filter=filter_args(rule.filter),
        destination=destination,
        delete_marker_replication={"status": status(rule.delete_markers)},
        source_selection_criteria=criteria or None,
    )


def planned_rule(said: Said) -> ReplicationRule:
    """A rule of a replication resource, or of the bucket's own older property."""
    to = said.inside("destination")
    owner = to.inside("accessControlTranslation").word("owner", ("Destination",))
    key = to.inside("encryptionConfiguration").reference("key", "replicaKmsKeyId")
    criteria = said.inside("sourceSelectionCriteria")
    return ReplicationRule(
        id=said.text("id"),
        priority=said.number("priority"),
        target=to.needed("bucket", to.reference("bucket", "bucket")),
        filter=rule_filter(said),
        account=to.text("account") or to.text("accountId"),
        owned_there=owner is not None,
        storage_class=to.text("storageClass"),
        key=key or to.reference("key", "replicaKmsKeyId"),
        kms_objects=_is_on(criteria, "sseKmsEncryptedObjects"),
        delete_markers=_is_on(said, "deleteMarkerReplication")
        or bool(said.choice("deleteMarkerReplicationStatus", STATUS)),
        replica_changes=_is_on(criteria, "replicaModifications"),
        time_control=_is_on(to, "replicationTime"),
        metrics=_is_on(to, "metrics"),
        enabled=said.needed("status", said.choice("status", STATUS)),
    )


def answered_rule(said: Said) -> ReplicationRule:
    """A rule of an answer. One without a filter is of the first version, which copies delete markers, too."""
    rule = planned_rule(as_planned(said))
    return rule if "Filter" in said.values else replace(rule, delete_markers=True)


def _is_on(said: Said, name: str) -> bool:
    """Whether a part inside has the status Enabled, or in the older form says enabled."""
    part = said.inside(name)
    return bool(part.choice("status", STATUS) or part.flag("enabled"))
