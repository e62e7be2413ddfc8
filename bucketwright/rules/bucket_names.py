"""What is a bucket called, as far as that is known, and of which words is that made?"""

import re
from collections.abc import Sequence
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.posture import Undetermined, Unknown

_BETWEEN: Final = re.compile("[.-]")


def name_of(bucket: BucketPosture) -> str:
    """Its name; Undetermined where AWS or a program is still to make one up."""
    if not bucket.name:
        raise Undetermined("name", Unknown("what it will be called is not known before it is made"))
    return bucket.name


def words(name: str) -> tuple[str, ...]:
    """What stands between hyphens and dots."""
    return tuple(_BETWEEN.split(name))


def end_of(part: Sequence[str], name: Sequence[str], start: int = 0) -> int | None:
    """Where some words end in a name, one after the other, from there on; None where they are not in it."""
    ends = ((at, at + len(part)) for at in range(start, len(name)))
    return next((end for at, end in ends if name[at:end] == part), None)
