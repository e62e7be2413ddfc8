"""What is an id of a contract, and which one did somebody mean who wrote a text that is none?"""

import re
from collections.abc import Collection, Mapping
from typing import Final

ID_PATTERN: Final = r"^[a-z][a-z0-9-]{0,47}$"
_LONGEST: Final = 48
_LONGEST_READ: Final = 200
_ID: Final = re.compile(ID_PATTERN)
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_FOREIGN: Final = re.compile(r"[^a-z0-9]+")
_WORDS: Final = re.compile(r"[A-Za-z0-9_. /*-]{1,200}")
_WHOLE_BUCKET: Final = "*"


def nearest_id(text: str) -> str:
    """The id that is spelled most like a text: `user-files` for `User_Files`; empty where there is none."""
    if _ID.fullmatch(text):
        return text
    words = _FOREIGN.sub("-", _HUMP.sub("-", text[:_LONGEST_READ]).lower())
    return words.lstrip("-0123456789")[:_LONGEST].rstrip("-")


def meant_ids(text: str, pattern: str) -> str:
    """The same of ids with slashes between them, or a star for one; empty where that fits no such pattern."""
    if not _WORDS.fullmatch(text):
        return ""
    parts = (one if one == _WHOLE_BUCKET else nearest_id(one) for one in text.split("/"))
    meant = "/".join(filter(None, parts))
    return meant if re.fullmatch(pattern, meant) else ""


def standing_ids(written: Collection[str]) -> Mapping[str, str]:
    """Under which id each of the texts stands: itself, or the nearest, where no other text has it."""
    standing = {text: text for text in written if _ID.fullmatch(text)}
    taken = set(standing)
    for text in written:
        meant = nearest_id(text)
        if meant and meant not in taken:
            standing[text] = meant
            taken.add(meant)
    return standing
