"""What is known of a bucket from earlier is asked again only where it may be another."""

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from audits.ledger import BucketIdentity, open_ledger
from audits.objects.bucket import Wanted
from audits.objects.judged_by import judged_by
from audits.objects.memory import Memory
from bucketwright.estate import BucketPosture
from bucketwright.judging import Judgement
from bucketwright.objects.keeping import Terms
from bucketwright.s3.wire.rows import Marker, Page, Row
from tests.audits.objects.stored import AROUND, HOME, KilledError, Stored, Thing, found, full_of, wanted

TYPES = ("object-content-type-mismatch", "object-content-type-default")
MANY = 450


def recalled(stored: Stored, about: Wanted, folder: Path, run: str, *, dates: bool = True) -> list[Judgement]:
    """A run with a ledger."""
    with open_ledger(str(folder)) as ledger:
        bucket, terms = BucketIdentity("files"), Terms(dates, datetime.now(UTC))
        with ledger.writing(bucket, run) as writer:
            by = judged_by(about.rules, about.estate, HOME)
            return found(stored, about, Memory(ledger, bucket, writer, HOME, terms, by, asks_all=False))


def said(judgements: list[Judgement]) -> list[tuple[str, str, object]]:
    """What is said of whom."""
    return [(one.posture.address, one.rule.id, one.verdict) for one in judgements]


def test_where_nothing_changed_nothing_is_asked(tmp_path: Path) -> None:
    """The second run lists, and no more."""
    stored, about = full_of(MANY), wanted(*TYPES)
    stored.changed("docs/00000.pdf", content_type="text/html")
    first = recalled(stored, about, tmp_path, "one")
    heads = stored.asked["head"]
    second = recalled(stored, about, tmp_path, "two")

    assert heads == MANY
    assert stored.asked["head"] == 0
    assert said(first) == said(second)
    assert len(first) == 1


def test_only_what_is_new_or_another_is_asked_about(tmp_path: Path) -> None:
    """One overwritten, one added, one gone."""
    stored, about = full_of(MANY), wanted(*TYPES)
    recalled(stored, about, tmp_path, "one")
    stored.changed("docs/00010.pdf", etag="2", content_type="text/html", modified=datetime.now(UTC))
    stored.things["docs/more.pdf"] = Thing(content_type="image/png")
    del stored.things["tmp/00011.pdf"]
    second = recalled(stored, about, tmp_path, "two")

    assert stored.asked["head"] == 2
    assert [one.posture.name for one in second] == ["docs/00010.pdf", "docs/more.pdf"]
    assert said(second) == said(found(stored, about))


def test_a_rule_that_is_added_asks_for_what_it_needs_alone(tmp_path: Path) -> None:
    """Tags for the one prefix that declares some; what is known of types is not asked again."""
    stored = full_of(MANY)
    recalled(stored, wanted(*TYPES), tmp_path, "one")
    stored.changed("docs/00000.pdf", tags={})
    more = recalled(stored, wanted(*TYPES, "object-tags-missing"), tmp_path, "two")

    assert stored.asked["head"] == 0
    assert stored.asked["GetObjectTagging"] == MANY // 2
    assert [one.posture.name for one in more] == ["docs/00000.pdf"]


@pytest.mark.parametrize("change", [{"tags": {}}, {"storage_class": "GLACIER"}], ids=["tags", "a class"])
def test_what_changes_in_place_is_seen(tmp_path: Path, change: dict[str, object]) -> None:
    """Though neither ETag nor time tells it."""
    stored, about = full_of(40), wanted("object-tags-missing", "object-storage-class")
    assert recalled(stored, about, tmp_path, "one") == []
    stored.changed("docs/00004.pdf", **change)

    assert [one.posture.name for one in recalled(stored, about, tmp_path, "two")] == ["docs/00004.pdf"]


def test_on_a_server_that_dates_no_rewrite_all_is_asked_again(tmp_path: Path) -> None:
    """An unchanged row proves nothing there."""
    stored, about = full_of(40), wanted(*TYPES)
    recalled(stored, about, tmp_path, "one", dates=False)
    stored.changed("docs/00004.pdf", content_type="text/html")
    second = recalled(stored, about, tmp_path, "two", dates=False)

    assert stored.asked["head"] == 40
    assert len(second) == 1


def test_what_was_put_a_moment_ago_is_asked_again(tmp_path: Path) -> None:
    """Another may have been put within the same second."""
    stored, about = Stored({"docs/a.pdf": Thing(datetime.now(UTC))}), wanted(*TYPES)
    recalled(stored, about, tmp_path, "one")
    recalled(stored, about, tmp_path, "two")

    assert stored.asked["head"] == 1


def test_time_alone_makes_objects_overdue(tmp_path: Path) -> None:
    """What was not due at the first run is judged again at the second, without a question."""
    stored, about = full_of(40), wanted("object-lifecycle-escapee")
    assert recalled(stored, about, tmp_path, "one") == []
    around = replace(about.estate.circumstances, now=datetime.now(UTC) + timedelta(days=20))
    later = replace(about, estate=replace(about.estate, circumstances=around))

    assert len(recalled(stored, later, tmp_path, "two")) == 20
    assert set(stored.asked) == {"list"}


@pytest.mark.parametrize("seed", range(12))
def test_a_run_that_was_killed_is_taken_up_again(tmp_path: Path, seed: int) -> None:
    """Wherever it ended: the next one finds what an undisturbed run does."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret hangs on it
    stored, about = full_of(MANY), wanted(*TYPES, "object-tags-missing")
    for key in chance.sample(sorted(stored.things), 9):
        stored.changed(key, content_type="text/html")
    stored.killed_at = chance.randrange(1, MANY)
    with pytest.raises((KilledError, BaseExceptionGroup)):
        recalled(stored, about, tmp_path, "one")
    stored.killed_at = 0
    again = recalled(stored, about, tmp_path, "two")
    heads = stored.asked["head"]

    assert said(again) == said(found(stored, about))
    assert heads <= stored.asked["head"]
    assert said(recalled(stored, about, tmp_path, "three")) == said(again)


@dataclass
class Versioned(Stored):
    """The same bucket, which keeps versions: whatever rows are put in it."""

    rows: list[Row | Marker] = field(default_factory=list)

    async def versions(self) -> AsyncIterator[Page[Row | Marker]]:
        """On one page."""
        self.asked["list"] += 1
        yield Page(self.rows, "", None)


def _of_versions(rule_id: str) -> Wanted:
    about = wanted(rule_id)
    [bucket] = about.estate.postures.values()
    keeping = BucketPosture(bucket.address, bucket.name, {**bucket.facts, "versioning": "Enabled"})
    return replace(about, estate=replace(about.estate, postures={bucket.address: keeping}))


LONG_AGO = "2025-01-01T00:00:00.000Z"
MARKER = Marker("docs/a.pdf", LONG_AGO, "me", "m", is_latest=True)


def _version(version: str) -> Row:
    return Row("docs/a.pdf", '"1"', LONG_AGO, 3, "", "me", "", False, version, is_latest=False)


def test_a_marker_is_judged_again_when_what_lay_under_it_is_gone(tmp_path: Path) -> None:
    """Its own row is as it was."""
    stored, about = Versioned(rows=[MARKER, _version("v")]), _of_versions("orphan-delete-marker")
    assert recalled(stored, about, tmp_path, "one") == []
    stored.rows = [MARKER]
    [said_now] = recalled(stored, about, tmp_path, "two")

    assert said_now.rule.id == "orphan-delete-marker"


def test_a_version_is_judged_again_when_others_pile_up_above_it(tmp_path: Path) -> None:
    """Its own row is as it was."""
    most = AROUND.environment.rules.noncurrent_versions if AROUND.environment else 0
    stored, about = Versioned(rows=[MARKER, _version("v")]), _of_versions("noncurrent-backlog")
    assert recalled(stored, about, tmp_path, "one") == []
    stored.rows = [MARKER, *(_version(f"v{number}") for number in range(most)), _version("v")]
    said_now = recalled(stored, about, tmp_path, "two")

    assert [one.posture.address for one in said_now] == ["object:files@v/docs/a.pdf"]
