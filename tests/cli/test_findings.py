"""What a sound contract has to answer for: rules it breaks, exemptions that have ended or exempt nothing."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from bucketwright.contract.loading import read
from cli.exemptions import ending_soon
from cli.findings import answer
from tests.cli.running import run
from tests.cli.test_check import LEAKY

EXEMPT = """\
project: shop
environments: {{dev: {{}}, prod: {{}}}}
buckets:
  files: {{prefixes: {{documents: {{path: documents/}}}}}}
access:
  app: {{trusts: lambda.amazonaws.com, read: files/documents}}
exemptions:
  - {{rule: versioning-enabled, {about}reason: can be made again, owner: platform, expires: {day}}}
"""
TODAY = date(2027, 1, 1)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def told(day: str, about: str = "bucket: files, ", today: date = TODAY) -> tuple[list[str], list[str]]:
    """The messages of the findings, and those of what ends soon."""
    contract = read(EXEMPT.format(day=day, about=about), "contract.yaml")
    environments = list(contract.environments.values())
    found = answer(contract, environments, _noon(today)).found
    assert {one.seen.severity for one in found} <= {"medium"}
    return (
        [one.problem.message for one in found],
        [problem.message for problem in ending_soon(contract, environments, today)],
    )


@pytest.mark.parametrize(
    ("day", "ended", "ends"),
    [
        pytest.param("2026-12-31", "ended on 2026-12-31", None, id="yesterday"),
        pytest.param("2001-01-01", "ended on 2001-01-01", None, id="long ago"),
        pytest.param("2027-01-01", None, "ends today, on 2027-01-01", id="today still holds"),
        pytest.param("2027-01-02", None, "ends in 1 day, on 2027-01-02", id="tomorrow"),
        pytest.param("2027-01-31", None, "ends in 30 days, on 2027-01-31", id="in thirty days"),
        pytest.param("2027-02-01", None, None, id="in thirty-one days"),
        pytest.param("9999-12-31", None, None, id="never, as good as"),
    ],
)
def test_what_is_said_depends_on_the_day(day: str, ended: str | None, ends: str | None) -> None:
    """Past its last day an exemption is a finding, within thirty days of it a note, before that nothing."""
    lead = "in dev and so in prod, the exemption from versioning-enabled for files "

    assert told(day) == (
        [f"{lead}{ended}"] if ended else [],
        [f"{lead}{ends}"] if ends else [],
    )


def test_the_last_day_of_the_calendar_is_survived() -> None:
    """No sum of days goes beyond what a calendar holds."""
    assert told("9999-12-31", today=date(9999, 12, 31))[0] == []


@pytest.mark.parametrize(
    ("about", "words"),
    [
        pytest.param("", "from versioning-enabled ended", id="everywhere"),
        pytest.param("bucket: files, prefix: documents, ", "for files/documents ended", id="a prefix"),
        pytest.param("role: app, ", "for role app ended", id="a role"),
        pytest.param("bucket: files, role: app, ", "for files for role app ended", id="both"),
    ],
)
def test_what_was_exempt_is_named(about: str, words: str) -> None:
    """The rule and what did not have to keep it stand in the message."""
    ((message,), _) = told("2026-01-01", about)

    assert words in message


def test_an_exemption_of_one_environment_is_placed_there() -> None:
    """What a delta says is found in the delta, and no other environment is named."""
    text = EXEMPT.format(day="2028-01-01", about="").replace(
        "prod: {}",
        "prod: {exemptions: [{rule: website-hosting, reason: long enough, owner: me, expires: 2026-01-01}]}",
    )
    contract = read(text, "contract.yaml")

    (found,) = answer(contract, list(contract.environments.values()), _noon(TODAY)).found

    assert (found.problem.line, found.problem.path) == (2, "exemptions.0.expires")
    assert found.problem.message.startswith("in prod, the exemption from website-hosting ended")
    assert found.problem.help == "agree on a later day with me, or remove it"


def test_findings_come_in_the_order_of_the_file() -> None:
    """Whatever they are about, the first in the file is the first told."""
    text = EXEMPT.format(day="2026-01-01", about="").partition("exemptions:\n")[2]
    contract = read(f"{LEAKY}exemptions:\n{text}", "contract.yaml")

    found = answer(contract, list(contract.environments.values()), _noon(TODAY)).found

    assert [one.seen.severity for one in found] == ["high", "medium"]
    assert [one.problem.line for one in found] == sorted(one.problem.line for one in found)


def contract_file(folder: Path, ends_in: timedelta) -> str:
    """A contract whose exemption ends that long after today."""
    file = folder / "contract.yaml"
    file.write_text(EXEMPT.format(day=(datetime.now(UTC) + ends_in).date(), about=""), "utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("days", "threshold", "code"),
    [
        pytest.param(-9, "high", 0, id="ended, below the threshold"),
        pytest.param(-9, "medium", 1, id="ended, at the threshold"),
        pytest.param(9, "low", 0, id="ending soon is no finding"),
        pytest.param(99, "low", 0, id="not ending soon"),
    ],
)
def test_check_reports_what_has_ended(days: int, threshold: str, code: int, tmp_path: Path) -> None:
    """By the machine's clock: a finding on stdout, a note on stderr, or nothing but the summary."""
    contract = contract_file(tmp_path, timedelta(days=days))

    result = run("check", "--contract", contract, "--fail-on", threshold)

    assert result.exit_code == code
    assert ("ended on" in result.stdout, "ends in" in result.stderr) == (days < 0, 0 < days < 30)
    assert ("1 finding (1 medium)" in result.stderr) == (days < 0)
    assert ("dev: 1 bucket" in result.stdout) == (days > 0)


def test_another_day_can_be_asked_about(tmp_path: Path) -> None:
    """The environment may say which day it is; anything but a day there is wrong use."""
    contract = contract_file(tmp_path, timedelta(days=99))

    def on(day: str) -> tuple[int, int]:
        result = run(
            "check", "--contract", contract, "--format", "json", environment={"BUCKETWRIGHT_TODAY": day}
        )
        return result.exit_code, len(json.loads(result.stdout or "[]"))

    assert (on("2001-01-01"), on("9999-12-31")) == ((0, 0), (0, 1))
    assert on("tomorrow") == (2, 0)
    assert (
        "BUCKETWRIGHT_TODAY: a day is needed, such as 2027-06-30"
        in run("check", "--contract", contract, environment={"BUCKETWRIGHT_TODAY": "9" * 10}).stderr
    )


def test_quiet_leaves_out_what_ends_soon(tmp_path: Path) -> None:
    """A note is a note."""
    assert run("check", "-q", "--contract", contract_file(tmp_path, timedelta(days=9))).stderr == ""


UNSAFE = """\
project: shop
environments: {{dev: {{}}, prod: {{}}}}
buckets:
  files:
    versioning: suspended
    prefixes: {{documents: {{path: documents/}}}}
rules: {{{rules}}}
{more}
"""


def _checked(tmp_path: Path, rules: str = "profile: fsbp", more: str = "", *words: str) -> Result:
    file = tmp_path / "contract.yaml"
    file.write_text(UNSAFE.format(rules=rules, more=more), "utf-8")
    return run("check", "--contract", str(file), "--fail-on", "medium", *words)


def test_a_broken_rule_is_told_at_its_line(tmp_path: Path) -> None:
    """With its id, how grave it is, what is wrong, in which environments, and how to mend it."""
    result = _checked(tmp_path)

    assert f"{tmp_path}/contract.yaml:5:5: buckets.files.versioning: versioning-enabled (medium): " in (
        result.stdout
    )
    assert ": in dev and so in prod, bucket files: versioning is suspended\n" in result.stdout
    assert "= help: Say `versioning: enabled` of the bucket." in result.stdout
    assert result.exit_code == 1


def test_json_names_the_rule(tmp_path: Path) -> None:
    """A script finds the rule by its id."""
    told = json.loads(_checked(tmp_path, "profile: fsbp", "", "--format", "json").stdout)

    assert {"versioning-enabled"} <= {one["rule"] for one in told}
    [one] = (one for one in told if one["rule"] == "versioning-enabled")
    assert (one["severity"], one["resource"], one["environments"], one["expected"]) == (
        "medium",
        "bucket:files",
        ["dev", "prod"],
        "versioning Enabled",
    )


def test_chosen_rules_are_judged_where_they_are_asked_for(tmp_path: Path) -> None:
    """By the contract's profile, by one that is named, by their ids; else a choice is nobody's fault."""
    assert "versioning-enabled" not in _checked(tmp_path, "").stdout
    assert "versioning-enabled" in _checked(tmp_path, "also: [versioning-enabled]").stdout
    assert "versioning-enabled" in _checked(tmp_path, "", "", "--profile", "fsbp").stdout


def test_an_exemption_ends_a_finding(tmp_path: Path) -> None:
    """What is exempted is no finding; an exemption from what is kept is noted."""
    entry = "exemptions: [{{rule: {rule}, reason: agreed upon, owner: platform, expires: 2100-01-01}}]"
    exempted = _checked(tmp_path, "also: [versioning-enabled]", entry.format(rule="versioning-enabled"))
    idle = _checked(tmp_path, "also: [versioning-enabled]", entry.format(rule="website-hosting"))

    assert "versioning-enabled" not in exempted.stdout
    assert "the exemption from website-hosting exempts nothing: the rule is kept" in idle.stderr


@pytest.mark.parametrize(
    ("rules", "path"),
    [
        pytest.param("also: [versioning-enable]", "rules.also.0", id="asked for"),
        pytest.param("enforcement: {versioning-enable: advisory}", "rules.enforcement", id="enforced"),
    ],
)
def test_an_unknown_rule_is_an_error(tmp_path: Path, rules: str, path: str) -> None:
    """It would never be judged, so nobody may rely on it; the nearest id is named."""
    result = _checked(tmp_path, rules)

    assert result.exit_code == 2
    assert f"{path}" in result.stdout
    assert "no rule is called 'versioning-enable'" in result.stdout
    assert "did you mean 'versioning-enabled'?" in result.stdout
