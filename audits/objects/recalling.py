"""A ledger, as a run uses it: whatever it knows of a bucket is at hand while that bucket is looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from audits.ledger.identity import BucketIdentity
from audits.object_facts import Home
from audits.objects.bucket import Wanted
from audits.objects.judged_by import judged_by
from audits.objects.visits import Visits
from bucketwright.objects.keeping import Terms
from bucketwright.s3.endpoints import Server

if TYPE_CHECKING:
    from audits.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Recalling:
    """One run with a ledger."""

    ledger: "Ledger"
    run: str
    server: Server
    endpoint: str
    """Where the buckets are; empty: at AWS."""
    asks_all: bool
    """Whether everything is asked again, whatever is known."""

    @contextmanager
    def of(self, home: Home, wanted: Wanted) -> Iterator[Visits]:
        """What is known of a bucket; what is learned meanwhile is kept, also where the run breaks off."""
        from audits.objects.memory import Memory  # noqa: PLC0415 - brings pyarrow, which takes its time

        bucket = BucketIdentity(home.target.name, self.endpoint)
        server = self.server
        terms = Terms(server.dates_rewrites, datetime.now(UTC), locks_encryption=server.locks_encryption)
        about = judged_by(wanted.rules, wanted.estate, home)
        with self.ledger.writing(bucket, self.run) as writer:
            yield Memory(self.ledger, bucket, writer, home, terms, about, self.asks_all)
