"""Which keys does the literal beginning of a path select, where a filter of S3 knows nothing else?"""

from collections.abc import Iterator, Sequence
from itertools import dropwhile
from typing import TYPE_CHECKING

from bucketwright.contract.keys.segments import Literal
from bucketwright.contract.keys.templates import PathTemplate
from bucketwright.contract.placement import Place
from bucketwright.iam.charset import Repeat
from bucketwright.iam.languages import (
    BUDGET,
    EVERYTHING,
    And,
    Leaf,
    Undecided,
    Work,
    beginning,
    exactly,
    search,
)

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket


def head_selects(bucket: "Bucket", place: Place, own: Sequence[Place]) -> bool:
    """Whether the literal head of a path is enough to select its objects.

    Behind a variable, literal text tells them from keys that no prefix declares, and no rule may delete what
    nobody declared. Two kinds of bucket are forgotten whole: those of sessions, and those that AWS writes,
    which sets no tags.
    """
    return not takes_undeclared(bucket, place) and next(others_below(place, own), None) is None


def takes_undeclared(bucket: "Bucket", place: Place) -> bool:
    """Whether the literal head also selects keys that no prefix declares, in a bucket where that matters."""
    forgotten = bucket.temp is not None or bucket.purpose != "data"
    return not forgotten and not _ends_in_variables(place.path)


def others_below(
    place: Place, own: Sequence[Place], ending: str = "", work: Work | None = None
) -> Iterator[Place]:
    """The other declared prefixes with keys that begin like this one's path, and end so.

    Where that cannot be settled, within the work that is left if some is given, they count among them.
    """
    head = place.path.literal_head
    for other in own:
        if other.prefix_id != place.prefix_id and may_begin(other, head, ending, work or Work(BUDGET)):
            yield other


def may_begin(place: Place, head: str, ending: str, work: Work) -> bool:
    """Whether keys of a prefix begin and end so, or that cannot be settled within the work that is left."""
    known = place.keys.literal_head
    if not (known.startswith(head) or head.startswith(known)):
        return False
    if known.startswith(head) and not ending:
        return True
    ends = Leaf((Repeat(EVERYTHING, 0, None), *exactly(ending).tokens))
    try:
        return search(And((Leaf(place.keys.tokens()), beginning(head), ends)), work) is not None
    except Undecided:
        return True


def _ends_in_variables(path: PathTemplate) -> bool:
    """Whether no literal text follows the first variable but the slashes."""
    tail = dropwhile(lambda item: isinstance(item, Literal), path.items)
    return all(not isinstance(item, Literal) or item.text == "/" for item in tail)
