"""What of a thing stays as it is there, whatever the program says or leaves unsaid?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from bucketwright.facets.bucket import lifecycle
from bucketwright.facets.tokens import BUCKET
from bucketwright.plan import UNKNOWN_INPUT, Plan, Resource
from bucketwright.posture import Undetermined, Unknown

_ALL: Final = "*"
_FIRST: Final = re.compile(r"""[\["']*([^.\["'\]]+)""")
_LEFT: Final = {lifecycle.KIND: frozenset({lifecycle.SMALLEST}), BUCKET: frozenset({lifecycle.SMALLEST})}
"""Properties that stay as they are found where a program says nothing of them, by the type that could."""
_IGNORED: Final = Unknown("the program ignores changes of it, and what is there is not known")


def kept(plan: Plan, *, fresh: bool) -> Plan:
    """The plan, in which all that is ignored is unknown and nothing else counts as ignored.

    A resource that the plan makes new gets all it is told, so there nothing is.
    """
    return replace(plan, resources=tuple(_kept(one, fresh=fresh) for one in plan.resources))


def refusing(resource: Resource, unsaid: Unknown | None) -> Resource:
    """A resource that tells why its ignored inputs are not known.

    With a reason why the unsaid is not known, that is told of what stays where a program says nothing.
    """
    left = frozenset[str]() if unsaid is None else _LEFT.get(resource.kind, frozenset())
    ignored = frozenset(map(_top, resource.ignore_changes))
    if not left and not ignored:
        return resource
    return replace(resource, inputs=_Refusing(resource.inputs, ignored, dict.fromkeys(left, unsaid)))


def _kept(resource: Resource, *, fresh: bool) -> Resource:
    if not resource.ignore_changes:
        return resource
    if fresh and resource.import_id is None:
        return replace(resource, ignore_changes=())
    ignored = {_top(path) for path in resource.ignore_changes}
    names = {*resource.inputs, *ignored} if _ALL in ignored else ignored
    return replace(resource, inputs={**resource.inputs, **dict.fromkeys(names, UNKNOWN_INPUT)})


def _top(path: str) -> str:
    """The property that a path leads into."""
    found = _FIRST.match(path)
    return found[1] if found else path


class _Refusing(Mapping[str, object]):
    """Inputs of which some are refused: whoever reads one is told why."""

    def __init__(
        self, inputs: Mapping[str, object], ignored: frozenset[str], left: Mapping[str, Unknown | None]
    ) -> None:
        self._inputs, self._ignored, self._left = inputs, ignored, left

    def __getitem__(self, name: str) -> object:
        if name in self._ignored or _ALL in self._ignored:
            raise Undetermined(name, _IGNORED)
        reason = None if name in self._inputs else self._left.get(name)
        if reason is not None:
            raise Undetermined(name, reason)
        return self._inputs[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._inputs)

    def __len__(self) -> int:
        return len(self._inputs)
