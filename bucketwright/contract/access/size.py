"""IAM's limits on the size of documents, and how statements are made to fit them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from bucketwright.contract.access.statement import Json, Statement

VERSION: Final = "2012-10-17"
MANAGED_POLICY: Final = 6_144
MANAGED_POLICIES: Final = 10
BUCKET_POLICY: Final = 20_480
KEY_POLICY: Final = 32_768
SESSION_POLICY: Final = 2_048


class TooLarge(ValueError):  # noqa: N818 - says what is wrong, as its reader would
    """A document that IAM or S3 would refuse for its size."""


def policy(statements: Iterable[Statement]) -> Json:
    """A policy document of these statements."""
    return {"Version": VERSION, "Statement": [one.json() for one in told_apart(statements)]}


def size(document: Json) -> int:
    """The size that counts: without white space; what is not ASCII as the escapes it is sent in."""
    return len(json.dumps(document, separators=(",", ":")))


def fitting(document: Json, limit: int, what: str) -> Json:
    """Return the document, or raise TooLarge where it is over its limit."""
    found = size(document)
    if found > limit:
        raise TooLarge(
            f"{what} would be {found:,} bytes, {limit:,} are allowed: grant a whole bucket, give prefixes a "
            "common literal beginning, or split the grantee"
        )
    return document


def spread(statements: Iterable[Statement], what: str) -> tuple[Json, ...]:
    """Put the statements into managed policies, few of them; Denies bind wherever they stand.

    Only where one policy does not hold them all are statements joined that differ in their resources alone,
    and those cut in two that are too large for a policy by themselves.
    """
    given = list(statements)
    whole = policy(given)
    if size(whole) <= MANAGED_POLICY:
        return (whole,) if given else ()
    policies: list[list[Statement]] = []
    left: list[int] = []
    for statement in told_apart(part for one in joined(given) for part in _parts(one)):
        needed = size(statement.json()) + len(",")
        at = next((n for n, free in enumerate(left) if needed <= free), len(policies))
        if at == len(policies):
            policies.append([])
            left.append(_ROOM)
        policies[at].append(statement)
        left[at] -= needed
    if len(policies) > MANAGED_POLICIES:
        raise TooLarge(
            f"{what} would need {len(policies)} policies, {MANAGED_POLICIES} are allowed: grant whole "
            "buckets, or split the grantee"
        )
    return tuple(fitting(policy(one), MANAGED_POLICY, f"a policy of {what}") for one in policies)


def joined(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The same meaning with one statement in place of those that differ in their resources alone."""
    kept: list[Statement] = []
    for statement in statements:
        alike = replace(statement, sid="", resource=())
        at = next((n for n, one in enumerate(kept) if replace(one, sid="", resource=()) == alike), None)
        if at is None:
            kept.append(statement)
        else:
            resources = dict.fromkeys((*kept[at].resource, *statement.resource))
            kept[at] = replace(kept[at], resource=tuple(resources))
    return tuple(kept)


def told_apart(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The statements with a number behind a Sid that was there before: IAM wants none twice in a policy."""
    taken: set[str] = set()
    for statement in statements:
        sid, number = statement.sid, 2
        while sid in taken:
            sid, number = f"{statement.sid}n{number}", number + 1
        taken.add(sid)
        yield statement if sid == statement.sid else replace(statement, sid=sid)


def _parts(statement: Statement) -> Iterator[Statement]:
    """The statement, cut in halves until each part fits a policy or cannot be cut."""
    halves = statement.halves() if size(statement.json()) > _ROOM else ()
    if not halves:
        yield statement
    for half in halves:
        yield from _parts(half)


# What a policy has left for statements, each with the comma that all but the first need.
_ROOM: Final = MANAGED_POLICY - size(policy(())) + len(",")
