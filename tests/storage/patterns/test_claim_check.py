"""Does a payload come out of a queue as it went in, or is told why not?"""

from uuid import UUID

import pytest

from bucketwright.storage import (
    Changed,
    Damaged,
    Denied,
    InDoubt,
    Misconfigured,
    NotFound,
    Refused,
    Unreachable,
)
from bucketwright.storage.backends.interface import Lost
from bucketwright.storage.patterns.claim_check import ClaimCheck
from bucketwright.storage.patterns.claims import KIND, pointer_body, pointer_to
from bucketwright.storage.patterns.queues import Outgoing
from bucketwright.storage.place import Place
from tests.storage.patterns.queueing import LARGE, Waiting
from tests.storage.patterns.runs import contents, in_memory, place


@pytest.fixture
def staging() -> Place:
    return place(in_memory(), "files/staging")


@pytest.mark.requirement("TU-5")
@pytest.mark.parametrize("error", [Denied("no"), Unreachable("no"), KeyboardInterrupt()])
def test_a_message_that_is_refused(staging: Place, error: Exception) -> None:
    """Its payload does not stay."""
    with pytest.raises(type(error)):
        ClaimCheck(staging, Waiting(sending=error)).send(LARGE)

    assert contents(staging) == {}


def test_a_message_that_may_be_on_its_way(staging: Place) -> None:
    """Its payload stays: whoever gets the message needs it."""
    lost = Lost(Unreachable("no answer"), unanswered=True)
    with pytest.raises(InDoubt):
        ClaimCheck(staging, Waiting(sending=lost)).send(LARGE)

    assert list(contents(staging).values()) == [LARGE]


@pytest.mark.requirement("CS-4")
def test_a_payload_that_was_changed(staging: Place) -> None:
    """It is not given out, and stays with its message; messages beside it are read all the same."""
    queue = Waiting()
    claims = ClaimCheck(staging, queue)
    sent = claims.send(LARGE)
    claims.send(b"small")
    name = sent.stored.removeprefix(staging.path)
    staging.delete(name)
    staging.put(name, LARGE[:-3] + b'y"}')

    changed, other = claims.receive()
    with pytest.raises(Damaged):
        changed.read()
    assert other.read() == b"small"
    assert len(contents(staging)) == 1


@pytest.mark.requirement("CS-4")
def test_a_message_that_comes_twice(staging: Place) -> None:
    """The second one says that its payload is gone, and can be taken out of the queue."""
    queue = Waiting()
    claims = ClaimCheck(staging, queue)
    claims.send(LARGE)
    (first,), (second,) = claims.receive(), claims.receive()
    first.done()

    with pytest.raises(NotFound, match="done already"):
        second.read()
    second.done()


@pytest.mark.requirement("CS-4")
def test_a_message_that_others_have_by_now(staging: Place) -> None:
    """It is deleted first: where that fails the payload stays for whoever has the message."""
    queue = Waiting()
    claims = ClaimCheck(staging, queue)
    claims.send(LARGE)
    queue.deleting = Changed("its time was over")

    with pytest.raises(Changed):
        claims.receive()[0].done()
    assert len(contents(staging)) == 1


@pytest.mark.parametrize(
    "name", ["../kept/a.json", "/kept/a.json", "a.json", "..", "x/../../kept/a.json", "\x00"]
)
def test_names_that_lead_elsewhere(name: str) -> None:
    """A message names payloads below the place alone: nothing else is read, and nothing else is deleted."""
    storage = in_memory()
    kept = place(storage, "files/kept")
    kept.put("a.json", b"{}")
    queue = Waiting(sent=[Outgoing(pointer_body(pointer_to(name, b"{}")), {KIND: "stored"})])
    (claim,) = ClaimCheck(place(storage, "files/staging"), queue).receive()

    with pytest.raises(Refused):
        claim.read()
    claim.done()
    assert contents(kept) == {"a.json": b"{}"}


@pytest.mark.requirement("CS-4")
def test_payloads_that_memory_does_not_hold(staging: Place) -> None:
    """Nobody sends one, and whoever names a large object of the place in a message makes nobody read it."""
    payload = b'{"a": "' + b"x" * 6_000_000 + b'"}'
    name = f"{UUID(int=1)}.json"
    staging.put(name, payload)
    queue = Waiting(sent=[Outgoing(pointer_body(pointer_to(name, payload)), {KIND: "stored"})])
    claims = ClaimCheck(staging, queue)

    with pytest.raises(Refused, match="has 6,000,009 bytes, and 6,000,000 are held at once"):
        claims.receive()[0].read()
    with pytest.raises(Refused, match="held at once"):
        claims.send(payload)
    assert len(queue.sent) == len([*staging.list()]) == 1


@pytest.mark.requirement("CS-4")
def test_what_lambda_hands_on(staging: Place) -> None:
    """The same messages, as Lambda spells them."""
    queue = Waiting()
    claims = ClaimCheck(staging, queue)
    claims.send(LARGE, {"kind": "report"})
    told = {
        name: {"stringValue": text, "dataType": "String"} for name, text in queue.sent[0].attributes.items()
    }
    record = {
        "messageId": "m-1",
        "receiptHandle": "r-1",
        "body": queue.sent[0].body,
        "messageAttributes": told,
    }

    (claim,) = claims.of_event({"Records": [record]})
    with claim as payload:
        assert (payload, claim.attributes) == (LARGE, {"kind": "report"})
    assert (queue.sent, contents(staging), claims.of_event({})) == ([], {}, ())


def test_a_payload_that_is_text(staging: Place) -> None:
    """It is refused, and told how it is meant."""
    with pytest.raises(Refused, match=r"text\.encode\(\)"):
        ClaimCheck(staging, Waiting()).send("a")  # type: ignore[arg-type]  # as a program without types may


def test_a_fifo_queue(staging: Place) -> None:
    """It needs a group; the same payload is the same message, wherever it is stored."""
    queue = Waiting(is_fifo=True)
    claims = ClaimCheck(staging, queue)
    with pytest.raises(Refused, match="'group'"):
        claims.send(LARGE)
    claims.send(LARGE, group="g")
    claims.send(LARGE, group="g")
    claims.send(b"a", group="g", once="mine")

    first, second, third = queue.sent
    assert (first.once == second.once, first.body == second.body, third.once) == (True, False, "mine")
    with pytest.raises(Refused, match="only a FIFO queue"):
        ClaimCheck(staging, Waiting()).send(b"a", once="x")


def test_what_does_not_fit_together(staging: Place) -> None:
    """Messages that outlive their payloads, a smaller limit and a missing dead-letter queue are told."""
    bad = {"MessageRetentionPeriod": "345600", "MaximumMessageSize": "1024"}
    found = " ".join(ClaimCheck(staging, Waiting(told=bad)).doubts())
    good = {"MessageRetentionPeriod": "259200", "MaximumMessageSize": "1048576", "RedrivePolicy": "{}"}

    assert "4 days" in found
    assert "deleted after 3 days" in found
    assert "1,024 bytes" in found
    assert "dead-letter" in found
    assert ClaimCheck(staging, Waiting(told=good)).doubts() == ()
    forever = ClaimCheck(place(in_memory(), "files/kept"), Waiting(told=good)).doubts()
    assert "no 'expire'" in forever[0]


def test_names_by_the_contract() -> None:
    """A place of free names takes one with its extension; one without a uuid in its names takes none."""
    free = place(in_memory(), "files/any")
    sent = ClaimCheck(free, Waiting(), largest=1024).send(b"\x00" * 2_000)
    assert sent.stored.endswith(".bin")

    with pytest.raises(Misconfigured, match="uuid"):
        ClaimCheck(place(in_memory(), "files/checkpoints", run_id="r"), Waiting())
    with pytest.raises(Misconfigured, match="1,024 to 1,048,576"):
        ClaimCheck(free, Waiting(), largest=2_000_000)
