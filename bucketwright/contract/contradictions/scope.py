"""What does a search for contradictions see: an environment, and which parts of it did not even validate?"""

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from bucketwright.contract.buckets import Bucket
from bucketwright.contract.form import Unsound
from bucketwright.contract.problems import Fault, Path
from bucketwright.plain_text import did_you_mean, shown

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment

_MOST_LISTED: Final = 12
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Scope:
    """An environment, with the paths of parts that are written but left out because they are not sound."""

    environment: "Environment"
    broken: frozenset[Path] = frozenset()

    def unknown_bucket(self, path: Path, bucket_id: str) -> Iterator[Fault]:
        """A fault at a path that names a bucket which is not there."""
        yield from self._unknown("bucket", path, bucket_id, self.environment.buckets, ("buckets",))

    def unknown_prefix(self, path: Path, bucket_id: str, prefix_id: str) -> Iterator[Fault]:
        """A fault at a path that names a prefix which a bucket does not have."""
        bucket = self.environment.buckets.get(bucket_id)
        if bucket is not None:
            kind, above = f"prefix of {bucket_id}", ("buckets", bucket_id, "prefixes")
            yield from self._unknown(kind, path, prefix_id, bucket.prefixes, above)

    def unknown_role(self, path: Path, role_id: str) -> Iterator[Fault]:
        """A fault at a path that names a role which is not there."""
        yield from self._unknown("role", path, role_id, self.environment.access, ("access",))

    def _unknown(
        self, kind: str, path: Path, name: str, sound: Collection[str], above: Path
    ) -> Iterator[Fault]:
        if name in sound or (*above, name) in self.broken:
            return
        broken = (str(part[-1]) for part in self.broken if part[:-1] == above)
        known = sorted({*sound, *broken})
        allowed = tuple(known) if len(known) <= _MOST_LISTED else ()
        message = f"there is no {kind} {shown(name)}"
        yield Fault(path, message, allowed, did_you_mean(name, known))


def readable(found: Iterator[Found]) -> Iterator[Found]:
    """What a search finds before it asks for a field that is not sound."""
    with suppress(Unsound):
        yield from found


def each(*searches: Iterator[Found]) -> Iterator[Found]:
    """What several searches find, each as far as it can read."""
    for search in searches:
        yield from readable(search)


BucketCheck = Callable[[Bucket], Iterator[Fault]]
EnvironmentCheck = Callable[[Scope], Iterator[Fault]]
