"""Whatever a server does, a call ends in time, in few requests, and never as an answer that nobody gave."""

from dataclasses import replace
from time import monotonic

import pytest

from bucketwright.calls import Answer, Call, Failure, FailureKind
from bucketwright.s3.limits import Deadline, Limits
from bucketwright.s3.sender import sdk_send
from bucketwright.s3.sessions import Sessions
from tests.faults.proxy import Proxy
from tests.s3.asking import LISTING, PATIENT, REGION, VERSIONING, sender, sent, sessions, warm
from tests.s3.going_wrong import FAULTS, UPLOADS


@pytest.mark.parametrize(("fault", "call", "expected"), FAULTS)
def test_faults(
    proxy: Proxy, asked: Sessions, fault: str, call: Call, expected: tuple[FailureKind, str, int]
) -> None:
    """Each fault has its own failure, after no more requests than attempts and pages."""
    proxy.fault(fault)

    outcome = sdk_send(asked)(call)

    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.code, len(proxy.seen)) == expected


@pytest.mark.parametrize("fault", ["drip", "driphead", "stall"])
def test_slow_answers_end(proxy: Proxy, fault: str) -> None:
    """However slowly an answer drips, headers and all, its time ends it, and it is not asked for again."""
    limits = Limits(answer_seconds=1.5, read_seconds=60)
    send = warm(proxy, limits)
    proxy.fault(fault)
    began = monotonic()

    outcome = send(VERSIONING)

    assert outcome == Failure("late")
    assert monotonic() - began < 30
    assert len(proxy.seen) == 1


def test_deadline_of_the_run(proxy: Proxy) -> None:
    """The run's own deadline ends a slow answer too, and nothing is sent after it."""
    asked = sessions(proxy.url)
    sdk_send(asked)(VERSIONING)
    proxy.calm()
    proxy.fault("drip")
    send = sdk_send(asked, Deadline.after(1.5))

    outcomes = [send(VERSIONING), send(LISTING)]

    assert outcomes == [Failure("late"), Failure("late")]
    assert len(proxy.seen) == 1


def test_big_answers_are_refused(proxy: Proxy) -> None:
    """An answer of more bytes than any honest one is read no further, and not asked for again."""
    proxy.fault("bigbody:4")

    outcome = sent(proxy.url, VERSIONING, Limits(answer_bytes=100_000))

    assert outcome == Failure("bad answer", "", "an answer of more than 100000 bytes")
    assert len(proxy.seen) == 1


def test_endless_listing(proxy: Proxy) -> None:
    """A listing that always points to another page ends at the most pages that there may be."""
    proxy.fault("endless")

    outcome = sent(proxy.url, LISTING, Limits(pages=4))

    assert outcome == Failure("bad answer", "", "the answer has more than 4 pages")
    assert len(proxy.seen) == 4


def test_throttled_for_ever(proxy: Proxy) -> None:
    """A service that always asks for fewer requests is asked three times."""
    proxy.fault("status:503:SlowDown")

    outcome = sent(proxy.url, VERSIONING)

    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.code, len(proxy.seen)) == ("throttled", "SlowDown", 3)


def test_no_attempt_that_would_be_late(proxy: Proxy) -> None:
    """Where the wait before another attempt might outlast the time, the first failure stands."""
    send = warm(proxy, Limits(answer_seconds=0.9))
    proxy.fault("status:503:SlowDown")

    outcome = send(VERSIONING)

    assert isinstance(outcome, Failure)
    assert (outcome.kind, len(proxy.seen)) == ("throttled", 1)


@pytest.mark.parametrize("fault", ["status:503:SlowDown", "reset", "cut", "html502", "error200"])
def test_what_passes_is_survived(proxy: Proxy, fault: str) -> None:
    """What goes wrong once is asked again, and answered."""
    proxy.fault(fault, times=1)

    assert sent(proxy.url, VERSIONING) == Answer({})
    assert len(proxy.seen) == 2


def test_redirects_teach_the_region(proxy: Proxy) -> None:
    """A bucket's region is learned from the first answer that names it, and the next calls go there."""
    proxy.fault(f"redirect:{REGION}")
    send = sender(proxy.url)

    outcomes = [send(replace(call, region="ap-south-1")) for call in (VERSIONING, LISTING, UPLOADS)]

    assert all(isinstance(outcome, Answer) for outcome in outcomes)
    assert [request.region for request in proxy.seen] == ["ap-south-1", *[REGION] * 3]


@pytest.mark.parametrize(
    ("fault", "requests"),
    [
        pytest.param("status:301:PermanentRedirect", 1, id="nowhere"),
        pytest.param("elsewhere:ap-south-1", 2, id="always-elsewhere"),
        pytest.param("elsewhere:http://evil/", 1, id="to-no-region"),
    ],
)
def test_redirects_without_end(proxy: Proxy, fault: str, requests: int) -> None:
    """A redirect is followed once, and only where it says to which region."""
    proxy.fault(fault)

    outcome = sent(proxy.url, VERSIONING)

    assert outcome == Failure("refused", "PermanentRedirect", "made by the proxy")
    assert len(proxy.seen) == requests


def test_stalled_answers(proxy: Proxy) -> None:
    """A connection on which nothing comes is given up, and tried again as often as any."""
    send = warm(proxy, Limits(read_seconds=1))
    proxy.fault("stall")

    outcome = send(VERSIONING)

    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.code, len(proxy.seen)) == ("unreachable", "ReadTimeout", 3)


def test_nothing_listens(proxy: Proxy) -> None:
    """An endpoint where nothing answers is said to be one."""
    outcome = sent("http://127.0.0.1:1", VERSIONING, PATIENT)

    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.code) == ("unreachable", "NoConnection")
