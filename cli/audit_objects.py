"""By what engine, from which ledger and for how much money are objects looked at?"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

import click

from bucketwright.looking.scope import Scope
from cli.audit_access import Asking
from cli.audit_options import Asked
from cli.output import Output

if TYPE_CHECKING:
    from audits.objects.running import Engine

_NEED_FAST: Final = ("changed", "sample")


class OverBudgetError(Exception):
    """It would cost more than it may; the text is for people."""


def refuse_object_options(asked: Asked) -> None:
    """Those that contradict each other, or would do nothing."""
    mode, is_sdk = asked["objects"], asked["engine"] == "sdk"
    if mode == "none" and (asked["ledger"] is not None or asked["budget"] is not None):
        raise click.UsageError(
            "--ledger and --budget are about objects: add --objects full, or changed, or sample"
        )
    if mode == "changed" and asked["ledger"] is None:
        raise click.UsageError("--objects changed needs --ledger URL: what is known from earlier runs?")
    if mode == "sample" and asked["ledger"] is not None:
        raise click.UsageError("a sample is not kept in a ledger; leave out --ledger")
    if is_sdk and (mode in _NEED_FAST or asked["ledger"] is not None or asked["budget"] is not None):
        raise click.UsageError(
            "--engine sdk looks at every object, keeps no ledger and no budget; leave out --engine"
        )
    if asked["replay"] and (asked["ledger"] is not None or asked["budget"] is not None):
        raise click.UsageError("--replay asks nobody; leave out --ledger and --budget")


@contextmanager
def object_engine(
    asked: Asked, whom: Asking, run: str, scopes: Iterable[Scope], output: Output
) -> "Iterator[Engine | None]":
    """What looks at objects; None where the SDK does, or nobody."""
    if asked["objects"] == "none" or asked["engine"] == "sdk":
        yield None
        return
    if whom.why_sdk:
        _refuse_without(asked, whom.why_sdk)
        output.note(f"objects are looked at by the SDK, which takes longer: {whom.why_sdk}")
        yield None
        return
    from cli.audit_engine import fast_engine  # noqa: PLC0415 - brings prices and what ledgers need

    with ExitStack() as stack:
        yield fast_engine(asked, whom, run, scopes, output, stack)


def _refuse_without(asked: Asked, why: str) -> None:
    """What only the fast engine can do."""
    if asked["objects"] in _NEED_FAST or asked["ledger"] is not None or asked["budget"] is not None:
        raise click.UsageError(f"only the fast engine samples, keeps a ledger or a budget, and {why}")
