"""Which bucket or access point may a policy be about, and which ARNs name keys and lists of keys at all?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from bucketwright.iam.charset import CharSet, Repeat
from bucketwright.iam.documents import Document
from bucketwright.iam.languages import EVERYTHING, Formula, Leaf, Or, arns, beginning, exactly
from bucketwright.iam.patterns import matches, without_variables

PARTITIONS: Final = (
    "aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc",
)  # fmt: skip
_BUCKET: Final = re.compile(r"arn:[^:]*:s3:::((?:\$\{[^{}]*\}|[^/*?$])+)(/.*)?", re.DOTALL)
_ACCESS_POINT: Final = re.compile(r"(arn:[^:*?]*:s3:[^:*?]*:[^:*?]+:accesspoint/[^/*?$]+)(/.*)?", re.DOTALL)


def _run(without: str, low: int = 1) -> Repeat:
    return Repeat(CharSet(frozenset(without), negated=True), low, None)


def _parts(*parts: str | Repeat) -> Leaf:
    return Leaf(
        tuple(t for part in parts for t in (exactly(part).tokens if isinstance(part, str) else (part,)))
    )


_REST: Final = Repeat(EVERYTHING, 0, None)
_ARN: Final = ("arn:aws", _run(":", 0))
"""An ARN's beginning in any partition."""
_NAME: Final = _run("/")
_KEY: Final = Repeat(EVERYTHING, 1, None)


def _point(*parts: str | Repeat) -> Leaf:
    return _parts(*_ARN, ":s3", _run(":", 0), ":", _run(":", 0), ":", _run(":"), ":", *parts)


_POINTS: Final = (("accesspoint/", _NAME), ("outpost/", _NAME, "/", _NAME, "/", _NAME))
CONTAINERS: Final[Formula] = Or(
    (
        _parts(*_ARN, ":s3:::", _run("/:")),
        *(_point(*parts) for parts in _POINTS),
        _point("bucket/", _NAME),
        _point("access-grants/", _KEY),
    )
)
"""The ARNs of what holds keys: buckets, access points, and the grants of an account."""
REAL: Final[Formula] = Or(tuple(beginning(f"arn:{partition}:") for partition in PARTITIONS))
"""The ARNs of partitions that there are."""
JOBS: Final[Formula] = _point("job/", _KEY)
ROLES: Final[Formula] = _parts(*_ARN, ":iam::", _run(":"), ":role/", _KEY)
KEYS: Final[Formula] = Or(
    (
        _parts(*_ARN, ":s3:::", _run("/:"), "/", _KEY),
        *(_point(*parts, "/object/", _KEY) for parts in _POINTS),
        _parts(*_ARN, ":s3-object-lambda:", _REST),
    )
)
"""The ARNs of keys; an access point with a function answers for its keys under its own ARN."""


@dataclass(frozen=True, slots=True)
class Home:
    """A bucket or access point that a policy spells out."""

    containers: tuple[str, ...]
    """Its ARN, in every partition that the policy may mean."""
    arns: Leaf
    """Its ARN; a bucket's in any partition."""
    between: str
    """What stands between its ARN and a key."""

    @property
    def container(self) -> str:
        return self.containers[0]

    def inside(self, prefix: str) -> Formula:
        """The ARNs of its keys that begin with the prefix."""
        return Leaf((*self.arns.tokens, *beginning(f"{self.between}{prefix}").tokens))

    def plainly_inside(self, pattern: str, prefix: str) -> bool:
        """Whether the pattern spells out the ARN and the prefix, so that all its matches are inside."""
        tokens = arns(pattern).tokens
        heads = (exactly(f"{container}{self.between}{prefix}").tokens for container in self.containers)
        return any(tokens[: len(head)] == head for head in heads)


def homes(document: Document) -> dict[Leaf, Home]:
    """Every bucket and access point that the policy spells out, by its ARN."""
    patterns = [name for one in document.statements if one.resources for name in one.resources.patterns]
    told_apart = _told_apart(patterns)
    found: dict[Leaf, Home] = {}
    for home in filter(None, map(home_of, patterns)):
        known = found[home.arns].containers if home.arns in found else ()
        more = (arn for arn in home.containers if partition_of(arn) in told_apart)
        found[home.arns] = replace(home, containers=tuple(dict.fromkeys((*known, *more))))
    return found


def _told_apart(patterns: Sequence[str]) -> frozenset[str]:
    """Of the partitions that all these patterns treat alike, one stands for all."""
    meant = [partitions(part) for part in dict.fromkeys(map(partition_of, patterns))]
    alike: dict[tuple[bool, ...], str] = {}
    for partition in PARTITIONS:
        alike.setdefault(tuple(partition in some for some in meant), partition)
    return frozenset(alike.values())


def partition_of(arn: str) -> str:
    """The second part of an ARN or of a pattern of ARNs."""
    return arn.partition(":")[2].partition(":")[0]


def home_of(arn: str) -> Home | None:
    """The bucket or access point of an ARN, where it is spelled out in some partition."""
    meant = partitions(partition_of(arn))
    if meant and (bucket := _BUCKET.fullmatch(arn)):
        containers = tuple(f"arn:{partition}:s3:::{bucket[1]}" for partition in meant)
        return Home(containers, _parts(*_ARN, f":s3:::{bucket[1]}"), "/")
    if meant and (point := _ACCESS_POINT.fullmatch(arn)):
        return Home((point[1],), exactly(point[1]), "/object/")
    return None


@lru_cache(maxsize=512)
def partitions(pattern: str) -> tuple[str, ...]:
    """The partitions that a part of an ARN may mean."""
    return _matching(pattern)


def _matching(pattern: str) -> tuple[str, ...]:
    read = without_variables(pattern)
    return tuple(partition for partition in PARTITIONS if matches(read, partition))


def names_key(pattern: str) -> bool:
    """Whether the pattern spells out a bucket or access point and goes on, so that it names neither."""
    found = _BUCKET.fullmatch(pattern) or _ACCESS_POINT.fullmatch(pattern)
    return found is not None and found[2] is not None
