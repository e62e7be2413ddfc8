"""Object Lock of a bucket. It stays for ever: deleting the resource takes away the default retention only."""

from typing import Final

from sandbox.provider.bucket_setting import BucketSetting

HANDLER: Final = BucketSetting(
    type="aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    put="put_object_lock_configuration",
    get="get_object_lock_configuration",
    payload="ObjectLockConfiguration",
    absent="ObjectLockConfigurationNotFoundError",
    off={"ObjectLockEnabled": "Enabled"},
    always={"objectLockEnabled": "Enabled"},
    defaults={"rule": {"defaultRetention": {"days": 0, "years": 0}}},
    refuses=frozenset({"expectedBucketOwner", "token"}),
)
