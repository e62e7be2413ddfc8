"""Which bucket or access point may a policy be about, and which ARNs name keys and lists of keys at all?"""

import re
from dataclasses import dataclass
from typing import Final

from bucketwright.iam.charset import CharSet, Repeat
from bucketwright.iam.documents import Document
from bucketwright.iam.languages import EVERYTHING, And, Formula, Leaf, Not, Or, beginning, exactly, pattern

_BUCKET: Final = re.compile(r"(arn:[^:]*:s3:::)((?:\$\{[^{}]*\}|[^/*?$])+)(?:/.*)?", re.DOTALL)
_ACCESS_POINT: Final = re.compile(r"(arn:[^:*?]*:s3:[^:*?]*:[^:*?]+:accesspoint/[^/*?$]+)(?:/.*)?", re.DOTALL)
_PARTS_OF_POINTS: Final = ("accesspoint/", "bucket/", "outpost/", "access-grants/")


def _run(without: str, low: int = 1) -> Repeat:
    return Repeat(CharSet(frozenset(without), negated=True), low, None)


def _parts(*parts: str | Repeat) -> Leaf:
    return Leaf(
        tuple(t for part in parts for t in (exactly(part).tokens if isinstance(part, str) else (part,)))
    )


_REST: Final = Repeat(EVERYTHING, 0, None)
_BUCKETS: Final = _parts("arn:", _run(":"), ":s3:::", _run("/:"))
_OBJECTS: Final = _parts("arn:", _run(":"), ":s3:::", _run("/:"), "/", Repeat(EVERYTHING, 1, None))
_POINTS: Final = Or(
    tuple(
        _parts("arn:", _run(":"), ":s3", _run(":", 0), ":", _run(":", 0), ":", _run(":"), f":{part}", _REST)
        for part in _PARTS_OF_POINTS
    )
)
_LAMBDA_POINTS: Final = _parts("arn:", _run(":"), ":s3-object-lambda:", _REST)
_BELOW: Final = pattern("*/object/*")
CONTAINERS: Final[Formula] = Or((_BUCKETS, And((_POINTS, Not(_BELOW)))))
"""The ARNs of what holds keys: buckets and access points."""
KEYS: Final[Formula] = Or((_OBJECTS, And((_POINTS, _BELOW)), _LAMBDA_POINTS))
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
        return Home(partition + bucket[2], _parts("arn:", _run(":"), f":s3:::{bucket[2]}"), "/")
    if point := _ACCESS_POINT.fullmatch(arn):
        return Home(point[1], exactly(point[1]), "/object/")
    return None
