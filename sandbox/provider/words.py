"""A type's inputs in the words of one call of AWS, and an answer of AWS in the words of the type's inputs."""

from dataclasses import dataclass, field
from typing import Any

from botocore.model import ListShape, Shape

from sandbox.provider.handler import Plain, operation
from sandbox.provider.schema import kinds_of
from sandbox.provider.spelling import Spelling


@dataclass(frozen=True, slots=True)
class Words:
    """The inputs of one type, and how AWS spells them."""

    type: str
    spelling: Spelling = field(default_factory=Spelling)

    def tell(self, client: Any, method: str, said: Plain, *path: str) -> dict[str, object]:
        """What of the inputs the call takes; with a path, what a part of its arguments takes."""
        shape = _part(operation(client, method).input_shape, path)
        return self.spelling.arguments(kinds_of(self.type), shape, said)

    def hear(self, client: Any, method: str, answer: object, *path: str) -> dict[str, object]:
        """What the answer, or a part of it, says of the inputs."""
        shape = _part(operation(client, method).output_shape, path)
        return self.spelling.inputs(kinds_of(self.type), shape, answer)

    def takes(self, client: Any, method: str, member: str, *path: str) -> bool:
        """Whether the call, or a part of its arguments, takes something of that name."""
        return member in _part(operation(client, method).input_shape, path).members


def _part(shape: Shape, path: tuple[str, ...]) -> Shape:
    for member in path:
        shape = shape.members[member]
        shape = shape.member if isinstance(shape, ListShape) else shape
    return shape
