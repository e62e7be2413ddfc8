"""Can a file with an allowed extension have an allowed type?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bucketwright.contract.contradictions.scope import readable
from bucketwright.contract.media_types import allows, types_of
from bucketwright.contract.problems import Fault

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.prefixes import Prefix


def content(bucket: "Bucket") -> Iterator[Fault]:
    """Extensions whose well-known types are all refused."""
    for prefix_id, prefix in bucket.prefixes.items():
        yield from (fault.under("prefixes", prefix_id) for fault in readable(_types(prefix)))


def _types(prefix: "Prefix") -> Iterator[Fault]:
    for place, extension in enumerate(prefix.extensions if prefix.types else ()):
        known = types_of(extension)
        if known and not any(allows(prefix.types, media_type) for media_type in known):
            message = f"{extension} files are {' or '.join(known)}, and types allows none of that"
            yield Fault(("extensions", place), message, (), f"add {known[0]} to types, or remove {extension}")
