"""How many mutants did the tests notice, file by file, and is that enough? Reads what `mutmut run` left."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

RESULTS = Path("mutants")
ENOUGH = 0.90
OUTCOMES: Mapping[int | None, str] = {
    1: "killed",
    3: "killed",
    -24: "timeout",
    24: "timeout",
    36: "timeout",
    152: "timeout",
    0: "survived",
    5: "untested",
    33: "untested",
    None: "waiting",
}
"""How the test run of a mutant ended; any other exit code is unclear, and counts as not noticed."""
NOTICED = ("killed", "timeout")


def outcomes(exit_codes: Iterable[int | None]) -> Counter[str]:
    """How many mutants came to which end."""
    return Counter(OUTCOMES.get(code, "unclear") for code in exit_codes)


def share(ends: Counter[str]) -> float:
    """The part of all mutants that the tests noticed; of no mutants, nothing."""
    return sum(ends[end] for end in NOTICED) / (ends.total() or 1)


def results(folder: Path) -> Iterator[tuple[str, Counter[str]]]:
    """Each mutated file with the ends of its mutants."""
    for path in sorted(folder.rglob("*.meta")):
        ends = outcomes(json.loads(path.read_text())["exit_code_by_key"].values())
        if ends:
            yield str(path.relative_to(folder).with_suffix("")), ends


def row(name: str, ends: Counter[str]) -> str:
    """One line of the table."""
    missed = ", ".join(f"{count} {end}" for end, count in sorted(ends.items()) if end not in NOTICED)
    noticed = sum(ends[end] for end in NOTICED)
    return f"{share(ends):6.1%}  {noticed:5} of {ends.total():5}  {name}" + (
        f"  ({missed})" if missed else ""
    )


def main(folder: Path = RESULTS) -> int:
    """Print the table; succeed only when all were tried and enough were noticed."""
    files = dict(results(folder))
    everything = sum(files.values(), Counter[str]())
    print(*(row(name, ends) for name, ends in files.items()), row("all", everything), sep="\n")
    if not everything or everything["waiting"]:
        print("mutants: the campaign has not come to its end; `make mutants` goes on", file=sys.stderr)
        return 1
    if share(everything) < ENOUGH:
        print(
            f"mutants: at least {ENOUGH:.0%} have to be noticed; .venv/bin/mutmut results names them",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
