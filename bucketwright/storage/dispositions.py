"""How is a browser told to save what it gets, and under which name? So that no name can say anything else."""

import re
from typing import Final
from urllib.parse import quote, unquote

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9 ._()+-]")
_REAL_NAME: Final = re.compile(r";\s*filename\*=UTF-8''([^;\s]+)", re.IGNORECASE)
_PLAIN_NAME: Final = re.compile(r""";\s*filename=(?:"([^"]*)"|([^;\s"]+))""", re.IGNORECASE)
_SHOWN_AS_A_FILE: Final = "attachment"
_LONGEST: Final = 150


def attachment(name: str = "") -> str:
    """The value of Content-Disposition for a download, under that name where one is given.

    Old readers get a name in ASCII, and all others the real one; both without what divides paths or headers,
    or is not seen.
    """
    visible = "".join(one if one.isprintable() else "_" for one in name)
    last = re.split(r"[/\\]", visible)[-1].strip()[:_LONGEST]
    plain = _UNSAFE.sub("_", last)
    if not last:
        return _SHOWN_AS_A_FILE
    told = f'{_SHOWN_AS_A_FILE}; filename="{plain}"'
    return told if plain == last else f"{told}; filename*=UTF-8''{quote(last, safe='')}"


def is_attachment(disposition: str) -> bool:
    """Whether such a value has a browser save what it gets, and show it never."""
    return disposition.partition(";")[0].strip().lower() == _SHOWN_AS_A_FILE


def saved_as(disposition: str) -> str:
    """The name that such a value gives a download; empty where it gives none."""
    real, plain = _REAL_NAME.search(disposition), _PLAIN_NAME.search(disposition)
    if real:
        return unquote(real[1])
    return (plain[1] or plain[2] or "") if plain else ""
