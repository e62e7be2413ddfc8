"""What S3 keeps of a bucket about its objects: how long, how encrypted, how copied."""

from tests.sandbox.provider.examples import Example

KEY = "arn:aws:kms:us-west-2:{account}:key/0f5d1ae1-c2b3-4d5e-8f90-123456789abc"
TEMPORARY = {
    "id": "temporary",
    "status": "Enabled",
    "filter": {"prefix": "tmp/"},
    "expiration": {"days": 7},
    "abortIncompleteMultipartUpload": {"daysAfterInitiation": 2},
}
LARGE = {"objectSizeGreaterThan": 100, "objectSizeLessThan": 1000}
ARCHIVED = {
    "id": "archived",
    "status": "Enabled",
    "filter": {"and": {"prefix": "cases/", "tags": {"kind": "export", "tier": "cold"}, **LARGE}},
    "transitions": [{"days": 90, "storageClass": "GLACIER"}, {"days": 200, "storageClass": "DEEP_ARCHIVE"}],
}
VERSIONS = {
    "id": "versions",
    "status": "Disabled",
    "filter": {},
    "noncurrentVersionExpiration": {"noncurrentDays": 3, "newerNoncurrentVersions": 2},
    "expiration": {"expiredObjectDeleteMarker": True},
}
TAGGED = {
    "id": "tagged",
    "status": "Enabled",
    "filter": {"tag": {"key": "kind", "value": "export"}},
    "expiration": {"date": "2031-01-01T00:00:00Z"},
    "noncurrentVersionTransitions": [
        {"noncurrentDays": 30, "storageClass": "STANDARD_IA", "newerNoncurrentVersions": 1}
    ],
}
REPLICA = {
    "bucket": "arn:aws:s3:::{other}",
    "account": "{account}",
    "storageClass": "STANDARD_IA",
    "accessControlTranslation": {"owner": "Destination"},
    "encryptionConfiguration": {"replicaKmsKeyId": KEY},
    "metrics": {"status": "Enabled", "eventThreshold": {"minutes": 15}},
    "replicationTime": {"status": "Enabled", "time": {"minutes": 15}},
}

EXAMPLES = (
    Example(
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        (
            {"bucket": "{bucket}", "rules": [TEMPORARY, ARCHIVED, VERSIONS]},
            {
                "bucket": "{bucket}",
                "transitionDefaultMinimumObjectSize": "varies_by_storage_class",
                "rules": [
                    TAGGED,
                    {"id": "all", "status": "Enabled", "expiration": {"days": 365}},
                    {
                        "id": "old",
                        "status": "Enabled",
                        "filter": {"objectSizeLessThan": 500},
                        "expiration": {"days": 1},
                    },
                ],
            },
            {"bucket": "{bucket}", "rules": [TEMPORARY]},
        ),
    ),
    Example(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        (
            {
                "bucket": "{bucket}",
                "rules": [
                    {
                        "applyServerSideEncryptionByDefault": {
                            "sseAlgorithm": "aws:kms",
                            "kmsMasterKeyId": KEY,
                        },
                        "bucketKeyEnabled": True,
                        "blockedEncryptionTypes": ["SSE-C"],
                    }
                ],
            },
            {
                "bucket": "{bucket}",
                "rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}],
            },
        ),
        left={
            "bucket": "{bucket}",
            "rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}],
        },
    ),
    Example(
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        (
            {
                "bucket": "{locked}",
                "objectLockEnabled": "Enabled",
                "rule": {"defaultRetention": {"mode": "GOVERNANCE", "days": 3}},
            },
            {"bucket": "{locked}", "rule": {"defaultRetention": {"mode": "COMPLIANCE", "years": 1}}},
        ),
        left={"bucket": "{locked}"},
    ),
    Example(
        "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
        (
            {
                "bucket": "{locked}",
                "role": "arn:aws:iam::{account}:role/replicator",
                "rules": [
                    {
                        "id": "cases",
                        "status": "Enabled",
                        "priority": 1,
                        "filter": {"prefix": "cases/"},
                        "deleteMarkerReplication": {"status": "Enabled"},
                        "existingObjectReplication": {"status": "Enabled"},
                        "sourceSelectionCriteria": {
                            "sseKmsEncryptedObjects": {"status": "Enabled"},
                            "replicaModifications": {"status": "Enabled"},
                        },
                        "destination": REPLICA,
                    }
                ],
            },
            {
                "bucket": "{locked}",
                "role": "arn:aws:iam::{account}:role/replicator",
                "rules": [
                    {
                        "status": "Enabled",
                        "priority": 2,
                        "filter": {"and": {"prefix": "cases/", "tags": {"kind": "export"}}},
                        "deleteMarkerReplication": {"status": "Disabled"},
                        "destination": {"bucket": "arn:aws:s3:::{other}"},
                    }
                ],
            },
        ),
    ),
)
