"""Which objects that lie in the buckets does a change hit, by what a ledger remembers of them?"""

import click

from audits.ledger.identity import LedgerError
from bucketwright.changes.radius import Change, Known, Radius, Unlisted, radius
from bucketwright.estate import BucketPosture


def objects_hit(change: Change, url: str) -> Radius:
    """One pass over each bucket that the change touches; one whose rows cannot be read is not counted.

    An address that is no ledger's is wrong use.
    """
    from audits.ledger_rows import ledger_rows, unreadable  # noqa: PLC0415 - not to be loaded by every plan

    damaged: dict[str, Unlisted] = {}
    asked: list[str] = []

    def source(bucket: BucketPosture) -> Known | Unlisted:
        asked.append(bucket.name)
        return damaged.get(bucket.name) or rows.of(bucket.name)

    try:
        with ledger_rows(url) as rows:
            while True:
                try:
                    return radius(change, source)
                except LedgerError as error:
                    if not asked or asked[-1] in damaged:
                        raise
                    damaged[asked[-1]] = Unlisted(unreadable(error), is_damaged=True)
    except LedgerError as error:
        raise click.UsageError(f"--ledger: {error}") from None
