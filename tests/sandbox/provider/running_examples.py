"""What runs by itself: schedules, tasks, functions, and what is counted in their logs."""

import json

from tests.sandbox.provider.examples import Example, policy

IMAGE = "{account}.dkr.ecr.us-west-2.amazonaws.com/audits@sha256:" + "a" * 64
OTHER_IMAGE = "{account}.dkr.ecr.us-west-2.amazonaws.com/audits@sha256:" + "b" * 64
CONTAINERS = json.dumps([{"name": "audit", "image": "audits", "essential": True, "cpu": 0}], indent=1)
TOPIC = "arn:aws:sns:us-west-2:{account}:alarms"
PUBLISHING = {"Principal": {"Service": "cloudwatch.amazonaws.com"}}
FLEXIBLE = {"mode": "FLEXIBLE", "maximumWindowInMinutes": 5}
TASK = {
    "arn": "arn:aws:ecs:us-west-2:{account}:cluster/audits",
    "roleArn": "arn:aws:iam::{account}:role/ground",
    "deadLetterConfig": {"arn": "arn:aws:sqs:us-west-2:{account}:bare"},
    "retryPolicy": {"maximumEventAgeInSeconds": 3600, "maximumRetryAttempts": 3},
    "ecsParameters": {
        "taskDefinitionArn": "arn:aws:ecs:us-west-2:{account}:task-definition/audits:1",
        "launchType": "FARGATE",
        "networkConfiguration": {
            "assignPublicIp": True,
            "securityGroups": ["sg-0123456789abcdef0"],
            "subnets": ["subnet-0123456789abcdef0"],
        },
    },
}
CALL = {
    "arn": "arn:aws:lambda:us-west-2:{account}:function:called",
    "roleArn": "arn:aws:iam::{account}:role/ground",
}

EXAMPLES = (
    Example(
        "aws:sns/topicPolicy:TopicPolicy",
        (
            {"arn": TOPIC, "policy": policy("sns:Publish", TOPIC, **PUBLISHING)},
            {"arn": TOPIC, "policy": policy("sns:Publish", "*", **PUBLISHING)},
        ),
    ),
    Example(
        "aws:cloudwatch/logGroup:LogGroup",
        (
            {"name": "/audits/{number}", "retentionInDays": 90, "tags": {"a": "b"}},
            {"name": "/audits/{number}", "retentionInDays": 30, "tags": {"c": "d"}},
            {"name": "/audits/{number}", "tags": {"c": "d"}},
        ),
    ),
    Example(
        "aws:cloudwatch/logMetricFilter:LogMetricFilter",
        (
            {
                "name": "ended-{number}",
                "logGroupName": "ground",
                "pattern": '{ $.ended = "*" }',
                "metricTransformation": {"name": "ended", "namespace": "audits", "value": "1"},
            },
            {
                "name": "ended-{number}",
                "logGroupName": "ground",
                "pattern": "failed",
                "metricTransformation": {
                    "name": "failed",
                    "namespace": "audits",
                    "value": "2",
                    "unit": "Count",
                },
            },
        ),
    ),
    Example(
        "aws:scheduler/scheduleGroup:ScheduleGroup",
        ({"name": "audits-{number}", "tags": {"a": "b"}}, {"name": "audits-{number}", "tags": {"c": "d"}}),
    ),
    Example(
        "aws:scheduler/schedule:Schedule",
        (
            {
                "name": "audits-{number}",
                "groupName": "ground",
                "scheduleExpression": "rate(1 hour)",
                "flexibleTimeWindow": {"mode": "OFF"},
                "target": TASK,
            },
            {
                "name": "audits-{number}",
                "groupName": "ground",
                "description": "every morning",
                "scheduleExpression": "cron(0 6 * * ? *)",
                "scheduleExpressionTimezone": "Europe/Berlin",
                "flexibleTimeWindow": FLEXIBLE,
                "state": "DISABLED",
                "target": CALL,
            },
        ),
    ),
    Example(
        "aws:ecs/cluster:Cluster",
        ({"name": "audits-{number}", "tags": {"a": "b"}}, {"name": "audits-{number}", "tags": {"c": "d"}}),
    ),
    Example(
        "aws:ecs/taskDefinition:TaskDefinition",
        tuple(
            {
                "family": "audits-{number}",
                "cpu": "512",
                "memory": "1024",
                "networkMode": "awsvpc",
                "requiresCompatibilities": ["FARGATE"],
                "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
                "executionRoleArn": "arn:aws:iam::{account}:role/ground",
                "taskRoleArn": "arn:aws:iam::{account}:role/ground",
                "containerDefinitions": CONTAINERS,
                "volumes": [{"name": "scratch"}],
                "tags": tags,
            }
            for tags in ({"a": "b"}, {"c": "d"})
        ),
    ),
    Example(
        "aws:lambda/function:Function",
        (
            {
                "name": "audits-{number}",
                "packageType": "Image",
                "imageUri": IMAGE,
                "imageConfig": {
                    "entryPoints": ["python", "-m", "awslambdaric"],
                    "commands": ["main.handle"],
                },
                "architectures": ["arm64"],
                "role": "arn:aws:iam::{account}:role/ground",
                "timeout": 900,
                "memorySize": 1769,
                "environment": {"variables": {"TMPDIR": "/scratch"}},
                "loggingConfig": {"logFormat": "Text", "logGroup": "ground"},
                "description": "looks",
                "tags": {"a": "b"},
            },
            {
                "name": "audits-{number}",
                "packageType": "Image",
                "imageUri": OTHER_IMAGE,
                "imageConfig": {
                    "entryPoints": ["python", "-m", "awslambdaric"],
                    "commands": ["main.handle"],
                },
                "architectures": ["arm64"],
                "role": "arn:aws:iam::{account}:role/ground",
                "timeout": 60,
                "environment": {"variables": {"TMPDIR": "/other"}},
                "tags": {"c": "d"},
            },
        ),
    ),
    Example(
        "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
        (
            {"functionName": "called", "maximumRetryAttempts": 0, "maximumEventAgeInSeconds": 3600},
            {"functionName": "called", "maximumRetryAttempts": 1, "maximumEventAgeInSeconds": 60},
        ),
    ),
)
