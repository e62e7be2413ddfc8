"""The checker sees each way to break its word, and nothing wrong in a run that keeps it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from bucketwright.calls import Answer, Call, Failure, Outcome
from tests.faults.invariants import (
    Ran,
    Report,
    Row,
    ended_in_time,
    nothing_half_written,
    nothing_invented,
    nothing_lost,
    only_read,
    rightly_ended,
    same_again,
)
from tests.faults.requests import Request

POLICY: Final = Call("s3", "GetBucketPolicy", {"Bucket": "files"})
EARLIER: Final = b"earlier"


def row(rule: str, status: str = "fail", **more: object) -> Row:
    """A line of a report."""
    usual: dict[str, object] = {
        "rule": rule, "status": status, "severity": "high", "bucket": "files", "key": None, "facet": "policy",
        "seen": "it is open", "because": "policy: denied", "consequences": [], "fingerprint": rule,
    }  # fmt: skip
    return {**usual, **more}


def ran(*rows: Row, code: int = 1, outcome: Outcome | None = None) -> Ran:
    """A run that said this, and kept one answer."""
    return Ran(
        code=code,
        stdout="".join(f"{json.dumps(one)}\n" for one in rows),
        stderr="",
        seconds=1.0,
        requests=(asked(),),
        outcomes={POLICY.identity: (POLICY, outcome or Answer({"Policy": "{}"}))},
        report=Report("json", b"{}", EARLIER),
        runs=Path(),
    )


def asked(method: str = "GET", path: str = "/files", body: bytes = b"", target: str = "") -> Request:
    return Request(method, path, {"policy": ""}, {"x-amz-target": target} if target else {}, body)


BLIND: Final = replace(
    ran(code=3),
    stderr="error: nothing answers there\n",
    outcomes={},
    report=Report("json", EARLIER, EARLIER),
)
"""A run that could not look."""
FOUND: Final = row("tls-only")
UNKNOWN: Final = row("tls-only", "unknown")
KEYED: Final = row("object-public", key="a", facet="acl")


def unread(because: str, **more: object) -> Row:
    return row("not-evaluated", "unknown", because=because, fingerprint="none", **more)


@pytest.mark.parametrize(
    ("calm", "found"),
    [
        pytest.param(FOUND, [FOUND], id="it is found again"),
        pytest.param(FOUND, [UNKNOWN], id="it is not known"),
        pytest.param(FOUND, [row("drift", consequences=[FOUND])], id="it follows from another"),
        pytest.param(FOUND, [unread("bucket: denied", bucket=None)], id="buckets could not be listed"),
        pytest.param(FOUND, [unread("policy, tags: denied")], id="its fact could not be read"),
        pytest.param(KEYED, [unread("objects: denied")], id="its list broke off"),
    ],
)
def test_what_is_known_or_unknown_is_not_lost(calm: Row, found: list[Row]) -> None:
    """Every finding is there, or something says that it cannot be known."""
    assert list(nothing_lost([calm], ran(*found))) == []


@pytest.mark.parametrize(
    ("calm", "found"),
    [
        pytest.param(FOUND, [], id="nothing is said"),
        pytest.param(FOUND, [row("tls-only", "pass")], id="it is said to be kept"),
        pytest.param(FOUND, [row("other", "unknown")], id="another rule is not known"),
        pytest.param(FOUND, [unread("tags: denied")], id="another fact could not be read"),
        pytest.param(FOUND, [unread("policy: denied", bucket="other")], id="that of another bucket"),
        pytest.param(FOUND, [unread("objects: denied")], id="only the objects could not be listed"),
        pytest.param(FOUND, [unread("trail: denied", bucket=None)], id="only the trails"),
        pytest.param(KEYED, [unread("acl: denied")], id="the bucket's own ACL"),
    ],
)
def test_what_is_lost_is_seen(calm: Row, found: list[Row]) -> None:
    """1."""
    assert [one[:2] for one in nothing_lost([calm], ran(*found))] == ["1:"]


def test_a_run_that_cannot_look_loses_nothing() -> None:
    """It says so with its exit code."""
    assert list(nothing_lost([FOUND], BLIND)) == []
    assert list(rightly_ended(ran(FOUND), BLIND, None)) == []
    assert list(nothing_half_written(BLIND)) == []


TRUE: Final = {POLICY.identity: True}
FALSE: Final = {POLICY.identity: False}


@pytest.mark.parametrize(
    ("one", "is_true", "by_truth", "expected"),
    [
        pytest.param(ran(FOUND), TRUE, ran(FOUND), [], id="nothing but the truth"),
        pytest.param(
            ran(row("stale-upload", key="a")), TRUE, ran(), [], id="of a key, as when nothing goes wrong"
        ),
        pytest.param(ran(row("other", key="a")), TRUE, ran(), ["2: invented"], id="of a key, and new"),
        pytest.param(ran(outcome=Failure("late")), FALSE, ran(), [], id="a failure is no answer"),
        pytest.param(ran(), FALSE, ran(), ["2: taken for an answer"], id="an answer nobody gave"),
        pytest.param(ran(FOUND), TRUE, ran(UNKNOWN), ["2: invented"], id="found without evidence"),
        pytest.param(
            ran(FOUND), TRUE, ran(row("tls-only", seen="else")), ["2: invented"], id="otherwise than so"
        ),
        pytest.param(
            ran(row("drift", "unknown", consequences=[FOUND])),
            TRUE,
            ran(),
            ["2: invented"],
            id="inside another",
        ),
    ],
)
def test_what_is_invented_is_seen(
    one: Ran, is_true: Mapping[str, bool], by_truth: Ran, expected: list[str]
) -> None:
    """2."""
    assert begins(nothing_invented(one, is_true, by_truth, [row("stale-upload", key="a"), FOUND])) == expected


def begins(found: Iterator[str]) -> list[str]:
    return [":".join(one.split(":")[:2]) for one in found]


@pytest.mark.parametrize(
    ("report", "is_sound"),
    [
        pytest.param(Report("json", b'{"a": 1}\n', EARLIER), True, id="whole JSON"),
        pytest.param(Report("jsonl", b'{"rule": "a"}\n{"rule": "b"}\n', EARLIER), True, id="whole lines"),
        pytest.param(Report("text", b"one\ntwo\n", EARLIER), True, id="whole text"),
        pytest.param(Report("json", b'{"a": ', EARLIER), False, id="half of JSON"),
        pytest.param(Report("jsonl", b'{"rule": "a"}\n{"ru', EARLIER), False, id="half a line"),
        pytest.param(Report("text", b"one\ntw", EARLIER), False, id="half a text"),
        pytest.param(Report("text", b"", EARLIER), False, id="an empty file"),
        pytest.param(Report("text", EARLIER, EARLIER), False, id="none at all"),
        pytest.param(Report("text", b"one\n", EARLIER, (".x.part",)), False, id="something left beside it"),
    ],
)
def test_half_a_report_is_seen(report: Report, is_sound: bool) -> None:
    """6."""
    found = list(nothing_half_written(replace(ran(), report=report)))

    assert [one[:2] for one in found] == ([] if is_sound else ["6:"])


@pytest.mark.parametrize(
    ("one", "is_sound"),
    [
        pytest.param(ran(FOUND), True, id="findings"),
        pytest.param(ran(UNKNOWN, code=3), True, id="something is not known"),
        pytest.param(ran(row("a", severity="low"), code=0), True, id="nothing grave"),
        pytest.param(ran(FOUND, code=0), False, id="clean with findings"),
        pytest.param(ran(UNKNOWN, code=0), False, id="clean, and something is not known"),
        pytest.param(ran(code=1), False, id="findings, and there are none"),
        pytest.param(ran(FOUND, code=2), False, id="wrong use"),
        pytest.param(replace(BLIND, code=2), False, id="blind, and called wrong use"),
        pytest.param(replace(BLIND, code=0), False, id="blind, and called clean"),
        pytest.param(replace(BLIND, stderr=""), False, id="blind, and silent"),
        pytest.param(replace(ran(FOUND), stderr="error: internal error: KeyError"), False, id="a mistake"),
    ],
)
def test_a_wrong_exit_code_is_seen(one: Ran, is_sound: bool) -> None:
    """7."""
    assert {found[:2] for found in rightly_ended(ran(code=0), one, ran(code=0))} == (
        set() if is_sound else {"7:"}
    )


@pytest.mark.parametrize(("calm", "by_truth"), [(1, 0), (0, 3)], ids=["calm", "by the truth"])
def test_clean_is_only_what_is_clean_by_the_truth(calm: int, by_truth: int) -> None:
    """7: a lie that makes a bucket look clean."""
    found = list(rightly_ended(ran(code=calm), ran(code=0), ran(code=by_truth)))

    assert found == ["7: clean, though not all was looked at"]


def test_a_run_that_lasts_is_seen() -> None:
    """8: too long, or the same asked again and again."""
    late = replace(ran(), seconds=39.0)
    eager = replace(ran(), requests=(asked(),) * 4)
    patient = replace(ran(), requests=(*[asked()] * 3, *[asked(path="/other")] * 3))

    assert begins(ended_in_time(ran(), late, 3)) == ["8: took 39.0 of 3 seconds"]
    assert begins(ended_in_time(ran(), eager, 3)) == ["8: asked 4 times"]
    assert begins(ended_in_time(ran(), patient, 3)) == []


@pytest.mark.parametrize(
    ("request_", "is_reading"),
    [
        (asked(), True),
        (asked("HEAD"), True),
        (asked("POST", "/", b"Action=ListRoles"), True),
        (asked("POST", "/", b"Action=AssumeRole"), True),
        (asked("POST", "/", target="Trail.DescribeTrails"), True),
        (asked("PUT"), False),
        (asked("DELETE"), False),
        (asked("POST", "/files"), False),
        (asked("POST", "/", b"Action=CreateRole"), False),
        (asked("POST", "/", b"Action=AssumeRoleWithSAML"), False),
        (asked("POST", "/", target="Kms.ScheduleKeyDeletion"), False),
        pytest.param(
            replace(asked("POST", "/"), headers={"content-length": "9"}),
            True,
            id="one that was cut off on its way",
        ),
    ],
    ids=lambda one: f"{one.method} {one.action}" if isinstance(one, Request) else str(one),
)
def test_a_call_that_writes_is_seen(request_: Request, is_reading: bool) -> None:
    """9."""
    assert bool(list(only_read(replace(ran(), requests=(request_,))))) != is_reading


@pytest.mark.parametrize(
    ("second", "is_same"),
    [
        pytest.param(ran(FOUND, UNKNOWN), True, id="the same"),
        pytest.param(ran(UNKNOWN, FOUND), False, id="in another order"),
        pytest.param(ran(FOUND), False, id="less"),
        pytest.param(replace(ran(FOUND, UNKNOWN), code=3), False, id="with another code"),
        pytest.param(
            replace(ran(FOUND, UNKNOWN), report=Report("json", b"[]", EARLIER)), False, id="another report"
        ),
    ],
)
def test_two_reports_of_one_state_are_the_same(second: Ran, is_same: bool) -> None:
    """10."""
    assert bool(list(same_again(ran(FOUND, UNKNOWN), second))) != is_same
