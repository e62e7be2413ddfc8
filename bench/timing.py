"""How long does the processor work at one question? What else the machine does is not counted."""

import time
from collections.abc import Callable


def milliseconds(ask: Callable[[], object]) -> float:
    """The time of one answer."""
    started = time.process_time()
    ask()
    return 1000 * (time.process_time() - started)
