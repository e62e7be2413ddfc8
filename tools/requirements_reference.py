"""Print which tests hold each requirement, read from the marks on the tests themselves."""

import ast
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.generated import ROOT

SOURCE: Final = ROOT / "tools" / "requirements.toml"
TESTS: Final = ROOT / "tests"
PARTS: Final[Mapping[str, str]] = {
    "C": "contract",
    "P": "preview",
    "A": "audit",
    "S": "client",
}
"""What the letters of the source stand for."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that storage has to do."""

    id: str
    says: str
    parts: str
    """Letters of PARTS."""


def systems() -> Mapping[str, tuple[Requirement, ...]]:
    """The requirements of each system, by its title."""
    said = tomllib.loads(SOURCE.read_text("utf-8"))
    return {
        str(system.pop("title")): tuple(
            Requirement(f"{short}-{number}", one["says"], one["parts"]) for number, one in system.items()
        )
        for short, system in said.items()
    }


def holding(folder: Path = TESTS) -> Mapping[str, Mapping[str, int]]:
    """How many tests of each file hold a requirement, by its id."""
    found: dict[str, dict[str, int]] = {}
    for file in sorted(folder.rglob("test_*.py")):
        for cited in marks(file.read_text("utf-8")):
            files = found.setdefault(cited, {})
            name = file.relative_to(folder).as_posix()
            files[name] = files.get(name, 0) + 1
    return found


def marks(source: str) -> Iterator[str]:
    """The ids that the tests of a file cite, each as often as it is cited."""
    if "mark.requirement" not in source:
        return
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="requirement", value=ast.Attribute(attr="mark")),
                args=[ast.Constant(value=str(cited))],
            ):
                yield cited


def page() -> Iterator[str]:
    """A table for each system."""
    held = holding()
    for title, requirements in systems().items():
        yield f"## {title}\n"
        yield "| id | what | by | tests |"
        yield "|---|---|---|---|"
        for one in requirements:
            parts = ", ".join(PARTS[letter] for letter in one.parts)
            files = (
                f"[{name.removesuffix('.py')}](../tests/{name}){f' {number}' if number > 1 else ''}"
                for name, number in held.get(one.id, {}).items()
            )
            yield f"| {one.id} | {one.says} | {parts} | {', '.join(files)} |"
        yield ""


if __name__ == "__main__":
    print("\n".join(page()).rstrip())
