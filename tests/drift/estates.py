"""Estates to compare: what a contract intends, and the same with something changed."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

from bucketwright.circumstances import circumstances
from bucketwright.contract.loading import load, read
from bucketwright.contract.model import Contract
from bucketwright.drift import Explained, drift, explained
from bucketwright.drift.consequences import Estates
from bucketwright.estate import BucketPosture, RolePosture
from bucketwright.facets.bucket.policy import Policy, policy_of
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.findings import Finding, finding_of
from bucketwright.judging import Selection, judge
from bucketwright.posture import Estate, Posture, intended_estate

ROOT: Final = Path(__file__).parents[2]
ROOMY: Final = ROOT / "tests/sandbox/drifts/roomy.yaml"
NOW: Final = datetime(2026, 11, 21, 12, tzinfo=UTC)
ALL: Final = Selection("all")


@cache
def contract() -> Contract:
    """One in which every setting is declared."""
    return load(ROOMY)


@cache
def meant() -> Estate:
    """What it intends."""
    return intended_estate(circumstances(contract(), NOW)["prod"])


def as_declared() -> Estate:
    """All of that, live; the account is closed, which nobody declared."""
    account = next(one for one in meant().postures.values() if one.kind == "account")
    live = replace(meant(), lens="live")
    return with_facts(live, account.address, public_access_block=PublicAccessBlock())


def with_facts(estate: Estate, address: str, **facts: object) -> Estate:
    """The same with facts of one thing changed."""
    found = estate.postures[address]
    changed = replace(found, facts={**found.facts, **facts})
    return replace(estate, postures={**estate.postures, address: changed})


def with_posture(estate: Estate, posture: Posture) -> Estate:
    """The same with one thing more."""
    return replace(estate, postures={**estate.postures, posture.address: posture})


def without(estate: Estate, address: str, reason: str = "") -> Estate:
    """The same with one thing less, for a reason or because there is none."""
    kept = {name: one for name, one in estate.postures.items() if name != address}
    return replace(estate, postures=kept, missing={address: reason} if reason else {})


def changed(address: str, **facts: object) -> Estate:
    """All as declared, but for these facts."""
    return with_facts(as_declared(), address, **facts)


def bucket(identifier: str) -> BucketPosture:
    """A bucket as it is declared."""
    found = meant().postures[f"bucket:{identifier}"]
    assert isinstance(found, BucketPosture)
    return found


def role(identifier: str) -> RolePosture:
    """A role as it is declared."""
    found = meant().postures[f"role:{identifier}"]
    assert isinstance(found, RolePosture)
    return found


def policy_with(policy: Policy | None, *statements: Mapping[str, object], drop: str = "") -> Policy:
    """A policy with statements more, and one less."""
    assert policy is not None
    document = json.loads(policy.text)
    kept = [one for one in document["Statement"] if one.get("Sid") != drop]
    return policy_of(json.dumps({**document, "Statement": [*kept, *statements]}))


def drifts(live: Estate) -> tuple[Finding, ...]:
    """What drifted."""
    return drift(meant(), live)


def told(live: Estate, selection: Selection = ALL) -> Explained:
    """What drifted, with its consequences, and what else is wrong and was not before."""
    known = {
        finding_of(one).fingerprint for one in judge(as_declared(), selection) if _is_said(finding_of(one))
    }
    pairs = [(one, finding_of(one)) for one in judge(live, selection)]
    new = [(one, found) for one, found in pairs if _is_said(found) and found.fingerprint not in known]
    return explained(drifts(live), new, Estates(meant(), live))


def _is_said(finding: Finding) -> bool:
    return finding.status in {"fail", "unknown"}


def yaml(text: str) -> Contract:
    """A contract from its text."""
    return read(text, "contract.yaml")
