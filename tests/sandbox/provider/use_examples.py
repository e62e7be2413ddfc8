"""What S3 keeps of a bucket about its use: callers, logs, events, reports, cost."""

from tests.sandbox.provider.examples import Example

KEY = "arn:aws:kms:us-west-2:{account}:key/0f5d1ae1-c2b3-4d5e-8f90-123456789abc"

EXAMPLES = (
    Example(
        "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
        (
            {
                "bucket": "{bucket}",
                "corsRules": [
                    {
                        "id": "web",
                        "allowedHeaders": ["*"],
                        "allowedMethods": ["GET", "PUT"],
                        "allowedOrigins": ["https://app.example.com"],
                        "exposeHeaders": ["ETag"],
                        "maxAgeSeconds": 300,
                    }
                ],
            },
            {
                "bucket": "{bucket}",
                "corsRules": [
                    {
                        "allowedMethods": ["GET"],
                        "allowedOrigins": ["https://a.example.com", "https://b.example.com"],
                    }
                ],
            },
        ),
    ),
    Example(
        "aws:s3/bucketLogging:BucketLogging",
        (
            {
                "bucket": "{bucket}",
                "targetBucket": "{other}",
                "targetPrefix": "files/",
                "targetObjectKeyFormat": {"partitionedPrefix": {"partitionDateSource": "EventTime"}},
            },
            {
                "bucket": "{bucket}",
                "targetBucket": "{other}",
                "targetPrefix": "",
                "targetObjectKeyFormat": {"simplePrefix": {}},
            },
            {"bucket": "{bucket}", "targetBucket": "{other}", "targetPrefix": "files/"},
        ),
    ),
    Example(
        "aws:s3/bucketLogging:BucketLogging",
        (
            {
                "bucket": "{bucket}",
                "targetBucket": "{open}",
                "targetPrefix": "files/",
                "targetGrants": [
                    {
                        "grantee": {"type": "CanonicalUser", "id": "{canonical}"},
                        "permission": "READ",
                    }
                ],
            },
        ),
        about="with grants",
    ),
    Example(
        "aws:s3/bucketNotification:BucketNotification",
        (
            {
                "bucket": "{bucket}",
                "eventbridge": True,
                "queues": [
                    {
                        "id": "incoming",
                        "queueArn": "arn:aws:sqs:us-west-2:{account}:events",
                        "events": ["s3:ObjectCreated:*"],
                        "filterPrefix": "incoming/",
                        "filterSuffix": ".pdf",
                    }
                ],
            },
            {
                "bucket": "{bucket}",
                "topics": [
                    {"topicArn": "arn:aws:sns:us-west-2:{account}:events", "events": ["s3:ObjectRemoved:*"]}
                ],
                "lambdaFunctions": [
                    {
                        "lambdaFunctionArn": "arn:aws:lambda:us-west-2:{account}:function:scanner",
                        "events": ["s3:ObjectCreated:Put"],
                    }
                ],
            },
            {"bucket": "{bucket}", "eventbridge": True},
            {"bucket": "{bucket}"},
        ),
        left={"bucket": "{bucket}"},
    ),
    Example(
        "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration",
        (
            {
                "bucket": "{bucket}",
                "name": "cold",
                "filter": {"prefix": "cases/", "tags": {"kind": "export"}},
                "tierings": [
                    {"accessTier": "ARCHIVE_ACCESS", "days": 90},
                    {"accessTier": "DEEP_ARCHIVE_ACCESS", "days": 180},
                ],
            },
            {
                "bucket": "{bucket}",
                "name": "cold",
                "status": "Disabled",
                "filter": {"tags": {"kind": "export"}},
                "tierings": [{"accessTier": "ARCHIVE_ACCESS", "days": 120}],
            },
            {
                "bucket": "{bucket}",
                "name": "cold",
                "tierings": [{"accessTier": "ARCHIVE_ACCESS", "days": 120}],
            },
        ),
    ),
    Example(
        "aws:s3/inventory:Inventory",
        (
            {
                "bucket": "{bucket}",
                "name": "daily",
                "includedObjectVersions": "All",
                "schedule": {"frequency": "Daily"},
                "filter": {"prefix": "cases/"},
                "optionalFields": ["Size", "EncryptionStatus"],
                "destination": {
                    "bucket": {
                        "bucketArn": "arn:aws:s3:::{other}",
                        "accountId": "{account}",
                        "format": "Parquet",
                        "prefix": "inventory",
                        "encryption": {"sseKms": {"keyId": KEY}},
                    }
                },
            },
            {
                "bucket": "{bucket}",
                "name": "daily",
                "enabled": False,
                "includedObjectVersions": "Current",
                "schedule": {"frequency": "Weekly"},
                "destination": {
                    "bucket": {
                        "bucketArn": "arn:aws:s3:::{other}",
                        "format": "CSV",
                        "encryption": {"sseS3": {}},
                    }
                },
            },
        ),
    ),
    Example(
        "aws:s3/bucketMetric:BucketMetric",
        (
            {"bucket": "{bucket}", "name": "reads", "filter": {"prefix": "cases/"}},
            {"bucket": "{bucket}", "name": "reads"},
            {
                "bucket": "{bucket}",
                "name": "reads",
                "filter": {"prefix": "cases/", "tags": {"kind": "export"}},
            },
        ),
    ),
    Example(
        "aws:s3/bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration",
        ({"bucket": "{bucket}", "payer": "Requester"}, {"bucket": "{bucket}", "payer": "BucketOwner"}),
        left={"bucket": "{bucket}", "payer": "BucketOwner"},
    ),
    Example(
        "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration",
        ({"bucket": "{bucket}", "status": "Enabled"}, {"bucket": "{bucket}", "status": "Suspended"}),
        left={"bucket": "{bucket}", "status": "Suspended"},
    ),
    Example(
        "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
        (
            {
                "bucket": "{bucket}",
                "indexDocument": {"suffix": "index.html"},
                "errorDocument": {"key": "error.html"},
                "routingRules": [
                    {
                        "condition": {"keyPrefixEquals": "old/"},
                        "redirect": {"replaceKeyPrefixWith": "new/", "httpRedirectCode": "301"},
                    }
                ],
            },
            {
                "bucket": "{bucket}",
                "redirectAllRequestsTo": {"hostName": "example.com", "protocol": "https"},
            },
        ),
    ),
)
