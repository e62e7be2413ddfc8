"""An audit that runs by itself, leaves its reports, tells what is new, and is missed when it does not run."""

from collections.abc import Mapping
from typing import Final, cast

import pulumi
import pulumi_aws

from components import audit_policies
from components.audit_function import audit_function
from components.audit_parts import AuditParts, AuditScheduleArgs, Target, arn_of
from components.audit_task import audit_task
from components.making import Workshop

_RETENTION: Final = 14 * 24 * 3600
"""How long a call that did not work is kept; SQS keeps nothing longer."""
_ATTEMPTS: Final = 3
_PATIENCE: Final = 3600
_HOUR: Final = 3600
_AT_ONCE: Final = 300
_KEY_WAITS: Final = 30
_FILTER: Final = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
_ALARM: Final = "aws:cloudwatch/metricAlarm:MetricAlarm"


class AuditSchedule(pulumi.ComponentResource):
    """The schedule, what it runs, the topic for new findings, and the alarms: one for a run that fails, and
    one where none came.
    """

    topic_arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: AuditScheduleArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("bucketwright:index:AuditSchedule", name, {}, opts)
        parts = AuditParts(Workshop(self, name), args)
        topic = _topic(parts)
        _alarms(parts, topic)
        _schedule(parts, _target(parts))
        self.topic_arn = topic
        self.register_outputs({"topic_arn": topic})


def _topic(parts: AuditParts) -> pulumi.Output[str]:
    """Under a key of its own: alarms publish to no topic under the key that AWS has for all."""
    names = parts.names
    about = {
        "description": f"Encrypts the topic {names.of('topic')}",
        "policy": audit_policies.key_policy(names),
        "enable_key_rotation": True,
        "deletion_window_in_days": _KEY_WAITS,
    }
    key = cast("pulumi_aws.kms.Key", parts.make("aws:kms/key:Key", "topic", about))
    parts.make("aws:kms/alias:Alias", "topic", {"name": names.alias, "target_key_id": key.id})
    told = {"name": names.of("topic"), "kms_master_key_id": key.arn}
    topic = arn_of(parts.make("aws:sns/topic:Topic", "topic", told))
    policy = {"arn": topic, "policy": audit_policies.topic_policy(names)}
    parts.make("aws:sns/topicPolicy:TopicPolicy", "topic", policy)
    return topic


def _alarms(parts: AuditParts, topic: pulumi.Output[str]) -> None:
    """A run ends with a line in the log that says how."""
    names, hours = parts.names, parts.args["overdue_hours"]
    logs = {"name": names.log_group, "retention_in_days": parts.args.get("keep_logs", 90)}
    log = parts.make("aws:cloudwatch/logGroup:LogGroup", "log", logs)
    counted = (("ended", '{ $.scheduled_audit = "*" }'), ("failed", '{ $.scheduled_audit = "failed" }'))
    for metric, pattern in counted:
        counting = {"name": metric, "namespace": _namespace(parts), "value": "1"}
        told = {"name": names.of(metric), "log_group_name": names.log_group, "pattern": pattern}
        parts.make(_FILTER, metric, {**told, "metric_transformation": counting}, [log])
    failed = {
        "alarm_description": "An audit failed: its last lines in the log say why",
        "comparison_operator": "GreaterThanOrEqualToThreshold",
        "period": _AT_ONCE,
        "evaluation_periods": 1,
        "treat_missing_data": "notBreaching",
    }
    overdue = {
        "alarm_description": f"No audit ended for {hours} h: look at the schedule and its dead letters",
        "comparison_operator": "LessThanThreshold",
        "period": _HOUR,
        "evaluation_periods": hours,
        "treat_missing_data": "breaching",
    }
    for part, metric, when in (("failed", "failed", failed), ("overdue", "ended", overdue)):
        parts.make(_ALARM, part, {**_alarm(parts, part, metric, topic), **when}, [log])


def _alarm(parts: AuditParts, part: str, metric: str, topic: pulumi.Output[str]) -> Mapping[str, object]:
    return {
        "name": parts.names.of(part),
        "namespace": _namespace(parts),
        "metric_name": metric,
        "statistic": "Sum",
        "threshold": 1,
        "alarm_actions": [topic],
    }


def _namespace(parts: AuditParts) -> str:
    return f"bucketwright/{parts.names.stem}"


def _target(parts: AuditParts) -> Target:
    """What looks can change nothing: the run takes on a role for it that only reads."""
    names, path, is_task = parts.names, parts.path, parts.args["run_on"] == "ecs"
    trust = audit_policies.trusting_tasks(names) if is_task else audit_policies.trusting_functions()
    own = [audit_policies.looking(names, path), audit_policies.telling(names)]
    own += [audit_policies.telling_encrypted(names)]
    own += [] if is_task else [audit_policies.logging(names)]
    runner = parts.role("runner", trust, [*parts.args["reporting"], audit_policies.document(*own)])
    looks = audit_policies.trusting_runner(names, path)
    parts.role("reader", looks, parts.args["reading"], [runner])
    return (
        audit_task(parts, runner) if is_task else audit_function(parts, runner, parts.shop.made["LogGroup"])
    )


def _schedule(parts: AuditParts, target: Target) -> None:
    names = parts.names
    kept = {"message_retention_seconds": _RETENTION, "sqs_managed_sse_enabled": True}
    dead = cast(
        "pulumi_aws.sqs.Queue", parts.make("aws:sqs/queue:Queue", "dead", {**kept, "name": names.of("dead")})
    )
    closed = {"queue_url": dead.id, "policy": audit_policies.queue_policy(names)}
    parts.make("aws:sqs/queuePolicy:QueuePolicy", "dead", closed)
    may = audit_policies.document(*target.needs, audit_policies.giving_up(names))
    role = parts.role("scheduler", audit_policies.trusting_schedule(names), [may])
    called = {"name": names.of("schedule")}
    group = parts.make("aws:scheduler/scheduleGroup:ScheduleGroup", "schedule", called)
    call = {
        "arn": target.arn,
        "role_arn": role.arn,
        "retry_policy": {"maximum_retry_attempts": _ATTEMPTS, "maximum_event_age_in_seconds": _PATIENCE},
        "dead_letter_config": {"arn": dead.arn},
    }
    told = {
        **called,
        "group_name": names.of("schedule"),
        "schedule_expression": parts.args["at"],
        "schedule_expression_timezone": parts.args.get("time_zone", "UTC"),
        "flexible_time_window": {"mode": "OFF"},
        "target": {**call, **target.told},
    }
    parts.make("aws:scheduler/schedule:Schedule", "schedule", told, [group, *parts.may()])
