"""What does a page of a list say? Its entries, and whether and how it goes on; or that it is no such page."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes

from bucketwright.s3.roots import s3_roots
from bucketwright.s3.wholeness import BadAnswerError, Reader
from bucketwright.s3.wire.layouts import Entry, Fields, Learned, Table

_TRUTHS: Final = {"true": True, "false": False}
_TRUNCATED: Final = "IsTruncated"
_ENCODED: Final = ("EncodingType", "url")
_KEYS: Final = frozenset({"KeyMarker", "NextKeyMarker", "Prefix", "StartAfter"})


_NOT_AS_IT_IS: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""What XML does not hold, or holds as something else."""


class Leaf(NamedTuple):
    """A page as it stands."""

    kinds: list[int]
    """Of its entries in their order; empty where there is but one kind."""
    entries: Sequence[Fields]
    said: dict[str, str]
    """What the page says of itself, by the names of its elements."""

    @property
    def goes_on(self) -> bool:
        """Whether more follows; BadAnswerError where that is not said."""
        told = self.said.get(_TRUNCATED)
        if told not in _TRUTHS:
            raise BadAnswerError(f"it is not said whether more follows: {_TRUNCATED} is missing")
        return _TRUTHS[told]

    def text(self, name: str) -> str:
        """What it says of itself under a name, decoded where it is a key; empty where nothing."""
        text = self.said.get(name, "")
        return decoded([text])[0] if name in _KEYS and _is_encoded(self.said) else text

    def keys(self) -> list[str]:
        """The first fields of all entries, decoded if the page says that they are encoded."""
        entries = self.entries
        keys = list(entries.columns[0]) if isinstance(entries, Table) else [one[0] for one in entries]
        return decoded(keys) if _is_encoded(self.said) else keys


class Form:
    """A kind of page, and what was learned of how servers write it."""

    def __init__(self, operation: str, *entries: Entry) -> None:
        self._roots, self.entries = s3_roots(operation), entries
        self._learned = Learned(entries)

    def read(self, body: bytes) -> Leaf:
        """What a page says; BadAnswerError where it is none."""
        if not body.strip():
            raise BadAnswerError("the answer is empty")
        return self._fast(body) or self._slow(body)

    def _fast(self, body: bytes) -> Leaf | None:
        """By a pattern from the first to the last entry, and by a parser of XML for what is around."""
        start = min(
            (at for one in self.entries if (at := body.find(b"<%s>" % one.name.encode())) >= 0), default=-1
        )
        if start < 0:
            return None
        end = max(_after(body, b"</%s>" % one.name.encode()) for one in self.entries)
        frame = body[:start] + body[end:]
        if b"<!" in frame:
            return None
        around = self._slow(frame)
        try:
            text = str(memoryview(body)[start:end], "utf-8")
        except UnicodeDecodeError:
            return None
        if not (_is_encoded(around.said) or text.isprintable() or _NOT_AS_IT_IS.search(text) is None):
            return None
        found = self._learned.read(text)
        if found is None or around.entries:
            return None
        kinds = found.of_kinds()
        if len(kinds) == 1:
            return Leaf([], kinds[0], around.said)
        picked = [
            (kind, fields)
            for same in zip(*kinds, strict=True)
            for kind, fields in enumerate(same)
            if fields[0]
        ]
        return Leaf([kind for kind, _ in picked], [fields for _, fields in picked], around.said)

    def _slow(self, body: bytes) -> Leaf:
        """By a parser of XML alone."""
        reader = _PageReader(self.entries)
        reader.read(body)
        root = reader.root.rpartition(" ")[2]
        if root not in self._roots:
            raise BadAnswerError(f"the answer is <{root[:60]}>, and not <{min(self._roots)}>")
        kinds = reader.kinds if len(self.entries) > 1 else []
        return Leaf(kinds, reader.entries, reader.said)


class _PageReader(Reader):
    """Gathers the texts of a page."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._text: list[str] = []
        super().__init__(self._text.append)
        self.kinds: list[int] = []
        self.entries: list[Fields] = []
        self.said: dict[str, str] = {}
        self._numbers = {entry.name: number for number, entry in enumerate(entries)}
        self._kinds = entries
        self._way: list[str] = []
        self._entry: dict[str, str] | None = None

    def opened(self, name: str, attributes: object) -> None:
        super().opened(name, attributes)
        self._way.append(name.rpartition(" ")[2])
        self._text.clear()
        if self.depth == 2 and self._way[1] in self._numbers:
            self._entry = {}

    def closed(self, name: str) -> None:
        super().closed(name)
        way, text = self._way, "".join(self._text)
        if self._entry is not None and len(way) > 2:
            self._take("/".join(way[2:]), text, self._entry)
        elif self._entry is not None and len(way) == 2:
            self._close_entry(self._numbers[way[1]], self._entry)
        elif len(way) == 2:
            self.said[way[1]] = text
        self._text.clear()
        way.pop()

    def _take(self, field: str, text: str, said: dict[str, str]) -> None:
        kind = self._kinds[self._numbers[self._way[1]]]
        if field in kind.repeated and field in said:
            said[field] += f",{text}"
        elif field in kind.fields and field in said:
            raise BadAnswerError(f"a <{kind.name}> is listed with more than one {field}")
        else:
            said[field] = text

    def _close_entry(self, number: int, said: dict[str, str]) -> None:
        kind = self._kinds[number]
        for name in kind.needed:
            if name not in said:
                raise BadAnswerError(f"a <{kind.name}> is listed without its {name}")
        for name in kind.numbers:
            if not (said[name].isascii() and said[name].isdecimal()):
                raise BadAnswerError(f"a <{kind.name}> is listed whose {name} is no number")
        if not said[kind.fields[0]]:
            raise BadAnswerError(f"a <{kind.name}> is listed whose {kind.fields[0]} is empty")
        self.kinds.append(number)
        self.entries.append(tuple(said.get(name, "") for name in kind.fields))
        self._entry = None


def decoded(texts: list[str]) -> list[str]:
    """Texts that were encoded as in an address, each decoded once."""
    joined = "\n".join(texts)
    if "%" not in joined and "+" not in joined:
        return texts
    plain = unquote_to_bytes(joined.replace("+", " ")).decode("utf-8", "replace").split("\n")
    return plain if len(plain) == len(texts) else [_decoded(text) for text in texts]


def _decoded(text: str) -> str:
    return unquote_to_bytes(text.replace("+", " ")).decode("utf-8", "replace")


def _is_encoded(said: dict[str, str]) -> bool:
    name, how = _ENCODED
    return said.get(name) == how


def _after(body: bytes, ending: bytes) -> int:
    at = body.rfind(ending)
    return at + len(ending) if at >= 0 else -1
