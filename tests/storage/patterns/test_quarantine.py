"""Does an upload leave its quarantine clean, and in no other way?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import pytest

from bucketwright.storage import Misconfigured, Said, Unreachable
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.patterns.quarantine import Arrival, Goal, Outcome, quarantine
from bucketwright.storage.scanning import Clamd, clamd
from bucketwright.storage.scanning.trials import eicar
from tests.storage.patterns.waiting_room import (
    BUCKET,
    KEY,
    UNSURE,
    VIRUS,
    Finds,
    Meddling,
    contents,
    room,
    scanned_by,
    upload,
)
from tests.storage.scanning.daemon import FOUND, LARGEST, daemon


@pytest.fixture(scope="module")
def scanner() -> Iterator[Clamd]:
    """A real daemon."""
    with daemon() as running:
        yield clamd(running.address, LARGEST)


@pytest.mark.requirement("FP-13")
def test_what_is_clean_is_released(scanner: Clamd) -> None:
    """It is where clean files go, as it was, and no longer in quarantine."""
    storage = room()
    waiting = storage.prefix("uploads/waiting").at(case_id=7)
    waiting.put("a.txt", b"text", Said(metadata={"by": "me"}, file_name="Brief of May.txt"))
    clean = storage.prefix("uploads/clean").at(case_id=7)

    outcome = scanned_by(scanner, storage).scan(KEY)

    assert outcome == Outcome(KEY, "released", "clean/7/a.txt")
    assert contents(clean) == {"a.txt": b"text"}
    assert contents(waiting) == {}
    found = clean.info("a.txt")
    assert found.type == "text/plain; charset=utf-8"
    assert found.metadata["by"] == "me"
    assert found.content_disposition == 'attachment; filename="Brief of May.txt"'


@pytest.mark.requirement("FP-13")
def test_what_is_infected_is_deleted(scanner: Clamd) -> None:
    """Where the contract says no more."""
    storage = room()
    waiting = storage.prefix("uploads/waiting").at(case_id=7)
    waiting.put("a.txt", eicar())

    assert scanned_by(scanner, storage).scan(KEY) == Outcome(KEY, "deleted", FOUND)
    assert contents(waiting) == contents(storage.prefix("uploads/clean").at(case_id=7)) == {}


@pytest.mark.requirement("FP-13")
def test_what_is_infected_is_kept(scanner: Clamd) -> None:
    """Where the contract says so."""
    storage = room()
    kept = storage.prefix("uploads/kept").at(upload_id=UUID(int=7))
    key = kept.put("a.txt", eicar()).key

    assert scanned_by(scanner, storage, "kept").scan(key) == Outcome(key, "kept", FOUND)
    assert contents(kept) == {"a.txt": eicar()}


@pytest.mark.requirement("FP-13")
def test_a_daemon_that_ends_lets_everything_wait() -> None:
    """And the caller learns that it is the scanner."""
    with daemon() as running:
        storage = room()
        waiting = storage.prefix("uploads/waiting").at(case_id=7)
        waiting.put("a.txt", b"text")
        here = scanned_by(clamd(running.address, LARGEST), storage)
        running.end()

        with pytest.raises(Unreachable):
            here.scan(KEY)
    assert contents(waiting) == {"a.txt": b"text"}


@pytest.mark.requirement("AP-3")
@pytest.mark.requirement("FP-13")
@pytest.mark.parametrize(
    ("scanner", "data", "why"),
    [
        pytest.param(Finds(says=UNSURE), b"text", "it broke", id="the scanner breaks"),
        pytest.param(
            Finds(largest=10), b"text of more", "has 12 bytes, and 10 are", id="too large to be scanned"
        ),
        pytest.param(Finds(), b"\0\1\2", "clean, and not released: ", id="not of the type it claims"),
        pytest.param(
            Finds(largest=10**7), b"t" * 1_000_001, "larger than 1,000,000", id="too large for its place"
        ),
    ],
)
def test_what_waits(scanner: Finds, data: bytes, why: str) -> None:
    """What nobody could scan, and what is clean and not allowed where clean files go, stays where it is."""
    backend = Memory()
    storage = room(backend)
    upload(backend, data, KEY)
    outcome = scanned_by(scanner, storage).scan(KEY)

    assert outcome.end == "waiting"
    assert why in outcome.told
    assert not outcome.is_settled
    assert contents(storage.prefix("uploads/clean").at(case_id=7)) == {}
    assert contents(storage.prefix("uploads/waiting").at(case_id=7)) == {"a.txt": data}


@pytest.mark.requirement("CS-13")
def test_secrets_wait() -> None:
    """A clean file that is called as a secret is goes nowhere."""
    backend = Memory()
    upload(backend, b"text", "strict/7/.env")
    outcome = scanned_by(Finds(), room(backend), "strict").scan("strict/7/.env")

    assert outcome.end == "waiting"
    assert "no secrets are kept" in outcome.told


def test_a_trial_changes_nothing() -> None:
    """It says what would become of an upload."""
    backend = Memory()
    for name, data in (("a.txt", b"text"), ("b.txt", VIRUS)):
        upload(backend, data, f"waiting/7/{name}")
    here = replace(scanned_by(Finds(), room(backend)), is_trial=True)

    assert [outcome.end for outcome in here.scan_all()] == ["released", "deleted"]
    assert len([*backend.rows(BUCKET, "")]) == len([*backend.rows(BUCKET, "waiting/7/")]) == 2


def test_a_trial_foresees_what_the_place_of_clean_files_refuses() -> None:
    """Type, size, a name that is taken, and a suffix: the real run then ends as the trial said."""
    backend = Memory()
    upload(backend, b"other", "clean/7/taken.txt")
    upload(backend, b"same", "clean/7/same.txt", noted=sha256(b"same").hexdigest())
    upload(backend, b"other", "suffixed/7/taken.txt")
    for name, data in (
        ("fits.txt", b"text"),
        ("large.txt", bytes(b"x" * 1_000_001)),
        ("odd.bin", b"\0\1"),
        ("same.txt", b"same"),
        ("taken.txt", b"text"),
    ):
        upload(backend, data, f"waiting/7/{name}")
    upload(backend, b"text", "strict/7/taken.txt")
    ends = [("released", "fits"), ("waiting", "large"), ("waiting", "odd"), ("released", "same")]

    for address, wanted in (
        ("waiting", [*ends, ("waiting", "taken")]),
        ("strict", [("released", "taken")]),
    ):
        real = scanned_by(Finds(largest=2_000_000), room(backend), address)
        foreseen = [*replace(real, is_trial=True).scan_all()]

        assert [(one.end, one.key.split("/")[2].partition(".")[0]) for one in foreseen] == wanted
        assert [*real.scan_all()] == foreseen


def test_too_large_is_not_even_read() -> None:
    """Nothing is fetched of what is not scanned."""
    scanner, backend = Finds(largest=3), Meddling()
    upload(backend, b"text", KEY)

    assert scanned_by(scanner, room(backend)).scan(KEY).end == "waiting"
    assert scanner.seen == []


@pytest.mark.parametrize(
    "key",
    [
        "",
        "waiting/",
        "waiting/7/",
        "waiting/x/a.txt",
        "clean/7/a.txt",
        "waiting/7",
        "x" * 9_999,
        "waiting/7/\ud800",
    ],
)
def test_keys_of_other_places(key: str) -> None:
    """They are none of this quarantine's, whatever an event says."""
    assert scanned_by(Finds(), room()).scan(key).end == "waiting"


def test_nothing_is_there() -> None:
    """Somebody else has seen to it."""
    assert scanned_by(Finds(), room()).scan(KEY) == Outcome(KEY, "gone")


def test_what_waits_below_a_word() -> None:
    """The others wait on."""
    backend = Memory()
    for case in (7, 8):
        upload(backend, b"text", f"waiting/{case}/a.txt")

    assert [outcome.key for outcome in scanned_by(Finds(), room(backend)).scan_all("8/")] == [
        "waiting/8/a.txt"
    ]


def test_everything_that_waits() -> None:
    """One after the other, those that come from no quarantine left alone."""
    backend = Memory()
    storage = room(backend)
    for key, data in ((KEY, b"one"), ("waiting/8/b.txt", VIRUS), ("waiting/note", b"no upload")):
        upload(backend, data, key)

    assert [outcome.end for outcome in scanned_by(Finds(), storage).scan_all()] == ["released", "deleted"]
    assert [row.key for row in backend.rows(BUCKET, "waiting/")] == ["waiting/note"]


def test_the_day_of_arrival() -> None:
    """It gives the variables of days their values."""
    storage = room()
    key = storage.prefix("uploads/kept").at(upload_id=UUID(int=7)).put("a.txt", b"text").key
    before = datetime.now(UTC).date()
    told = scanned_by(Finds(), storage, "kept").scan(key).told

    days = {f"dated/{day:%Y/%m}/{day}/a.txt" for day in (before, datetime.now(UTC).date())}
    assert told in days


def test_where_clean_files_go_can_be_said() -> None:
    """By a function, where the contract's variables do not tell."""
    storage = room()
    storage.prefix("uploads/lost").at().put("7-a.txt", b"text")

    def goal(arrival: Arrival) -> Goal:
        case, _, name = arrival.name.partition("-")
        return Goal({"case_id": int(case)}, name)

    assert quarantine(storage, "uploads/lost", Finds(), goal).scan("lost/7-a.txt").told == "clean/7/a.txt"
    with pytest.raises(Misconfigured, match="which case_id"):
        quarantine(storage, "uploads/lost", Finds())


def test_no_quarantine() -> None:
    """Other prefixes have no scanner."""
    with pytest.raises(Misconfigured, match="is no quarantine"):
        quarantine(room(), "uploads/clean", Finds())


def test_what_lies_about_its_hash_waits() -> None:
    """Content that is not what was written is not scanned for what it should be."""
    backend = Memory()
    upload(backend, b"text", KEY, noted=sha256(b"other").hexdigest())
    outcome = scanned_by(Finds(), room(backend)).scan(KEY)

    assert outcome.end == "waiting"
    assert "not what was written" in outcome.told
