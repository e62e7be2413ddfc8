"""`bucketwright plan --against REF --ledger URL`: which objects that are there a change hits."""

import json
import subprocess
from pathlib import Path
from typing import Final

import pytest

from audits.ledger.identity import BucketIdentity
from bucketwright.objects.lying import Lying
from tests.audits.kept_rows import keep
from tests.changes.lying import lying
from tests.cli.running import run

CONTRACT: Final = """
project: shop
region: us-east-1
environments: {prod: {account: 111122223333}}
buckets:
  files:
    prefixes:
      documents: {path: "{env}/documents/"}
      drafts: {path: "{env}/drafts/"}
access:
  app: {trusts: lambda.amazonaws.com, read: files/documents}
"""
TODAY: Final = {"BUCKETWRIGHT_TODAY": "2026-11-21"}
WORDS: Final = ("plan", "prod", "--against", "main", "--ledger", "kept")
GB: Final = 2**30


def _git(*words: str) -> None:
    identity = ("-c", "user.name=tests", "-c", "user.email=tests@example.org")
    subprocess.run(["git", *identity, *words], check=True, capture_output=True)  # noqa: S603, S607 - git, with words of these tests


@pytest.fixture
def _changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository that keeps all documents, and a change that does not and lets the app read drafts."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    file = tmp_path / "stacks" / "contract.yaml"
    file.parent.mkdir()
    file.write_text(CONTRACT)
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    _git("init", "--quiet", "--initial-branch", "main")
    _git("add", "--all")
    _git("commit", "--quiet", "--message", "one")
    shorter = CONTRACT.replace('"{env}/documents/"}', '"{env}/documents/", expire: 30 days}')
    file.write_text(shorter.replace("read: files/documents", "read: [files/documents, files/drafts]"))


def _name() -> str:
    """What the bucket is called."""
    resources = json.loads(run("plan", "prod", "--format", "json").stdout)["resources"]
    [name] = [one["inputs"]["bucket"] for one in resources if one["type"].startswith("aws:s3/bucket:Bucket")]
    return str(name)


def _rows() -> list[Lying]:
    return [
        lying("prod/documents/old", 100, 3 * GB),
        lying("prod/documents/young", 5, GB),
        lying("prod/drafts/one", 100, GB),
        lying("prod/drafts/\x1b[2Jtwo", 100, 0),
    ]


@pytest.mark.usefixtures("_changed")
def test_the_objects_that_are_hit_are_told() -> None:
    """Those that are deleted earlier, from the next midnight on, and those that somebody newly reads."""
    keep(Path("kept"), BucketIdentity(_name()), _rows())

    told = run(*WORDS, environment=TODAY).stdout

    assert (
        "  bucket:files 'files/documents': deletes 2 objects earlier, from 2026-11-22 on, 1 of them in "
        "the first night, 4.29 GB, $0.09 a month: 'prod/documents/old', 'prod/documents/young'\n"
    ) in told
    assert (
        "  role:app newly reads 2 existing keys of bucket:files, 1.07 GB, $0.02 a month: "
        "'prod/drafts/\\x1b[2Jtwo', 'prod/drafts/one'\n"
    ) in told
    assert "not counted" not in told


@pytest.mark.usefixtures("_changed")
def test_every_format_has_them() -> None:
    """The comment in its sections, JSON with every number."""
    keep(Path("kept"), BucketIdentity(_name()), _rows())

    comment = run(*WORDS, "--format", "markdown", environment=TODAY).stdout
    data = json.loads(run(*WORDS, "--format", "json", environment=TODAY).stdout)["changes"]["objects"]

    assert "deletes 2 objects earlier, from 2026-11-22 on" in comment
    assert [(one["objects"], one["bytes"], one["begins"]) for one in data["retention"]] == [
        (2, 4 * GB, "2026-11-22")
    ]
    assert [(one["who"], one["objects"]) for one in data["access"]] == [("role:app", 2)]
    assert data["not_listed"] == {}


@pytest.mark.usefixtures("_changed")
def test_what_the_ledger_does_not_know_is_said() -> None:
    """A ledger without the bucket makes no zeros, one that is old says so."""
    nothing = run(*WORDS, environment=TODAY).stdout
    keep(Path("kept"), BucketIdentity(_name()), _rows())
    later = run(*WORDS, environment={"BUCKETWRIGHT_TODAY": "2099-12-24"}).stdout

    assert (
        "Objects that are not counted\n  bucket:files: not known what lies in it, the ledger does not have"
        in nothing
    )
    assert "existing key" not in nothing
    assert "bucket:files: last listed on " in later
    assert "what changed since is not counted" in later


@pytest.mark.usefixtures("_changed")
@pytest.mark.parametrize(
    ("words", "problem"),
    [
        pytest.param(
            ("plan", "prod", "--ledger", "kept"), "--ledger needs --against REF", id="without a reference"
        ),
        pytest.param(
            (*WORDS[:-1], "stacks/contract.yaml"), "is a file, and a ledger is a folder", id="a file"
        ),
        pytest.param(
            (*WORDS[:-1], "ftp://x"), "is no ledger: name a folder, or s3://BUCKET/PREFIX", id="ftp"
        ),
    ],
)
def test_a_ledger_that_cannot_be_used_is_wrong_use(words: tuple[str, ...], problem: str) -> None:
    """It ends with 2 and says what would be one."""
    result = run(*words, environment=TODAY)

    assert result.exit_code == 2
    assert problem in result.stderr


@pytest.mark.usefixtures("_changed")
@pytest.mark.parametrize("damaged", ["*.parquet", "manifest.json"], ids=["a part", "a manifest"])
def test_a_damaged_ledger_is_said_to_be_one(damaged: str) -> None:
    """What is in it is not counted, all else of the change is told, and it ends with 3."""
    keep(Path("kept"), BucketIdentity(_name()), _rows())
    for part in Path("kept").rglob(damaged):
        part.write_bytes(b"PAR1" + b"\0" * 100)

    result = run(*WORDS, environment=TODAY)

    assert result.exit_code == 3
    assert "Traceback" not in result.stderr
    assert "Objects that are not counted\n  bucket:files: not known what lies in it" in result.stdout
    assert "the ledger cannot be read: " in result.stdout
    assert "`ledger forget` takes it away" in result.stdout
    assert "newly reads 2 existing keys" not in result.stdout
    assert "role:app read on bucket:files gains" in result.stdout
