"""Answers about a bucket's lists, logs, copies and lives, as S3 gives them."""

from collections.abc import Mapping
from typing import Final

from bucketwright.facets.reading import LiveFacet

Values = Mapping[str, object]
Facet = LiveFacet[object]
ARN: Final = "arn:aws:sqs:eu-west-1:111122223333:arrivals"
RULE: Final = {"ID": "a", "Status": "Enabled", "Filter": {}, "Expiration": {"Days": 7}}
SIZE: Final = {"TransitionDefaultMinimumObjectSize": "all_storage_classes_128K"}
LIST: Final = {
    "Id": "objects",
    "IsEnabled": True,
    "IncludedObjectVersions": "All",
    "Schedule": {"Frequency": "Daily"},
    "Destination": {"S3BucketDestination": {"Bucket": "arn:aws:s3:::bucket/logs", "Format": "CSV"}},
}
TO: Final = {"Bucket": "arn:aws:s3:::bucket/copies"}
COPY: Final = {"ID": "a", "Priority": 1, "Status": "Enabled", "Filter": {"Prefix": "x/"}, "Destination": TO}
TIERS: Final = {"Id": "old", "Status": "Enabled", "Tierings": [{"AccessTier": "ARCHIVE_ACCESS", "Days": 90}]}
TABLES: Final = {"JournalTableConfigurationResult": {"TableStatus": "ACTIVE"}}


def lives(*rules: Values, **more: object) -> Values:
    return {"Rules": list(rules), **SIZE, **more}


def logs(**more: object) -> Values:
    return {"LoggingEnabled": {"TargetBucket": "name-of-bucket-logs", "TargetPrefix": "files/", **more}}


def hears(**more: object) -> Values:
    return {"QueueConfigurations": [{"Id": "q", "QueueArn": ARN, "Events": ["s3:ObjectCreated:*"], **more}]}


def narrowed(*rules: tuple[str, str]) -> Values:
    return hears(Filter={"Key": {"FilterRules": [{"Name": name, "Value": text} for name, text in rules]}})


def lists(**more: object) -> Values:
    return {"IsTruncated": False, "InventoryConfigurationList": [{**LIST, **more}]}


def encrypted(**how: object) -> Values:
    to = {"Bucket": "arn:aws:s3:::bucket/logs", "Format": "CSV", "Encryption": how}
    return lists(Destination={"S3BucketDestination": to})


def copies(*, without: str = "", **more: object) -> Values:
    rule = {name: part for name, part in {**COPY, **more}.items() if name != without}
    role = "arn:aws:iam:::role/files/replication"
    return {"ReplicationConfiguration": {"Role": role, "Rules": [rule]}}


def tiers(**more: object) -> Values:
    return {"IsTruncated": False, "IntelligentTieringConfigurationList": [{**TIERS, **more}]}


def tables(**more: object) -> Values:
    inner = {"MetadataConfigurationResult": {**TABLES, **more}}
    return {"GetBucketMetadataConfigurationResult": inner}
