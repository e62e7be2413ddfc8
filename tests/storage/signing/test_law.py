"""Law 6 for those outside: does an audit find nothing to say of what came by links and forms?"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice

import pytest

from bucketwright.circumstances import circumstances
from bucketwright.contract.loading import read
from bucketwright.contract.media_types import types_of
from bucketwright.contract.model import Environment
from bucketwright.judging import Selection
from bucketwright.objects.content_types import extension
from bucketwright.storage import Link, Said, Settings, Storage, StorageError
from bucketwright.storage.place import DeclaredPrefix, Place
from sandbox.accounts import account_of
from sandbox.server import Server
from tests.audits.exact import Auditor
from tests.sandbox.drifts.deploying import deployed, sandbox
from tests.storage.contracts import TEXT
from tests.storage.filling import CONTENTS, called, place_for
from tests.storage.signing.sending import posted, send_parts, sent

KINDS = frozenset({"object", "upload", "delete_marker"})


def by_put(there: Place, name: str, data: bytes, said: Said) -> str:
    hashed = sha256(data).hexdigest() if there.there.prefix.delivery.via == "content-addressed" else ""
    link = there.signed_put(name, Link(size=len(data), sha256=hashed), said)
    assert sent(link, data) in {200, 412}
    return link.name


def by_form(there: Place, name: str, data: bytes, said: Said) -> str:
    form = there.signed_post(name, said=said)
    assert posted(form, data) == 204
    return form.name


def in_parts(there: Place, name: str, data: bytes, said: Said) -> str:
    upload = there.begin_upload(name, len(data), said)
    written = there.finish_upload(upload, send_parts(there, upload, data))
    return written.name


WAYS: Mapping[str, Callable[[Place, str, bytes, Said], str]] = {
    "put": by_put,
    "form": by_form,
    "parts": in_parts,
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with sandbox() as running:
        yield running


def uploaded(storage: Storage, environment: Environment) -> Iterator[tuple[str, str]]:
    """One object by every way to every place that takes it: how it came, and its key."""
    for address in (f"{one}/{two}" for one, here in environment.buckets.items() for two in here.prefixes):
        for way in WAYS:
            yield from islice(_taken(storage.prefix(address), way), 1)


def _taken(prefix: DeclaredPrefix, way: str) -> Iterator[tuple[str, str]]:
    for name in ("a.pdf", "page.html", "b/c.txt", "unnamed"):
        data = CONTENTS[name]
        there = place_for(prefix, data)
        said = Said(f"{types_of(extension(name))[0]}; charset=utf-8") if "t" in extension(name) else Said()
        with suppress(StorageError):
            taken = WAYS[way](there, called(there, f"{way}-{name}", data), data, said)
            yield way, there.received(taken).key


@pytest.mark.requirement("CS-5")
@pytest.mark.requirement("CS-10")
@pytest.mark.requirement("FP-14")
def test_what_comes_from_outside_audits_clean(server: Server) -> None:
    """By all rules: type, tags and headers are those that the contract wants, whoever sent it."""
    server.reset()
    contract = read(TEXT, "contract.yaml")
    around = circumstances(contract, datetime.now(UTC))["prod"]
    environment = around.environment
    assert environment is not None
    auditor = Auditor(deployed(server, environment), around, Selection("all"), objects=True)
    account = account_of(environment)
    own = Settings(endpoint_url=server.url, access_key=account, secret_key=account)
    came = list(uploaded(Storage.open(contract, "prod", own), environment))
    found = [
        one for one in auditor.before() if one.subject.kind in KINDS and one.status in {"fail", "unknown"}
    ]

    assert {way: sum(one == way for one, _ in came) > 5 for way in WAYS} == dict.fromkeys(WAYS, True)
    assert [f"{one.rule} {one.subject.key}: {one.seen}{one.because}" for one in found] == []
