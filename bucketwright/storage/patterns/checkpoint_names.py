"""Which checkpoint is under a name, and what do a pointer and the metadata of a checkpoint say of it?"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bucketwright.contract.keys.errors import Mismatch
from bucketwright.contract.keys.variable_types import TYPES
from bucketwright.plain_text import shown
from bucketwright.storage.errors import Damaged, Misconfigured, Refused
from bucketwright.storage.place import Place
from bucketwright.storage.stored import Stored
from bucketwright.strict_json import NotJsonError, read_json

METRIC: Final = "checkpoint-metric"
"""Metadata that holds how good a checkpoint is."""
LARGEST_POINTER: Final = 64 * 1024
_STEP: Final = "step"
_MOST_DIGITS: Final = 19
_END: Final = 10**_MOST_DIGITS
_PLAIN: Final = "step_"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checkpoint that is stored, all of it."""

    step: int
    name: str
    size: int
    sha256: str = ""
    metric: float | None = None


def keep_names(place: Place) -> None:
    """Raises where names at a place cannot say steps."""
    if place.there.prefix.objects is None:
        return
    variables = place.there.place.keys.variables
    free = [name for name in variables if name not in place.values]
    if free != [_STEP] or variables[_STEP] != TYPES["int"]:
        raise Misconfigured(
            f"names at {place.there.address} are {place.there.prefix.objects}: checkpoints need one variable "
            "there, {step:int}, or any name"
        )


def name_of(place: Place, step: int) -> str:
    """The name of the checkpoint of a step."""
    if type(step) is not int or not 0 <= step < _END:
        raise Refused(f"steps are whole numbers, counted from 0, of at most {_MOST_DIGITS} digits")
    if place.there.prefix.objects is not None:
        return place.named(**{_STEP: step})
    return f"{_PLAIN}{step}{next(iter(place.there.prefix.extensions), '')}"


def step_of(place: Place, name: str) -> int | None:
    """The step of a name; None where it is none of a checkpoint."""
    if place.there.prefix.objects is not None:
        values = place.there.place.keys.parse(place.path + name)
        step = None if isinstance(values, Mismatch) else values.get(_STEP)
        return step if isinstance(step, int) and step < _END else None
    digits = name.removeprefix(_PLAIN).removesuffix(next(iter(place.there.prefix.extensions), ""))
    is_step = digits.isdecimal() and digits.isascii() and len(digits) <= _MOST_DIGITS
    return int(digits) if is_step and name == name_of(place, int(digits)) else None


def metadata_of(metric: float | None) -> Mapping[str, str]:
    """What a checkpoint carries beside its content."""
    if metric is None:
        return {}
    given: object = metric
    if not isinstance(given, int | float) or not math.isfinite(given):
        raise Refused(f"a metric is a number that can be compared, and not {metric!r:.40}")
    return {METRIC: repr(float(metric))}


def checkpoint_of(step: int, name: str, stored: Stored) -> Checkpoint:
    """A checkpoint as its object tells of it."""
    return Checkpoint(step, name, stored.size, stored.sha256, _number(stored.metadata.get(METRIC, "")))


def pointer_text(checkpoint: Checkpoint) -> bytes:
    """What a pointer to a checkpoint says."""
    said = {
        "step": checkpoint.step,
        "name": checkpoint.name,
        "size": checkpoint.size,
        "sha256": checkpoint.sha256,
        "metric": None if checkpoint.metric is None else float(checkpoint.metric),
    }
    return json.dumps(said, indent=1).encode("ascii")


def read_pointer(place: Place, text: bytes, key: str) -> Checkpoint:
    """The checkpoint that a pointer leads to; Damaged where it leads nowhere."""
    try:
        read = read_json(text)
    except NotJsonError as error:
        raise _unreadable(key, str(error)) from None
    values = read.value if isinstance(read.value, dict) else {}
    step, name, size = values.get("step"), values.get("name"), values.get("size")
    if type(step) is not int or not isinstance(name, str) or type(size) is not int or not 0 <= step < _END:
        raise _unreadable(key, "step, name and size are not all there")
    if name != name_of(place, step):
        raise _unreadable(key, f"{shown(name, 120)} is not the name of step {step}")
    digest, metric = values.get("sha256"), values.get("metric")
    number = metric if isinstance(metric, float) else None
    return Checkpoint(step, name, size, str(digest or ""), number)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _unreadable(key: str, why: str) -> Damaged:
    return Damaged(f"{shown(key, 120)} is no pointer to a checkpoint: {why}", key)
