"""`bucketwright plan --against`: the report of a pull request."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from bucketwright.verdicts import SEVERITIES
from tests.cli.running import run

CONTRACT: Final = """
project: shop
region: us-west-2
environments: {prod: {account: 111122223333}}
buckets:
  files:
    versioning: enabled
    prefixes:
      documents:
        path: "{env}/documents/"
        expire: 30 days
        noncurrent: {expire: 1 day}
        usage: {average_object: 1 MB, added: 100 GB}
      drafts: {path: "{env}/drafts/"}
access:
  app: {trusts: lambda.amazonaws.com, read: files/documents}
"""
Edit = Callable[[str, str], None]


def _git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=tests", "-c", "user.email=tests@example.org")
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)  # noqa: S603, S607 - git, with words of these tests


@pytest.fixture
def edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edit:
    """A repository with the contract committed on main; the function changes the file after that."""
    file = tmp_path / "stacks" / "contract.yaml"
    file.parent.mkdir()
    file.write_text(CONTRACT)
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    _git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    _git(tmp_path, "add", "--all")
    _git(tmp_path, "commit", "--quiet", "--message", "one")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")

    def changed(old: str, new: str) -> None:
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))

    return changed


def test_a_change_is_told_with_its_consequences(edit: Edit) -> None:
    """A new finding stands at its line; access, retention and cost are told with an example and a date."""
    edit("versioning: enabled", "versioning: suspended")
    edit("expire: 30 days", "expire: 5 days")
    edit("read: files/documents", "read: [files/documents, files/drafts]")
    told = run(
        "plan",
        "prod",
        "--against",
        "main",
        "--profile",
        "all",
        environment={"BUCKETWRIGHT_TODAY": "2026-11-21"},
    ).stdout

    assert (
        "stacks/contract.yaml:7:5: versioning-enabled (medium, warns): bucket files: versioning is suspended"
        in told
    )
    assert "role:app read on bucket:files gains 'prod/drafts/*', such as 'prod/drafts/" in told
    assert "delete after 5 days, was after 30 days; the first on 2026-11-22" in told
    assert "~ s3.BucketVersioning files: versioningConfiguration" in told
    assert "a month" in told


def test_nothing_changed_is_nothing_new(edit: Edit) -> None:
    """The same contract makes no section but the verdict, and ends well."""
    result = run("plan", "prod", "--against", "HEAD")

    assert result.stdout.count("\n") == 1
    assert "0 new and 0 fixed since HEAD" in result.stdout


def test_what_was_mended_is_said(edit: Edit) -> None:
    """A finding of the other commit that is gone counts as fixed."""
    edit("versioning: enabled", "versioning: suspended")
    _git(Path.cwd(), "commit", "--all", "--quiet", "--message", "two")
    edit("versioning: suspended", "versioning: enabled")
    told = run("plan", "prod", "--against", "main", "--profile", "all").stdout

    assert "Fixed\n  versioning-enabled: bucket files\n" in told


def test_only_new_findings_end_with_1_where_that_is_asked(edit: Edit) -> None:
    """What was there before is told, and does not fail the run."""
    edit("versioning: enabled", "versioning: suspended")
    words = ("plan", "prod", "--against", "main", "--profile", "all", "--fail-on", "low")
    new = run(*words, "--only-new")
    _git(Path.cwd(), "commit", "--all", "--quiet", "--message", "two")
    known, only_new = run(*words), run(*words, "--only-new")

    assert new.exit_code == 1
    assert known.exit_code == 1
    assert only_new.exit_code != 1
    assert "Findings as before" in only_new.stdout


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        pytest.param("markdown", "<!-- bucketwright:shop/prod:v1 -->", id="a comment"),
        pytest.param("sarif", '{\n  "$schema": "https://json.schemastore.org/sarif-2.1.0.json"', id="SARIF"),
        pytest.param("json", '{\n  "version": 1,\n  "project": "shop"', id="JSON"),
    ],
)
def test_every_format_holds_the_finding(edit: Edit, form: str, begins: str) -> None:
    """The same finding at the same line, whoever reads it."""
    edit("versioning: enabled", "versioning: suspended")
    told = run("plan", "prod", "--against", "main", "--profile", "all", "--format", form).stdout

    assert told.startswith(begins)
    assert "versioning-enabled" in told
    if form == "sarif":
        [result] = [
            one for one in json.loads(told)["runs"][0]["results"] if one["ruleId"] == "versioning-enabled"
        ]
        where = result["locations"][0]["physicalLocation"]
        assert (where["artifactLocation"]["uri"], where["region"]["startLine"]) == ("stacks/contract.yaml", 7)


def test_a_new_exemption_is_called_out(edit: Edit) -> None:
    """Whoever reviews sees that something is exempted, why, by whom and until when."""
    edit("versioning: enabled", "versioning: suspended")
    edit(
        "access:",
        "exemptions: [{rule: versioning-enabled, bucket: files, reason: can be made again, owner: platform,"
        " expires: 2027-06-30}]\naccess:",
    )
    told = run("plan", "prod", "--against", "main", "--profile", "all", "--format", "markdown").stdout

    assert "New exemptions (1)" in told
    assert "can be made again" in told
    assert "0 new" in told


def test_what_blocks_and_is_grave_comes_first(edit: Edit) -> None:
    """Whoever reads only the first lines reads the worst, whatever the names of the rules."""
    edit("versioning: enabled", "versioning: suspended")
    edit("environments:", "rules: {enforcement: {versioning-enabled: mandatory}}\nenvironments:")
    told = run("plan", "prod", "--against", "main", "--profile", "all", "--format", "json").stdout
    findings = [one for one in json.loads(told)["findings"] if one["status"] == "fail"]
    weights = [(not one["blocks"], SEVERITIES.index(one["severity"])) for one in findings]

    assert weights == sorted(weights)
    assert len(set(weights)) > 2
    assert "versioning-enabled" in {one["rule"] for one in findings if one["blocks"]}


def test_what_is_lost_is_told(edit: Edit) -> None:
    """A bucket that goes is not only a line among the resources."""
    edit("  files:\n    versioning", "  papers:\n    versioning")
    edit("files/documents", "papers/documents")
    words = ("plan", "prod", "--against", "main")
    lost = "bucket 'shop-prod-files' is deleted; the deployment fails while an object is in it"

    assert f"Lost for good\n  {lost}\n" in run(*words).stdout
    assert f"#### Lost for good (1)\n\n- {lost}\n" in run(*words, "--format", "markdown").stdout


def test_another_region_is_told_as_a_loss(edit: Edit) -> None:
    """Every bucket is made anew there; who reaches which keys stays as it was, and each value is told."""
    edit("region: us-west-2", "region: eu-west-1")
    told = run("plan", "prod", "--against", "main").stdout

    assert (
        "Lost for good\n  another bucket, 'shop-prod-files' in eu-west-1, takes the place of"
        " 'shop-prod-files' in us-west-2, which is deleted; the deployment fails while an object is in it\n"
    ) in told
    assert "Retention\n  bucket:files: all objects stay, and while there is one the bucket cannot" in told
    assert "  ~ s3.Bucket files: region 'us-west-2' -> 'eu-west-1'\n" in told
    assert "Access\n" not in told


def test_another_name_changes_nobodys_access(edit: Edit) -> None:
    """Keys are held against keys, whatever the bucket is called on either side."""
    edit("  files:\n", "  files:\n    name: papers-of-prod\n")
    told = run("plan", "prod", "--against", "main").stdout

    assert "another bucket, 'papers-of-prod', takes the place of 'shop-prod-files'" in told
    assert "Access\n" not in told


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        pytest.param("nowhere", "no commit 'nowhere'", id="no such commit"),
        pytest.param("--output=x", "no commit '--output=x'", id="an option in its place"),
    ],
)
def test_an_unknown_commit_is_wrong_use(edit: Edit, reference: str, message: str) -> None:
    """It is named, and nothing is compared or written."""
    result = run("plan", "prod", f"--against={reference}")

    assert result.exit_code == 2
    assert message in result.stderr
    assert not Path("x").exists()


def test_a_contract_that_was_not_there_makes_everything_new(edit: Edit) -> None:
    """The first contract of a repository is compared with nothing, and that is said."""
    Path("stacks/contract.yaml").rename("contract.yaml")
    result = run("plan", "prod", "--against", "main")

    assert "main:contract.yaml is not there: everything counts as new" in result.stderr
    assert "+ s3.Bucket files" in result.stdout
