"""Into what can one node of a syntax tree be changed, so that the file does something else?"""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

_Node = TypeVar("_Node")
_OPPOSITES: Final[Mapping[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
}
_AT_THE_EDGE: Final[Mapping[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}
_EXCHANGED: Final[Mapping[str, str]] = {"all": "any", "any": "all", "max": "min", "min": "max"}
_VERDICTS: Final[Mapping[str, Sequence[str]]] = {
    "passes": ("fails('broken on purpose')", "not_applicable('broken on purpose')"),
    "fails": ("passes()",),
    "not_applicable": ("fails('broken on purpose')", "passes()"),
}
ANY_FILE: Final = "__import__('bucketwright.verdicts', fromlist=['it'])."
"""Before a verdict that the file may not have imported."""
_OF_FAULTS: Final = frozenset({"fails", "fails_if", "faults_of"})
"""Each of what these are given can be left out, and something is left to say."""
_EMPTY: Final[Mapping[str, str]] = {
    "Iterable": "()",
    "Iterator": "iter(())",
    "Mapping": "{}",
    "frozenset": "frozenset()",
    "tuple": "()",
}
"""By the type that a function returns."""
_GRADES: Final = frozenset({"confidence", "severity"})
_JUMPS: Final = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_COMBINED: Final = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Div, ast.Mod, ast.BitAnd, ast.BitOr)


@dataclass(frozen=True, slots=True)
class Context:
    """What the change of a node depends on, besides the node."""

    returns: str = ""
    """What the function around it says to return."""
    is_top: bool = True
    """Outside of functions, where tables of data stand."""
    is_text: bool = False
    """Within what people are told."""
    is_looked_through: bool = False
    """What a loop goes through, or a comparison looks in."""
    is_member: bool = False
    """A record of a collection, or what a call is given: its length is part of its shape."""
    is_entry: bool = False
    """An entry of a collection, which can be left out as a whole."""


def changes(node: ast.AST, context: Context) -> Iterator[ast.AST]:
    """What may stand in the place of a node."""
    for operator in _OPERATORS.get(type(node), ()):
        yield from operator(node, context)


def is_data(node: ast.AST, context: Context) -> bool:
    """Whether entries of a collection can be left out and it is a collection still."""
    match node:
        case ast.Set():
            return True
        case ast.Tuple(ctx=ast.Load()) | ast.List(ctx=ast.Load()):
            return (context.is_top or context.is_looked_through) and not context.is_member
        case _:
            return False


def _compared(node: ast.Compare, _: Context) -> Iterator[ast.AST]:
    for at, operator in enumerate(node.ops):
        for table in (_OPPOSITES, _AT_THE_EDGE):
            if other := table.get(type(operator)):
                yield ast.Compare(node.left, _with(node.ops, at, other()), node.comparators)


def _joined(node: ast.BoolOp, _: Context) -> Iterator[ast.AST]:
    """The other connective, and each operand left out."""
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    for at in range(len(node.values)):
        rest = _without(node.values, at)
        yield ast.BoolOp(node.op, rest) if len(rest) > 1 else rest[0]


def _inverted(node: ast.UnaryOp, _: Context) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not | ast.USub):
        yield node.operand


def _branched(node: ast.If, _: Context) -> Iterator[ast.AST]:
    """The branches swapped; a way out never taken."""
    yield ast.If(_negated(node.test), node.body, node.orelse)
    if isinstance(node.body[-1], _JUMPS):
        yield ast.If(ast.Constant(value=False), node.body, node.orelse)


def _chosen(node: ast.IfExp, _: Context) -> Iterator[ast.AST]:
    yield ast.IfExp(node.test, node.orelse, node.body)


def _repeated(node: ast.While, _: Context) -> Iterator[ast.AST]:
    yield ast.While(_negated(node.test), node.body, node.orelse)


def _filtered(node: ast.comprehension, _: Context) -> Iterator[ast.AST]:
    for at, test in enumerate(node.ifs):
        for ifs in (_with(node.ifs, at, _negated(test)), _without(node.ifs, at)):
            yield ast.comprehension(node.target, node.iter, ifs, node.is_async)


def _constant(node: ast.Constant, context: Context) -> Iterator[ast.AST]:
    match node.value:
        case bool() as truth:
            yield ast.Constant(not truth)
        case int() | float() as number:
            yield ast.Constant(number + 1)
        case str() as text if not (context.is_text or context.is_entry or {" ", "\n"} & {*text}):
            yield ast.Constant(f"{text}~")


def _called(node: ast.Call, _: Context) -> Iterator[ast.AST]:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name in _VERDICTS:
        yield from map(_verdict, _VERDICTS[name])
    if name in _EXCHANGED:
        yield ast.Call(ast.Name(_EXCHANGED[name], ast.Load()), node.args, node.keywords)
    if name == "filter":
        yield node.args[1]
    if name in _OF_FAULTS and (name != "fails" or len(node.args) > 1):
        for at in range(len(node.args)):
            yield ast.Call(node.func, _without(node.args, at), node.keywords)
    for at, keyword in enumerate(node.keywords):
        if keyword.arg in _GRADES:
            yield ast.Call(node.func, node.args, _without(node.keywords, at))


def _collected(node: ast.Set | ast.Tuple | ast.List, context: Context) -> Iterator[ast.AST]:
    if is_data(node, context):
        for at in range(len(node.elts)):
            rest = _without(node.elts, at)
            match node:
                case ast.Set():
                    yield ast.Set(rest) if rest else _expression("set()")
                case _:
                    yield type(node)(rest, ast.Load())


def _mapped(node: ast.Dict, _: Context) -> Iterator[ast.AST]:
    for at in range(len(node.keys)):
        yield ast.Dict(_without(node.keys, at), _without(node.values, at))


def _returned(node: ast.Return, context: Context) -> Iterator[ast.AST]:
    """Nothing of what was found, or always the same answer."""
    if isinstance(node.value, ast.Constant | None):
        return
    kind = context.returns.partition("[")[0]
    if kind == "bool":
        yield from (ast.Return(ast.Constant(truth)) for truth in (False, True))
    elif kind in _EMPTY:
        yield ast.Return(_expression(_EMPTY[kind]))
    elif context.returns.endswith("| None"):
        yield ast.Return(ast.Constant(None))
    elif kind == "Verdict" and not _is_verdict(node.value):
        yield ast.Return(_verdict("passes()"))


def _stated(node: ast.Expr, _: Context) -> Iterator[ast.AST]:
    if isinstance(node.value, ast.Yield | ast.YieldFrom):
        yield ast.Expr(ast.YieldFrom(ast.Tuple([], ast.Load())))


def _jumped(node: ast.Break | ast.Continue, _: Context) -> Iterator[ast.AST]:
    yield ast.Continue() if isinstance(node, ast.Break) else ast.Break()


def _combined(node: ast.BinOp, context: Context) -> Iterator[ast.AST]:
    """One side alone."""
    if isinstance(node.op, _COMBINED) and not context.is_text:
        yield node.left
        yield node.right


def _handled(node: ast.ExceptHandler, _: Context) -> Iterator[ast.AST]:
    yield ast.ExceptHandler(node.type, node.name, [ast.Raise()])


def _negated(test: ast.expr) -> ast.expr:
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return operand
        case ast.Compare(ops=[operator]) if type(operator) in _OPPOSITES:
            return ast.Compare(test.left, [_OPPOSITES[type(operator)]()], test.comparators)
        case _:
            return ast.UnaryOp(ast.Not(), test)


def _is_verdict(value: ast.expr) -> bool:
    """Whether it is changed as a verdict anyway."""
    match value:
        case ast.Call(func=ast.Name(id=name)):
            return name in _VERDICTS or name in _OF_FAULTS
        case _:
            return isinstance(value, ast.IfExp)


def _verdict(said: str) -> ast.expr:
    return _expression(f"{ANY_FILE}{said}")


def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _with(some: Sequence[_Node], at: int, other: _Node) -> list[_Node]:
    return [*some[:at], other, *some[at + 1 :]]


def _without(some: Sequence[_Node], at: int) -> list[_Node]:
    return [*some[:at], *some[at + 1 :]]


_OPERATORS: Final[Mapping[type[ast.AST], Sequence[Callable[..., Iterator[ast.AST]]]]] = {
    ast.BinOp: (_combined,),
    ast.BoolOp: (_joined,),
    ast.Break: (_jumped,),
    ast.Call: (_called,),
    ast.Compare: (_compared,),
    ast.Constant: (_constant,),
    ast.Continue: (_jumped,),
    ast.Dict: (_mapped,),
    ast.ExceptHandler: (_handled,),
    ast.Expr: (_stated,),
    ast.If: (_branched,),
    ast.IfExp: (_chosen,),
    ast.List: (_collected,),
    ast.Return: (_returned,),
    ast.Set: (_collected,),
    ast.Tuple: (_collected,),
    ast.UnaryOp: (_inverted,),
    ast.While: (_repeated,),
    ast.comprehension: (_filtered,),
}
