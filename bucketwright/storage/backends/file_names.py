"""Under which file name does a key lie in a folder? Each under another, on every file system.

What a file system could take for something else is spelled: capital letters, so that folding their case
makes no two keys one; everything beyond ASCII, so that no normal form does; dots at an end, device names.
A record's name ends in a mark that no folder's name can have, so that `a` and `a/b` lie side by side.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Final

RECORD: Final = "=.json"
"""How the name of a record ends; no other name holds an equals sign."""
_GOES_ON: Final = "&"
_LONGEST: Final = 120
_CAPITAL: Final = "^"
_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")
_DEVICE: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.DOTALL)
_TOKEN: Final = re.compile(r"\^([a-z])|(%[0-9a-f]{2})|([a-z0-9_.-])")


def record_path(key: str) -> PurePosixPath:
    """Where the record of a key lies below its bucket's folder."""
    *folders, last = key.split("/")
    *begun, end = _pieces(last)
    return PurePosixPath(*(piece for one in folders for piece in _pieces(one)), *begun, end + RECORD)


def folder_path(prefix: str) -> PurePosixPath:
    """The deepest folder in which all records lie whose keys begin so."""
    *folders, _ = prefix.split("/")
    return PurePosixPath(*(piece for one in folders for piece in _pieces(one)))


def bucket_folder(bucket: str) -> str:
    """The name of a bucket's folder."""
    return next(_pieces(bucket))


def _pieces(segment: str) -> Iterator[str]:
    """A segment as one name, or as several where it is longer than names may be."""
    spelled = _spelled(segment)
    cuts = [*_cuts(spelled), len(spelled)]
    for begin, end in pairwise(cuts):
        yield spelled[begin:end] + (_GOES_ON if end < len(spelled) else "")


def _cuts(spelled: str) -> Iterator[int]:
    """Where it is cut, never inside of an escape."""
    yield 0
    at = begin = 0
    for token in _TOKEN.findall(spelled):
        length = 2 if token[0] else len(token[1] or token[2])
        if at + length - begin > _LONGEST and at > begin:
            begin = at
            yield at
        at += length


def _spelled(segment: str) -> str:
    if not segment:
        return "%"
    text = "".join(map(_char, segment))
    if text.startswith(".") or _DEVICE.fullmatch(text):
        text = _escape(text[0]) + text[1:]
    return text[:-1] + _escape(".") if text.endswith(".") else text


def _char(char: str) -> str:
    if char in _PLAIN:
        return char
    return _CAPITAL + char.lower() if char.isascii() and char.isupper() else _escape(char)


def _escape(char: str) -> str:
    return "".join(f"%{byte:02x}" for byte in char.encode("utf-8", "surrogatepass"))
