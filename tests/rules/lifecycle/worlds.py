"""Small worlds for the rules on lifecycle: rules that overlap, and objects of every kind they tell apart."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from typing import Final

from hypothesis import strategies as st

from bucketwright.contract.lifecycle.rules import Filter, Predicates, Rule, Tag
from bucketwright.contract.lifecycle.simulator import StoredObject, Versioning
from bucketwright.contract.limits import SMALL_OBJECT
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.lifecycle import FRESH, Lifecycle
from bucketwright.facets.lifecycle_rules import normal
from bucketwright.posture import Estate
from bucketwright.rules.rule import Rule as RuleOfCatalogue
from bucketwright.verdicts import Verdict

DAWN: Final = datetime(2026, 3, 1, tzinfo=UTC)
KEYS: Final = ("x", "a/x", "a/b/x")
TAGS: Final[tuple[Mapping[str, str], ...]] = ({}, {"kind": "tmp"}, {"kind": "tmp", "case": "1"})
SIZES: Final = (0, 5, 6, 7, SMALL_OBJECT - 1, SMALL_OBJECT, 2**20)
LARGEST: Final = 2**20
OLD: Final = StoredObject("", DAWN, noncurrent=True, successor_created=DAWN)
"""What an old version has in common with others."""

prefixes: Final = st.sampled_from([None, "a/", "a/b/"])
days: Final = st.integers(1, 4)
versionings: Final[st.SearchStrategy[Versioning]] = st.sampled_from(["Enabled", "Suspended", "Disabled"])
filters: Final = st.builds(
    lambda prefix, tags, sizes: Filter(Predicates(prefix, tags, *sizes)),
    prefixes,
    st.sampled_from([(), (Tag("kind", "tmp"),), (Tag("case", "1"), Tag("kind", "tmp"))]),
    st.sampled_from(
        [
            (None, None),
            (None, None),
            (5, None),
            (None, 7),
            (5, 7),
            (SMALL_OBJECT - 2, LARGEST),
            (SMALL_OBJECT - 1, None),
        ]
    ),
)


def objects(like: StoredObject) -> Iterator[StoredObject]:
    """One of each key, size and set of tags."""
    for key, tags, size in product(KEYS, TAGS, SIZES):
        yield replace(like, key=key, tags=tags, size=size)


def verdict(rule: RuleOfCatalogue[BucketPosture], rules: list[Rule], **facts: object) -> Verdict:
    """What a rule of the catalogue says of a bucket with this lifecycle."""
    found = {"lifecycle": Lifecycle(normal(rules)) if rules else FRESH, "mfa_delete": False, **facts}
    bucket = BucketPosture("bucket:example", "example", found)
    return rule.verdict(bucket, Estate("live", {bucket.address: bucket}))
