"""What an error tells of the request is mended, once; what may pass is tried again, not too often."""

import asyncio
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from time import time

import pytest

from bucketwright.calls import Answer, Call, Failure
from bucketwright.s3.limits import Limits
from bucketwright.s3.sessions import Access, Sessions
from bucketwright.s3.sessions import Keys as NamedKeys
from bucketwright.s3.wire.wire import Place, Wire
from tests.s3.asking import ACCOUNT, BUCKET, REGION, VERSIONING, sessions
from tests.s3.wire.by_wire import SANDBOX, at_once, gathered
from tests.s3.wire.loopback import Loopback, answering, header, object_reply, reply

FINE = reply(body=b"<VersioningConfiguration/>")
NO_KEYS = b"<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"


def refusal(code: str, status: str = "400 x", more: str = "", **headers: str) -> bytes:
    """An error of S3."""
    body = f"<Error><Code>{code}</Code><Message>no</Message>{more}</Error>"
    return reply(status, body.encode(), **headers)


def region(head: str) -> str:
    """That for which a request was signed."""
    return header(head, "authorization").split("/")[2]


def outcomes(
    answer: Callable[[str], bytes],
    *calls: Call,
    made: Callable[[str], Sessions] = sessions,
    pauses: list[float] | None = None,
) -> tuple[list[object], Loopback]:
    """What comes of calls, one after the other, and what the server saw."""

    async def pause(seconds: float) -> None:
        if pauses is not None:
            pauses.append(seconds)
        await at_once(seconds)

    async def run() -> tuple[list[object], Loopback]:
        async with (
            answering(answer) as server,
            Wire(made(server.url), server=SANDBOX, pause=pause) as wire,
        ):
            return [await wire.ask(call) for call in calls], server

    return asyncio.run(run())


def on_place(
    answer: Callable[[str], bytes], work: Callable[[Place], object], **about: object
) -> tuple[object, Loopback]:
    """What comes of work with a bucket."""

    async def run() -> tuple[object, Loopback]:
        async with (
            answering(answer) as server,
            Wire(sessions(server.url), server=SANDBOX, pause=at_once) as wire,
        ):
            place = await wire.bucket(BUCKET, REGION, **about)  # type: ignore[arg-type]  # as the test says
            found = work(place)
            return await found if asyncio.iscoroutine(found) else found, server

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("head", "answered"),
    [
        (False, refusal("PermanentRedirect", "301 Moved", x_amz_bucket_region="ap-south-1")),
        (False, refusal("TemporaryRedirect", "307 Moved", x_amz_bucket_region="ap-south-1")),
        (
            False,
            refusal("AuthorizationHeaderMalformed", more="<Region>ap-south-1</Region>"),
        ),
        (False, refusal("IllegalLocationConstraintException", x_amz_bucket_region="ap-south-1")),
        (True, reply("301 Moved", x_amz_bucket_region="ap-south-1")),
        (True, reply("400 Bad", x_amz_bucket_region="ap-south-1")),
    ],
    ids=["moved", "moved-for-now", "signed-for-another", "opt-in", "head-moved", "head-signed-for-another"],
)
def test_elsewhere(head: bool, answered: bytes) -> None:
    """A bucket in another region is asked there, and from then on only there."""
    fine = object_reply() if head else FINE

    def answer(asked: str) -> bytes:
        return fine if region(asked) == "ap-south-1" else answered

    async def work(place: Place) -> list[object]:
        return [await (place.head("x") if head else place.ask(VERSIONING)) for _ in range(2)]

    found, server = on_place(answer, work)

    assert isinstance(found, list)
    assert not any(isinstance(one, Failure) for one in found)
    assert [region(asked) for asked in server.seen] == [REGION, "ap-south-1", "ap-south-1"]


def stamp_of(head: str) -> datetime:
    """The time at which a request says that it was signed."""
    return datetime.strptime(header(head, "x-amz-date"), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


@pytest.mark.parametrize("hours", [-30, 2, 24 * 400])
@pytest.mark.parametrize("head", [False, True], ids=["get", "head"])
def test_skewed_clock(hours: int, head: bool) -> None:
    """A service whose clock is another one tells its time, and is asked by that time from then on."""
    there = datetime.now(UTC) + timedelta(hours=hours)
    date = format_datetime(there, usegmt=True)

    def answer(asked: str) -> bytes:
        if abs(stamp_of(asked) - there) < timedelta(minutes=5):
            return object_reply() if head else FINE
        return reply("403 x", date=date) if head else refusal("RequestTimeTooSkewed", "403 x", date=date)

    async def work(place: Place) -> list[object]:
        return [await (place.head("x") if head else place.ask(VERSIONING)) for _ in range(2)]

    found, server = on_place(answer, work)

    assert isinstance(found, list)
    assert not any(isinstance(one, Failure) for one in found)
    assert len(server.seen) == 3


@pytest.mark.parametrize(
    "date",
    [lambda: "", lambda: "no date", lambda: format_datetime(datetime.now(UTC))],
    ids=["none", "odd", "right"],
)
def test_clocks_that_explain_nothing(date: Callable[[], str]) -> None:
    """A refusal for its time that names no other time is one."""
    found, server = outcomes(lambda _: refusal("RequestTimeTooSkewed", "403 x", date=date()), VERSIONING)

    [outcome] = found
    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.code, len(server.seen)) == ("credentials", "RequestTimeTooSkewed", 1)


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the SDK looks for keys, and only there."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    file = tmp_path / "credentials"
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    return file


def write_keys(file: Path, key: str) -> None:
    """Keys as the SDK reads them."""
    file.write_text(f"[default]\naws_access_key_id={key}\naws_secret_access_key=s\naws_session_token=t\n")


@pytest.mark.parametrize("renewed", [True, False], ids=["renewed", "not-renewed"])
def test_expired_keys(keys: Path, renewed: bool) -> None:
    """Keys that have expired are looked up again, and used where there are others by then."""
    write_keys(keys, "OLD")

    def answer(asked: str) -> bytes:
        if "Credential=OLD/" not in asked:
            return FINE
        write_keys(keys, "NEW" if renewed else "OLD")
        return refusal("ExpiredToken")

    [outcome], server = outcomes(answer, VERSIONING)

    assert isinstance(outcome, Answer) == renewed
    assert len(server.seen) == 1 + renewed


@pytest.mark.usefixtures("keys")
def test_no_keys() -> None:
    """Who has no keys at all is told so, and nothing is sent."""
    [outcome], server = outcomes(lambda _: FINE, VERSIONING)

    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.code, server.seen) == ("credentials", "NoCredentials", [])


@pytest.mark.parametrize(
    ("about", "name", "expected"),
    [
        ({"owner": ACCOUNT}, "x-amz-expected-bucket-owner", ACCOUNT),
        ({}, "x-amz-expected-bucket-owner", ""),
        ({"pays": True}, "x-amz-request-payer", "requester"),
        ({}, "x-amz-request-payer", ""),
    ],
    ids=["owner", "no-owner", "pays", "does-not-pay"],
)
def test_headers(about: Mapping[str, object], name: str, expected: str) -> None:
    """Whose bucket it has to be, and who pays, is said with each request, and signed."""

    async def work(place: Place) -> None:
        await place.head("x")
        await gathered(place.keys())
        await place.ask(Call("s3", "GetObjectTagging", {"Bucket": BUCKET, "Key": "x"}, REGION))
        assert isinstance(await place.ask(Call("s3", "ListBuckets")), Failure)

    _, server = on_place(
        lambda asked: object_reply() if asked.startswith("HEAD") else reply(body=NO_KEYS), work, **about
    )

    *about_it, about_all = server.seen
    assert [header(asked, name) for asked in about_it] == [expected] * 3
    assert all((name in header(asked, "authorization")) == bool(expected) for asked in about_it)
    assert header(about_all, name) == ""


def test_customers_keys() -> None:
    """An object under its uploader's own key is refused with 400, and that is an outcome like any other."""
    found, server = on_place(lambda _: reply("400 Bad Request"), lambda place: place.head("x"))

    assert found == Failure("refused", "400")
    assert len(server.seen) == 1


def test_pauses() -> None:
    """The waits before further attempts are of any length up to one and two seconds."""
    pauses: list[float] = []

    outcomes(lambda _: refusal("SlowDown", "503 x"), *[VERSIONING] * 20, pauses=pauses)

    assert len(pauses) == 40
    assert max(pauses[0::2]) <= 1 < max(pauses[1::2]) <= 2
    assert len(set(pauses)) == 40


def test_now_is_told_by_the_services_clock() -> None:
    """As long as nobody says otherwise, this machine's time is right."""
    _, server = outcomes(lambda _: FINE, VERSIONING)

    assert abs(stamp_of(server.seen[0]).timestamp() - time()) < 60


def test_environment_is_clean() -> None:
    """The tests of this folder use no keys of who runs them."""
    assert os.environ["AWS_ACCESS_KEY_ID"] == ACCOUNT


def test_patience_is_bounded() -> None:
    """Where nothing is left of the time for an answer, nothing is sent."""
    found, server = outcomes(
        lambda _: FINE, VERSIONING, made=lambda url: sessions(url, Limits(answer_seconds=0))
    )

    assert found == [Failure("late")]
    assert server.seen == []


def test_named_keys() -> None:
    """Keys that somebody named are used, and no others are looked for when they are refused."""
    own = Access(region=REGION, keys=NamedKeys("NAMED", "secret"))
    found, server = outcomes(
        lambda _: refusal("ExpiredToken"),
        VERSIONING,
        made=lambda url: Sessions(replace(own, endpoint_url=url)),
    )

    [outcome] = found
    assert isinstance(outcome, Failure)
    assert (outcome.code, len(server.seen)) == ("ExpiredToken", 1)
    assert "Credential=NAMED/" in server.seen[0]
