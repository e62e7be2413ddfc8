"""Does every exemption speak of something that exists, and only once?"""

from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING

from bucketwright.contract.contradictions.scope import Scope, each
from bucketwright.contract.problems import Fault

if TYPE_CHECKING:
    from bucketwright.contract.model import Exemption


def exemptions(scope: Scope) -> Iterator[Fault]:
    """Exemptions for what is not there, and those given twice."""
    places = (number for number in count() if ("exemptions", number) not in scope.broken)
    seen: dict[tuple[str | None, ...], int] = {}
    for place, one in zip(places, scope.environment.exemptions, strict=False):
        yield from each(_of_place(scope, place, one), _of_role(scope, place, one), _twice(place, one, seen))


def _of_place(scope: Scope, place: int, one: "Exemption") -> Iterator[Fault]:
    path = ("exemptions", place)
    if one.bucket is not None:
        yield from scope.unknown_bucket((*path, "bucket"), one.bucket)
        if one.prefix is not None:
            yield from scope.unknown_prefix((*path, "prefix"), one.bucket, one.prefix)
    elif one.prefix is not None:
        yield Fault((*path, "prefix"), "a prefix of which bucket?", (), "say bucket, too")


def _of_role(scope: Scope, place: int, one: "Exemption") -> Iterator[Fault]:
    if one.role is not None:
        yield from scope.unknown_role(("exemptions", place, "role"), one.role)


def _twice(place: int, one: "Exemption", seen: dict[tuple[str | None, ...], int]) -> Iterator[Fault]:
    about = (one.rule, one.bucket, one.prefix, one.role)
    if about in seen:
        message = f"the same is exempt in entry {seen[about] + 1}"
        yield Fault(("exemptions", place, "rule"), message, (), "keep one")
    seen.setdefault(about, place)
