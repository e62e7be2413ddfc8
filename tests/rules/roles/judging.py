"""Roles, and what rules say of them, for the tests of what examples cannot show."""

import json
from collections.abc import Mapping
from typing import Final

from bucketwright.estate import RolePosture
from bucketwright.facets.bucket.policy import Policy, policy_of
from bucketwright.facets.role.policies import Policies
from bucketwright.posture import Circumstances, Estate, Posture
from bucketwright.rules import catalogue
from bucketwright.verdicts import Fails, Verdict

FILES: Final = "arn:aws:s3:::files"
READS: Final = {"Action": "s3:GetObject", "Resource": f"{FILES}/a/*"}


def _document(*statements: Mapping[str, object]) -> Policy:
    written = [{"Effect": "Allow", **one} for one in statements]
    return policy_of(json.dumps({"Version": "2012-10-17", "Statement": written}))


def policies(*statements: Mapping[str, object]) -> Policies:
    found = _document(*statements)
    return Policies(frozenset(found.document.statements), (found.text,))


def loader(*statements: Mapping[str, object], managed: object = frozenset()) -> RolePosture:
    """A role whose own document holds these, each an Allow unless it says otherwise."""
    return RolePosture("role:loader", "loader", {"policies": policies(*statements), "managed": managed})


def judged(rule: str, role: RolePosture, *beside: Posture, around: Circumstances | None = None) -> Verdict:
    """What a rule says of a role, beside others."""
    several = {one.address: one for one in (role, *beside)}
    return catalogue()[rule].verdict(role, Estate("live", several, circumstances=around or Circumstances()))


def texts(verdict: Verdict) -> tuple[str, ...]:
    """What it says is wrong."""
    assert isinstance(verdict, Fails), verdict
    return tuple(fault.text for fault in verdict.faults)
