"""Who may take on the roles that are made for audits, and what may each of them do?"""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

import pulumi
import pytest

from bucketwright.intended import intended
from bucketwright.judging import Selection
from bucketwright.looking.permissions import least_policy
from bucketwright.looking.scope import Scope
from bucketwright.plan import Plan
from bucketwright.posture import Circumstances
from components.audit_configured import Configured
from components.recording import record
from components.storage import declare
from tests.components.audited import (
    ACCOUNT,
    FUNCTION,
    PRINCIPAL,
    TASK,
    WISHES,
    audits,
    environment,
    plan_of,
)
from tests.components.contracts import of_kind

SCHEDULED: Final = pytest.mark.parametrize("schedule", [TASK, FUNCTION], ids=["task", "function"])


def statements(plan: Plan, role: str) -> list[Mapping[str, Any]]:
    """What a role may do."""
    policies = of_kind(plan, "iam/policy:Policy")
    texts = (
        one.inputs["policy"] for name, one in policies.items() if re.fullmatch(f"{role}[_-][0-9]+", name)
    )
    return [each for text in texts for each in json.loads(str(text))["Statement"]]


def actions(plan: Plan, role: str) -> set[str]:
    """The names of what a role may do."""
    return {
        action
        for one in statements(plan, role)
        if one["Effect"] == "Allow"
        for action in ([one["Action"]] if isinstance(one["Action"], str) else one["Action"])
    }


def trust(plan: Plan, role: str) -> Mapping[str, Any]:
    """Who may take a role on."""
    [statement] = json.loads(str(of_kind(plan, "iam/role:Role")[role].inputs["assumeRolePolicy"]))[
        "Statement"
    ]
    found: Mapping[str, Any] = statement
    return found


def test_the_auditor_may_do_what_audit_permissions_prints() -> None:
    """The very same actions, on the same objects."""
    prod = environment()
    scope = Scope(Circumstances(prod, intended(prod)), Selection("all"), objects=True)
    printed: Any = least_policy(scope)["Statement"]
    plan = plan_of(WISHES["all of it"])

    for role in ("auditor", "audits_reader"):
        assert actions(plan, role) == {action for one in printed for action in one["Action"]}
        assert {one["Sid"]: one["Resource"] for one in statements(plan, role)} == {
            "Settings": "*",
            "Objects": printed[1]["Resource"],
        }


def test_one_principal_takes_on_the_role_and_says_the_external_id() -> None:
    """Nobody else, and for an hour at most."""
    plan = plan_of({"principal": PRINCIPAL})
    role = of_kind(plan, "iam/role:Role")["auditor"]

    assert trust(plan, "auditor") == {
        "Effect": "Allow",
        "Principal": {"AWS": PRINCIPAL},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": "0123456789abcdef0123456789abcdef"}},
    }
    assert "maxSessionDuration" not in role.inputs


def test_a_secret_external_id_stands_in_no_plan() -> None:
    """Nor anything that holds it."""

    def program() -> None:
        declare(environment(), Configured({"principal": PRINCIPAL}, pulumi.Output.secret("s" * 32)))

    plan = record(program, project="shop", stack="prod")

    assert of_kind(plan, "iam/role:Role")["auditor"].inputs["assumeRolePolicy"] == "[secret]"
    assert "s" * 32 not in str(plan)


@pytest.mark.parametrize("external_id", ["", "short", "x" * 21, "x" * 32 + " ", "é" * 32, "x" * 1225])
def test_an_external_id_that_could_be_guessed_is_refused(external_id: str) -> None:
    """It is not repeated."""
    with pytest.raises(pulumi.RunError, match="openssl rand -hex 16") as error:
        plan_of({"principal": PRINCIPAL}, external_id)

    assert not external_id or external_id not in str(error.value)


@SCHEDULED
def test_what_looks_cannot_write_and_what_writes_cannot_look(schedule: Mapping[str, object]) -> None:
    """Two roles: the one that reads is taken on by the one that leaves the reports, and by nobody else."""
    plan = plan_of({"schedule": schedule})
    writing = actions(plan, "audits_runner") - {"sts:AssumeRole"}
    logs = {"logs:CreateLogStream", "logs:PutLogEvents"}

    assert trust(plan, "audits_reader")["Principal"] == {
        "AWS": f"arn:aws:iam::{ACCOUNT}:role/shop-prod-audit_runner"
    }
    assert {one.partition(":")[2][:3] for one in actions(plan, "audits_reader")} <= {"Get", "Lis", "Des"}
    assert writing - logs == {
        "kms:Decrypt",
        "kms:GenerateDataKey",
        "s3:AbortMultipartUpload",
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:ListBucket",
        "s3:ListMultipartUploadParts",
        "s3:PutObject",
        "sns:Publish",
    }
    assert (writing & logs == logs) is (schedule is FUNCTION)


@SCHEDULED
def test_the_run_writes_to_its_own_places_alone(schedule: Mapping[str, object]) -> None:
    """Its prefixes, its topic, and keys only by their aliases and through the service."""
    bucket = "arn:aws:s3:::shop-prod-audits"
    for one in statements(plan_of({"schedule": schedule}), "audits_runner"):
        resources = one["Resource"] if isinstance(one["Resource"], list) else [one["Resource"]]
        if one["Action"] == "s3:ListBucket":
            assert one["Condition"] == {"StringLike": {"s3:prefix": "prod/history/*"}}
        elif resources == [f"arn:aws:kms:eu-central-1:{ACCOUNT}:key/*"]:
            assert set(one["Condition"]) == {"StringEquals", "ForAnyValue:StringEquals"}
        else:
            assert all(
                "*" not in re.sub(r"(prod/(reports|history)/|shop-prod-audit:)\*$", "", each)
                for each in resources
            )
            assert {each for each in resources if each.startswith("arn:aws:s3")} <= {
                f"{bucket}/prod/reports/*",
                f"{bucket}/prod/history/*",
            }


@SCHEDULED
def test_services_act_for_this_account_alone(schedule: Mapping[str, object]) -> None:
    """Every service that may take on a role, publish or decrypt is tied to where it comes from; Lambda alone
    says nothing that a condition could hold it to.
    """
    plan = plan_of({"schedule": schedule})
    found = [
        each
        for one in audits(plan)
        for name in ("assumeRolePolicy", "policy")
        if name in one.inputs
        for each in json.loads(str(one.inputs[name]))["Statement"]
        if "Service" in (each.get("Principal") or {})
        and each["Principal"] != {"Service": "lambda.amazonaws.com"}
    ]

    assert len(found) == (5 if schedule is TASK else 3)
    for each in found:
        assert each["Condition"]["StringEquals"]["aws:SourceAccount"] == ACCOUNT
        assert "aws:SourceArn" in {name for tests in each["Condition"].values() for name in tests}


def test_the_schedule_may_start_the_one_task_with_its_roles() -> None:
    """On its cluster, handing roles to ECS alone; where that fails, the call ends in the queue."""
    plan = plan_of({"schedule": TASK})
    run, hand, give_up = statements(plan, "audits_scheduler")

    assert run["Resource"] == [f"arn:aws:ecs:eu-central-1:{ACCOUNT}:task-definition/shop-prod-audit_task:*"]
    assert run["Condition"] == {
        "ArnEquals": {"ecs:cluster": f"arn:aws:ecs:eu-central-1:{ACCOUNT}:cluster/shop-prod-audit_tasks"}
    }
    assert hand["Condition"] == {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}
    assert hand["Resource"] == [
        f"arn:aws:iam::{ACCOUNT}:role/shop-prod-audit_{part}" for part in ("runner", "starter")
    ]
    assert give_up["Resource"] == [f"arn:aws:sqs:eu-central-1:{ACCOUNT}:shop-prod-audit_dead"]


def test_the_schedule_may_call_the_one_function() -> None:
    """And keep a call that failed; nothing else."""
    plan = plan_of({"schedule": FUNCTION})

    assert actions(plan, "audits_scheduler") == {"lambda:InvokeFunction", "sqs:SendMessage"}


def test_a_role_without_an_external_id_is_refused() -> None:
    """How to make one is said."""
    with pytest.raises(pulumi.RunError, match="pulumi config set --secret bucketwright:auditExternalId"):
        plan_of({"principal": PRINCIPAL}, None)
