"""`bucketwright space`: how much lies where, from a ledger or from a bucket that is listed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from audits.ledger.identity import BucketIdentity
from bucketwright.contract.loading import read
from bucketwright.objects.lying import Lying
from sandbox.accounts import account_of
from sandbox.drifts import Live
from tests.audits.kept_rows import keep
from tests.changes.lying import lying
from tests.cli.running import run
from tests.sandbox.drifts.deploying import deployed, sandbox

CONTRACT: Final = """\
project: small
region: us-east-1
environments: {prod: {account: "210987654321"}}
buckets:
  notes: {versioning: enabled, prefixes: {notes: {path: notes/}}}
"""
NAME: Final = "small-prod-notes"
TODAY: Final = {"BUCKETWRIGHT_TODAY": "2026-11-21"}
GB: Final = 2**30
ROWS: Final[tuple[Lying, ...]] = (
    lying("notes/a", 5, 3 * GB)._replace(version_id="2"),
    lying("notes/a", 50, GB)._replace(version_id="1", is_latest=False),
    lying("notes/b", 500, GB)._replace(storage_class="GLACIER"),
    lying("tmp/\x1b[2J/x", 5, 0),
    lying("tmp/m", 5, 0)._replace(is_marker=True),
)


@pytest.fixture
def kept(tmp_path: Path) -> str:
    """A ledger with a bucket of the contract."""
    keep(tmp_path / "kept", BucketIdentity(NAME), ROWS)
    return str(tmp_path / "kept")


@pytest.fixture
def contract(tmp_path: Path) -> str:
    """The contract's file."""
    file = tmp_path / "contract.yaml"
    file.write_text(CONTRACT, "utf-8")
    return str(file)


def test_a_ledger_is_shown_as_tables(kept: str, contract: str) -> None:
    """Every number under its title, keys harmless, in 80 columns."""
    result = run("space", "prod", "--contract", contract, "--ledger", kept, environment=TODAY)

    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[0].startswith(f"{NAME} in us-east-1, by the ledger, listed on ")
    assert lines[1:16] == [
        "                                                objects        size      a month",
        "    objects that readers get                          3     4.29 GB        $0.07",
        "    old versions                                      1     1.07 GB        $0.02",
        "    delete markers                                    1",
        "  by prefix",
        "    notes/notes                                       3     5.37 GB        $0.10",
        "    keys under 'tmp/'                                 1         0 B        $0.00",
        "  by storage class",
        "    STANDARD                                          3     4.29 GB        $0.09",
        "    GLACIER                                           1     1.07 GB       <$0.01",
        "  by age",
        "    up to 7 days                                      2     3.22 GB        $0.07",
        "    31 to 90 days                                     1     1.07 GB        $0.02",
        "    1 to 3 years                                      1     1.07 GB       <$0.01",
        "",
    ]
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in result.stdout


def test_tables_are_cut_and_summed(kept: str) -> None:
    """Without a contract keys count by their path; what is beyond the top is one line."""
    result = run("space", "--ledger", kept, "--depth", "2", "--top", "1", environment=TODAY)

    assert "keys under 'notes/'                               3     5.37 GB        $0.10\n" in result.stdout
    assert "and 1 more                                        1         0 B        $0.00\n" in result.stdout
    assert "1 to 3 years" in result.stdout, "ages are few, and never cut"


@pytest.mark.requirement("TC-6")
def test_scripts_get_everything(kept: str, contract: str) -> None:
    """Bytes and dollars without rounding, prefixes told apart from paths."""
    result = run(
        "space", "prod", "--contract", contract, "--ledger", kept, "--format", "json", environment=TODAY
    )

    [bucket] = json.loads(result.stdout)["buckets"]
    assert (bucket["name"], bucket["region"], bucket["missing"]) == (NAME, "us-east-1", [])
    assert bucket["old_versions"] == {"objects": 1, "bytes": GB, "monthly": "0.023000000000"}
    assert (bucket["delete_markers"], bucket["unfinished_uploads"]) == (1, None)
    assert [(one["name"], one["declared"], one["objects"]) for one in bucket["by_prefix"]] == [
        ("notes/notes", True, 3),
        ("tmp/", False, 1),
    ]
    assert [one["name"] for one in bucket["by_age"]] == ["up to 7 days", "31 to 90 days", "1 to 3 years"]


def test_a_bucket_that_the_ledger_lacks_is_said(kept: str) -> None:
    """It is no empty bucket, and the run is not complete."""
    result = run("space", "--ledger", kept, "--bucket", "other", "--bucket", NAME, environment=TODAY)

    assert result.exit_code == 3
    assert (
        "other, priced as in us-east-1\n  not counted: the ledger does not have the bucket other\n"
        in result.stdout
    )
    assert "objects that readers get                          3" in result.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [((), f"{NAME}, priced as in us-east-1, by"), (("--region", "eu-west-1"), f"{NAME} in eu-west-1, by")],
    ids=["nobody says it", "said by an option"],
)
def test_a_region_that_nobody_says_is_not_told_as_a_fact(
    kept: str, words: tuple[str, ...], told: str
) -> None:
    """A ledger does not know where its buckets are."""
    text = run("space", "--ledger", kept, *words, environment=TODAY).stdout
    data = json.loads(run("space", "--ledger", kept, *words, "--format", "json", environment=TODAY).stdout)

    assert text.startswith(told)
    assert [one["region"] for one in data["buckets"]] == [words[1] if words else None]


def test_several_buckets_have_a_sum(kept: str) -> None:
    """Each with its own tables, and the sum at the end."""
    keep(Path(kept), BucketIdentity("second"), [lying("x", 1, GB)])

    result = run("space", "--ledger", kept, environment=TODAY)

    assert (
        "    2 buckets                                         5     6.44 GB        $0.12\n" in result.stdout
    )


def test_a_class_without_a_price_is_said(kept: str) -> None:
    """The bytes are told all the same."""
    keep(Path(kept), BucketIdentity("odd"), [lying("x", 1, GB)._replace(storage_class="NEW")])

    result = run("space", "--ledger", kept, "--bucket", "odd", environment=TODAY)

    assert (
        "    NEW                                               1     1.07 GB     no price\n" in result.stdout
    )


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        pytest.param((), "which buckets? Name STACK, --bucket, or a --ledger", id="nothing to look at"),
        pytest.param(
            ("--ledger", "x", "--server", "aws"), "leave out --server", id="a ledger asks no server"
        ),
        pytest.param(("--ledger", "nowhere"), "nothing is kept in nowhere", id="an empty ledger"),
        pytest.param(("--ledger", "ftp://x"), "is no ledger", id="no ledger"),
        pytest.param(
            ("--bucket", "b", "--assume-role", "arn:1", "--assume-role", "arn:2"),
            "one account",
            id="two roles",
        ),
    ],
)
def test_wrong_use_is_said(
    words: tuple[str, ...], problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends with 2, in a sentence."""
    monkeypatch.chdir(tmp_path)

    result = run("space", *words)

    assert result.exit_code == 2
    assert problem in result.stderr


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    """The contract, deployed once, with something in its bucket."""
    with sandbox() as server:
        yield _filled(deployed(server, read(CONTRACT, "contract.yaml").environments["prod"]))


def _filled(live: Live) -> Live:
    s3: Any = live.client("s3")
    for key, body in (("notes/a", b"12345"), ("notes/a", b"1234567"), ("other/b", b""), ("gone", b"1")):
        s3.put_object(Bucket=NAME, Key=key, Body=body)
    s3.delete_object(Bucket=NAME, Key="gone")
    upload = s3.create_multipart_upload(Bucket=NAME, Key="notes/u")["UploadId"]
    s3.upload_part(Bucket=NAME, Key="notes/u", UploadId=upload, PartNumber=1, Body=b"123")
    return live


def _asked(live: Live, *words: str, command: str = "space") -> Any:
    clients = live.server.clients(account=account_of(live.environment), region=live.environment.region)
    environment = {**dict.fromkeys(clients.unwanted, ""), **clients.environment}
    return run(command, *words, environment=environment)


def test_an_audit_keeps_what_a_list_shows(live: Live, contract: str, tmp_path: Path) -> None:
    """Read from the ledger of an audit it is the same as listed now, unfinished uploads too."""
    ledger, words = str(tmp_path / "kept"), ("prod", "--contract", contract)
    audit = ("--objects", "full", "--ledger", ledger, "--runs", str(tmp_path / "runs"))
    assert _asked(live, *words, *audit, command="audit").exit_code in {0, 1, 3}

    [now] = json.loads(_asked(live, *words, "--format", "json").stdout)["buckets"]
    [then] = json.loads(run("space", *words, "--ledger", ledger, "--format", "json").stdout)["buckets"]

    own = {"basis", "by_prefix"}
    assert {name: value for name, value in then.items() if name not in own} == {
        name: value for name, value in now.items() if name not in own
    }
    assert sorted(then["by_prefix"], key=str) == sorted(now["by_prefix"], key=str)


def test_a_broken_bucket_does_not_hide_the_others(kept: str, contract: str) -> None:
    """They are counted; what is broken is not, and why is said with what to do."""
    broken = BucketIdentity("other")
    keep(Path(kept), broken, ROWS)
    (Path(kept) / broken.folder / "manifest.json").write_text("{nothing")

    whole = run("space", "prod", "--contract", contract, "--ledger", kept, environment=TODAY)
    every = run("space", "--ledger", kept, "--format", "json", environment=TODAY)
    named = run("space", "--ledger", kept, "--bucket", "other", environment=TODAY)

    assert (whole.exit_code, every.exit_code, named.exit_code) == (0, 3, 3)
    assert [one["name"] for one in json.loads(every.stdout)["buckets"]] == [NAME, broken.folder]
    assert "`ledger forget` takes it away" in " ".join(named.stdout.split())


def test_a_bucket_is_listed(live: Live, contract: str) -> None:
    """Versions, the marker and the upload, as they lie there now."""
    result = _asked(live, "prod", "--contract", contract, "--format", "json")

    [bucket] = json.loads(result.stdout)["buckets"]
    assert result.exit_code == 0
    assert (bucket["basis"], bucket["missing"]) == ("a list of now", [])
    assert (bucket["current"]["objects"], bucket["current"]["bytes"]) == (2, 7)
    assert (bucket["old_versions"]["objects"], bucket["old_versions"]["bytes"]) == (2, 6)
    assert bucket["delete_markers"] == 1
    assert bucket["unfinished_uploads"] == {"count": 1, "bytes": 3, "of_unknown_size": 0}
    assert {one["name"] for one in bucket["by_prefix"]} == {"notes/notes", "other/", ""}


def test_a_bucket_that_is_not_there_is_said(live: Live) -> None:
    """No table, a reason, and a run that is not complete."""
    result = _asked(live, "--bucket", "nobody-has-this-one")

    assert result.exit_code == 3
    assert "not counted: HeadBucket: " in result.stdout


def test_a_server_that_is_not_there_is_said() -> None:
    """Nobody answers: a reason, and no table."""
    environment = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_MAX_ATTEMPTS": "1"}
    words = ("--bucket", NAME, "--server", "aws", "--endpoint-url", "http://127.0.0.1:9")

    result = run("space", *words, environment=environment)

    assert result.exit_code == 3
    assert "not counted: HeadBucket: the server cannot be reached" in result.stdout
    assert "objects" not in result.stdout
