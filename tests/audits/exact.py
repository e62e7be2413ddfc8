"""The roomy contract in a sandbox, and what an audit says of it before and after a drift.

A look after a drift asks again only what the drift can have changed: that it changes nothing else is what
tests/sandbox/drifts shows.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Final
from unittest.mock import patch

from audits.contents import Contents, Questions, contents
from audits.live import Looked, look
from bucketwright.audited import judged
from bucketwright.calls import Call, Outcome, Send
from bucketwright.circumstances import circumstances
from bucketwright.contract.loading import load
from bucketwright.findings import Finding
from bucketwright.judging import Selection
from bucketwright.looking.needs import Needs, needs
from bucketwright.looking.scope import Scope
from bucketwright.posture import Circumstances
from bucketwright.s3.limits import Deadline
from cli.auditing import seen_in
from sandbox.accounts import account_of
from sandbox.drifts import Live
from tests.audits.sandboxed import ROOMY, sending

_SERVICES: Final[Mapping[str, frozenset[str]]] = {
    "access_point": frozenset({"s3control"}),
    "account": frozenset({"s3control"}),
    "bucket": frozenset({"s3"}),
    "distribution": frozenset({"cloudfront"}),
    "key": frozenset({"kms"}),
    "queue": frozenset({"sqs"}),
    "role": frozenset({"iam"}),
}
"""Which services tell the facts of each kind of thing."""
Known = tuple[str, str, str, str]


def around() -> Circumstances:
    """What the contract says."""
    return circumstances(load(ROOMY), datetime.now(UTC))["prod"]


@dataclass
class Auditor:
    """Audits one deployment again and again."""

    live: Live
    around: Circumstances
    selection: Selection = field(default_factory=Selection)
    known: dict[str, Outcome] = field(default_factory=dict)
    """What was answered before anything drifted."""
    objects: bool = False
    """Whether what lies in the buckets is looked at, too."""

    def before(self) -> tuple[Finding, ...]:
        """What is found of what was deployed."""
        with self.sending() as send:
            return self._findings(_Remembering(send, self.known, None))

    def after(self, kinds: frozenset[str], name: str) -> tuple[Finding, ...]:
        """What is found once something of these kinds, and of this name, is another."""
        services = frozenset(service for kind in kinds for service in _SERVICES[kind])
        with self.sending() as send:
            return self._findings(_Remembering(send, dict(self.known), (services, name)))

    def looked_after(self, kinds: frozenset[str], name: str) -> tuple[Looked, tuple[Finding, ...]]:
        """The same, with what was looked at."""
        services = frozenset(service for kind in kinds for service in _SERVICES[kind])
        with self.sending() as send:
            return self._looked(_Remembering(send, dict(self.known), (services, name)))

    @cached_property
    def needs(self) -> Needs:
        """What the rules and the contract want to know."""
        return needs(self.scope)

    @property
    def scope(self) -> Scope:
        """What is looked at."""
        return Scope(self.around, self.selection, all_buckets=True, objects=self.objects)

    def sending(self) -> AbstractContextManager[Send]:
        environment = self.live.environment
        return sending(self.live.server, account_of(environment), environment.region)

    def _findings(self, send: Send) -> tuple[Finding, ...]:
        return self._looked(send)[1]

    def _looked(self, send: Send) -> tuple[Looked, tuple[Finding, ...]]:
        scope = self.scope
        with patch("audits.live.needs", lambda _: self.needs):  # the same for each look, and slow to work out
            looked = look(send, scope)
        asked = Questions(send, scope, on_aws=False, deadline=Deadline())
        within = contents(looked, asked) if self.objects else Contents()
        now = self.around.now
        assert now is not None
        return looked, judged(seen_in(looked, within), self.selection, now.date()).findings


@dataclass
class _Remembering:
    """A Send that asks again only what may have changed."""

    send: Send
    known: dict[str, Outcome]
    changed: tuple[frozenset[str], str] | None

    def __call__(self, call: Call) -> Outcome:
        if call.identity not in self.known or self._may_differ(call):
            self.known[call.identity] = self.send(call)
        return self.known[call.identity]

    def _may_differ(self, call: Call) -> bool:
        if self.changed is None or call.service not in self.changed[0]:
            return False
        return call.service != "s3" or call.params.get("Bucket", self.changed[1]) == self.changed[1]


def said(finding: Finding) -> Known:
    """What a finding says, so that it is known again."""
    return finding.fingerprint, finding.status, finding.seen, finding.because
