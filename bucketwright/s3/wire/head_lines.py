"""How is an answer read fast that came in one piece? By its lines, where they need no llhttp.

What llhttp took for a name in an earlier answer is one; nothing of the head is written but in plain ASCII;
and what tells where the answer ends is a length, told once. Names that come often, in one order, become a
pattern that reads all lines at once.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, TypeAlias

_STATUSES: Final = {
    b"HTTP/1.1 %d " % status: status for status in range(200, 600) if status not in {204, 304}
}
"""Of answers whose end is told by their length, by what they begin with."""
_BEGINNING: Final = len(b"HTTP/1.1 200 ")
_END: Final = b"\r\n\r\n"
_PLAIN: Final = bytes(range(0x20, 0x7F))
_LENGTH: Final = "content-length"
_MOST_DIGITS: Final = 19
"""Of a length; llhttp refuses one that needs more than 64 bits."""
_FOR_LLHTTP: Final = frozenset({"transfer-encoding", "upgrade", "proxy-connection"})
_MOST_NAMES: Final = 512
_LONGEST_NAME: Final = 128
_MOST_LINES: Final = 64
"""Of a head that is learned; what no honest server sends is not worth it."""
OFTEN: Final = 64
"""How often names come in one order before a pattern is made, which takes what two hundred answers save."""
_MOST_SHAPES: Final = 16
Headers: TypeAlias = dict[str, str]


class Reply(NamedTuple):
    """What was answered to one request."""

    status: int
    headers: Headers
    """By their names in lower case."""
    body: bytes


class _Shape(NamedTuple):
    """Which headers come, in which order."""

    match: Callable[[str], re.Match[str] | None]
    names: tuple[str, ...]
    is_each_once: bool

    def headers(self, head: str) -> Headers | None:
        """Those of an answer of this shape; None of any other."""
        found = self.match(head)
        if found is None:
            return None
        told = zip(self.names, found.groups(), strict=True)
        return dict(told) if self.is_each_once else _gathered(told)


class HeadLines:
    """What the heads of a run's answers look like, as far as it was learned."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        """Of headers that llhttp read, by how they were spelled: a few come again with each answer."""
        self._seen: dict[tuple[str, ...], int] = {}
        """How often they came in this order."""
        self._shapes: dict[tuple[str, ...], _Shape] = {}
        self._latest: dict[int, _Shape] = {}
        """By the status, the shape that is tried first."""

    def name(self, spelled: str) -> str:
        """The name of a header in lower case, as llhttp took it from an answer."""
        return self._names.get(spelled) or self._kept(spelled)

    def reply(self, data: bytes, *, bodiless: bool) -> Reply | None:
        """An answer that is whole, as llhttp reads it; None: let it do so. `bodiless`: it is one to HEAD."""
        status, ends = _STATUSES.get(data[:_BEGINNING]), data.find(_END)
        headers = None if status is None or ends < 0 else self._headers(status, data[:ends])
        if status is None or headers is None:
            return None
        begins, length = ends + len(_END), headers.get(_LENGTH, "0" if bodiless else "")
        if bodiless:
            is_whole = begins == len(data) and length.isdigit() and len(length) <= _MOST_DIGITS
        else:
            is_whole = length == str(len(data) - begins)
        return Reply(status, headers, data[begins:]) if is_whole else None

    def _kept(self, spelled: str) -> str:
        if len(spelled) > _LONGEST_NAME:
            return spelled.lower()
        if len(self._names) >= _MOST_NAMES:
            self._names.clear()
        name = self._names[spelled] = spelled.lower()
        return name

    def _headers(self, status: int, head: bytes) -> Headers | None:
        text, shape = head.decode("latin-1"), self._latest.get(status)
        told = None if shape is None else shape.headers(text)
        return self._by_lines(status, head, text) if told is None else told

    def _by_lines(self, status: int, head: bytes, text: str) -> Headers | None:
        lines = text.split("\r\n")
        if len(head.translate(None, _PLAIN)) != 2 * len(lines) - 2 or b":  " in head:
            return None
        try:
            said = [
                (self._names[name], name, value)
                for name, value in (line.split(": ", 1) for line in lines[1:])
            ]
        except (KeyError, ValueError):
            return None
        told = _gathered((name, value) for name, _, value in said)
        if not _FOR_LLHTTP.isdisjoint(told):
            return None
        self._learn(status, tuple([spelled for _, spelled, _ in said]))
        return told

    def _learn(self, status: int, spelled: tuple[str, ...]) -> None:
        """Try this shape first from now on, once it has come often enough."""
        if len(spelled) > _MOST_LINES:
            return
        shape = self._shapes.get(spelled)
        if shape is None:
            if len(self._seen) >= _MOST_NAMES:
                self._seen.clear()
            self._seen[spelled] = self._seen.get(spelled, 0) + 1
            if self._seen[spelled] < OFTEN or len(self._shapes) >= _MOST_SHAPES:
                return
            shape = self._shapes[spelled] = self._shape(spelled)
        self._latest[status] = shape

    def _shape(self, spelled: tuple[str, ...]) -> _Shape:
        lines = "".join(rf"\r\n{re.escape(name)}: (?! )([ -~]*)" for name in spelled)
        names = tuple(self._names[name] for name in spelled)
        return _Shape(re.compile(f"[ -~]*{lines}").fullmatch, names, len({*names}) == len(names))


def _gathered(told: Iterable[tuple[str, str]]) -> Headers:
    """Headers of which some may come several times."""
    headers: Headers = {}
    for name, value in told:
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers
