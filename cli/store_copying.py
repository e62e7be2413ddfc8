"""What goes from where to where? The same for `cp` and `mv`, planned before anything is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePosixPath
from typing import Literal

import click

from bucketwright.storage.naming import Named, spelled
from cli.exits import Exit
from cli.output import Output
from cli.store import Reach, human, opened
from cli.store_names import meant, object_meant, place_meant
from cli.store_overwriting import keep_name, may_delete, saying_how, written_to
from cli.store_steps import Step, carry_out

Verb = Literal["copy", "move"]


class Asked(Reach):
    """All that is told beside sources and target."""

    recursive: bool
    overwrite: bool
    dry_run: bool


@dataclass(frozen=True, slots=True)
class _Copy:
    """One object, and the name it goes to."""

    verb: Verb
    source: Named
    target: Named
    overwrite: bool

    def step(self, *, may_meet: bool) -> Step:
        """As one of several, of which another may go to the same name."""
        replaced = spelled(self.target.place, self.target.name) if self.overwrite and may_meet else ""
        return Step(self.source.spelled, self.act, self.looked, replaced)

    def act(self) -> str:
        here, there = self.source.place, written_to(self.target.place, overwrite=self.overwrite)
        do = here.copy if self.verb == "copy" else here.move
        with saying_how(self.target.place):
            written = do(self.source.name, to=there, as_name=self.target.name)
        return self._told(written.name, written.size)

    def looked(self) -> str:
        keep_name(self.target.place, self.target.name, overwrite=self.overwrite)
        return self._told(self.target.name, self.source.place.info(self.source.name).size)

    def _told(self, name: str, size: int) -> str:
        return f"{self.verb} {self.source.spelled} to {spelled(self.target.place, name)} ({human(size)})"


def run_copies(output: Output, verb: Verb, words: tuple[str, ...], asked: Asked, *, kept: bool) -> Exit:
    """Copy or move all of them to where the last word says, or show what would be."""
    *sources, last = words
    if not sources:
        raise click.UsageError(f"where to? Only {last} is named")
    with opened(output, asked) as storage:
        target = meant(storage, last)
        _keep_mode(target, overwrite=asked["overwrite"])
        understood = place_meant if asked["recursive"] else object_meant
        found = [understood(storage, word) for word in sources]
        _keep_apart(verb, found, target, kept=kept)
        copies = chain.from_iterable(_copies(verb, one, target, asked) for one in found)
        steps = (one.step(may_meet=len(found) > 1) for one in copies)
        return carry_out(output, steps, dry_run=asked["dry_run"])


def _copies(verb: Verb, source: Named, target: Named, asked: Asked) -> Iterator[_Copy]:
    place, overwrite = target.place, asked["overwrite"]
    if not asked["recursive"]:
        whole = target.name and not target.name.endswith("/")
        name = target.name if whole else target.name + PurePosixPath(source.name).name
        yield _Copy(verb, source, Named(place, name), overwrite)
        return
    folder = target.name and f"{target.name.removesuffix('/')}/"
    for row in source.place.list(source.name):
        name = folder + row.name.removeprefix(source.name)
        yield _Copy(verb, Named(source.place, row.name), Named(place, name), overwrite)


def _keep_mode(target: Named, *, overwrite: bool) -> None:
    written_to(target.place, overwrite=overwrite)
    if overwrite and target.place.there.prefix.write.mode == "if-unchanged":
        raise click.UsageError(
            f"in {target.place.there.address} only what was read before is replaced: leave out --overwrite"
        )


def _keep_apart(verb: Verb, sources: list[Named], target: Named, *, kept: bool) -> None:
    """Wrong use where objects would be copied into themselves, over each other, or may not go."""
    if len(sources) > 1 and target.name and not target.name.endswith("/"):
        raise click.UsageError(f"{target.spelled} is one object, and {len(sources)} are named: end it with /")
    below = (target.place.there.bucket, target.place.path + target.name)
    for one in sources:
        if verb == "move":
            may_delete(one.place, kept=kept)
        bucket, begin = one.place.there.bucket, one.place.path + one.name
        if below[0] == bucket and (not one.name or one.name.endswith("/")) and below[1].startswith(begin):
            raise click.UsageError(f"{target.spelled} lies in {one.spelled}: nothing is copied into itself")
