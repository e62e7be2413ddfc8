"""Would S3 refuse this lifecycle configuration, and in which words?

S3 names the first fault it meets; here all are listed. Versioning plays no part: S3 accepts actions on
noncurrent versions for a bucket that has none.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from bucketwright.contract.lifecycle.action_validity import action_causes
from bucketwright.contract.lifecycle.causes import Cause, argument, malformed, request
from bucketwright.contract.lifecycle.order_validity import order_causes
from bucketwright.contract.lifecycle.parsing import MalformedRules, listed_rules, parse_rule
from bucketwright.contract.lifecycle.rules import Rule
from bucketwright.contract.lifecycle.scope_validity import scope_causes
from bucketwright.plain_text import shown

MOST_RULES: Final = 1000
LONGEST_ID: Final = 255

_FILTER_IN_V1: Final = request("Filter element can only be used in Lifecycle V2.")
_PREFIX_IN_V2: Final = request(
    "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.",
)
_ACTION_TYPES: Final[tuple[tuple[str, Callable[[Rule], bool]], ...]] = (
    ("Expiration", lambda rule: rule.expiration is not None),
    ("Transition", lambda rule: bool(rule.transitions)),
    ("NoncurrentVersionExpiration", lambda rule: rule.noncurrent_expiration is not None),
    ("NoncurrentVersionTransition", lambda rule: bool(rule.noncurrent_transitions)),
    ("AbortIncompleteMultipartUpload", lambda rule: rule.abort is not None),
)


def refusals(raw: object) -> tuple[str, ...]:
    """Give every reason why S3 would refuse the rules, each naming its rule; none if it accepts them."""
    try:
        listed = listed_rules(raw)
    except MalformedRules as fault:
        return (f"the rule set: {malformed(str(fault))}",)
    readable: list[Rule] = []
    found: list[tuple[int, str]] = [(0, f"the rule set: {cause}") for cause in _count_causes(len(listed))]
    for number, rule in enumerate(listed, start=1):
        try:
            readable.append(parse_rule(number, rule))
        except MalformedRules as fault:
            found.append((number, str(malformed(str(fault)))))
    found.extend((rule.number, f"{rule.label}: {cause}") for rule, cause in _causes(tuple(readable)))
    return tuple(words for _, words in sorted(found, key=lambda entry: entry[0]))


def _count_causes(rules: int) -> Iterator[Cause]:
    if not rules:
        yield request("At least one lifecycle rule must be specified.")
    if rules > MOST_RULES:
        yield request(
            f"The number of lifecycle rules must not exceed the allowed limit of {MOST_RULES} rules."
        )


def _causes(rules: tuple[Rule, ...]) -> Iterator[tuple[Rule, Cause]]:
    yield from _identity(rules)
    for rule in rules:
        if rule.status not in ("Enabled", "Disabled"):
            yield rule, malformed("Status must be Enabled or Disabled")
        for cause in (*scope_causes(rule), *action_causes(rule), *order_causes(rule)):
            yield rule, cause
    yield from _mixed_versions(rules)
    yield from _overlaps(rules)


def _identity(rules: tuple[Rule, ...]) -> Iterator[tuple[Rule, Cause]]:
    seen: set[str] = set()
    for rule in rules:
        if rule.id is None:
            continue
        if len(rule.id) > LONGEST_ID:
            yield rule, argument(f"ID length should not exceed allowed limit of {LONGEST_ID}")
        if rule.id in seen:
            yield rule, argument("Rule ID must be unique. Found same ID for more than one rule")
        seen.add(rule.id)


def _mixed_versions(rules: tuple[Rule, ...]) -> Iterator[tuple[Rule, Cause]]:
    """The first rule that says which objects it is about, by Prefix or Filter, decides for the others."""
    scoped = [rule for rule in rules if (rule.prefix is None) != (rule.filter is None)]
    legacy = bool(scoped) and scoped[0].filter is None
    for rule in scoped:
        if legacy and rule.filter is not None:
            yield rule, _FILTER_IN_V1
        if not legacy and rule.prefix is not None:
            yield rule, _PREFIX_IN_V2


def _overlaps(rules: tuple[Rule, ...]) -> Iterator[tuple[Rule, Cause]]:
    """Rule-level prefixes may not repeat, nor overlap for the same type of action. Filters may."""
    legacy = sorted(
        (
            (rule.prefix, rule.number, rule)
            for rule in rules
            if rule.prefix is not None and rule.filter is None
        ),
        key=lambda entry: entry[:2],
    )
    prefixed = [(prefix, rule) for prefix, _, rule in legacy]
    for (before, _), (prefix, rule) in pairwise(prefixed):
        if prefix == before:
            yield rule, request(f"Found two rules with same prefix {shown(prefix)}")
    for action, has_action in _ACTION_TYPES:
        yield from _nested([entry for entry in prefixed if has_action(entry[1])], action)


def _nested(prefixed: list[tuple[str, Rule]], action: str) -> Iterator[tuple[Rule, Cause]]:
    """In sorted order a prefix follows those it continues, so a stack of them finds every overlap."""
    above: list[str] = []
    for prefix, rule in prefixed:
        while above and not prefix.startswith(above[-1]):
            above.pop()
        if above and above[-1] != prefix:
            words = f"{shown(above[-1])} and {shown(prefix)} for same action type '{action}'"
            yield rule, request(f"Found overlapping prefixes {words}")
        above.append(prefix)
