"""Who learns of changes of who may do what with a bucket, as plans say it."""

from collections.abc import Mapping

import pytest

from bucketwright.facets.account.policy_change_alarm import CHANGES, Watch, from_plan
from bucketwright.facets.tokens import ALARM, METRIC_FILTER, TRAIL
from bucketwright.plan import Resource
from bucketwright.posture import UNSET
from tests.facets.plans import Inputs
from tests.facets.wiring import LATER, made, whole

NOTHING_SAID = made("", {})
ANY = " || ".join(f"($.eventName = {call})" for call in sorted(CHANGES))
COUNTED: Inputs = {"name": "Changes", "namespace": "S3", "value": "1"}
FILTER: Inputs = {
    "logGroupName": "trail",
    "pattern": f"{{ ($.eventSource = s3.amazonaws.com) && ({ANY}) }}",
    "metricTransformation": COUNTED,
}
LOUD: Inputs = {
    "metricName": "Changes",
    "namespace": "S3",
    "statistic": "Sum",
    "comparisonOperator": "GreaterThanOrEqualToThreshold",
    "threshold": 1.0,
    "evaluationPeriods": 1.0,
    "alarmActions": [LATER],
}
QUERY: Inputs = {"id": "m", "metric": {"metricName": "Changes", "namespace": "S3", "stat": "Sum"}}
UNNAMED: Inputs = {name: value for name, value in LOUD.items() if name not in {"metricName", "statistic"}}
WATCHED = Watch("trail", CHANGES, alarmed=True)
SILENT = Watch("trail", CHANGES, alarmed=False)


def counting(**inputs: object) -> Resource:
    return made(METRIC_FILTER, {**FILTER, **inputs})


def alarm(called: str = "loud", /, **inputs: object) -> Resource:
    """An alarm that one event sets off; None takes a property away."""
    return _alarm(called, inputs)


def queried(*queries: Inputs, **inputs: object) -> Resource:
    """The same by queries."""
    of_one = dict.fromkeys(("metricName", "namespace", "statistic"))
    return _alarm("loud", {**of_one, "metricQueries": list(queries), **inputs})


def _alarm(called: str, inputs: Inputs) -> Resource:
    said = {each: value for each, value in {**LOUD, **inputs}.items() if value is not None}
    return made(ALARM, said, name=called)


def watches(*parts: Resource) -> object:
    return from_plan(whole(NOTHING_SAID, *parts))


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param([], id="nothing"),
        pytest.param([alarm()], id="an alarm on something else"),
        pytest.param([counting(pattern="ERROR"), alarm()], id="a filter for something else"),
        pytest.param(
            [counting(pattern="[ip, user, request]", logGroupName=LATER)], id="a filter for lines of words"
        ),
        pytest.param([counting(pattern="{ $.eventName = PutObject }")], id="other calls"),
        pytest.param(
            [counting(pattern="{ $.eventName = PutObject }", metricTransformation=LATER), alarm()],
            id="other calls, counted nobody knows how",
        ),
    ],
)
def test_what_watches_no_such_call_says_nothing(parts: list[Resource]) -> None:
    """Somebody else may be told of them."""
    assert watches(*parts) is UNSET


@pytest.mark.parametrize(
    ("inputs", "calls"),
    [
        pytest.param({}, CHANGES, id="all nine"),
        pytest.param(
            {"pattern": "{ $.eventName = *BucketPolicy }"},
            {"PutBucketPolicy", "DeleteBucketPolicy"},
            id="two by a star",
        ),
        pytest.param(
            {"pattern": "{ $.eventName = *Bucket* && $.errorCode NOT EXISTS }"},
            CHANGES,
            id="but for refused ones",
        ),
        pytest.param({"pattern": "{ $.eventSource = s3.amazonaws.com }"}, CHANGES, id="all of S3"),
        pytest.param({"pattern": "{ $.errorMessage NOT EXISTS }"}, CHANGES, id="all that went well"),
        pytest.param({"pattern": "PutBucketAcl"}, {"PutBucketAcl"}, id="a word"),
    ],
)
def test_which_calls_are_counted(inputs: Inputs, calls: frozenset[str]) -> None:
    """By what the pattern means."""
    assert watches(counting(**inputs), alarm()) == {Watch("trail", frozenset(calls), alarmed=True)}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(alarm(), id="as usual"),
        pytest.param(alarm(threshold=0.0, comparisonOperator="GreaterThanThreshold"), id="more than none"),
        pytest.param(alarm(statistic="Maximum"), id="by the largest"),
        pytest.param(alarm(statistic="SampleCount", threshold=1), id="by how often"),
        pytest.param(alarm(evaluationPeriods=5.0, datapointsToAlarm=1.0), id="one of five periods"),
        pytest.param(alarm(actionsEnabled=True, region="eu-west-1"), id="in a region that it says"),
        pytest.param(queried(QUERY), id="by one query"),
        pytest.param(
            made(
                ALARM,
                {**UNNAMED, "metricQueries": [{"id": "m", "metric": {"metricName": LATER, "stat": "Sum"}}]},
                {"metricQueries": (counting(),)},
            ),
            id="by a query of the filter's output",
        ),
        pytest.param(
            made(ALARM, {**LOUD, "metricName": LATER}, {"metricName": (counting(),)}),
            id="by the filter's output",
        ),
    ],
)
def test_an_alarm_that_one_event_sets_off(other: Resource) -> None:
    """However it is written, and whatever other alarms there are."""
    quiet, unknown = alarm("quiet", threshold=100.0), alarm("unknown", threshold=LATER)

    assert watches(counting(), quiet, unknown, other) == {WATCHED}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(alarm(metricName="Other"), id="another metric"),
        pytest.param(alarm(namespace="Other"), id="another namespace"),
        pytest.param(alarm(dimensions={"account": "1"}), id="a part of the metric"),
        pytest.param(alarm(alarmActions=[]), id="it tells nobody"),
        pytest.param(alarm(alarmActions=None), id="nobody is named"),
        pytest.param(alarm(actionsEnabled=False), id="it is told to tell nobody"),
        pytest.param(alarm(threshold=2.0), id="two events are needed"),
        pytest.param(alarm(threshold=1.0, comparisonOperator="GreaterThanThreshold"), id="more than one"),
        pytest.param(alarm(threshold=5.0, comparisonOperator="LessThanThreshold"), id="fewer than five"),
        pytest.param(alarm(threshold=1.0, comparisonOperator="LessThanOrEqualToThreshold"), id="one at most"),
        pytest.param(alarm(statistic="SampleCount", threshold=2.0), id="two of them"),
        pytest.param(made(TRAIL, LOUD), id="no alarm at all"),
        pytest.param(
            made(
                ALARM,
                {**LOUD, "metricName": LATER},
                {"metricName": tuple(made(METRIC_FILTER, {}, name=one) for one in ("two", "three"))},
            ),
            id="the output of two other filters",
        ),
        pytest.param(alarm(evaluationPeriods=2.0), id="two periods are needed"),
        pytest.param(alarm(evaluationPeriods=2.0, datapointsToAlarm=2.0), id="two of two periods"),
        pytest.param(
            queried({"id": "m", "metric": {"metricName": "Other", "namespace": "S3"}}),
            id="a query of another",
        ),
        pytest.param(queried(QUERY, alarmActions=[]), id="a query that tells nobody"),
        pytest.param(
            made(
                ALARM, {**LOUD, "metricName": LATER}, {"metricName": (made(METRIC_FILTER, {}, name="two"),)}
            ),
            id="the output of another filter",
        ),
    ],
)
def test_an_alarm_that_is_of_no_use(other: Resource) -> None:
    """Counting alone tells nobody."""
    assert watches(counting(), other) == {SILENT}


def test_without_an_alarm_nobody_is_told() -> None:
    """The filter is a watch all the same, whatever it makes of an event."""
    assert watches(counting()) == {SILENT}
    assert watches(counting(metricTransformation=LATER)) == {SILENT}


def test_the_first_doubt_is_told() -> None:
    """One is enough to look for."""
    found = watches(counting(), alarm(threshold=LATER), alarm("two", statistic="Average"))

    assert isinstance(found, frozenset)
    assert [one.doubt for one in found] == ["threshold: is no number that is known"]


def test_regions_that_differ() -> None:
    """An alarm sees metrics of its own region alone."""
    here, there = counting(region="eu-west-1"), alarm(region="us-east-1")

    assert watches(here, there) == {SILENT}
    assert watches(here, alarm(region="eu-west-1")) == {WATCHED}
    assert watches(here, alarm()) == {WATCHED}


def test_a_filter_may_count_for_more() -> None:
    """Then less of them are needed; and for less, none of them is enough."""
    doubled, halved = ({**COUNTED, "value": value} for value in ("2", "0.5"))

    assert watches(counting(metricTransformation=doubled), alarm(threshold=2.0)) == {WATCHED}
    assert watches(counting(metricTransformation=halved), alarm()) == {SILENT}


@pytest.mark.parametrize(
    ("inputs", "group", "calls", "reason"),
    [
        pytest.param({"pattern": LATER}, "", set(), "pattern: is known only", id="a pattern nobody knows"),
        pytest.param({"pattern": None}, "", set(), "pattern: is not said", id="no pattern"),
        pytest.param({"pattern": "{ $.x"}, "", set(), "end with a brace", id="none that can be read"),
        pytest.param(
            {"logGroupName": LATER}, "", CHANGES, "logGroupName: is known", id="a group nobody knows"
        ),
        pytest.param({"logGroupName": None}, "", CHANGES, "logGroupName: is not said", id="no group"),
        pytest.param(
            {"metricTransformation": LATER}, "trail", CHANGES, "is known only", id="a metric nobody knows"
        ),
        pytest.param(
            {"metricTransformation": {**COUNTED, "value": "$.size"}},
            "trail",
            CHANGES,
            "another one for each",
            id="an amount of its own",
        ),
        pytest.param(
            {"metricTransformation": {**COUNTED, "dimensions": {"a": "$.b"}}},
            "trail",
            CHANGES,
            "split",
            id="by dimension",
        ),
    ],
)
def test_a_filter_nobody_knows_is_a_doubt(
    inputs: Mapping[str, object], group: str, calls: set[str], reason: str
) -> None:
    """It may watch them all, so it is neither left out nor believed; others are as they are."""
    other = made(METRIC_FILTER, FILTER, name="two")
    found = watches(counting(**inputs), other, alarm())

    assert isinstance(found, frozenset)
    (doubtful,) = found - {WATCHED}
    assert (doubtful.log_group, doubtful.calls, doubtful.alarmed) == (group, frozenset(calls), False)
    assert reason in doubtful.doubt


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        pytest.param(alarm(threshold=LATER), "threshold", id="a threshold nobody knows"),
        pytest.param(alarm(threshold=None), "threshold", id="no threshold"),
        pytest.param(alarm(alarmActions=LATER), "alarmActions", id="listeners nobody knows"),
        pytest.param(alarm(statistic="Average"), "more than one event", id="an average"),
        pytest.param(
            alarm(statistic=None, extendedStatistic="p90"), "more than one event", id="a percentile"
        ),
        pytest.param(alarm(comparisonOperator="LessThanLowerThreshold"), "one of", id="a band"),
        pytest.param(alarm(threshold=True), "threshold", id="a truth for a threshold"),
        pytest.param(alarm(comparisonOperator=None), "comparisonOperator: is not said", id="no comparison"),
        pytest.param(alarm(metricName=LATER), "metricName", id="a metric nobody knows"),
        pytest.param(
            made(
                ALARM,
                {**LOUD, "metricName": LATER},
                {"metricName": (made("random:index/randomId:RandomId", {}),)},
            ),
            "or another",
            id="a metric that is made up",
        ),
        pytest.param(queried(QUERY, {"id": "e", "expression": "m * 2"}), "computes", id="a sum of several"),
        pytest.param(
            made(
                ALARM,
                {**LOUD, "metricName": LATER},
                {"metricName": (counting(), made(METRIC_FILTER, {}, name="two"))},
            ),
            "or another",
            id="the output of one of two filters",
        ),
    ],
)
def test_an_alarm_nobody_knows_is_a_doubt(other: Resource, reason: str) -> None:
    """It may go off; nothing else of the filter is in doubt."""
    found = watches(counting(), other)

    assert isinstance(found, frozenset)
    (doubtful,) = found
    assert (doubtful.log_group, doubtful.calls, doubtful.alarmed) == ("trail", CHANGES, False)
    assert reason in doubtful.doubt


def test_the_calls_are_those_of_cis() -> None:
    """Nine of them, by the names that CloudTrail uses."""
    assert len(CHANGES) == 9
    assert {call.removeprefix("Put").removeprefix("Delete") for call in CHANGES} == {
        "BucketAcl",
        "BucketCors",
        "BucketLifecycle",
        "BucketPolicy",
        "BucketReplication",
    }
