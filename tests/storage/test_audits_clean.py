"""Law 6: does an audit find nothing to say of what the client wrote?"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest

from bucketwright.contract.keys import NameTemplate, Template, Value
from bucketwright.contract.loading import load, read
from bucketwright.contract.model import Contract, Environment
from bucketwright.judging import Selection, circumstances
from bucketwright.storage import AlreadyThere, Refused, Settings, Storage
from bucketwright.storage.place import DeclaredPrefix, Place
from sandbox.accounts import account_of
from sandbox.server import Server
from tests.audits.exact import Auditor
from tests.sandbox.drifts.deploying import deployed, sandbox
from tests.storage.contracts import PDF, PNG, TEXT

ROOT: Final = Path(__file__).parents[2]
CONTRACTS: Final = {path.parent.name: path for path in sorted(ROOT.glob("examples/*/contract.yaml"))}
CONTENTS: Final[Mapping[str, bytes]] = {
    "a.pdf": PDF,
    "a.png": PNG,
    "b/c.txt": b"text",
    "d.json": b"{}",
    "page.html": b"<p>text",
    "e.webp": b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    "f.csv": b"a,b\n",
    "g.zip": b"PK\x05\x06" + b"\x00" * 18,
    "h.ckpt": b"\x00\x01",
    "unnamed": b"text",
}
VALUES: Final[Mapping[str, Value]] = {
    "int": 7,
    "uuid": UUID(int=7),
    "date": date(2026, 1, 2),
    "year": 2026,
    "month": 1,
    "day": 2,
    "hex2": "ab",
    "slug": "a-b",
    "str": "a b",
}
MOST: Final = 4
"""Objects in each place."""
KINDS: Final = frozenset({"object", "upload", "delete_marker"})


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with sandbox() as running:
        yield running


def values_of(template: Template, data: bytes = b"") -> dict[str, Value]:
    digest = sha256(data).hexdigest()
    hashes = {"sha256": digest, "hex2": digest[:2]}
    return {name: {**VALUES, **hashes}[kind.name] for name, kind in template.variables.items()}


def write(storage: Storage, environment: Environment) -> list[str]:
    """Some objects wherever the contract takes any, and the audit may look at them; their keys."""
    written: list[str] = []
    for bucket_id, bucket in environment.buckets.items():
        for prefix_id, prefix in bucket.prefixes.items():
            if bucket.purpose == "data" and prefix.quarantine is None:
                there = storage.prefix(f"{bucket_id}/{prefix_id}")
                taken = list(islice(_taken(there, prefix.objects), MOST))
                assert taken, f"{there.address} took nothing"
                written += taken
    return written


def _taken(there: DeclaredPrefix, names: str | None) -> Iterator[str]:
    for name, data in CONTENTS.items():
        place = there.at(**values_of(there.there.place.path, data))
        with suppress(AlreadyThere, Refused):
            yield place.put(_called(place, names, name, data), data).key


def _called(place: Place, template: str | None, name: str, data: bytes) -> str:
    if template is None:
        return name
    suffix = {"suffix": f".{name.rpartition('.')[2]}"}
    values = values_of(NameTemplate(template), data) | (suffix if "suffix" in template else {})
    return place.named(**{one: value for one, value in values.items() if one not in place.values})


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
