"""Do the examples and tests of rules notice when a rule is wrong? Breaks each on purpose, in every small way.

`make mutants-rules` tries all; `make mutants-rules ONLY=exposure` a theme, ONLY=rules/keys the files whose
paths hold that. Ends are kept in `mutants/rules`: where nothing changed, nothing is tried again.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tools.mutant_trial import SURVIVED, UNTESTED, Limits, Trial, end_of, unbroken, warm_up
from tools.mutants_killed import ENOUGH, NOTICED, outcomes, row, share
from tools.mutations import Mutant, mutants
from tools.reaching import Modules, is_rule

KEPT: Final = Path("mutants/rules")
OBJECTS: Final = "bucketwright.objects."
MUTATED: Final = ("bucketwright.rules.", OBJECTS)
LEFT_ALONE: Final = ("example*.py", "engine.py", "frameworks.py")
"""What examples are made of, for mutants are tried with it; and tables that `make check` compares with the
pages made from them."""
SHARED: Final = "shared"
"""Stands for the theme of what several themes use."""
_UNLIMITED: Final = Limits(3_600, 3_600)


class FailsUnbroken(Exception):  # noqa: N818 - it is what happened
    """Tests that fail anyway tell nothing of a mutant."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """All mutants of one file."""

    theme: str
    trial: Trial
    mutants: Sequence[Mutant]
    digest: str
    """Of all that their ends depend on."""

    @property
    def name(self) -> str:
        return str(self.trial.file)

    def known(self, folder: Path) -> list[int]:
        """The ends of an earlier call, where nothing has changed since."""
        kept = folder / f"{self.name}.json"
        found = json.loads(kept.read_text()) if kept.exists() else {}
        return list(found["codes"]) if found.get("digest") == self.digest else []

    def keep(self, folder: Path, codes: Sequence[int]) -> None:
        """For the next call."""
        text = json.dumps({"digest": self.digest, "codes": codes})
        (folder / f"{self.name}.json").write_text(text)

    def missed(self, codes: Iterable[int]) -> Iterator[str]:
        """What nobody noticed, as file:line: what it was and became."""
        for code, one in zip(codes, self.mutants, strict=True):
            if not outcomes([code]).keys() <= {*NOTICED}:
                yield f"{self.name}:{one.line}: {one.change}"


def campaigns(modules: Modules, only: str = "") -> Iterator[Campaign]:
    """Those of a theme, or of paths that hold the word, or all."""
    for module, file in sorted(modules.files.items()):
        if not _is_tried(modules, module):
            continue
        theme = theme_of(modules, module)
        if only in {"", theme} or ("/" in only and only in str(file)):
            found = tuple(mutants(file.read_text(), str(file), modules.named_elsewhere(module)))
            if found:
                trial = _trial(modules, module)
                yield Campaign(theme, trial, found, _digest(modules, module, found))


def _is_tried(modules: Modules, module: str) -> bool:
    return f"{module}.".startswith(MUTATED) and not any(map(modules.files[module].match, LEFT_ALONE))


def theme_of(modules: Modules, module: str) -> str:
    """The theme of the rules that it is or decides of."""
    themes = {"objects"} if module.startswith(OBJECTS) else modules.themes(module)
    return next(iter(themes)) if len(themes) == 1 else SHARED


def tried(campaign: Campaign, folder: Path) -> Sequence[int]:
    """The ends of all mutants; what is known from an earlier call is not tried again."""
    codes, output = campaign.known(folder), folder / f"{campaign.name}.log"
    waiting = campaign.mutants[len(codes) :]
    if waiting:
        output.parent.mkdir(parents=True, exist_ok=True)
        limits = _limits(campaign.trial, output)
        for one in waiting:
            codes.append(end_of(campaign.trial, one.code, limits, output).code)
            campaign.keep(folder, codes)
    return codes


def _trial(modules: Modules, module: str) -> Trial:
    anew = modules.reached(module)
    rules = frozenset(one.rpartition(".")[2].replace("_", "-") for one in anew if is_rule(one))
    tests = tuple(str(modules.files[one]) for one in modules.tests(module))
    return Trial(module, modules.files[module], anew, rules, tests)


def _digest(modules: Modules, module: str, found: Iterable[Mutant]) -> str:
    changes = "\n".join(f"{one.line}: {one.change}" for one in found)
    texts = (file.read_bytes() for file in modules.beside(module, MUTATED))
    return hashlib.sha256(b"".join((changes.encode(), *texts))).hexdigest()


def _limits(trial: Trial, output: Path) -> Limits:
    """Several times what the file needs as it is."""
    seconds = []
    for tests in ((), trial.tests):
        end = end_of(replace(trial, tests=tests), unbroken(trial), _UNLIMITED, output)
        if end.code not in {SURVIVED, UNTESTED}:
            raise FailsUnbroken(f"{trial.file}: its tests fail as it is, see {output}")
        seconds.append(end.seconds)
    return Limits(2 + 5 * seconds[0], 5 + 5 * seconds[1])


def report(some: Iterable[Campaign], folder: Path = KEPT) -> int:
    """Try all, print the table as it grows; succeed only where every theme noticed enough."""
    themes: dict[str, Counter[str]] = defaultdict(Counter)
    failed = False
    for campaign in some:
        try:
            codes = tried(campaign, folder)
        except FailsUnbroken as error:
            failed = True
            print(f"mutants: {error}", file=sys.stderr, flush=True)
            continue
        themes[campaign.theme] += outcomes(codes)
        print(row(campaign.name, outcomes(codes)), *campaign.missed(codes), sep="\n        ", flush=True)
    print(*(row(name, ends) for name, ends in sorted(themes.items())), sep="\n")
    print(row("all", sum(themes.values(), Counter[str]())))
    low = [name for name, ends in themes.items() if share(ends) < ENOUGH]
    if low:
        print(f"mutants: at least {ENOUGH:.0%} have to be noticed of {', '.join(low)}", file=sys.stderr)
    return int(failed or bool(low) or not themes)


def main() -> int:
    """Those that the command line names."""
    parser = argparse.ArgumentParser(description="Break rules on purpose and count what is noticed.")
    parser.add_argument("only", nargs="?", default="", help="a theme, or a part of paths with a / in it")
    only = parser.parse_args().only
    modules = Modules.read(Path("bucketwright"), Path("tests"))
    some = tuple(campaigns(modules, only))
    if not some:
        themes = sorted({theme_of(modules, name) for name in modules.files if _is_tried(modules, name)})
        parser.error(f"{only!r} is no theme, nor a / with what paths hold; themes are {', '.join(themes)}")
    warm_up()
    return report(some)


if __name__ == "__main__":
    sys.exit(main())
