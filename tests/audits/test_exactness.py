"""Exactness, and the second half of law 2: one drift is one finding, what follows from it inside, and nothing
else; its fix ends it, and what no fix ends is left with a reason.

Each drift happens once, for all that is told of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from os import environ
from typing import Final
from unittest.mock import patch

import pytest
from botocore.exceptions import ClientError

from audits.fixing import FixPlan, plan
from audits.fixing_apply import Done, Hands, apply
from bucketwright.calls import Send
from bucketwright.drift.weights import DRIFT, MISSING, NOT_EVALUATED, STRANGE, UNDECLARED
from bucketwright.findings import Finding
from bucketwright.posture import intended_estate
from bucketwright.rules.engine import ENGINE
from bucketwright.s3.endpoints import named
from bucketwright.s3.sender import sdk_send
from bucketwright.s3.sessions import Access, Sessions
from sandbox.accounts import account_of
from sandbox.drifts import NoRoomError, all_drifts, drift_named
from tests.audits.exact import Auditor, Known, around, said
from tests.sandbox.drifts.deploying import deployed, sandbox
from tests.sandbox.drifts.drifting import drifted

COMPARED: Final = {"account", "bucket", "distribution", "key", "queue", "role"}
"""The kinds of things that a contract makes."""
WHOLE: Final = {
    "access_point.undeclared": UNDECLARED,
    "bucket.missing": MISSING,
    "bucket.undeclared": STRANGE,
}
"""What comes or goes as a whole."""
NO_FACT: Final = {"queue.rule"}
"""What no posture tells."""
ELSEWHERE: Final = {
    "account-block-deleted", "account-block-weakened", "bucket-deleted", "versioning-turned-on",
}  # fmt: skip
"""They need a deployment of their own."""


def changes(name: str) -> frozenset[str]:
    """The facts that a drift changes, and that an audit compares."""
    every = drift_named(name).changes - NO_FACT
    return frozenset(one for one in every if one in WHOLE or one.partition(".")[0] in COMPARED)


NAMES: Final = sorted(one for one in all_drifts().keys() - ELSEWHERE if changes(one))
LEFT: Final = frozenset(
    name
    for name in all_drifts()
    if any(one.startswith("distribution.") for one in changes(name))
    or changes(name) & WHOLE.keys()
    or name in {"bucket-in-another-region", "mfa-delete-on"}
)
"""What only a deployment, or a person, puts right."""


class Quiet:
    """Nobody who hears of a change."""

    def begin(self, number: int) -> None:
        """It is about to be sent."""

    def end(self, number: int, state: str, reason: str, calls: object) -> None:
        """It was."""


@dataclass(frozen=True)
class Course:
    """One drift, from its happening to what is found once it was fixed."""

    name: str
    things: frozenset[str]
    """What it happened to."""
    found: tuple[Finding, ...]
    """All that is new by it."""
    plan: FixPlan
    done: tuple[Done, ...]
    after: tuple[Finding, ...]
    """What is new once the plan was carried out."""


@pytest.fixture(scope="module")
def auditor() -> Iterator[Auditor]:
    """A deployment, to be put right again and again."""
    told = around()
    assert told.environment is not None
    with sandbox() as server:
        yield Auditor(deployed(server, told.environment), told)


@pytest.fixture(scope="module")
def before(auditor: Auditor) -> frozenset[Known]:
    """All that is found of it."""
    return frozenset(said(one) for one in auditor.before() if _is_said(one))


@pytest.fixture(scope="module", params=NAMES)
def course(request: pytest.FixtureRequest, auditor: Auditor, before: frozenset[Known]) -> Course:
    """A drift that happens, is found, and is fixed."""
    name: str = request.param
    kinds = frozenset(one.partition(".")[0] for one in changes(name))
    with suppress(ClientError, NoRoomError), drifted(name, auditor.live) as done:  # nothing left to take back
        looked, everything = auditor.looked_after(kinds, done.name)
        new = _new(everything, before)
        failing = tuple(one for one in new if one.status == "fail")
        made = plan(failing, looked, intended_estate(auditor.around), remove_undeclared=True)
        with writing(auditor) as send:
            steps = tuple(apply(enumerate(made.steps), Hands(send, send, lambda _: None), Quiet()))
        after = _new(auditor.after(kinds, done.name), before) if steps else new
    return Course(name, frozenset({done.address, done.name}), new, made, steps, after)


def _new(findings: tuple[Finding, ...], before: frozenset[Known]) -> tuple[Finding, ...]:
    return tuple(one for one in findings if _is_said(one) and said(one) not in before)


@contextmanager
def writing(auditor: Auditor) -> Iterator[Send]:
    """Sends whatever it is told to."""
    server, environment = auditor.live.server, auditor.live.environment
    clients = server.clients(account=account_of(environment), region=environment.region)
    kept = {name: value for name, value in environ.items() if name not in clients.unwanted}
    with patch.dict(environ, {**kept, **clients.environment}, clear=True):
        yield sdk_send(Sessions(Access(endpoint_url=server.url)), server=named("sandbox"))


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


def test_a_drift_is_one_finding(course: Course) -> None:
    """One for each fact that it changes, of the thing it happens to; what it breaks stands inside."""
    expected = changes(course.name)

    assert sorted(map(_fact, course.found)) == sorted(WHOLE.get(one, one) for one in expected)
    assert {one.rule for one in course.found} <= ENGINE.keys() - {NOT_EVALUATED}
    if not expected & WHOLE.keys():
        assert {_thing(one) for one in course.found} <= course.things


def test_a_fix_ends_the_drift(course: Course) -> None:
    """After it the next audit finds what it found before; or every finding that is left has a reason."""
    left = {one.finding.fingerprint: one.why for one in course.plan.left}

    assert course.found
    assert all(left.values())
    if course.name in LEFT:
        assert left
        return
    assert left == {}
    assert {one.state for one in course.done} == {"made"}, course.done
    assert [one for one in course.after if one.status == "fail"] == []


def test_the_table_of_drifts_is_covered() -> None:
    """Most drifts are about what a contract makes; DRIFT is the usual id."""
    assert len([one for one in all_drifts() if changes(one)]) > 60
    assert DRIFT in ENGINE
