"""What lies in a bucket `files` of a project, with the estate that a rule looks at beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, TypeVar

from bucketwright.contract.model import Environment
from bucketwright.estate import BucketPosture
from bucketwright.intended import intended
from bucketwright.objects.postures import KeyedPosture, ObjectPosture
from bucketwright.posture import Circumstances, Estate, Posture, reference
from bucketwright.rules import catalogue
from bucketwright.verdicts import Verdict

BUCKET: Final = reference("bucket", "files")
NOW: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)
SomeRow = TypeVar("SomeRow", bound=KeyedPosture)


def contract(prefixes: Mapping[str, object] | None = None, **settings: object) -> Environment:
    """Environment `prod` of a project whose bucket `files` has these prefixes."""
    buckets = {"files": {"prefixes": prefixes or {}}}
    return Environment.model_validate({"project": "shop", "name": "prod", "buckets": buckets, **settings})


@dataclass(frozen=True)
class Seen:
    """An estate with one bucket, at a time."""

    environment: Environment | None = None
    bucket: Mapping[str, object] = field(default_factory=dict)
    now: datetime = NOW
    beside: tuple[Posture, ...] = ()

    def estate(self, *rows: Posture) -> Estate:
        """The estate with these rows in it."""
        several = (BucketPosture(BUCKET, "files", self.bucket), *self.beside, *rows)
        wanted = None if self.environment is None else intended(self.environment)
        around = Circumstances(self.environment, wanted, now=self.now)
        return Estate("live", {one.address: one for one in several}, circumstances=around)

    def verdict(self, rule_id: str, row: Posture) -> Verdict:
        """What a rule says of a row."""
        return catalogue()[rule_id].verdict(row, self.estate(row))


def stored(key: str, **facts: object) -> ObjectPosture:
    """An object of the bucket."""
    return row(ObjectPosture, key, **{"is_newest": True, **facts})


def row(kind: type[SomeRow], key: str, **facts: object) -> SomeRow:
    """Something of the bucket."""
    return kind(reference(kind.kind, f"files/{key}"), key, {"bucket": BUCKET, "key": key, **facts})
