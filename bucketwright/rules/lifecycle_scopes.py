"""Which objects does a lifecycle rule select, and does another select all of them as well?"""

from bucketwright.contract.lifecycle.rules import Predicates, Rule
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.filters import ALL, merged
from bucketwright.plain_text import shown
from bucketwright.verdicts import Fault


def fault_of(rule: Rule, what: str) -> Fault:
    """What is wrong with a rule; its number changes with those beside it."""
    return Fault(f"{rule.label} {what}", f"{shown(rule.id or '')} {what}")


def enabled(lifecycle: Lifecycle) -> tuple[Rule, ...]:
    """The rules that are switched on."""
    return tuple(rule for rule in lifecycle.rules if rule.enabled)


def scope(rule: Rule) -> Predicates:
    """What an object has to be for the rule to select it."""
    return merged(rule.predicates)


def chosen(rule: Rule) -> str:
    """What the rule selects, in a sentence."""
    selects = scope(rule)
    where = f"objects below {shown(selects.prefix)}" if selects.prefix else "objects"
    return where + " with some tags" * bool(selects.tags) + " of some sizes" * selects.has_size


def is_of_all(rule: Rule) -> bool:
    """Whether the rule selects the whole bucket."""
    return scope(rule) == ALL


def covers(outer: Predicates, inner: Predicates) -> bool:
    """Whether whatever the inner one selects is selected by the outer one, too."""
    smallest = -1 if inner.greater_than is None else inner.greater_than
    return (
        (inner.prefix or "").startswith(outer.prefix or "")
        and set(outer.tags) <= set(inner.tags)
        and (outer.greater_than is None or outer.greater_than <= smallest)
        and (outer.less_than is None or (inner.less_than is not None and inner.less_than <= outer.less_than))
    )
