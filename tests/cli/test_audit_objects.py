"""`bucketwright audit --objects`: which engine looks, what a ledger, a sample and a budget change."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sandbox.drifts import Live
from tests.cli.auditing import SMALL, Audits, small_estate

BUCKET = "small-prod-letters"
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
WRONG = "old/wrong.pdf"


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    """The contract, deployed once, with objects in one of its buckets: one says a wrong type."""
    with small_estate() as there:
        s3 = there.client("s3")
        for number in range(5):
            key, stated = f"old/{number}.pdf", "application/pdf"
            s3.put_object(Bucket=BUCKET, Key=key, Body=b"x", ContentType=stated)
            there.server.set_object_date(BUCKET, key, LONG_AGO)
        s3.put_object(Bucket=BUCKET, Key=WRONG, Body=b"x", ContentType="text/html")
        there.server.set_object_date(BUCKET, WRONG, LONG_AGO)
        yield there


def of_objects(rows: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """What is said of what lies in the buckets."""
    return sorted((one["rule"], one["status"], one["key"]) for one in rows if one["key"])


def test_both_engines_tell_the_same(audit: Audits) -> None:
    """The fast one, which is the usual one, and the SDK's."""
    fast = audit.rows("--objects", "full", "--no-keep")
    slow = audit.rows("--objects", "full", "--engine", "sdk", "--no-keep")

    assert ("object-content-type-mismatch", "fail", WRONG) in of_objects(fast)
    assert len([one for one in of_objects(fast) if one[0] == "object-lifecycle-escapee"]) == 6
    assert [{**one, "first_seen": ""} for one in fast] == [{**one, "first_seen": ""} for one in slow]


def test_a_second_run_says_the_same_from_the_ledger(audit: Audits, tmp_path: Path) -> None:
    """What is known is not asked again, and nothing is lost by that."""
    ledger = str(tmp_path / "ledger")
    first = audit.rows("--objects", "full", "--ledger", ledger, "--no-keep")
    second = audit.rows("--objects", "changed", "--ledger", ledger, "--no-keep")

    assert of_objects(first) == of_objects(second)
    assert ("object-content-type-mismatch", "fail", WRONG) in of_objects(second)


def test_a_ledger_that_cannot_be_read_costs_no_report(audit: Audits, tmp_path: Path) -> None:
    """The same is found, the failure is one more thing that is not decided, of its bucket alone."""
    ledger = tmp_path / "ledger"
    words = ("--objects", "changed", "--ledger", str(ledger), "--no-keep")
    first = audit.rows(*words)
    [manifest] = ledger.glob(f"{BUCKET}-*/manifest.json")
    manifest.write_text("{nothing")
    result = audit.stack(*words, "--format", "jsonl", "--fail-on", "critical")
    rows = [json.loads(line) for line in result.stdout.splitlines()]

    assert of_objects(rows) == of_objects(first)
    [told] = [one for one in rows if (one["because"] or "").startswith("ledger: ")]
    assert told["status"] == "unknown"
    assert f"{ledger} could not be used: " in told["because"]
    assert f"{manifest.parent.name}/manifest.json" in told["because"]
    assert "`ledger forget`" in told["because"]
    assert result.exit_code == 3


def test_a_sample_of_everything_is_no_sample(audit: Audits) -> None:
    """So few objects are all drawn, and nothing is left unlooked at."""
    rows = audit.rows("--objects", "sample", "--no-keep")

    assert ("object-content-type-mismatch", "fail", WRONG) in of_objects(rows)
    assert not [one for one in rows if "by sample" in (one["because"] or "")]


def test_a_budget_that_is_spent_stops_the_run(audit: Audits) -> None:
    """What could not be asked is not decided, and the run does not end clean."""
    result = audit.stack("--objects", "full", "--budget", "3 calls", "--no-keep")

    assert "stopped at the budget of 3 calls, after 3 calls" in result.stdout
    assert result.exit_code == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["--ledger", "x"], "add --objects full", id="a ledger without objects"),
        pytest.param(["--budget", "5"], "add --objects full", id="a budget without objects"),
        pytest.param(["--objects", "changed"], "needs --ledger", id="changed since when?"),
        pytest.param(["--objects", "sample", "--ledger", "x"], "not kept in a ledger", id="a sample kept"),
        pytest.param(["--objects", "sample", "--engine", "sdk"], "leave out --engine", id="the SDK samples"),
        pytest.param(["--objects", "full", "--budget", "much"], "is no budget", id="no budget"),
        pytest.param(["--objects", "full", "--ledger", "ftp://x"], "is no ledger", id="no ledger"),
        pytest.param(["--objects", "full", "--engine", "abacus"], "abacus", id="no engine"),
    ],
)
def test_what_makes_no_sense_is_refused(audit: Audits, words: list[str], said: str) -> None:
    """In a sentence that says what would."""
    result = audit.stack(*words)

    assert said in result.stderr
    assert result.exit_code == 2


def test_what_would_cost_too_much_is_not_begun(audit: Audits) -> None:
    """The contract says how much lies there; the price of that is told, and nobody is asked."""
    usage = "old: {path: old/, expire: 9 days, usage: {average_object: 1 MB, stored: 1 TB}}"
    audit.contract.write_text(SMALL.replace("old: {path: old/, expire: 9 days}", usage), "utf-8")
    result = audit.stack("--objects", "full", "--budget", "0.01")

    assert "the budget is $0.01" in result.stderr
    assert "1,000,000 HEAD" in result.stderr
    assert "ACL" not in result.stderr
    assert result.stdout == ""
    assert result.exit_code == 2


def test_where_only_the_sdk_gets_through_that_is_said(audit: Audits, monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK looks, one line says why, and what only the fast engine does is refused."""
    monkeypatch.setattr("bucketwright.s3.wire.sending.unfit", lambda _: "a proxy stands between")
    result = audit.stack("--objects", "full", "--no-keep", "--format", "jsonl")
    refused = audit.stack("--objects", "sample")

    assert "looked at by the SDK, which takes longer: a proxy stands between" in result.stderr
    assert "object-content-type-mismatch" in result.stdout
    assert (refused.exit_code, "only the fast engine samples" in refused.stderr) == (2, True)
