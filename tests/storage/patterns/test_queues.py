"""Do payloads of any size go through a queue of SQS, and does nothing of them stay?"""

from dataclasses import dataclass
from uuid import uuid4

import pytest
from botocore.client import BaseClient

from bucketwright.storage import InDoubt, Misconfigured, Refused, Storage, Unreachable
from bucketwright.storage.patterns.claim_batches import Sent
from bucketwright.storage.patterns.claim_check import ClaimCheck
from bucketwright.storage.patterns.claims import KIND, LARGEST_MESSAGE
from bucketwright.storage.patterns.queues import Outgoing, SqsQueue
from tests.faults.proxy import Proxy
from tests.storage.patterns.queueing import LARGE
from tests.storage.patterns.runs import ACCOUNT, asking, contents, place


@dataclass
class Sqs:
    """A queue of the sandbox, and the storage beside it."""

    proxy: Proxy
    client: BaseClient
    url: str
    storage: Storage

    @property
    def claims(self) -> ClaimCheck:
        return ClaimCheck(place(self.storage, "files/staging"), SqsQueue(self.url, self.client))

    @property
    def waiting(self) -> int:
        facts = SqsQueue(self.url, self.client).facts()
        return int(facts["ApproximateNumberOfMessages"]) + int(facts["ApproximateNumberOfMessagesNotVisible"])

    @property
    def stored(self) -> int:
        return len(contents(place(self.storage, "files/staging")))


@pytest.fixture
def sqs(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> Sqs:
    """An empty queue of the test's own, asked through the proxy by its address."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCOUNT)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", ACCOUNT)
    queue = SqsQueue(f"{proxy.url}/{ACCOUNT}/{uuid4().hex}")
    name = f"q-{uuid4().hex}"
    queue._client.create_queue(QueueName=name)
    storage = asking(proxy.url)
    there = place(storage, "files/staging")
    for one in contents(there):
        there.delete(one)
    return Sqs(proxy, queue._client, f"{proxy.url}/{ACCOUNT}/{name}", storage)


@pytest.mark.requirement("CS-4")
@pytest.mark.parametrize("payload", [b'{"a": 1}', b"\x00\xff", b"", "h\u00e9".encode()])
def test_small_payloads_travel_inside(sqs: Sqs, payload: bytes) -> None:
    """Nothing is stored; the payload and what was said beside it come out, and then the queue is empty."""
    assert sqs.claims.send(payload, {"kind": "note"}).stored == ""
    (claim,) = sqs.claims.receive(wait=1)
    with claim as found:
        assert (found, claim.attributes) == (payload, {"kind": "note"})

    assert (sqs.stored, sqs.waiting) == (0, 0)


@pytest.mark.requirement("CS-4")
def test_large_payloads_are_stored(sqs: Sqs) -> None:
    """The message names them; once done neither message nor payload is left."""
    sent = sqs.claims.send(LARGE, {"kind": "report"})
    assert sent.stored.startswith("staging/")
    (claim,) = sqs.claims.receive(wait=1)
    assert (len(claim.message.body) < 300, sqs.stored) == (True, 1)
    with claim as found:
        assert found == LARGE

    assert (sqs.stored, sqs.waiting) == (0, 0)


@pytest.mark.requirement("CS-4")
def test_work_that_fails(sqs: Sqs) -> None:
    """Message and payload stay, and come again once the message is given back."""

    def fails() -> None:
        with sqs.claims.receive(wait=1)[0] as payload:
            assert payload == LARGE
            raise KeyError

    sqs.claims.send(LARGE)
    with pytest.raises(KeyError):
        fails()
    assert sqs.claims.receive(wait=0) == ()
    assert (sqs.stored, sqs.waiting) == (1, 1)


def test_given_back_and_kept(sqs: Sqs) -> None:
    """What is given back comes again at once, with how often it came; time can be added to work on it."""
    sqs.claims.send(b"text")
    (claim,) = sqs.claims.receive(wait=1)
    claim.extend(600)
    claim.give_back()
    (again,) = sqs.claims.receive(wait=1)

    assert (again.message.times, again.read()) == (2, b"text")


@pytest.mark.requirement("CS-4")
def test_the_limit(sqs: Sqs) -> None:
    """To the byte, attributes included: what fits travels inside, what does not is stored."""
    room = LARGEST_MESSAGE - len(f"{KIND}Stringtext") - len("kStringv")
    text = b'"' + b"x" * (room - 2) + b'"'

    assert sqs.claims.send(text, {"k": "v"}).stored == ""
    assert sqs.claims.send(text + b" ", {"k": "v"}).stored != ""


@pytest.mark.requirement("CS-4")
@pytest.mark.requirement("TU-5")
def test_an_answer_that_is_lost(sqs: Sqs) -> None:
    """The message may have been sent, so it is in doubt, and its payload stays: here it was sent indeed."""
    sqs.proxy.fault("after", method="POST", path=f"/{ACCOUNT}")
    sqs.proxy.fault("after", method="POST", path="/")
    with pytest.raises(InDoubt, match="may have been sent"):
        sqs.claims.send(LARGE)
    sqs.proxy.calm()

    assert sqs.stored == 1
    assert {claim.read() for claim in sqs.claims.receive(wait=1)} == {LARGE}


def test_a_queue_that_is_not_there(sqs: Sqs) -> None:
    """It is told by its address, and nothing stays stored."""
    nowhere = ClaimCheck(
        place(sqs.storage, "files/staging"), SqsQueue(f"{sqs.proxy.url}/{ACCOUNT}/none", sqs.client)
    )

    with pytest.raises(Misconfigured, match="no queue"):
        nowhere.send(LARGE)
    assert sqs.stored == 0


@pytest.mark.parametrize(
    "url",
    [
        "",
        "q",
        "https://[/1/q",
        "https://sqs.eu-west-1.amazonaws.com",
        "https://user:secret@sqs.eu-west-1.amazonaws.com/1/q",
        "user:secret@sqs.eu-west-1.amazonaws.com/1/q",
        "http://10.0.0.1/1/q",
    ],
)
def test_addresses_that_are_none(url: str) -> None:
    """They are told, without the secrets in them."""
    with pytest.raises(Misconfigured) as caught:
        SqsQueue(url)
    assert ("secret" in url) or url in str(caught.value)
    assert "no address of a queue" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "region", "endpoint"),
    [
        (
            "https://sqs.eu-west-1.amazonaws.com/111122223333/q",
            "eu-west-1",
            "https://sqs.eu-west-1.amazonaws.com",
        ),
        ("https://eu-west-1.queue.amazonaws.com/1/q", "eu-west-1", "https://eu-west-1.queue.amazonaws.com"),
        ("https://queue.internal/1/q", "us-east-1", "https://queue.internal"),
    ],
    ids=["today's", "the old form", "another server"],
)
def test_where_a_queue_is_asked(
    monkeypatch: pytest.MonkeyPatch, url: str, region: str, endpoint: str
) -> None:
    """Where its address says, though the environment names a server for S3."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "https://minio.internal:9000")
    meta = SqsQueue(url)._client.meta

    assert (meta.region_name, meta.endpoint_url) == (region, endpoint)


@pytest.mark.requirement("CS-4")
def test_several_at_once(sqs: Sqs) -> None:
    """Ten messages are one request, and what a server refuses of them is told of that one alone."""
    sqs.proxy.calm()
    ends = sqs.claims.send_many([b"%d" % number for number in range(12)] + [LARGE])
    asked = [one for one in sqs.proxy.seen if one.method == "POST"]

    assert all(isinstance(end, Sent) for end in ends)
    assert len(asked) == 2
    assert sqs.stored == 1
    read = {claim.read() for _ in range(3) for claim in sqs.claims.receive(wait=1)}
    assert read == {*(b"%d" % number for number in range(12)), LARGE}


def test_what_the_queue_says_of_each(sqs: Sqs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken, refused for what it is, not taken for now, and nothing at all."""
    refused = {"Code": "InvalidMessageContents", "Message": "a character", "SenderFault": True}
    answer = {
        "Successful": [{"Id": "0", "MessageId": "m-0"}],
        "Failed": [{"Id": "1", **refused}, {"Id": "2", "Code": "InternalError", "SenderFault": False}],
    }
    queue = SqsQueue(sqs.url, sqs.client)
    monkeypatch.setattr(queue, "_ask", lambda _operation, **_params: answer)

    ends = queue.send_many([Outgoing("x", {})] * 4)

    assert ends[0] == "m-0"
    assert [type(end) for end in ends[1:]] == [Refused, Unreachable, InDoubt]
    assert str(ends[1]) == "the queue did not take the message: InvalidMessageContents: a character"
