"""What a sound contract has to answer for: exemptions that have ended, told from those that have not."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bucketwright.contract.loading import read
from cli.findings import ending_soon, findings
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


def told(day: str, about: str = "bucket: files, ", today: date = TODAY) -> tuple[list[str], list[str]]:
    """The messages of the findings, and those of what ends soon."""
    contract = read(EXEMPT.format(day=day, about=about), "contract.yaml")
    environments = list(contract.environments.values())
    found = findings(contract, environments, today)
    assert {one.severity for one in found} <= {"medium"}
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
        "prod: {exemptions: [{rule: some-rule, reason: long enough, owner: me, expires: 2026-01-01}]}",
    )
    contract = read(text, "contract.yaml")

    (found,) = findings(contract, list(contract.environments.values()), TODAY)

    assert (found.problem.line, found.problem.path) == (2, "exemptions.0.expires")
    assert found.problem.message.startswith("in prod, the exemption from some-rule ended")
    assert found.problem.help == "agree on a later day with me, or remove it"


def test_findings_come_in_the_order_of_the_file() -> None:
    """Whatever they are about, the first in the file is the first told."""
    text = EXEMPT.format(day="2026-01-01", about="").partition("exemptions:\n")[2]
    contract = read(f"{LEAKY}exemptions:\n{text}", "contract.yaml")

    found = findings(contract, list(contract.environments.values()), TODAY)

    assert [one.severity for one in found] == ["high", "medium"]
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
