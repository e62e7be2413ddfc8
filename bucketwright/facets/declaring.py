"""How do the arguments of several facets become one resource?"""

from collections.abc import Iterable, Mapping

from bucketwright.facets.facet import Args, Declared


class Contending(ValueError):  # noqa: N818 - says what is wrong, as its reader would
    """Two facets say different things of one argument."""


def given(**args: object) -> Args:
    """Those arguments of which something is said."""
    return {name: value for name, value in args.items() if value is not None}


def merged(declared: Iterable[Declared]) -> tuple[Declared, ...]:
    """One of each kind and name, in the order of their first; what they say is put together in depth."""
    found: dict[tuple[str, str], Declared] = {}
    for one in declared:
        before = found.get((one.kind, one.name))
        args = one.args if before is None else _both(before.args, one.args, one.kind)
        found[one.kind, one.name] = Declared(one.kind, args, one.name)
    return tuple(found.values())


def _both(a: Args, b: Args, where: str) -> Args:
    return {
        **a,
        **{name: _one(a[name], b[name], f"{where}.{name}") if name in a else b[name] for name in b},
    }


def _one(a: object, b: object, where: str) -> object:
    """Mappings are put together by their keys, lists of one length by their places."""
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        return _both(a, b, where)
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        return [_one(x, y, f"{where}[{place}]") for place, (x, y) in enumerate(zip(a, b, strict=True))]
    if a is b or a == b:
        return a
    raise Contending(f"two facets contend for {where}")
