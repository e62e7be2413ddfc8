"""Does S3 take uploads in the stated parts, and do the largest objects fit?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from bucketwright.contract.contradictions.scope import Scope
from bucketwright.contract.limits import MOST_PARTS, SMALLEST_PART
from bucketwright.contract.problems import Fault
from bucketwright.contract.quantities import spell_size

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Transfer

LARGEST_PART: Final = 5 * 2**30
_SMALLEST, _LARGEST = spell_size(SMALLEST_PART), spell_size(LARGEST_PART)


def transfer(scope: Scope) -> Iterator[Fault]:
    """Sizes of parts that S3 refuses, or with which the largest object needs too many of them."""
    environment = scope.environment
    yield from (fault.under("transfer") for fault in _sizes(environment.transfer))
    for bucket_id, bucket in environment.buckets.items():
        above = ("buckets", bucket_id)
        if bucket.transfer is not None:
            yield from (fault.under(*above, "transfer") for fault in _sizes(bucket.transfer))
        part_size = (bucket.transfer or environment.transfer).part_size
        for prefix_id, prefix in bucket.prefixes.items():
            if prefix.max_size == 0:
                yield Fault((*above, "prefixes", prefix_id, "max_size"), "nothing could be stored here")
            if prefix.max_size is not None and prefix.max_size > MOST_PARTS * max(part_size, 1):
                message = f"an object this large has more than {MOST_PARTS} parts of {part_size} bytes"
                remedy = "a smaller max_size, or a larger part_size under transfer"
                yield Fault((*above, "prefixes", prefix_id, "max_size"), message, (), remedy)


def _sizes(stated: "Transfer") -> Iterator[Fault]:
    if not SMALLEST_PART <= stated.part_size <= LARGEST_PART:
        yield Fault(("part_size",), f"S3 takes parts of {_SMALLEST} to {_LARGEST}")
    if not SMALLEST_PART <= stated.threshold <= LARGEST_PART:
        yield Fault(("threshold",), f"uploads go in parts from a size between {_SMALLEST} and {_LARGEST}")
