"""Queues, topics and rules of EventBridge."""

import json

from tests.sandbox.provider.examples import Example, policy

DEAD = "arn:aws:sqs:us-west-2:{account}:events"
PATTERN = {"source": ["aws.s3"], "detail-type": ["Object Created"]}

EXAMPLES = (
    Example(
        "aws:sqs/queue:Queue",
        (
            {
                "name": "incoming",
                "visibilityTimeoutSeconds": 60,
                "messageRetentionSeconds": 1_209_600,
                "maxMessageSize": 2048,
                "sqsManagedSseEnabled": True,
                "redrivePolicy": json.dumps({"deadLetterTargetArn": DEAD, "maxReceiveCount": 3}),
                "policy": policy("sqs:SendMessage"),
                "tags": {"a": "b"},
            },
            {
                "name": "incoming",
                "kmsMasterKeyId": "alias/files",
                "kmsDataKeyReusePeriodSeconds": 600,
                "delaySeconds": 5,
                "receiveWaitTimeSeconds": 20,
                "tags": {"c": "d"},
            },
            {"name": "incoming"},
        ),
    ),
    Example(
        "aws:sqs/queue:Queue",
        (
            {
                "name": "incoming.fifo",
                "fifoQueue": True,
                "contentBasedDeduplication": True,
                "deduplicationScope": "messageGroup",
                "fifoThroughputLimit": "perMessageGroupId",
            },
            {"name": "incoming.fifo", "fifoQueue": True},
        ),
        about="in order",
    ),
    Example(
        "aws:sqs/queuePolicy:QueuePolicy",
        (
            {"queueUrl": "{queue_url}", "policy": policy("sqs:SendMessage")},
            {"queueUrl": "{queue_url}", "policy": json.loads(policy("sqs:*"))},
        ),
    ),
    Example(
        "aws:sns/topic:Topic",
        (
            {
                "name": "told",
                "displayName": "Told",
                "kmsMasterKeyId": "alias/aws/sns",
                "policy": policy("sns:Publish"),
                "tags": {"a": "b"},
            },
            {"name": "told", "tags": {"c": "d"}},
        ),
    ),
    Example(
        "aws:sns/topic:Topic",
        (
            {"name": "told.fifo", "fifoTopic": True, "contentBasedDeduplication": True},
            {"name": "told.fifo", "fifoTopic": True},
        ),
        about="in order",
    ),
    Example(
        "aws:cloudwatch/eventRule:EventRule",
        (
            {
                "name": "incoming",
                "description": "uploads",
                "eventPattern": json.dumps(PATTERN, indent=2),
                "eventBusName": "default",
                "roleArn": "arn:aws:iam::{account}:role/{role}",
                "state": "ENABLED",
                "forceDestroy": True,
                "tags": {"a": "b"},
            },
            {
                "name": "incoming",
                "eventPattern": json.dumps(PATTERN),
                "eventBusName": "default",
                "state": "DISABLED",
                "tags": {"c": "d"},
            },
        ),
    ),
    Example(
        "aws:cloudwatch/eventRule:EventRule",
        ({"name": "elsewhere", "eventBusName": "{bus}", "eventPattern": json.dumps(PATTERN)},),
        about="of another bus",
    ),
    Example(
        "aws:cloudwatch/eventRule:EventRule",
        ({"name": "nightly", "scheduleExpression": "rate(1 day)"},),
        about="by the clock",
    ),
    Example(
        "aws:cloudwatch/eventTarget:EventTarget",
        (
            {
                "rule": "{rule}",
                "targetId": "queue",
                "arn": DEAD,
                "eventBusName": "default",
                "roleArn": "arn:aws:iam::{account}:role/{role}",
                "deadLetterConfig": {"arn": DEAD},
                "retryPolicy": {"maximumRetryAttempts": 3, "maximumEventAgeInSeconds": 60},
                "inputTransformer": {"inputPaths": {"key": "$.detail"}, "inputTemplate": "<key>"},
            },
            {
                "rule": "{rule}",
                "targetId": "queue",
                "arn": DEAD,
                "eventBusName": "default",
                "sqsTarget": {"messageGroupId": "one"},
                "input": "{}",
            },
            {
                "rule": "{rule}",
                "targetId": "queue",
                "arn": DEAD,
                "eventBusName": "default",
                "inputPath": "$.detail",
            },
        ),
    ),
)
