"""What will it take to look at the objects of a bucket: how many calls, how many dollars, how long?

Worked out before the first of them, from what is known by then, at the prices of the one price table.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, Decimal
from types import MappingProxyType
from typing import Final, Literal

from audits.measured import FAST, SHORT_PAGES, Rates
from audits.objects_tariff import LISTS, OF_EACH, Tariff
from bucketwright.contract.cost.figures import in_money, quantity
from bucketwright.contract.cost.measures import sum_exactly
from bucketwright.contract.lifecycle.classes import USUAL_CLASS
from bucketwright.objects.sources import Source
from bucketwright.plain_text import counted, printable

Mode = Literal["full", "changed", "sample", "none"]
PAGE: Final = 1_000
MILLION: Final = 10**6
_WORDS: Final[Mapping[Source, str]] = {
    "list": "LIST",
    "list-versions": "LIST of versions",
    "uploads": "LIST of uploads",
    "parts": "LIST of parts",
    "head": "HEAD",
    "acl": "ACL",
    "tagging": "tags",
}


@dataclass(frozen=True, slots=True)
class Held:
    """What a bucket holds, as far as that is known before it is asked."""

    versions: Mapping[str, int]
    """How many objects, every version counted, lie in which storage class, in S3's spelling."""
    basis: str
    """How that is known: `the ledger of 2026-11-20`."""
    markers: int = 0
    uploads: int = 0
    at_least: str = ""
    """Why there may be more of it, where that is so."""
    parts: tuple[int, ...] = ()
    """How many of them lie in each part that a sample draws from by itself; none: that is not known."""

    def drawn(self, size: int) -> int:
        """How many of them a sample asks about that draws so many from each part."""
        return sum(min(size, number) for number in self.parts or (self.objects,))

    @property
    def objects(self) -> int:
        """All versions of all objects."""
        return sum(self.versions.values())


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run asks of a bucket; `full`, `changed` and `sample` make one."""

    mode: Mode
    sources: frozenset[Source]
    """As the rules need them: `list` or `list-versions`, `uploads`, `parts`, `head`, `acl`, `tagging`."""
    of: Mapping[Source, int] = field(default_factory=lambda: MappingProxyType({}))
    """Of how many objects a source is asked; where it is not said, of all."""
    beyond: str = ""
    """What comes on top and cannot be known yet."""

    @classmethod
    def full(cls, sources: Iterable[Source]) -> "Wanted":
        """Everything of every object."""
        return cls("full", frozenset(sources))

    @classmethod
    def changed(cls, sources: Iterable[Source], again: Mapping[Source, int], new: int = 0) -> "Wanted":
        """What the ledger does not know of what it lists; `again` counts what it lists and may not keep."""
        several = frozenset(sources)
        of = {one: again.get(one, 0) + new for one in OF_EACH if one in several}
        return cls("changed", several, MappingProxyType(of), "what is new or changed since the ledger")

    @classmethod
    def sample(cls, sources: Iterable[Source], objects: int) -> "Wanted":
        """Everything of some objects: all keys are listed, so that each may be among them."""
        several = frozenset(sources)
        of = MappingProxyType({one: objects for one in OF_EACH if one in several})
        return cls("sample", several, of, "what lies beside the declared prefixes, drawn from by its paths")


@dataclass(frozen=True, slots=True)
class More:
    """Why it may be more, what a million objects cost where that says something, and of which buckets."""

    why: str
    """Empty: nobody knows how many objects they hold."""
    price: str = ""
    buckets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """What a run over some buckets will take, as far as that can be told."""

    about: str
    """The bucket, or how many of them."""
    calls: Mapping[Source, int]
    dollars: Decimal | None
    """None where nothing can be told."""
    seconds: Decimal
    basis: str = ""
    beyond: tuple[More, ...] = ()
    """Why it may be more; where there is nothing it is all."""
    unpriced: str = ""
    """Why no budget of dollars can be kept, where that is so."""
    on_aws: bool = True

    @property
    def all_calls(self) -> int:
        return sum(self.calls.values())


def expected(about: str, wanted: Wanted, held: Held | None, tariff: Tariff, rates: Rates = FAST) -> Expected:
    """One bucket; what is not known before it is listed is said, with what a million objects cost."""
    marginal = per_million(wanted, tariff)
    unpriced = _unpriced(tariff) if any(tariff.each(one) is None for one in wanted.sources) else ""
    if held is None:
        unknown = More("", marginal, (about,))
        return Expected(about, {}, None, Decimal(0), "", (unknown,), unpriced, tariff.on_aws)
    by_class = {one: _calls(one, wanted, held) for one in (*LISTS, *OF_EACH) if one in wanted.sources}
    costs = {one: tariff.cost(one, counts) for one, counts in by_class.items()}
    calls = {one: sum(counts.values()) for one, counts in by_class.items()}
    classes = frozenset[str]().union(*(missing for _, missing in costs.values()))
    return Expected(
        about,
        calls,
        None if unpriced else sum_exactly(amount for amount, _ in costs.values()),
        _seconds(calls, held, rates),
        held.basis,
        tuple(
            replace(one, buckets=(about,))
            for one in _beyond(wanted, held, marginal, unpriced or _unpriced(tariff, classes))
        ),
        unpriced,
        tariff.on_aws,
    )


def together(several: Iterable[Expected]) -> Expected:
    """A run over several buckets, one after the other."""
    them = tuple(several)
    known = [one.dollars for one in them if one.dollars is not None]
    names = tuple(dict.fromkeys(source for one in them for source in one.calls))
    return Expected(
        about=them[0].about if len(them) == 1 else f"{len(them):,} buckets",
        calls={name: sum(one.calls.get(name, 0) for one in them) for name in names},
        dollars=sum_exactly(known) if known else None,
        seconds=sum((one.seconds for one in them), Decimal(0)),
        basis=", ".join(dict.fromkeys(one.basis for one in them if one.basis)),
        beyond=tuple(_joined(more for one in them for more in one.beyond)),
        unpriced=next((one.unpriced for one in them if one.unpriced), ""),
        on_aws=all(one.on_aws for one in them),
    )


def per_million(wanted: Wanted, tariff: Tariff) -> str:
    """What a million objects in standard storage cost, source by source."""
    parts = [
        f"{in_money(each * (MILLION // PAGE if one in LISTS else MILLION))} for {_WORDS[one]}"
        for one in ("list", "list-versions", *OF_EACH)
        if one in wanted.sources and (each := tariff.each(one)) is not None
    ]
    return f"a million cost {', '.join(parts)}" if parts else _unpriced(tariff)


def lines(said: Expected) -> Iterator[str]:
    """For people: calls, dollars, time, and why it may be more."""
    calls = ", ".join(f"{count:,} {_WORDS[one]}" for one, count in said.calls.items() if count)
    if calls:
        amount = "no price known" if said.dollars is None else in_money(said.dollars)
        by = f" (by {printable(said.basis)})" if said.basis else ""
        yield f"{printable(said.about)}: {calls}: {amount}, about {lasting(said.seconds)}{by}"
    yield from _may_be_more(said.beyond)
    if not said.on_aws:
        yield "this is not Amazon's S3: the dollars are what AWS would charge"


def made(listed: int, about: int, calls: Mapping[Source, int]) -> str:
    """What a run came to; that it sent no HEAD is said, too."""
    several = ", ".join(f"{calls.get(one, 0):,} {_WORDS[one]}" for one in _WORDS if one in {*calls, "head"})
    return f"{listed:,} listed, {about:,} asked about: {several}"


def lasting(seconds: Decimal) -> str:
    """A time as people say it."""
    for unit, length in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= (2 if unit == "days" else 1) * length:
            return f"{quantity(seconds / length)} {unit}"
    return f"{max(1, round(seconds))} s"


def _unpriced(tariff: Tariff, classes: Iterable[str] = (USUAL_CLASS,)) -> str:
    """The classes that a region has no price for, and what to do about it; empty where there are none."""
    region = f"the region {printable(tariff.region)}" if tariff.region else "an unknown region"
    named = ", ".join(printable(one) for one in sorted(classes))
    table = f"the price table of {tariff.prices.date}"
    return f"{table} lacks a price of {named} in {region}; give one with --prices FILE" if named else ""


def _calls(source: Source, wanted: Wanted, held: Held) -> Mapping[str, int]:
    if source in LISTS:
        return {USUAL_CLASS: _list_calls(source, held)}
    share = min(Decimal(1), Decimal(wanted.of.get(source, held.objects)) / max(held.objects, 1))
    return {name: _whole(count * share) for name, count in held.versions.items()}


def _list_calls(source: Source, held: Held) -> int:
    if source == "parts":
        return held.uploads
    rows = held.uploads if source == "uploads" else held.objects
    rows += held.markers if source == "list-versions" else 0
    return max(1, _whole(rows * SHORT_PAGES.value / PAGE))


def _whole(count: Decimal) -> int:
    return int(count.to_integral_value(ROUND_CEILING))


def _seconds(calls: Mapping[Source, int], held: Held, rates: Rates) -> Decimal:
    """The slowest of three decides: they go on at the same time."""
    pages = sum(calls.get(one, 0) for one in LISTS)
    asked = sum(calls.get(one, 0) for one in OF_EACH)
    processor = (held.objects + held.markers) * rates.key.value + asked * rates.call.value
    return max(processor, pages / rates.pages.value, asked / rates.calls.value)


def _beyond(wanted: Wanted, held: Held, marginal: str, unpriced: str) -> Iterator[More]:
    if held.at_least:
        yield More(f"there may be more: {printable(held.at_least)}", marginal)
    if wanted.beyond:
        yield More(f"on top comes {wanted.beyond}", marginal)
    if unpriced:
        yield More(unpriced)


def _joined(several: Iterable[More]) -> Iterator[More]:
    """What is the same of several buckets as one."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in several:
        found[one.why, one.price] = (*found.get((one.why, one.price), ()), *one.buckets)
    return (More(why, price, buckets) for (why, price), buckets in found.items())


def _may_be_more(several: Iterable[More]) -> Iterator[str]:
    """A line for each reason; buckets are named where prices differ."""
    by_reason: dict[str, list[More]] = {}
    for one in several:
        by_reason.setdefault(one.why or _how_many(one.buckets), []).append(one)
    for why, them in by_reason.items():
        prices = [
            one.price if len(them) == 1 else f"in {_named(one.buckets)} {one.price}"
            for one in them
            if one.price
        ]
        yield f"{why}: {'; '.join(prices)}" if prices else why


def _how_many(buckets: tuple[str, ...]) -> str:
    holds, they_are = ("hold", "they are") if len(buckets) > 1 else ("holds", "it is")
    return f"how many objects {_named(buckets)} {holds} is not known before {they_are} listed"


def _named(buckets: tuple[str, ...]) -> str:
    first, *others = (printable(one) for one in buckets)
    return f"{first} and {counted(len(others), 'other')}" if others else first
