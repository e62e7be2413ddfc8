"""Exactness: one drift is one finding, what follows from it inside, and nothing else."""

from collections.abc import Iterator

import pytest

from bucketwright.drift.weights import DRIFT, MISSING, NOT_EVALUATED, STRANGE, UNDECLARED
from bucketwright.findings import Finding
from bucketwright.rules.engine import ENGINE
from sandbox.drifts import all_drifts, drift_named
from tests.audits.exact import Auditor, Known, around, said
from tests.sandbox.drifts.deploying import deployed, sandbox
from tests.sandbox.drifts.drifting import drifted

COMPARED = {"account", "bucket", "distribution", "key", "queue", "role"}
"""The kinds of things that a contract makes."""
WHOLE = {
    "access_point.undeclared": UNDECLARED,
    "bucket.missing": MISSING,
    "bucket.undeclared": STRANGE,
}
"""What comes or goes as a whole."""
NO_FACT = {"queue.rule"}
"""What no posture tells."""
ELSEWHERE = {"account-block-deleted", "account-block-weakened", "bucket-deleted", "versioning-turned-on"}
"""They need a deployment of their own."""


def changes(name: str) -> frozenset[str]:
    """The facts that a drift changes, and that an audit compares."""
    every = drift_named(name).changes - NO_FACT
    return frozenset(one for one in every if one in WHOLE or one.partition(".")[0] in COMPARED)


@pytest.fixture(scope="module")
def auditor() -> Iterator[Auditor]:
    """A deployment, audited as it was made."""
    told = around()
    assert told.environment is not None
    with sandbox() as server:
        yield Auditor(deployed(server, told.environment), told)


@pytest.fixture(scope="module")
def before(auditor: Auditor) -> frozenset[Known]:
    """All that is found of it."""
    return frozenset(said(one) for one in auditor.before() if _is_said(one))


def _is_said(finding: Finding) -> bool:
    return finding.status in {"fail", "unknown"}


def _fact(finding: Finding) -> str:
    return f"{finding.subject.kind}.{finding.aspect}" if finding.aspect else finding.rule


def _thing(finding: Finding) -> str:
    """What AWS calls a bucket, for its objects drift below its name; of all else the address."""
    return finding.subject.name if finding.subject.kind == "bucket" else finding.subject.address


def test_what_was_deployed_drifted_nowhere(auditor: Auditor, before: frozenset[Known]) -> None:
    """Before anything happens there is no drift."""
    rules = {one.rule for one in auditor.after(frozenset({"account"}), "") if one.status == "fail"}

    assert rules & ENGINE.keys() == set()


@pytest.mark.parametrize("name", sorted(one for one in all_drifts().keys() - ELSEWHERE if changes(one)))
def test_a_drift_is_one_finding(name: str, auditor: Auditor, before: frozenset[Known]) -> None:
    """One for each fact that it changes, of the thing it happens to; what it breaks stands inside."""
    kinds = frozenset(one.partition(".")[0] for one in changes(name))
    with drifted(name, auditor.live) as done:
        after = auditor.after(kinds, done.name)

    new = [one for one in after if _is_said(one) and said(one) not in before]
    assert sorted(map(_fact, new)) == sorted(WHOLE.get(one, one) for one in changes(name))
    assert {one.rule for one in new} <= ENGINE.keys() - {NOT_EVALUATED}
    if not changes(name) & WHOLE.keys():
        assert {_thing(one) for one in new} <= {done.address, done.name}


def test_the_table_of_drifts_is_covered() -> None:
    """Most drifts are about what a contract makes; DRIFT is the usual id."""
    assert len([one for one in all_drifts() if changes(one)]) > 60
    assert DRIFT in ENGINE
