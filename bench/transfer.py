"""How long does a large file take up and down, and five thousand small ones, beside what others use?

The storage client, the SDK's transfer library by itself and over the Common Runtime, s5cmd and rclone, each
as it is by default, in turn on the same server. Of each the whole program is measured. What programs in
Python take to begin is shown, too, and their CPU is compared without it.
"""

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from bench.objects_filled import SERVERS, TOOLS, environment_for
from bench.peers_timed import Contender, Taken, middle, timed
from bench.promise import Promise
from bench.transfer_boto3 import AT_ONCE, BUCKET, LARGE
from tests.servers.running import ROOT

MEGABYTES: Final = 350
FILES: Final = 5_000
SMALL_BYTES: Final = 4_096
ROUNDS: Final = 3
OURS: Final = "ours"
BOTO3: Final = "boto3"
CRT: Final = "the SDK over CRT"
_NOTHING: Final = "python that does nothing"
_WHATS: Final = ("start", "up", "down", "many-up", "many-down")
_MOST_MEGABYTES: Final = 120
_MOST_TIMES: Final = 1.1
_S5CMD: Final[Mapping[str, str]] = {
    "up": "cp {path} s3://{bucket}/s5cmd/{large}",
    "down": "cp s3://{bucket}/ours/{large} {path}",
    "many-up": "--numworkers {lanes} cp {path}/ s3://{bucket}/s5cmd/",
    "many-down": "--numworkers {lanes} cp s3://{bucket}/ours/small* {path}/",
}
_RCLONE: Final[Mapping[str, str]] = {
    "up": "copyto --ignore-times {path} :s3:{bucket}/rclone/{large}",
    "down": "copyto :s3:{bucket}/ours/{large} {path}",
    "many-up": "copy --ignore-times --transfers {lanes} --checkers {lanes} {path} :s3:{bucket}/rclone",
    "many-down": "copy --transfers {lanes} --checkers {lanes} --include small* :s3:{bucket}/ours {path}",
}
Medians = Mapping[str, Taken]


def measure(server: str = "minio", rounds: int = ROUNDS) -> list[Promise]:
    """The tables are printed; the promises are of memory, and of CPU beside the SDK's."""
    with SERVERS[server]() as running, tempfile.TemporaryDirectory(prefix="bench-") as made:
        running.client().create_bucket(Bucket=BUCKET)
        sources = _sources(Path(made))
        environment = environment_for(running.url)
        told: dict[str, Medians] = {}
        for what in _WHATS:
            print(f"{what} on {server}, median of {rounds} rounds")
            told[what] = _taken(what, sources.get(what, ""), environment, rounds)
            for name, one in told[what].items():
                print(f"  {name:26} {one}{_beside(name, what, told)}")
    return [promise for what in _WHATS[1:] for promise in _promises(server, what, told)]


def _sources(folder: Path) -> Mapping[str, str]:
    """What goes up."""
    large, small = folder / LARGE, folder / "small"
    with large.open("wb") as file:
        for _ in range(MEGABYTES):
            file.write(os.urandom(10**6))
    small.mkdir()
    for number in range(FILES):
        (small / f"small-{number:05d}.bin").write_bytes(os.urandom(SMALL_BYTES))
    return {"up": str(large), "many-up": str(small)}


def _taken(what: str, source: str, environment: Mapping[str, str], rounds: int) -> Medians:
    taken: dict[str, list[Taken]] = {}
    for turn in range(rounds):
        contenders = list(_contenders(what, source, environment))
        start = turn % len(contenders)
        for one in (*contenders[start:], *contenders[:start]):
            with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                (Path(folder) / "in").mkdir()
                taken.setdefault(one.name, []).append(timed(one, Path(folder)))
    return {name: middle(several) for name, several in taken.items()}


def _contenders(what: str, source: str, environment: Mapping[str, str]) -> Iterator[Contender]:
    """Each with what it reads or leaves: a file, or a folder of many."""
    many, comes = what.startswith("many"), what.endswith("down")
    path = source or ("in" if many else LARGE)
    leaves = ("in/small-00000.bin" if many else LARGE) if comes else ""
    python, other = sys.executable, str(ROOT / ".peers/crt/bin/python")
    commands: dict[str, Sequence[str]] = {
        OURS: (python, "-m", "bench.transfer_ours", what, path),
        BOTO3: (python, "-m", "bench.transfer_boto3", what, path),
        CRT: (other, "-m", "bench.transfer_crt", what, path),
    }
    if what == "start":
        commands[_NOTHING] = (python, "-c", "pass")
    else:
        commands["s5cmd"] = (str(TOOLS / "s5cmd"), *_filled(_S5CMD[what], path))
        commands["rclone"] = (str(TOOLS / "rclone"), *_filled(_RCLONE[what], path))
    for name, command in commands.items():
        yield Contender(name, command, environment, leaves=leaves)


def _filled(words: str, path: str) -> Sequence[str]:
    values = {"path": path, "bucket": BUCKET, "large": LARGE, "lanes": str(AT_ONCE)}
    return [word.format(**values) for word in words.split()]


def _cpu(name: str, what: str, told: Mapping[str, Medians]) -> float:
    """What a program took, less what it takes to begin."""
    start = told["start"].get(name, Taken(0, 0, 0))
    return max(told[what][name].cpu_seconds - start.cpu_seconds, 0.01)


def _beside(name: str, what: str, told: Mapping[str, Medians]) -> str:
    if what == "start":
        return ""
    wall = told[what][name].wall_seconds / told[what][OURS].wall_seconds
    cpu = _cpu(name, what, told) / _cpu(OURS, what, told)
    return f"  = {wall:5.2f} times our time, {cpu:5.2f} times our CPU"


def _promises(server: str, what: str, told: Mapping[str, Medians]) -> Iterator[Promise]:
    about = f"{what} on {server}"
    if not what.startswith("many"):
        above = told[what][OURS].megabytes - told["start"][_NOTHING].megabytes
        yield Promise(f"{about}: memory above the interpreter's", above, _MOST_MEGABYTES, "MB")
    beside = _cpu(OURS, what, told) / _cpu(BOTO3, what, told)
    yield Promise(f"{about}: CPU beside the SDK's", beside, _MOST_TIMES, "times")
