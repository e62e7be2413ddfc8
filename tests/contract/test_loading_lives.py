"""Retention and versions in a contract: what contradicts itself, and what only looks so."""

import pytest

from tests.contract.loading_cases import assert_refused, case, move, with_bucket, with_prefix


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case("kept", with_prefix("keep: forever")),
        case("kept and archived", with_prefix(f"keep: forever, archive: {move(30, 'glacier')}")),
        case("kept and expired", with_prefix("keep: forever, expire: 9 days"), "expire", "kept for ever"),
        case("one day", with_prefix("expire: 1 days")),
        case("no day", with_prefix("expire: 0 days"), "expire", "1 day"),
        case("infrequent at 30", with_prefix(f"archive: {move(30, 'standard-ia')}")),
        case("infrequent at 29", with_prefix(f"archive: {move(29, 'standard-ia')}"), "after", "30 days"),
        case("one zone at 29", with_prefix(f"archive: {move(29, 'onezone-ia')}"), "after", "30 days"),
        case("glacier at once", with_prefix(f"archive: {move(0, 'glacier')}")),
        case("tiering at once", with_prefix(f"archive: {move(0, 'intelligent-tiering')}")),
        case(
            "infrequent, then glacier, as FP-12 says",
            with_prefix(f"archive: [{move(30, 'standard-ia')}, {move(90, 'glacier')}]"),
        ),
        case(
            "30 days of infrequent access",
            with_prefix(f"archive: [{move(30, 'standard-ia')}, {move(60, 'glacier')}]"),
        ),
        case(
            "29 days of infrequent access",
            with_prefix(f"archive: [{move(30, 'standard-ia')}, {move(59, 'glacier')}]"),
            "archive.1.after",
            "30 days",
        ),
        case(
            "89 days of glacier-ir",
            with_prefix(f"archive: [{move(1, 'glacier-ir')}, {move(90, 'deep-archive')}]"),
            "archive.1.after",
            "90 days",
        ),
        case(
            "90 days of glacier-ir",
            with_prefix(f"archive: [{move(1, 'glacier-ir')}, {move(91, 'deep-archive')}]"),
        ),
        case(
            "tiering has no minimum stay",
            with_prefix(f"archive: [{move(1, 'intelligent-tiering')}, {move(2, 'glacier')}]"),
        ),
        case(
            "the same day",
            with_prefix(f"archive: [{move(9, 'intelligent-tiering')}, {move(9, 'glacier')}]"),
            "archive.1.after",
            "not after",
        ),
        case(
            "upwards",
            with_prefix(f"archive: [{move(9, 'glacier')}, {move(199, 'standard-ia')}]"),
            "archive.1.to",
            "nothing from glacier",
        ),
        case(
            "twice the same class",
            with_prefix(f"archive: [{move(9, 'glacier')}, {move(199, 'glacier')}]"),
            "archive.1.to",
        ),
        case(
            "one zone cannot reach glacier-ir",
            with_prefix(f"archive: [{move(30, 'onezone-ia')}, {move(199, 'glacier-ir')}]"),
            "archive.1.to",
        ),
        case("180 days deep", with_prefix(f"archive: {move(9, 'deep-archive')}, expire: 189 days")),
        case(
            "179 days deep",
            with_prefix(f"archive: {move(9, 'deep-archive')}, expire: 188 days"),
            "expire",
            "at least 180 days",
        ),
        case(
            "expired as it moves",
            with_prefix(f"archive: {move(9, 'intelligent-tiering')}, expire: 9 days"),
            "expire",
            "before or when",
        ),
        case(
            "expired a day after it moves",
            with_prefix(f"archive: {move(9, 'intelligent-tiering')}, expire: 10 days"),
        ),
        case("a floor", with_prefix(f"archive: {move(9, 'glacier')}, archive_above: 1 MB, max_size: 2 MB")),
        case("a floor without moves", with_prefix("archive_above: 1 MB"), "archive_above", "nothing moves"),
        case(
            "a floor at the ceiling",
            with_prefix(f"archive: {move(9, 'glacier')}, archive_above: 2 MB, max_size: 2 MB"),
            "archive_above",
        ),
        case("no day for uploads", with_bucket("abort_uploads: 0 days"), "abort_uploads", "1 day"),
    ],
)
@pytest.mark.requirement("FP-2")
@pytest.mark.requirement("FP-12")
def test_lives(body: str, words: tuple[str, ...]) -> None:
    """Retention goes one way, not too fast, and ends after its last move (FP-2, FP-12)."""
    assert_refused(body, words)


VERSIONED = "versioning: enabled"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case("old versions", with_prefix("noncurrent: {expire: 9 days, keep_newest: 2}", VERSIONED)),
        case("suspended", with_prefix("noncurrent: {expire: 9 days}", "versioning: suspended")),
        case("no versions", with_prefix("noncurrent: {expire: 9 days}"), "noncurrent", "versioning"),
        case("nothing said", with_prefix("noncurrent: {keep_newest: 2}", VERSIONED), "noncurrent", "nothing"),
        case(
            "old versions move",
            with_prefix(f"noncurrent: {{archive: {move(1, 'glacier')}}}, archive_above: 1 MB", VERSIONED),
        ),
        case(
            "old versions move too early",
            with_prefix(f"noncurrent: {{archive: {move(1, 'standard-ia')}}}", VERSIONED),
            "noncurrent.archive.0.after",
        ),
        case(
            "old versions expire too early",
            with_prefix(f"noncurrent: {{expire: 9 days, archive: {move(1, 'glacier')}}}", VERSIONED),
            "noncurrent.expire",
        ),
        case("MFA", with_prefix("keep: forever", f"{VERSIONED}, mfa_delete: true")),
        case("MFA unversioned", with_bucket("mfa_delete: true"), "mfa_delete", "not enabled"),
        case(
            "MFA and expiry", with_prefix("expire: 9 days", f"{VERSIONED}, mfa_delete: true"), "expire", "mfa"
        ),
        case(
            "MFA and moves",
            with_prefix(f"archive: {move(9, 'glacier')}", f"{VERSIONED}, mfa_delete: true"),
            "archive",
        ),
        case(
            "MFA and old versions",
            with_prefix("noncurrent: {expire: 9 days}", f"{VERSIONED}, mfa_delete: true"),
            "noncurrent",
        ),
        case(
            "MFA and stated uploads",
            with_bucket(f"{VERSIONED}, mfa_delete: true, abort_uploads: 7 days"),
            "abort_uploads",
        ),
        case("lock", with_bucket(f"{VERSIONED}, object_lock: {{}}")),
        case(
            "lock with retention",
            with_bucket(f"{VERSIONED}, object_lock: {{mode: compliance, retain: 1 days}}"),
        ),
        case("lock unversioned", with_bucket("object_lock: {}"), "object_lock", "versioning"),
        case(
            "lock without time", with_bucket(f"{VERSIONED}, object_lock: {{mode: compliance}}"), "retain is"
        ),
        case("lock without mode", with_bucket(f"{VERSIONED}, object_lock: {{retain: 9 days}}"), "mode is"),
        case(
            "lock for no day",
            with_bucket(f"{VERSIONED}, object_lock: {{mode: compliance, retain: 0 days}}"),
            "retain",
        ),
    ],
)
def test_versions(body: str, words: tuple[str, ...]) -> None:
    """Old versions, MFA delete and locks need versioning, and MFA delete bars lifecycle."""
    assert_refused(body, words)
