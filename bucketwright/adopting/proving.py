"""Which entries under `access` are not proven to be what is live, so that a contract must not say them?"""

import json
from collections.abc import Iterable, Iterator

from bucketwright.adopting.gaps import Gap
from bucketwright.adopting.same_reach import same_reach
from bucketwright.contract.access.bucket_policy import bucket_policy
from bucketwright.contract.access.grants import grant_statements
from bucketwright.contract.access.statement import sid_part
from bucketwright.contract.access.verbs import buckets_of
from bucketwright.contract.model import Environment
from bucketwright.drift.statements import of_policy
from bucketwright.drift.words import named
from bucketwright.estate import RolePosture
from bucketwright.facets.bucket.policy import Policy, policy_of
from bucketwright.posture import Estate

_POLICIES = named("policies")


def unproven(environment: Environment, intended: Estate, live: Estate, found: Iterable[Gap]) -> Iterator[str]:
    """The ids of roles that would change, and of visitors whom no policy lets in just so."""
    gaps: dict[str, set[str]] = {}
    for gap in found:
        gaps.setdefault(gap.address, set()).add(gap.setting)
    for access_id, access in environment.access.items():
        if not access.makes_role():
            if not all(_is_let_in(environment, access_id, one, live) for one in buckets_of(access)):
                yield access_id
            continue
        address = f"role:{access_id}"
        settings, wanted = gaps.get(address, set()), intended.postures.get(address)
        only_policies = settings == {_POLICIES} and isinstance(wanted, RolePosture)
        if settings and not (only_policies and isinstance(wanted, RolePosture) and same_reach(wanted, live)):
            yield access_id


def _is_let_in(environment: Environment, access_id: str, bucket_id: str, live: Estate) -> bool:
    """Whether every statement for a visitor stands in the live policy of a bucket."""
    found = live.postures.get(f"bucket:{bucket_id}")
    told = None if found is None else found.told("policy")
    own = _own(environment, access_id, bucket_id)
    if own is None or not isinstance(told, Policy):
        return False
    return all(one.does == "added" for one in of_policy("policy", own, told))


def _own(environment: Environment, access_id: str, bucket_id: str) -> Policy | None:
    """What the policy of a bucket says for one visitor."""
    document = bucket_policy(environment, bucket_id)
    granted = grant_statements(environment, access_id, bucket_id)
    sids = {f"{sid_part(access_id)}{sid}" for sid in (*(one.sid for one in granted), "Acl")}
    several = document["Statement"]
    own = [one for one in several if one["Sid"] in sids] if isinstance(several, list) else []
    return policy_of(json.dumps({**document, "Statement": own})) if own else None
