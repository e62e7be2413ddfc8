"""What is left of a program's runs in this process, when the engine ended before the program did?

The SDK then leaves its event loop open and the program in the middle, and Python complains of both later.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeAlias

Program: TypeAlias = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of some programs."""

    _begun: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[object] | None]] = field(default_factory=list)

    def of(self, program: Program) -> Program:
        """The program, whose runs are remembered."""

        def remembered() -> None:
            self._begun.append((asyncio.get_running_loop(), asyncio.current_task()))
            program()

        return remembered

    def end(self) -> None:
        """End what was left in the middle."""
        for loop, _ in self._begun:
            if not loop.is_closed() and not loop.is_running():
                _end(loop)
        self._begun.clear()


@contextmanager
def ended_runs() -> Iterator[Runs]:
    """Runs that are over when the block is."""
    runs = Runs()
    try:
        yield runs
    finally:
        runs.end()


def _end(loop: asyncio.AbstractEventLoop) -> None:
    for task in asyncio.all_tasks(loop):
        task.cancel()
        with suppress(asyncio.CancelledError, Exception):  # the engine is gone: nobody is left to be told
            loop.run_until_complete(task)
    loop.close()
