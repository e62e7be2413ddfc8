"""Is each change made only where it is still due, and is it told exactly how far it came?"""

from dataclasses import replace
from typing import Final

import pytest

from audits.fixing import Step
from audits.fixing_apply import PAUSES, Done, Hands, State, apply
from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.facets.reading import Target
from bucketwright.facets.writing import Write
from bucketwright.posture import Unknown

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
        self.told: list[tuple[str, int, int]] = []

    def __call__(self, call: Call) -> Outcome:
        self.sent.append(call)
        outcome = self.outcomes.pop(0) if self.outcomes else Answer()
        if isinstance(outcome, Answer) and not self.deaf:
            self.value = call.params["Value"]
        return outcome

    @property
    def hands(self) -> Hands:
        return Hands(self, self, self.waited.append)

    def begin(self, number: int) -> None:
        """Note when a change was announced."""
        self.told.append(("begin", number, len(self.sent)))

    def end(self, number: int, state: str, reason: str, calls: object) -> None:
        """Note when it was told of."""
        assert isinstance(calls, list), (state, reason)
        self.told.append((state, number, len(calls)))

    def apply(self, *steps: Step) -> list[Done]:
        """All of them."""
        return list(apply(enumerate(steps, 1), self.hands, self))


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
    """One call, told of before and after, and what is there then is what was wanted."""
    server = Server("Suspended")

    [done] = server.apply(step(server))

    assert (done.state, done.reason, server.value) == ("made", "", "Enabled")
    assert server.told == [("begin", 1, 0), ("made", 1, 1)]
    assert server.waited == []


@pytest.mark.parametrize(
    ("value", "state"),
    [("Disabled", "changed meanwhile"), (Unknown("s3:GetBucketVersioning is denied"), "not tried")],
    ids=["somebody changed it", "it cannot be read"],
)
def test_nothing_is_sent_where_it_is_not_as_it_was(value: object, state: State) -> None:
    """A plan is of what was there when it was made."""
    server = Server(value)

    [done] = server.apply(step(server))

    assert (done.state, server.sent) == (state, [])
    assert server.told == [(state, 1, 0)]


def test_what_is_so_already_takes_no_call() -> None:
    """An earlier change may have made it."""
    server = Server("Enabled")

    [done] = server.apply(step(server))

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

    [done] = server.apply(step(server, write("Half"), write("Enabled")))

    assert done.state == state
    assert says in done.reason
    assert len(done.sent) == len(outcomes)


def test_a_harmless_refusal_goes_on() -> None:
    """Where a call is not needed, the service may refuse it."""
    server = Server("Suspended", Failure("refused", "KMSInvalidStateException"))
    first = replace(write("x"), harmless=frozenset({"KMSInvalidStateException"}))

    [done] = server.apply(step(server, first, write("Enabled")))

    assert done.is_made


def test_what_does_not_become_as_wanted_is_not_made() -> None:
    """A server that says yes and does nothing is asked again a few times, and then not believed."""
    server = Server("Suspended", deaf=True)

    [done] = server.apply(step(server))

    assert done.state == "not as wanted"
    assert server.waited == list(PAUSES)


def test_after_a_failure_the_same_thing_is_left_alone() -> None:
    """Others go on."""
    server = Server("Suspended", DENIED)
    several = [step(server), step(server), step(server, address="bucket:logs")]

    assert [done.state for done in server.apply(*several)] == ["refused", "not tried", "made"]
