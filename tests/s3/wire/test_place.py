"""A bucket over the wire holds what the SDK says that it holds, whatever its keys are called."""

import asyncio
from bisect import bisect_right
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from urllib.parse import parse_qsl, quote_plus, urlsplit

import pytest

from bucketwright.calls import Answer, Call, Failure
from bucketwright.s3.addresses import AccessError
from bucketwright.s3.sender import sdk_send
from bucketwright.s3.wire.rows import Marker, Page, Row, Upload
from bucketwright.s3.wire.wire import Place, Wire
from sandbox.server import Server
from tests.s3.asking import ACCOUNT, REGION, sessions
from tests.s3.wire.by_wire import SANDBOX, at_once, gathered
from tests.s3.wire.loopback import answering, reply

HOSTILE = (
    "plain",
    "with space",
    "a+b",
    "100%",
    "%2F",
    "a//b",
    "trailing/",
    "../up",
    "<script>&amp;</script>",
    '"quoted"',
    "=1+1",
    "tab\there",
    "caf\u00e9",
    "cafe\u0301",
    "\u6f22\u5b57",
    "\U0001f642",
    "~tilde",
    "x" * 1000,
)
ODD = "odd-keys"


@pytest.fixture(scope="module")
def odd(server: Server) -> str:
    """A bucket with odd keys, their versions, markers and uploads."""
    s3 = server.clients(account=ACCOUNT, region=REGION).client("s3")
    s3.create_bucket(Bucket=ODD, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_versioning(Bucket=ODD, VersioningConfiguration={"Status": "Enabled"})
    for number, key in enumerate(HOSTILE):
        for body in (b"1", b"22")[: 1 + number % 2]:
            s3.put_object(Bucket=ODD, Key=key, Body=body, ContentType="text/plain")
        upload = s3.create_multipart_upload(Bucket=ODD, Key=key)["UploadId"]
        s3.upload_part(Bucket=ODD, Key=key, UploadId=upload, PartNumber=2, Body=b"a" * (number + 1))
    s3.put_object(Bucket=ODD, Key="gone", Body=b"")
    s3.delete_object(Bucket=ODD, Key="gone")
    return ODD


def on(url: str, bucket: str, work: Callable[[Place], object]) -> object:
    """What comes of work with a bucket."""

    async def run() -> object:
        async with Wire(sessions(url), server=SANDBOX, pause=at_once) as wire:
            found = work(await wire.bucket(bucket, REGION))
            return await found if asyncio.iscoroutine(found) else found

    return asyncio.run(run())


def all_of(url: str, bucket: str, listed: str) -> list[Row | Marker | Upload]:
    """All rows of a list."""
    pages = on(url, bucket, lambda place: gathered(getattr(place, listed)()))
    assert isinstance(pages, list)
    assert all(page.failure is None for page in pages)
    return [row for page in pages for row in page.rows]


def by_sdk(url: str, operation: str, listed: str) -> Sequence[Mapping[str, object]]:
    """What the SDK lists."""
    call = Call(
        "s3", operation, {"Bucket": ODD, "FetchOwner": True} if "V2" in operation else {"Bucket": ODD}, REGION
    )
    answer = sdk_send(sessions(url))(call)
    assert isinstance(answer, Answer)
    found = answer.values[listed]
    assert isinstance(found, list)
    return found


def test_keys(server: Server, odd: str) -> None:
    """All keys are listed as they are, with all that the list says of them."""
    rows = all_of(server.url, odd, "keys")

    expected = {str(one["Key"]): one for one in by_sdk(server.url, "ListObjectsV2", "Contents")}
    assert {row.key for row in rows} == {*HOSTILE} == expected.keys()
    for row in rows:
        one = expected[row.key]
        assert isinstance(row, Row)
        assert isinstance(one["Owner"], Mapping)
        assert (row.etag, row.size, row.storage_class) == (one["ETag"], one["Size"], one["StorageClass"])
        assert (row.owner, row.checksums.split(",")) == (one["Owner"]["ID"], one["ChecksumAlgorithm"])


def test_versions(server: Server, odd: str) -> None:
    """All versions and markers are listed as they are."""
    rows = all_of(server.url, odd, "versions")

    versions = {
        (one["Key"], one["VersionId"], one["IsLatest"])
        for one in by_sdk(server.url, "ListObjectVersions", "Versions")
    }
    markers = {
        (one["Key"], one["VersionId"], one["IsLatest"])
        for one in by_sdk(server.url, "ListObjectVersions", "DeleteMarkers")
    }
    assert {(row.key, row.version, row.is_latest) for row in rows if isinstance(row, Row)} == versions
    assert {(row.key, row.version, row.is_latest) for row in rows if isinstance(row, Marker)} == markers


def test_uploads(server: Server, odd: str) -> None:
    """All unfinished uploads are listed, with the bytes of their parts."""
    rows = all_of(server.url, odd, "uploads")

    assert {row.key: row.size for row in rows if isinstance(row, Upload)} == {
        key: number + 1 for number, key in enumerate(HOSTILE)
    }


def test_heads(server: Server, odd: str) -> None:
    """Each key that is listed is headed, and each of its versions."""

    async def work(place: Place) -> list[Mapping[str, str] | Failure]:
        rows = [row for page in await gathered(place.versions()) for row in page.rows]
        return await asyncio.gather(
            *(place.head(row.key, row.version) for row in rows if isinstance(row, Row))
        )

    heads = on(server.url, odd, work)

    assert isinstance(heads, list)
    assert len(heads) > len(HOSTILE)
    assert {head["content-type"] for head in heads} == {"text/plain", "binary/octet-stream"}


def test_what_is_not_there(server: Server, odd: str) -> None:
    """A key that is not there is gone, and so is a bucket."""
    assert on(server.url, odd, lambda place: place.head("nothing")) == Failure("gone", "404")
    pages = on(server.url, "no-such-bucket", lambda place: gathered(place.keys()))
    assert isinstance(pages, list)
    assert [page.failure.code for page in pages] == ["NoSuchBucket"]


def test_directory_buckets() -> None:
    """A bucket that only the SDK can ask is said to be one."""
    with pytest.raises(AccessError, match="ask the SDK"):
        on("http://127.0.0.1:9", "files--euw1-az1--x-s3", lambda place: place)


MANY = sorted(
    [f"logs/2026/{day:03}/{number:04}" for day in range(20) for number in range(400)]
    + [f"{number * 7919 % 9973:05x}" for number in range(6_000)]
)
PAGE = 250


def lister(refused: str = "") -> Callable[[str], bytes]:
    """A server that lists many keys; what begins after `refused` it does not tell."""

    def answer(head: str) -> bytes:
        asked = dict(parse_qsl(urlsplit(head.split(" ")[1]).query, keep_blank_values=True))
        after = asked.get("continuation-token") or asked.get("start-after", "")
        if refused and after >= refused:
            return reply("403 x", b"<Error><Code>AccessDenied</Code></Error>")
        start = bisect_right(MANY, after)
        keys = MANY[start : start + PAGE]
        rest = "<LastModified>t</LastModified><ETag>&quot;e&quot;</ETag><Size>1</Size>"
        rows = "".join(f"<Contents><Key>{quote_plus(key)}</Key>{rest}</Contents>" for key in keys)
        more = start + PAGE < len(MANY)
        following = f"<NextContinuationToken>{keys[-1]}</NextContinuationToken>" if more else ""
        said = f"<EncodingType>url</EncodingType><IsTruncated>{str(more).lower()}</IsTruncated>{following}"
        return reply(body=f"<ListBucketResult>{said}{rows}</ListBucketResult>".encode())

    return answer


def read(answer: Callable[[str], bytes], work: Callable[[Place], object]) -> object:
    """What comes of work with that server."""

    async def run() -> object:
        async with (
            answering(answer) as server,
            Wire(sessions(server.url), server=SANDBOX, pause=at_once) as wire,
        ):
            found = work(await wire.bucket("many", REGION))
            return await found if asyncio.iscoroutine(found) else found

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("first", "before"),
    [("", None), ("logs/2026/010/", None), ("00100", "logs/2026/003/0399"), ("zzz", None)],
)
def test_many_keys(first: str, before: str | None) -> None:
    """Many keys, read from several places at once, are all there once, and so are the ends of the pages."""
    pages = read(lister(), lambda place: gathered(place.keys(first, before)))

    assert isinstance(pages, list)
    expected = [key for key in MANY if first < key and (before is None or key <= before)]
    assert sorted(row.key for page in pages for row in page.rows) == expected
    pages.sort(key=lambda page: page.low)
    assert [page.low for page in pages] == [first, *(page.high for page in pages[:-1])]
    assert pages[-1].high == before


def test_a_part_that_is_not_told() -> None:
    """What is not known is a range of its own; all before it is told."""
    pages = read(lister(refused="logs/2026/015/"), lambda place: gathered(place.keys()))

    assert isinstance(pages, list)
    failed = [page for page in pages if page.failure is not None]
    known = {row.key for page in pages for row in page.rows}
    assert failed
    assert {page.failure.kind for page in failed} == {"denied"}
    missing = [key for key in MANY if key not in known]
    assert all(
        any(page.low < key and (page.high is None or key <= page.high) for page in failed) for key in missing
    )
    assert set(MANY[: bisect_right(MANY, "logs/2026/014/")]) <= known


ALL_OF = "<Key>a</Key><LastModified>t</LastModified><ETag>e</ETag><Size>1</Size>"
A_VERSION = "<VersionId>v</VersionId><IsLatest>true</IsLatest>"
AN_UPLOAD = "<Key>a</Key><UploadId>u</UploadId><Initiated>t</Initiated>"


@pytest.mark.parametrize(
    ("root", "entry", "ask"),
    [
        ("ListBucketResult", f"<Contents>{ALL_OF}</Contents>", Place.keys),
        ("ListVersionsResult", f"<Version>{ALL_OF}{A_VERSION}</Version>", Place.versions),
        ("ListMultipartUploadsResult", f"<Upload>{AN_UPLOAD}</Upload>", Place.uploads),
    ],
    ids=["keys", "versions", "uploads"],
)
def test_listed_twice(root: str, entry: str, ask: Callable[[Place], AsyncGenerator[Page[Row], None]]) -> None:
    """A list that holds the same object, version or upload twice tells nothing but that it is none."""
    body = f"<{root}><IsTruncated>false</IsTruncated>{entry * 2}</{root}>".encode()

    pages = read(lambda _: reply(body=body), lambda place: gathered(ask(place)))

    assert isinstance(pages, list)
    [page] = pages
    assert (page.rows, page.failure.kind) == ([], "bad answer")
    assert page.failure.message.endswith("is listed twice")


def test_enough_is_enough() -> None:
    """Who reads no further than the first page leaves nothing running."""

    async def work(place: Place) -> int:
        pages = place.keys()
        async for _ in pages:
            break
        await pages.aclose()
        await asyncio.sleep(0)
        return len(
            [task for task in asyncio.all_tasks() if task is not asyncio.current_task() and not task.done()]
        )

    assert read(lister(), work) == 0


def test_slow_readers() -> None:
    """Pages are asked for no further ahead than a reader who takes his time can hold."""
    seen: list[int] = []

    async def work(place: Place) -> list[Page[Row]]:
        pages = place.keys()
        first = await anext(pages)
        for _ in range(2_000):
            await asyncio.sleep(0)
        seen.append(asked)
        return [first, *await gathered(pages)]

    asked = 0
    inner = lister()

    def answer(head: str) -> bytes:
        nonlocal asked
        asked += 1
        return inner(head)

    pages = read(answer, work)

    assert isinstance(pages, list)
    assert sum(len(page.rows) for page in pages) == len(MANY)
    assert seen[0] <= 41
