"""Who learns of changes of who may do what with a bucket, and where analyzers look, as regions say it."""

from typing import Any, Final

import pytest

from bucketwright.calls import Answer, Call, Failure
from bucketwright.facets.account import analyzers, policy_change_alarm
from bucketwright.facets.account.analyzers import Analyzer
from bucketwright.facets.account.policy_change_alarm import CHANGES, Watch, Watches
from bucketwright.facets.live_alarms import ALARMS, FILTERS
from bucketwright.facets.reading import Target
from bucketwright.facets.writing import Site
from bucketwright.posture import Undetermined
from sandbox.server import Server
from tests.facets.live import REGION, answers, asked, sender
from tests.facets.plans import resolve

HERE: Final = Target("account", "111122223333", {"AccountId": "111122223333"}, REGION, "111122223333")
ANY: Final = " || ".join(f"($.eventName = {call})" for call in sorted(CHANGES))
COUNTED: Final = {"metricName": "Changes", "metricNamespace": "S3", "metricValue": "1"}
FILTER: Final[dict[str, Any]] = {
    "filterName": "changes",
    "filterPattern": f"{{ ($.eventSource = s3.amazonaws.com) && ({ANY}) }}",
    "logGroupName": "trail",
    "metricTransformations": [COUNTED],
}
LOUD: Final[dict[str, Any]] = {
    "AlarmName": "loud",
    "ActionsEnabled": True,
    "AlarmActions": ["arn:aws:sns:eu-west-1:111122223333:security"],
    "MetricName": "Changes",
    "Namespace": "S3",
    "Statistic": "Sum",
    "Dimensions": [],
    "Period": 300,
    "EvaluationPeriods": 1,
    "Threshold": 1.0,
    "ComparisonOperator": "GreaterThanOrEqualToThreshold",
}
STAT: Final[dict[str, Any]] = {
    "Metric": {"Namespace": "S3", "MetricName": "Changes", "Dimensions": []},
    "Stat": "Sum",
}
SPLIT: Final = [{"Name": "Bucket", "Value": "a"}, {"Name": "User", "Value": "b"}]
WATCHED: Final = Watch("trail", CHANGES, alarmed=True)
SILENT: Final = Watch("trail", CHANGES, alarmed=False)


def watches(filters: list[Any], alarms: list[Any]) -> Watches:
    told = {FILTERS: Answer({"metricFilters": filters}), ALARMS: Answer({"MetricAlarms": alarms})}
    return policy_change_alarm.from_api(answers(HERE, told))


def loud(**more: object) -> dict[str, Any]:
    return {**LOUD, **more}


def queried(*queries: dict[str, Any]) -> dict[str, Any]:
    """An alarm that names its metrics in queries."""
    named = {"MetricName", "Namespace", "Statistic", "Dimensions"}
    return {**{name: one for name, one in LOUD.items() if name not in named}, "Metrics": list(queries)}


@pytest.mark.parametrize(
    ("filters", "alarms", "meant"),
    [
        pytest.param([], [], set(), id="nothing"),
        pytest.param([], [LOUD], set(), id="an alarm of nothing"),
        pytest.param([FILTER], [LOUD], {WATCHED}, id="a filter and its alarm"),
        pytest.param([FILTER], [], {SILENT}, id="a filter alone"),
        pytest.param([{**FILTER, "filterPattern": ""}], [LOUD], {WATCHED}, id="a filter of everything"),
        pytest.param([{**FILTER, "filterPattern": "ERROR"}], [LOUD], set(), id="a filter of something else"),
        pytest.param([FILTER], [loud(AlarmActions=[])], {SILENT}, id="an alarm that tells nobody"),
        pytest.param([FILTER], [loud(ActionsEnabled=False)], {SILENT}, id="an alarm that is silenced"),
        pytest.param([FILTER], [loud(MetricName="Other")], {SILENT}, id="an alarm of another metric"),
        pytest.param([FILTER], [loud(Threshold=5)], {SILENT}, id="an alarm at the fifth event"),
        pytest.param([FILTER], [loud(Dimensions=SPLIT[:1])], {SILENT}, id="an alarm of a part"),
        pytest.param([FILTER], [loud(Dimensions=SPLIT)], {SILENT}, id="an alarm of a part of a part"),
        pytest.param(
            [FILTER], [queried({"Id": "m", "MetricStat": STAT})], {WATCHED}, id="an alarm by a query"
        ),
        pytest.param(
            [FILTER],
            [queried({"Id": "m", "MetricStat": {**STAT, "Metric": {**STAT["Metric"], "Dimensions": SPLIT}}})],
            {SILENT},
            id="an alarm by a query of a part",
        ),
        pytest.param(
            [FILTER, {**FILTER, "logGroupName": "other"}],
            [loud(Threshold=5), LOUD],
            {WATCHED, Watch("other", CHANGES, alarmed=True)},
            id="two filters, and an alarm for both",
        ),
    ],
)
def test_who_learns_of_changes(filters: list[Any], alarms: list[Any], meant: set[Watch]) -> None:
    """As a plan of the same filters and alarms says it."""
    assert watches(filters, alarms) == meant


@pytest.mark.parametrize(
    ("filters", "alarms"),
    [
        pytest.param([{**FILTER, "filterPattern": None}], [LOUD], id="no pattern"),
        pytest.param([{**FILTER, "metricTransformations": [COUNTED, COUNTED]}], [LOUD], id="two metrics"),
        pytest.param([FILTER], [loud(ComparisonOperator="GreaterThanUpperThreshold")], id="a band"),
        pytest.param(
            [FILTER],
            [queried({"Id": "m", "MetricStat": STAT}, {"Id": "e", "Expression": "m * 2"})],
            id="an expression",
        ),
    ],
)
def test_what_may_be_more_is_a_doubt(filters: list[Any], alarms: list[Any]) -> None:
    """What cannot be read is no watch, and is not passed over either."""
    (found,) = watches(filters, alarms)

    assert found.doubt
    assert not found.alarmed


@pytest.mark.parametrize(
    ("read", "permission"),
    [(FILTERS, "logs:DescribeMetricFilters"), (ALARMS, "cloudwatch:DescribeAlarms")],
    ids=["filters", "alarms"],
)
def test_what_is_denied_names_the_permission(read: object, permission: str) -> None:
    """One of the two tells nothing without the other."""
    told = {
        one: Failure("denied") if one is read else Answer({"metricFilters": [], "MetricAlarms": []})
        for one in policy_change_alarm.READS
    }

    with pytest.raises(Undetermined, match=f"{permission} is denied"):
        policy_change_alarm.from_api(answers(HERE, told))


def test_a_live_region_tells(server: Server) -> None:
    """A filter and an alarm that were made there are read there."""
    send = sender(server)
    made = (
        Call("logs", "CreateLogGroup", {"logGroupName": "trail"}, REGION),
        Call("logs", "PutMetricFilter", FILTER, REGION),
        Call("cloudwatch", "PutMetricAlarm", LOUD, REGION),
    )
    for call in made:
        assert isinstance(send(call), Answer), call

    assert policy_change_alarm.from_api(asked(send, HERE, policy_change_alarm.READS)) == {WATCHED}


def test_analyzers_are_made_where_they_are_wanted() -> None:
    """Each in its own region, by a name that says who made it; one of others is not touched."""
    here, there = Analyzer("ACCOUNT", REGION), Analyzer("ACCOUNT", "us-east-1")
    before = frozenset({here})
    writes = analyzers.to_api(before, before | {there}, Site(HERE, resolve))
    back = analyzers.to_api(before | {there}, before, Site(HERE, resolve))

    assert [(one.call.operation, one.call.region, one.call.params) for one in (*writes, *back)] == [
        ("CreateAnalyzer", "us-east-1", {"analyzerName": "bucketwright-account", "type": "ACCOUNT"}),
        ("DeleteAnalyzer", "us-east-1", {"analyzerName": "bucketwright-account"}),
    ]
    assert analyzers.to_api(before, before, Site(HERE, resolve)) == ()
    assert analyzers.keeping(before, frozenset({there})) == {here, there}
