"""`bucketwright audit diff`: what became of findings, of objects and uploads too, and what cannot be told."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from bucketwright.audited import unreadable
from bucketwright.findings import Finding, Subject
from bucketwright.reports.audit_kept import KeptAudit, KeptPart
from bucketwright.verdicts import Fault
from cli.audit_diff import (
    Between,
    Side,
    between,
    lines,
)
from cli.audit_extent import Extent
from cli.audit_refusals import UnlikeError
from sandbox.drifts import Live
from tests.cli.auditing import Audits
from tests.cli.running import run

BUCKET = "small-prod-letters"
WRONG = "old/wrong.pdf"
FULL = ("--objects", "full")


@pytest.fixture
def wrong_object(live: Live) -> Iterator[Callable[[], object]]:
    """Puts an object of which a rule says that its type is wrong."""
    s3 = live.client("s3")
    yield lambda: s3.put_object(Bucket=BUCKET, Key=WRONG, Body=b"x", ContentType="text/html")
    s3.delete_object(Bucket=BUCKET, Key=WRONG)


def named(result: Result) -> str:
    """The run, as the command says it."""
    [line] = [one for one in result.stderr.splitlines() if one.startswith("kept as run ")]
    return line.split()[3]


def diff(audit: Audits, before: str, after: str, *words: str) -> Result:
    """Without credentials or contract."""
    return run("audit", "diff", before, after, "--runs", str(audit.runs), *words)


def keys(rows: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(one["rule"], one["key"]) for one in rows}


@pytest.mark.parametrize("engine", ["fast", "sdk"])
def test_a_new_finding_of_an_object_is_new(
    audit: Audits, wrong_object: Callable[[], object], engine: str
) -> None:
    """It ends with 1, and it is fixed the other way round."""
    before = named(audit.stack(*FULL, "--engine", engine))
    wrong_object()
    after = named(audit.stack(*FULL, "--engine", engine))
    there, back = diff(audit, before, after), diff(audit, after, before, "--format", "json")

    assert there.exit_code == 1
    assert f"object-content-type-mismatch: object '{WRONG}' in bucket letters" in there.stdout
    assert ("object-content-type-mismatch", WRONG) in keys(json.loads(back.stdout)["fixed"])
    assert json.loads(back.stdout)["new"] == []


@pytest.mark.parametrize("engine", ["fast", "sdk"])
def test_a_version_that_is_overwritten_is_neither_fixed_nor_new(
    audit: Audits, live: Live, engine: str, tmp_path: Path
) -> None:
    """Its finding is known since then at its other address, and accepted if it was; it is fixed once it is
    gone."""
    s3, look = live.client("s3"), (*FULL, "--engine", engine)
    about = {"Bucket": "small-prod-notes", "Key": "notes/wrong.pdf"}
    first = s3.put_object(**about, Body=b"x", ContentType="text/html")["VersionId"]
    baseline = str(tmp_path / "baseline.json")
    before = named(audit.stack(*look, "--write-baseline", baseline))
    second = s3.put_object(**about, Body=b"x", ContentType="application/pdf")["VersionId"]
    [row] = [one for one in audit.rows(*look) if one["version_id"] == first]
    accepted = audit.rows(*look, "--baseline", baseline, "--all")
    marker = s3.delete_object(**about)["VersionId"]
    after = named(audit.stack(*look))
    for one in (first, second, marker):
        s3.delete_object(**about, VersionId=one)
    kept, lost = (
        json.loads(diff(audit, *names, "--format", "json").stdout)
        for names in ((before, after), (after, named(audit.stack(*look))))
    )

    assert (kept["new"], kept["fixed"], row["first_seen"]) == ([], [], kept["before"])
    assert row["fingerprint"] in kept["unchanged"]
    assert [one["status"] for one in accepted if one["fingerprint"] == row["fingerprint"]] == ["pass"]
    assert keys(lost["fixed"]) == {("object-content-type-mismatch", about["Key"])}


def test_an_upload_that_nobody_finished_is_new(audit: Audits, live: Live) -> None:
    """Uploads are always looked at, and compared as all else."""
    strict = ("--profile", "all")
    before = named(audit.stack(*strict))
    s3 = live.client("s3")
    upload = s3.create_multipart_upload(Bucket=BUCKET, Key="old/part")["UploadId"]
    try:
        later = audit.stack(*strict, BUCKETWRIGHT_TODAY="2030-01-01")
    finally:
        s3.abort_multipart_upload(Bucket=BUCKET, Key="old/part", UploadId=upload)
    found = diff(audit, before, named(later))

    assert "upload 'old/part' in bucket letters" in found.stdout
    assert found.exit_code == 1


def test_what_only_one_run_looked_at_is_left_out_and_said(
    audit: Audits, wrong_object: Callable[[], object]
) -> None:
    """An object that the earlier run did not look at is not new."""
    wrong_object()
    without, full = named(audit.stack()), named(audit.stack(*FULL))
    there, back = diff(audit, without, full), diff(audit, full, without)

    assert "0 new, 0 fixed" in there.stdout
    assert "of objects, which only the later run looked at" in there.stdout
    assert "0 new, 0 fixed" in back.stdout
    assert "of objects, which only the earlier run looked at" in back.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["--bucket", BUCKET], f"at bucket {BUCKET} by profile", id="a bucket"),
        pytest.param(["prod", "--bucket", BUCKET], f"at bucket {BUCKET} and stack small/prod", id="of it"),
        pytest.param(["prod", "--all-buckets"], "stack small/prod and all other buckets", id="all"),
        pytest.param(["prod", "--profile", "all"], "by profile all", id="other rules"),
        pytest.param(["prod", "--rule", "tls-only"], "by rule tls-only", id="one rule alone"),
    ],
)
def test_runs_that_did_not_look_at_the_same_are_not_compared(
    audit: Audits, words: list[str], said: str
) -> None:
    """A sentence says what each looked at, and nothing is called fixed."""
    one, other = named(audit.stack()), named(audit(*words, "--runs", str(audit.runs)))
    result = diff(audit, one, other)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "these runs cannot be compared" in result.stderr
    assert said in result.stderr


def test_a_run_that_kept_no_findings_is_not_compared(audit: Audits) -> None:
    """As those of earlier versions of this program are; a sentence says what helps."""
    name = named(audit.stack())
    index = audit.runs / "runs" / f"{name}.json"
    for found in (None, {"version": 9}):
        told = {**json.loads(index.read_text("utf-8")), "found": found or {}}
        index.write_text(json.dumps(told), "utf-8")
        result = diff(audit, name, name)

        assert (result.exit_code, result.stdout) == (2, "")
        assert "was not kept with it; audit again" in result.stderr


def test_what_lies_in_buckets_is_not_judged_again_where_it_was_not_kept(
    audit: Audits, wrong_object: Callable[[], object]
) -> None:
    """One line says so, in words; what the SDK was answered is kept, and judged again."""
    wrong_object()
    fast, slow = (named(audit.stack(*FULL, "--engine", engine)) for engine in ("fast", "sdk"))
    again, whole = (audit.stack("--replay", name) for name in (fast, slow))

    said = " ".join(again.stdout.split())
    assert said.count("what lies in the buckets was not kept of that run: 2 not decided") == 1
    assert "NotKept" not in again.stdout
    assert again.exit_code == 3
    assert "object-content-type-mismatch" in whole.stdout
    assert "not kept" not in whole.stdout


FILES = Subject("bucket", "bucket:files", "shop-prod-files")
TLS = Finding("tls-only", "fail", "high", FILES, (Fault("plain HTTP is let in"),), aspect="policy")
UNTOLD = Finding("not-evaluated", "unknown", "high", FILES, facts=("policy",), aspect="policy")
LATE = unreadable("1", "nobody answers")
DRIFT = Finding("config-drift", "fail", "high", FILES, aspect="policy", consequences=(TLS,))

CURRENT = Subject("object", "object:files/a", key="a", version_id="1")
OBJECT = Finding("object-sse-c", "fail", "low", CURRENT)
FORMER = replace(OBJECT, subject=replace(CURRENT, address="object:files@1/a"))
NEXT = replace(OBJECT, subject=replace(CURRENT, version_id="2"))


def side(*findings: Finding, account: str = "1", **extent: Any) -> Side:
    """A run that found this."""
    shown = {one.fingerprint: {"seen": "", "because": "denied"} for one in findings}
    part = KeptPart(account, findings, shown)
    kept = KeptAudit("shop", "prod", "baseline", (part,))
    return Side("run", datetime(2026, 11, 21, tzinfo=UTC), Extent(stack="prod", **extent), kept)


def became(found: Between) -> dict[str, list[str]]:
    """The rules of all that is said."""
    kinds = ("new", "fixed", "excused", "unchanged", "undecided")
    told = {kind: [one.finding.rule for one in getattr(found, kind)] for kind in kinds}
    return {kind: several for kind, several in told.items() if several}


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        pytest.param([], [TLS], {"new": ["tls-only"]}, id="new"),
        pytest.param([TLS], [], {"fixed": ["tls-only"]}, id="fixed"),
        pytest.param([TLS], [TLS], {"unchanged": ["tls-only"]}, id="unchanged"),
        pytest.param(
            [TLS], [replace(TLS, faults=(Fault("worse"),))], {"new": ["tls-only"]}, id="in a worse form"
        ),
        pytest.param([TLS], [replace(TLS, status="pass")], {"excused": ["tls-only"]}, id="exempted since"),
        pytest.param([replace(TLS, status="pass")], [TLS], {"new": ["tls-only"]}, id="exempted no more"),
        pytest.param([TLS], [UNTOLD], {"undecided": ["tls-only", "not-evaluated"]}, id="cannot be told now"),
        pytest.param([UNTOLD], [TLS], {"undecided": ["tls-only"]}, id="could not be told then"),
        pytest.param([UNTOLD], [], {}, id="told by now"),
        pytest.param([UNTOLD], [UNTOLD], {"undecided": ["not-evaluated"]}, id="never told"),
        pytest.param([TLS], [LATE], {"undecided": ["tls-only", "not-evaluated"]}, id="nothing told now"),
        pytest.param([LATE], [TLS], {"undecided": ["tls-only"]}, id="nothing told then"),
        pytest.param(
            [TLS], [DRIFT], {"new": ["config-drift"], "unchanged": ["tls-only"]}, id="inside another now"
        ),
        pytest.param([OBJECT], [FORMER], {"unchanged": [OBJECT.rule]}, id="overwritten"),
        pytest.param([FORMER], [OBJECT], {"unchanged": [OBJECT.rule]}, id="current again"),
        pytest.param(
            [OBJECT], [FORMER, NEXT], {"new": [OBJECT.rule], "unchanged": [OBJECT.rule]}, id="and no better"
        ),
        pytest.param(
            [FORMER, NEXT],
            [OBJECT],
            {"fixed": [OBJECT.rule], "unchanged": [OBJECT.rule]},
            id="the newer gone",
        ),
        pytest.param(
            [OBJECT], [replace(FORMER, status="pass")], {"excused": [OBJECT.rule]}, id="and exempted"
        ),
        pytest.param(
            [replace(OBJECT, status="unknown")], [FORMER], {"undecided": [OBJECT.rule]}, id="and told of"
        ),
        pytest.param(
            [DRIFT], [TLS], {"fixed": ["config-drift"], "unchanged": ["tls-only"]}, id="inside another then"
        ),
    ],
)
def test_each_finding_is_told_of_once(
    then: list[Finding], now: list[Finding], said: dict[str, list[str]]
) -> None:
    """Under what is known of it; never dropped because it cannot be told."""
    assert became(between(side(*then), side(*now))) == said


def test_what_a_name_holds_goes_to_the_terminal_harmless() -> None:
    """Every line is told with what it is about."""
    odd = replace(TLS, subject=Subject("object", "object:files/\x1b", key="\x1b"))
    told = list(lines(between(side(), side(odd))))

    assert told[0].startswith("shop/prod: 1 new, 0 fixed, 0 unchanged, from 2026-11-21 00:00 to ")
    assert "\x1b" not in told[-1]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(side(TLS, account="2"), id="account"),
        pytest.param(side(TLS, endpoint="http://localhost:9000"), id="endpoint"),
        pytest.param(side(TLS, buckets=("a",)), id="bucket"),
    ],
)
def test_another_place_is_refused_either_way(other: Side) -> None:
    """Nothing of one is held against the other."""
    for pair in ((side(TLS), other), (other, side(TLS))):
        with pytest.raises(UnlikeError, match="cannot be compared"):
            between(*pair)
