"""Did a run keep its word, whatever went wrong? Checked on what it said, kept and asked."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from bucketwright.calls import Call, Outcome
from tests.faults.requests import Request

Row: TypeAlias = Mapping[str, Any]
"""A line of `--format jsonl`, as docs/audit.md describes it."""
ATTEMPTS: Final = 3
SLACK_SECONDS: Final = 30.0
SLACK_RUNS: Final = 4
"""For what comes after the last answer, judging and writing: by the clock, and by what a calm run takes on
this machine, which may have much else to do."""
_GRAVE: Final = frozenset({"critical", "high"})
_READING: Final = re.compile("(BatchGet|Describe|Get|List|Lookup|Simulate)[A-Z]|AssumeRole$")
_METHODS: Final = frozenset({"GET", "HEAD"})
_NOT_EVALUATED: Final = "not-evaluated"
_CONTENTS: Final = frozenset({"unfinished uploads", "objects"})
_EVERYTHING: Final = frozenset({"the account", "bucket"})
"""Of an account: what could not be looked at where all of it may be hidden."""


@dataclass(frozen=True, slots=True)
class Report:
    """A file that a run was to write, in the place of an earlier one."""

    form: str
    content: bytes
    earlier: bytes
    beside: tuple[str, ...] = ()
    """What else stands in its folder."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A run that is over."""

    code: int
    stdout: str
    stderr: str
    seconds: float
    requests: tuple[Request, ...]
    outcomes: Mapping[str, tuple[Call, Outcome]]
    """What it kept, by identity; nothing where it could not look."""
    report: Report
    runs: Path

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(map(json.loads, self.stdout.splitlines()))

    @property
    def said(self) -> tuple[Row, ...]:
        """Every finding, those inside others too."""
        return tuple(_flat(self.rows))

    @property
    def has_looked(self) -> bool:
        """Whether it could look at all."""
        return bool(self.outcomes)


def _flat(rows: Sequence[Row]) -> Iterator[Row]:
    for row in rows:
        yield row
        yield from _flat(row["consequences"])


def nothing_lost(calm: Sequence[Row], ran: Ran) -> Iterator[str]:
    """1: what is found when nothing goes wrong is found, or not known."""
    if ran.has_looked:
        said = ran.said
        for one in calm:
            if one["status"] == "fail" and not any(_covers(other, one) for other in said):
                yield f"1: lost: {_named(one)}"


def nothing_invented(
    ran: Ran, is_true: Mapping[str, bool], by_truth: Ran, calm: Sequence[Row]
) -> Iterator[str]:
    """2: every answer that was taken was given, and what was found is found by these alone.

    No answers about keys are kept: what is found of them is found when nothing goes wrong, too, though more
    may be said of it then.
    """
    for identity, (call, outcome) in ran.outcomes.items():
        if not is_true[identity] and not hasattr(outcome, "kind"):
            yield f"2: taken for an answer: {call.operation} {dict(call.params)}: {outcome}"
    known = (*by_truth.said, *(one for one in calm if one["key"]))
    proven = [one for one in known if one["status"] == "fail"]
    for one in ran.said:
        if one["status"] == "fail" and not any(_proves(other, one) for other in proven):
            yield f"2: invented: {_named(one)}"


def _proves(known: Row, one: Row) -> bool:
    """Whether the same was seen; of a key, as far as it was told."""
    seen, whole = str(one["seen"]), str(known["seen"])
    said_so = whole.startswith(seen) if one["key"] and seen else whole == seen
    return known["fingerprint"] == one["fingerprint"] and said_so


def nothing_half_written(ran: Ran) -> Iterator[str]:
    """6: the report is whole, or the earlier one; no other file is beside it."""
    report = ran.report
    if report.beside:
        yield f"6: left beside the report: {report.beside}"
    if report.content == report.earlier:
        if ran.has_looked:
            yield "6: there is no new report"
    elif not _is_whole(report):
        yield f"6: half a report: {report.content[-80:]!r}"


def _is_whole(report: Report) -> bool:
    try:
        text = report.content.decode("utf-8")
        if report.form == "jsonl":
            return all(json.loads(line)["rule"] for line in text.splitlines())
        if report.form in {"json", "sarif"}:
            return isinstance(json.loads(text), dict)
    except ValueError:
        return False
    return text.endswith("\n")


def rightly_ended(calm: Ran, ran: Ran, by_truth: Ran | None) -> Iterator[str]:
    """7: the exit code says what was found; 0 only where it is 0 when all goes well, and by true answers."""
    grave = any(one["status"] == "fail" and one["severity"] in _GRAVE for one in ran.rows)
    unknown = any(one["status"] == "unknown" for one in ran.rows)
    expected = (1 if grave else 3 if unknown else 0) if ran.has_looked else 3
    if ran.code != expected:
        yield f"7: ended with {ran.code}, not {expected}: {ran.stderr.strip()[:200]}"
    if ran.code == 0 and (calm.code or by_truth is None or by_truth.code):
        yield "7: clean, though not all was looked at"
    if re.search("internal error|Traceback", ran.stderr):
        yield f"7: {ran.stderr.strip()[:300]}"
    if not ran.has_looked and (ran.stdout or len(ran.stderr.strip().splitlines()) != 1):
        yield f"7: no sentence that says why nothing was looked at: {ran.stderr[:300]!r}"


def ended_in_time(calm: Ran, ran: Ran, deadline: float) -> Iterator[str]:
    """8: within the deadline, and no question asked more often than there are attempts."""
    if ran.seconds > deadline + SLACK_SECONDS + SLACK_RUNS * calm.seconds:
        yield f"8: took {ran.seconds:.1f} of {deadline} seconds"
    asked = Counter(map(_question, ran.requests))
    for question, times in asked.items():
        if times > ATTEMPTS:
            yield f"8: asked {times} times: {question}"


def _question(request: Request) -> tuple[object, ...]:
    target = tuple(sorted(request.query.items()))
    owner = request.headers.get("x-amz-expected-bucket-owner", "")
    return request.method, request.path, target, request.region, request.action, request.body, owner


def only_read(ran: Ran) -> Iterator[str]:
    """9: nothing but what reads was sent."""
    for one in ran.requests:
        by_action = one.method == "POST" and (one.is_cut or _READING.match(one.action) is not None)
        if one.method not in _METHODS and not by_action:
            yield f"9: sent {one.method} {one.path} {one.action}"


def same_again(first: Ran, second: Ran) -> Iterator[str]:
    """10: the same state, the same report."""
    if (first.code, first.stdout) != (second.code, second.stdout):
        lines = set(first.stdout.splitlines()) ^ set(second.stdout.splitlines())
        yield f"10: {first.code} and {second.code}, {len(lines)} lines differ: {sorted(lines)[:2]}"
    elif first.report.content != second.report.content:
        yield f"10: two {first.report.form} reports of one state differ"


def _covers(other: Row, one: Row) -> bool:
    """Whether it says the same, or that this is not known."""
    if other["fingerprint"] == one["fingerprint"]:
        return other["status"] in {"fail", "unknown"}
    if (other["rule"], other["status"]) != (_NOT_EVALUATED, "unknown"):
        return False
    about = other["because"].partition(":")[0]
    if other["bucket"] is None:
        return about in _EVERYTHING
    return other["bucket"] == one["bucket"] and _is_about(about, one)


def _is_about(what: str, one: Row) -> bool:
    if one["key"]:
        return what in _CONTENTS
    fact = str(one["facet"]).replace("_", " ")
    return fact in what.split(", ") or what.startswith("bucket")


def _named(one: Row) -> str:
    return f"{one['rule']} of {one['bucket']} {one['key'] or ''} {one['facet'] or ''}: {one['seen'][:100]}"
