"""Metadata tables: can the bucket's objects, and what became of them, be asked for in SQL?"""

from typing import TYPE_CHECKING, Final, Literal

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.handles import BUCKET
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Unset

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope

Tables = Literal["none", "journal", "journal and inventory"]
"""A journal of changes, and a list of what is there; the second comes with the first alone."""
KIND: Final = "aws:s3/bucketMetadataConfiguration:BucketMetadataConfiguration"
FRESH: Final[Tables] = "none"
_INVENTORY: Final[dict[str, Tables]] = {"ENABLED": "journal and inventory", "DISABLED": "journal"}
_STATES: Final = {meaning: state for state, meaning in _INVENTORY.items()}
_CONFIGURATION: Final = Read(
    "s3",
    "GetBucketMetadataConfiguration",
    "s3:GetBucketMetadataTableConfiguration",
    BUCKET,
    frozenset({"MetadataConfigurationNotFound"}),
)
READS: Final = (_CONFIGURATION,)
_KEPT: Final = {"RecordExpiration": {"Expiration": "DISABLED"}}


def wanted(_: "BucketScope") -> Tables:
    """A contract declares none."""
    return FRESH


def to_args(value: Tables, _: Resolve) -> tuple[Declared, ...]:
    """The journal keeps what it has recorded."""
    if value not in _STATES:
        return ()
    tables = {
        "inventory_table_configuration": {"configuration_state": _STATES[value]},
        "journal_table_configuration": {"record_expiration": {"expiration": "DISABLED"}},
    }
    return (Declared(KIND, {"metadata_configuration": tables}),)


def from_plan(planned: Planned) -> Tables | Unset:
    said = planned.one(KIND)
    if said is None:
        return UNSET
    inventory = said.inside("metadataConfiguration").inside("inventoryTableConfiguration")
    return inventory.needed("configurationState", inventory.choice("configurationState", _INVENTORY))


def from_api(asked: Asked) -> Tables:
    """Of tables of the first version, which have a journal alone, nothing is answered of an inventory."""
    said = asked.said(_CONFIGURATION)
    if said is None:
        return FRESH
    result = said.inside("GetBucketMetadataConfigurationResult").inside("MetadataConfigurationResult")
    result.needed("JournalTableConfigurationResult", result.part("JournalTableConfigurationResult"))
    inventory = result.part("InventoryTableConfigurationResult")
    if inventory is None:
        return "journal"
    return inventory.needed("ConfigurationState", inventory.choice("ConfigurationState", _INVENTORY))


def to_api(before: Tables, after: Tables, site: Site) -> tuple[Write, ...]:
    """Tables that are given up stay where they are, and are no longer written."""
    if before == after:
        return ()
    if after == FRESH:
        allowed = "s3:DeleteBucketMetadataTableConfiguration"
        return (site.write("DeleteBucketMetadataConfiguration", allowed, {}),)
    inventory = {"InventoryTableConfiguration": {"ConfigurationState": _STATES[after]}}
    if before != FRESH:
        allowed = "s3:UpdateBucketMetadataInventoryTableConfiguration"
        return (site.write("UpdateBucketMetadataInventoryTableConfiguration", allowed, inventory),)
    tables = {"MetadataConfiguration": {"JournalTableConfiguration": _KEPT, **inventory}}
    allowed = "s3:CreateBucketMetadataTableConfiguration"
    return (site.write("CreateBucketMetadataConfiguration", allowed, tables),)
