"""From a template's text to its segments, refused with a reason where no good key could come of it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bucketwright.contract.keys.ambiguity import must_bind, two_readings
from bucketwright.contract.keys.errors import TemplateError
from bucketwright.contract.keys.key_text import MAX_KEY_BYTES
from bucketwright.contract.keys.segments import RESERVED, Segment, Variable, read_segment
from bucketwright.plain_text import shown

MAX_TEMPLATE: Final = 2048
_MOST_TOLD: Final = 10


def path_segments(text: str) -> tuple[Segment, ...]:
    """Read the template of a path: not empty, and closed by a slash."""
    if text in {"", "/"}:
        raise TemplateError("a path is not empty", 0, "write at least one segment and a slash, such as data/")
    if text.endswith("/"):
        return _read(text.removesuffix("/"), ending=1)
    message = "a path ends in '/', or it would also own the keys of its neighbours"
    unclosed = TemplateError(message, len(text), f"write {shown(text + '/')}")
    try:
        _read(text, ending=1)
    except TemplateError as error:
        raise error.beside(unclosed) from None
    raise unclosed


def name_segments(text: str) -> tuple[Segment, ...]:
    """Read the template of an object's name: not empty, and not closed by a slash."""
    if not text:
        raise TemplateError("a name is not empty", 0, "write a name such as {name}.txt")
    if text.endswith("/"):
        raise TemplateError("a name does not end in '/'", len(text) - 1, "write a name such as {name}.txt")
    return _read(text, ending=0)


def placed(segments: Iterable[Segment]) -> Iterator[tuple[int, Variable]]:
    """Every variable, with its position in the template's text."""
    offset = 0
    for segment in segments:
        for variable in segment.variables:
            yield offset + variable.position, variable
        offset += len(segment.source) + 1


def names_to_bind(segments: Sequence[Segment]) -> tuple[str, ...]:
    """The reserved variables without whose values a key could be read two ways."""
    names = [variable.name for segment in segments for variable in segment.variables]
    if RESERVED.isdisjoint(names):
        return ()
    repeated = {name for name in names if names.count(name) > 1}
    unsure = {v.name for segment in segments if must_bind(segment) for v in segment.variables}
    return tuple(sorted((repeated | unsure) & RESERVED))


def _read(text: str, ending: int) -> tuple[Segment, ...]:
    if len(text) >= MAX_TEMPLATE:
        raise TemplateError(f"a template has less than {MAX_TEMPLATE} characters", MAX_TEMPLATE)
    segments: list[Segment] = []
    wrong: list[TemplateError] = []
    offset = 0
    for source in text.split("/"):
        try:
            segments.append(_segment(source, offset))
        except TemplateError as error:
            wrong.append(error)
        offset += len(source) + 1
    if wrong:
        raise wrong[0].beside(*wrong[1:_MOST_TOLD])
    _without_repetition(segments)
    size = sum(segment.fewest_bytes + 1 for segment in segments) - 1 + ending
    if size > MAX_KEY_BYTES:
        raise TemplateError(f"a key has at most {MAX_KEY_BYTES} bytes; its keys have at least {size}", 0)
    return tuple(segments)


def _segment(source: str, offset: int) -> Segment:
    if not source:
        message = "a template may not hold '//'" if offset else "a template may not begin with '/'"
        raise TemplateError(message, offset, "leave this slash out")
    try:
        segment = read_segment(source)
    except TemplateError as error:
        raise error.moved(offset) from None
    if segment.literal is None and not must_bind(segment) and (readings := two_readings(segment)):
        raise TemplateError(
            f"{shown(source)} can be read two ways: {readings}",
            offset + segment.variables[0].position,
            "put '/' between the variables, or a character that the first cannot hold",
        )
    return segment


def _without_repetition(segments: Sequence[Segment]) -> None:
    seen: dict[str, Variable] = {}
    for position, variable in placed(segments):
        if variable.name not in seen:
            seen[variable.name] = variable
            continue
        if variable.name not in RESERVED:
            raise TemplateError(f"{{{variable.name}}} stands here twice", position, "give each its own name")
        earlier = seen[variable.name]
        if earlier.type != variable.type:
            raise TemplateError(
                f"{{{variable.name}}} is of type {earlier.type.name} and of type {variable.type.name}",
                position,
                "write the same type each time",
            )
