"""Buckets, their access and what stands beside them."""

import json

from tests.sandbox.provider.examples import Example, policy

ROOT = "arn:aws:iam::{account}:root"
CLOSED = {
    "blockPublicAcls": True,
    "blockPublicPolicy": True,
    "ignorePublicAcls": True,
    "restrictPublicBuckets": True,
}
TLS = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": ["arn:aws:s3:::{bucket}", "arn:aws:s3:::{bucket}/*"],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
    ],
}
LOGGERS = "http://acs.amazonaws.com/groups/s3/LogDelivery"
GRANTS = {
    "owner": {"id": "{canonical}"},
    "grants": [
        {"grantee": {"id": "{canonical}", "type": "CanonicalUser"}, "permission": "FULL_CONTROL"},
        {"grantee": {"uri": LOGGERS, "type": "Group"}, "permission": "READ_ACP"},
    ],
}

EXAMPLES = (
    Example(
        "aws:s3/bucket:Bucket",
        (
            {
                "bucket": "ground-new-{number}",
                "tags": {"bucketwright:address": "bucket:files"},
                "forceDestroy": True,
            },
            {"bucket": "ground-new-{number}", "tags": {"a": "b", "c": "d"}},
            {"bucket": "ground-new-{number}"},
        ),
    ),
    Example(
        "aws:s3/bucket:Bucket",
        (
            {
                "bucket": "ground-new-{number}-{account}-us-west-2-an",
                "bucketNamespace": "account-regional",
                "objectLockEnabled": True,
            },
        ),
        about="of its account, locked",
    ),
    Example(
        "aws:s3/bucketVersioning:BucketVersioning",
        (
            {"bucket": "{bucket}", "versioningConfiguration": {"status": "Enabled"}},
            {
                "bucket": "{bucket}",
                "versioningConfiguration": {"status": "Suspended", "mfaDelete": "Disabled"},
            },
        ),
        left={
            "bucket": "{bucket}",
            "versioningConfiguration": {"status": "Suspended", "mfaDelete": "Disabled"},
        },
    ),
    Example(
        "aws:s3/bucketVersioning:BucketVersioning",
        ({"bucket": "{bucket}", "versioningConfiguration": {"status": "Disabled"}},),
        left={"bucket": "{bucket}", "versioningConfiguration": {"status": "Disabled"}},
        about="never asked for",
    ),
    Example(
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        (
            {"bucket": "{bucket}", **CLOSED},
            {"bucket": "{bucket}", "blockPublicAcls": True, "blockPublicPolicy": False},
        ),
    ),
    Example(
        "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
        (
            {"accountId": "{account}", **CLOSED},
            {"accountId": "{account}", "blockPublicAcls": True, "blockPublicPolicy": False},
        ),
    ),
    Example("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", (CLOSED,), about="of the caller"),
    Example(
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        (
            {"bucket": "{bucket}", "rule": {"objectOwnership": "BucketOwnerPreferred"}},
            {"bucket": "{bucket}", "rule": {"objectOwnership": "BucketOwnerEnforced"}},
        ),
    ),
    Example(
        "aws:s3/bucketAcl:BucketAcl",
        (
            {"bucket": "{open}", "acl": "private"},
            {"bucket": "{open}", "acl": "log-delivery-write"},
            {"bucket": "{open}", "accessControlPolicy": GRANTS},
        ),
        left={"bucket": "{open}", "accessControlPolicy": GRANTS},
    ),
    Example(
        "aws:s3/bucketPolicy:BucketPolicy",
        (
            {"bucket": "{bucket}", "policy": json.dumps(TLS, indent=4)},
            {"bucket": "{bucket}", "policy": TLS},
            {
                "bucket": "{bucket}",
                "policy": policy("s3:GetObject", "arn:aws:s3:::{bucket}/*", Principal={"AWS": ROOT}),
            },
        ),
    ),
    Example(
        "aws:s3/bucketAbac:BucketAbac",
        (
            {"bucket": "{bucket}", "abacStatus": {"status": "Enabled"}},
            {"bucket": "{bucket}", "abacStatus": {"status": "Disabled"}},
        ),
        left={"bucket": "{bucket}", "abacStatus": {"status": "Disabled"}},
    ),
    Example(
        "aws:s3/accessPoint:AccessPoint",
        ({"name": "bare-{number}", "bucket": "{bucket}"},),
        about="of nothing but a bucket",
    ),
    Example(
        "aws:s3/accessPoint:AccessPoint",
        (
            {
                "name": "reports-{number}",
                "bucket": "{bucket}",
                "accountId": "{account}",
                "bucketAccountId": "{account}",
                "publicAccessBlockConfiguration": CLOSED,
                "vpcConfiguration": {"vpcId": "vpc-12345678"},
                "tags": {"a": "b"},
                "policy": policy(
                    "s3:GetObject",
                    "arn:aws:s3:us-west-2:{account}:accesspoint/reports-{number}/object/*",
                    Principal={"AWS": ROOT},
                ),
            },
            {
                "name": "reports-{number}",
                "bucket": "{bucket}",
                "accountId": "{account}",
                "bucketAccountId": "{account}",
                "publicAccessBlockConfiguration": CLOSED,
                "vpcConfiguration": {"vpcId": "vpc-12345678"},
                "tags": {"c": "d"},
            },
        ),
    ),
)
