"""Does what a ledger keeps come back as rows, and is what it does not know said?"""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from audits.ledger.identity import BucketIdentity, LedgerError
from audits.ledger.opening import open_ledger
from audits.ledger.spans import Span
from audits.ledger_rows import ledger_rows
from bucketwright.changes.radius import Known, Unlisted
from bucketwright.objects.lying import Lying
from tests.audits.kept_rows import LISTED, keep
from tests.changes.lying import lying

FILES = BucketIdentity("files")
HOSTILE = "a\u202e\x1b[31m\n/=cmd()/\U0001f600"


def told(folder: Path, name: str = "files", endpoint: str = "") -> Known | Unlisted:
    """What the ledger in a folder says of a bucket, its rows read to the end."""
    with ledger_rows(str(folder)) as rows:
        found = rows.of(name, endpoint)
        return found if isinstance(found, Unlisted) else Known(list(found.rows), found.listed, found.missing)


def test_rows_come_back_as_they_were(tmp_path: Path) -> None:
    """Versions, markers, tags and what was not read; keys of any kind."""
    rows = [
        lying(HOSTILE)._replace(tags={}, tags_read=LISTED),
        lying("b", 20)._replace(
            version_id="v1", is_latest=False, noncurrent_since=lying("").modified, newer_noncurrent=0
        ),
        lying("b")._replace(version_id="v2", tags={"team": "data"}, tags_read=LISTED),
        lying("c", 1, 0)._replace(version_id="m", is_marker=True),
    ]
    keep(tmp_path, FILES, rows)

    found = told(tmp_path)

    assert isinstance(found, Known)
    assert found.rows == rows
    assert found.missing == ""


def test_a_whole_list_has_the_day_of_its_run(tmp_path: Path) -> None:
    """Rows that did not change keep the day they were first seen: the run that saw them again counts."""
    keep(tmp_path, FILES, [lying("a")])
    with open_ledger(str(tmp_path)) as ledger:
        [run] = ledger.manifest(FILES).runs

    found = told(tmp_path)

    assert isinstance(found, Known)
    assert found.listed == run.begun.astimezone(UTC).date()


def test_a_part_of_a_list_is_said_to_be_one(tmp_path: Path) -> None:
    """Where no run went to the end there may be more, and the oldest rows say how old it is."""
    keep(tmp_path, FILES, [lying("a")], whole=False)

    found = told(tmp_path)

    assert isinstance(found, Known)
    assert (found.listed, found.missing) == (date(2026, 11, 20), "no run has listed it to its end")


@pytest.mark.parametrize(
    ("name", "endpoint", "reason"),
    [
        pytest.param("other", "", "the ledger does not have the bucket other", id="no such bucket"),
        pytest.param(
            "twice",
            "",
            "the ledger has several buckets of that name, at https://one, https://two",
            id="several",
        ),
        pytest.param("new", "", "the first run that looked at it is not finished", id="not finished"),
    ],
)
def test_what_is_not_known_is_said(tmp_path: Path, name: str, endpoint: str, reason: str) -> None:
    """A bucket without rows is never an empty one."""
    keep(tmp_path, BucketIdentity("twice", "https://one"), [lying("a")])
    keep(tmp_path, BucketIdentity("twice", "https://two"), [lying("a")])
    with open_ledger(str(tmp_path)) as ledger:
        unfinished = ledger.writing(BucketIdentity("new"), "r")
        unfinished.add(Span("", None, LISTED), {"key": ["a"], "list_read_at": [LISTED]})
        unfinished.flush()

    assert told(tmp_path, name, endpoint) == Unlisted(reason)


def test_the_bucket_of_the_right_server_is_taken(tmp_path: Path) -> None:
    """That of AWS where there is one, the only one elsewhere where there is none, the named one always."""
    keep(tmp_path, BucketIdentity("files", "https://one"), [lying("one")])
    only = told(tmp_path)
    keep(tmp_path, FILES, [lying("aws")])

    keys = [[one.key for one in found.rows] for found in (only, told(tmp_path)) if isinstance(found, Known)]
    named = told(tmp_path, "files", "https://one")

    assert keys == [["one"], ["aws"]]
    assert isinstance(named, Known)
    assert [one.key for one in named.rows] == ["one"]


@pytest.mark.parametrize(
    ("modified", "tags", "expected"),
    [
        pytest.param("yesterday", "[]", (None, None), id="neither a time nor tags"),
        pytest.param(
            "2026-11-20T10:00:00", '{"a": 1}', (None, None), id="no zone, and a tag that is no text"
        ),
        pytest.param(
            "2026-11-20T10:00:00+02:00",
            '{"a": ',
            (datetime(2026, 11, 20, 10, tzinfo=timezone(timedelta(hours=2))), None),
            id="another zone, and a text that is no JSON",
        ),
        pytest.param(None, None, (None, {}), id="no time, and tags that were asked for and are none"),
    ],
)
def test_odd_values_are_unknown_ones(
    tmp_path: Path, modified: str | None, tags: str | None, expected: tuple[object, object]
) -> None:
    """What a server answered strangely is as if it had not been read."""
    with open_ledger(str(tmp_path)) as ledger:
        writer = ledger.writing(FILES, "r")
        columns = {"key": ["a"], "modified": [modified], "tags": [tags], "tagging_read_at": [LISTED]}
        writer.replace(Span("", None, LISTED), {**columns, "list_read_at": [LISTED]})
        writer.close()

    found = told(tmp_path)

    assert isinstance(found, Known)
    [row] = found.rows
    assert (row.modified, row.tags) == expected
    assert row == Lying("a", 0, row.modified, tags=row.tags, tags_read=row.tags_read)
    assert row.tags_read == (None if row.tags is None else LISTED)


EARLIER = LISTED - timedelta(days=1)


@pytest.mark.parametrize(
    ("asked", "tags", "count", "headed", "expected"),
    [
        pytest.param(None, None, 0, LISTED, ({}, LISTED, None), id="none, by a HEAD alone"),
        pytest.param(None, None, 2, LISTED, (None, None, 2), id="some, by a HEAD alone"),
        pytest.param(None, None, None, LISTED, (None, None, None), id="a HEAD that tells nothing of tags"),
        pytest.param(LISTED, '{"a": "b"}', 0, EARLIER, ({"a": "b"}, LISTED, None), id="read after the HEAD"),
        pytest.param(EARLIER, '{"a": "b"}', 0, LISTED, ({}, LISTED, None), id="none any more"),
        pytest.param(EARLIER, '{"a": "b"}', 2, LISTED, (None, None, 2), id="others by now"),
        pytest.param(EARLIER, '{"a": "b"}', 1, LISTED, ({"a": "b"}, EARLIER, None), id="as many by now"),
    ],
)
def test_what_was_told_of_tags_last_counts(
    tmp_path: Path,
    asked: datetime | None,
    tags: str | None,
    count: int | None,
    headed: datetime,
    expected: tuple[object, ...],
) -> None:
    """Headers that count none decide of an object as tags that were read do, with their own date."""
    with open_ledger(str(tmp_path)) as ledger:
        writer = ledger.writing(FILES, "r")
        of_tags = {"tags": [tags], "tagging_read_at": [asked], "tag_count": [count], "head_read_at": [headed]}
        writer.replace(Span("", None, LISTED), {"key": ["a"], **of_tags, "list_read_at": [LISTED]})
        writer.close()

    found = told(tmp_path)

    assert isinstance(found, Known)
    [row] = found.rows
    assert (row.tags, row.tags_read, row.tag_count) == expected


def test_a_ledger_that_cannot_be_is_refused(tmp_path: Path) -> None:
    """A file is no ledger, and neither is another kind of address."""
    (tmp_path / "file").write_text("")

    for url in (str(tmp_path / "file"), "https://example.org/ledger"):
        with pytest.raises(LedgerError), ledger_rows(url):
            raise AssertionError(url)
