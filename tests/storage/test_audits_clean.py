"""Law 6: does an audit find nothing to say of what the client wrote?"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

import pytest

from bucketwright.circumstances import circumstances
from bucketwright.contract.loading import load, read
from bucketwright.contract.model import Contract, Environment
from bucketwright.judging import Selection
from bucketwright.storage import AlreadyThere, Refused, Settings, Storage
from bucketwright.storage.place import DeclaredPrefix
from sandbox.accounts import account_of
from sandbox.server import Server
from tests.audits.exact import Auditor
from tests.sandbox.drifts.deploying import deployed, sandbox
from tests.storage.contracts import TEXT
from tests.storage.filling import CONTENTS, called, place_for

ROOT: Final = Path(__file__).parents[2]
CONTRACTS: Final = {path.parent.name: path for path in sorted(ROOT.glob("examples/*/contract.yaml"))}
MOST: Final = 4
"""Objects in each place."""
KINDS: Final = frozenset({"object", "upload", "delete_marker"})


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with sandbox() as running:
        yield running


def write(storage: Storage, environment: Environment) -> list[str]:
    """Some objects wherever the contract takes any; their keys."""
    written: list[str] = []
    for bucket_id, bucket in environment.buckets.items():
        for prefix_id in bucket.prefixes:
            if bucket.purpose == "data":
                there = storage.prefix(f"{bucket_id}/{prefix_id}")
                taken = list(islice(_taken(there), MOST))
                assert taken, f"{there.address} took nothing"
                written += taken
    return written


def _taken(there: DeclaredPrefix) -> Iterator[str]:
    for name, data in CONTENTS.items():
        place = place_for(there, data)
        with suppress(AlreadyThere, Refused):
            yield place.put(called(place, name, data), data).key


def checked(server: Server, contract: Contract, name: str) -> tuple[list[str], list[str]]:
    """What was written in one environment, and what an audit by all rules says of it."""
    server.reset()
    around = circumstances(contract, datetime.now(UTC))[name]
    environment = around.environment
    assert environment is not None
    auditor = Auditor(deployed(server, environment), around, Selection("all"), objects=True)
    account = account_of(environment)
    settings = Settings(endpoint_url=server.url, access_key=account, secret_key=account)
    keys = write(Storage.open(contract, name, settings), environment)
    said = [
        one for one in auditor.before() if one.subject.kind in KINDS and one.status in {"fail", "unknown"}
    ]
    return keys, [f"{one.rule} {one.status} {one.subject.key}: {one.seen}{one.because}" for one in said]


@pytest.mark.requirement("AP-3")
@pytest.mark.requirement("CS-10")
@pytest.mark.parametrize("example", CONTRACTS)
def test_what_is_written_audits_clean(server: Server, example: str) -> None:
    """By all rules, under the contract of every system that is known."""
    contract = load(CONTRACTS[example])
    _, said = checked(server, contract, list(contract.environments)[-1])

    assert said == []


def test_every_kind_of_place_audits_clean(server: Server) -> None:
    """Also with deliveries, modes and templates of every kind."""
    keys, said = checked(server, read(TEXT, "contract.yaml"), "prod")

    assert said == []
    assert len(keys) > 30
