"""Which modules and tests does a change of one module reach?"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from tools.import_edges import imports_of

RULES: Final = "bucketwright.rules"
_TESTS: Final = "tests.rules."
_CATALOGUE: Final = f"{_TESTS}test_catalogue"
_DEPTH_OF_RULE: Final = 4


@dataclass(frozen=True)
class Modules:
    """Files by the names of their modules, and what each imports."""

    files: Mapping[str, Path]
    imports: Mapping[str, frozenset[str]]
    """Full names of modules and of what stands in them."""

    @classmethod
    def read(cls, *folders: Path) -> "Modules":
        files = {_name(path): path for folder in folders for path in sorted(folder.rglob("*.py"))}
        return cls(files, {name: frozenset(_imported(path)) for name, path in files.items()})

    @cached_property
    def edges(self) -> Mapping[str, frozenset[str]]:
        """Which modules each needs; the catalogue needs all rules, though it does not name them."""
        found = {name: frozenset(map(self._module, some)) for name, some in self.imports.items()}
        found[RULES] = found[RULES].union(filter(is_rule, self.files))
        return {name: needed & self.files.keys() for name, needed in found.items()}

    @cached_property
    def importers(self) -> Mapping[str, frozenset[str]]:
        """Which modules need each."""
        found: dict[str, set[str]] = {name: set() for name in self.files}
        for name, needed in self.edges.items():
            for one in needed:
                found[one].add(name)
        return {name: frozenset(several) for name, several in found.items()}

    def reached(self, module: str) -> frozenset[str]:
        """It, and all of the product that a change of it reaches."""
        return frozenset(one for one in _closure([module], self.importers) if not one.startswith("tests."))

    def tests(self, module: str) -> tuple[str, ...]:
        """The tests that may notice a change of it: those that import it, and those of themes it reaches.

        Of what reaches no rule, all that import anything it reaches.
        """
        anew = self.reached(module)
        themes = tuple(f"{_TESTS}{theme}." for theme in sorted(self.themes(module))) or ("tests.",)
        near = [one for one in self.files if one.startswith(themes) or module in self.edges[one]]
        files = [one for one in near if one.rpartition(".")[2].startswith("test_") and self._knows(one, anew)]
        return (_CATALOGUE, *(one for one in files if one != _CATALOGUE))

    def themes(self, module: str) -> frozenset[str]:
        """Of which rules it is, or decides something."""
        return frozenset(one.split(".")[2] for one in self.reached(module) if is_rule(one))

    def beside(self, module: str, within: tuple[str, ...]) -> tuple[Path, ...]:
        """Files that say what tests of it find: what it reaches, what that needs, and the tests."""
        start = {one for one in self.reached(module) if one.startswith(within)} | {*self.tests(module)}
        return tuple(self.files[one] for one in sorted({*_closure(start, self._among((*within, "tests.")))}))

    def named_elsewhere(self, module: str) -> frozenset[str]:
        """What other modules import from it."""
        start = f"{module}."
        found = (one for imported in self.imports.values() for one in imported if one.startswith(start))
        return frozenset(one.removeprefix(start) for one in found)

    def _knows(self, test: str, anew: frozenset[str]) -> bool:
        """Whether the test, or what helps it, imports anything of these."""
        return any(self.edges[one] & anew for one in _closure([test], self._among(("tests.",))))

    def _among(self, starts: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
        """The edges that end there; the catalogue stands for no rule."""
        return {
            name: frozenset(one for one in needed if one.startswith(starts))
            for name, needed in {**self.edges, RULES: frozenset[str]()}.items()
        }

    def _module(self, name: str) -> str:
        while name and name not in self.files:
            name = name.rpartition(".")[0]
        return name


def is_rule(module: str) -> bool:
    """Whether a rule is in it."""
    return module.startswith(f"{RULES}.") and module.count(".") == _DEPTH_OF_RULE - 1


def _closure(start: Iterable[str], edges: Mapping[str, frozenset[str]]) -> Iterator[str]:
    waiting, seen = list(start), set(start)
    while waiting:
        name = waiting.pop()
        yield name
        waiting += edges[name] - seen
        seen |= edges[name]


def _name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(path: Path) -> Iterator[str]:
    found = imports_of(ast.parse(path.read_bytes()), list(path.parent.parts))
    return (name for _, name in found if name)
