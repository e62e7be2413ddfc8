"""What is asked over the wire is answered as the SDK is answered, whoever wraps the Send."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from queue import SimpleQueue
from threading import Event, active_count
from threading import enumerate as threads
from time import monotonic

import pytest
from botocore.session import Session

from bucketwright.calls import Answer, Begins, Call, Failure, Outcome
from bucketwright.s3.endpoints import SERVERS
from bucketwright.s3.evidence import About, Evidence, recorded
from bucketwright.s3.limits import Deadline
from bucketwright.s3.pool import ask
from bucketwright.s3.reading_only import WritingCallError, reading_only
from bucketwright.s3.replaying import replayed
from bucketwright.s3.sender import sdk_send
from bucketwright.s3.wire.sending import THREAD, WireSend, send_by, unfit, wire_send
from sandbox.server import Server
from tests.faults.proxy import Proxy
from tests.s3.asking import ACCOUNT, BUCKET, LISTING, REGION, VERSIONING, sessions
from tests.s3.wire.by_wire import wired

FULL = "full-of-settings"
KEY = "a b+c%/é"
S3 = Session().get_service_model("s3")
NOT_COMPARED = {"CreateSession", "ListDirectoryBuckets"}
GIVEN: Mapping[str, object] = {
    "AnnotationName": "a",
    "Id": "every-day",
    "Key": KEY,
    "ObjectAttributes": ["ETag", "ObjectSize"],
    "UploadId": "none",
}


def reads() -> Iterator[str]:
    """All operations that read S3 and are answered whole."""
    for name in S3.operation_names:
        model = S3.operation_model(name)
        if model.http["method"] in {"GET", "HEAD"} and not model.has_streaming_output:
            yield name


def params(operation: str, bucket: str) -> Mapping[str, object]:
    """What the operation has to be told."""
    shape = S3.operation_model(operation).input_shape
    named = {"Bucket": bucket} if "Bucket" in shape.members else {}
    return named | {name: GIVEN[name] for name in shape.required_members if name in GIVEN}


@pytest.fixture(scope="module")
def full(server: Server) -> str:
    """A bucket in which as much is set as the sandbox keeps."""
    s3 = server.clients(account=ACCOUNT, region=REGION).client("s3")
    s3.create_bucket(Bucket=FULL, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_versioning(Bucket=FULL, VersioningConfiguration={"Status": "Enabled"})
    s3.put_bucket_policy(Bucket=FULL, Policy='{"Version":"2012-10-17","Statement":[]}')
    s3.put_bucket_tagging(Bucket=FULL, Tagging={"TagSet": [{"Key": "who", "Value": "<é & co>"}]})
    rule = {"ID": "r", "Status": "Enabled", "Filter": {"Prefix": "x/"}, "Expiration": {"Days": 3}}
    s3.put_bucket_lifecycle_configuration(Bucket=FULL, LifecycleConfiguration={"Rules": [rule]})
    cors = {"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}
    s3.put_bucket_cors(Bucket=FULL, CORSConfiguration={"CORSRules": [cors]})
    s3.put_bucket_website(Bucket=FULL, WebsiteConfiguration={"IndexDocument": {"Suffix": "i.html"}})
    for body in (b"1", b"22"):
        s3.put_object(
            Bucket=FULL, Key=KEY, Body=body, Tagging="a=b", Metadata={"who": "me"}, ContentType="text/plain"
        )
    s3.delete_object(Bucket=FULL, Key=KEY)
    s3.put_object(Bucket=FULL, Key=KEY, Body=b"333", CacheControl="no-store")
    s3.create_multipart_upload(Bucket=FULL, Key=KEY)
    return FULL


@pytest.fixture
def send(server: Server) -> Iterator[WireSend]:
    """A Send over the wire to the sandbox."""
    made = wired(server.url)
    yield made
    made.close()


def test_every_read(server: Server, send: WireSend, full: str) -> None:
    """Each operation, of a bucket with everything, of one with nothing and of none, has the SDK's outcome."""
    calls = [
        Call("s3", name, params(name, bucket), REGION)
        for name in reads()
        if name not in NOT_COMPARED
        for bucket in (full, BUCKET, "no-such-bucket")
    ]

    by_sdk, by_wire = ask(sdk_send(sessions(server.url)), calls), ask(send, calls)

    assert len(calls) > 100
    for call in calls:
        assert by_wire[call.identity] == by_sdk[call.identity], call


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"Bucket": ""},
        {"Bucket": "a/b"},
        {"Bucket": 5},
        {"Bucket": BUCKET, "Oops": 1},
        {"Bucket": "é" * 300},
    ],
    ids=["none", "empty", "a-path", "a-number", "an-unknown-one", "no-name"],
)
def test_wrong_parameters(server: Server, send: WireSend, params: Mapping[str, object]) -> None:
    """What the SDK would not send is not sent, and said in its words."""
    call = Call("s3", "GetBucketVersioning", params, REGION)

    outcome = send(call)

    assert isinstance(outcome, Failure)
    assert outcome == sdk_send(sessions(server.url))(call)


def test_nobody_waits_where_answers_are_told(send: WireSend) -> None:
    """It would be for ever, and is said instead."""
    told: SimpleQueue[Outcome | BaseException] = SimpleQueue()

    def wait_again(came: Outcome | BaseException) -> None:
        told.put(came if isinstance(came, BaseException) else send(VERSIONING))

    send.begin(VERSIONING, wait_again)

    assert isinstance(told.get(timeout=60), RuntimeError)


def test_who_waits_is_told_after_the_end(send: WireSend, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the SDK was asked is answered, though no connection is open any more."""
    told: SimpleQueue[Outcome | BaseException] = SimpleQueue()
    began, ended = Event(), Event()

    def answer(_: Call) -> Outcome:
        began.set()
        ended.wait(60)
        return Answer({})

    monkeypatch.setattr(send._by_sdk, "_send", answer)
    send.begin(Call("iam", "ListRoles"), told.put)
    began.wait(60)
    send.close()
    for one in threads():
        if one.ident == send._thread:
            one.join(60)
    ended.set()

    assert told.get(timeout=60) == Answer({})


def test_pages(server: Server, send: WireSend, full: str) -> None:
    """A list of many pages is one answer, and a page that is asked for alone is one page."""
    s3 = server.clients(account=ACCOUNT, region=REGION).client("s3")
    for number in range(5):
        s3.put_object(Bucket=full, Key=f"n/{number}", Body=b"")
    whole = Call("s3", "ListObjectVersions", {"Bucket": full, "Prefix": "n/"}, REGION)
    part = Call("s3", "ListObjectsV2", {"Bucket": full, "MaxKeys": 2, "Prefix": "n/"}, REGION)

    outcomes = [send(whole), send(part)]

    assert outcomes == [sdk_send(sessions(server.url))(call) for call in (whole, part)]


def test_other_services(send: WireSend) -> None:
    """Other services, and what only the SDK can sign, are asked by the SDK, and what it learns is used."""
    outcomes = ask(send, [Call("sts", "GetCallerIdentity"), Call("iam", "ListRoles"), VERSIONING])

    assert all(isinstance(outcome, Answer) for outcome in outcomes.values())


def test_whose_bucket_it_is(proxy: Proxy) -> None:
    """Once it is known whose credentials these are, only that account's buckets answer."""
    send = wired(proxy.url)

    outcomes = [send(VERSIONING), send(Call("sts", "GetCallerIdentity")), send(VERSIONING)]

    assert all(isinstance(outcome, Answer) for outcome in outcomes)
    owners = [request.headers.get("x-amz-expected-bucket-owner") for request in proxy.seen if request.query]
    assert owners == [None, ACCOUNT]
    send.close()


def test_what_a_server_declines(proxy: Proxy) -> None:
    """What a kind of server does not answer truly is never sent to it."""
    send = wire_send(sessions(proxy.url), server=SERVERS["rclone"])

    outcome = send(VERSIONING)

    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.code, proxy.seen) == ("unsupported", "NotAsked", [])
    send.close()


def test_after_the_deadline(proxy: Proxy) -> None:
    """After the deadline nothing is sent."""
    send = wired(proxy.url, deadline=Deadline.after(-1))

    assert send(VERSIONING) == Failure("late")
    assert proxy.seen == []
    send.close()


def test_only_reading(send: WireSend) -> None:
    """Who may only read may not write over the wire either, and still need not wait."""
    reading = reading_only(send)
    told: list[Outcome | BaseException] = []

    assert isinstance(reading, Begins)
    assert isinstance(reading(VERSIONING), Answer)
    for use in (reading, lambda call: reading.begin(call, told.append)):
        with pytest.raises(WritingCallError):
            use(Call("s3", "DeleteBucket", {"Bucket": BUCKET}, REGION))
    assert told == []


def test_recording(send: WireSend, tmp_path: Path) -> None:
    """What was answered over the wire is kept, and replayed as it was."""
    recorder = recorded(reading_only(send), Evidence(tmp_path))
    calls = [VERSIONING, LISTING, Call("iam", "ListRoles")]

    found = ask(recorder, calls)
    recorder.finish(About("run", "2026-11-21T00:00:00+00:00", "1"))

    again = replayed(Evidence(tmp_path), "run")
    assert isinstance(recorder, Begins)
    assert {call.identity: again(call) for call in calls} == found


def test_mistakes_surface(send: WireSend) -> None:
    """A call that no service has is a mistake in the program, and raised where it was asked for."""
    for call in (
        Call("s3", "GetBucketSoul", {"Bucket": BUCKET}),
        Call("s3", "GetObject", {"Bucket": BUCKET}),
    ):
        with pytest.raises(LookupError):
            ask(send, [call])


def test_no_thread_each(proxy: Proxy) -> None:
    """A hundred calls under way take one thread more, not a hundred."""
    send = wired(proxy.url)
    proxy.fault("stall", times=100)
    calls = [
        Call("s3", "HeadObject", {"Bucket": BUCKET, "Key": str(number)}, REGION) for number in range(100)
    ]
    before, told = active_count(), list[object]()
    for call in calls:
        send.begin(call, told.append)

    began = monotonic()
    while len(proxy.seen) < 8 and monotonic() - began < 60:
        pass

    assert active_count() - before < 50  # the proxy has a thread for each that came
    send.close()


def wires() -> int:
    """How many threads of wires there are."""
    return sum(thread.name == THREAD for thread in threads())


def test_threads_end(server: Server) -> None:
    """A Send that nobody holds any more leaves nothing behind."""
    before = wires()
    for _ in range(3):
        assert isinstance(wired(server.url)(VERSIONING), Answer)

    began = monotonic()
    while wires() > before and monotonic() - began < 60:
        pass
    assert wires() <= before


def test_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a proxy stands between, the SDK is asked instead, and that is said."""
    own = sessions("https://files.example.com")
    assert unfit(own) == ""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example.com:3128")

    chosen = send_by("fast", own)

    assert "proxy" in chosen.why_sdk
    assert not isinstance(chosen.send, Begins)
    assert not unfit(sessions("http://127.0.0.1:9"))


@pytest.mark.parametrize(("engine", "fast"), [("fast", True), ("sdk", False)])
def test_engines(server: Server, engine: str, fast: bool) -> None:
    """Either engine is to be had by its name, and answers."""
    chosen = send_by("fast" if engine == "fast" else "sdk", sessions(server.url))

    assert isinstance(chosen.send(VERSIONING), Answer)
    assert (isinstance(chosen.send, Begins), chosen.why_sdk) == (fast, "")
