"""How does the command `bucketwright` reach the command line, which the published package does not carry?"""

import sys
from importlib.util import find_spec
from pathlib import Path

COMMAND_LINE = Path(__file__).resolve().parent.parent / "cli"
WHERE = (
    "bucketwright: the command line is not part of the installed package;"
    " run it from a clone of the project, after `make setup`"
)


def main() -> int:
    """Run the project's own command line, or say where to get it; another package called `cli` is not it."""
    spec = find_spec("cli")
    folders = (spec and spec.submodule_search_locations) or []
    if COMMAND_LINE not in [Path(folder).resolve() for folder in folders]:
        print(WHERE, file=sys.stderr)
        return 2
    from cli.main import main as run  # noqa: PLC0415 - absent from the published package

    run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
