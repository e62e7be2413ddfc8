"""What do the Allows of a role say, in its own documents and in the policies that AWS writes?"""

from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import Final

from bucketwright.estate import RolePosture
from bucketwright.iam.actions import OBJECT, covers
from bucketwright.iam.documents import Names, Statement
from bucketwright.plain_text import shown
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.policies_of_aws import granted_by
from bucketwright.rules.statements import some_of

Judge = Callable[[Statement], Iterable[str]]
"""What is wrong with an Allow."""
OBJECT_ACTIONS: Final = frozenset(one for one in OBJECT if one.startswith("s3:")) - {
    "s3:listmultipartuploadparts"
}
"""What may be done with the objects of ordinary buckets; a list of parts tells nothing of them."""


def own_statements(role: RolePosture) -> tuple[Statement, ...]:
    """Those of the role's own documents, in an order that does not change."""
    return _in_order(role.policies.statements)


def statements_of_aws(role: RolePosture) -> tuple[Statement, ...]:
    """What the policies that AWS writes allow it."""
    return tuple(one for arn in sorted(role.managed) if (one := granted_by(arn)) is not None)


def faults_of_own(role: RolePosture, judge: Judge) -> tuple[str, ...]:
    """What is wrong with the Allows of the role's own documents."""
    return faults_of(*(partial(judge, one) for one in own_statements(role) if one.allows))


def faults_of_all(role: RolePosture, judge: Judge) -> tuple[str, ...]:
    """The same, and what is wrong with those that AWS writes."""
    return faults_of(partial(faults_of_own, role, judge), partial(_faults_of_aws, role, judge))


@lru_cache(maxsize=16_384)
def touches(names: Names, actions: frozenset[str]) -> bool:
    """Whether these names, or everything but them, include any of the actions."""
    return any(covers(names, one) for one in actions)


def described(names: Names) -> str:
    """Actions or resources in a sentence."""
    return f"{'everything but ' if names.negated else ''}{some_of(names.patterns)}"


@lru_cache(maxsize=4_096)
def _in_order(statements: frozenset[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(statements, key=repr))


def _faults_of_aws(role: RolePosture, judge: Judge) -> tuple[str, ...]:
    return faults_of(*(partial(_faults_in, arn, judge) for arn in sorted(role.managed)))


def _faults_in(arn: str, judge: Judge) -> tuple[str, ...]:
    statement, name = granted_by(arn), shown(arn.rpartition("/")[2])
    return (
        () if statement is None else tuple(f"{fault}, by AWS's policy {name}" for fault in judge(statement))
    )
