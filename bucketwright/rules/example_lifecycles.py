"""What do lifecycles look like in the examples of rules?"""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Final

from bucketwright.contract.lifecycle.rules import Filter, Predicates, Rule, Tag
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.lifecycle_rules import normal

LONG_AGO: Final = datetime(2020, 1, 1, tzinfo=UTC)
IN_YEARS: Final = datetime(2030, 1, 1, tzinfo=UTC)
on: Final = partial(Rule, 0, None, "Enabled")
"""A rule that is switched on, for the whole bucket where nothing else is said."""
off: Final = partial(Rule, 0, None, "Disabled")


def having(*rules: Rule) -> Lifecycle:
    """The lifecycle of these rules."""
    return Lifecycle(normal(rules))


def by_class(*rules: Rule) -> Lifecycle:
    """The same where the class decides whether small objects move."""
    return replace(having(*rules), minimum_size="varies_by_storage_class")


def below(prefix: str) -> Filter:
    """Objects whose keys begin so."""
    return Filter(Predicates(prefix))


def tagged(value: str, prefix: str | None = None) -> Filter:
    """Objects with this value of a tag, and whose keys begin so."""
    return Filter(Predicates(prefix, (Tag("kind", value),)))


def sized(*, above: int | None = None, below: int | None = None, prefix: str | None = None) -> Filter:
    """Objects larger and smaller than so many bytes."""
    return Filter(Predicates(prefix, (), above, below))
