"""Which values does a YAML text hold, and where is each of them written?

libyaml's events become a tree of frozen nodes without recursion, so that neither depth nor aliases can
exhaust anything. Everything wrong is collected; only broken syntax ends the reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import yaml

from bucketwright.contract.plain_scalars import Trap, Value, plain_value
from bucketwright.contract.problems import MOST_SHOWN, Path, Problem, spelled
from bucketwright.contract.syntax import character_problem, syntax_problem
from bucketwright.plain_text import clipped

DEEPEST: Final = 40
MOST_VALUES: Final = 1_000_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A single value and where it stands."""

    value: Value
    line: int
    column: int
    end_column: int


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list; `value` is its plain data."""

    items: tuple["Node", ...]
    value: list[object]
    line: int
    column: int
    end_column: int


@dataclass(frozen=True, slots=True)
class MapNode:
    """A mapping with its keys; `value` is its plain data."""

    entries: Mapping[str, "Entry"]
    value: dict[str, object]
    line: int
    column: int
    end_column: int


Node = ScalarNode | ListNode | MapNode


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and what stands under it."""

    key: ScalarNode
    node: Node


@dataclass(frozen=True, slots=True)
class Composed:
    """A text as nodes, and what is wrong with it as YAML."""

    root: Node | None
    problems: tuple[Problem, ...]
    repeated: tuple[str, ...] = ()
    """The paths of keys that are given twice."""


def compose(text: str, source: str, *, last: bool = False) -> Composed:
    """Read a text as far as it can be read; of a key that is given twice the first counts, or the last."""
    if problem := character_problem(text, source):
        return Composed(None, (problem,))
    composer = _Composer(source, last)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            composer.take(event)
            if composer.stopped:
                break
    except yaml.YAMLError as error:
        composer.problems.append(syntax_problem(error, text, source))
    return Composed(composer.root, tuple(composer.problems), tuple(composer.repeated))


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is still open; a mapping's key waits for its value."""

    start: yaml.Event
    anchor: str | None
    entries: dict[str, Entry] | None
    items: list[Node]
    value: dict[str, object]
    opened_at: int
    height: int = 1
    key: ScalarNode | None = None


@dataclass(frozen=True, slots=True)
class _Anchored:
    node: Node
    size: int
    height: int


@dataclass(slots=True)
class _Composer:
    """Takes events one by one and keeps what they have built."""

    source: str
    last: bool
    root: Node | None = None
    problems: list[Problem] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    stopped: bool = False
    _stack: list[_Frame] = field(default_factory=list)
    _anchors: dict[str, _Anchored | None] = field(default_factory=dict)
    _documents: int = 0
    _values: int = 0

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.CollectionStartEvent():
                self._open(event)
            case yaml.CollectionEndEvent():
                self._close()
            case yaml.DocumentStartEvent():
                self._document(event)
        if self._values > MOST_VALUES:
            self._stop(event, f"the contract holds more than {MOST_VALUES} values, aliases counted in full")
        elif len(self.problems) > MOST_SHOWN:
            self.stopped = True

    def _document(self, event: yaml.Event) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop(event, "a second document begins here", "a contract is one document")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._values += 1
        self._check_tag(event)
        value: Value | Trap = plain_value(event.value) if event.implicit[0] else event.value
        stack = self._stack
        if stack and stack[-1].entries is not None and stack[-1].key is None:
            stack[-1].key = self._key(event, value)
            return
        if isinstance(value, Trap):
            self._problem(event, value.message, value.help)
            value = value.meant
        node = ScalarNode(value, *_place(event))
        if event.anchor is not None and self._may_name(event, event.anchor):
            self._anchors[event.anchor] = _Anchored(node, 1, 1)
        self._attach(node)

    def _key(self, event: yaml.ScalarEvent, value: Value | Trap) -> ScalarNode:
        place = _place(event)
        frame = self._stack[-1]
        text = event.value
        if event.anchor is not None:
            self._problem(event, "a key cannot carry an anchor", "put the anchor on a value")
        if text == "<<" and event.implicit[0]:
            self._problem(event, "merge keys are not part of YAML 1.2", "write the entries out")
            return ScalarNode(None, *place)
        if not isinstance(value, str):
            message = "a key is missing" if not text else f"a key must be text, and {clipped(text)} is not"
            self._problem(event, message, f"put it in quotes: '{clipped(text)}'" if text else "")
        elif frame.entries is not None and text in frame.entries:
            first = frame.entries[text].key
            message = f"the key '{clipped(text)}' is given twice, first at line {first.line}"
            self._problem(event, message, "keep one of the two")
            self.repeated.append(spelled((*self._path(), text)))
            return ScalarNode(text if self.last else None, *place)
        return ScalarNode(text, *place)

    def _alias(self, event: yaml.AliasEvent) -> None:
        name = event.anchor or ""
        if name not in self._anchors:
            self._stop(event, f"the alias *{clipped(name)} has no anchor above it")
            return
        known = self._anchors[name]
        if known is None:
            self._stop(event, f"the alias *{clipped(name)} stands within its own anchor")
            return
        self._values += known.size
        if len(self._stack) + known.height > DEEPEST:
            self._too_deep(event)
        frame = self._stack[-1]
        frame.height = max(frame.height, known.height + 1)
        if frame.entries is not None and frame.key is None:
            self._unusable_key(event)
        else:
            self._attach(known.node)

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        self._values += 1
        self._check_tag(event)
        mapping = isinstance(event, yaml.MappingStartEvent)
        anchor = event.anchor
        if anchor is not None:
            if self._may_name(event, anchor):
                self._anchors[anchor] = None
            else:
                anchor = None
        self._stack.append(_Frame(event, anchor, {} if mapping else None, [], {}, self._values))
        if len(self._stack) > DEEPEST:
            self._too_deep(event)

    def _close(self) -> None:
        frame = self._stack.pop()
        place = _place(frame.start)
        node: Node
        if frame.entries is None:
            items = tuple(frame.items)
            values: list[object] = [item.value for item in items]
            node = ListNode(items, values, *place)
        else:
            node = MapNode(frame.entries, frame.value, *place)
        if frame.anchor is not None:
            size = self._values - frame.opened_at + 1
            self._anchors[frame.anchor] = _Anchored(node, size, frame.height)
        if self._stack:
            parent = self._stack[-1]
            parent.height = max(parent.height, frame.height + 1)
            if parent.entries is not None and parent.key is None:
                self._unusable_key(frame.start)
                return
        self._attach(node)

    def _attach(self, node: Node) -> None:
        if not self._stack:
            self.root = node
            return
        frame = self._stack[-1]
        if frame.entries is None:
            frame.items.append(node)
            return
        key, frame.key = frame.key, None
        if key is not None and isinstance(key.value, str):
            frame.entries[key.value] = Entry(key, node)
            frame.value[key.value] = node.value

    def _unusable_key(self, event: yaml.Event) -> None:
        self._problem(event, "a key must be text")
        self._stack[-1].key = ScalarNode(None, *_place(event))

    def _may_name(self, event: yaml.Event, anchor: str) -> bool:
        if anchor in self._anchors:
            self._problem(event, f"the anchor &{clipped(anchor)} is given twice", "give each its own name")
            return False
        return True

    def _check_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            self._problem(event, "tags are not used in a contract", "remove it; put text in quotes")

    def _too_deep(self, event: yaml.Event) -> None:
        self._stop(event, f"nested more than {DEEPEST} levels deep")

    def _stop(self, event: yaml.Event, message: str, remedy: str = "") -> None:
        if not self.stopped:
            self._problem(event, message, remedy)
            self.stopped = True

    def _problem(self, event: yaml.Event, message: str, remedy: str = "") -> None:
        path = spelled(self._path())
        self.problems.append(Problem(self.source, *_place(event), path, message, (), remedy))

    def _path(self) -> Path:
        """The keys and indices that lead to the place now being read."""
        path: list[str | int] = []
        for frame in self._stack:
            if frame.entries is None:
                path.append(len(frame.items))
            elif frame.key is not None and frame.key.value is not None:
                path.append(str(frame.key.value))
        return tuple(path)


def _place(event: yaml.Event) -> tuple[int, int, int]:
    """Line, column and end column of what an event begins with."""
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        return 1, 1, 2
    column = start.column + 1
    one_line = end.line == start.line and end.column > start.column
    return start.line + 1, column, end.column + 1 if one_line else column + 1
