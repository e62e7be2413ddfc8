"""What audits an environment, deployed by the real engine: as previewed, once, and gone without a trace."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from sandbox.engine import engine_stack
from sandbox.server import Clients, Server
from tests.components.audited import ACCOUNT, CONTRACT, EXTERNAL_ID, FUNCTION, PRINCIPAL, TASK
from tests.engine.live import live

pytestmark = pytest.mark.engine


@pytest.mark.parametrize(
    ("schedule", "called"),
    [
        pytest.param(TASK, f"arn:aws:ecs:eu-central-1:{ACCOUNT}:cluster/shop-prod-audit_tasks", id="a task"),
        pytest.param(
            FUNCTION,
            f"arn:aws:lambda:eu-central-1:{ACCOUNT}:function:shop-prod-audit_function",
            id="a function",
        ),
    ],
)
def test_an_audited_stack_is_deployed_and_goes(
    schedule: Mapping[str, object], called: str, aws: Server, engine: Path, tmp_path: Path
) -> None:
    """The schedule calls what was made for it; a second run changes nothing; the external id stays secret."""
    (tmp_path / "contract.yaml").write_text(CONTRACT)
    (tmp_path / "stack").mkdir()
    clients = aws.clients(account=ACCOUNT, region="eu-central-1")
    wish = json.dumps({"principal": PRINCIPAL, "schedule": schedule})
    config = {
        "contract": str(tmp_path / "contract.yaml"),
        "audit": wish,
        "auditExternalId": EXTERNAL_ID,
    }

    with engine_stack(aws, tmp_path / "stack", engine, "prod", config) as stack:
        empty = live(aws, clients)
        previewed = stack.preview()
        done = stack.up()
        found = clients.client("scheduler").get_schedule(
            Name="shop-prod-audit_schedule", GroupName="shop-prod-audit_schedule"
        )
        trust = clients.client("iam").get_role(RoleName="shop-prod-audit_auditor")["Role"]

        assert done.summary.resource_changes == previewed.change_summary
        assert found["Target"]["Arn"] == called
        assert found["Target"]["DeadLetterConfig"]["Arn"].endswith(":shop-prod-audit_dead")
        assert EXTERNAL_ID in json.dumps(trust["AssumeRolePolicyDocument"])
        assert EXTERNAL_ID not in previewed.stdout + done.stdout
        assert set(stack.up().summary.resource_changes or {}) == {"same"}
        assert _running(clients) >= {"schedules", "topics", "alarms", "logs"}
        stack.destroy()
        assert live(aws, clients) == empty
        assert _running(clients) == set()


def _running(clients: Clients) -> set[str]:
    """The kinds of which something is there, beside those of a contract."""
    schedules, functions, ecs = (clients.client(name) for name in ("scheduler", "lambda", "ecs"))
    clusters = ecs.describe_clusters(clusters=ecs.list_clusters()["clusterArns"])["clusters"]
    found = {
        "alarms": clients.client("cloudwatch").describe_alarms()["MetricAlarms"],
        "clusters": [one for one in clusters if one["status"] == "ACTIVE"],
        "functions": functions.list_functions()["Functions"],
        "groups": [
            one for one in schedules.list_schedule_groups()["ScheduleGroups"] if one["Name"] != "default"
        ],
        "logs": clients.client("logs").describe_log_groups()["logGroups"],
        "schedules": schedules.list_schedules()["Schedules"],
        "topics": clients.client("sns").list_topics()["Topics"],
    }
    return {kind for kind, several in found.items() if several}
