"""Which grants of a prefix do not end where the prefix does, so that they take in what begins like it?"""

from collections.abc import Iterator
from typing import Final

from bucketwright.iam.actions import LISTING
from bucketwright.iam.documents import Condition, Statement
from bucketwright.rules.role_statements import OBJECT_ACTIONS, touches

_GRANTING: Final = OBJECT_ACTIONS | {one for one in LISTING if one.startswith("s3:")}
_OF_S3: Final = ":s3:::"
_PREFIX: Final = "s3:prefix"
_LIKE: Final = "stringlike"
_EQUALS: Final = frozenset({"stringequals", "stringequalsignorecase"})
_WILD: Final = "*?"


def open_ended(allow: Statement) -> Iterator[str]:
    """The patterns of resources and the prefixes of lists that an Allow leaves open."""
    if allow.resources is None or allow.resources.negated or not touches(allow.actions, _GRANTING):
        return
    yield from filter(_is_open_resource, allow.resources.patterns)
    yield from (value for test in allow.conditions for value in test.values if _is_open_list(test, value))


def _is_open_resource(pattern: str) -> bool:
    """Whether a star follows a name that has begun, of a key or of a bucket."""
    _, _, named = pattern.partition(_OF_S3)
    return _is_open(named)


def _is_open(pattern: str) -> bool:
    begun = pattern.rstrip(_WILD)
    return "*" in pattern[len(begun) :] and bool(begun) and not begun.endswith("/")


def _is_open_list(test: Condition, value: str) -> bool:
    """A list below a prefix shows all that begins so, with a star or without."""
    if test.key != _PREFIX or test.operator not in {_LIKE, *_EQUALS}:
        return False
    ended = value.rstrip(_WILD) if test.operator == _LIKE else value
    return bool(ended) and not ended.endswith("/")
