"""What keeps a run from being one, and with which code does it end?"""

from collections.abc import Callable
from typing import Final

from audits.ledger.identity import LedgerError
from audits.refusing import CannotLookError, HistoryUnreadableError
from bucketwright.s3.addresses import AccessError
from bucketwright.s3.evidence import KeptError
from cli.audit_access import sentence
from cli.audit_objects import OverBudgetError
from cli.exits import Exit
from cli.output import Output


class UnlikeError(Exception):
    """Two runs that did not look at the same; the text is for people."""


_WRONG: Final = frozenset({"bucket", "account"})
_WRONG_USE: Final = (
    AccessError,
    KeptError,
    HistoryUnreadableError,
    LedgerError,
    OverBudgetError,
    UnlikeError,
)


def plainly(output: Output, work: Callable[[], Exit], endpoint: str | None = None) -> Exit:
    """What keeps a run from being one, said in a sentence."""
    try:
        return work()
    except CannotLookError as refused:
        output.error(sentence(refused, endpoint))
        return Exit.WRONG_USE if refused.reason in _WRONG else Exit.INCOMPLETE
    except _WRONG_USE as wrong:
        output.error(str(wrong))
        return Exit.WRONG_USE
