"""`bucketwright rules` and `bucketwright explain RULE`: which rules are there, and what does each say?"""

import json
from pathlib import Path
from typing import Final

import pytest

from bucketwright.judging import profiles_of
from bucketwright.rules import catalogue
from bucketwright.rules.engine import ENGINE, WAITING
from tests.cli.running import run

NEEDED: Final = {
    "id",
    "title",
    "level",
    "tier",
    "severity",
    "confidence",
    "frameworks",
    "reads",
    "lenses",
    "fixable",
}
"""What a script is told of every rule."""


def _listed(*words: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("rules", "--format", "json", *words).stdout)["rules"]
    return found


def test_json_tells_everything_of_every_rule() -> None:
    """Every rule and every verdict of the engine, once, with all that a script may ask."""
    listed = _listed()

    assert [one["id"] for one in listed] == [*catalogue(), *ENGINE]
    assert all(one.keys() >= NEEDED for one in listed)


def test_json_names_the_rows_that_wait() -> None:
    """What is not judged yet is said, each with its reason."""
    assert json.loads(run("rules", "--format", "json").stdout)["waiting"] == dict(WAITING)


@pytest.mark.parametrize("profile", ["baseline", "cis", "fsbp", "all"])
def test_a_profile_lists_what_it_asks_for(profile: str) -> None:
    """Its rules and no others; the verdicts of the engine are in every one."""
    wanted = {rule_id for rule_id in catalogue() if profile in profiles_of(rule_id)}

    assert {one["id"] for one in _listed("--profile", profile)} == wanted | ENGINE.keys()


def test_lines_tell_the_same_as_json() -> None:
    """A line for each, with severity, tier and title, and their numbers at the end."""
    lines = run("rules").stdout.replace("\n" + " " * 6, " ").splitlines()

    for one in _listed():
        (line,) = (text for text in lines if text.split()[:1] == [one["id"]])
        assert line.split(maxsplit=3)[1:] == [one["severity"], one["tier"], one["title"]]
    assert lines[-1].startswith(f"{len(catalogue())} rules, {len(ENGINE)} verdicts of the engine, ")


def test_no_line_is_wider_than_a_reader_has_room() -> None:
    """Where nothing is known of that, 80 columns."""
    assert max(map(len, run("rules").stdout.splitlines())) <= 80


def test_a_misspelt_rule_needs_no_contract_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who mistypes one is told the nearest, beside that there is no contract to look for a key in."""
    monkeypatch.chdir(tmp_path)
    misspelt, key = run("explain", "tls-onyl"), run("explain", "documents/a")

    assert (misspelt.exit_code, key.exit_code) == (2, 2)
    assert "no rule is called 'tls-onyl'; did you mean 'tls-only'? no contract found: " in misspelt.stderr
    assert "did you mean" not in key.stderr
    assert "no contract found: " in key.stderr


def test_a_page_needs_no_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In any folder: the title, the facts, why, how to mend it, when to exempt it, and examples."""
    monkeypatch.chdir(tmp_path)
    result = run("explain", "versioning-enabled")

    assert result.exit_code == 0
    assert result.stdout.startswith("versioning-enabled\nEvery overwrite or delete can be undone.\n")
    for heading in ("Why", "Fix", "Exempt it when", "Kept by", "Broken by"):
        assert f"\n{heading}\n" in result.stdout


@pytest.mark.parametrize("rule_id", [*catalogue(), *ENGINE])
def test_every_page_fits_a_terminal(rule_id: str) -> None:
    """Each rule has one, of lines that fit into 80 columns but for what an example quotes."""
    result = run("explain", rule_id)
    prose = result.stdout.partition("\nKept by\n")[0].partition("\nBroken by\n")[0]

    assert result.exit_code == 0
    assert max(map(len, prose.splitlines())) <= 80


def test_the_page_as_json_is_the_entry_of_the_list() -> None:
    """A script that reads one rule finds what it would have found in the list, and the examples."""
    (listed,) = (one for one in _listed() if one["id"] == "tls-only")
    page = json.loads(run("explain", "tls-only", "--format", "json").stdout)["rule"]

    assert listed.items() <= page.items()
