"""When does an audit run by itself, what is it told, and who notices when it does not?"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bucketwright.plan import Plan
from tests.components.audited import (
    ACCOUNT,
    CONTRACT,
    FUNCTION,
    TASK,
    WISHES,
    audits,
    plan_of,
)
from tests.components.contracts import of_kind


def test_the_container_can_do_nothing_but_run() -> None:
    """It writes to its scratch folder alone, and has no capabilities."""
    plan = plan_of({"schedule": TASK})
    [task] = of_kind(plan, "ecs/taskDefinition:TaskDefinition").values()
    [container] = json.loads(str(task.inputs["containerDefinitions"]))

    assert container["readonlyRootFilesystem"] is True
    assert container["linuxParameters"]["capabilities"] == {"drop": ["ALL"]}
    assert [one["containerPath"] for one in container["mountPoints"]] == ["/scratch"]
    assert container["command"] == ["scheduled-audit"]


@pytest.mark.parametrize(
    ("schedule", "more"),
    [pytest.param(TASK, "", id="task"), pytest.param(FUNCTION, " --deadline 780", id="function")],
)
def test_the_program_is_told_what_to_audit_and_where_to_tell(
    schedule: Mapping[str, object], more: str
) -> None:
    """By its environment; a function stops asking before Lambda stops it."""
    plan = plan_of({"schedule": schedule, "objects": "full", "profile": "fsbp"})
    told = dict(_environment(plan))

    assert told["BUCKETWRIGHT_AUDIT"] == (
        f"prod --objects full --profile fsbp{more} "
        f"--assume-role arn:aws:iam::{ACCOUNT}:role/shop-prod-audit_reader"
    )
    assert told["BUCKETWRIGHT_REPORTS"] == "s3://shop-prod-audits/prod/reports/"
    assert told["BUCKETWRIGHT_HISTORY"] == "s3://shop-prod-audits/prod/history/"
    assert told["BUCKETWRIGHT_TOPIC"] == f"arn:aws:sns:eu-central-1:{ACCOUNT}:shop-prod-audit_topic"


def _environment(plan: Plan) -> Iterator[tuple[str, str]]:
    for task in of_kind(plan, "ecs/taskDefinition:TaskDefinition").values():
        [container] = json.loads(str(task.inputs["containerDefinitions"]))
        yield from ((one["name"], one["value"]) for one in container["environment"])
    for function in of_kind(plan, "lambda/function:Function").values():
        variables: Any = function.inputs["environment"]
        yield from variables["variables"].items()


def test_a_run_that_fails_and_one_that_never_came_both_sound_an_alarm() -> None:
    """What is missing is no good sign for the second."""
    plan = plan_of({"schedule": {**TASK, "overdue_hours": 26}})
    alarms = of_kind(plan, "cloudwatch/metricAlarm:MetricAlarm")
    failed, overdue = alarms["audits_failed"].inputs, alarms["audits_overdue"].inputs
    metrics = of_kind(plan, "cloudwatch/logMetricFilter:LogMetricFilter")
    patterns = {name.partition("_")[2]: one.inputs["pattern"] for name, one in metrics.items()}

    assert patterns == {
        "ended": '{ $.scheduled_audit = "*" }',
        "failed": '{ $.scheduled_audit = "failed" }',
    }
    assert (failed["metricName"], failed["treatMissingData"], failed["period"]) == (
        "failed",
        "notBreaching",
        300,
    )
    assert (overdue["metricName"], overdue["treatMissingData"]) == ("ended", "breaching")
    assert (overdue["period"], overdue["evaluationPeriods"], overdue["threshold"]) == (3600, 26, 1)
    assert overdue["comparisonOperator"] == "LessThanThreshold"


def test_names_fit_however_long_the_project_is() -> None:
    """IAM, Lambda and EventBridge Scheduler take 64 characters; no two long names become one."""
    projects = (
        "storage-of-the-whole-company-in-all-regions-1",
        "storage-of-the-whole-company-in-all-regions-2",
    )
    long = [
        CONTRACT.replace("project: shop", f"project: {one}")
        .replace("  audits:", '  audits:\n    name: "{env}-audits"')
        .replace("files: {", 'files: {name: "{env}-files", ')
        for one in projects
    ]
    names = [
        {
            str(one.inputs["name"])
            for one in audits(plan_of(WISHES["all of it"], text=text))
            if "name" in one.inputs
        }
        for text in long
    ]

    for several in names:
        assert max(map(len, (one for one in several if not one.startswith(("/", "alias/"))))) <= 64
    assert not names[0] & names[1]
