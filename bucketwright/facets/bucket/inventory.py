"""Inventory: which lists of its objects does the bucket deliver, and where?"""

from dataclasses import dataclass
from typing import Final

from bucketwright.contract.access.deliveries import INVENTORY_NAME
from bucketwright.facets.declaring import given
from bucketwright.facets.facet import BucketScope, Declared, Planned, Resolve
from bucketwright.facets.references import resolved
from bucketwright.facets.said import Said
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset, reference


@dataclass(frozen=True, slots=True)
class Inventory:
    """One list, in S3's words."""

    name: str
    target: str
    """The bucket that receives it: an address, or a stranger's ARN."""
    account: str | None = None
    """Whose that bucket has to be."""
    prefix: str = ""
    """What stands before the keys of the list."""
    frequency: str = "Weekly"
    format: str = "Parquet"
    versions: str = "Current"
    fields: frozenset[str] = frozenset()
    key: str | None = None
    """How the list is encrypted: `SSE-S3`, a KMS key, or None as the target's default says."""
    only: str = ""
    """The prefix of the objects that are listed; empty: all."""
    enabled: bool = True


KIND: Final = "aws:s3/inventory:Inventory"
FRESH: Final[tuple[Inventory, ...]] = ()
_FORMATS: Final = {"parquet": "Parquet", "orc": "ORC", "csv": "CSV"}
_VERSIONS: Final = {"current": "Current", "all": "All"}
_FREQUENCIES: Final = {"daily": "Daily", "weekly": "Weekly"}


def wanted(scope: BucketScope) -> tuple[Inventory, ...]:
    """One list below the bucket's own name, for there the target's policy lets S3 write."""
    stated = scope.bucket.inventory
    if stated is None:
        return ()
    one = Inventory(
        name=INVENTORY_NAME,
        target=reference("bucket", stated.to),
        account=scope.environment.account,
        frequency=_FREQUENCIES[stated.schedule],
        format=_FORMATS[stated.format],
        versions=_VERSIONS[stated.versions],
        fields=frozenset(stated.fields),
    )
    return (one,)


def to_args(value: tuple[Inventory, ...], resolve: Resolve) -> tuple[Declared, ...]:
    return tuple(_declared(one, resolve) for one in value)


def from_plan(planned: Planned) -> tuple[Inventory, ...] | Unset:
    found = sorted(map(_planned, planned.all(KIND)), key=lambda one: one.name)
    if len({one.name for one in found}) < len(found):
        raise Undetermined("inventory", Unknown("two inventories have one name"))
    return tuple(found) or UNSET


def _declared(one: Inventory, resolve: Resolve) -> Declared:
    under = {"sse_s3": {}} if one.key == "SSE-S3" else one.key and {"sse_kms": _key(one.key, resolve)}
    destination = given(
        bucket_arn=resolved(one.target, "arn", resolve),
        account_id=one.account,
        prefix=one.prefix or None,
        format=one.format,
        encryption=under,
    )
    args = given(
        name=one.name,
        enabled=one.enabled,
        included_object_versions=one.versions,
        optional_fields=sorted(one.fields) or None,
        schedule={"frequency": one.frequency},
        filter={"prefix": one.only} if one.only else None,
        destination={"bucket": destination},
    )
    return Declared(KIND, args, one.name)


def _key(key: str, resolve: Resolve) -> dict[str, object]:
    return {"key_id": resolved(key, "arn", resolve)}


def _planned(said: Said) -> Inventory:
    to, schedule = said.inside("destination").inside("bucket"), said.inside("schedule")
    versions = said.word("includedObjectVersions", _VERSIONS.values())
    return Inventory(
        name=said.needed("name", said.text("name")),
        target=to.needed("bucketArn", to.reference("bucket", "bucketArn")),
        account=to.text("accountId"),
        prefix=to.text("prefix") or "",
        frequency=schedule.needed("frequency", schedule.word("frequency", _FREQUENCIES.values())),
        format=to.needed("format", to.word("format", _FORMATS.values())),
        versions=said.needed("includedObjectVersions", versions),
        fields=frozenset(said.texts("optionalFields")),
        key=_encryption(to.part("encryption")),
        only=said.inside("filter").text("prefix") or "",
        enabled=said.flag("enabled") is not False,
    )


def _encryption(said: Said | None) -> str | None:
    if said is None:
        return None
    kms = said.part("sseKms")
    return kms.needed("keyId", kms.reference("key", "keyId")) if kms is not None else "SSE-S3"
