"""Request metrics of a part of a bucket."""

from typing import Final

from sandbox.provider.bucket_setting import BucketSetting
from sandbox.provider.conditions import CONDITIONS
from sandbox.provider.spelling import Spelling

HANDLER: Final = BucketSetting(
    type="aws:s3/bucketMetric:BucketMetric",
    put="put_bucket_metrics_configuration",
    get="get_bucket_metrics_configuration",
    delete_call="delete_bucket_metrics_configuration",
    payload="MetricsConfiguration",
    absent="NoSuchConfiguration",
    names="name",
    spelling=Spelling({"name": "Id"}, {"filter": CONDITIONS}),
)
