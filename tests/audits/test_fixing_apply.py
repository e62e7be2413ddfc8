"""Is each change made only where it is still due, and is it told exactly how far it came?"""

import json
import stat
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from audits.fixing import Step
from audits.fixing_apply import PAUSES, Hands, State, apply
from audits.fixing_undo import Log, Undo, UndoError, keep_undo, read_undo, undo_of
from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.facets.reading import Target
from bucketwright.facets.writing import Write
from bucketwright.posture import Unknown

NOW: Final = datetime(2026, 11, 21, tzinfo=UTC)
DENIED: Final = Failure("denied", "AccessDenied")
LOST: Final = Failure("unreachable", "", "the connection broke")


def write(value: str, operation: str = "PutBucketVersioning") -> Write:
    return Write(Call("s3", operation, {"Bucket": "b", "Value": value}), "s3:PutBucketVersioning")


class Server:
    """A setting, what each call makes of it, and what was sent."""

    def __init__(self, value: object, *outcomes: Outcome, deaf: bool = False) -> None:
        self.value, self.outcomes, self.deaf = value, list(outcomes), deaf
        self.sent: list[Call] = []
        self.waited: list[float] = []
        self.logged: list[tuple[str, Outcome | None]] = []

    def __call__(self, call: Call) -> Outcome:
        self.sent.append(call)
        outcome = self.outcomes.pop(0) if self.outcomes else Answer()
        if isinstance(outcome, Answer) and not self.deaf:
            self.value = call.params["Value"]
        return outcome

    @property
    def hands(self) -> Hands:
        return Hands(
            self, self, lambda one, came: self.logged.append((one.call.operation, came)), self.waited.append
        )


def step(server: Server, *writes: Write, address: str = "bucket:files") -> Step:
    target = Target("bucket", "b", {"Bucket": "b"})
    return Step(
        address,
        "versioning",
        target,
        before="Suspended",
        after="Enabled",
        writes=writes or (write("Enabled"),),
        undo=(write("Suspended"),),
        ends=("versioning-enabled",),
        look=lambda _: server.value,
    )


def test_what_is_due_is_made_and_read_back() -> None:
    """One call, noted before and after, and what is there then is what was wanted."""
    server = Server("Suspended")

    [done] = apply([step(server)], server.hands)

    assert (done.state, done.reason, server.value) == ("made", "", "Enabled")
    assert server.logged == [("PutBucketVersioning", None), ("PutBucketVersioning", Answer())]
    assert server.waited == []


@pytest.mark.parametrize(
    ("value", "state"),
    [("Disabled", "changed meanwhile"), (Unknown("s3:GetBucketVersioning is denied"), "not tried")],
    ids=["somebody changed it", "it cannot be read"],
)
def test_nothing_is_sent_where_it_is_not_as_it_was(value: object, state: State) -> None:
    """A plan is of what was there when it was made."""
    server = Server(value)

    [done] = apply([step(server)], server.hands)

    assert (done.state, server.sent) == (state, [])


def test_what_is_so_already_takes_no_call() -> None:
    """An earlier change may have made it."""
    server = Server("Enabled")

    [done] = apply([step(server)], server.hands)

    assert (done.is_made, server.sent) == (True, [])


@pytest.mark.parametrize(
    ("outcomes", "state", "says"),
    [
        ((DENIED,), "refused", "s3:PutBucketVersioning is denied"),
        ((Answer(), DENIED), "half made", "s3:PutBucketVersioning is denied"),
        ((LOST,), "half made", "whether it was carried out all the same is not known"),
    ],
    ids=["the first call", "the second call", "an answer that was lost"],
)
def test_how_far_it_came(outcomes: tuple[Outcome, ...], state: State, says: str) -> None:
    """Refused means that nothing happened; what may have happened is never called nothing."""
    server = Server("Suspended", *outcomes)

    [done] = apply([step(server, write("Half"), write("Enabled"))], server.hands)

    assert done.state == state
    assert says in done.reason
    assert len(done.sent) == len(outcomes)


def test_a_harmless_refusal_goes_on() -> None:
    """Where a call is not needed, the service may refuse it."""
    server = Server("Suspended", Failure("refused", "KMSInvalidStateException"))
    first = replace(write("x"), harmless=frozenset({"KMSInvalidStateException"}))

    [done] = apply([step(server, first, write("Enabled"))], server.hands)

    assert done.is_made


def test_what_does_not_become_as_wanted_is_not_made() -> None:
    """A server that says yes and does nothing is asked again a few times, and then not believed."""
    server = Server("Suspended", deaf=True)

    [done] = apply([step(server)], server.hands)

    assert done.state == "not as wanted"
    assert server.waited == list(PAUSES)


def test_after_a_failure_the_same_thing_is_left_alone() -> None:
    """Others go on."""
    server = Server("Suspended", DENIED)
    several = [step(server), step(server), step(server, address="bucket:logs")]

    assert [done.state for done in apply(several, server.hands)] == ["refused", "not tried", "made"]


def test_undo_is_of_all_that_was_sent_the_last_first(tmp_path: Path) -> None:
    """Also of what was half made; what was never tried needs none. The file is its owner's alone."""
    server = Server("Suspended", Answer())
    first, second = step(server), step(server, address="bucket:logs")
    done = [*apply([first], server.hands)]
    server.value, server.outcomes = "Suspended", [LOST]
    done += apply([second, second], server.hands)
    file = tmp_path / "undo" / "run.json"

    keep_undo(file, undo_of(done), NOW)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read_undo(file) == (
        Undo("bucket:logs", "versioning", (write("Suspended"),)),
        Undo("bucket:files", "versioning", (write("Suspended"),)),
    )


def _changed(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    def spoil(file: Path) -> None:
        found = json.loads(file.read_text())
        change(found)
        file.write_text(json.dumps(found))

    return spoil


SPOILED: Final[Mapping[str, Callable[[Path], object]]] = {
    "there is none": lambda file: file.unlink(),
    "no JSON": lambda file: file.write_text("{"),
    "a list": lambda file: file.write_text("[]"),
    "another format": _changed(lambda found: found.update(format=2)),
    "no calls": _changed(lambda found: found["undo"][0].pop("calls")),
    "a call that deletes": _changed(
        lambda found: found["undo"][0]["calls"][0].update(operation="DeleteBucket")
    ),
    "a call that reads data": _changed(
        lambda found: found["undo"][0]["calls"][0].update(operation="GetObject")
    ),
    "a call that makes a user": _changed(
        lambda found: found["undo"][0]["calls"][0].update(service="iam", operation="CreateUser")
    ),
    "no parameters": _changed(lambda found: found["undo"][0]["calls"][0].update(params=[])),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_a_file_that_says_anything_else_is_refused(spoil: Callable[[Path], object], tmp_path: Path) -> None:
    """Only settings are put back because a file says so."""
    file = tmp_path / "run.json"
    keep_undo(file, [Undo("bucket:files", "versioning", (write("Suspended"),))], NOW)
    spoil(file)

    with pytest.raises(UndoError, match=r"run\.json"):
        read_undo(file)


def test_the_log_grows_line_by_line(tmp_path: Path) -> None:
    """A line before each call, one after it, for their owner alone."""
    log = Log(tmp_path / "changes.jsonl")

    for came in (None, Answer(), DENIED):
        log.note(NOW, write("Enabled"), came)

    lines = [json.loads(line) for line in log.path.read_text().splitlines()]
    assert [one["came"] for one in lines] == ["about to be sent", "done", "failed: denied AccessDenied"]
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600
