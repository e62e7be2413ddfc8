"""Would S3 refuse the way a rule says which objects it is about?"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from bucketwright.contract.lifecycle.causes import Cause, malformed, request
from bucketwright.contract.lifecycle.rules import Predicates, Rule
from bucketwright.contract.limits import LONGEST_TAG_KEY, LONGEST_TAG_VALUE

LONGEST_PREFIX: Final = 1024
LARGEST_SIZE: Final = 1000 * 2**40
FEWEST_IN_AND: Final = 2


def scope_causes(rule: Rule) -> Iterator[Cause]:
    yield from _form(rule)
    for part in rule.predicates:
        yield from _prefix(part)
        yield from _sizes(part)
    yield from _tags(rule)


def _form(rule: Rule) -> Iterator[Cause]:
    if rule.filter is None:
        if rule.prefix is None:
            yield malformed("a rule needs a Filter; an empty one applies to every object")
        return
    if rule.prefix is not None:
        yield malformed("a rule has either a Filter or a rule-level Prefix, not both")
    inner = rule.filter.conjunction
    if rule.filter.direct.count + (inner is not None) > 1:
        yield malformed(
            "a Filter holds at most one of Prefix, Tag, ObjectSizeGreaterThan, ObjectSizeLessThan and And; "
            "several predicates go inside And",
        )
    if inner is not None and inner.count < FEWEST_IN_AND:
        yield malformed("And holds two or more predicates; a single one stands in the Filter itself")


def _prefix(part: Predicates) -> Iterator[Cause]:
    if part.prefix is not None and len(part.prefix.encode("utf-8", "surrogatepass")) > LONGEST_PREFIX:
        yield request(f"The maximum size of a prefix is {LONGEST_PREFIX}.")


def _sizes(part: Predicates) -> Iterator[Cause]:
    above, below = part.greater_than, part.less_than
    if above is not None and not 0 <= above <= LARGEST_SIZE:
        yield request(f"'ObjectSizeGreaterThan' should be between 0 and {LARGEST_SIZE}.")
    if below is not None and not 1 <= below <= LARGEST_SIZE:
        yield request(f"'ObjectSizeLessThan' should be between 1 and {LARGEST_SIZE}.")
    if above is not None and below is not None and below <= above:
        yield request("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.")


def _tags(rule: Rule) -> Iterator[Cause]:
    tags = [tag for part in rule.predicates for tag in part.tags]
    if any(not 1 <= len(tag.key) <= LONGEST_TAG_KEY for tag in tags):
        yield request(f"A Tag's Key must be a length between 1 and {LONGEST_TAG_KEY}.")
    if any(len(tag.value) > LONGEST_TAG_VALUE for tag in tags):
        yield request(f"A Tag's Value must be a length between 0 and {LONGEST_TAG_VALUE}.")
    if any(times > 1 for times in Counter(tag.key for tag in tags).values()):
        yield request("Duplicate Tag Keys are not allowed.")
