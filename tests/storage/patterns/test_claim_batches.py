"""Do several payloads go by few requests, and is of each told what became of it?"""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.storage import InDoubt, Refused, StorageError, Unreachable
from bucketwright.storage.backends.interface import Lost
from bucketwright.storage.patterns.claim_batches import Load, Parcel, Sent, in_batches
from bucketwright.storage.patterns.claim_check import ClaimCheck
from bucketwright.storage.patterns.claims import LARGEST_MESSAGE, message_size
from bucketwright.storage.patterns.queues import MOST_AT_ONCE, Outgoing
from bucketwright.storage.place import Place
from tests.storage.patterns.queueing import LARGE, Waiting
from tests.storage.patterns.runs import contents, in_memory, place


@pytest.fixture
def staging() -> Place:
    """Where large payloads go."""
    return place(in_memory(), "files/staging")


@given(st.lists(st.integers(1, 1_000), max_size=40), st.integers(1_024, 3_000))
def test_batches(sizes: list[int], largest: int) -> None:
    """All are sent, in their order; none holds too many or too much, and none could take the next as well."""
    parcels = [Parcel(number, Outgoing("x" * size, {"k": "v"}), None) for number, size in enumerate(sizes)]
    batches = [*in_batches(parcels, largest)]

    def size_of(batch: list[Parcel]) -> int:
        return sum(message_size(one.message.body, one.message.attributes) for one in batch)

    assert [one for batch in batches for one in batch] == parcels
    assert all(batch and len(batch) <= MOST_AT_ONCE and size_of(batch) <= largest for batch in batches)
    for batch, following in pairwise(batches):
        assert len(batch) == MOST_AT_ONCE or size_of([*batch, following[0]]) > largest


@pytest.mark.requirement("CS-4")
def test_each_is_told(staging: Place) -> None:
    """Sent, refused by us or by the queue, or in doubt; only what is on its way stays stored."""
    full, unknown = Unreachable("the queue is full"), InDoubt("nothing was said of it")
    queue = Waiting(answers={"1": full, "2": unknown})
    ends = ClaimCheck(staging, queue).send_many(
        [b"a", Load(b"b1", {"kind": "note"}), Load(b"c", {"bucketwright-x": "no"}), LARGE, b"d2", b"e"]
    )

    assert [type(end) for end in ends] == [Sent, Unreachable, Refused, Sent, InDoubt, Sent]
    assert (ends[1], ends[4]) == (full, unknown)
    assert [*contents(staging)] == [ends[3].stored.removeprefix(staging.path)]  # type: ignore[union-attr]
    assert queue.batches == [5]


@pytest.mark.requirement("CS-4")
@pytest.mark.requirement("TU-5")
@pytest.mark.parametrize(
    ("error", "kind", "stays"),
    [
        (Refused("no such queue"), Refused, 0),
        (Lost(Unreachable("no answer"), unanswered=True), InDoubt, 12),
    ],
    ids=["refused", "lost"],
)
def test_a_batch_that_fails(staging: Place, error: Exception, kind: type[StorageError], stays: int) -> None:
    """Each of it is told so; what is stored stays only where the message may be on its way."""
    ends = ClaimCheck(staging, Waiting(sending=error)).send_many([LARGE] * 12)

    assert [type(end) for end in ends] == [kind] * 12
    assert len(contents(staging)) == stays


def test_an_interruption_leaves_nothing(staging: Place) -> None:
    """What was stored for a batch that was not sent goes with it."""

    class Interrupted(Waiting):
        def send_many(self, messages: object) -> tuple[str, ...]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ClaimCheck(staging, Interrupted()).send_many([LARGE, b"small"])
    assert contents(staging) == {}


def test_in_order_and_once() -> None:
    """A FIFO queue gets group and hash of each, and batches keep the order."""
    queue = Waiting(is_fifo=True)
    loads = [Load(b"%d" % number, group="g") for number in range(23)]
    ClaimCheck(place(in_memory(), "files/staging"), queue, LARGEST_MESSAGE).send_many(loads)

    assert queue.batches == [10, 10, 3]
    assert [one.body for one in queue.sent] == [f"{number}" for number in range(23)]
    assert {one.group for one in queue.sent} == {"g"}
    assert len({one.once for one in queue.sent}) == 23
