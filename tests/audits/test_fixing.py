"""Law 2, its second half: the fix of a drift ends it, and what it cannot end is left with a reason."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from os import environ
from typing import Final
from unittest.mock import patch

import pytest
from botocore.exceptions import ClientError

from audits.fixing import FixPlan, plan
from audits.fixing_apply import Hands, apply
from bucketwright.calls import Send
from bucketwright.findings import Finding
from bucketwright.judging import intended_estate
from bucketwright.s3.endpoints import named
from bucketwright.s3.sender import sdk_send
from bucketwright.s3.sessions import Access, Sessions
from sandbox.accounts import account_of
from sandbox.drifts import NoRoomError, all_drifts
from tests.audits.exact import Auditor, Known, around, said
from tests.audits.test_exactness import ELSEWHERE, WHOLE, changes
from tests.sandbox.drifts.deploying import deployed, sandbox
from tests.sandbox.drifts.drifting import drifted

LEFT: Final = frozenset(
    name
    for name in all_drifts()
    if any(one.startswith("distribution.") for one in changes(name))
    or name in {"bucket-in-another-region", "mfa-delete-on"}
)
"""What only a deployment, or a person, puts right."""


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
    return frozenset(said(one) for one in auditor.before() if one.status == "fail")


@contextmanager
def writing(auditor: Auditor) -> Iterator[Send]:
    """Sends whatever it is told to."""
    server, environment = auditor.live.server, auditor.live.environment
    clients = server.clients(account=account_of(environment), region=environment.region)
    kept = {name: value for name, value in environ.items() if name not in clients.unwanted}
    with patch.dict(environ, {**kept, **clients.environment}, clear=True):
        yield sdk_send(Sessions(Access(endpoint_url=server.url)), server=named("sandbox"))


def planned(
    auditor: Auditor, kinds: frozenset[str], name: str, before: frozenset[Known]
) -> tuple[FixPlan, tuple[Finding, ...]]:
    """What would end what is new."""
    looked, found = auditor.looked_after(kinds, name)
    new = tuple(one for one in found if one.status == "fail" and said(one) not in before)
    return plan(new, looked, intended_estate(auditor.around), remove_undeclared=True), new


@pytest.mark.parametrize("name", sorted(one for one in all_drifts().keys() - ELSEWHERE if changes(one)))
def test_a_fix_ends_the_drift(name: str, auditor: Auditor, before: frozenset[Known]) -> None:
    """After it the next audit finds what it found before; or every finding that is left has a reason."""
    kinds = frozenset(one.partition(".")[0] for one in changes(name))
    states: list[str] = []
    with suppress(ClientError, NoRoomError), drifted(name, auditor.live) as done:  # nothing left to take back
        made, new = planned(auditor, kinds, done.name, before)
        with writing(auditor) as send:
            told = list(apply(made.steps, Hands(send, send, lambda *_: None, lambda _: None)))
        states = [one.state for one in told]
        after = auditor.after(kinds, done.name)

    assert new
    left = {one.finding.fingerprint: one.why for one in made.left}
    assert all(left.values())
    if name in LEFT or changes(name) & WHOLE.keys():
        assert left
        return
    assert left == {}
    assert states
    assert set(states) == {"made"}, told
    assert [one for one in after if one.status == "fail" and said(one) not in before] == []
