"""A bucket in memory, looked at by runs with a ledger."""

from datetime import UTC, datetime
from pathlib import Path

from audits.ledger import BucketIdentity, open_ledger
from audits.objects.bucket import Wanted
from audits.objects.judged_by import judged_by
from audits.objects.memory import Memory
from audits.objects.purse import Purse
from bucketwright.judging import Judgement
from bucketwright.objects.keeping import Terms
from tests.audits.objects.stored import HOME, Stored, looked


def recalled(
    stored: Stored,
    about: Wanted,
    folder: Path,
    run: str,
    *,
    dates: bool = True,
    counts_tags: bool = False,
    asks_all: bool = False,
    now: datetime | None = None,
    purse: Purse | None = None,
    is_whole: bool | None = None,
) -> list[Judgement]:
    """What a run with a ledger finds; with a purse its money does not last, if nothing else is said."""
    with open_ledger(str(folder)) as ledger:
        bucket, now = BucketIdentity("files"), now or datetime.now(UTC)
        terms = Terms(dates, now, locks_encryption=True, counts_tags=counts_tags)
        with ledger.writing(bucket, run) as writer:
            by = judged_by(about.rules, about.estate, HOME)
            memory = Memory(ledger, bucket, writer, HOME, terms, by, asks_all)
            said, skipped = looked(stored, about, purse, memory)
    assert bool(skipped) == (purse is not None if is_whole is None else not is_whole)
    return said
