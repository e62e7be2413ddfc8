"""`bucketwright check`: is the contract sound, and if not, what is wrong where?"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from bucketwright.contract.model import Environment
from bucketwright.contract.problems import ContractError, Problem, render
from bucketwright.contract.remarks import remarks
from bucketwright.contract.words import VERBS, Profile, Severity
from bucketwright.plain_text import counted
from bucketwright.rule_names import known_rules
from bucketwright.verdicts import SEVERITIES, at_least
from cli.clock import now
from cli.commands import command
from cli.contract_file import given
from cli.contract_option import contract_option
from cli.exemptions import ending_soon
from cli.exits import Exit
from cli.findings import Answer, answer
from cli.forms import Form, fail_on_option, form_option, profile_option
from cli.output import Level, Output, Tint
from cli.seen import Placed
from cli.sound import chosen_environment


@command("check")
@contract_option
@click.option(
    "--env", metavar="NAME", help="Look for findings in this environment alone; the whole file must load."
)
@profile_option
@fail_on_option
@form_option("Lines, or a JSON list.")
@click.pass_obj
def check(
    output: Output,
    named: Path | None,
    env: str | None,
    profile: Profile | None,
    fail_on: Severity,
    form: Form,
) -> Exit:
    """Names everything that is wrong with it at once, then whoever reaches more than was granted, rules
    that are broken, and exemptions that have ended; a sound one is summed up, a line for each environment.
    Needs no credentials and no network. BUCKETWRIGHT_TODAY=2027-06-30 judges as on that day, in UTC.
    """
    moment, began = now(), time.perf_counter()
    try:
        source = given(named)
        contract = source.contract(known_rules())
    except ContractError as unsound:
        _report([as_json(problem) for problem in unsound.problems], str(unsound), form, output)
        name = unsound.problems[0].source
        output.note(f"{counted(len(unsound.problems), 'problem')} in {name}", Level.SUMMARY)
        return Exit.WRONG_USE
    chosen = list(contract.environments.values()) if env is None else [chosen_environment(contract, env)]
    said = answer(contract, chosen, moment, profile)
    found = said.found
    output.note(f"{source.name} checked in {time.perf_counter() - began:.2f} s", Level.DETAIL)
    text = "\n\n".join(render(_titled(one), source.text) for one in found)
    _report([as_json(one.problem, one) for one in found], text, form, output)
    for note in _beside(said, chosen, ending_soon(contract, chosen, moment.date())):
        output.note(note)
    if found:
        output.note(f"{_tally(found)} in {source.name}", Level.SUMMARY)
    elif form == "text":
        for environment in chosen:
            output.summary(summary(environment))
    return Exit.FINDINGS if any(at_least(one.seen.severity, fail_on) for one in found) else Exit.CLEAN


def _titled(found: Placed) -> Problem:
    """The problem of a finding, with the rule it is about and how grave it is."""
    seen, problem = found.seen, found.problem
    return replace(problem, message=f"{seen.rule} ({seen.severity}): {problem.message}")


def _beside(said: Answer, chosen: Sequence[Environment], ending: Sequence[Problem]) -> Iterator[str]:
    """What is no finding, and worth saying."""
    yield from (render(problem, "") for problem in (*said.unused, *ending))
    yield from said.undecided
    yield from dict.fromkeys(str(one) for environment in chosen for one in remarks(environment))


def as_json(problem: Problem, found: Placed | None = None) -> dict[str, object]:
    """A problem, or a finding with its rule, severity, environments and resource, for editors and scripts."""
    seen = found and found.seen
    return {
        "rule": seen and seen.rule,
        "severity": seen and seen.severity,
        "environments": list(found.environments) if found else [],
        "resource": (seen and seen.resource) or None,
        "expected": (seen and seen.expected) or None,
        "file": problem.source,
        "line": problem.line,
        "column": problem.column,
        "end_column": problem.end_column,
        "path": problem.path,
        "message": problem.message,
        "allowed": list(problem.allowed),
        "help": problem.help,
    }


def summary(environment: Environment) -> str:
    """How much an environment declares: `dev: 2 buckets, 5 prefixes, 1 role, 3 grants`."""
    accesses = environment.access.values()
    grants = sum(len(access.refs(verb)) for access in accesses for verb in VERBS)
    counts = (
        counted(len(environment.buckets), "bucket"),
        counted(sum(len(bucket.prefixes) for bucket in environment.buckets.values()), "prefix"),
        counted(sum(access.makes_role() for access in accesses), "role"),
        counted(grants, "grant"),
    )
    return f"{environment.name}: {', '.join(counts)}"


def _tally(found: Sequence[Placed]) -> str:
    """How many findings, and how grave: `3 findings (1 high, 2 medium)`."""
    counts = Counter(one.seen.severity for one in found)
    grave = ", ".join(f"{counts[severity]} {severity}" for severity in SEVERITIES if counts[severity])
    return f"{counted(len(found), 'finding')} ({grave})"


def _report(listed: Sequence[dict[str, object]], rendered: str, form: Form, output: Output) -> None:
    if form == "json":
        output.json(listed, indent=2)
        return
    for block in rendered.split("\n\n") if listed else ():
        head, *rest = block.split("\n")
        output.result(head, Tint.PLACE)
        for line in rest:
            output.result(line, _tint(line))
        output.result("")


def _tint(line: str) -> Tint | None:
    margin, _, text = line.partition(" | ")
    if margin.isspace() or not margin:
        return Tint.BAD if text.strip().strip("^") == "" else None
    return Tint.HINT if line.lstrip().startswith("= ") else None
