"""What stands below each field of a part? Read off the source when somebody asks."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from textwrap import dedent


@cache
def descriptions(part: type) -> Mapping[str, str]:
    """By the names of the fields, those of the parts it is made from too; empty where there is no source."""
    found: dict[str, str] = {}
    for owner in reversed(part.__mro__):
        if "__annotations__" in vars(owner):
            found |= dict(_told(owner))
    return found


def _told(owner: type) -> Iterator[tuple[str, str]]:
    try:
        source = dedent(inspect.getsource(owner))
    except (OSError, TypeError):
        return
    (whole,) = ast.parse(source).body
    lines = whole.body if isinstance(whole, ast.ClassDef) else []
    for field, below in pairwise(lines):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str() as text)),
            ):
                yield name, inspect.cleandoc(text)
