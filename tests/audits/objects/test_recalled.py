"""What is known of a bucket from earlier is asked again only where it may be another."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from audits.ledger import BucketIdentity, open_ledger
from audits.ledger.counting import counted
from audits.objects.bucket import Contents, Listener, Wanted
from audits.objects.memory import Memory
from bucketwright.calls import Failure
from bucketwright.estate import BucketPosture
from bucketwright.judging import Judgement
from bucketwright.objects.keeping import Terms
from bucketwright.s3.wire.rows import Marker, Page, Row, Upload
from tests.audits.objects.remembered import recalled
from tests.audits.objects.stored import AROUND, HOME, KilledError, Stored, Thing, found, full_of, wanted

TYPES = ("object-content-type-mismatch", "object-content-type-default")
MANY = 450
LATER = datetime.now(UTC) + timedelta(days=900)


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


@pytest.mark.parametrize(
    ("what", "heads"),
    [
        pytest.param(
            {"encryption": "aws:kms", "kms_key": "another"}, MANY, id="it may be under another by now"
        ),
        pytest.param({"encryption": ""}, 0, id="what is not encrypted is left alone"),
        pytest.param(
            {"encryption": "aws:kms", "kms_key": "another", "locked": LATER}, 0, id="locked for good"
        ),
    ],
)
def test_a_key_is_asked_for_again_where_it_can_be_another(
    tmp_path: Path, what: dict[str, object], heads: int
) -> None:
    """UpdateObjectEncryption leaves no trace in a list."""
    stored, about = full_of(MANY), wanted("object-wrong-key", *TYPES)
    for key in stored.things:
        stored.changed(key, **what)
    first = recalled(stored, about, tmp_path, "one")
    second = recalled(stored, about, tmp_path, "two")

    assert stored.asked["head"] == heads
    assert said(second) == said(first)
    assert len(first) == (MANY if what.get("kms_key") else 0)


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


@pytest.mark.parametrize("asks_all", [False, True], ids=["what changed", "all"])
def test_a_restore_that_takes_too_long_is_found(tmp_path: Path, *, asks_all: bool) -> None:
    """S3 does not say when it began: it counts from the first run that saw it, for a new object anew."""
    stored, about = full_of(40), wanted("object-restore-stuck")
    waiting = ["docs/00004.pdf", "docs/00006.pdf", "docs/00008.pdf"]
    for key in waiting:
        stored.changed(key, restoring=True)
    assert recalled(stored, about, tmp_path, "one") == []
    stored.changed(waiting[1], etag="2")
    stored.changed(waiting[2], restoring=False)
    assert recalled(stored, about, tmp_path, "two", asks_all=asks_all) == []
    now = datetime.now(UTC) + timedelta(days=20)
    later = replace(
        about, estate=replace(about.estate, circumstances=replace(about.estate.circumstances, now=now))
    )
    stored.changed(waiting[1], etag="3")
    stored.changed(waiting[2], restoring=True)

    [one] = recalled(stored, later, tmp_path, "three", asks_all=asks_all, now=now)
    assert one.posture.name == waiting[0]


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


@dataclass
class Uploading(Stored):
    """The same bucket, with uploads that nobody finished."""

    unfinished: tuple[Upload, ...] = ()
    is_cut: bool = False

    async def uploads(self) -> AsyncIterator[Page[Upload]]:
        """On one page; the rest may be refused."""
        yield Page(list(self.unfinished), "", "m")
        yield Page([], "m", None, Failure("denied", "AccessDenied") if self.is_cut else None)


def test_unfinished_uploads_are_counted_where_all_were_listed(tmp_path: Path) -> None:
    """With the bytes of their parts; what was counted stands until they are listed to their end again."""
    one = Upload("docs/a", "1", LONG_AGO, "me", "STANDARD", 30)
    stored = Uploading(unfinished=(one, one._replace(upload="2", size=Failure("denied", "AccessDenied"))))
    with open_ledger(str(tmp_path)) as ledger:
        for run, is_cut in (("one", False), ("two", True)):
            stored.is_cut = is_cut
            about, bucket = wanted("stale-multipart-upload"), BucketIdentity("files")
            with ledger.writing(bucket, run) as writer:
                memory = Memory(
                    ledger,
                    bucket,
                    writer,
                    HOME,
                    Terms(dates_rewrites=True, now=datetime.now(UTC)),
                    "",
                    asks_all=False,
                )
                listener = Listener(lambda _: None, lambda _: None)
                asyncio.run(Contents(stored, HOME, about, listener, memory).uploads())
            seen = counted(ledger, bucket).uploads
            assert seen is not None
            assert (seen.count, seen.size, seen.unsized) == (2, 30, 1)
            stored.unfinished = ()


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
