"""In which small ways could a file be wrong, and what would it be then?

Each way is one change of its syntax tree: a comparison, a clause, a constant, a way out. Left alone are
decorators, annotations and texts for people; of a rule's file also what only its examples use.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from operator import eq, is_
from types import CodeType
from typing import Final, TypeAlias

from tools.mutation_operators import ANY_FILE, Context, changes, is_data

_VERDICTS: Final = frozenset({"fails", "fails_if", "not_applicable", "passes"})
_SHOWN: Final = _VERDICTS | {"Fault", "Manual", "Undecided", "Undetermined", "Unknown"}
"""What takes texts for people."""
_SHOWN_WORDS: Final = frozenset({"because", "expected", "form", "reason"})
_TYPES: Final = frozenset({"dict", "frozenset", "list", "set", "tuple", "type"})
_NEAR: Final = 30
_LONGEST: Final = 100
_NO_CODE: Final = (ast.Import, ast.ImportFrom, ast.Pass, ast.Global, ast.Nonlocal)
_UNTOUCHED: Final[Mapping[type[ast.AST], frozenset[str]]] = {
    ast.FunctionDef: frozenset({"decorator_list", "returns", "type_params"}),
    ast.ClassDef: frozenset({"decorator_list", "bases", "keywords", "type_params"}),
    ast.AnnAssign: frozenset({"annotation", "target"}),
    ast.Assign: frozenset({"targets"}),
    ast.arg: frozenset({"annotation"}),
    ast.FormattedValue: frozenset({"format_spec"}),
    ast.ExceptHandler: frozenset({"type"}),
}
Definition: TypeAlias = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


@dataclass(frozen=True, slots=True)
class Mutant:
    """The file with one thing changed."""

    line: int
    change: str
    code: CodeType


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a node stands in the tree."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST
    context: Context

    def put(self, node: ast.AST) -> None:
        """Another one in its place."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def mutants(source: str, file: str, used_elsewhere: frozenset[str] = frozenset()) -> Iterator[Mutant]:
    """Each way once, in the order of the lines; `used_elsewhere` are names that other files import."""
    tree = ast.parse(source)
    seen = {ast.dump(tree)}
    left_alone = frozenset(map(id, _for_examples(tree, used_elsewhere)))
    for place in _places(tree, Context(), left_alone):
        for other in changes(place.node, place.context):
            change = _left_out(place.node, other) or _difference(_said(place.node), _said(other))
            place.put(ast.copy_location(other, place.node))
            form = ast.dump(tree)
            if form not in seen:
                seen.add(form)
                code = compile(ast.fix_missing_locations(tree), file, "exec")
                yield Mutant(getattr(place.node, "lineno", 0) or _line(place), change, code)
            place.put(place.node)


def _places(node: ast.AST, context: Context, left_alone: frozenset[int]) -> Iterator[_Place]:
    """Everything below a node that may be changed, and where."""
    inner = _within(node, context)
    for name, value in ast.iter_fields(node):
        if name in _UNTOUCHED.get(type(node), ()):
            continue
        below = _in_collection(node, name, context, _beside(node, name, inner))
        for index, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if not isinstance(child, ast.AST) or id(child) in left_alone or _is_no_code(node, name, child):
                continue
            yield _Place(node, name, index, child, below)
            yield from _places(child, below, left_alone)


def _within(node: ast.AST, context: Context) -> Context:
    """What holds of all that is in a node."""
    match node:
        case ast.FunctionDef(returns=returns):
            return Context(returns=ast.unparse(returns) if returns else "", is_top=False)
        case ast.Lambda():
            return replace(context, returns="", is_top=False)
        case ast.JoinedStr() | ast.Raise():
            return replace(context, is_text=True)
        case ast.Compare() | ast.comprehension() | ast.Dict():
            return replace(context, is_text=False)
        case _:
            return context


def _beside(node: ast.AST, name: str, inner: Context) -> Context:
    """What holds of one field of a node."""
    context = replace(inner, is_looked_through=False)
    match node, name:
        case ast.Call(func=ast.Name(id=called)), "args" if called in _SHOWN:
            return replace(context, is_text=True)
        case ast.keyword(arg=arg), _ if arg in _SHOWN_WORDS:
            return replace(context, is_text=True)
        case (ast.IfExp() | ast.If() | ast.While(), "test") | (ast.Subscript(), "slice"):
            return replace(context, is_text=False)
        case (ast.Compare(), "comparators") | (ast.For() | ast.comprehension(), "iter"):
            return replace(context, is_looked_through=True)
        case _:
            return context


def _in_collection(node: ast.AST, name: str, around: Context, below: Context) -> Context:
    """What holds of each child: whether it can be left out, or is part of a record or of a call."""
    is_in_record = isinstance(node, ast.Tuple | ast.List | ast.Set) or _is_unpacked(node)
    is_given = isinstance(node, ast.Call | ast.keyword) and not _makes_collection(node)
    is_key = isinstance(node, ast.Dict) and name == "keys"
    return replace(below, is_member=is_in_record or is_given, is_entry=is_key or is_data(node, around))


def _is_unpacked(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple)


def _makes_collection(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _TYPES


def _is_no_code(node: ast.AST, name: str, child: ast.AST) -> bool:
    """Whether a child is a docstring, a type, or nothing that runs."""
    match node, name, child:
        case _, _, ast.Expr(value=ast.Constant()):
            return True
        case ast.Subscript(value=value), "slice", _:
            return _is_type(value)
        case ast.Call(func=ast.Name(id="cast")), "args", _:
            return isinstance(child, ast.Constant) or _is_type(child)
        case ast.Call(), _, ast.keyword(arg="strict"):
            return True
        case _, _, ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            return True
        case _, _, ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
        case _, _, ast.Assign(value=ast.Call(func=ast.Name(id="TypeVar"))):
            return True
        case _, _, ast.Assign(value=ast.BinOp(left=left, op=ast.BitOr())):
            return _is_type(left)
        case _:
            return isinstance(child, _NO_CODE)


def _is_type(node: ast.AST) -> bool:
    """Whether this names a type, as `Mapping` and `tuple` do, and `_SOURCES` does not."""
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.BitOr) and _is_type(node.left)
    if isinstance(node, ast.Subscript):
        return _is_type(node.value)
    name = node.id.lstrip("_") if isinstance(node, ast.Name) else ""
    return name in _TYPES or (name[:1].isupper() and not name.isupper())


def _for_examples(tree: ast.Module, used_elsewhere: frozenset[str]) -> Iterator[ast.AST]:
    """Definitions of a rule's file that neither the rule nor its fix needs."""
    functions = [one for one in tree.body if isinstance(one, ast.FunctionDef)]
    judged = [one for one in functions if any(map(_judges, one.decorator_list))]
    if not judged:
        return
    defined = {name: one for one in tree.body for name in _names_of(one)}
    needed: set[str] = set(used_elsewhere)
    waiting: list[ast.AST] = [*judged, *(defined[name] for name in used_elsewhere & defined.keys())]
    while waiting:
        found = _undecorated(waiting.pop())
        named = {node.id for part in found for node in ast.walk(part) if isinstance(node, ast.Name)}
        waiting += [defined[name] for name in named & defined.keys() - needed]
        needed |= named
    kept = [*judged, *(one for name, one in defined.items() if name in needed)]
    yield from (one for one in defined.values() if one not in kept)


def _undecorated(node: ast.AST) -> tuple[ast.AST, ...]:
    return (node.args, *node.body) if isinstance(node, ast.FunctionDef) else (node,)


def _judges(decorator: ast.expr) -> bool:
    """Whether it makes a function a rule, or the fix of one."""
    match decorator:
        case ast.Call(func=ast.Name(id="rule")) | ast.Call(func=ast.Attribute(attr="fix")):
            return True
        case _:
            return False


def _names_of(node: ast.stmt) -> tuple[str, ...]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return (name,)
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return (name,)
        case ast.Assign(targets=[ast.Tuple(elts=several)]):
            return tuple(one.id for one in several if isinstance(one, ast.Name))
        case _:
            return ()


def _said(node: ast.AST) -> str:
    """As Python; of what has branches, their condition."""
    text = ast.unparse(ast.fix_missing_locations(node)).strip().replace(ANY_FILE, "")
    lines = text.split("\n") if isinstance(node, ast.ExceptHandler) else text.split("\n", 1)[:1]
    return " ".join(line.strip() for line in lines)


def _left_out(was: ast.AST, now: ast.AST) -> str:
    """Which entry a collection lacks; empty where something else was changed."""
    match was, now:
        case (ast.Dict(keys=before, values=values), ast.Dict(keys=after)):
            pass
        case (ast.Set(elts=before), ast.Set(elts=after)) | (ast.Tuple(elts=before), ast.Tuple(elts=after)):
            values = before
        case _:
            return ""
    same = sum(takewhile(bool, map(is_, before, after)))
    return f"without {_clipped(_said(before[same] or values[same]))}"


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _difference(was: str, now: str) -> str:
    """Both from shortly before where they part, and not for long."""
    start = max(0, sum(takewhile(bool, map(eq, was, now))) - _NEAR)
    return " -> ".join(_clipped(f"{'…' if start else ''}{one[start:]}") for one in (was, now))


def _line(place: _Place) -> int:
    near = (one for one in ast.walk(place.node) if hasattr(one, "lineno"))
    return next((one.lineno for one in near), 0)
