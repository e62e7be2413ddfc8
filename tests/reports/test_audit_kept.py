"""What a run found is read again as it was kept: each finding is known again, and what is none is refused."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings

from bucketwright.audited import Audit
from bucketwright.reports.audit_kept import KeptAudit, NotKeptError, as_data, read
from bucketwright.reports.audit_rows import excuse, rows
from tests.reports.audits import AUDIT, audits


def kept(audit: Audit) -> dict[str, Any]:
    """As a file has it."""
    told: dict[str, Any] = json.loads(json.dumps(as_data(audit)))
    return told


def again(audit: Audit) -> KeptAudit:
    return read(kept(audit))


@settings(max_examples=60)
@given(audit=audits())
def test_each_finding_is_known_again(audit: Audit) -> None:
    """By its fingerprint, gravity and forms; what somebody exempted or accepted counts no more."""
    for part, back in zip(audit.parts, again(audit).parts, strict=True):
        told = [one for one in part.findings if one.status in ("fail", "unknown")]
        for one, same in zip(told, back.findings, strict=True):
            assert (same.fingerprint, same.severity, same.forms) == (one.fingerprint, one.severity, one.forms)
            assert (same.facts, same.subject.address) == (one.facts, one.subject.address)
            assert same.status == ("pass" if excuse(one, part) else one.status)
            inside = [inner.fingerprint for inner in one.consequences]
            assert [inner.fingerprint for inner in same.consequences] == inside


def test_rows_are_those_of_the_report() -> None:
    """Nothing is added and nothing is missing."""
    told = {str(one["fingerprint"]): one for one in map(json.loads, map(json.dumps, rows(AUDIT)))}
    back = {name: row for part in again(AUDIT).parts for name, row in part.rows.items()}

    assert {name: back[name] for name in told} == told


def without(told: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {each: value for each, value in told.items() if each != name}


def test_what_is_no_kept_audit_is_refused() -> None:
    """Whatever is missing or of another shape."""
    whole = kept(AUDIT)
    wrong: list[object] = [None, [], {}, "found", {**whole, "version": 2}, {**whole, "parts": [1]}]
    wrong += [without(whole, name) for name in whole]
    [first, *_] = [one for part in whole["parts"] for one in part["findings"]]
    for name in ("rule", "status", "severity", "known_by", "consequences", "seen"):
        broken = [without(first, name), {**first, name: 7}]
        wrong += [{**whole, "parts": [{"account": "", "findings": [one]}]} for one in broken]
    for one in wrong:
        with pytest.raises(NotKeptError):
            read(one)
