"""What people are told of an audit that they did not start."""

from collections.abc import Mapping
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.reports.audit_message import LONGEST_SUBJECT, MOST_TOLD, message_of

WHERE: Final = "s3://audits/reports/1/audit.html"
JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=9,
)


def finding(number: int = 1, **more: object) -> Mapping[str, object]:
    """A row of a report."""
    return {
        "fingerprint": str(number),
        "status": "fail",
        "severity": "high",
        "rule": "tls-only",
        "bucket": f"files-{number}",
        "key": None,
        "facet": "policy",
        "seen": "plain HTTP is let in",
        "expected": "TLS",
        "fix": "Deploy again.",
        **more,
    }


def report(
    *findings: Mapping[str, object], new: list[str] | None = None, **more: object
) -> Mapping[str, object]:
    """A report in which these findings are new, or those named."""
    named = [str(one["fingerprint"]) for one in findings] if new is None else new
    return {"project": "shop", "stack": "prod", "new": named, "findings": list(findings), **more}


def told(found: Mapping[str, object]) -> Any:
    """The message, which there is."""
    message = message_of(found, WHERE)
    assert message is not None
    return message


def test_only_what_is_new_and_fails_is_told() -> None:
    """With its place, what was seen and what to do; last where the report is."""
    old, unknown = finding(2), finding(3, status="unknown")
    message = told(report(finding(), old, unknown, new=["1", "3"]))

    assert message.subject == "bucketwright: 1 new finding in shop/prod"
    assert message.findings == 1
    assert message.text == (
        "1 new finding in shop/prod\n\n"
        "HIGH tls-only: files-1 policy\n"
        "  seen: plain HTTP is let in\n"
        "  expected: TLS\n"
        "  fix: Deploy again.\n\n"
        f"The whole report: {WHERE}\n"
    )


@pytest.mark.parametrize(
    "found",
    [
        report(),
        report(finding(), new=[]),
        report(finding(status="pass")),
        report(finding(status="unknown")),
        {},
        {"new": 7, "findings": "none"},
    ],
    ids=["nothing found", "nothing new", "exempted", "undecided", "empty", "no report"],
)
def test_nobody_is_told_nothing(found: Mapping[str, object]) -> None:
    """Where nothing is new there is no message."""
    assert message_of(found, WHERE) is None


def test_a_flood_is_cut() -> None:
    """The first of them, how many more, and the size that SNS takes."""
    message = told(report(*(finding(number, seen="x" * 9_999) for number in range(500))))

    assert message.text.count("HIGH ") == MOST_TOLD
    assert "and 460 more." in message.text
    assert message.findings == 500
    assert len(message.text.encode()) < 256 * 1024


def test_without_a_contract_accounts_are_named() -> None:
    """By their numbers."""
    message = told(report(finding(), stack=None, project=None, accounts=["111122223333", None]))

    assert message.subject == "bucketwright: 1 new finding in account 111122223333"


@given(st.text(), st.text(), st.text())
def test_hostile_names_break_no_line_and_no_header(stack: str, bucket: str, key: str) -> None:
    """A subject is ASCII without control characters; each finding keeps its lines."""
    message = told(report(finding(bucket=bucket, key=key), stack=stack))

    assert message.subject.isascii()
    assert message.subject.isprintable()
    assert len(message.subject) <= LONGEST_SUBJECT
    assert len(message.text.split("\n")) == 9
    assert all(line.isprintable() for line in message.text.split("\n"))


@given(st.dictionaries(st.sampled_from(["new", "findings", "stack", "project", "accounts"]), JSON))
def test_no_report_whatever_breaks_it(found: Mapping[str, object]) -> None:
    """What is not as expected is left out."""
    assert message_of(found, WHERE) is None
