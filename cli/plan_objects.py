"""Which objects that lie in the buckets does a change hit, by what a ledger remembers of them?"""

import click

from audits.ledger.identity import LedgerError
from bucketwright.changes.radius import Change, Radius, radius


def objects_hit(change: Change, url: str) -> Radius:
    """One pass over each bucket that the change touches; a ledger that cannot be read is wrong use."""
    from audits.ledger_rows import ledger_rows  # noqa: PLC0415 - not to be loaded by every plan

    try:
        with ledger_rows(url) as rows:
            return radius(change, lambda bucket: rows.of(bucket.name))
    except LedgerError as error:
        raise click.UsageError(f"--ledger: {error}") from None
