"""Is each arrival dealt with once, however often the queue tells of it?"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from bucketwright.contract.loading import read
from bucketwright.contract.model import Contract
from bucketwright.storage import Denied, Settings, Storage, Unreachable
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.patterns.arrivals import Arrivals
from bucketwright.storage.patterns.quarantine import Outcome
from bucketwright.storage.patterns.queues import SqsQueue
from bucketwright.storage.scanning import clamd
from bucketwright.storage.scanning.trials import eicar
from tests.storage.patterns.waiting_room import (
    BUCKET,
    SMALL,
    UNSURE,
    Finds,
    Line,
    Meddling,
    calm,
    contents,
    event,
    room,
    scanned_by,
    upload,
)
from tests.storage.scanning.daemon import FOUND, LARGEST, daemon

if TYPE_CHECKING:
    from sandbox.server import Server

KEY: Final = "waiting/7/a.txt"


def test_a_message_that_comes_twice() -> None:
    """The second time there is nothing to do."""
    backend, line = Memory(), Line([event(KEY), event(KEY)])
    upload(backend, b"text", KEY)
    here = Arrivals(scanned_by(Finds(), room(backend)), line)

    assert here.next() == Outcome(KEY, "released", "clean/7/a.txt")
    assert here.next() == Outcome(KEY, "gone")
    assert here.next() is None
    assert line.bodies == []


@pytest.mark.requirement("FP-13")
@pytest.mark.parametrize("step", range(12))
def test_a_consumer_that_is_killed(step: int) -> None:
    """At whatever moment: the message comes again, and the file is released once."""
    backend, line = Meddling(), Line([event(KEY)])
    storage = room(backend)
    upload(backend, b"text", KEY)
    here = Arrivals(scanned_by(Finds(), storage), line)
    backend.interrupt(step)
    try:
        here.next()
    except KeyboardInterrupt:
        backend.before = calm
        assert line.given_back == 1
        assert here.next() is not None
    backend.before = calm
    assert (line.bodies, contents(storage.prefix("uploads/waiting").at(case_id=7))) == ([], {})
    assert contents(storage.prefix("uploads/clean").at(case_id=7)) == {"a.txt": b"text"}


@pytest.mark.requirement("FP-13")
def test_a_scanner_that_cannot_be_believed() -> None:
    """Nothing is taken from the queue while it cannot: messages do not come any number of times."""
    backend, line = Memory(), Line([event(KEY)])
    upload(backend, b"text", KEY)
    here = Arrivals(scanned_by(Finds(is_sound=False), room(backend)), line)

    with pytest.raises(Unreachable):
        here.next()
    assert line.taken == 0


def test_what_is_not_settled_stays_in_the_queue() -> None:
    """It comes back by itself, and goes where somebody looks at it."""
    backend, line = Memory(), Line([event(KEY)])
    upload(backend, b"text", KEY)
    here = Arrivals(scanned_by(Finds(says=UNSURE), room(backend)), line)

    assert here.next() == Outcome(KEY, "waiting", "it broke")
    assert line.bodies == [event(KEY)]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="nothing"),
        pytest.param("no JSON", id="no JSON"),
        pytest.param("[" * 100_000, id="nested without end"),
        pytest.param("[]", id="a list"),
        pytest.param("{}", id="empty"),
        pytest.param(event(KEY, source="me"), id="from somebody else"),
        pytest.param(event(KEY, **{"detail-type": "Object Deleted"}), id="of something else"),
        pytest.param(event(KEY, detail={"bucket": BUCKET, "object": []}), id="of another shape"),
        pytest.param(event(KEY, detail=None), id="without a detail"),
        pytest.param(event(KEY, "other-bucket"), id="of another bucket"),
        pytest.param(event("clean/7/a.txt"), id="of another prefix"),
        pytest.param(event("waiting/7/../../x"), id="of a key that climbs"),
        pytest.param(event("waiting/7/\x1b[2J\ud800"), id="of a key that is no text"),
        pytest.param(event("x" * 300_000), id="far too long"),
    ],
)
def test_messages_that_tell_of_nothing_here(body: str) -> None:
    """They are left where somebody looks at them, and nothing is touched."""
    backend, line = Memory(), Line([body])
    upload(backend, b"text", KEY)
    outcome = Arrivals(scanned_by(Finds(), room(backend)), line).next()

    assert outcome is not None
    assert outcome.end == "waiting"
    assert outcome.told.isprintable()
    assert line.bodies == [body]
    assert [row.key for row in backend.rows(BUCKET, "")] == [KEY]


def small() -> Contract:
    return read(SMALL, "contract.yaml")


@pytest.fixture(scope="module")
def server() -> "Iterator[Server]":
    """A sandbox."""
    from tests.sandbox.drifts.deploying import sandbox

    with sandbox() as running:
        yield running


@pytest.fixture(scope="module")
def stands(server: "Server") -> "Server":
    """The contract, deployed."""
    from tests.sandbox.drifts.deploying import deployed

    deployed(server, small().environments["dev"])
    return server


@pytest.fixture
def deploys(stands: "Server", monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Who opens it with these settings is the contract's scanner."""
    from sandbox.accounts import account_of

    environment, server = small().environments["dev"], stands
    clients = server.clients(account=account_of(environment), region="eu-west-1")
    role = f"arn:aws:iam::{account_of(environment)}:role/room-dev-scanner"
    keys = clients.client("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    for name, text in (
        ("AWS_ACCESS_KEY_ID", keys["AccessKeyId"]),
        ("AWS_SECRET_ACCESS_KEY", keys["SecretAccessKey"]),
        ("AWS_SESSION_TOKEN", keys["SessionToken"]),
        ("AWS_DEFAULT_REGION", "eu-west-1"),
    ):
        monkeypatch.setenv(name, text)
    return Settings(endpoint_url=server.url)


@pytest.mark.requirement("FP-13")
def test_from_upload_to_release(deploys: Settings) -> None:
    """What the contract deploys tells of uploads; a real scanner lets one through and not the other.

    Only the scanner's role may read there, which the sandbox enforces.
    """
    account = str(small().environments["dev"].account)
    uploader = replace(deploys, access_key=account, secret_key=account)
    waiting = Storage.open(small(), "dev", uploader).prefix("uploads/waiting").at(case_id=7)
    waiting.put("a b+é.txt", b"text")
    waiting.put("evil.txt", eicar())
    with pytest.raises(Denied):
        waiting.get("a b+é.txt")

    storage = Storage.open(small(), "dev", deploys)
    with daemon() as running:
        queue = SqsQueue(f"{deploys.endpoint_url}/{account}/room-dev-uploads_waiting")
        here = Arrivals(scanned_by(clamd(running.address, LARGEST), storage), queue)
        told = [here.next(0), here.next(0), here.next(0)]

    assert told == [
        Outcome("waiting/7/a b+é.txt", "released", "clean/7/a b+é.txt"),
        Outcome("waiting/7/evil.txt", "deleted", FOUND),
        None,
    ]
    assert [*waiting.list()] == []
    assert contents(storage.prefix("uploads/clean").at(case_id=7)) == {"a b+é.txt": b"text"}


@pytest.mark.requirement("FP-13")
def test_by_the_command(deploys: Settings, tmp_path: Path) -> None:
    """What a queue tells of, until it is empty."""
    from tests.cli.running import run

    account = str(small().environments["dev"].account)
    uploader = replace(deploys, access_key=account, secret_key=account)
    waiting = Storage.open(small(), "dev", uploader).prefix("uploads/waiting").at(case_id=8)
    waiting.put("a.txt", b"text")
    contract_file = tmp_path / "contract.yaml"
    contract_file.write_text(SMALL)
    with daemon() as running:
        done = run(
            *("scan", "uploads/waiting", "--contract", str(contract_file), "--clamd", running.address),
            *("--largest", "4 MB", "--endpoint-url", deploys.endpoint_url),
            *("--queue", f"{deploys.endpoint_url}/{account}/room-dev-uploads_waiting"),
        )

    assert done.stdout.splitlines() == ["released waiting/8/a.txt to clean/8/a.txt", "scanned: 1 object"]
    assert done.exit_code == 0
