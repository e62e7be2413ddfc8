"""Print the tables of the page about scale: what an audit of objects takes, and by which figures."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from audits.measured import FAST, SDK, SHORT_PAGES, Figure
from audits.objects_price import (
    MILLION,
    Held,
    Wanted,
    expected,
    lasting,
)
from audits.objects_tariff import LISTS, Tariff
from audits.sampling import USUAL_SIZE, at_most
from bucketwright.contract.cost.figures import in_money
from bucketwright.contract.cost.loading import load_prices
from bucketwright.contract.lifecycle.classes import USUAL_CLASS, WATERFALL
from bucketwright.objects.sources import Source

SIZES: Final = tuple(10**power for power in range(6, 13))
PREFIXES: Final = 20
"""A sample is drawn from each."""
CHANGED: Final = 100
"""One object of so many is new or changed since the last audit."""
_LIST_AND_HEAD: Final[frozenset[Source]] = frozenset({"list", "head"})
_DRAWN: Final = (100, USUAL_SIZE, 1_000, 3_000)
_HERE: Final = Tariff("us-east-1", load_prices())
Row = Sequence[str]


def modes() -> Iterator[str]:
    """What each way to look takes, for each number of objects."""
    ways: Mapping[str, Callable[[int], Wanted]] = {
        "Lists alone: rules that a list answers": lambda _: Wanted.full({"list"}),
        "`sample`: 300 objects of each of 20 prefixes": lambda _: Wanted.sample(
            _LIST_AND_HEAD, PREFIXES * USUAL_SIZE
        ),
        "`changed`: 1 % new or changed since the ledger": lambda count: Wanted.changed(
            _LIST_AND_HEAD, {}, count // CHANGED
        ),
        "`full`: a HEAD of every object": lambda _: Wanted.full(_LIST_AND_HEAD),
        "`full`, and ACL and tags of every object": lambda _: Wanted.full(
            {*_LIST_AND_HEAD, "acl", "tagging"}
        ),
    }
    for title, way in ways.items():
        yield from (f"**{title}**", "")
        yield from _table(
            ("objects", "LIST", "other calls", "dollars", "time", "time by the SDK"),
            (_mode(count, way(count)) for count in SIZES),
        )


def _mode(count: int, wanted: Wanted) -> Row:
    held = Held({USUAL_CLASS: count}, "")
    fast, slow = (expected("", wanted, held, _HERE, rates) for rates in (FAST, SDK))
    lists = sum(calls for source, calls in fast.calls.items() if source in LISTS)
    return (
        f"{count:,}",
        f"{lists:,}",
        f"{fast.all_calls - lists:,}",
        in_money(fast.dollars or Decimal(0)),
        lasting(fast.seconds),
        lasting(slow.seconds),
    )


def classes() -> Iterator[str]:
    """What a million calls cost by the class of the objects."""
    rows = (
        (
            f"`{name}`",
            *(
                in_money((_HERE.each(one, name) or Decimal(0)) * MILLION)
                for one in ("head", "acl", "tagging")
            ),
        )
        for name in WATERFALL
    )
    yield from _table(("class", "HEAD", "ACL", "tags"), rows)


def figures() -> Iterator[str]:
    """Every rate, and where it is from."""
    named: Mapping[str, Figure] = {
        "to list a key": FAST.key,
        "to list a key, by the SDK": SDK.key,
        "to ask about an object": FAST.call,
        "to ask about an object, by the SDK": SDK.call,
        "lists, at most": FAST.pages,
        "lists by the SDK, at most": SDK.pages,
        "other calls, at most": FAST.calls,
        "other calls by the SDK, at most": SDK.calls,
        "pages of a parallel list": SHORT_PAGES,
        "memory": FAST.memory,
        "memory, by the SDK": SDK.memory,
    }
    rows = ((what, f"{one.value:f} {one.unit}", one.origin) for what, one in named.items())
    yield from _table(("what", "how much", "origin"), rows)


def bounds() -> Iterator[str]:
    """What a sample in which nothing is wrong says of the rest."""
    of = 10**9
    rows = ((f"{drawn:,}", *(_share(found, drawn, of) for found in (0, 1, 10))) for drawn in _DRAWN)
    yield from _table(("looked at", "none wrong", "1 wrong", "10 wrong"), rows)


def _share(found: int, drawn: int, of: int) -> str:
    return f"{100 * at_most(found, drawn, of) / of:.2g} %"


def _table(head: Row, rows: Iterable[Row]) -> Iterator[str]:
    yield _line(head)
    yield f"|---|{'---:|' * (len(head) - 1)}"
    yield from map(_line, rows)
    yield ""


def _line(cells: Row) -> str:
    return f"| {' | '.join(cells)} |"


PARTS: Final[Mapping[str, Callable[[], Iterator[str]]]] = {
    "modes": modes,
    "classes": classes,
    "figures": figures,
    "bounds": bounds,
}


if __name__ == "__main__":
    print("\n".join(PARTS[sys.argv[1]]()))
