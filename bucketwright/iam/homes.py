"""Which bucket or access point may a policy be about, and which ARNs name keys and lists of keys at all?"""

import re
from dataclasses import dataclass
from typing import Final

from bucketwright.iam.charset import CharSet, Repeat
from bucketwright.iam.documents import Document
from bucketwright.iam.languages import EVERYTHING, Formula, Leaf, Or, beginning, exactly

_BUCKET: Final = re.compile(r"(arn:[^:]*:s3:::)((?:\$\{[^{}]*\}|[^/*?$])+)(?:/.*)?", re.DOTALL)
_ACCESS_POINT: Final = re.compile(r"(arn:[^:*?]*:s3:[^:*?]*:[^:*?]+:accesspoint/[^/*?$]+)(?:/.*)?", re.DOTALL)


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

    container: str
    arns: Leaf
    """Its ARN; a bucket's in any partition."""
    between: str
    """What stands between its ARN and a key."""

    def inside(self, prefix: str) -> Formula:
        """The ARNs of its keys that begin with the prefix."""
        return Leaf((*self.arns.tokens, *beginning(f"{self.between}{prefix}").tokens))


def homes(document: Document) -> dict[Leaf, Home]:
    """Every bucket and access point that the policy spells out, by its ARN."""
    found: dict[Leaf, Home] = {}
    for statement in document.statements:
        for home in map(home_of, statement.resources.patterns if statement.resources else ()):
            if home:
                found.setdefault(home.arns, home)
    return found


def home_of(arn: str) -> Home | None:
    """The bucket or access point of an ARN, where it is spelled out."""
    if bucket := _BUCKET.fullmatch(arn):
        partition = "arn:aws:s3:::" if "*" in bucket[1] or "?" in bucket[1] else bucket[1]
        return Home(partition + bucket[2], _parts(*_ARN, f":s3:::{bucket[2]}"), "/")
    if point := _ACCESS_POINT.fullmatch(arn):
        return Home(point[1], exactly(point[1]), "/object/")
    return None
