"""Credentials that cannot be those that were issued are refused by field, unsent and unseen."""

import asyncio
import traceback

import pytest
from botocore.exceptions import HTTPClientError

from bucketwright.calls import Failure
from bucketwright.s3.failures import failure_of
from bucketwright.s3.sender import sdk_send
from bucketwright.s3.sessions import Access, AccessError, Keys, Sessions
from bucketwright.s3.wire.wire import Wire
from tests.faults.proxy import Proxy
from tests.s3.asking import LISTING, PATIENT, REGION
from tests.s3.wire.by_wire import SANDBOX

CANARY = "CANARY0123456789"


@pytest.mark.parametrize(
    ("keys", "field", "why"),
    [
        pytest.param((f"{CANARY}\n", "s"), "access key", "a line break", id="line-break-after-the-key"),
        pytest.param((f"K\r{CANARY}", "s"), "access key", "a line break", id="return-in-the-key"),
        pytest.param(("K", f"{CANARY}\n"), "secret key", "a line break", id="line-break-after-the-secret"),
        pytest.param(("K", f" {CANARY}"), "secret key", "begins or ends", id="blank-before-the-secret"),
        pytest.param(("K", f"\x00{CANARY}"), "secret key", "a control", id="nul-in-the-secret"),
        pytest.param(("K", "s", f"{CANARY}\r\n"), "session token", "a line break", id="token-of-a-file"),
        pytest.param(("K", "s", f"{CANARY}\nHost: x"), "session token", "a line break", id="another-header"),
        pytest.param(("K", "s", f"{CANARY}\t"), "session token", "begins or ends", id="tab-after-the-token"),
        pytest.param(("K", "s", f"a {CANARY}"), "session token", "a blank", id="blank-in-the-token"),
        pytest.param(("K", "s", f"☃{CANARY}"), "session token", "beyond ASCII", id="snowman"),
    ],
)
def test_unsendable_keys(keys: tuple[str, ...], field: str, why: str) -> None:
    """What is wrong is said of its field, and nothing of what the field holds."""
    with pytest.raises(AccessError, match=f"the {field} .*{why}") as refused:
        Keys(*keys)

    assert CANARY not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize(
    "keys",
    [("AKIA0", "a/b+c="), ("minio_admin", "päss wörd!", "t=+/"), ("", "")],
    ids=["of-aws", "of-another-server", "none"],
)
def test_sendable_keys(keys: tuple[str, ...]) -> None:
    """Whatever servers issue is taken as it is."""
    Keys(*keys)


@pytest.mark.parametrize("engine", ["sdk", "fast"])
def test_found_by_the_sdk(monkeypatch: pytest.MonkeyPatch, proxy: Proxy, engine: str) -> None:
    """The same goes for what stands in the environment: nothing is sent, by either engine."""
    monkeypatch.setenv("AWS_SESSION_TOKEN", f"{CANARY}\nx-amz-expected-bucket-owner: 1\n")
    sessions = Sessions(Access(endpoint_url=proxy.url, region=REGION), limits=PATIENT)

    async def wired() -> object:
        async with Wire(sessions, server=SANDBOX) as wire:
            return await wire.ask(LISTING)

    failure = asyncio.run(wired()) if engine == "fast" else sdk_send(sessions)(LISTING)

    assert isinstance(failure, Failure)
    assert (failure.kind, failure.code) == ("credentials", "NoAccess")
    assert "the session token holds a line break" in failure.message
    assert CANARY not in str(failure)
    assert proxy.seen == []


def test_headers_are_never_quoted() -> None:
    """Where a client of the SDK's own comes so far, what it says of the header is not repeated."""
    error = HTTPClientError(error=ValueError(f"Invalid header value b'{CANARY}\\n'"))

    failure = failure_of(error, LISTING, late=False)

    assert failure.kind == "credentials"
    assert CANARY not in str(failure)
