"""Which keys of a granted prefix does the Deny of another's pattern take, and does it leave any?"""

from collections.abc import Sequence
from functools import lru_cache

from bucketwright.contract.access.reaching import begin_alike, common_key, leftover
from bucketwright.contract.access.spelling import keys_of
from bucketwright.contract.keys.overlap import templates_overlap
from bucketwright.contract.keys.segments import Literal
from bucketwright.contract.keys.templates import Template
from bucketwright.iam.languages import Undecided


def lost_key(granted: Template, denied: Template) -> str | None:
    """Return a key of one template that the pattern of the other matches, or None where there is none."""
    if not begin_alike(granted, denied):
        return None
    path = _shortest(granted) if granted.ending else None
    grown = path and _grown(path, *_literals(denied))
    return grown or common_key(denied.key_pattern(), granted)


def leaves_some(granted: Template, denied: Sequence[Template]) -> bool:
    """Whether the patterns of the denied leave keys of a template; yes where that cannot be settled."""
    key = _shortest(granted)
    if not any(all(text in key for text in _literals(other)) for other in denied):
        return True
    patterns = [other.key_pattern() for other in denied]
    try:
        return leftover([granted.key_pattern()], keys_of(granted), patterns) is not None
    except Undecided:
        return True


@lru_cache(maxsize=16_384)
def _shortest(keys: Template) -> str:
    """A key as short as any; every template has one that S3 takes."""
    return templates_overlap(keys, keys) or ""


@lru_cache(maxsize=16_384)
def _literals(template: Template) -> tuple[str, ...]:
    """What stands before, between and after the stars of the template's pattern."""
    texts = [""]
    for item in template.items:
        if isinstance(item, Literal):
            texts[-1] += item.text
        else:
            texts.append("")
    return (*texts, "") if template.ending else tuple(texts)


def _grown(path: str, first: str, *others: str) -> str | None:
    """The path with what the literals still lack put below it; None where it cannot begin like them."""
    if not others or not path.startswith(first):
        return None
    at = len(first)
    for literal in others:
        found = path.find(literal, at)
        if found < 0:
            found = next(n for n in range(at, len(path) + 1) if literal.startswith(path[n:]))
            path = path[:found] + literal
        at = found + len(literal)
    return path if path.endswith(others[-1]) else path + others[-1]
