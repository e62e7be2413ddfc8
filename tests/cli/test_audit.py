"""`bucketwright audit`: what it says of a sandbox, what it keeps, how it ends."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.cli.auditing import Audits
from tests.cli.running import run
from tests.sandbox.drifts.drifting import drifted


def test_what_was_deployed_has_no_findings(audit: Audits) -> None:
    """Nothing that fails; what this server cannot say keeps the run from being clean."""
    result = audit.stack()

    assert result.stdout.startswith("small/prod: no findings")
    assert result.exit_code in (0, 3)
    assert {one["status"] for one in audit.rows()} <= {"unknown"}


def test_a_drift_is_told_with_its_line_and_ends_with_1(audit: Audits) -> None:
    """One finding, with what it breaks inside."""
    with drifted("versioning-suspended", audit.live):
        result = audit.stack()
        [row] = [one for one in audit.rows() if one["status"] == "fail"]

    assert result.exit_code == 1
    assert "versioning is Suspended" in result.stdout
    assert (row["rule"], row["bucket"], row["facet"]) == ("config-drift", "small-prod-notes", "versioning")
    assert row["contract"]["line"] == 5
    assert [one["rule"] for one in row["consequences"]] == ["versioning-enabled"]
    assert (row["account"], row["region"]) == ("210987654321", "us-west-2")


@pytest.mark.parametrize(("mildest", "code"), [("critical", 0), ("high", 1), ("low", 1)])
def test_the_mildest_finding_that_matters_is_named(audit: Audits, mildest: str, code: int) -> None:
    """`--fail-on` changes nothing but the exit code."""
    with drifted("versioning-suspended", audit.live):
        result = audit.stack("--fail-on", mildest)

    assert "config-drift" in result.stdout
    assert result.exit_code == code


def test_without_a_stack_no_contract_is_needed(audit: Audits) -> None:
    """Any bucket by its name, by the rules alone."""
    with drifted("policy-deleted", audit.live, "letters"):
        result = audit("--bucket", "small-prod-letters", "--format", "jsonl", "--no-keep")
    rows = [json.loads(line) for line in result.stdout.splitlines()]

    assert {"tls-only"} <= {one["rule"] for one in rows if one["status"] == "fail"}
    assert {one["bucket"] for one in rows} == {"small-prod-letters"}
    assert {one["contract"] for one in rows} == {None}


def test_of_a_stack_one_bucket_by_the_word_of_its_contract(audit: Audits) -> None:
    """The word by which reports call it, too."""
    result = audit.stack("--bucket", "letters", "--format", "jsonl", "--all", "--no-keep")
    rows = [json.loads(line) for line in result.stdout.splitlines()]

    assert {one["bucket"] for one in rows} - {None} == {"small-prod-letters"}


def test_stdout_is_json_lines_alone(audit: Audits) -> None:
    """Also with notes and verdicts asked for."""
    result = audit.stack("--format", "jsonl", "--all", "-v")

    assert all(json.loads(line)["rule"] for line in result.stdout.splitlines())
    assert "pass" in {json.loads(line)["status"] for line in result.stdout.splitlines()}


def test_each_format_goes_into_its_file(audit: Audits, tmp_path: Path) -> None:
    """Whole, for the owner alone; what is left goes to stdout."""
    files = {name: tmp_path / f"report.{name}" for name in ("sarif", "markdown", "json", "jsonl", "text")}
    words = [word for name, path in files.items() for word in ("--format", name, "--out", str(path))]
    result = audit.stack(*words)

    assert result.stdout.startswith("small/prod: no findings")
    assert {stat.S_IMODE(path.stat().st_mode) for path in files.values()} == {0o600}
    assert json.loads(files["sarif"].read_text())["version"] == "2.1.0"
    assert json.loads(files["json"].read_text())["stack"] == "prod"
    assert files["markdown"].read_text().startswith("# small/prod\n")
    assert files["text"].read_text().startswith("small/prod: no findings")


def test_a_report_that_cannot_be_written_leaves_the_earlier_one(
    audit: Audits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file is half written."""
    path = tmp_path / "report.txt"
    path.write_text("earlier", "utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    result = audit.stack("--format", "text", "--out", str(path), "--no-keep")

    assert result.exit_code == 3
    assert "No space left on device" in result.stderr
    assert path.read_text("utf-8") == "earlier"
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_the_next_run_knows_what_is_new_and_what_is_fixed(audit: Audits) -> None:
    """Held against the run before."""
    audit.stack()
    with drifted("versioning-suspended", audit.live):
        first, again = audit.stack().stdout, audit.stack().stdout
        since = [one["first_seen"] for one in audit.rows() if one["status"] == "fail"]
    after = audit.stack().stdout

    assert "1 new and 0 fixed since" in " ".join(first.split())
    assert "0 new and 0 fixed since" in " ".join(again.split())
    assert "0 new and 1 fixed since" in " ".join(after.split())
    assert "config-drift: bucket notes: versioning" in after
    assert len(set(since)) == 1


def test_what_is_in_the_baseline_is_shown_and_does_not_count(audit: Audits, tmp_path: Path) -> None:
    """Until it gets worse."""
    baseline = str(tmp_path / "baseline.json")
    with drifted("versioning-suspended", audit.live):
        audit.stack("--write-baseline", baseline)
        accepted = audit.stack("--baseline", baseline)
        with drifted("policy-deleted", audit.live, "letters"):
            more = audit.stack("--baseline", baseline)

    assert accepted.stdout.startswith("small/prod: no findings")
    assert "1 accepted" in accepted.stdout
    assert accepted.exit_code != 1
    assert more.exit_code == 1


def _runs(audit: Audits) -> list[str]:
    return sorted(path.stem for path in (audit.runs / "runs").glob("*.json"))


def _written(path: Path) -> int:
    return path.stat().st_mtime_ns


def test_a_run_is_judged_again_from_what_was_kept(audit: Audits) -> None:
    """Without asking anybody: the drift is long gone."""
    with drifted("versioning-suspended", audit.live):
        audit.stack()
    [name] = _runs(audit)
    again = run(
        "audit",
        "--replay",
        name,
        "--runs",
        str(audit.runs),
        "--contract",
        str(audit.contract),
        "--format",
        "jsonl",
    )
    rows: list[dict[str, Any]] = [json.loads(line) for line in again.stdout.splitlines()]

    assert [one["rule"] for one in rows if one["status"] == "fail"] == ["config-drift"]
    assert _runs(audit) == [name]


def test_a_run_says_what_it_is_called_unless_it_is_to_be_quiet(audit: Audits) -> None:
    """One short line on stderr, with the name that `--replay` and `audit diff` take; none with `-q`."""
    result = audit.stack()
    [name] = _runs(audit)

    assert result.stderr == f"kept as run {name} in {audit.runs}\n"
    assert audit.stack("-q").stderr == ""
    assert audit("prod", "--no-keep").stderr == ""


def test_two_runs_are_compared(audit: Audits) -> None:
    """What is new in the later one, and what is fixed the other way round."""
    audit.stack()
    with drifted("versioning-suspended", audit.live):
        audit.stack()
    before, after = sorted(
        _runs(audit), key=lambda one: (audit.runs / "runs" / f"{one}.json").stat().st_mtime_ns
    )
    there = audit("diff", before, after, "--runs", str(audit.runs))
    back = audit("diff", after, before, "--runs", str(audit.runs), "--format", "json")

    assert there.exit_code == 1
    assert there.stdout.startswith("small/prod: 1 new, 0 fixed, 0 unchanged, from ")
    assert "  high config-drift: bucket notes: versioning is Suspended" in there.stdout
    assert back.exit_code == 0
    assert [one["rule"] for one in json.loads(back.stdout)["fixed"]] == ["config-drift"]


def test_where_nothing_can_be_kept_all_is_said_all_the_same(audit: Audits, tmp_path: Path) -> None:
    """With a note, and no run."""
    occupied = tmp_path / "occupied"
    occupied.mkdir()
    (occupied / "answers").write_text("", "utf-8")
    with drifted("versioning-suspended", audit.live):
        result = audit("prod", "--runs", str(occupied))

    assert result.exit_code == 1
    assert "nothing of this run is kept for the next" in result.stderr


def test_the_least_policy_is_printed(audit: Audits) -> None:
    """For the stack, or for the rules of a profile."""
    of_stack, of_rules = (audit("permissions", *words) for words in (("prod",), ()))

    for result in (of_stack, of_rules):
        assert result.exit_code == 0
        assert json.loads(result.stdout)["Version"] == "2012-10-17"
    assert "s3:GetBucketPolicy" in of_stack.stdout


NOWHERE = ("--endpoint-url", "http://127.0.0.1:9")
NOBODY = {
    "AWS_ACCESS_KEY_ID": "",
    "AWS_SECRET_ACCESS_KEY": "",
    "AWS_SESSION_TOKEN": "",
    "AWS_SHARED_CREDENTIALS_FILE": "/nowhere",
    "AWS_CONFIG_FILE": "/nowhere",
}


@pytest.mark.parametrize(
    ("words", "environment", "code", "said"),
    [
        pytest.param(["prod"], NOBODY, 3, "no credentials were found", id="no credentials"),
        pytest.param(["prod", *NOWHERE], {}, 3, "nothing answers there", id="endpoint down"),
        pytest.param(["--bucket", "no-such"], {}, 2, "there is no bucket 'no-such'", id="no bucket"),
        pytest.param(["--aws-profile", "me"], {}, 2, "there is no profile 'me'", id="no profile"),
        pytest.param(["prod", "--region", "Mars!"], {}, 2, "'Mars!' is no region", id="no region"),
        pytest.param(["--server", "oracle"], {}, 2, "no server is called 'oracle'", id="no server"),
        pytest.param(["--endpoint-url", "http://s3.test"], {}, 2, "http://s3.test", id="plain http"),
        pytest.param(["--assume-role", "admin"], {}, 2, "'admin' is no role", id="no role"),
        pytest.param(["staging"], {}, 2, "no environment 'staging'; there are: prod", id="no stack"),
        pytest.param(["--replay", "yesterday"], {}, 2, "no run 'yesterday' was kept", id="no run"),
        pytest.param(["--baseline", "/nowhere/b"], {}, 2, "/nowhere/b: No such file", id="no file"),
    ],
)
def test_what_keeps_a_run_from_being_one_is_a_sentence(
    audit: Audits, words: list[str], environment: dict[str, str], code: int, said: str
) -> None:
    """Which says what is wrong; nothing is on stdout."""
    result = audit(*words, "--runs", str(audit.runs), "--format", "jsonl", **environment)

    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert len([one for one in result.stderr.splitlines() if one]) <= 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--contract", "c.yaml"], "--contract needs STACK"),
        (["prod", "--all-buckets", "--bucket", "x"], "contradict each other"),
        (["prod", "--out", "x"], "has no --format"),
        (["prod", "--format", "text", "--format", "json"], "only one --format goes to stdout"),
        (["prod", "--format", "text", "--out", "nowhere/x"], "there is no folder nowhere"),
        (["prod", "--format", "text", "--out", "/dev/null"], "that is no file"),
        (["--replay", "x", "--bucket", "y"], "--replay judges what that run looked at"),
        (["--bucket", "../x"], "'../x' is no bucket's name"),
        (["--bucket", "arn:aws:s3:::files"], "name it without its ARN"),
    ],
)
def test_wrong_use_is_said_before_anything_is_asked(audit: Audits, words: list[str], said: str) -> None:
    """With exit code 2."""
    result = audit(*words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_the_environments_name_may_be_a_commands() -> None:
    """The help of both says which is which."""
    assert "Print the least policy" in run("audit", "permissions", "--help").stdout
    assert "bucketwright audit permissions" in run("audit", "permissions", "--help").stdout
