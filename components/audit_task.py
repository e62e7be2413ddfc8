"""The audit as a task on Fargate: what is the container told, and what may start it?"""

import json
from typing import Final

import pulumi_aws

from components.audit_parts import AuditParts, Target, arn_of
from components.audit_policies import document, logging, pulling, running_tasks, trusting_tasks

_CPU: Final = 512
_MEMORY: Final = 1024
SCRATCH: Final = "/scratch"
"""The one folder in the image that can be written to."""
_CONTAINER: Final = "audit"


def audit_task(parts: AuditParts, runner: "pulumi_aws.iam.Role") -> Target:
    """The cluster, the task and the role with which ECS gets the image and writes the log."""
    names, image = parts.names, parts.args["image"]
    start = document(*pulling(names, image), logging(names))
    starter = parts.role("starter", trusting_tasks(names), [start])
    cluster = parts.make("aws:ecs/cluster:Cluster", "tasks", {"name": names.of("tasks")})
    told = {
        "family": names.of("task"),
        "cpu": str(_CPU),
        "memory": str(_MEMORY),
        "network_mode": "awsvpc",
        "requires_compatibilities": ["FARGATE"],
        "runtime_platform": {
            "cpu_architecture": parts.args.get("processor", "x86_64").upper(),
            "operating_system_family": "LINUX",
        },
        "execution_role_arn": starter.arn,
        "task_role_arn": runner.arn,
        "container_definitions": json.dumps([_container(parts)]),
        "volumes": [{"name": "scratch"}],
    }
    task = parts.make("aws:ecs/taskDefinition:TaskDefinition", "task", told, parts.may())
    roles = [names.role_arn(part, parts.path) for part in ("runner", "starter")]
    return Target(arn_of(cluster), _target(parts, task), running_tasks(names, roles))


def _target(parts: AuditParts, task: object) -> dict[str, object]:
    network = {
        "subnets": list(parts.args.get("subnets", ())),
        "security_groups": list(parts.args.get("security_groups", ())),
        "assign_public_ip": parts.args.get("public_ip", False),
    }
    run = {
        "task_definition_arn": arn_of(task),  # type: ignore[arg-type] # a resource of Pulumi's
        "launch_type": "FARGATE",
        "network_configuration": network,
    }
    return {"ecs_parameters": run}


def _container(parts: AuditParts) -> dict[str, object]:
    """It can write nowhere but to its scratch folder, and has no capability of Linux."""
    told = {**parts.environment(), "AWS_DEFAULT_REGION": parts.names.region}
    log = {
        "awslogs-group": parts.names.log_group,
        "awslogs-region": parts.names.region,
        "awslogs-stream-prefix": _CONTAINER,
    }
    return {
        "name": _CONTAINER,
        "image": parts.args["image"],
        "essential": True,
        "command": ["scheduled-audit"],
        "environment": [{"name": name, "value": told[name]} for name in sorted(told)],
        "readonlyRootFilesystem": True,
        "mountPoints": [{"sourceVolume": "scratch", "containerPath": SCRATCH, "readOnly": False}],
        "linuxParameters": {"capabilities": {"drop": ["ALL"]}, "initProcessEnabled": True},
        "logConfiguration": {"logDriver": "awslogs", "options": log},
    }
