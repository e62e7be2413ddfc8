"""How does AWS spell that something is on or off?"""

from typing import Final

STATUS: Final = {"Enabled": True, "Disabled": False}


def status(on: bool) -> str:
    """The word for it."""
    return "Enabled" if on else "Disabled"
