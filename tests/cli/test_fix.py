"""`bucketwright fix`: what it plans, what it makes where told to, what it keeps, how it ends."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest
from botocore.exceptions import ClientError
from click.testing import Result

from sandbox.accounts import account_of
from sandbox.drifts import Live, NoRoomError
from tests.cli.auditing import SMALL
from tests.cli.running import run
from tests.sandbox.drifts.drifting import drifted

EXEMPT: Final = """\
exemptions:
  - rule: object-content-type-default
    bucket: letters
    reason: read by a program that goes by names
    owner: post
    expires: 2099-01-01
"""


class Fixes:
    """The command, told where the sandbox is and where to keep what it did."""

    def __init__(self, live: Live, folder: Path) -> None:
        self.live, self.runs, self.contract = live, folder / "runs", folder / "contract.yaml"
        self.contract.write_text(SMALL, "utf-8")

    def __call__(self, *words: str) -> Result:
        clients = self.live.server.clients(
            account=account_of(self.live.environment), region=self.live.environment.region
        )
        told = {**dict.fromkeys(clients.unwanted, ""), **clients.environment}
        return run(
            "fix", *words, "--contract", str(self.contract), "--runs", str(self.runs), environment=told
        )

    def json(self, *words: str) -> dict[str, Any]:
        found = json.loads(self("prod", "--format", "json", *words).stdout)
        assert isinstance(found, dict)
        return found

    def versioning(self) -> object:
        client = self.live.client("s3", self.live.environment.region)
        return client.get_bucket_versioning(Bucket="small-prod-notes").get("Status")


@pytest.fixture
def fix(live: Live, tmp_path: Path) -> Fixes:
    return Fixes(live, tmp_path)


def test_without_apply_nothing_is_changed(fix: Fixes) -> None:
    """The plan has the exact call, what it ends, and what undoes it."""
    with drifted("versioning-suspended", fix.live):
        result = fix("prod")
        assert fix.versioning() == "Suspended"

    assert result.exit_code == 1
    assert "1. bucket:notes versioning" in result.stdout
    assert "ends  config-drift, versioning-enabled" in result.stdout
    assert 's3:PutBucketVersioning {"Bucket": "small-prod-notes"' in result.stdout
    assert "nothing was changed: --apply makes 1 change" in result.stdout
    assert not fix.runs.exists()


def test_with_apply_it_is_made_and_can_be_put_back(fix: Fixes) -> None:
    """What was there and each call are noted in a journal, and all is judged again."""
    with suppress(NoRoomError), drifted("versioning-suspended", fix.live):
        result = fix("prod", "--apply")
        assert fix.versioning() == "Enabled"
        [journal] = (fix.runs / "fixes").iterdir()
        back = fix("--undo", journal.stem, "--apply")
        twice = fix("--undo", journal.stem, "--apply")
        assert fix.versioning() == "Suspended"

    assert "made  bucket:notes versioning" in result.stdout
    assert "judged again: 1 finding before, 0 now" in result.stdout
    assert f"bucketwright fix --undo {journal}" in result.stderr
    assert (back.exit_code, "put back  bucket:notes versioning" in back.stdout) == (0, True)
    assert (twice.exit_code, "nothing to put back" in twice.stdout) == (0, True)
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    assert [one["is"] for one in lines] == [
        "run", "setting", "planned", "begin", "end", "finished", "undoing", "undone",
    ]  # fmt: skip
    assert lines[4]["calls"] == [{"operation": "PutBucketVersioning"}]


def test_a_setting_of_a_run_that_was_cut_off_is_planned_anew(fix: Fixes) -> None:
    """Whatever its journal knows of it: settings are looked at again, which takes few calls."""
    with suppress(NoRoomError), drifted("versioning-suspended", fix.live):
        fix("prod", "--apply")
        [journal] = (fix.runs / "fixes").iterdir()
        lines = journal.read_text().splitlines(keepends=True)
        journal.write_text(
            "".join(line for line in lines if json.loads(line)["is"] not in {"end", "finished"})
        )
        client = fix.live.client("s3", fix.live.environment.region)
        suspended = {"Status": "Suspended"}
        client.put_bucket_versioning(Bucket="small-prod-notes", VersioningConfiguration=suspended)

        result = fix("--resume", journal.stem, "--apply")

        assert (result.exit_code, fix.versioning()) == (0, "Enabled"), result.output
        assert "made  bucket:notes versioning" in result.stdout


def test_what_may_break_something_waits_to_be_wanted(fix: Fixes) -> None:
    """A safe change is made, the other is told and left."""
    with suppress(ClientError), drifted("block-deleted", fix.live):
        left = fix.json("--apply")
        made = fix.json("--apply", "--risky")

    assert [(one["fact"], one["wanted"]) for one in left["steps"]] == [("public_access_block", False)]
    assert "done" not in left
    assert [one["state"] for one in made["done"]] == ["made"]
    assert made["still"] == []


def test_what_others_added_stays_unless_it_is_to_go(fix: Fixes) -> None:
    """A drift by what others put there is left to people."""
    s3 = fix.live.client("s3", fix.live.environment.region)
    name = "small-prod-letters"
    own = s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"]
    theirs = {"ID": "theirs", "Status": "Enabled", "Filter": {"Prefix": "new/"}, "Expiration": {"Days": 90}}
    s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": [*own, theirs]})
    kept = fix.json("--apply", "--risky")
    gone = fix.json("--apply", "--risky", "--remove-undeclared")

    assert [(one["rule"], "others added" in one["why"]) for one in kept["left"]] == [
        ("lifecycle-matches-declared", True)
    ]
    assert (kept["steps"], gone["still"]) == ([], [])


def test_no_rule_takes_away_what_others_added(fix: Fixes) -> None:
    """Neither the drift's own fix nor that of a rule which the same statement breaks; one word takes both."""
    with suppress(NoRoomError), drifted("policy-for-a-stranger", fix.live):
        kept = fix.json("--apply", "--risky")
        planned = fix.json("--remove-undeclared")

    assert kept["steps"] == []
    assert {one["rule"]: "--remove-undeclared" in one["why"] for one in kept["left"]} == {
        "config-drift": True, "policy-unknown-account": True,
    }  # fmt: skip
    assert [(one["fact"], one["after"].startswith("no statement")) for one in planned["steps"]] == [
        ("policy", True)
    ]


def test_a_bucket_that_is_not_declared_is_left_alone(fix: Fixes) -> None:
    """By a contract nothing of it is planned, nor of what lies in it; without one its rules are fixed."""
    with drifted("bucket-undeclared", fix.live) as stranger:
        s3 = fix.live.client("s3", fix.live.environment.region)
        s3.put_object(Bucket=stranger.name, Key="a.png", Body=b"x", ContentType="text/html")
        left = fix.json("--apply", "--risky", "--objects", "full")
        rule = ("--bucket", stranger.name, "--rule", "lifecycle-abort-multipart")
        made = fix(*rule, "--apply", "--risky")
        s3.delete_object(Bucket=stranger.name, Key="a.png")

    assert left["steps"] == []
    rules = {one["rule"]: one["why"] for one in left["left"]}
    assert {"bucket-undeclared", "tls-only", "object-content-type-mismatch"} <= rules.keys()
    assert "adopt" in rules["tls-only"]
    assert f"made  bucket:{stranger.name} lifecycle" in made.stdout, made.output
    assert "then  rule 'bucketwright.abort-uploads' ends unfinished uploads after 7 days" in made.stdout


def test_what_is_exempt_inside_a_bucket_stays(fix: Fixes) -> None:
    """Neither planned nor counted; without the exemption it is."""
    s3 = fix.live.client("s3", fix.live.environment.region)
    told = {"Bucket": "small-prod-letters", "Key": "old/a.png"}
    s3.put_object(Body=b"x", ContentType="binary/octet-stream", **told)
    words = ("--objects", "full", "--rule", "object-content-type-default", "--bucket", told["Bucket"])
    planned = fix.json(*words)
    fix.contract.write_text(f"{SMALL}{EXEMPT}", "utf-8")
    exempt = fix.json(*words)
    s3.delete_object(**told)

    assert [one["address"] for one in planned["steps"]] == ["object:letters/old/a.png"]
    assert (exempt["steps"], exempt["left"]) == ([], [])


def test_only_the_rule_that_was_named(fix: Fixes) -> None:
    """Nothing else is planned."""
    with drifted("versioning-suspended", fix.live):
        assert fix.json("--rule", "tls-only")["steps"] == []
        assert [one["fact"] for one in fix.json("--rule", "versioning-enabled")["steps"]] == ["versioning"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("prod", "--rule", "tls-onyl"), "did you mean 'tls-only'?"),
        (("--undo", "nowhere"), "'nowhere': there is no such file, and no such run"),
        (("--resume", "nowhere"), "'nowhere': there is no such file, and no such run"),
        (("--undo", "a", "--rule", "tls-only"), "leave out STACK, --bucket, --rule"),
        (("prod", "--resume", "a"), "leave out STACK, --bucket, --rule"),
        (("--resume", "a", "--undo", "a"), "goes by a journal"),
        (("nowhere",), "nowhere"),
    ],
    ids=[
        "a misspelt rule",
        "nothing to undo",
        "nothing to resume",
        "an undo of a rule",
        "another stack",
        "both at once",
        "no such environment",
    ],
)
def test_wrong_use_is_a_sentence(fix: Fixes, words: tuple[str, ...], says: str) -> None:
    """And ends with 2."""
    result = fix(*words)

    assert (result.exit_code, says in result.stderr) == (2, True), result.stderr


def test_nobody_to_ask_is_a_sentence(fix: Fixes) -> None:
    """A server that is not there is named, and nothing else is said."""
    result = fix("prod", "--endpoint-url", "http://127.0.0.1:9")

    assert result.exit_code == 3
    assert "http://127.0.0.1:9" in result.stderr
    assert "Traceback" not in result.stderr
