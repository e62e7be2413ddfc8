"""Do two statements say the same of one bucket, in whatever spelling?"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from bucketwright.iam.actions import OBJECT, covers, unknown_actions
from bucketwright.iam.documents import Document, Names, Statement, canonical
from bucketwright.iam.languages import Formula, Not, Or, exactly
from bucketwright.rules.requests_to_bucket import ACTIONS, is_any, named, objects_in

_ANYTHING: Final = Names(("*",))


def says_the_same(one: Statement, other: Statement, arn: str) -> bool:
    """Whether they differ in nothing but how they name the bucket with this ARN, and what is in it.

    A statement that names no resource is about all of that.
    """
    if set(one.actions.patterns) != set(other.actions.patterns):
        return False
    return _beside_resources(one) == _beside_resources(other) and _name_the_same(one, other, arn)


def _name_the_same(one: Statement, other: Statement, arn: str) -> bool:
    ours, theirs = one.resources or _ANYTHING, other.resources or _ANYTHING
    if _plainly_all(ours, arn) and _plainly_all(theirs, arn):
        return True
    here = Or(tuple(_touched(one.actions, arn)))
    return not (
        is_any("policy", here, named(ours), Not(named(theirs)))
        or is_any("policy", here, named(theirs), Not(named(ours)))
    )


def _plainly_all(names: Names, arn: str) -> bool:
    """Whether they spell out the bucket and all its objects, or everything."""
    return not names.negated and ("*" in names.patterns or {arn, f"{arn}/*"} <= {*names.patterns})


def _touched(actions: Names, arn: str) -> Iterator[Formula]:
    """What such actions can be about: the objects, the bucket itself, or both."""
    on_objects, on_itself = _kinds(actions)
    if on_objects:
        yield objects_in(arn)
    if on_itself:
        yield exactly(arn)


@lru_cache(maxsize=1_024)
def _kinds(actions: Names) -> tuple[bool, bool]:
    covered = {one for one in ACTIONS if covers(actions, one)}
    unknown = bool(unknown_actions(actions)) or not covered
    return unknown or bool(covered & OBJECT), unknown or bool(covered - OBJECT)


@lru_cache(maxsize=16_384)
def _beside_resources(statement: Statement) -> Statement:
    """All else that it says, in normal form."""
    return canonical(Document("", (replace(statement, resources=None),))).statements[0]
