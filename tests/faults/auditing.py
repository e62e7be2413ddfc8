"""An audit while things go wrong: the command in this process, a proxy before the estate; what came of it?"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, sleep, time
from types import SimpleNamespace
from typing import Final
from unittest.mock import patch

from bucketwright.calls import Answer, Call, Failure, Outcome, Send
from bucketwright.s3.evidence import Evidence
from bucketwright.s3.redaction import redacted_values
from bucketwright.s3.replaying import replayed, run_of
from bucketwright.s3.sender import sdk_send
from bucketwright.s3.sessions import Access, AssumedRole, Sessions
from tests.cli.running import run
from tests.faults.estate import CONTRACT, SOUND, LiveEstate
from tests.faults.invariants import Ran, Report
from tests.faults.proxy import Proxy, proxy_before
from tests.faults.schedules import Extent, Schedule
from tests.servers.toxiproxy import Passage, Proxies

_ROLE: Final = "arn:aws:iam::210987654321:role/auditor"
_EXTERNAL_ID: Final = "between-us-two"
WORDS: Final[Mapping[Extent, tuple[str, ...]]] = {
    "account": (),
    "stack": ("prod",),
    "whole": ("prod", "--all-buckets"),
    "sound": ("--bucket", SOUND),
    "objects": ("--objects", "full", "--bucket", "left-alone", "--bucket", "small-prod-notes"),
    "role": ("--assume-role", _ROLE, "--external-id", _EXTERNAL_ID),
}
_FORMS: Final = ("sarif", "json", "markdown", "text", "jsonl")
_EARLIER: Final = b"what an earlier run found"
_NOWHERE: Final = "http://127.0.0.1:9"
_NOT_TRUE: Final = Failure("bad answer", "", "the service did not say that")
_CALM_SECONDS: Final = 300
_PATIENCE: Final = 5
_HURRY: Final = 50


@contextmanager
def hurried() -> Iterator[None]:
    """In the block both engines wait a fiftieth of the time before they ask again."""
    waiting = SimpleNamespace(sleep=lambda seconds: sleep(seconds / _HURRY))
    with (
        patch("bucketwright.s3.wire.trying.LONGEST_WAIT_SECONDS", 1 / _HURRY),
        patch("botocore.endpoint.time", waiting),
        patch("botocore.retries.bucket.Clock.sleep", lambda _, seconds: sleep(seconds / _HURRY)),
        patch("botocore.retries.bucket.Clock.current_time", lambda _: time() * _HURRY),
    ):
        yield


@dataclass(frozen=True, slots=True)
class Stage:
    """Where audits run: an estate, and a folder for what they keep."""

    estate: LiveEstate
    folder: Path
    network: Proxies | None = None
    """What stands between an audit and all else, where the network is to be at fault."""
    today: str = field(default_factory=lambda: f"{datetime.now(UTC):%Y-%m-%d}")

    @property
    def contract(self) -> Path:
        return self.folder / "contract.yaml"

    def environment(self, url: str) -> dict[str, str]:
        """What the command is told beside its words."""
        told = {"AWS_ENDPOINT_URL": url, "BUCKETWRIGHT_CONTRACT": str(self.contract)}
        return {**self.estate.environment, **told, "BUCKETWRIGHT_TODAY": self.today}

    def calm(self, extent: Extent) -> Ran:
        """Nothing goes wrong."""
        return self.under(Schedule(0, "state", extent, deadline=_CALM_SECONDS))

    def under(self, schedule: Schedule) -> Ran:
        """A run under a schedule."""
        with proxy_before(self.estate.server.url) as proxy, self._passage(proxy.url, schedule) as passage:
            for wrong in schedule.wrongs:
                proxy.fault(wrong.spelling, wrong.times, wrong.spared, **wrong.where)
            for number, (event, back) in schedule.events.items():
                happen = self.estate.take_back if back else self.estate.let
                proxy.events[number] = partial(happen, event)
            if passage is not None:
                turns = (passage.cut, passage.mend)
                proxy.events |= {at: turns[turn % 2] for turn, at in enumerate(schedule.cuts)}
            return self._run(passage.url if passage else proxy.url, proxy, schedule)

    @contextmanager
    def _passage(self, url: str, schedule: Schedule) -> Iterator[Passage | None]:
        if self.network is None or not (schedule.toxins or schedule.cuts):
            yield None
            return
        passage = self.network.before(url)
        for toxin in schedule.toxins:
            passage.toxic(toxin.kind, toxin.stream, **toxin.how)
        yield passage
        passage.cut()

    def _run(self, url: str, proxy: Proxy, schedule: Schedule) -> Ran:
        """The command at that address, its report put in the place of an earlier one."""
        self.contract.write_text(CONTRACT, "utf-8")
        here = Path(mkdtemp(dir=self.folder))
        form = _FORMS[schedule.seed % len(_FORMS)]
        runs, report = here / "runs", here / "reports" / form
        report.parent.mkdir()
        report.write_bytes(_EARLIER)
        told = ("--format", form, "--out", str(report), "--format", "jsonl", "--runs", str(runs))
        how = ("-q", "--engine", schedule.engine, "--deadline", str(schedule.deadline))
        words = ("audit", *WORDS[schedule.extent], *how, *told)
        began = monotonic()
        with hurried() if schedule.hurried else nullcontext():
            result = run(*words, environment=self.environment(url))
        return Ran(
            code=result.exit_code,
            stdout=result.stdout,
            stderr=result.stderr,
            seconds=monotonic() - began,
            requests=tuple(proxy.seen),
            outcomes=_outcomes(runs),
            report=Report(form, report.read_bytes(), _EARLIER, _beside(report)),
            runs=runs,
        )

    @contextmanager
    def truth(self) -> Iterator[Send]:
        """What the service says itself, as an answer is kept; asked right behind the proxy."""
        roles = (AssumedRole(self.estate.account, _ROLE, _EXTERNAL_ID),)
        with patch.dict(os.environ, self.environment(self.estate.server.url)):
            ask = sdk_send(Sessions(Access(endpoint_url=self.estate.server.url), roles))

            def kept(call: Call) -> Outcome:
                outcome = next(filter(_is_said, map(ask, (call,) * _PATIENCE)), _NOT_TRUE)
                if isinstance(outcome, Failure):
                    return outcome
                values = redacted_values(outcome.values)
                assert isinstance(values, dict)
                return Answer(values)

            yield kept

    def by_truth_alone(self, ran: Ran, is_true: Mapping[str, bool]) -> Ran:
        """What is said of the same answers, those left out that the service did not give."""
        first = Evidence(ran.runs)
        [name] = first.runs()
        about = run_of(first, name).about
        purged = Evidence(ran.runs.with_name(f"{ran.runs.name}-true"))
        kept = {
            identity: (call, purged.keep(outcome if is_true[identity] else _NOT_TRUE))
            for identity, (call, outcome) in ran.outcomes.items()
        }
        purged.keep_run(replace(about, run=name), kept)
        words = ("audit", "--replay", name, "--runs", str(purged.folder), "--format", "jsonl")
        result = run(*words, environment=self.environment(_NOWHERE))
        return replace(ran, code=result.exit_code, stdout=result.stdout, stderr=result.stderr)


def _is_said(outcome: Outcome) -> bool:
    """Whether the service itself said it: a machine with much to do may let one wait too long."""
    return not isinstance(outcome, Failure) or outcome.kind not in {"late", "unreachable"}


def _beside(file: Path) -> tuple[str, ...]:
    return tuple(sorted(one.name for one in file.parent.iterdir() if one != file))


def _outcomes(runs: Path) -> Mapping[str, tuple[Call, Outcome]]:
    """All that a run kept; nothing where it kept none."""
    evidence = Evidence(runs)
    found: dict[str, tuple[Call, Outcome]] = {}
    for name in evidence.runs():
        send = replayed(evidence, name)
        index = json.loads(evidence.index_of(name).read_bytes())
        for entry in index["calls"]:
            call = Call(
                entry["service"], entry["operation"], entry["params"], entry["region"], entry["account"]
            )
            found[call.identity] = (call, send(call))
    return found
