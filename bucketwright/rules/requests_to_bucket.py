"""Which requests are there for one bucket and the objects in it, and is any of some set of them left?"""

from collections.abc import Iterable, Iterator
from typing import Final

from bucketwright.iam.actions import LISTING, OBJECT, SETTINGS, TAKEOVER, UPLOADS
from bucketwright.iam.charset import Repeat
from bucketwright.iam.documents import Names, Statement
from bucketwright.iam.homes import PARTITIONS, partition_of
from bucketwright.iam.languages import (
    EVERYTHING,
    NOTHING,
    And,
    Formula,
    Leaf,
    Not,
    Or,
    Undecided,
    arns,
    exactly,
    member,
    plain,
)
from bucketwright.iam.reach import WITHOUT_PREFIX, Containers, Lists, Objects, View, of_bucket
from bucketwright.posture import Undetermined, Unknown

ACTIONS: Final = frozenset(
    one for one in OBJECT | LISTING | UPLOADS | TAKEOVER | SETTINGS if one.startswith("s3:")
)
"""All that is known of S3 itself."""
_KEY: Final = Repeat(EVERYTHING, 1, None)
_OBJECTS: Final[View] = Objects()
_ITSELF: Final[View] = Containers(WITHOUT_PREFIX)
_LISTS: Final[View] = Lists()


def bucket_arn(bucket: str, policy: Iterable[Statement]) -> str:
    """The ARN of the bucket with such a policy, which speaks of no partition but the bucket's own."""
    patterns = (name for one in policy if one.resources for name in one.resources.patterns)
    spelled = map(partition_of, patterns)
    partition = next((one for one in spelled if one in PARTITIONS), PARTITIONS[0])
    return f"arn:{partition}:s3:::{bucket}"


def objects_in(arn: str) -> Leaf:
    """The ARNs of all objects in the bucket with this ARN."""
    return Leaf((*exactly(f"{arn}/").tokens, _KEY))


def named(names: Names) -> Formula:
    """The ARNs that these names mean."""
    some = Or(tuple(map(arns, names.patterns)))
    return Not(some) if names.negated else some


def requests_for(arn: str, action: str) -> Iterator[tuple[View, Formula]]:
    """Each kind of request of this action to the bucket with this ARN, and what such requests name.

    An action that no table knows may be about anything.
    """
    if action in OBJECT or action not in ACTIONS:
        yield _OBJECTS, objects_in(arn)
    if action not in OBJECT:
        yield _ITSELF, exactly(arn)
    if action in LISTING:
        yield _LISTS, of_bucket(exactly(arn))


def is_any(fact: str, *limits: Formula) -> bool:
    """Whether something is within all of these; Undetermined where that takes too long to find out."""
    everything = plain(And(limits))
    try:
        return everything != NOTHING and member(everything) is not None
    except Undecided as undecided:
        raise Undetermined(fact, Unknown(f"not settled: {undecided}")) from None
