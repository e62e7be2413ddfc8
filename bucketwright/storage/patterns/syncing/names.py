"""Can an object of this name be a file of a folder, and a file of this name an object? Nothing leads out."""

import os
import re
from typing import Final

from bucketwright.contract.keys.key_text import key_fault

OWN_FOLDER: Final = ".bucketwright-sync"
"""Where files wait until they are whole; never synchronised itself."""
_LONGEST: Final = 255
_ON_WINDOWS: Final = os.name == "nt"
_NOT_ON_WINDOWS: Final = re.compile(
    r'[<>:"|?*]|[. ]$|^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)', re.IGNORECASE
)


def name_fault(name: str, *, windows: bool = _ON_WINDOWS) -> str:
    """Why an object of that name cannot be a file, or the other way round; empty where it can."""
    if not name or name.endswith("/"):
        return "it names a folder, and folders are no objects"
    if fault := key_fault(name):
        return fault.reason
    for part in name.split("/"):
        if why := _part_fault(part, windows=windows):
            return why
    return ""


def parents(name: str) -> list[str]:
    """The folders that a file of that name lies in, the innermost first."""
    parts = name.split("/")
    return ["/".join(parts[:end]) for end in range(len(parts) - 1, 0, -1)]


def _part_fault(part: str, *, windows: bool) -> str:
    if "\\" in part:
        return "it holds a backslash, which divides folders on some machines"
    if len(part.encode()) > _LONGEST:
        return f"a part of it has more than {_LONGEST} bytes"
    if part.lower() == OWN_FOLDER:
        return f"{OWN_FOLDER} is where files wait until they are whole"
    if windows and _NOT_ON_WINDOWS.search(part):
        return "Windows takes a part of it for something else"
    return ""
