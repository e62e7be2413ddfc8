"""What an unchanged row proves: held against a small S3 in which everything that can change does."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.objects.keeping import (
    LONGEST,
    SETTLING,
    Terms,
    can_be_kept,
    is_in_parts,
    possible_now,
    to_ask,
)
from bucketwright.objects.postures import ObjectPosture
from bucketwright.objects.sources import SOURCES
from bucketwright.s3.endpoints import SERVERS

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
TYPES = ["text/plain", "text/html"]
ALGORITHMS = [None, "AES256", "aws:kms", "aws:kms:dsse"]
KEYS = ["key-1", "key-2"]
HELD = [
    "content_type",
    "cache_control",
    "encryption",
    "encryption_key",
    "customer_key",
    "bucket_key",
    "tags",
    "acl",
]


@dataclass(frozen=True)
class Stored:
    """One object, as the small S3 has it."""

    content: str
    written: datetime
    facts: dict[str, object] = field(default_factory=dict)
    mode: str | None = None
    until: datetime = BEGIN

    @property
    def row(self) -> tuple[str, datetime]:
        """What a list says of it: LastModified in whole seconds."""
        return self.content, self.written.replace(microsecond=0)


FACTS = st.fixed_dictionaries(
    {
        "content_type": st.sampled_from(TYPES),
        "cache_control": st.none() | st.just("no-store"),
        "encryption": st.sampled_from(ALGORITHMS),
        "encryption_key": st.sampled_from(KEYS),
        "customer_key": st.booleans(),
        "bucket_key": st.booleans(),
        "tags": st.booleans(),
        "acl": st.booleans(),
    }
)
LOCKS = st.tuples(
    st.sampled_from([None, "GOVERNANCE", "COMPLIANCE"]),
    st.sampled_from([timedelta(seconds=9), timedelta(99)]),
)
Lock = tuple[str | None, timedelta]
Change = tuple[str, str, dict[str, object]]
CONTENTS = st.sampled_from(["one", "one", "two"])
PAUSES = st.sampled_from([0.0, 0.2, 0.6, 1.5, 2.0, 400_000.0])
CHANGES = st.one_of(
    st.tuples(st.just("write"), CONTENTS, FACTS),
    st.tuples(st.just("update encryption"), st.just(""), FACTS),
    st.tuples(st.just("set in place"), st.just(""), FACTS),
)
STEPS = st.lists(st.tuples(PAUSES, CHANGES, LOCKS), min_size=1, max_size=2)


def changed(stored: Stored, change: Change, lock: Lock, now: datetime) -> Stored:
    """What it is after something is done to it; a lock in compliance mode is only ever made longer."""
    (what, content, facts), (mode, length) = change, lock
    is_locked = stored.mode is not None and stored.until > now
    if what == "write":
        return Stored(content, now, facts, mode, now + length)
    if what == "set in place":
        if is_locked and stored.mode == "COMPLIANCE":
            mode, length = stored.mode, max(length, stored.until - now)
        beside = {**stored.facts, "tags": facts["tags"], "acl": facts["acl"]}
        return replace(stored, facts=beside, mode=mode, until=now + length)
    if stored.facts["encryption"] not in {"AES256", "aws:kms"} or stored.facts["customer_key"] or is_locked:
        return stored
    new = {
        "encryption": "aws:kms",
        "encryption_key": facts["encryption_key"],
        "bucket_key": facts["bucket_key"],
    }
    return replace(stored, facts={**stored.facts, **new})


@settings(max_examples=400)
@given(FACTS, LOCKS, PAUSES, STEPS, PAUSES)
def test_what_is_kept_is_what_a_new_look_would_find(
    facts: dict[str, object],
    lock: Lock,
    pause: float,
    steps: list[tuple[float, Change, Lock]],
    rest: float,
) -> None:
    """Whenever the row is as it was and the answer is trusted, the fact is among what it can be."""
    now = BEGIN + timedelta(seconds=0.3)
    stored = Stored("one", now, facts, lock[0], now + lock[1])
    read_at = now = now + timedelta(seconds=pause)
    seen = stored
    for before, change, next_lock in steps:
        now += timedelta(seconds=before)
        stored = changed(stored, change, next_lock, now)
    now += timedelta(seconds=rest)

    terms = Terms(dates_rewrites=True, now=now, locks_encryption=True)
    if seen.row == stored.row and terms.trusts(seen.row[1], read_at, in_parts=False):
        stays = terms.keeps_encryption(row_of(seen, read_at))
        for fact in HELD:
            possible = possible_now(fact, seen.facts[fact], stays=stays)
            assert possible is None or stored.facts[fact] in possible


def row_of(seen: Stored, read_at: datetime) -> dict[str, object]:
    """What is kept of it, read at one moment."""
    told = {name: seen.facts[name] for name in ("customer_key", "encryption")}
    lock = {"lock_mode": seen.mode, "retain_until": seen.until if seen.mode else None}
    return {**told, **lock, "head_read_at": read_at, "lock_read_at": read_at}


LOCKED = {
    "customer_key": False,
    "encryption": "aws:kms",
    "lock_mode": "COMPLIANCE",
    "retain_until": BEGIN + timedelta(days=9),
    "head_read_at": BEGIN,
    "lock_read_at": BEGIN,
}


@pytest.mark.parametrize(
    ("other", "stays"),
    [
        pytest.param({}, True, id="locked so that nobody can lift it"),
        pytest.param({"lock_mode": "GOVERNANCE"}, False, id="a lock that some may lift"),
        pytest.param({"retain_until": BEGIN + timedelta(days=1)}, False, id="a lock that has ended"),
        pytest.param(
            {"lock_read_at": BEGIN + timedelta(1)}, False, id="locked after the encryption was read"
        ),
        pytest.param({"lock_read_at": None}, False, id="a lock that nobody asked for"),
        pytest.param({"lock_mode": None, "encryption": None}, True, id="not encrypted at all"),
        pytest.param({"lock_mode": None, "encryption": "aws:kms:dsse"}, True, id="two layers"),
        pytest.param({"lock_mode": None, "encryption": "AES256"}, False, id="under S3's own key"),
        pytest.param({"lock_mode": None, "encryption": None, "customer_key": True}, False, id="a customer's"),
    ],
)
def test_when_nobody_can_have_changed_the_encryption(other: dict[str, object], stays: object) -> None:
    """What UpdateObjectEncryption refuses to change; on a server that locks it, what is locked for good."""
    now = BEGIN + timedelta(days=2)
    terms = Terms(dates_rewrites=True, now=now, locks_encryption=True)
    row = {**LOCKED, **other}

    assert terms.keeps_encryption(row) is stays
    unlocking = replace(terms, locks_encryption=False)
    assert unlocking.keeps_encryption(row) is (stays and row["lock_mode"] is None)


AFTER = st.timedeltas(timedelta(), timedelta(days=20))


@given(st.timedeltas(timedelta(seconds=-5), timedelta(seconds=10)), AFTER, st.booleans())
def test_an_answer_is_trusted_when_it_is_settled_and_young(
    settled: timedelta, age: timedelta, dates_rewrites: bool
) -> None:
    """Neither within two seconds of the last write, nor a week old, nor on a server that does not date it."""
    read_at = BEGIN + settled
    terms = Terms(dates_rewrites=dates_rewrites, now=read_at + age)

    assert terms.trusts(BEGIN, read_at, in_parts=False) == (
        dates_rewrites and settled >= timedelta(seconds=2) and age < timedelta(days=7)
    )


@pytest.mark.parametrize(
    ("modified", "read_at"),
    [(None, BEGIN), (BEGIN, None), (BEGIN, BEGIN + timedelta(hours=9))],
    ids=["a time that is none", "never asked", "read in the future"],
)
def test_what_cannot_be_dated_is_not_trusted(modified: datetime | None, read_at: datetime | None) -> None:
    """Not asked is not known, and clocks that disagree prove nothing."""
    terms = Terms(dates_rewrites=True, now=BEGIN + timedelta(hours=1))

    assert not terms.trusts(modified, read_at, in_parts=False)


def test_how_old_a_fact_may_be_is_one_setting() -> None:
    """A week, and whatever else somebody sets."""
    terms = Terms(dates_rewrites=True, now=BEGIN + timedelta(hours=2), longest=timedelta(hours=1))

    assert timedelta(days=7) == LONGEST
    assert timedelta(seconds=2) == SETTLING
    assert not terms.trusts(BEGIN, BEGIN + timedelta(minutes=1), in_parts=False)
    assert terms.trusts(BEGIN, BEGIN + timedelta(minutes=61), in_parts=False)


@pytest.mark.parametrize(
    ("days", "longest", "trusted"),
    [
        pytest.param(7, timedelta(days=8), False, id="another upload may not have ended yet"),
        pytest.param(8, timedelta(days=8), True, id="every upload has ended"),
        pytest.param(2, timedelta(days=2), True, id="a bucket that ends them soon"),
    ],
)
def test_an_upload_in_parts_is_dated_by_its_beginning(
    days: int, longest: timedelta, *, trusted: bool
) -> None:
    """So another that was begun with it may take its place later, unseen, for as long as uploads go on."""
    terms = Terms(dates_rewrites=True, now=BEGIN + timedelta(days=days + 1), uploads_live=longest)

    assert terms.trusts(BEGIN, BEGIN + timedelta(days=days), in_parts=True) is trusted


@pytest.mark.parametrize(
    ("etag", "version", "in_parts"),
    [
        ('"d41d8cd98f00b204e9800998ecf8427e-3"', "", True),
        ('"d41d8cd98f00b204e9800998ecf8427e-3"', "null", True),
        ('"d41d8cd98f00b204e9800998ecf8427e-3"', "v1", False),
        ('"d41d8cd98f00b204e9800998ecf8427e"', "", False),
        (None, "", True),
    ],
    ids=["in parts", "the version null", "a version of its own", "at once", "nobody knows"],
)
def test_what_may_be_replaced_unseen(etag: str | None, version: str, *, in_parts: bool) -> None:
    """By an upload in parts that ends later; a version of its own is never replaced."""
    assert is_in_parts(etag, version) is in_parts


@pytest.mark.parametrize(
    ("fact", "kept", "possible"),
    [
        ("content_type", "text/html", ("text/html",)),
        ("content_type", None, (None,)),
        ("website_redirect", "/there", ("/there",)),
        ("encryption", "AES256", ("AES256", "aws:kms")),
        ("encryption", "aws:kms", ("aws:kms",)),
        ("encryption", None, None),
        ("encryption", "aws:kms:dsse", None),
        ("encryption_key", "arn:aws:kms:::key/1", None),
        ("customer_key", False, (False,)),
        ("customer_key", True, None),
        ("bucket_key", True, None),
        ("tags", "{}", None),
        ("acl", "[]", None),
        ("legal_hold", False, None),
        ("retain_until", None, None),
        ("replication_status", "COMPLETED", None),
    ],
)
def test_what_a_fact_can_be_now(fact: str, kept: object, possible: tuple[object, ...] | None) -> None:
    """What comes with the content is as it was; encryption goes upwards; the rest is asked again."""
    assert possible_now(fact, kept) == possible
    assert can_be_kept(fact) or possible is None


@pytest.mark.parametrize(
    ("facts", "sources"),
    [
        (["key", "size", "storage_class", "restoring", "owner"], set()),
        (["content_type", "encryption"], set()),
        (["encryption", "encryption_key"], {"head"}),
        (["tags"], {"tagging"}),
        (["acl", "lock_mode"], {"acl", "head"}),
    ],
    ids=["listed", "kept", "the exact key", "tags", "list and lock"],
)
def test_what_is_asked_each_time(facts: list[str], sources: set[str]) -> None:
    """What a list says is never asked, and what cannot be kept always."""
    assert to_ask(facts) == sources


def test_every_fact_is_listed_kept_or_asked_again() -> None:
    """None is forgotten: a fact of which nothing is said is asked for each time."""
    for fact, several in SOURCES[ObjectPosture.kind].items():
        is_listed = bool({"endpoint", "list", "list-versions"} & set(several))
        assert is_listed or can_be_kept(fact) or to_ask([fact]) == {several[0]}


def test_only_servers_that_were_tried_are_believed() -> None:
    """Of an unknown server, and of one that keeps the time of a rewrite, nothing is kept."""
    assert {name for name, one in SERVERS.items() if one.dates_rewrites} == {
        "aws",
        "minio",
        "moto",
        "sandbox",
    }
