"""How is an answer read fast that came in one piece? By splitting its lines, where they need no llhttp.

What llhttp took for a name in an earlier answer is one; nothing of the head is written but in plain ASCII;
and what tells where the answer ends is a length, told once.
"""

from typing import Final, NamedTuple

_NAMES: Final[dict[str, str]] = {}
"""Of headers that llhttp read, by how they were spelled: a few come again with each answer."""
_MOST_NAMES: Final = 512
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


class Reply(NamedTuple):
    """What was answered to one request."""

    status: int
    headers: dict[str, str]
    """By their names in lower case."""
    body: bytes


def plain_reply(data: bytes, *, bodiless: bool) -> Reply | None:
    """An answer that is whole, as llhttp reads it; None: let it read it. `bodiless`: it is one to HEAD."""
    status, ends = _STATUSES.get(data[:_BEGINNING]), data.find(_END)
    headers = None if status is None or ends < 0 else _headers(data[:ends])
    if status is None or headers is None:
        return None
    begins, length = ends + len(_END), headers.get(_LENGTH, "0" if bodiless else "")
    if bodiless:
        is_whole = begins == len(data) and length.isdigit() and len(length) <= _MOST_DIGITS
    else:
        is_whole = length == str(len(data) - begins)
    return Reply(status, headers, data[begins:]) if is_whole else None


def _headers(head: bytes) -> dict[str, str] | None:
    lines = head.decode("latin-1").split("\r\n")
    if len(head.translate(None, _PLAIN)) != 2 * len(lines) - 2 or b":  " in head:
        return None
    try:
        told = {_NAMES[name]: text for line in lines[1:] for name, text in (line.split(": ", 1),)}
    except (KeyError, ValueError):
        return None
    if len(told) < len(lines) - 1:
        told = _gathered(lines[1:])
    return told if _FOR_LLHTTP.isdisjoint(told) else None


def known_name(spelled: str) -> str:
    """The name of a header in lower case, as llhttp took it from an answer."""
    return _NAMES.get(spelled) or _kept(spelled)


def _kept(spelled: str) -> str:
    if len(_NAMES) >= _MOST_NAMES:
        _NAMES.clear()
    name = _NAMES[spelled] = spelled.lower()
    return name


def _gathered(lines: list[str]) -> dict[str, str]:
    """Headers of which some come several times."""
    told: dict[str, str] = {}
    for line in lines:
        spelled, text = line.split(": ", 1)
        name = _NAMES[spelled]
        told[name] = f"{told[name]}, {text}" if name in told else text
    return told
