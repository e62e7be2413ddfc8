"""Alarms, trails and permissions to call a function."""

from tests.sandbox.provider.examples import Example

KEY = "arn:aws:kms:us-west-2:{account}:key/0f5d1ae1-c2b3-4d5e-8f90-123456789abc"

EXAMPLES = (
    Example(
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        (
            {
                "name": "dead-letters-{number}",
                "alarmDescription": "somebody should look",
                "metricName": "ApproximateNumberOfMessagesVisible",
                "namespace": "AWS/SQS",
                "dimensions": {"QueueName": "events"},
                "statistic": "Maximum",
                "unit": "Count",
                "period": 300,
                "evaluationPeriods": 1,
                "datapointsToAlarm": 1,
                "threshold": 0,
                "comparisonOperator": "GreaterThanThreshold",
                "treatMissingData": "notBreaching",
                "alarmActions": ["arn:aws:sns:us-west-2:{account}:events"],
                "okActions": ["arn:aws:sns:us-west-2:{account}:events"],
                "insufficientDataActions": ["arn:aws:sns:us-west-2:{account}:events"],
                "tags": {"a": "b"},
            },
            {
                "name": "dead-letters-{number}",
                "actionsEnabled": False,
                "evaluationPeriods": 2,
                "threshold": 1.5,
                "comparisonOperator": "LessThanThreshold",
                "metricQueries": [
                    {
                        "id": "errors",
                        "metric": {
                            "namespace": "AWS/S3",
                            "metricName": "4xxErrors",
                            "dimensions": {"BucketName": "files"},
                            "period": 60,
                            "stat": "Sum",
                        },
                    },
                    {"id": "twice", "expression": "errors*2", "label": "twice", "returnData": True},
                ],
                "tags": {"c": "d"},
            },
        ),
    ),
    Example(
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        (
            {
                "name": "slow",
                "metricName": "FirstByteLatency",
                "namespace": "AWS/S3",
                "extendedStatistic": "p99",
                "period": 60,
                "evaluationPeriods": 1,
                "threshold": 200,
                "comparisonOperator": "GreaterThanThreshold",
            },
        ),
        about="of a percentile",
    ),
    Example(
        "aws:lambda/permission:Permission",
        (
            {
                "function": "called",
                "statementId": "s3",
                "action": "lambda:InvokeFunction",
                "principal": "s3.amazonaws.com",
                "sourceArn": "arn:aws:s3:::files",
                "sourceAccount": "{account}",
            },
        ),
    ),
    Example(
        "aws:lambda/permission:Permission",
        (
            {
                "function": "called",
                "statementId": "account",
                "action": "lambda:InvokeFunction",
                "principal": "{account}",
                "principalOrgId": "o-1234567890",
            },
        ),
        about="of an account",
    ),
    Example(
        "aws:cloudtrail/trail:Trail",
        (
            {
                "name": "data-{number}",
                "s3BucketName": "{other}",
                "s3KeyPrefix": "trail",
                "isMultiRegionTrail": True,
                "isOrganizationTrail": False,
                "enableLogFileValidation": True,
                "kmsKeyId": KEY,
                "cloudWatchLogsGroupArn": "arn:aws:logs:us-west-2:{account}:log-group:trail:*",
                "cloudWatchLogsRoleArn": "arn:aws:iam::{account}:role/{role}",
                "snsTopicName": "events",
                "tags": {"a": "b"},
                "advancedEventSelectors": [
                    {
                        "name": "objects",
                        "fieldSelectors": [
                            {"field": "eventCategory", "equals": ["Data"]},
                            {"field": "resources.ARN", "startsWiths": ["arn:aws:s3:::files/"]},
                        ],
                    }
                ],
            },
            {
                "name": "data-{number}",
                "s3BucketName": "{other}",
                "enableLogging": False,
                "includeGlobalServiceEvents": False,
                "eventSelectors": [
                    {
                        "readWriteType": "WriteOnly",
                        "dataResources": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3:::files/"]}],
                    }
                ],
            },
            {"name": "data-{number}", "s3BucketName": "{other}", "tags": {"c": "d"}},
        ),
    ),
)
