"""Where whoever asks is to pay, and does not, S3 refuses: that is said, and nobody pays unasked."""

import asyncio
from collections.abc import Callable

import pytest

from audits.objects.running import Fast, Found
from bucketwright.s3.endpoints import SERVERS
from bucketwright.s3.limits import Deadline
from bucketwright.verdicts import Undecided
from tests.audits.objects.stored import HOME, wanted
from tests.s3.asking import sessions
from tests.s3.wire.loopback import answering, reply

PAYER = "x-amz-request-payer"
REFUSED = reply("403 Forbidden", b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>")
LISTED = reply(
    body=b"<ListBucketResult><IsTruncated>false</IsTruncated>"
    b"<Contents><Key>docs/a.pdf</Key><LastModified>2026-03-01T08:00:00.000Z</LastModified>"
    b"<ETag>&quot;1&quot;</ETag><Size>3</Size><StorageClass>STANDARD</StorageClass></Contents>"
    b"</ListBucketResult>"
)
NO_UPLOADS = reply(
    body=b"<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>"
)


def _all_refused(head: str) -> bytes:
    return reply("403 Forbidden") if head.startswith("HEAD") else REFUSED


def _lists_answered(head: str) -> bytes:
    """To whoever owns the bucket, and lets only some of its users head what lies there."""
    line = head.split("\r\n", 1)[0]
    if line.startswith("HEAD"):
        return reply("403 Forbidden")
    return LISTED if "list-type" in line else NO_UPLOADS if "uploads" in line else REFUSED


def _looked(answer: Callable[[str], bytes]) -> tuple[Found, list[str]]:
    async def run() -> tuple[Found, list[str]]:
        async with answering(answer) as server:
            engine = Fast(sessions(server.url), SERVERS["other"], Deadline())
            about = wanted("object-content-type-mismatch", "object-public-acl")
            return await asyncio.to_thread(engine.look, [HOME], about), server.seen

    return asyncio.run(run())


def test_a_bucket_that_refuses_lists_is_not_looked_at() -> None:
    """It is said of objects and of uploads, with the reason."""
    found, seen = _looked(_all_refused)

    assert found.judgements == []
    assert {one.what: "denied" in one.reason for one in found.unlooked} == {
        "objects": True,
        "unfinished uploads": True,
    }
    assert not any(PAYER in head.lower() for head in seen)


def test_objects_that_refuse_are_not_decided() -> None:
    """Each rule that looks at them says so."""
    found, seen = _looked(_lists_answered)

    assert [type(one.verdict) for one in found.judgements] == [Undecided]
    assert found.unlooked == []
    assert not any(PAYER in head.lower() for head in seen)


@pytest.fixture(autouse=True)
def _named_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
