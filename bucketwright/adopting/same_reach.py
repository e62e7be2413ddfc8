"""Do two sets of policies let a role do the same in the buckets of a contract, however they are spelled?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from bucketwright.changes.grantees import Grantee, reach
from bucketwright.contract.access.verbs import LIST_ACTION
from bucketwright.contract.partitions import partition_of
from bucketwright.drift.statements import of_policy
from bucketwright.estate import BucketPosture, RolePosture
from bucketwright.iam.documents import Names, PolicyError, Statement
from bucketwright.iam.languages import And, Not, Undecided, member, pattern
from bucketwright.iam.reach import Listings, Objects
from bucketwright.posture import Estate, Undetermined

_LIST: Final = LIST_ACTION.lower()
_MOST_PAIRS: Final = 2_000
_MOST_QUESTIONS: Final = 300


def same_reach(wanted: RolePosture, live: Estate) -> bool:
    """Whether that is proven: each action in each bucket by itself, and all else word for word."""
    found = live.postures.get(wanted.address)
    if not isinstance(found, RolePosture):
        return False
    try:
        return _proven(wanted, found, live)
    except (Undetermined, Undecided, PolicyError):
        return False


@dataclass(frozen=True, slots=True)
class _Said:
    """What a role's statements say, pair by pair."""

    actions: frozenset[str]
    """Those that are allowed in the buckets."""
    rest: frozenset[Statement]
    """What is about anything else."""
    is_plain: bool
    """Whether each action is named by itself."""


def _proven(wanted: RolePosture, found: RolePosture, live: Estate) -> bool:
    if not any(of_policy("policies", wanted.policies, found.policies)):
        return True
    buckets = tuple(live.every(BucketPosture))
    arns = {_arn(one) for one in buckets}
    own, other = (_said(one.policies.statements, arns) for one in (wanted, found))
    if not (own.is_plain and other.is_plain) or own.rest != other.rest:
        return False
    meant = replace(live, postures={**live.postures, wanted.address: wanted})
    who = Grantee("role", wanted.address)
    pairs = tuple(product(sorted(own.actions | other.actions), buckets))
    return len(pairs) <= _MOST_QUESTIONS and all(
        _same(who, action, bucket, (meant, live)) for action, bucket in pairs
    )


def _same(who: Grantee, action: str, bucket: BucketPosture, estates: tuple[Estate, Estate]) -> bool:
    arn = _arn(bucket)
    view = Listings(arn) if action == _LIST else Objects()
    below = pattern("*" if action == _LIST else f"{arn}/*")
    one, other = (reach(who, bucket, estate, action, view) for estate in estates)
    differences = (And((below, one, Not(other))), And((below, other, Not(one))))
    return all(member(each) is None for each in differences)


def _said(statements: Iterable[Statement], arns: set[str]) -> _Said:
    actions, rest, plain = set[str](), set[Statement](), True
    for statement in statements:
        for action, resource, pair in _pairs(statement):
            if not action.startswith("s3:") or resource.partition("/")[0] not in arns:
                rest.add(pair)
            elif statement.allows:
                actions.add(action)
                plain = plain and not set("*?") & set(action)
    return _Said(frozenset(actions), frozenset(rest), plain)


def _pairs(statement: Statement) -> Iterator[tuple[str, str, Statement]]:
    """Each action on each resource; a statement that spares some, or has very many, stays whole."""
    actions, resources = statement.actions, statement.resources
    several = resources is not None and not (actions.negated or resources.negated)
    if not several or resources is None or len(actions.patterns) * len(resources.patterns) > _MOST_PAIRS:
        yield "", "", statement
        return
    for action, resource in product(actions.patterns, resources.patterns):
        yield action, resource, replace(statement, actions=Names((action,)), resources=Names((resource,)))


def _arn(bucket: BucketPosture) -> str:
    return f"arn:{partition_of(bucket.region)}:s3:::{bucket.name}"
