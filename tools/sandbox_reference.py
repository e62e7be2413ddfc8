"""Print what the page about the sandbox lists: what it mends of moto, and which types its double carries."""

import sys
from collections.abc import Iterator
from typing import Final

from sandbox.provider.handlers import handlers
from sandbox.server.gaps import all_gaps


def mended() -> Iterator[str]:
    """A table of the gaps between moto and AWS."""
    yield "| gap | moto | the sandbox |"
    yield "|---|---|---|"
    for one in sorted(all_gaps(), key=lambda gap: gap.id):
        yield f"| `{one.id}` | {one.moto} | {one.layer} |"


def carried() -> Iterator[str]:
    """A list of the resource types that the provider's double carries."""
    by_module: dict[str, list[str]] = {}
    for token in handlers():
        _, path, name = token.split(":")
        by_module.setdefault(path.partition("/")[0], []).append(name)
    for module, names in sorted(by_module.items()):
        yield f"- {module}: {', '.join(sorted(names))}"


PARTS: Final = {"mended": mended, "carried": carried}


if __name__ == "__main__":
    print("\n".join(PARTS[sys.argv[1]]()))
