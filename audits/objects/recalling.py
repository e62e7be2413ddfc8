"""A ledger, as a run uses it: whatever it knows of a bucket is at hand while that bucket is looked at."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from audits.ledger.identity import BucketIdentity, LedgerError
from audits.object_facts import Home
from audits.objects.bucket import Skip, Wanted
from audits.objects.faltering import Faltering, Trouble
from audits.objects.judged_by import judged_by
from audits.objects.visits import Visits
from bucketwright.estate import BucketPosture
from bucketwright.objects.keeping import UPLOADS_LIVE, Terms
from bucketwright.posture import Undetermined
from bucketwright.rules.lifecycle_scopes import is_of_all
from bucketwright.s3.endpoints import Server

if TYPE_CHECKING:
    from audits.ledger.ledger import Ledger
    from audits.ledger.writing import Writer


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
    def of(self, home: Home, wanted: Wanted, skip: Skip) -> Iterator[Visits | None]:
        """What is known of a bucket; what is learned meanwhile is kept, also where the run breaks off. Where
        the ledger fails, that is told to `skip`, and the bucket is looked at without it."""
        bucket = BucketIdentity(home.target.name, self.endpoint)
        trouble = Trouble(self.ledger.place, home.address, skip)
        try:
            writer = self.ledger.writing(bucket, self.run)
        except LedgerError as error:
            trouble.tell(error)
            yield None
            return
        try:
            yield Faltering(self._memory(home, wanted, bucket, writer), trouble)
        except BaseException:
            with suppress(LedgerError):
                writer.flush()
            raise
        _end(writer, trouble)

    def _memory(self, home: Home, wanted: Wanted, bucket: BucketIdentity, writer: "Writer") -> Visits:
        from audits.objects.memory import Memory  # noqa: PLC0415 - brings pyarrow, which takes its time

        server = self.server
        terms = Terms(
            server.dates_rewrites,
            datetime.now(UTC),
            locks_encryption=server.locks_encryption,
            counts_tags=server.counts_tags,
            uploads_live=uploads_live(wanted.estate.follow(home.address, BucketPosture)),
        )
        about = judged_by(wanted.rules, wanted.estate, home)
        return Memory(self.ledger, bucket, writer, home, terms, about, self.asks_all)


def uploads_live(bucket: BucketPosture) -> timedelta:
    """How long an upload in parts can go on there; lifecycle ends it at the midnight after so many days."""
    try:
        rules = bucket.lifecycle.rules
    except Undetermined:
        return UPLOADS_LIVE
    ends = [rule.abort.days for rule in rules if rule.enabled and rule.abort and is_of_all(rule)]
    days = min((one for one in ends if one is not None), default=None)
    return UPLOADS_LIVE if days is None else timedelta(days=days + 1)


def _end(writer: "Writer", trouble: Trouble) -> None:
    """A run whose ledger failed keeps what it told before, and is not finished."""
    if trouble.is_told:
        with suppress(LedgerError):
            writer.flush()
        return
    try:
        writer.close()
    except LedgerError as error:
        trouble.tell(error)
