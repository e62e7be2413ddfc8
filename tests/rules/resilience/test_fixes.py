"""Do fixes of replication and locks change what they say, and leave the rest as it was?"""

from dataclasses import replace

from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.rules.example_replications import copying_by, to
from bucketwright.rules.examples import bad, declares
from tests.rules.governance.examined import mended


def test_every_rule_is_switched_on_and_nothing_else_of_it_changes() -> None:
    """Where it copies to, and what, stays."""
    other = replace(to("bucket:more", "docs/", called="more", enabled=False), key="key:copies")
    after = mended("replication-rule-broken", bad(replication=copying_by(to(), other)))

    assert after.replication == copying_by(to(), replace(other, enabled=True))


def test_objects_under_kms_are_selected_where_the_key_of_the_copies_is_known() -> None:
    """S3 takes no rule that selects them and names no key."""
    with_key = replace(to("bucket:more"), key="key:copies")
    example = bad(replication=copying_by(to(), with_key, to(kms=True)))
    after = mended("replication-skips-kms", example)

    assert after.replication == copying_by(to(), replace(with_key, kms_objects=True), to(kms=True))


def test_a_bucket_without_replication_gets_none_by_a_fix() -> None:
    """There is nothing to switch on."""
    for rule in ("replication-skips-kms", "replication-rule-broken"):
        assert mended(rule, bad(replication=None)).replication is None


def test_a_default_lock_is_the_declared_one() -> None:
    """Without a contract nothing says how long, so that nothing changes."""
    rule, lock = "object-lock-default-retention", ObjectLock(enabled=True)
    stated = declares(buckets={"example": {"object_lock": {"mode": "governance", "retain": "30 days"}}})

    assert mended(rule, bad(object_lock=lock, around=stated)).object_lock == ObjectLock(
        True, "GOVERNANCE", 30
    )
    assert mended(rule, bad(object_lock=lock)).object_lock == lock


def test_turning_a_lock_on_locks_nothing() -> None:
    """A default would hold every new object; that is for the team to choose."""
    after = mended("object-lock-enabled", bad(object_lock=ObjectLock()))

    assert after.object_lock == ObjectLock(enabled=True)
