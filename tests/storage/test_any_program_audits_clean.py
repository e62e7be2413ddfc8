"""Law 6: an audit finds nothing of whatever a program does through the client, under any contract."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from audits.contents import Contents, Questions, contents
from audits.live import Looked, look
from audits.objects.running import Engine, Fast
from bucketwright.audited import judged
from bucketwright.calls import Send
from bucketwright.circumstances import circumstances
from bucketwright.contract.loading import read
from bucketwright.findings import Finding
from bucketwright.judging import Selection
from bucketwright.looking.scope import Scope
from bucketwright.rules import catalogue
from bucketwright.s3.endpoints import named
from bucketwright.s3.limits import Deadline
from bucketwright.s3.sessions import Access, Sessions
from bucketwright.storage import Settings, Storage
from cli.auditing import seen_in
from sandbox.accounts import account_of
from sandbox.drifts import Live
from sandbox.server import Server
from tests.audits.objects.world import said
from tests.audits.sandboxed import sending
from tests.sandbox.drifts.deploying import deployed, sandbox
from tests.storage.programs import Deed, Program, deeds, written_contracts

KINDS: Final = frozenset({"object", "upload", "delete_marker"})
RULES: Final = Selection(only=frozenset(one for one, rule in catalogue().items() if rule.kind.kind in KINDS))
"""All that says anything of what lies in buckets."""
SANDBOX: Final = named("sandbox")
FEW: Final = settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
"""A sandbox is slow; `make laws` tries many more."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with sandbox() as running:
        yield running


@dataclass(frozen=True, slots=True)
class Auditor:
    """Audits what lies in the buckets of a deployment, again and again."""

    live: Live
    scope: Scope
    send: Send
    looked: Looked

    def by(self, engine: Engine | None) -> Contents:
        """What an engine finds to say; None is the SDK."""
        return contents(self.looked, Questions(self.send, self.scope, False, Deadline(), engine))

    def fast(self) -> Contents:
        """By the wire."""
        return self.by(Fast(Sessions(Access(endpoint_url=self.live.server.url)), SANDBOX, Deadline()))

    def findings(self, within: Contents) -> list[Finding]:
        """What fails or is not known."""
        now = self.scope.around.now
        assert now is not None
        found = judged(seen_in(self.looked, within), RULES, now.date()).findings
        return [one for one in found if one.subject.kind in KINDS and one.status in {"fail", "unknown"}]


@pytest.mark.requirement("AP-3")
@pytest.mark.requirement("AP-7")
@pytest.mark.requirement("CS-5")
@pytest.mark.requirement("CS-10")
@pytest.mark.requirement("CS-13")
@FEW
@given(text=written_contracts(), doing=deeds())
def test_whatever_a_program_does_audits_clean(server: Server, text: str, doing: list[Deed]) -> None:
    """By every rule about objects and uploads, whichever engine asks; and what others write is found."""
    server.reset()
    contract = read(text, "contract.yaml")
    around = circumstances(contract, datetime.now(UTC))["prod"]
    environment = around.environment
    assert environment is not None
    live, account = deployed(server, environment), account_of(environment)
    own = Settings(endpoint_url=server.url, access_key=account, secret_key=account)
    program = Program(Storage.open(contract, "prod", own), environment)
    program.fill()
    buckets = program.stored()
    assert all(buckets.values())
    for deed in doing:
        program.do(deed)

    with sending(server, account, environment.region) as send:
        scope = Scope(around, RULES, objects=True)
        auditor = Auditor(live, scope, send, look(send, scope))
        slow, fast = auditor.by(None), auditor.fast()
        assert [
            f"{one.rule} {one.subject.key}: {one.seen}{one.because}" for one in auditor.findings(slow)
        ] == []
        assert (said(fast.judgements), fast.unlooked) == (said(slow.judgements), slow.unlooked)
        assert [(one.prefix, one.scanner) for one in fast.left_out] == [("waiting", "scanner")]
        assert fast.left_out == slow.left_out

        for bucket in buckets:
            live.client("s3").put_object(Bucket=bucket, Key="quarantine/7/.env", Body=b"")
        found = auditor.findings(auditor.fast())
    assert {one.subject.key for one in found} == {"quarantine/7/.env"}
    assert len({one.subject.address for one in found}) == len(buckets)
