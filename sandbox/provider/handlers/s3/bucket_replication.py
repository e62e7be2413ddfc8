"""Replication of a bucket into others."""

from typing import Final

from sandbox.provider.bucket_setting import BucketSetting
from sandbox.provider.retelling import COMPUTED

HANDLER: Final = BucketSetting(
    type="aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    put="put_bucket_replication",
    get="get_bucket_replication",
    delete_call="delete_bucket_replication",
    payload="ReplicationConfiguration",
    absent="ReplicationConfigurationNotFoundError",
    defaults={"rules": {"id": COMPUTED, "priority": COMPUTED}},
    refuses=frozenset({"token"}),
)
