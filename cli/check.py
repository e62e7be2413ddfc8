"""`bucketwright check`: is the contract sound, and if not, what is wrong where?"""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, get_args

import click

from bucketwright.contract.access import check_isolation
from bucketwright.contract.access.findings import Escape, Finding, Oversize, Unusable
from bucketwright.contract.loading import load
from bucketwright.contract.model import Contract, Environment
from bucketwright.contract.problems import ContractError, Problem, render, spelled
from cli.commands import command
from cli.contract_file import contract_file, contract_option
from cli.exits import Exit
from cli.output import Level, Output, Tint, counted
from cli.sound import chosen_environment

Form = Literal["text", "json"]
Severity = Literal["critical", "high", "medium", "low"]
SEVERITIES: Final = get_args(Severity)
_SEVERITY: Final[Mapping[type[Finding], Severity]] = {Escape: "high", Oversize: "high", Unusable: "medium"}


@command("check")
@contract_option
@click.option("--env", metavar="NAME", help="Judge access in this environment alone; the file as a whole.")
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default="high",
    show_default=True,
    help="The mildest finding that ends with 1; it changes nothing but the exit code.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Lines, or a JSON list."
)
@click.pass_obj
def check(output: Output, named: Path | None, env: str | None, fail_on: Severity, form: Form) -> Exit:
    """Names everything that is wrong with it at once, then whoever reaches more than was granted; a sound
    one is summed up, a line for each environment. Needs no credentials and no network.
    """
    path = contract_file(named)
    began = time.perf_counter()
    try:
        contract = load(path)
    except ContractError as unsound:
        _report(unsound.problems, str(unsound), form, output)
        output.note(f"{counted(len(unsound.problems), 'problem')} in {path}", Level.SUMMARY)
        return Exit.WRONG_USE
    chosen = [chosen_environment(contract, env)] if env else list(contract.environments.values())
    found = access_findings(contract, chosen)
    output.note(f"{path} checked in {time.perf_counter() - began:.2f} s", Level.DETAIL)
    text = path.read_text(encoding="utf-8") if found else ""
    _report(list(found), "\n\n".join(render(finding, text) for finding in found), form, output)
    if found:
        output.note(f"{counted(len(found), 'finding')} in {path}", Level.SUMMARY)
    elif form == "text":
        for environment in chosen:
            output.summary(summary(environment))
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return Exit.FINDINGS if any(severity in failing for severity in found.values()) else Exit.CLEAN


def access_findings(contract: Contract, environments: Sequence[Environment]) -> dict[Problem, Severity]:
    """What is wrong with the access that environments grant, each once, where it is declared."""
    alike: dict[object, list[tuple[Environment, Finding]]] = {}
    for environment in environments:
        for finding in check_isolation(environment):
            anywhere = str(finding).replace(f"{environment.name}/", "")
            alike.setdefault((finding.path, anywhere), []).append((environment, finding))
    return {_placed(contract, same): _SEVERITY[type(same[0][1])] for same in alike.values()}


def _placed(contract: Contract, same: Sequence[tuple[Environment, Finding]]) -> Problem:
    """The first of the findings, which differ by their environments alone."""
    environment, finding = same[0]
    place = contract.where(environment.name, finding.path)
    others = f" and so in {', '.join(other.name for other, _ in same[1:])}" if len(same) > 1 else ""
    return Problem(
        source=contract.source,
        line=place.line,
        column=place.column,
        end_column=place.end_column,
        path=spelled(finding.path),
        message=f"in {environment.name}{others}, {finding}",
    )


def as_json(problem: Problem) -> dict[str, object]:
    """A problem for editors and scripts."""
    return {
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
    grants: Sequence[Sequence[str]] = [
        refs for access in accesses for refs in (access.read, access.list, access.write, access.delete)
    ]
    counts = (
        counted(len(environment.buckets), "bucket"),
        counted(sum(len(bucket.prefixes) for bucket in environment.buckets.values()), "prefix"),
        counted(sum(bool(access.trusts or access.federated) for access in accesses), "role"),
        counted(sum(map(len, grants)), "grant"),
    )
    return f"{environment.name}: {', '.join(counts)}"


def _report(problems: Sequence[Problem], rendered: str, form: Form, output: Output) -> None:
    if form == "json":
        output.json([as_json(problem) for problem in problems], indent=2)
        return
    for block in rendered.split("\n\n") if problems else ():
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
