"""Which answers are, to the byte, as one that was read before? Most buckets are set up like others."""

from collections.abc import Hashable
from functools import lru_cache
from typing import Final

from botocore.model import OperationModel

from bucketwright.calls import Answer
from bucketwright.s3.wire.head_lines import Reply

_MOST: Final = 512
_LONGEST: Final = 4096
"""Bytes; what is longer is seldom said twice."""


class AnswersAgain:
    """Short answers of one run, by what they were read from."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Answer] = {}

    def find(self, key: Hashable | None) -> Answer | None:
        """What the same bytes were read as; None where they were not read yet."""
        return None if key is None else self._known.get(key)

    def keep(self, key: Hashable | None, answer: Answer) -> Answer:
        """The same answer, for when it comes again."""
        if key is not None:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[key] = answer
        return answer


def key_of(model: OperationModel, reply: Reply, *manner: bool) -> Hashable | None:
    """All that an answer is read from, and in which manner; None of what is long, or may be in any header."""
    headers = _read_headers(model)
    if headers is None or len(reply.body) > _LONGEST:
        return None
    told = reply.headers
    return (model.name, reply.status, reply.body, *manner, *[told.get(name) for name in headers])


@lru_cache(maxsize=256)
def _read_headers(model: OperationModel) -> tuple[str, ...] | None:
    """Those that the answer to an operation holds, by their names in lower case; None where it holds any."""
    members = () if model.output_shape is None else model.output_shape.members.values()
    places = [member.serialization for member in members if "location" in member.serialization]
    if any(place["location"] != "header" for place in places):
        return None
    return tuple(str(place["name"]).lower() for place in places)
