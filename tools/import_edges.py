"""Do imports between the layers point one way only, does each use only the packages it may, and is what is
called pure pure?

The table beside this file says what is allowed. Every import counts: inside functions, under TYPE_CHECKING,
by `import_module("name")`. A layer that the table does not know is an error. A pure layer neither imports
nor names what reads a file, asks a clock or speaks to anybody, save for the few files that the table names.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

LIBRARY = "bucketwright"
TABLE = Path(__file__).with_suffix(".toml")
ANY = "any"
AT_RUN_TIME = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What each layer may import: layers of ours and packages of others."""

    layers: Mapping[str, frozenset[str]]
    packages: Mapping[str, frozenset[str]]
    pure: frozenset[str]
    effects: frozenset[str]
    harmless: frozenset[str]
    acts: frozenset[str]
    outside: Mapping[str, frozenset[str]]
    computed: frozenset[str]

    @classmethod
    def read(cls, text: str) -> "Table":
        raw = tomllib.loads(text)
        pure, entries = frozenset(raw["pure"]), raw["layers"]

        def spelled_out(entry: Mapping[str, list[str]], key: str) -> frozenset[str]:
            named = frozenset(entry.get(key, ()))
            return named - {"pure"} | pure if "pure" in named else named

        return cls(
            layers={layer: spelled_out(entry, "layers") for layer, entry in entries.items()},
            packages={layer: spelled_out(entry, "packages") for layer, entry in entries.items()},
            pure=pure,
            effects=frozenset(raw["effects"]),
            harmless=frozenset(raw["harmless"]),
            acts=frozenset(raw["acts"]),
            outside={file: frozenset(allowed) for file, allowed in raw["outside"].items()},
            computed=frozenset(raw["computed"]),
        )

    def objection(self, layer: str, name: str, ours: frozenset[str]) -> str | None:
        """Why this layer may not import that name, or None; `ours` are all layers there are."""
        top = name.partition(".")[0]
        if name == "sys.path":
            return "sys.path decides what is imported; leave it alone and import by full name"
        if name == AT_RUN_TIME:
            return (
                None if layer in self.computed else f"{layer} imports a name made at run time; write it out"
            )
        if any(top == known.partition(".")[0] for known in ours):
            reached, kind, allowed = _layer(name, ours), "layers", self.layers[layer] | {layer, LIBRARY}
        elif top in sys.stdlib_module_names:
            return None
        else:
            reached, kind, allowed = top, "packages", self.packages[layer]
        if ANY in allowed or reached in allowed:
            return None
        return f"{layer} -> {name}: allowed {kind} are {', '.join(sorted(allowed)) or 'none'}"

    def effect(self, file: Path, layer: str, name: str) -> str | None:
        """What an import of that name by a pure layer's file has to do with the outside, or None."""
        if layer not in self.pure or name in self.harmless:
            return None
        found = next((effect for effect in self.effects if f"{name}.".startswith(f"{effect}.")), None)
        return None if found in self.outside.get(str(file), ()) else found

    def act(self, file: Path, layer: str, spellings: frozenset[str]) -> str | None:
        """The act that a pure layer's file names, or None: a builtin, `.method` or `owner.method`."""
        if layer not in self.pure:
            return None
        return min(spellings & self.acts - self.outside.get(str(file), frozenset()), default=None)


def names_in(tree: ast.Module) -> Iterator[tuple[int, frozenset[str]]]:
    """Line and spellings of every name and attribute of a file: `open`, or `.now` and `datetime.now`."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name):
                yield node.lineno, frozenset({name})
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name):
                yield node.lineno, frozenset({f".{name}", f"{owner}.{name}"})
            case ast.Attribute(attr=name):
                yield node.lineno, frozenset({f".{name}"})


def imports_of(tree: ast.Module, package: list[str]) -> Iterator[tuple[int, str]]:
    """Line and full name of all that a file of this package imports, wherever in the file."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=origin, names=names, level=level):
                start = [*package[: len(package) + 1 - level]] if level else []
                start += [origin] if origin else []
                yield from ((node.lineno, ".".join([*start, alias.name])) for alias in names)
            case ast.Call(func=ast.Attribute(attr=called) | ast.Name(id=called), args=[name, *_]):
                if called in {"import_module", "__import__"}:
                    known = isinstance(name, ast.Constant) and isinstance(name.value, str)
                    yield node.lineno, ast.literal_eval(name) if known else AT_RUN_TIME
            case ast.Attribute(value=ast.Name(id="sys"), attr="path"):
                yield node.lineno, "sys.path"


def _layer(name: str, layers: frozenset[str]) -> str:
    """The layer that holds a dotted name; what the library itself exports is the library's."""
    top, *rest = name.split(".")
    inner = f"{top}.{rest[0]}" if rest else top
    return inner if inner in layers else top


def _layer_of_file(path: Path) -> str:
    parts = [part for part in path.with_suffix("").parts if part != "__init__"]
    return ".".join(parts[: 2 if parts[0] == LIBRARY else 1])


def objections(root: Path, table: Table) -> Iterator[str]:
    """Every import and act below the folder that the table does not allow, as file:line: why."""
    skipped = {"mutants", "dist", "build"}
    found = (path.relative_to(root) for path in sorted(root.rglob("*.py")))
    paths = [path for path in found if not any(p in skipped or p.startswith(".") for p in path.parts)]
    ours = frozenset(map(_layer_of_file, paths)) | table.layers.keys()
    for path in paths:
        layer = _layer_of_file(path)
        if layer not in table.layers:
            yield f"{path}:1: the layer {layer} is unknown; say in {TABLE.name} what it may import"
            continue
        tree = ast.parse((root / path).read_bytes(), filename=str(path))
        for line, why in sorted(_of_file(path, tree, table, ours)):
            yield f"{path}:{line}: {why}"


def _of_file(path: Path, tree: ast.Module, table: Table, ours: frozenset[str]) -> Iterator[tuple[int, str]]:
    layer = _layer_of_file(path)
    for line, name in imports_of(tree, list(path.parent.parts)):
        if why := table.objection(layer, name, ours):
            yield line, why
        elif table.effect(path, layer, name):
            yield line, f"{layer} -> {name}: a pure layer does not act"
    for line, spellings in names_in(tree):
        if act := table.act(path, layer, spellings):
            yield line, f"{layer} names {act}: a pure layer does not act"


if __name__ == "__main__":
    complaints = list(objections(Path.cwd(), Table.read(TABLE.read_text())))
    print("\n".join(complaints) or "imports: every edge is allowed")
    sys.exit(bool(complaints))
