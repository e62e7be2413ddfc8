"""What may the role do that S3 copies objects with?"""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from bucketwright.contract.access.replication import (
    replication_policy,
    replication_role_name,
    replication_trust,
)
from bucketwright.contract.model import Environment
from tests.contract.access.environments import ACCOUNT, PARTNER, environment
from tests.contract.access.oracle import allows

FILES: Final = "arn:aws:s3:::shop-prod-files"
COPIES: Final = "arn:aws:s3:::shop-prod-copies"
ABROAD: Final = "arn:aws:s3:::elsewhere"
KEY: Final = f"arn:aws:kms:eu-west-1:{PARTNER}:key/1"
PLAIN: Final[Mapping[str, object]] = {"to": "copies"}
FAR: Final[Mapping[str, object]] = {"to": ABROAD, "account": PARTNER, "key": KEY}


def copied(*rules: Mapping[str, object], **bucket: object) -> Environment:
    """A bucket that is copied as the rules say."""
    files = {"versioning": "enabled", "replication": list(rules), **bucket}
    return environment(buckets={"files": files, "copies": {"versioning": "enabled"}})


@pytest.mark.parametrize(
    ("action", "resource", "expected"),
    [
        pytest.param("s3:ListBucket", FILES, True, id="lists the source"),
        pytest.param("s3:GetObjectVersionForReplication", f"{FILES}/a", True, id="reads the source"),
        pytest.param("s3:GetObject", f"{FILES}/a", False, id="reads for nothing else"),
        pytest.param("s3:ReplicateObject", f"{COPIES}/a", True, id="writes the copy"),
        pytest.param("s3:ReplicateObject", f"{FILES}/a", False, id="writes nothing here"),
        pytest.param("s3:ReplicateObject", f"{ABROAD}/a", False, id="writes nowhere else"),
        pytest.param("s3:GetObjectRetention", f"{FILES}/a", False, id="no locks where there are none"),
        pytest.param("kms:Encrypt", KEY, False, id="no key where none is needed"),
    ],
)
def test_copies_here_to_there(action: str, resource: str, expected: bool) -> None:
    """The role reads the one and writes the other."""
    policy = replication_policy(copied(PLAIN), "files")

    assert allows([policy], {"action": action, "resource": resource}) is expected


def test_another_account_gets_what_it_needs() -> None:
    """Copies for another account become that account's, under its key."""
    policy = replication_policy(copied(FAR), "files")

    assert allows([policy], {"action": "s3:ObjectOwnerOverrideToBucketOwner", "resource": f"{ABROAD}/a"})
    assert allows([policy], {"action": "kms:Encrypt", "resource": KEY})
    assert not allows([policy], {"action": "kms:Decrypt", "resource": KEY})


def test_locked_objects_take_their_locks_along() -> None:
    """Retention and legal holds are read where objects can have them."""
    policy = replication_policy(copied(PLAIN, object_lock={"mode": "governance", "retain": "1 day"}), "files")

    assert allows([policy], {"action": "s3:GetObjectRetention", "resource": f"{FILES}/a"})


def test_the_key_of_the_source_is_used_through_s3_alone() -> None:
    """A KMS key of ours is meant by its alias, and never asked directly."""
    policy: Mapping[str, Any] = replication_policy(copied(FAR, encryption="kms"), "files")
    [use] = [one for one in policy["Statement"] if one["Action"] == "kms:Decrypt"]

    assert use["Condition"] == {
        "StringEquals": {"kms:ViaService": "s3.us-west-2.amazonaws.com"},
        "ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/shop-prod-files"},
    }


def test_s3_takes_the_role_on_for_this_bucket_alone() -> None:
    """No other bucket's owner can have S3 use it."""
    document: Mapping[str, Any] = replication_trust(copied(PLAIN), "files")
    [trust] = document["Statement"]

    assert trust["Principal"] == {"Service": "s3.amazonaws.com"}
    assert trust["Condition"] == {
        "ArnLike": {"aws:SourceArn": FILES},
        "StringEquals": {"aws:SourceAccount": ACCOUNT},
    }


def test_its_name_is_no_name_of_a_granted_role() -> None:
    """No id under access holds a dot."""
    assert replication_role_name(copied(PLAIN), "files") == "shop-prod-files.replication"
