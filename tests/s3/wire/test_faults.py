"""Whatever a server does, the wire ends as the SDK does: with the same failure, after as few requests."""

from collections.abc import Iterator
from dataclasses import replace
from time import monotonic

import pytest

from bucketwright.calls import Answer, Call, Failure, FailureKind
from bucketwright.s3.limits import Deadline, Limits
from bucketwright.s3.wire.sending import WireSend
from tests.faults.proxy import Proxy
from tests.s3.asking import LISTING, REGION, VERSIONING
from tests.s3.going_wrong import FAULTS, HEAD, UPLOADS
from tests.s3.wire.by_wire import gathered, on_place, wired

OF_S3 = [case for case in FAULTS if isinstance(case.values[1], Call) and case.values[1].service == "s3"]


@pytest.fixture
def send(proxy: Proxy) -> Iterator[WireSend]:
    """A Send that has a connection already."""
    made = wired(proxy.url)
    made(VERSIONING)
    proxy.calm()
    yield made
    made.close()


def hasty(proxy: Proxy, limits: Limits, fault: str, deadline: Deadline | None = None) -> WireSend:
    """A Send of little patience, before which something goes wrong from its second call on."""
    made = wired(proxy.url, limits, deadline)
    made(VERSIONING)
    proxy.calm()
    proxy.fault(fault)
    return made


@pytest.mark.parametrize(("fault", "call", "expected"), OF_S3)
def test_faults(
    proxy: Proxy, send: WireSend, fault: str, call: Call, expected: tuple[FailureKind, str, int]
) -> None:
    """Each fault has the failure that the SDK has, after as many requests."""
    proxy.fault(fault)

    outcome = send(call)

    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.code, len(proxy.seen)) == expected


@pytest.mark.parametrize("fault", ["drip", "driphead", "stall"])
def test_slow_answers_end(proxy: Proxy, fault: str) -> None:
    """However slowly an answer drips, headers and all, its time ends it, and it is not asked for again."""
    send = hasty(proxy, Limits(answer_seconds=1.5, read_seconds=60), fault)
    began = monotonic()

    outcome = send(VERSIONING)

    assert outcome == Failure("late")
    assert monotonic() - began < 30
    assert len(proxy.seen) == 1
    send.close()


def test_stalled_answers(proxy: Proxy) -> None:
    """A connection on which nothing comes is given up, and tried again as often as any."""
    send = hasty(proxy, Limits(read_seconds=1), "stall")

    outcome = send(VERSIONING)

    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.code, len(proxy.seen)) == ("unreachable", "ReadTimeout", 3)
    send.close()


def test_deadline_of_the_run(proxy: Proxy) -> None:
    """The run's own deadline ends a slow answer too, and nothing is sent after it."""
    send = hasty(proxy, Limits(), "drip", Deadline.after(2))

    outcomes = [send(VERSIONING), send(LISTING)]

    assert outcomes == [Failure("late"), Failure("late")]
    assert len(proxy.seen) == 1
    send.close()


def test_big_answers_are_refused(proxy: Proxy) -> None:
    """An answer of more bytes than any honest one is read no further, and not asked for again."""
    send = hasty(proxy, Limits(answer_bytes=100_000), "bigbody:4")

    assert send(VERSIONING) == Failure("bad answer", "", "an answer of more than 100000 bytes")
    assert len(proxy.seen) == 1
    send.close()


def test_endless_listing(proxy: Proxy) -> None:
    """A listing that always points to another page ends at the most pages that there may be."""
    send = hasty(proxy, Limits(pages=4), "endless")

    assert send(LISTING) == Failure("bad answer", "", "the answer has more than 4 pages")
    assert len(proxy.seen) == 4
    send.close()


def test_no_attempt_that_would_be_late(proxy: Proxy) -> None:
    """Where the wait before another attempt might outlast the time, the first failure stands."""
    send = hasty(proxy, Limits(answer_seconds=0.9), "status:503:SlowDown")

    outcome = send(VERSIONING)

    assert isinstance(outcome, Failure)
    assert (outcome.kind, len(proxy.seen)) == ("throttled", 1)
    send.close()


@pytest.mark.parametrize(
    "fault", ["status:503:SlowDown", "reset", "cut", "html502", "error200", "status:429"]
)
def test_what_passes_is_survived(proxy: Proxy, send: WireSend, fault: str) -> None:
    """What goes wrong once is asked again, and answered."""
    proxy.fault(fault, times=1)

    assert send(VERSIONING) == Answer({})
    assert len(proxy.seen) == 2


def test_redirects_teach_the_region(proxy: Proxy) -> None:
    """A bucket's region is learned from the first answer that names it, and the next calls go there."""
    proxy.fault(f"redirect:{REGION}")
    send = wired(proxy.url)

    outcomes = [send(replace(call, region="ap-south-1")) for call in (VERSIONING, LISTING, HEAD, UPLOADS)]

    assert all(isinstance(outcome, Answer) for outcome in outcomes)
    assert [request.region for request in proxy.seen] == ["ap-south-1", *[REGION] * 4]
    send.close()


@pytest.mark.parametrize(
    ("fault", "requests"),
    [
        pytest.param("status:301:PermanentRedirect", 1, id="nowhere"),
        pytest.param("elsewhere:ap-south-1", 2, id="always-elsewhere"),
        pytest.param("elsewhere:http://evil/", 1, id="to-no-region"),
    ],
)
def test_redirects_without_end(proxy: Proxy, send: WireSend, fault: str, requests: int) -> None:
    """A redirect is followed once, and only where it says to which region."""
    proxy.fault(fault)

    assert send(VERSIONING) == Failure("refused", "PermanentRedirect", "made by the proxy")
    assert len(proxy.seen) == requests


def test_nothing_listens() -> None:
    """An endpoint where nothing answers is said to be one."""
    send = wired("http://127.0.0.1:1")

    outcome = send(VERSIONING)

    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.code) == ("unreachable", "NoConnection")
    send.close()


@pytest.mark.parametrize(
    ("fault", "kind", "requests"),
    [
        ("status:403:AccessDenied", "denied", 1),
        ("status:404:NoSuchBucket", "gone", 1),
        ("status:503:SlowDown", "throttled", 3),
        ("empty200", "bad answer", 1),
        ("garbage", "bad answer", 3),
        ("html200", "bad answer", 1),
        ("wrongroot", "bad answer", 1),
        ("entity", "bad answer", 1),
        ("deep", "bad answer", 1),
        ("notoken", "bad answer", 1),
        ("noend", "bad answer", 1),
        ("circle", "bad answer", 2),
        ("sametoken", "bad answer", 2),
        ("endless", "bad answer", 2),
        ("error200", "refused", 3),
        ("html502", "bad answer", 3),
        ("cut", "unreachable", 3),
        ("reset", "unreachable", 3),
    ],
)
def test_lists_break_off(proxy: Proxy, fault: str, kind: FailureKind, requests: int) -> None:
    """A list that breaks off ends with a page that says which range is not known, and why."""
    proxy.fault(fault)

    pages = on_place(proxy.url, lambda place: gathered(place.keys()))

    last = pages[-1]
    assert last.failure is not None
    assert (last.failure.kind, last.rows, last.high, len(proxy.seen)) == (kind, [], None, requests)
    assert last.low == (pages[-2].high if len(pages) > 1 else "")
    assert all(page.failure is None for page in pages[:-1])


@pytest.mark.parametrize(
    ("fault", "kind", "requests"),
    [
        ("status:403", "denied", 1),
        ("status:400", "refused", 1),
        ("status:404", "gone", 1),
        ("status:500", "refused", 3),
        ("status:503", "throttled", 3),
        ("cut", "", 1),
        ("reset", "unreachable", 3),
        ("html502", "refused", 3),
    ],
)
def test_heads(proxy: Proxy, fault: str, kind: str, requests: int) -> None:
    """A HEAD has no body that could say more than its status, nor one that could be cut."""
    proxy.fault(fault)

    outcome = on_place(proxy.url, lambda place: place.head("x"))

    assert (outcome.kind if isinstance(outcome, Failure) else "", len(proxy.seen)) == (kind, requests)
