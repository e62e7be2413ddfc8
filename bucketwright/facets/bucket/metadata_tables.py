"""Metadata tables: can the bucket's objects, and what became of them, be asked for in SQL?"""

from typing import Final, Literal

from bucketwright.facets.facet import BucketScope, Declared, Planned, Resolve
from bucketwright.posture import UNSET, Unset

Tables = Literal["none", "journal", "journal and inventory"]
"""A journal of changes, and a list of what is there; the second comes with the first alone."""
KIND: Final = "aws:s3/bucketMetadataConfiguration:BucketMetadataConfiguration"
FRESH: Final[Tables] = "none"
_INVENTORY: Final[dict[str, Tables]] = {"ENABLED": "journal and inventory", "DISABLED": "journal"}


def wanted(_: BucketScope) -> Tables:
    """A contract declares none."""
    return FRESH


def to_args(value: Tables, _: Resolve) -> tuple[Declared, ...]:
    """The journal keeps what it has recorded."""
    states = {meaning: state for state, meaning in _INVENTORY.items()}
    if value not in states:
        return ()
    tables = {
        "inventory_table_configuration": {"configuration_state": states[value]},
        "journal_table_configuration": {"record_expiration": {"expiration": "DISABLED"}},
    }
    return (Declared(KIND, {"metadata_configuration": tables}),)


def from_plan(planned: Planned) -> Tables | Unset:
    said = planned.one(KIND)
    if said is None:
        return UNSET
    inventory = said.inside("metadataConfiguration").inside("inventoryTableConfiguration")
    return inventory.needed("configurationState", inventory.choice("configurationState", _INVENTORY))
