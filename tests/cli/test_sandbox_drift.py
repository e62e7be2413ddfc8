"""Drifts from the command line: one is injected into the sandbox that runs, or all are listed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.drifts import all_drifts
from sandbox.running import FOLDER, recall
from tests.cli.running import run

CONTRACT = """
project: shop
environments:
  dev: {account: 111122223333}
  prod: {account: 123456789012}
buckets:
  files: {versioning: enabled, prefixes: {notes: {path: "{env}/notes/"}}}
  logs: {purpose: access-logs}
access:
  loader: {trusts: lambda.amazonaws.com, read: files/notes}
"""


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder whose sandbox holds the second environment; it ends with the tests."""
    folder = tmp_path_factory.mktemp("deployed")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        (folder / "contract.yaml").write_text(CONTRACT, encoding="utf-8")
        assert run("sandbox", "up", "prod", "--no-engine").exit_code == 0
        yield folder
        run("sandbox", "down")


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without a sandbox."""
    monkeypatch.chdir(tmp_path)


def test_a_drift_is_injected_into_what_is_deployed(deployed: Path) -> None:
    """It happens in the environment that was deployed; what was before is said, and what is now."""
    result = run("sandbox", "drift", "acls-enabled", "--bucket", "logs")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "bucket:logs: shop-prod-logs",
        "  before: BucketOwnerEnforced",
        "  now: ObjectWriter",
        "acls-enabled changes bucket.ownership",
    ]


def objects() -> int:
    """How many the next command sees in the bucket."""
    [number] = re.findall(
        r"^  shop-prod-files: (\d+) objects? and 0 uploads$", run("sandbox", "status").stdout, re.MULTILINE
    )
    return int(number)


def test_the_next_command_sees_it(deployed: Path) -> None:
    """The sandbox keeps what was changed; an object is named with its bucket."""
    before = objects()
    injected = run("sandbox", "drift", "object-without-type")
    status = run("sandbox", "status")

    assert (
        injected.stdout.splitlines()[0] == "prefix:files/notes: shop-prod-files/prod/notes/without-type.pdf"
    )
    assert objects() == before + 1
    assert "  object-without-type at prefix:files/notes" in status.stdout.splitlines()


def test_a_drift_that_was_taken_back_is_listed_no_more(deployed: Path) -> None:
    """By whom, and how, does not matter."""
    run("sandbox", "drift", "abac-on", "--bucket", "logs")
    listed = run("sandbox", "status").stdout.splitlines()
    running = recall(FOLDER)
    assert running is not None
    s3 = running.server.clients(account=running.account, region=running.region).client("s3")
    s3.put_bucket_abac(Bucket="shop-prod-logs", AbacStatus={"Status": "Disabled"})
    status = run("sandbox", "status").stdout.splitlines()

    assert "  abac-on at bucket:logs" in listed
    assert "  abac-on at bucket:logs" not in status


def test_the_first_that_it_can_happen_to_is_changed(deployed: Path) -> None:
    """Where no bucket is named, the order of the contract decides."""
    assert run("sandbox", "drift", "website-on").stdout.startswith("bucket:files: shop-prod-files\n")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        pytest.param(
            "role-made-administrator",
            [
                "role:loader: shop-prod-loader",
                "  before: no policy that AWS writes",
                "  now: AdministratorAccess",
                "role-made-administrator changes role.managed",
            ],
            id="a role with a policy of AWS",
        ),
        pytest.param(
            "trail-stopped",
            [
                "trail:all-events: arn:aws:cloudtrail:us-west-2:123456789012:trail/all-events",
                "  before: it records",
                "  now: it does not",
                "trail-stopped changes trail.logging",
            ],
            id="the account's trail",
        ),
        pytest.param(
            "object-unencrypted",
            [
                "prefix:files/notes: shop-prod-files/prod/notes/unencrypted.pdf",
                "  before: encrypted",
                "  now: not encrypted at all",
                "object-unencrypted changes object.encryption",
            ],
            id="an object of before 2023",
        ),
    ],
)
def test_what_no_contract_makes_can_drift_too(deployed: Path, name: str, lines: list[str]) -> None:
    """Policies that AWS writes, the account's trail and old objects are there after a plain `up`."""
    result = run("sandbox", "drift", name)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == lines


def test_very_quiet_leaves_the_facts_out(deployed: Path) -> None:
    """With -qq only what happened is printed."""
    assert len(run("sandbox", "drift", "cors-opened", "-qq").stdout.splitlines()) == 3


def test_all_drifts_are_listed(nowhere: None) -> None:
    """Each on its line with its sentence; no sandbox is needed for that."""
    result = run("sandbox", "drift", "--list")

    *lines, total = result.stdout.splitlines()
    assert result.exit_code == 0
    assert [line.split(maxsplit=1) for line in lines] == [
        [one.name, one.says] for one in all_drifts().values()
    ]
    assert total == f"{len(lines)} drifts"


def test_on_a_terminal_the_list_is_folded(nowhere: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a drift does goes on below its beginning; nothing of it is lost."""
    piped = run("sandbox", "drift", "--list").stdout
    monkeypatch.setattr("cli.sandbox.terminal_width", lambda: 100)
    folded = run("sandbox", "drift", "--list").stdout

    names = max(len(one) for one in all_drifts())
    assert max(map(len, folded.splitlines())) <= 100 < max(map(len, piped.splitlines()))
    assert {line[: names + 2].strip() for line in folded.splitlines()[:-1]} == {"", *all_drifts()}
    assert folded.split() == piped.split()


def test_those_of_a_bucket_are_listed(deployed: Path) -> None:
    """Only what can happen to it."""
    result = run("sandbox", "drift", "--list", "--bucket", "logs")

    names = [line.split()[0] for line in result.stdout.splitlines()[:-1]]
    assert "block-deleted" in names
    assert {"versioning-suspended", "object-without-type", "role-trust-opened"} & set(names) == set()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param([], "name a drift, or list them with --list", id="nothing"),
        pytest.param(["website-on", "--list"], "name a drift, or list them with --list", id="both"),
        pytest.param(
            ["websit-on"], "there is no drift 'websit-on'; did you mean 'website-on'?", id="unknown"
        ),
        pytest.param(["\x1b[31m"], "there is no drift '\\x1b[31m'", id="hostile"),
        pytest.param(
            ["website-on", "--bucket", "file"],
            "prod has no bucket 'file'; did you mean 'files'?",
            id="unknown bucket",
        ),
        pytest.param(["--list", "--bucket", "x"], "there are: files, logs", id="unknown bucket to list"),
    ],
)
def test_wrong_names_are_wrong_use(deployed: Path, words: list[str], said: str) -> None:
    """With the nearest name, exit code 2 and nothing changed."""
    before = run("sandbox", "status").stdout
    result = run("sandbox", "drift", *words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert run("sandbox", "status").stdout == before


def test_a_drift_without_room_is_not_completed(deployed: Path) -> None:
    """What it needs is said, and the exit code is 3."""
    result = run("sandbox", "drift", "key-disabled")

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == (
        "error: key-disabled needs a bucket with a KMS key of its own; prod has nothing of the kind\n"
    )


@pytest.mark.parametrize("words", [["website-on"], ["--list", "--bucket", "files"]], ids=["drift", "list"])
def test_without_a_sandbox_nothing_can_drift(nowhere: None, words: list[str]) -> None:
    """Where none runs, it is said what starts one."""
    result = run("sandbox", "drift", *words)

    assert (result.exit_code, result.stdout) == (3, "")
    assert "'bucketwright sandbox up' starts one" in result.stderr


def test_a_sandbox_without_a_deployment_is_told(deployed: Path) -> None:
    """One whose deployment failed holds nothing that could drift."""
    state = deployed / ".sandbox" / "state.json"
    kept = state.read_text()
    state.write_text(kept.replace('"contract.yaml"', '""'))
    result = run("sandbox", "drift", "website-on")
    state.write_text(kept)

    assert (result.exit_code, result.stdout) == (3, "")
    assert "nothing is deployed in the sandbox" in result.stderr


def test_a_contract_that_broke_meanwhile_is_told(deployed: Path) -> None:
    """The file is read again, for it says what can drift."""
    file = deployed / "contract.yaml"
    file.write_text("project: [\n", encoding="utf-8")
    result = run("sandbox", "drift", "website-on")
    file.write_text(CONTRACT, encoding="utf-8")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "contract.yaml" in result.stderr
