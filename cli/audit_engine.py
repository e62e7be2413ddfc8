"""Which engine looks at objects: from which ledger, at which prices, for how much money at most?"""

from collections.abc import Iterable
from contextlib import ExitStack

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
from cli.audit_objects import OverBudgetError
from cli.audit_options import Asked
from cli.output import Output
from cli.progress import shown_tally


def fast_engine(
    asked: Asked, whom: Asking, run: str, scopes: Iterable[Scope], output: Output, stack: ExitStack
) -> Engine:
    """The one that reads past the SDK; what it will take is said before, and never more than it may."""
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
