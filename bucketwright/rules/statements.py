"""Which statements does a policy hold, each under the label its writer knows it by?"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from bucketwright.facets.bucket.policy import Policy
from bucketwright.iam.documents import Statement, parse
from bucketwright.iam.strict_json import decoded, fields, several
from bucketwright.plain_text import shown

_MOST_NAMED: Final = 3


def statements(policy: Policy | None) -> tuple[Statement, ...]:
    """All of them, in the order they were written in; none where there is no policy."""
    return () if policy is None else parse(policy.text).statements


def allows(policy: Policy | None) -> tuple[Statement, ...]:
    """Those that let somebody do something."""
    return tuple(one for one in statements(policy) if one.allows)


def without(policy: Policy, unwanted: Callable[[Statement], bool]) -> Policy | None:
    """The policy less such statements; None where none is left."""
    raw = fields(decoded(policy.text), "the policy")
    pairs = zip(several(raw["statement"]), statements(policy), strict=True)
    kept = [text for text, statement in pairs if not unwanted(statement)]
    if not kept:
        return None
    meant = tuple(one for one in policy.document.statements if not unwanted(one))
    text = json.dumps({name.capitalize(): value for name, value in {**raw, "statement": kept}.items()})
    return Policy(replace(policy.document, statements=meant), text)


def some_of(names: Sequence[str]) -> str:
    """Names from outside as a list for a sentence, cut where it is long."""
    more = len(names) - _MOST_NAMED
    return ", ".join(map(shown, names[:_MOST_NAMED])) + (f" and {more} more" if more > 0 else "")
