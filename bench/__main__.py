"""Run measurements and say which promises hold: `python -m bench`, or some parts by their names.

Without a name those run that need nothing but this project. The others compare with what make peers gets:
`python -m bench buckets objects objects-delay`.
"""

import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final

from bench.promise import Promise

_OWN: Final = ("check", "pattern", "member", "isolation", "plan", "judging")
_PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{name: f"{name}_speed" for name in _OWN},
        "buckets": "peers_buckets",
        "buckets-minio": "peers_minio",
        "objects": "objects_scan",
        "objects-again": "objects_again",
        "objects-delay": "objects_delay",
        "objects-list": "objects_list",
        "objects-memory": "objects_memory",
        "objects-start": "objects_start",
        "transfer": "transfer",
    }
)
"""By name the file that holds it; each is loaded when it is run."""


def main(names: list[str]) -> int:
    """Return 0 where every promise holds, 2 where no part has that name."""
    unknown = [name for name in names if name not in _PARTS]
    if unknown:
        print(f"no part is called {unknown[0]!r}; there are: {', '.join(_PARTS)}", file=sys.stderr)
        return 2
    kept: list[Promise] = []
    for name in names or _OWN:
        measure: Callable[[], Iterable[Promise]] = import_module(f"bench.{_PARTS[name]}").measure
        kept += measure()
    for promise in kept:
        print(promise)
    return 0 if all(promise.holds for promise in kept) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
