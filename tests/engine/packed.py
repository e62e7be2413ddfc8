"""A stack of some team's program, run by the real engine with the policy pack of this repository."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pulumi.automation import CommandError, EngineEvent, Stack

from policies.project import TODAY
from sandbox.accounts import NOBODY
from sandbox.engine import ROOT, engine_environment, opened
from sandbox.program_runs import Program
from sandbox.provider.double import serving_double
from sandbox.server import Server
from tests.engine.command_line import Project, hosted

PACK: Final = str(ROOT / "policies")
DAY: Final = "2026-11-01"
_SAID: Final = re.compile(
    r"- \[(?P<level>\w+)\] \[severity: \w+\]  (?P<policy>[a-z0-9-]+)  \(\S+ (?P<name>\S+)\)\n"
    r"(?P<message>(?:          .*\n)*)"
)
"""How the command line prints what a pack says."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an operation ended, and what the pack said in it."""

    passed: bool
    text: str
    said: tuple[tuple[str, str, str, str], ...] = field(default=())
    """Level, policy, name of the resource, message."""

    def of(self, level: str) -> set[str]:
        """The policies that said something at a level."""
        return {policy for found, policy, _, _ in self.said if found == level}

    def by(self, policy: str) -> list[str]:
        """All that a policy said."""
        return [message for _, found, _, message in self.said if found == policy]


def preview(stack: Stack) -> Outcome:
    """A preview with the pack."""
    events: list[EngineEvent] = []
    try:
        return _outcome(events, stack.preview(policy_packs=[PACK], on_event=events.append).stdout)
    except CommandError as failed:
        return _outcome(events, str(failed), passed=False)


def update(stack: Stack) -> Outcome:
    """An update with the pack; the SDK's never previews first, as `pulumi up --skip-preview`."""
    events: list[EngineEvent] = []
    try:
        return _outcome(events, stack.up(policy_packs=[PACK], on_event=events.append).stdout)
    except CommandError as failed:
        return _outcome(events, str(failed), passed=False)


def _outcome(events: list[EngineEvent], text: str, *, passed: bool = True) -> Outcome:
    told = (event.policy_event for event in events if event.policy_event is not None)
    said = (
        (one.enforcement_level, one.policy_name, (one.resource_urn or "").rpartition("::")[2], one.message)
        for one in told
    )
    return Outcome(passed, text, tuple(said))


@dataclass(frozen=True, slots=True)
class CommandLine:
    """The plain `pulumi`, called in a project's folder on that day, and what the pack says."""

    engine: Path
    project: Path
    variables: dict[str, str]

    def __call__(self, *words: str) -> Outcome:
        """What a call printed, and what the pack said in it."""
        call = Project(self.project, self.engine, {**self.variables, TODAY: DAY}).called(*words)
        text = call.stdout + call.stderr
        return Outcome(call.returncode == 0, text, tuple(_SAID.findall(text)))


def project_in(folder: Path, contract: str = "", runtime: str = "python") -> Path:
    """The folder of a team's project, `shop`, with its contract where it has one."""
    project = folder / "project"
    project.mkdir()
    (project / "Pulumi.yaml").write_text(f"name: shop\nruntime: {runtime}\n")
    if contract:
        (project / "contract.yaml").write_text(contract)
    return project


@contextmanager
def packed_stack(server: Server, engine: Path, folder: Path, program: Program) -> Iterator[Stack]:
    """The stack `dev` of the project in the folder, whose provider is the sandbox's."""
    with serving_double(server, account=NOBODY, region="us-east-1") as port:
        variables = {**hosted(folder, engine_environment(server, folder, port)), TODAY: DAY}
        yield opened(folder, engine, "dev", variables, program)
