"""Whatever a server does, a call ends in time, in few requests, and never as an answer that nobody gave."""

from dataclasses import replace
from time import monotonic

import pytest

from bucketwright.calls import Answer, Call, Failure, FailureKind
from bucketwright.s3.limits import Deadline, Limits
from bucketwright.s3.sender import sdk_send
from bucketwright.s3.sessions import Sessions
from tests.faults.proxy import Proxy
from tests.s3.asking import BUCKET, LISTING, PATIENT, REGION, VERSIONING, sender, sent, sessions, warm

POLICY = Call("s3", "GetBucketPolicy", {"Bucket": BUCKET}, REGION)
HEAD = Call("s3", "HeadObject", {"Bucket": BUCKET, "Key": "x"}, REGION)
ROLES = Call("iam", "ListRoles")
KEYS = Call("kms", "ListAliases", {}, REGION)
UPLOADS = Call("s3", "ListMultipartUploads", {"Bucket": BUCKET}, REGION)


@pytest.mark.parametrize(
    ("fault", "call", "expected"),
    [
        pytest.param("status:403:AccessDenied", VERSIONING, ("denied", "AccessDenied", 1), id="denied"),
        pytest.param("status:403", HEAD, ("denied", "403", 1), id="denied-without-a-body"),
        pytest.param("status:403:AccessDenied", ROLES, ("denied", "AccessDenied", 1), id="denied-by-iam"),
        pytest.param(
            "status:400:AccessDeniedException", KEYS, ("denied", "AccessDeniedException", 1), id="by-kms"
        ),
        pytest.param("status:404:NoSuchBucket", VERSIONING, ("gone", "NoSuchBucket", 1), id="bucket-gone"),
        pytest.param("status:404", HEAD, ("gone", "404", 1), id="object-gone"),
        pytest.param("status:404:NoSuchEntity", ROLES, ("gone", "NoSuchEntity", 1), id="entity-gone"),
        pytest.param(
            "status:404:NoSuchBucketPolicy", POLICY, ("refused", "NoSuchBucketPolicy", 1), id="no-policy"
        ),
        pytest.param(
            "status:501:NotImplemented", VERSIONING, ("unsupported", "NotImplemented", 1), id="unsupported"
        ),
        pytest.param("status:405:Odd", VERSIONING, ("unsupported", "Odd", 1), id="no-such-method"),
        pytest.param("status:400:ExpiredToken", VERSIONING, ("credentials", "ExpiredToken", 1), id="expired"),
        pytest.param(
            "status:403:RequestTimeTooSkewed",
            VERSIONING,
            ("credentials", "RequestTimeTooSkewed", 1),
            id="clock",
        ),
        pytest.param(
            "status:403:InvalidClientTokenId",
            ROLES,
            ("credentials", "InvalidClientTokenId", 1),
            id="unknown-key",
        ),
        pytest.param("status:400:Weird", VERSIONING, ("refused", "Weird", 1), id="any-other-code"),
        pytest.param("status:404:", VERSIONING, ("bad answer", "404", 1), id="error-without-a-code"),
        pytest.param("empty200", VERSIONING, ("bad answer", "", 1), id="empty"),
        pytest.param("empty200", LISTING, ("bad answer", "", 1), id="empty-listing"),
        pytest.param("empty200", POLICY, ("bad answer", "", 1), id="empty-policy"),
        pytest.param("empty200", ROLES, ("bad answer", "", 1), id="empty-of-iam"),
        pytest.param("empty200", KEYS, ("bad answer", "", 1), id="empty-of-kms"),
        pytest.param("garbage", VERSIONING, ("bad answer", "500", 3), id="no-xml"),
        pytest.param("garbage", KEYS, ("bad answer", "", 1), id="no-json"),
        pytest.param("html200", VERSIONING, ("bad answer", "", 1), id="page-of-a-proxy"),
        pytest.param("html200", POLICY, ("bad answer", "", 1), id="page-for-a-policy"),
        pytest.param("wrongroot", VERSIONING, ("bad answer", "", 1), id="answer-to-another-question"),
        pytest.param("entity", VERSIONING, ("bad answer", "", 1), id="document-type"),
        pytest.param("deep", VERSIONING, ("bad answer", "", 1), id="nested-deep"),
        pytest.param("notoken", LISTING, ("bad answer", "", 1), id="more-without-a-token"),
        pytest.param("noend", LISTING, ("bad answer", "", 1), id="no-word-of-more"),
        pytest.param("nan", KEYS, ("bad answer", "ValueError", 1), id="no-number"),
        pytest.param("circle", LISTING, ("bad answer", "", 3), id="tokens-in-a-circle"),
        pytest.param("entityerror", VERSIONING, ("bad answer", "403", 1), id="document-type-in-an-error"),
        pytest.param("sametoken", LISTING, ("bad answer", "PaginationError", 2), id="same-token-twice"),
        pytest.param("html502", VERSIONING, ("bad answer", "502", 3), id="bad-gateway"),
        pytest.param("error200", VERSIONING, ("refused", "InternalError", 3), id="error-in-a-good-answer"),
        pytest.param("error200", LISTING, ("refused", "InternalError", 3), id="error-in-a-listing"),
        pytest.param("cut", VERSIONING, ("unreachable", "ConnectionClosed", 3), id="cut-off"),
        pytest.param("reset", VERSIONING, ("unreachable", "ConnectionClosed", 3), id="reset"),
    ],
)
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
    limits = Limits(answer_seconds=0.6, read_seconds=5)
    send = warm(proxy, limits)
    proxy.fault(fault)
    began = monotonic()

    outcome = send(VERSIONING)

    assert outcome == Failure("late")
    assert monotonic() - began < 2 * limits.answer_seconds
    assert len(proxy.seen) == 1


def test_deadline_of_the_run(proxy: Proxy) -> None:
    """The run's own deadline ends a slow answer too, and nothing is sent after it."""
    asked = sessions(proxy.url)
    sdk_send(asked)(VERSIONING)
    proxy.calm()
    proxy.fault("drip")
    send = sdk_send(asked, Deadline.after(0.3))

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
    send = warm(proxy, Limits(read_seconds=0.3))
    proxy.fault("stall")

    outcome = send(VERSIONING)

    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.code, len(proxy.seen)) == ("unreachable", "ReadTimeout", 3)


def test_nothing_listens(proxy: Proxy) -> None:
    """An endpoint where nothing answers is said to be one."""
    outcome = sent("http://127.0.0.1:1", VERSIONING, PATIENT)

    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.code) == ("unreachable", "NoConnection")
