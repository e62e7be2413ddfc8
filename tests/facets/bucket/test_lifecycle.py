"""Lifecycle rules: one meaning, whether a resource of its own says it or the bucket once did."""

from datetime import UTC, datetime
from functools import partial

import pytest

from bucketwright.contract.lifecycle.rules import (
    Abort,
    Expiration,
    Filter,
    NoncurrentExpiration,
    NoncurrentTransition,
    Predicates,
    Rule,
    Tag,
    Transition,
)
from bucketwright.facets.bucket import lifecycle
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.facet import Planned
from bucketwright.plan import UNKNOWN_INPUT
from bucketwright.posture import UNSET, Undetermined
from tests.facets.plans import Inputs, plan

DAYS = {"expiration": {"days": 7.0}}
EXPIRES = Expiration(days=7)
says = partial(Rule, number=1, id="a", status="Enabled", filter=Filter(Predicates()))


def separate(*rules: Inputs, **more: object) -> tuple[str, Inputs]:
    return lifecycle.KIND, {"rules": [{"id": "a", "status": "Enabled", **rule} for rule in rules], **more}


def inline(**rule: object) -> Inputs:
    return {"lifecycleRules": [{"id": "a", "enabled": True, **rule}]}


def only(rule: Rule) -> Lifecycle:
    return Lifecycle((rule,))


def both(predicates: Predicates) -> Filter:
    return Filter(Predicates(), predicates)


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(plan({}), UNSET, id="nothing is said"),
        pytest.param(plan({"lifecycleRules": []}), UNSET, id="an empty list in the bucket"),
        pytest.param(plan({}, separate()), lifecycle.FRESH, id="no rules"),
        pytest.param(plan({}, separate(DAYS)), only(says(expiration=EXPIRES)), id="no filter: all objects"),
        pytest.param(
            plan({}, separate({**DAYS, "filter": {}})), only(says(expiration=EXPIRES)), id="an empty filter"
        ),
        pytest.param(
            plan({}, separate({**DAYS, "filter": {"prefix": ""}})),
            only(says(expiration=EXPIRES)),
            id="an empty prefix",
        ),
        pytest.param(
            plan({}, separate({**DAYS, "prefix": "tmp/"})),
            only(says(filter=Filter(Predicates("tmp/")), expiration=EXPIRES)),
            id="the old place of a prefix",
        ),
        pytest.param(
            plan({}, separate({**DAYS, "filter": {"tag": {"key": "a", "value": "b"}}})),
            only(says(filter=Filter(Predicates(tags=(Tag("a", "b"),))), expiration=EXPIRES)),
            id="one tag",
        ),
        pytest.param(
            plan({}, separate({**DAYS, "filter": {"and": {"prefix": "tmp/"}}})),
            only(says(filter=Filter(Predicates("tmp/")), expiration=EXPIRES)),
            id="one predicate inside and",
        ),
        pytest.param(
            plan({}, separate({**DAYS, "filter": {"and": {"prefix": "t/", "tags": {"b": "2", "a": "1"}}}})),
            only(
                says(
                    filter=both(Predicates(prefix="t/", tags=(Tag("a", "1"), Tag("b", "2")))),
                    expiration=EXPIRES,
                )
            ),
            id="tags in any order",
        ),
        pytest.param(
            plan(
                {},
                separate(
                    {**DAYS, "filter": {"and": {"objectSizeGreaterThan": 1.0, "objectSizeLessThan": 9}}}
                ),
            ),
            only(says(filter=both(Predicates(greater_than=1, less_than=9)), expiration=EXPIRES)),
            id="sizes",
        ),
        pytest.param(
            plan({}, separate({"expiration": {"date": "2027-01-31T00:00:00Z"}})),
            only(says(expiration=Expiration(date=datetime(2027, 1, 31, tzinfo=UTC)))),
            id="a day of the calendar",
        ),
        pytest.param(
            plan({}, separate({"expiration": {"days": 0, "expiredObjectDeleteMarker": True}})),
            only(says(expiration=Expiration(expired_marker=True))),
            id="delete markers, with a zero that means nothing",
        ),
        pytest.param(
            plan({}, separate({"expiration": {"expiredObjectDeleteMarker": False}})),
            only(says()),
            id="an empty expiration",
        ),
        pytest.param(
            plan(
                {},
                separate(
                    {
                        "transitions": [
                            {"days": 90, "storageClass": "GLACIER"},
                            {"days": 30, "storageClass": "STANDARD_IA"},
                        ]
                    }
                ),
            ),
            only(says(transitions=(Transition("STANDARD_IA", 30), Transition("GLACIER", 90)))),
            id="moves in any order",
        ),
        pytest.param(
            plan(
                {},
                separate(
                    {
                        "noncurrentVersionExpiration": {"noncurrentDays": 30, "newerNoncurrentVersions": 3},
                        "noncurrentVersionTransitions": [{"noncurrentDays": 10, "storageClass": "GLACIER"}],
                        "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7},
                    }
                ),
            ),
            only(
                says(
                    noncurrent_expiration=NoncurrentExpiration(30, 3),
                    noncurrent_transitions=(NoncurrentTransition("GLACIER", 10),),
                    abort=Abort(7),
                )
            ),
            id="old versions and unfinished uploads",
        ),
        pytest.param(
            plan({}, separate({**DAYS, "status": "Disabled"})),
            only(says(status="Disabled", expiration=EXPIRES)),
            id="a rule that is off",
        ),
        pytest.param(
            plan({}, separate(DAYS, transitionDefaultMinimumObjectSize="varies_by_storage_class")),
            Lifecycle(only(says(expiration=EXPIRES)).rules, "varies_by_storage_class"),
            id="small objects move, too",
        ),
    ],
)
def test_lifecycle_in_a_plan(planned: Planned, said: object) -> None:
    """What means the same is the same."""
    assert lifecycle.from_plan(planned) == said


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(plan(inline(**DAYS)), only(says(expiration=EXPIRES)), id="all objects"),
        pytest.param(
            plan(inline(prefix="tmp/", tags={"a": "b"}, **DAYS)),
            only(says(filter=both(Predicates(prefix="tmp/", tags=(Tag("a", "b"),))), expiration=EXPIRES)),
            id="a prefix and a tag",
        ),
        pytest.param(
            plan({"lifecycleRules": [{"id": "a", "enabled": False, "expirations": [{"days": 7}]}]}),
            only(says(status="Disabled", expiration=EXPIRES)),
            id="off, in the older bucket's list of one",
        ),
        pytest.param(
            plan(
                inline(
                    noncurrentVersionExpiration={"days": 30},
                    noncurrentVersionTransitions=[{"days": 10, "storageClass": "GLACIER"}],
                    abortIncompleteMultipartUploadDays=7.0,
                )
            ),
            only(
                says(
                    noncurrent_expiration=NoncurrentExpiration(30),
                    noncurrent_transitions=(NoncurrentTransition("GLACIER", 10),),
                    abort=Abort(7),
                )
            ),
            id="old versions and unfinished uploads",
        ),
        pytest.param(
            plan(inline(**DAYS), separate(DAYS)), only(says(expiration=EXPIRES)), id="said twice, alike"
        ),
    ],
)
def test_lifecycle_in_the_bucket_itself(planned: Planned, said: object) -> None:
    """The older properties mean what the resource of its own means."""
    assert lifecycle.from_plan(planned) == said


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(
            plan({}, (lifecycle.KIND, {"rules": UNKNOWN_INPUT})), "known only after", id="unknown rules"
        ),
        pytest.param(
            plan({}, separate({"expiration": {"days": UNKNOWN_INPUT}})),
            r"rules\[0\].expiration.days",
            id="unknown days",
        ),
        pytest.param(
            plan({}, separate({**DAYS, "filter": UNKNOWN_INPUT})), "known only after", id="unknown filter"
        ),
        pytest.param(plan({}, separate({"expiration": {"days": "7"}})), "whole number", id="days as text"),
        pytest.param(plan({}, separate({"expiration": {"date": "soon"}})), "ISO 8601", id="no date"),
        pytest.param(
            plan({}, separate({"transitions": [{"days": 1}]})), "storageClass: is not said", id="no class"
        ),
        pytest.param(plan({}, separate({"status": None})), "status: is not said", id="no status"),
        pytest.param(
            plan({}, separate({"prefix": "a/", "filter": {"prefix": "b/"}})), "S3 refuses", id="two prefixes"
        ),
        pytest.param(
            plan({}, separate({"filter": {"prefix": "a/", "and": {"prefix": "b/"}}})),
            "S3 refuses",
            id="beside and",
        ),
        pytest.param(
            plan({}, separate(DAYS, transitionDefaultMinimumObjectSize="1 MB")),
            "one of all_storage",
            id="no such word",
        ),
        pytest.param(plan(inline(enabled=None)), "enabled: is not said", id="neither on nor off"),
        pytest.param(
            plan(inline(**DAYS), separate({"expiration": {"days": 8}})), "another", id="they contend"
        ),
    ],
)
def test_lifecycle_that_cannot_be_known(planned: Planned, reason: str) -> None:
    """What is unknown, senseless or said in two ways is not guessed."""
    with pytest.raises(Undetermined, match=reason):
        lifecycle.from_plan(planned)


def test_the_order_of_rules_means_nothing() -> None:
    """S3 gives rules back as it likes."""
    a, b = {**DAYS, "id": "a"}, {"expiration": {"days": 9}, "id": "b"}

    assert lifecycle.from_plan(plan({}, separate(a, b))) == lifecycle.from_plan(plan({}, separate(b, a)))
