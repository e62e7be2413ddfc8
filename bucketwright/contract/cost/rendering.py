"""How is an estimate shown, to people at 80 columns and to programs as JSON?"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from textwrap import wrap
from typing import Final

from bucketwright.contract.cost.estimates import ASSUMPTIONS, LEFT_OUT, Estimate
from bucketwright.contract.cost.figures import dollars, price, quantity
from bucketwright.contract.cost.meters import Pool
from bucketwright.contract.cost.pricing import Line
from bucketwright.contract.cost.uses import Gap, place
from bucketwright.plain_text import printable

WIDTH: Final = 80
JSON_VERSION: Final = 1
_POOLS: Final[Mapping[Pool, str]] = {"internet": "GB to the internet", "kms_requests": "KMS requests"}
_NAME_WIDTH: Final = 24
"""Columns that the name of a line needs beside its numbers, else it stands above them."""

_PER: Final = {1: "", 1000: "/1k", 10**4: "/10k", 10**6: "/1M"}


def render(estimate: Estimate) -> str:
    """The estimate as text, no line longer than 80 columns unless a word is."""
    return "\n".join([*_heading(estimate), *_table(estimate), "", *_sums(estimate), *_notes(estimate)])


def to_json(estimate: Estimate) -> dict[str, object]:
    """The estimate as data; amounts are text, so that no digit is lost."""
    prices = estimate.prices
    return {
        "version": JSON_VERSION,
        "project": estimate.environment.project,
        "environment": estimate.environment.name,
        "months_ahead": estimate.months,
        "prices": {"date": prices.date.isoformat(), "currency": prices.currency, "source": prices.source},
        "total": f"{estimate.total:f}",
        "at_least": estimate.at_least,
        "total_in_12_months": f"{estimate.after_months(12).total:f}",
        "lines": [_line(line) for line in estimate.lines],
        "not_counted": [
            {"bucket": gap.bucket, "prefix": gap.prefix, "reason": gap.reason, "unpriced": gap.unpriced}
            for gap in estimate.gaps
        ],
        "assumptions": list(_assumptions(estimate)),
        "left_out": list(LEFT_OUT),
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "bucket": line.bucket,
        "prefix": line.prefix,
        "kind": line.kind,
        "what": line.what,
        "region": line.region,
        "quantity": f"{line.quantity:f}",
        "unit": line.unit,
        "unit_price": f"{line.unit_price:f}",
        "per": line.per,
        "dollars": f"{line.dollars:f}",
        "assumption": line.assumption,
    }


def _heading(estimate: Estimate) -> Iterator[str]:
    environment, prices = estimate.environment, estimate.prices
    regions = sorted({line.region for line in estimate.lines}) or [environment.region]
    ahead = f", {estimate.months} months ahead" if estimate.months else ""
    yield from wrap(f"Cost of {environment.project}/{environment.name}, a month{ahead}", WIDTH)
    yield from wrap(f"Prices of {prices.date} in {prices.currency}: {printable(prices.source)}", WIDTH)
    yield from wrap(f"Regions: {', '.join(regions)}", WIDTH, break_on_hyphens=False)


def _table(estimate: Estimate) -> Iterator[str]:
    subtotals = estimate.by_place()
    for key, lines in groupby(estimate.lines, lambda line: (line.bucket, line.prefix)):
        yield ""
        yield from _placed(*key, dollars(subtotals[key]))
        for line in lines:
            yield from _row(line)


def _placed(bucket: str, prefix: str | None, amount: str) -> Iterator[str]:
    name = place(bucket, prefix)
    if prefix is not None and len(name) + len(amount) >= WIDTH:
        yield f"{bucket}/"
        name = prefix
    yield _beside(name, amount)


def _beside(text: str, amount: str) -> str:
    return f"{text}{amount:>{WIDTH - len(text)}}"


def _row(line: Line) -> Iterator[str]:
    unit_price = price(line.unit_price) + _PER[line.per]
    numbers = f"{quantity(line.quantity):>11} {line.unit:<8} x {unit_price:<11} {dollars(line.dollars):>12}"
    room = WIDTH - len(numbers) - 3
    *above, name = wrap(line.what, max(room, _NAME_WIDTH), break_on_hyphens=False)
    if room < _NAME_WIDTH:
        above, name = [*above, name], ""
    yield from (f"  {part}" for part in above)
    yield f"  {name:<{room}} {numbers}"
    yield from wrap(
        line.assumption, WIDTH, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False
    )


def _sums(estimate: Estimate) -> Iterator[str]:
    total = "Total a month, at least" if estimate.at_least else "Total a month"
    for kind, amount in estimate.by_kind().items():
        yield _beside(f"  {kind}", dollars(amount))
    yield _beside(total, dollars(estimate.total))
    later = estimate.after_months(12)
    if later.total != estimate.total:
        yield _beside("12 months later, when what stays for ever has grown", dollars(later.total))


def _notes(estimate: Estimate) -> Iterator[str]:
    unsaid = (gap for gap in estimate.gaps if not gap.unpriced)
    yield from _list("Not counted, because there is no price for it:", map(_gap, estimate.unpriced))
    yield from _list("Not counted, because the contract does not say enough:", map(_gap, unsaid))
    yield from _list("Assumed throughout:", _assumptions(estimate))
    yield from _list("Left out:", iter(LEFT_OUT))


def _assumptions(estimate: Estimate) -> Iterator[str]:
    yield from ASSUMPTIONS
    for pool, amount in estimate.prices.free.items():
        yield f"{quantity(amount)} {_POOLS[pool]} are free each month, shared out over the lines they are on"


def _gap(gap: Gap) -> str:
    return f"{place(gap.bucket, gap.prefix)}: {gap.reason}"


def _list(title: str, entries: Iterator[str]) -> Iterator[str]:
    items = list(entries)
    if items:
        yield ""
        yield title
    for item in items:
        yield from wrap(item, WIDTH, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False)
