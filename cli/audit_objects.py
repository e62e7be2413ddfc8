"""By what engine, from which ledger and for how much money are objects looked at?"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

import click

from audits.ledger.opening import open_ledger
from audits.objects.bucket import Tally
from audits.objects.pricing import Basis, Forecast, forecast
from audits.objects.purse import Purse
from audits.objects.recalling import Recalling
from audits.objects.running import Engine, Fast
from audits.objects_budget import Budget, SpendingMeter, refusal
from audits.objects_price import Mode, lines, made, together
from audits.objects_tariff import Tariff
from bucketwright.contract.cost.loading import load_prices
from bucketwright.looking.scope import Scope
from bucketwright.s3.endpoints import AWS, named
from cli.audit_access import Asking
from cli.audit_options import Asked
from cli.output import Output
from cli.progress import shown_tally

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
) -> Iterator[Engine | None]:
    """What looks at objects; None where the SDK does, or nobody."""
    if asked["objects"] == "none" or asked["engine"] == "sdk":
        yield None
        return
    if whom.why_sdk:
        _refuse_without(asked, whom.why_sdk)
        output.note(f"objects are looked at by the SDK, which takes longer: {whom.why_sdk}")
        yield None
        return
    with ExitStack() as stack:
        yield _fast(asked, whom, run, scopes, output, stack)


def _refuse_without(asked: Asked, why: str) -> None:
    """What only the fast engine can do."""
    if asked["objects"] in _NEED_FAST or asked["ledger"] is not None or asked["budget"] is not None:
        raise click.UsageError(f"only the fast engine samples, keeps a ledger or a budget, and {why}")


def _fast(
    asked: Asked, whom: Asking, run: str, scopes: Iterable[Scope], output: Output, stack: ExitStack
) -> Engine:
    endpoint = whom.sessions.endpoint_url
    ledger = None
    if asked["ledger"] is not None:
        ledger = stack.enter_context(open_ledger(asked["ledger"], whom.sessions))
    mode: Mode = asked["objects"]
    tariff = Tariff(whom.region, load_prices(), on_aws=whom.server == AWS.name)
    basis = Basis(mode, tariff, ledger, endpoint)
    known = [one for one in (forecast(scope, basis) for scope in scopes) if one is not None]
    purse = _purse(asked["budget"], known, tariff, output)
    tally = Tally(expected=sum(one.objects for one in known))
    stack.callback(_say_made, tally, purse, output)
    return Fast(
        whom.sessions,
        named(whom.server),
        whom.deadline,
        None if ledger is None else Recalling(ledger, run, named(whom.server), endpoint, mode == "full"),
        by_sample=mode == "sample",
        purse=purse,
        tally=stack.enter_context(shown_tally(tally, output)),
    )


def _say_made(tally: Tally, purse: Purse, output: Output) -> None:
    """What was asked in the end; where nothing could be listed other words say so."""
    if tally.listed:
        output.note(made(tally.listed, tally.asked, purse.calls))


def _purse(budget: Budget | None, known: list[Forecast], tariff: Tariff, output: Output) -> Purse:
    """What may be spent; OverBudgetError where more is expected. What is expected is said before."""
    said = together(one.expected for one in known) if known else None
    for line in () if said is None else lines(said):
        output.note(line)
    if budget is None:
        return Purse()
    why = "" if said is None else refusal(budget, said)
    if why:
        raise OverBudgetError(why)
    return Purse(SpendingMeter(budget), tariff)
