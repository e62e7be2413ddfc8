"""All ways to look find the same, whatever lies in the buckets: SDK, wire, and the wire with a ledger."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings

from audits.contents import Contents, Questions, contents
from audits.ledger import open_ledger
from audits.object_facts import Home
from audits.objects.bucket import Listener, Wanted
from audits.objects.buckets import look_into
from audits.objects.recalling import Recalling
from audits.objects.running import Engine, Fast, Found
from bucketwright.calls import Call, Failure, Outcome, Send
from bucketwright.s3.endpoints import named
from bucketwright.s3.limits import Deadline
from bucketwright.s3.sessions import Access, Sessions
from tests.audits.objects.placed import SdkPlace
from tests.audits.objects.world import ALL_SORTS, Deed, World, deeds, later_deeds, said
from tests.audits.sandboxed import sending

if TYPE_CHECKING:
    from sandbox.server import Server

SANDBOX: Final = named("sandbox")
DENIABLE: Final = (
    "GetObjectAcl",
    "GetObjectLegalHold",
    "GetObjectRetention",
    "GetObjectTagging",
    "HeadObject",
    "ListMultipartUploads",
    "ListObjectVersions",
    "ListObjectsV2",
    "ListParts",
)
FEW: Final = settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
"""A sandbox is slow; `make laws` tries many more."""


@dataclass
class Audits:
    """A deployment, and who asks about it."""

    world: World
    send: Send
    url: str
    runs: int = 0

    def by(self, engine: Engine | None, send: Send | None = None) -> Contents:
        """What an engine finds; None is the SDK."""
        asks = send or self.send
        questions = Questions(asks, self.world.scope, on_aws=False, deadline=Deadline(), fast=engine)
        return contents(self.world.seen(self.send), questions)

    def by_wire(self, folder: Path) -> Contents:
        """With what a ledger knows."""
        self.runs += 1
        with open_ledger(str(folder)) as ledger:
            recalling = Recalling(ledger, f"run-{self.runs}", SANDBOX, self.url, asks_all=False)
            sessions = Sessions(Access(endpoint_url=self.url))
            return self.by(Fast(sessions, SANDBOX, Deadline(), recalling))


@pytest.fixture(scope="module")
def audits(server: "Server") -> Iterator[Audits]:
    """A deployment, in which nothing lies so far."""
    world = World(server)
    with sending(server, "123456789012", "us-west-2") as send:
        yield Audits(world, send, server.url)


@dataclass
class Unwired:
    """The fast engine, over buckets that are asked by the SDK's calls."""

    send: Send

    def look(self, homes: Sequence[Home], wanted: Wanted) -> Found:
        """Into all of these."""
        found = Found([], [])

        async def reach(home: Home) -> SdkPlace:
            return SdkPlace(self.send, home.target)

        listener = Listener(found.judgements.append, found.unlooked.append)
        asyncio.run(look_into(homes, reach, lambda _: nullcontext(), wanted, listener))
        return found


@FEW
@example(several=list(ALL_SORTS), denied=frozenset(), absent="")
@example(several=list(ALL_SORTS), denied=frozenset(), absent="HeadObject")
@example(several=list(ALL_SORTS), denied=frozenset({"HeadObject", "GetObjectAcl", "ListParts"}), absent="")
@given(
    several=deeds(),
    denied=st.frozensets(st.sampled_from(DENIABLE), max_size=3),
    absent=st.sampled_from(["", "HeadObject", "GetObjectAcl", "GetObjectTagging"]),
)
def test_both_engines_say_the_same(
    audits: Audits, several: list[Deed], denied: frozenset[str], absent: str
) -> None:
    """Of versions, markers, uploads, locks, customers' keys, hostile keys, of what nobody tells or finds."""
    for deed in several:
        audits.world.do(deed)

    def send(call: Call) -> Outcome:
        if call.operation == absent:
            return Failure("gone", "404")
        return Failure("denied", "AccessDenied") if call.operation in denied else audits.send(call)

    slow = audits.by(None, send)
    fast = audits.by(Unwired(send), send)
    audits.world.clear()

    assert said(fast.judgements) == said(slow.judgements)
    assert fast.unlooked == slow.unlooked


@FEW
@example(before=list(ALL_SORTS), after=[])
@given(before=deeds(), after=later_deeds())
def test_an_audit_from_the_ledger_reports_what_a_full_one_would(
    audits: Audits, before: list[Deed], after: list[Deed]
) -> None:
    """Law 5: whatever was written, deleted, or changed in place between the two."""
    with TemporaryDirectory() as folder:
        for deed in before:
            audits.world.do(deed)
        first, first_full = audits.by_wire(Path(folder)), audits.by(None)
        for deed in after:
            audits.world.do(deed)
        second, second_full = audits.by_wire(Path(folder)), audits.by(None)
        audits.world.clear()

    assert said(first.judgements) == said(first_full.judgements)
    assert said(second.judgements) == said(second_full.judgements)
    assert second.unlooked == second_full.unlooked
