"""Where in the file does a fault stand, and which environments does it concern?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from bucketwright.contract.composing import ScalarNode
from bucketwright.contract.merging import Layers, Written
from bucketwright.contract.problems import MOST_SHOWN, Fault, Position, Problem, spelled


@dataclass(slots=True)
class Findings:
    """Gathers faults of all environments as problems in the file, each once."""

    source: str
    of_text: tuple[Problem, ...]
    _found: dict[tuple[int, int, str], tuple[Problem, set[str]]] = field(default_factory=dict)
    _environments: set[str] = field(default_factory=set)

    def add(self, environment: str, layers: Layers, faults: Iterable[Fault]) -> None:
        """Place the faults of one environment."""
        self._environments.add(environment)
        for fault in faults:
            written = layers.written(fault.path)
            above = ("environments", environment) if written.in_delta else ()
            problem = _problem(self.source, written, fault.under(*above))
            self._keep(problem, {environment} if not written.in_delta else set())

    def add_for_all(self, layers: Layers, fault: Fault) -> None:
        """Place a fault that is not of one environment."""
        self._keep(_problem(self.source, layers.written(fault.path), fault), set())

    def problems(self) -> tuple[Problem, ...]:
        """Everything found, by position; what the text itself is to blame for is not said twice."""
        return self._cut(self.placed().values())

    def whichever(self, other: "Findings", repeated: Collection[str]) -> tuple[Problem, ...]:
        """The same where keys are given twice, and the other counts the last of them.

        Within either of the two all is told, and beside them what is wrong with both.
        """
        first, last = self.placed(), other.placed()
        within = tuple(f"{path}." for path in repeated)
        return self._cut(
            one
            for place, one in (last | first).items()
            if (place in first and place in last) or f"{one.path}.".startswith(within)
        )

    def placed(self) -> dict[tuple[int, int, str], Problem]:
        """Each problem by what tells it from others."""
        blamed = {(problem.line, problem.column) for problem in self.of_text}
        found = (
            self._said(problem, environments)
            for (line, column, _), (problem, environments) in self._found.items()
            if (line, column) not in blamed
        )
        return {(one.line, one.column, one.message): one for one in (*self.of_text, *found)}

    def _cut(self, found: Iterable[Problem]) -> tuple[Problem, ...]:
        everything = sorted(found, key=lambda one: (one.line, one.column, one.message))
        if len(everything) <= MOST_SHOWN:
            return tuple(everything)
        rest = Problem(self.source, 0, 0, 0, "", f"more than {MOST_SHOWN} problems; the rest is left out")
        return (*everything[:MOST_SHOWN], rest)

    def _keep(self, problem: Problem, environments: set[str]) -> None:
        key = (problem.line, problem.column, problem.message)
        self._found.setdefault(key, (problem, set()))[1].update(environments)

    def _said(self, problem: Problem, environments: set[str]) -> Problem:
        """Name the environments, where a fault of the base is not in all of them."""
        if not environments or environments == self._environments:
            return problem
        return replace(problem, message=f"{problem.message} (in {', '.join(sorted(environments))})")


def _problem(source: str, written: Written, fault: Fault) -> Problem:
    place = written.key_position if fault.at == "key" else written.value_position
    if fault.offset is not None and isinstance(written.node, ScalarNode):
        place = _within(written.node, fault.offset)
    path = spelled(fault.path)
    return Problem(
        source, place.line, place.column, place.end_column, path, fault.message, fault.allowed, fault.help
    )


def _within(node: ScalarNode, offset: int) -> Position:
    """A character of a text, where the text stands on one line as it is; else the whole text."""
    size = len(str(node.value))
    quotes = (node.end_column - node.column - size) // 2
    if node.end_column - node.column not in {size, size + 2}:
        return Position(node.line, node.column, node.end_column)
    column = node.column + quotes + min(offset, size)
    return Position(node.line, column, column + 1)
