"""`bucketwright check`: is the contract sound, and if not, what is wrong where?"""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import click

from bucketwright.contract.access import check_isolation
from bucketwright.contract.loading import load
from bucketwright.contract.model import Contract, Environment
from bucketwright.contract.problems import ContractError, Problem, did_you_mean, render
from cli.commands import command
from cli.contract_file import contract_file, contract_option
from cli.exits import Exit
from cli.output import Level, Output, Tint, counted

Form = Literal["text", "json"]


@command("check")
@contract_option
@click.option("--env", metavar="NAME", help="Judge access in this environment alone; the file as a whole.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Lines, or a JSON list."
)
@click.pass_obj
def check(output: Output, named: Path | None, env: str | None, form: Form) -> Exit:
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
    chosen = _chosen(contract, env)
    found = [finding for environment in chosen for finding in isolation_findings(contract, environment)]
    output.note(f"{path} checked in {time.perf_counter() - began:.2f} s", Level.DETAIL)
    _report(found, "\n\n".join(render(finding, "") for finding in found), form, output)
    if found:
        output.note(f"{counted(len(found), 'finding')} in {path}", Level.SUMMARY)
        return Exit.FINDINGS
    if form == "text":
        for environment in chosen:
            output.summary(summary(environment))
    return Exit.CLEAN


def isolation_findings(contract: Contract, environment: Environment) -> Iterator[Problem]:
    """What is wrong with the access an environment grants, placed where it is declared."""
    for finding in check_isolation(environment):
        place = contract.where(environment.name, finding.path)
        yield Problem(
            source=contract.source,
            line=place.line,
            column=place.column,
            end_column=place.end_column,
            path=".".join(finding.path),
            message=f"in {environment.name}, {finding}",
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


def _chosen(contract: Contract, env: str | None) -> list[Environment]:
    if env is None:
        return list(contract.environments.values())
    if env in contract.environments:
        return [contract.environments[env]]
    hint = did_you_mean(env, contract.environments) or f"there are: {', '.join(contract.environments)}"
    raise click.BadParameter(f"no environment {env!r}; {hint}", param_hint="'--env'")


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
