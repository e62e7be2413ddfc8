"""Does an inventory have to tell what rules on objects ask, and no more?"""

from dataclasses import replace
from typing import Final, get_args

import pytest

from bucketwright.contract.buckets import Inventory as Stated
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.object_lock import FRESH as NO_LOCK
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.posture import Undetermined, Unknown
from bucketwright.rules import catalogue
from bucketwright.rules.example_inventories import FULL, WEEKLY, of_plain_bucket
from bucketwright.rules.example_replications import copying_by, to
from bucketwright.rules.examples import bad, declares
from bucketwright.rules.inventory_columns import COLUMNS, Column, lacking
from bucketwright.rules.rule import BASELINE
from bucketwright.verdicts import Passes, Undecided
from tests.rules.governance.examined import examined, mended

RULE: Final = "inventory-configured"
ONLY_ELSEWHERE: Final = frozenset(
    {
        "bucket", "cache_control", "content_disposition", "content_encoding", "content_type", "customer_key",
        "encryption_key", "is_latest", "is_newest", "key", "newer_noncurrent", "noncurrent_since", "on_aws",
        "restoring", "restoring_since", "tags", "website_redirect",
    }
)  # fmt: skip
"""What every list tells, or no inventory does."""


def test_every_fact_that_an_inventory_can_tell_has_its_column() -> None:
    """The columns are those that baseline rules on objects read, and no others."""
    rules = (one for one in catalogue().values() if one.kind.kind == "object" and one.tier == BASELINE)
    read = {fact for one in rules for fact in one.reads if "." not in fact}

    assert read - ONLY_ELSEWHERE == {column.tells for column in COLUMNS}


def test_a_contract_can_ask_for_every_column() -> None:
    """Whatever is missed can be declared."""
    known = get_args(get_args(Stated.model_fields["fields"].annotation)[0])

    assert {column.name for column in COLUMNS} <= set(known)


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_each_column_is_missed_by_itself(column: Column) -> None:
    """In a bucket where all of them matter, the one that is left out is named."""
    assert lacking(replace(FULL, fields=FULL.fields - {column.name}), bucket()) == (column.name,)
    assert lacking(FULL, bucket()) == ()


@pytest.mark.parametrize(
    ("fact", "value", "missed"),
    [
        ("encryption", Encryption("aws:kms"), {"BucketKeyStatus"}),
        ("object_lock", NO_LOCK, {one for one in FULL.fields if one.startswith("ObjectLock")}),
        ("ownership", "BucketOwnerEnforced", {"ObjectOwner", "ObjectAccessControlList"}),
        ("replication", None, {"ReplicationStatus"}),
    ],
)
def test_what_a_bucket_does_not_do_needs_no_column(fact: str, value: object, missed: set[str]) -> None:
    """Nor does anybody miss it there."""
    everything = set(lacking(replace(FULL, fields=frozenset()), bucket()))

    assert set(lacking(replace(FULL, fields=frozenset()), bucket(**{fact: value}))) == everything - missed


def test_a_column_that_is_missed_shows_beside_what_is_not_known() -> None:
    """Whether another matters need not be known then; where none is surely missed, it has to be."""
    unread = bucket(ownership=Unknown("access denied"))

    assert lacking(replace(FULL, fields=FULL.fields - {"StorageClass", "ObjectOwner"}), unread) == (
        "StorageClass",
    )
    with pytest.raises(Undetermined, match="access denied"):
        lacking(replace(FULL, fields=FULL.fields - {"ObjectOwner"}), unread)


def test_one_full_inventory_is_enough() -> None:
    """Beside it nothing of the others has to be known."""
    stranger = replace(FULL, name="theirs", target="arn:aws:s3:::theirs", account="999988887777")

    assert isinstance(examined(RULE, of_plain_bucket(stranger, WEEKLY, is_good=True)), Passes)
    assert isinstance(examined(RULE, of_plain_bucket(stranger, is_good=False)), Undecided)


def test_the_declared_inventory_is_added() -> None:
    """Others stay, in the order of their names; one of its name is replaced."""
    declared = declares(
        account="111122223333",
        buckets={"example": {"inventory": {"to": "reports", "schedule": "daily"}}, "reports": {}},
    )
    other, old = replace(WEEKLY, name="a"), replace(WEEKLY, enabled=False)
    new = replace(WEEKLY, frequency="Daily", account="111122223333")

    assert mended(RULE, bad(inventory=(old, other), around=declared)).inventory == (other, new)
    assert mended(RULE, bad(inventory=(old, other))).inventory == (other, old)


def bucket(**otherwise: object) -> BucketPosture:
    """One in which every column matters, but for this."""
    facts: dict[str, object] = {
        "encryption": Encryption("aws:kms", None, bucket_key=True),
        "object_lock": ObjectLock(enabled=True),
        "ownership": "ObjectWriter",
        "replication": copying_by(to()),
    }
    return BucketPosture("bucket:example", "example", {**facts, **otherwise})
