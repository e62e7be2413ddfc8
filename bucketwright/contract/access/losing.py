"""Which keys of a granted prefix does the Deny of another's pattern take, and does it leave any?"""

from collections.abc import Sequence
from functools import lru_cache

from bucketwright.contract.access.reaching import begin_alike, common_key, leftover
from bucketwright.contract.access.spelling import keys_of
from bucketwright.contract.keys import Template, templates_overlap
from bucketwright.contract.keys.segments import Literal
from bucketwright.iam.languages import Undecided
from bucketwright.iam.patterns import matches, parse


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
    if key is not None and not any(_spells(other, key) for other in denied):
        return True
    patterns = [other.key_pattern() for other in denied]
    try:
        return leftover([granted.key_pattern()], keys_of(granted), patterns) is not None
    except Undecided:
        return True


@lru_cache(maxsize=16_384)
def _shortest(keys: Template) -> str | None:
    """A key as short as any; None where all are too long for S3."""
    return templates_overlap(keys, keys)


def _spells(template: Template, key: str) -> bool:
    """Whether the pattern of the template matches the key."""
    literals = _literals(template)
    return all(literal in key for literal in literals) and matches(parse(template.key_pattern()), key)


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
