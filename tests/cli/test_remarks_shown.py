"""What a sound contract leaves to people: `check` and `explain` say it beside their result."""

import json
from pathlib import Path

import pytest

from tests.cli.running import run

CONTRACT = """\
project: shop
environments: {dev: {}, prod: {}}
buckets:
  ledger:
    versioning: enabled
    mfa_delete: true
    prefixes: {entries: {path: entries/}}
  plain: {}
"""
BY_HAND = "no program can turn it on: the root user does it by hand, with its device"
REMARK = f"buckets.ledger.mfa_delete: {BY_HAND}"


@pytest.fixture
def contract(tmp_path: Path) -> str:
    """A sound contract with something to know about it."""
    file = tmp_path / "contract.yaml"
    file.write_text(CONTRACT, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("words", [[], ["--env", "prod"]], ids=["every environment", "one environment"])
def test_check_says_it_once_and_still_is_clean(words: list[str], contract: str) -> None:
    """On stderr, in one line however many environments share the bucket; it changes no exit code."""
    result = run("check", "--contract", contract, *words)

    assert (result.exit_code, result.stderr) == (0, f"{REMARK}\n")
    assert BY_HAND not in result.stdout


def test_check_keeps_it_out_of_json(contract: str) -> None:
    """A remark is no finding."""
    result = run("check", "--contract", contract, "--format", "json")

    assert (result.exit_code, json.loads(result.stdout), result.stderr) == (0, [], f"{REMARK}\n")


def test_check_is_silent_when_asked(contract: str) -> None:
    """--quiet leaves it out like every other note, but not the summary, which is the result."""
    result = run("check", "--contract", contract, "--quiet")

    assert (result.exit_code, len(result.stdout.splitlines()), result.stderr) == (0, 2, "")


def test_explain_says_it_of_its_bucket(contract: str) -> None:
    """Among the lines of the bucket it is about, and of no other."""
    about, other = (run("explain", "--contract", contract, name) for name in ("ledger", "plain"))

    assert (about.exit_code, other.exit_code) == (0, 0)
    assert about.stdout.splitlines().count(f"  {REMARK}") == 1
    assert BY_HAND not in other.output
