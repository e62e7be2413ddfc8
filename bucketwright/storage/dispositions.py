"""How is a browser told to save what it gets, and under which name? So that no name can say anything else."""

import re
from typing import Final
from urllib.parse import quote

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9 ._()+-]")
_SHOWN_AS_A_FILE: Final = "attachment"
_LONGEST: Final = 150


def attachment(name: str = "") -> str:
    """The value of Content-Disposition for a download, under that name where one is given.

    Old readers get a name in ASCII, and all others the real one; both without what divides paths or headers.
    """
    last = re.split(r"[/\\]", name)[-1].strip()[:_LONGEST]
    plain = _UNSAFE.sub("_", last)
    if not last:
        return _SHOWN_AS_A_FILE
    told = f'{_SHOWN_AS_A_FILE}; filename="{plain}"'
    return told if plain == last else f"{told}; filename*=UTF-8''{quote(last, safe='')}"
