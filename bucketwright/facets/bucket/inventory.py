"""Inventory: which lists of its objects does the bucket deliver, and where?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bucketwright.facets.declaring import given
from bucketwright.facets.facet import (
    Args,
    Declared,
    Planned,
    Resolve,
)
from bucketwright.facets.handles import BUCKET
from bucketwright.facets.named_settings import changed, gone, kept
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.references import resolved
from bucketwright.facets.said import Said
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset, reference

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope


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
_LISTS: Final = Read("s3", "ListBucketInventoryConfigurations", "s3:GetInventoryConfiguration", BUCKET)
READS: Final = (_LISTS,)
_SET: Final = "s3:PutInventoryConfiguration"
_FORMATS: Final = {"parquet": "Parquet", "orc": "ORC", "csv": "CSV"}
_VERSIONS: Final = {"current": "Current", "all": "All"}
_FREQUENCIES: Final = {"daily": "Daily", "weekly": "Weekly"}


def wanted(scope: "BucketScope") -> tuple[Inventory, ...]:
    """One list below the bucket's own name, for there the target's policy lets S3 write."""
    stated = scope.bucket.inventory
    if stated is None:
        return ()
    one = Inventory(
        name=scope.inventory_name,
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
    return _in_order(map(_planned, planned.all(KIND))) or UNSET


def from_api(asked: Asked) -> tuple[Inventory, ...]:
    """Nothing is listed where there is none."""
    return _in_order(map(_answered, asked.answered(_LISTS).parts("InventoryConfigurationList")))


def keeping(before: tuple[Inventory, ...], after: tuple[Inventory, ...]) -> tuple[Inventory, ...]:
    return _in_order((*after, *kept(before, after)))


def to_api(before: tuple[Inventory, ...], after: tuple[Inventory, ...], site: Site) -> tuple[Write, ...]:
    put = (
        {"Id": one.name, "InventoryConfiguration": _params(one, site.resolve)}
        for one in changed(before, after)
    )
    return (
        *(site.write("PutBucketInventoryConfiguration", _SET, params) for params in put),
        *(
            site.write("DeleteBucketInventoryConfiguration", _SET, {"Id": one.name})
            for one in gone(before, after)
        ),
    )


def _in_order(several: Iterable[Inventory]) -> tuple[Inventory, ...]:
    found = sorted(several, key=lambda one: one.name)
    if len({one.name for one in found}) < len(found):
        raise Undetermined("inventory", Unknown("two inventories have one name"))
    return tuple(found)


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


def _params(one: Inventory, resolve: Resolve) -> Args:
    under: Args | None = {"SSES3": {}} if one.key == "SSE-S3" else None
    if under is None and one.key:
        under = {"SSEKMS": {"KeyId": resolved(one.key, "arn", resolve)}}
    destination = given(
        Bucket=resolved(one.target, "arn", resolve),
        AccountId=one.account,
        Prefix=one.prefix or None,
        Format=one.format,
        Encryption=under,
    )
    return given(
        Id=one.name,
        IsEnabled=one.enabled,
        IncludedObjectVersions=one.versions,
        OptionalFields=sorted(one.fields) or None,
        Schedule={"Frequency": one.frequency},
        Filter={"Prefix": one.only} if one.only else None,
        Destination={"S3BucketDestination": destination},
    )


def _answered(said: Said) -> Inventory:
    to, schedule = said.inside("Destination").inside("S3BucketDestination"), said.inside("Schedule")
    versions = said.word("IncludedObjectVersions", _VERSIONS.values())
    return Inventory(
        name=said.needed("Id", said.text("Id")),
        target=to.needed("Bucket", to.reference("bucket", "Bucket")),
        account=to.text("AccountId"),
        prefix=to.text("Prefix") or "",
        frequency=schedule.needed("Frequency", schedule.word("Frequency", _FREQUENCIES.values())),
        format=to.needed("Format", to.word("Format", _FORMATS.values())),
        versions=said.needed("IncludedObjectVersions", versions),
        fields=frozenset(said.texts("OptionalFields")),
        key=_answered_encryption(to.part("Encryption")),
        only=said.inside("Filter").text("Prefix") or "",
        enabled=said.needed("IsEnabled", said.flag("IsEnabled")),
    )


def _answered_encryption(said: Said | None) -> str | None:
    if said is None:
        return None
    kms = said.part("SSEKMS")
    if kms is not None:
        return kms.needed("KeyId", kms.reference("key", "KeyId"))
    said.needed("SSES3", said.part("SSES3"))
    return "SSE-S3"
