"""How is it shown how much lies in buckets: as tables at 80 columns, and as JSON?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap
from typing import Final

from bucketwright.contract.cost.figures import dollars
from bucketwright.contract.cost.figures import size as in_bytes
from bucketwright.contract.cost.lots import Lots
from bucketwright.contract.cost.measures import sum_exactly
from bucketwright.contract.cost.prices import Prices
from bucketwright.objects.space import AGES, OLDER, UNKNOWN_AGE, Space
from bucketwright.plain_text import clipped, printable

WIDTH: Final = 80
_NAME: Final = 38
_AGES: Final = (*(name for _, name in AGES), OLDER, UNKNOWN_AGE)
_BY_AGE: Final = "by age"
_NO_PRICE: Final = "no price"


@dataclass(frozen=True, slots=True)
class Counted:
    """What lies in one bucket."""

    name: str
    region: str
    space: Space | None
    """None where nothing is known."""
    basis: str = ""
    """From where it is known."""
    missing: tuple[str, ...] = ()
    """What is not in it, and why: a sentence each."""
    has_uploads: bool = True
    """Whether unfinished uploads were asked for."""
    is_region_told: bool = True
    """Whether anybody says that it lies there; else only its prices are taken from there."""


def lines(several: Sequence[Counted], prices: Prices, top: int) -> Iterator[str]:
    """The buckets one after the other, and their sum."""
    for one in several:
        yield from _bucket(one, prices, top)
        yield ""
    known = [one for one in several if one.space is not None]
    if len(known) > 1:
        wholes = [_Row("", _whole(one.space), one.region) for one in known if one.space is not None]
        yield _sum(f"{len(known):,} buckets", wholes, prices)
        yield ""
    yield from wrap(
        f"Dollars are for a month of storage at list prices of {prices.date}, their first steps. "
        "Requests, moves and transfer are left out.",
        WIDTH,
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a table."""

    name: str
    lots: Lots
    region: str

    def dollars(self, prices: Prices) -> Decimal | None:
        return self.lots.monthly(self.region, prices)

    def line(self, prices: Prices) -> str:
        return _line(self.name, self.lots.objects, self.lots.size, self.dollars(prices))


def _bucket(one: Counted, prices: Prices, top: int) -> Iterator[str]:
    by = f", by {one.basis}" if one.basis else ""
    place = " in" if one.is_region_told else ", priced as in"
    named = f"{printable(one.name)}{place} {printable(one.region)}{by}"
    yield from wrap(named, WIDTH, break_on_hyphens=False)
    if one.space is not None:
        yield from _summary(one, one.space, prices)
        for title, rows in _tables(one.space, one.region):
            yield from _table(title, rows, prices, len(_AGES) if title == _BY_AGE else top)
    for sentence in one.missing:
        told = f"not counted: {printable(sentence)}"
        yield from wrap(told, WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)


def _summary(one: Counted, space: Space, prices: Prices) -> Iterator[str]:
    yield f"{'objects':>{4 + _NAME + 13}}{'size':>12}{'a month':>13}"
    yield _Row("objects that readers get", space.current, one.region).line(prices)
    yield _Row("old versions", space.old, one.region).line(prices)
    yield _line("delete markers", space.markers)
    if one.has_uploads:
        least = ", at least" if space.uploads.unsized else ""
        yield _line(f"unfinished uploads{least}", space.uploads.count, space.uploads.size)


def _tables(space: Space, region: str) -> Iterator[tuple[str, list[_Row]]]:
    """The titles, and what is below them: the largest first, ages in their order."""
    prefixes = [_Row(str(heading), lots, region) for heading, lots in space.prefixes.items()]
    yield "by prefix", _largest(prefixes)
    whole = _whole(space)
    yield "by storage class", _largest(_Row(name, whole.of_class(name), region) for name in whole.by_class)
    yield _BY_AGE, [_Row(name, space.ages[name], region) for name in _AGES if name in space.ages]


def _whole(space: Space) -> Lots:
    """Old versions and current ones together."""
    found = Lots()
    found.join(space.current)
    found.join(space.old)
    return found


def _largest(rows: Iterable[_Row]) -> list[_Row]:
    return sorted(rows, key=lambda row: (-row.lots.size, row.name))


def _table(title: str, rows: Sequence[_Row], prices: Prices, top: int) -> Iterator[str]:
    if rows:
        yield f"  {title}"
    for row in rows[:top]:
        yield row.line(prices)
    if rest := rows[top:]:
        yield _sum(f"and {len(rest):,} more", rest, prices)


def _sum(name: str, rows: Sequence[_Row], prices: Prices) -> str:
    amounts = [row.dollars(prices) for row in rows]
    known = [one for one in amounts if one is not None]
    total = sum_exactly(known) if len(known) == len(amounts) else None
    return _line(name, sum(row.lots.objects for row in rows), sum(row.lots.size for row in rows), total)


def _line(name: str, objects: int, size: int | None = None, monthly: Decimal | str | None = "") -> str:
    spelled = "" if size is None else in_bytes(Decimal(size))
    cost = _NO_PRICE if monthly is None else monthly if isinstance(monthly, str) else dollars(monthly)
    return f"    {clipped(name, _NAME - 1):<{_NAME}}{objects:>13,}{spelled:>12}{cost:>13}".rstrip()


def as_json(several: Sequence[Counted], prices: Prices) -> Mapping[str, object]:
    """All of it; amounts are text, so that no digit is lost, and null where a price is missing."""
    return {
        "version": 1,
        "prices": {"date": prices.date.isoformat(), "currency": prices.currency},
        "buckets": [_bucket_data(one, prices) for one in several],
    }


def _bucket_data(one: Counted, prices: Prices) -> Mapping[str, object]:
    region = one.region if one.is_region_told else None
    about: dict[str, object] = {"name": one.name, "region": region, "priced_as_in": one.region}
    about |= {"basis": one.basis or None, "missing": list(one.missing)}
    space = one.space
    if space is None:
        return {**about, "known": False}
    uploads = space.uploads
    tables = {title.replace(" ", "_"): rows for title, rows in _tables(space, one.region)}
    return {
        **about,
        "known": True,
        "current": _lots_data(_Row("", space.current, one.region), prices),
        "old_versions": _lots_data(_Row("", space.old, one.region), prices),
        "delete_markers": space.markers,
        "unfinished_uploads": {
            "count": uploads.count,
            "bytes": uploads.size,
            "of_unknown_size": uploads.unsized,
        }
        if one.has_uploads
        else None,
        **{
            title: [{"name": row.name, **_lots_data(row, prices)} for row in rows]
            for title, rows in tables.items()
            if title != "by_prefix"
        },
        "by_prefix": [
            {
                "name": heading.name,
                "declared": heading.declared,
                "elsewhere": heading.rest,
                **_lots_data(_Row("", lots, one.region), prices),
            }
            for heading, lots in space.prefixes.items()
        ],
    }


def _lots_data(row: _Row, prices: Prices) -> Mapping[str, object]:
    monthly = row.dollars(prices)
    return {
        "objects": row.lots.objects,
        "bytes": row.lots.size,
        "monthly": None if monthly is None else f"{monthly:f}",
    }
