"""How often does Python look for objects that hold each other, while rows come by the thousand?"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_NEW_OBJECTS: Final = 100_000
"""Until it looks, unless the program looks more seldom anyway; some tens of megabytes at most."""


@contextmanager
def seldom_looked_for() -> Iterator[None]:
    """Seldom within the block: rows and answers go by themselves, and looking at all of them takes a tenth
    of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(max(usual[0], _NEW_OBJECTS) if usual[0] else 0, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
