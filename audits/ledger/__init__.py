"""What is already known about objects, kept in columns, so that the next audit looks only at what changed."""

from audits.ledger.identity import BucketIdentity, LedgerError, NewerFormatError
from audits.ledger.opening import open_ledger
from audits.ledger.spans import Span

__all__ = ["BucketIdentity", "LedgerError", "NewerFormatError", "Span", "open_ledger"]
