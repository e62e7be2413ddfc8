"""What does each of several programs take for ten thousand objects more, when all run in turn?

Of each the whole program is measured, on a bucket of a hundred objects and on one of many: the difference
leaves the start out.
"""

import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from bench.objects_filled import MANY
from bench.objects_listing import FEW, FEWER
from bench.peers_timed import Contender, Taken, middle, timed

FLOOR: Final = "floor: signs, sends, counts"
OURS: Final = "ours: two rules and a report"
LIST_ALONE: Final = "ours: LIST alone"
_UNIT: Final = 10_000
_LEAST: Final = 0.001
Programs = Callable[[str], Iterable[Contender]]
"""Those that are measured on a bucket."""


def compared(
    what: str, programs: Programs, objects: int, rounds: int, before: Callable[[int], object] = int
) -> Mapping[str, Taken]:
    """What each takes for ten thousand objects more, as a table, too; `before` is done before each round."""
    runs = [(bucket, one) for bucket in (FEW, MANY) for one in programs(bucket)]
    taken: dict[tuple[str, str], list[Taken]] = {(bucket, one.name): [] for bucket, one in runs}
    for turn in range(rounds):
        before(turn)
        start = turn * len(runs) // rounds
        for bucket, one in (*runs[start:], *runs[:start]):
            with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                taken[bucket, one.name].append(timed(one, Path(folder)))
    medians = {place: middle(several) for place, several in taken.items()}
    more = {name: _more(medians[FEW, name], medians[MANY, name], objects) for _, name in medians}
    print(f"{what}, {objects:,d} objects, median of {rounds} rounds; then for 10,000 objects more")
    for name, slope in more.items():
        print(f"  {name:30} {medians[MANY, name]}  | {_beside(slope, more[OURS])}")
    return more


def _more(few: Taken, many: Taken, objects: int) -> Taken:
    share = _UNIT / (objects - FEWER)
    return Taken(
        max((many.wall_seconds - few.wall_seconds) * share, _LEAST),
        max((many.cpu_seconds - few.cpu_seconds) * share, _LEAST),
        many.megabytes - few.megabytes,
    )


def _beside(one: Taken, ours: Taken) -> str:
    wall, cpu = one.wall_seconds, one.cpu_seconds
    slower, dearer = wall / ours.wall_seconds, cpu / ours.cpu_seconds
    return f"{wall:7.2f} s = {slower:5.1f} times ours,{cpu:7.2f} CPU-s = {dearer:5.1f} times ours"
