"""What is overdue is what lifecycle should have ended, as the simulator of S3's lifecycle tells it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bucketwright.contract.lifecycle.classes import WATERFALL, s3_class
from bucketwright.contract.lifecycle.compile import lifecycle_rules, object_tags
from bucketwright.contract.lifecycle.parsing import parse_rules
from bucketwright.contract.lifecycle.simulator import (
    Event,
    StoredObject,
    Versioning,
    fate,
)
from bucketwright.contract.model import Environment
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.objects.postures import DeleteMarkerPosture
from bucketwright.verdicts import Fails, Fault, Passes, Verdict
from tests.contract.prefix_strategies import courses
from tests.rules.objects.rows import Seen, contract, row, stored

KEY: Final = "7/docs/a"
FREE: Final = {"object_lock": ObjectLock()}
MIDNIGHT: Final = datetime(2026, 6, 1, tzinfo=UTC)
DAYS: Final = st.integers(1, 20)
TIMES: Final = st.one_of(
    st.integers(0, 40).map(lambda days: MIDNIGHT - timedelta(days=days)),
    st.datetimes(datetime(2026, 4, 20), datetime(2026, 6, 2), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
)


def _docs(docs: Mapping[str, object], grace: int = 2) -> Environment:
    """A contract with one prefix, whose objects lifecycle finds by their tag."""
    terms = {"expiry_grace": f"{grace} days", "noncurrent_versions": 10**6}
    return contract({"docs": {"path": "{case_id:int}/docs/", **docs}}, rules=terms)


def _events(environment: Environment, versioning: Versioning, one: StoredObject) -> tuple[Event, ...]:
    tagged = replace(one, size=10**6, tags=object_tags(environment, "files", "docs"))
    return fate(parse_rules(lifecycle_rules(environment, "files")), versioning, tagged)


def _replaced(since: datetime, newer: int = 0) -> StoredObject:
    made = since - timedelta(days=90)
    return StoredObject(KEY, made, noncurrent=True, successor_created=since, newer_noncurrent_versions=newer)


def _end(events: tuple[Event, ...]) -> datetime | None:
    return next((event.at for event in events if event.event != "transition"), None)


def _is_over(end: datetime | None, now: datetime, grace: int) -> bool:
    return end is not None and end + timedelta(days=grace) <= now


@pytest.mark.parametrize("versioning", ["Enabled", "Suspended", "Disabled"])
@settings(max_examples=60, deadline=None)
@given(modified=TIMES, now=TIMES, days=DAYS, grace=st.integers(0, 5))
@example(modified=MIDNIGHT - timedelta(days=8), now=MIDNIGHT, days=5, grace=2)
@example(modified=MIDNIGHT - timedelta(days=9), now=MIDNIGHT, days=5, grace=2)
def test_an_escapee_is_what_should_be_gone(
    versioning: Versioning, modified: datetime, now: datetime, days: int, grace: int
) -> None:
    """By as many days as lifecycle may be late, and not an hour earlier."""
    environment = _docs({"expire": f"{days} days"}, grace)
    end = _end(_events(environment, versioning, StoredObject(KEY, modified)))
    one = stored(KEY, modified=modified, is_latest=True)
    verdict = Seen(environment, now=now).verdict("object-lifecycle-escapee", one)

    assert isinstance(verdict, Fails if _is_over(end, now, grace) else Passes)


@settings(max_examples=60, deadline=None)
@given(
    since=TIMES,
    now=TIMES,
    days=DAYS,
    grace=st.integers(0, 5),
    newer=st.integers(0, 4),
    kept=st.none() | st.integers(1, 4),
)
@example(MIDNIGHT - timedelta(days=8), MIDNIGHT, 5, 2, 1, 1)
@example(MIDNIGHT - timedelta(days=9), MIDNIGHT, 5, 2, 0, None)
def test_an_old_version_is_overdue_when_it_should_be_gone(
    since: datetime, now: datetime, days: int, grace: int, newer: int, kept: int | None
) -> None:
    """The newest ones that the contract keeps are never overdue."""
    environment = _docs({"noncurrent": {"expire": f"{days} days", "keep_newest": kept}}, grace)
    end = _end(_events(environment, "Enabled", _replaced(since, newer)))
    one = stored(KEY, is_latest=False, noncurrent_since=since, newer_noncurrent=newer)
    verdict = Seen(environment, FREE, now).verdict("noncurrent-backlog", one)

    assert isinstance(verdict, Fails if _is_over(end, now, grace) else Passes)


@settings(max_examples=60, deadline=None)
@given(deleted=TIMES, now=TIMES, days=DAYS, grace=st.integers(0, 5))
@example(MIDNIGHT - timedelta(days=8), MIDNIGHT, 5, 2)
@example(MIDNIGHT - timedelta(days=6), MIDNIGHT, 5, 2)
def test_a_marker_may_outlive_what_it_hid_for_a_moment(
    deleted: datetime, now: datetime, days: int, grace: int
) -> None:
    """From the day on which lifecycle removes what lay under it, for as long as lifecycle may be late."""
    environment = _docs({"noncurrent": {"expire": f"{days} days"}}, grace)
    end = _end(_events(environment, "Enabled", _replaced(deleted)))
    marker = row(DeleteMarkerPosture, KEY, is_latest=True, versions=0, modified=deleted)
    verdict = Seen(environment, now=now).verdict("orphan-delete-marker", marker)
    is_due = end is not None and end <= now

    assert isinstance(verdict, Passes if is_due and not _is_over(end, now, grace) else Fails)


@settings(max_examples=60, deadline=None)
@given(courses(), st.integers(0, 3000), st.booleans())
def test_where_lifecycle_moves_an_object_it_may_lie(
    life: dict[str, object], days: int, is_latest: bool
) -> None:
    """At every age the class it has then is one that the contract allows, for old versions too."""
    environment = _docs(life if is_latest else {"noncurrent": {"archive": life["archive"]}})
    made = MIDNIGHT - timedelta(days=days)
    one = StoredObject(KEY, made) if is_latest else _replaced(made)
    moves = [event.to for event in _events(environment, "Enabled", one) if event.to]

    assert moves
    for storage_class in ("STANDARD", *moves):
        assert isinstance(_in_class(environment, storage_class, is_latest), Passes)


@settings(max_examples=60, deadline=None)
@given(courses())
def test_no_other_class_will_do(life: dict[str, object]) -> None:
    """Whatever is neither declared nor where objects begin is found."""
    environment = _docs(life)
    named = {s3_class(move.to) for move in environment.buckets["files"].prefixes["docs"].archive}

    for storage_class in {*WATERFALL, "REDUCED_REDUNDANCY", "standard", ""} - named - {"STANDARD"}:
        assert isinstance(_in_class(environment, storage_class, is_latest=True), Fails)


def _in_class(environment: Environment, storage_class: str, is_latest: bool) -> Verdict:
    one = stored(KEY, storage_class=storage_class, is_latest=is_latest)
    return Seen(environment).verdict("object-storage-class", one)


@pytest.mark.parametrize(
    ("rule_id", "facts"),
    [
        ("object-lifecycle-escapee", {"is_latest": True}),
        ("noncurrent-backlog", {"is_latest": False, "newer_noncurrent": 0}),
    ],
)
def test_time_that_never_ends_is_no_fault(rule_id: str, facts: dict[str, object]) -> None:
    """A date near the end of the calendar is never over, and breaks nothing."""
    last = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    environment = _docs({"expire": "70000 days", "noncurrent": {"expire": "70000 days"}})
    one = stored(KEY, modified=last, noncurrent_since=last, **facts)

    assert isinstance(Seen(environment, FREE).verdict(rule_id, one), Passes)


@pytest.mark.parametrize("later", [0, 1, 30])
def test_a_fault_keeps_its_form_while_it_lasts(later: int) -> None:
    """Days pass, and it is still the finding that was accepted."""
    environment = _docs({"expire": "7 days"})
    one = stored(KEY, modified=MIDNIGHT - timedelta(days=90), is_latest=True)
    now = MIDNIGHT + timedelta(days=later)
    verdict = Seen(environment, now=now).verdict("object-lifecycle-escapee", one)

    assert isinstance(verdict, Fails)
    assert verdict.faults == (
        Fault(f"{90 + later} days old and still there", form="still there after its time"),
    )
