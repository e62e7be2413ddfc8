"""Facts of rows and headers are those that the thorough reading makes of the SDK's answers."""

from datetime import UTC, datetime, timedelta

import hypothesis.strategies as st
import pytest
from botocore.session import Session
from hypothesis import given

from audits import object_facts
from audits.object_facts import HEADED, Home
from audits.objects import known
from audits.objects.heads import _HEADERS, Heads, answer_of
from bucketwright.facets.reading import Target
from bucketwright.facets.said import Said
from bucketwright.posture import Unknown
from bucketwright.s3.wire.rows import Marker, Row

HOME = Home(
    "bucket:files", Target("bucket", "files", {"Bucket": "files"}), lambda *_: None, "me", on_aws=True
)
TIMES = st.sampled_from(
    [
        "2026-03-01T00:00:00.000Z",
        "2026-03-01T00:00:00Z",
        "2026-03-01T00:00:01.000Z",
        "yesterday",
        "2026-03-01T00",
    ]
)
CLASSES = st.sampled_from(["", "STANDARD", "GLACIER"])
OWNERS = st.sampled_from([None, "me", "another"])


def sdk(row: Row | Marker) -> Said:
    """A row as the SDK answers it."""
    told: dict[str, object] = {"Key": row.key, "LastModified": row.modified, "IsLatest": row.is_latest}
    if row.version:
        told["VersionId"] = row.version
    if row.owner is not None:
        told["Owner"] = {"ID": row.owner}
    if isinstance(row, Row):
        told |= {"ETag": row.etag, "Size": row.size, "RestoreStatus": {"IsRestoreInProgress": row.restoring}}
        told |= {"StorageClass": row.storage_class} if row.storage_class else {}
        told |= {"ChecksumAlgorithm": row.checksums.split(",")} if row.checksums else {}
    return Said(told, HOME.refer)


def rows(version: st.SearchStrategy[str]) -> st.SearchStrategy[Row]:
    """Objects, in all their ways."""
    checksums = st.sampled_from(["", "CRC32", "CRC32,SHA256"])
    return st.builds(
        Row,
        st.text(min_size=1),
        st.just('"1"'),
        TIMES,
        st.integers(0, 9),
        CLASSES,
        OWNERS,
        checksums,
        st.booleans(),
        version,
        st.booleans(),
    )


@given(rows(st.just("")).map(lambda row: row._replace(is_latest=True)))
def test_a_listed_object_is_known_as_the_sdk_tells_it(row: Row) -> None:
    """Fact by fact."""
    [one] = known.keys([row], known.base(HOME, [], asks_acl=True), HOME)

    assert one.posture.facts == object_facts.listed(sdk(row), HOME)


@given(st.lists(rows(st.sampled_from(["null", "v1", "v2"])), min_size=1, max_size=4), st.data())
def test_a_version_is_known_with_what_came_after_it(several: list[Row], data: st.DataObject) -> None:
    """However many came, of whatever time."""
    markers = st.builds(Marker, st.just("k"), TIMES, OWNERS, st.just("m"), st.booleans())
    group: list[Row | Marker] = [row._replace(key="k") for row in several]
    group += data.draw(st.lists(markers, max_size=2))
    everything = sorted(map(sdk, group), key=_newest_first)
    expected = [
        object_facts.version(one, HOME, tuple(everything[:number]))
        for number, one in enumerate(everything)
        if "Size" in one.values
    ]
    found = known.versions(group, known.base(HOME, [], asks_acl=True), HOME)

    assert [one.posture.facts for one in found if isinstance(one, known.KnownObject)] == expected


def _newest_first(one: Said) -> tuple[bool, float]:
    put = object_facts.modified(one)
    return (not one.flag("IsLatest"), -put.timestamp() if put else 0.0)


def test_a_marker_is_known_with_the_versions_under_it() -> None:
    """As many as its key has."""
    rows = [Marker("k", "2026-03-02T00:00:00Z", "me", "m", is_latest=True)]
    under = [Row("k", '"1"', "2026-03-01T00:00:00Z", 1, "", "me", "", False, "v", False)]
    marker, _ = known.versions([*rows, *under], known.base(HOME, [], asks_acl=True), HOME)

    assert marker.posture.facts == object_facts.delete_marker(sdk(rows[0]), HOME, 1)
    assert marker.posture.address == "delete_marker:files@m/k"


def test_headers_are_those_that_the_sdk_reads() -> None:
    """Each stands where S3's own model says."""
    members = Session().get_service_model("s3").operation_model("HeadObject").output_shape.members
    spelled = {name: shape.serialization.get("name", "").lower() for name, shape in members.items()}

    assert {name: spelled[name] for name in _HEADERS} == dict(_HEADERS)


HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "content-type": st.sampled_from(["text/plain", ""]),
        "cache-control": st.just("no-store"),
        "x-amz-server-side-encryption": st.sampled_from(["AES256", "aws:kms", "rot13"]),
        "x-amz-server-side-encryption-aws-kms-key-id": st.just("arn:aws:kms:us-east-1:111122223333:key/1"),
        "x-amz-server-side-encryption-bucket-key-enabled": st.sampled_from(["true", "false"]),
        "x-amz-object-lock-mode": st.sampled_from(["GOVERNANCE", "odd"]),
        "x-amz-object-lock-retain-until-date": st.sampled_from(["2030-01-01T00:00:00Z", "never"]),
        "x-amz-restore": st.just('ongoing-request="true"'),
        "last-modified": st.text(max_size=3),
    },
)


@given(st.lists(HEADERS, min_size=1, max_size=6), st.sets(st.sampled_from(sorted(HEADED))))
def test_heads_say_what_the_thorough_reading_says(several: list[dict[str, str]], facts: set[str]) -> None:
    """Whatever other answers were read before, of the facts that are asked for and no list tells."""
    heads = Heads(HOME, facts)
    for headers in several:
        full = object_facts.headed(answer_of(headers), HOME)
        assert heads.facts(headers) == {name: full[name] for name in HEADED if name in facts - {"restoring"}}


@pytest.mark.parametrize("times", [1, 5_000])
def test_answers_of_all_sorts_take_no_more_and_more_memory(times: int) -> None:
    """What is read once is kept for a while only."""
    heads = Heads(HOME, ["content_type"])
    for number in range(times):
        assert heads.facts({"content-type": f"text/{number}"}) == {"content_type": f"text/{number}"}

    assert len(heads._known) <= 4_096


def test_a_lock_that_is_held_back_is_asked_for() -> None:
    """By the calls that tell it."""
    locking = Home(HOME.address, HOME.target, HOME.refer, HOME.owner, on_aws=True, locks=True)
    found = Heads(locking, ["legal_hold", "lock_mode", "retain_until"]).facts({})

    questions = {name: getattr(value, "question", None) for name, value in found.items()}
    assert questions == {"legal_hold": "legal-hold", "lock_mode": "retention", "retain_until": "retention"}
    assert all(isinstance(value, Unknown) for value in found.values())


def test_a_time_of_no_zone_is_no_time() -> None:
    """It is not taken for UTC."""
    row = Row("k", '"1"', "2026-03-01T00:00:00", 1, "", "me", "", restoring=False)
    [one] = known.keys([row], known.base(HOME, [], asks_acl=True), HOME)

    assert isinstance(one["modified"], Unknown)
    assert datetime(2026, 3, 1, tzinfo=UTC) + timedelta(0) == known._moment("2026-03-01T00:00:00Z")
