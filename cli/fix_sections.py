"""How is JSON of very many entries printed, without all of them in memory? List by list, at the end."""

from collections.abc import Callable
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, Final

from cli.output import json_text

_IN_MEMORY: Final = 2**20


class Sections:
    """Lists under names, each entry written down as it comes."""

    def __init__(self) -> None:
        self._lists: dict[str, IO[str]] = {}
        self._files: Final = ExitStack()

    def open(self, name: str) -> None:
        """Let there be a list of that name, empty so far."""
        if name not in self._lists:
            file = SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="ascii")  # noqa: SIM115 - `close` does
            self._lists[name] = self._files.enter_context(file)

    def add(self, name: str, entry: object) -> None:
        """One entry more."""
        self.open(name)
        self._lists[name].write(f"{json_text(entry)}\n")

    def write(self, line: Callable[[str], None]) -> None:
        """All of it, one entry a line."""
        line("{")
        for number, (name, entries) in enumerate(self._lists.items(), 1):
            line(f" {json_text(name)}: [")
            entries.seek(0)
            before = ""
            for entry in entries:
                if before:
                    line(f"  {before},")
                before = entry.rstrip("\n")
            if before:
                line(f"  {before}")
            line(f" ]{',' if number < len(self._lists) else ''}")
        line("}")

    def close(self) -> None:
        """Let go of all of it."""
        self._files.close()
