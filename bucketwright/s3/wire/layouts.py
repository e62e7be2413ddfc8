"""How are the entries of a list read fast? By a learned pattern, and by counting that it missed none.

Servers order the elements of an entry in their own ways, and leave some out of some entries. So the pattern
is learned from the first entry, widened by the first that it does not fit, and kept for the pages to come. It
holds only where it takes in every entry and nothing is left over; else a parser of XML has to be asked.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Final, Literal, NamedTuple, overload

Fields = tuple[str, ...]


How = Literal["once", "at times", "often"]


class Element(NamedTuple):
    """What stands in an entry, as far as entries showed."""

    name: str
    how: How
    inside: "tuple[Element, ...]" = ()


Layout = tuple[Element, ...]
_CHILD: Final = re.compile(r"\s*<(\w+)>(?:[^<]*|((?:\s*<\w+>[^<]*</\w+>)+)\s*)</\1>")
_SPACED: Final = re.compile(r">\s")
_TEXT: Final = "[^<]*+"
_SOME_TEXT: Final = "[^<]++"
_NUMBER: Final = "[0-9]++"
_NOTHING: Final = "(?!)"
_TEXTS: Final = re.compile(r">([^<]+)<")
_WHERE_SPACES_SHOW: Final = 2_000
_MOST_LESSONS: Final = 8


class Entry(NamedTuple):
    """One kind of entry, and what is read of it."""

    name: str
    fields: tuple[str, ...]
    """In the order in which they are wanted; `Owner/ID` is inside another. The first is never empty."""
    needed: frozenset[str]
    numbers: frozenset[str] = frozenset()
    quoted: frozenset[str] = frozenset()
    """What may stand between quotation marks, which some servers write as references."""
    repeated: frozenset[str] = frozenset()
    """What may come several times: all of it is one field, with commas between."""


class Table(Sequence[Fields]):
    """Entries of one kind, field by field; each is put together when it is looked at."""

    __slots__ = ("columns",)

    def __init__(self, columns: Sequence[Sequence[str]]) -> None:
        """One for each field, all of one length."""
        self.columns: Final = columns

    def __len__(self) -> int:
        return len(self.columns[0])

    def __iter__(self) -> Iterator[Fields]:
        return zip(*self.columns, strict=True)

    @overload
    def __getitem__(self, at: int) -> Fields: ...
    @overload
    def __getitem__(self, at: slice) -> "Table": ...
    def __getitem__(self, at: int | slice) -> "Fields | Table":
        if isinstance(at, slice):
            return Table([column[at] for column in self.columns])
        return tuple([column[at] for column in self.columns])


class Found(NamedTuple):
    """What a pattern took from a text: a column for each group, and the groups of each kind."""

    columns: list[Sequence[str]]
    places: tuple[tuple[int, ...], ...]

    def of_kinds(self) -> list[Table]:
        """For each kind, the fields of all entries as if of that kind; the first is empty where it is not."""
        return [Table([self.columns[place] for place in own]) for own in self.places]


class Learned:
    """The pattern for one kind of list, as far as it is learned."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._entries = entries
        self._layouts: tuple[Layout, ...] = ((),) * len(entries)

    def read(self, text: str) -> Found | None:
        """The entries of a text that holds nothing else; None where that is not proved."""
        gap = r"\s*+" if _SPACED.search(text, 0, _WHERE_SPACES_SHOW) else ""
        count = sum(text.count(f"<{entry.name}>") for entry in self._entries)
        for _ in range(_MOST_LESSONS):
            pattern = _pattern(self._entries, self._layouts, gap)
            groups = pattern.regex.findall(text)
            if len(groups) == count and not any(map(pattern.rest, groups)):
                return pattern.found(groups)
            if not self._learned_from(text, pattern):
                break
        return None

    def _learned_from(self, text: str, pattern: "_Pattern") -> bool:
        """Whether an entry that the pattern does not fit taught something."""
        before = self._layouts
        for number, entry in enumerate(self._entries):
            for block in re.finditer(rf"<{entry.name}>(.*?)</{entry.name}>", text, re.DOTALL):
                if pattern.fits(block[0]):
                    continue
                layout = _layout(block[1])
                if layout is None:
                    return False
                merged = _merged(before[number], layout) if before[number] else layout
                self._layouts = (*self._layouts[:number], merged, *self._layouts[number + 1 :])
                break
        return self._layouts != before


@dataclass(frozen=True, slots=True)
class _Pattern:
    regex: re.Pattern[str]
    """It takes an entry, or else whatever stands there."""
    places: tuple[tuple[int, ...], ...]
    quoted: frozenset[int]
    rest: Callable[[Fields], str]
    """What is no entry."""

    def found(self, groups: list[Fields]) -> Found | None:
        """What its groups say; None where they hold references that are not read here."""
        columns: list[Sequence[str]] = list(zip(*groups, strict=True))
        for place, column in enumerate(columns):
            if "&" not in (joined := "\n".join(column)):
                continue
            told = _quoted(joined) if place in self.quoted else None
            if told is None or len(texts := told.split("\n")) != len(column):
                return None
            columns[place] = texts
        return Found(columns, self.places)

    def fits(self, block: str) -> bool:
        groups = self.regex.findall(block)
        return len(groups) == 1 and not self.rest(groups[0])


@lru_cache(maxsize=64)
def _pattern(entries: tuple[Entry, ...], layouts: tuple[Layout, ...], gap: str) -> _Pattern:
    writing = _Writing(gap)
    ways = [writing.entry(entry, layout) for entry, layout in zip(entries, layouts, strict=True)]
    regex = re.compile("|".join((*(way for way, _ in ways), rf"(\S[^<]*+)(){gap}")))
    none = writing.groups + 1
    places = tuple(
        tuple(found.get(one, none) for one in entry.fields)
        for entry, (_, found) in zip(entries, ways, strict=True)
    )
    quoted = frozenset(
        found[one]
        for entry, (_, found) in zip(entries, ways, strict=True)
        for one in entry.quoted
        if one in found
    )
    return _Pattern(regex, places, quoted, itemgetter(writing.groups))


class _Writing:
    """A pattern while it is written; its groups are counted."""

    def __init__(self, gap: str) -> None:
        self.groups, self._gap = 0, gap

    def entry(self, entry: Entry, layout: Layout) -> tuple[str, dict[str, int]]:
        """The pattern of an entry, and the groups of its fields; it fits nothing where one is missing."""
        places: dict[str, int] = {}
        before = self.groups
        inside = "".join(self._element(entry, "", one, places) for one in layout)
        if not entry.needed <= places.keys():
            self.groups = before
            return _NOTHING, {}
        return f"<{entry.name}>{self._gap}{inside}</{entry.name}>{self._gap}", places

    def _element(self, entry: Entry, way: str, one: Element, places: dict[str, int]) -> str:
        field = f"{way}{one.name}"
        if one.inside:
            parts = (self._element(entry, f"{field}/", child, places) for child in one.inside)
            text = f"{self._gap}{''.join(parts)}"
        elif field in entry.fields:
            return self._field(entry, field, one, places)
        else:
            text = _TEXT
        whole = f"<{one.name}>{text}</{one.name}>{self._gap}"
        return whole if one.how == "once" else f"(?:{whole})?" if one.how == "at times" else f"(?:{whole})*+"

    def _field(self, entry: Entry, field: str, one: Element, places: dict[str, int]) -> str:
        places[field] = self.groups
        self.groups += 1
        begin, end = f"<{one.name}>", f"</{one.name}>{self._gap}"
        if one.how == "often":
            return f"((?:{begin}{_TEXT}{end})*+)" if field in entry.repeated else _NOTHING
        is_first = field == entry.fields[0]
        text = _NUMBER if field in entry.numbers else _SOME_TEXT if is_first else _TEXT
        is_certain = one.how == "once" or field in entry.needed
        return f"{begin}({text}){end}" if is_certain else f"(?:{begin}({text}){end})?"


@lru_cache(maxsize=256)
def texts(repeated: str) -> str:
    """What a repeated element says, with commas between; what is no element is that already."""
    return ",".join(_TEXTS.findall(repeated)) if repeated.startswith("<") else repeated


def _quoted(text: str) -> str | None:
    """With the quotation marks that stand for themselves; None where other references are left."""
    plain = text.replace("&quot;", '"').replace("&#34;", '"')
    return None if "&" in plain else plain


def _layout(block: str) -> Layout | None:
    """The elements of an entry; None where one holds more than a text, or than elements with texts."""
    found: dict[str, Element] = {}
    place = 0
    while (child := _CHILD.match(block, place)) is not None:
        name, inside = child[1], _layout(child[2] or "") or ()
        known = found.get(name)
        found[name] = (
            Element(name, "once", inside)
            if known is None
            else Element(name, "often", _merged(known.inside, inside))
        )
        place = child.end()
    return None if block[place:].strip() else tuple(found.values())


def _merged(one: Layout, other: Layout) -> Layout:
    """A layout that holds both, in an order that suits both if there is one."""
    mine, theirs = {known.name: known for known in one}, {known.name: known for known in other}
    return tuple(_both(mine.get(name), theirs.get(name)) for name in _woven(tuple(mine), tuple(theirs)))


def _both(one: Element | None, other: Element | None) -> Element:
    """What stands for an element that some entries have, and others have not or otherwise."""
    known = [element for element in (one, other) if element is not None]
    hows = {element.how for element in known} | ({"at times"} if len(known) == 1 else set())
    inside = _merged(known[0].inside, known[-1].inside)
    how: How = "often" if "often" in hows else "at times" if "at times" in hows else "once"
    return Element(known[0].name, how, inside)


def _woven(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Both, each new name after the one that it follows."""
    woven = list(one)
    place = 0
    for name in other:
        if name in woven:
            place = woven.index(name) + 1
        else:
            woven.insert(place, name)
            place += 1
    return tuple(woven)
