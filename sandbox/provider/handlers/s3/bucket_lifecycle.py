"""Lifecycle rules of a bucket, and the least size that S3 moves between storage classes."""

from collections.abc import Mapping
from typing import Final

from sandbox.provider.bucket_setting import BucketSetting


def _with_filters(inputs: Mapping[str, object]) -> Mapping[str, object]:
    """S3 wants a filter in every rule; an empty one stands for every object."""
    rules = inputs.get("rules")
    if not isinstance(rules, list | tuple):
        return inputs
    return {**inputs, "rules": [rule if "prefix" in rule else {"filter": {}, **rule} for rule in rules]}


HANDLER: Final = BucketSetting(
    type="aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    put="put_bucket_lifecycle_configuration",
    get="get_bucket_lifecycle_configuration",
    delete_call="delete_bucket_lifecycle",
    payload="LifecycleConfiguration",
    absent="NoSuchLifecycleConfiguration",
    defaults={
        "rules": {"expiration": {"expiredObjectDeleteMarker": False}},
        "transitionDefaultMinimumObjectSize": "all_storage_classes_128K",
    },
    completed=_with_filters,
    refuses=frozenset({"expectedBucketOwner", "timeouts"}),
)
