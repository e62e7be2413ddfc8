"""What do objects, and the bucket and the contract around them, look like in the examples of rules?"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.posture import Posture, reference
from bucketwright.rules.examples import EXAMPLE, NOW, Declares, Example, declares

HERE: Final = reference("bucket", EXAMPLE)
KEY: Final = "docs/a"


def good(*beside: Posture, around: Declares | None = None, **facts: object) -> Example:
    """The rule is kept by what has these facts; its key is `docs/a` where no other is given."""
    return _example(facts, beside, around, is_good=True)


def bad(*beside: Posture, around: Declares | None = None, **facts: object) -> Example:
    """The rule is broken, likewise."""
    return _example(facts, beside, around, is_good=False)


def bucket(**facts: object) -> BucketPosture:
    """The bucket, as it is."""
    return BucketPosture(HERE, EXAMPLE, facts)


def says_of_bucket(**settings: object) -> Declares:
    """A contract that says this of the bucket."""
    return declares(buckets={EXAMPLE: settings})


def says_of_docs(**settings: object) -> Declares:
    """A contract that says this of the bucket's one prefix, `docs/`."""
    return says_of_bucket(prefixes={"docs": {"path": "docs/", **settings}})


def says_of_two(docs: Mapping[str, object], old: Mapping[str, object]) -> Declares:
    """A contract that says one thing of `docs/`, and another of `docs/old/`, which lies in it on purpose."""
    below = {"path": "docs/old/", "overlaps": "docs", **old}
    return says_of_bucket(prefixes={"docs": {"path": "docs/", **docs}, "old": below})


def ago(days: float = 0, **other: float) -> datetime:
    """So long before the examples are judged."""
    return NOW - timedelta(days, **other)


def _example(
    facts: Mapping[str, object], beside: tuple[Posture, ...], around: Declares | None, *, is_good: bool
) -> Example:
    return Example(is_good, {"bucket": HERE, "is_newest": True, "key": KEY, **facts}, beside, around)
