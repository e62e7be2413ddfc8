"""What does Pulumi call the resources that settings belong to?"""

from typing import Final

ACCESS_POINT: Final = "aws:s3/accessPoint:AccessPoint"
ALARM: Final = "aws:cloudwatch/metricAlarm:MetricAlarm"
ALIAS: Final = "aws:kms/alias:Alias"
ANALYZER: Final = "aws:accessanalyzer/analyzer:Analyzer"
BUCKET: Final = "aws:s3/bucket:Bucket"
DIRECTORY_BUCKET: Final = "aws:s3/directoryBucket:DirectoryBucket"
DISTRIBUTION: Final = "aws:cloudfront/distribution:Distribution"
FUNCTION: Final = "aws:lambda/function:Function"
KEY: Final = "aws:kms/key:Key"
LOG_GROUP: Final = "aws:cloudwatch/logGroup:LogGroup"
METRIC_FILTER: Final = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
QUEUE: Final = "aws:sqs/queue:Queue"
ROLE: Final = "aws:iam/role:Role"
TOPIC: Final = "aws:sns/topic:Topic"
TRAIL: Final = "aws:cloudtrail/trail:Trail"
