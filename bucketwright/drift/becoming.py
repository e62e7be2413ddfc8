"""What of a fact is there now, and what is to be in its place? In words, and only what differs."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from bucketwright.drift import lifecycles, statements
from bucketwright.drift.words import word
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.bucket.policy import Policy
from bucketwright.facets.role.policies import Policies
from bucketwright.plain_text import printable


def becoming(before: object, after: object) -> tuple[str, str]:
    """What is now, and what is then; each on one line, and not cut between two that differ."""
    several = tuple(_turns(before, after)) or ((word(before), word(after)),)
    now, then = zip(*several, strict=True)
    return "; ".join(dict.fromkeys(now)), "; ".join(dict.fromkeys(then))


def _turns(before: object, after: object) -> Iterator[tuple[str, str]]:
    """Each part that becomes another; none where a value is told as a whole."""
    values = (before, after)
    if any(isinstance(one, Policy | Policies) for one in values):
        yield from statements.turns(before, after)
    elif any(isinstance(one, Lifecycle) for one in values):
        yield from lifecycles.turns(before, after)
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in sorted({*before, *after}, key=str):
            if name not in before or name not in after or before[name] != after[name]:
                yield _entry(name, before), _entry(name, after)
    elif isinstance(before, AbstractSet | tuple) and isinstance(after, AbstractSet | tuple):
        gone = sorted(word(one) for one in before if one not in after)
        come = sorted(word(one) for one in after if one not in before)
        if gone or come:
            yield ", ".join(gone) or "none", ", ".join(come) or "none"


def _entry(name: object, values: Mapping[object, object]) -> str:
    return f"{printable(str(name))}={word(values[name])}" if name in values else f"no {printable(str(name))}"
