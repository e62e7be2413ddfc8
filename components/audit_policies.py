"""Who may do what of the roles, the queue, the topic and the key with which an environment is audited?"""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from components.audit_names import AuditNames

Statement = Mapping[str, object]
Document = Mapping[str, object]
_VERSION: Final = "2012-10-17"
_TASKS: Final = "ecs-tasks.amazonaws.com"
_HTTP: Final = {"Bool": {"aws:SecureTransport": "false"}}


def document(*statements: Statement) -> Document:
    """A policy."""
    return {"Version": _VERSION, "Statement": statements}


def trusting_principal(principal: str, external_id: str) -> str:
    """One principal takes the role on, and only where it says for whom it acts."""
    return _trust({"AWS": principal}, {"StringEquals": {"sts:ExternalId": external_id}})


def trusting_tasks(names: AuditNames) -> str:
    """ECS takes the role on for tasks of this account and region alone."""
    tie = {
        "StringEquals": {"aws:SourceAccount": names.account},
        "ArnLike": {"aws:SourceArn": names.arn("ecs", "*")},
    }
    return _trust({"Service": _TASKS}, tie)


def trusting_functions() -> str:
    """Lambda takes the role on for whatever function somebody gave it, who has to be let pass it.

    It sends no aws:SourceAccount that a condition could hold it to.
    """
    return _trust({"Service": "lambda.amazonaws.com"}, {})


def trusting_runner(names: AuditNames, path: str) -> str:
    """The run takes the role on to look, and nobody else does; it acts for nobody but this account."""
    return _trust({"AWS": names.role_arn("runner", path)}, {})


def trusting_schedule(names: AuditNames) -> str:
    """EventBridge Scheduler takes the role on for this group of schedules alone."""
    of_ours = {"aws:SourceAccount": names.account, "aws:SourceArn": names.group}
    return _trust({"Service": "scheduler.amazonaws.com"}, {"StringEquals": of_ours})


def looking(names: AuditNames, path: str) -> Statement:
    """To take on the role that reads."""
    return _allow("Look", ["sts:AssumeRole"], names.role_arn("reader", path))


def telling(names: AuditNames) -> Statement:
    """To publish to the one topic."""
    return _allow("Tell", ["sns:Publish"], names.topic)


def telling_encrypted(names: AuditNames) -> Statement:
    """To use the topic's key for that; its id is not known before it exists, so it is meant by its alias."""
    tie = {
        "StringEquals": {"kms:ViaService": _service("sns", names)},
        "ForAnyValue:StringEquals": {"kms:ResourceAliases": names.alias},
    }
    actions = ["kms:Decrypt", "kms:GenerateDataKey"]
    return {**_allow("TellEncrypted", actions, names.arn("kms", "key/*")), "Condition": tie}


def logging(names: AuditNames) -> Statement:
    """To write to the one group of logs, which is there."""
    group = f"{names.arn('logs', f'log-group:{names.log_group}')}:*"
    return _allow("Log", ["logs:CreateLogStream", "logs:PutLogEvents"], group)


def pulling(names: AuditNames, image: str) -> Sequence[Statement]:
    """To get the image; a token for ECR is for all of it."""
    registry, _, rest = image.partition("/")
    account, _, _, region, *_ = registry.split(".")
    repository = f"arn:{names.partition}:ecr:{region}:{account}:repository/{rest.partition('@')[0]}"
    layers = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    return _allow("Token", ["ecr:GetAuthorizationToken"], "*"), _allow("Image", layers, repository)


def running_tasks(names: AuditNames, roles: Sequence[str]) -> Sequence[Statement]:
    """To run the one task on the one cluster, with its roles."""
    run = _allow("Run", ["ecs:RunTask"], f"{names.tasks}:*")
    handing = _allow("HandOver", ["iam:PassRole"], *roles)
    return (
        {**run, "Condition": {"ArnEquals": {"ecs:cluster": names.cluster}}},
        {**handing, "Condition": {"StringEquals": {"iam:PassedToService": _TASKS}}},
    )


def calling(names: AuditNames) -> Sequence[Statement]:
    """To call the one function."""
    return (_allow("Run", ["lambda:InvokeFunction"], names.function),)


def giving_up(names: AuditNames) -> Statement:
    """To keep a call that did not work."""
    return _allow("GiveUp", ["sqs:SendMessage"], names.dead_letters)


def topic_policy(names: AuditNames) -> str:
    """Alarms of this account publish, by TLS alone; roles of the account by their own policies."""
    alarms = {**_allow("Alarms", ["sns:Publish"], names.topic), **_alarms(names)}
    return _text(alarms, _no_plain_http("sns:Publish", names.topic))


def queue_policy(names: AuditNames) -> str:
    """Nobody sends or takes by plain HTTP; the schedule's role sends by its own policy."""
    return _text(_no_plain_http("sqs:*", names.dead_letters))


def key_policy(names: AuditNames) -> str:
    """The account's roles use the topic's key by their own policies, its alarms on their own."""
    root = f"arn:{names.partition}:iam::{names.account}:root"
    owner = {**_allow("Account", ["kms:*"], "*"), "Principal": {"AWS": root}}
    alarms = {**_allow("Alarms", ["kms:Decrypt", "kms:GenerateDataKey*"], "*"), **_alarms(names)}
    return _text(owner, alarms)


def _alarms(names: AuditNames) -> Statement:
    tie = {
        "StringEquals": {"aws:SourceAccount": names.account},
        "ArnLike": {"aws:SourceArn": names.arn("cloudwatch", "alarm:*")},
    }
    return {"Principal": {"Service": "cloudwatch.amazonaws.com"}, "Condition": tie}


def _trust(principal: Mapping[str, str], condition: Mapping[str, object]) -> str:
    tie = {"Condition": condition} if condition else {}
    return _text({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **tie})


def _text(*statements: Statement) -> str:
    return json.dumps(document(*statements))


def _no_plain_http(action: str, resource: str) -> Statement:
    refusing = {"Sid": "DenyPlainHttp", "Effect": "Deny", "Principal": "*"}
    return {**refusing, "Action": action, "Resource": resource, "Condition": _HTTP}


def _allow(sid: str, actions: Sequence[str], *resources: str) -> Statement:
    return {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": list(resources)}


def _service(name: str, names: AuditNames) -> str:
    return f"{name}.{names.region}.amazonaws.com{'.cn' if names.partition == 'aws-cn' else ''}"
