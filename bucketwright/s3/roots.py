"""What is the outermost element of an answer in XML called?

The SDK's own description of the services does not say it where the answer has no payload of its own.
"""

from typing import Final

from botocore.model import OperationModel

_S3: Final = {
    "CreateMultipartUpload": "InitiateMultipartUploadResult",
    "DeleteObjects": "DeleteResult",
    "GetBucketAccelerateConfiguration": "AccelerateConfiguration",
    "GetBucketAcl": "AccessControlPolicy",
    "GetBucketCors": "CORSConfiguration",
    "GetBucketLifecycle": "LifecycleConfiguration",
    "GetBucketLifecycleConfiguration": "LifecycleConfiguration",
    "GetBucketLocation": "LocationConstraint",
    "GetBucketLogging": "BucketLoggingStatus",
    "GetBucketNotification": "NotificationConfiguration",
    "GetBucketNotificationConfiguration": "NotificationConfiguration",
    "GetBucketRequestPayment": "RequestPaymentConfiguration",
    "GetBucketTagging": "Tagging",
    "GetBucketVersioning": "VersioningConfiguration",
    "GetBucketWebsite": "WebsiteConfiguration",
    "GetObjectAcl": "AccessControlPolicy",
    "GetObjectTagging": "Tagging",
    "ListBuckets": "ListAllMyBucketsResult",
    "ListDirectoryBuckets": "ListAllMyDirectoryBucketsResult",
    "ListBucketAnalyticsConfigurations": "ListBucketAnalyticsConfigurationResult",
    "ListBucketInventoryConfigurations": "ListInventoryConfigurationsResult",
    "ListBucketMetricsConfigurations": "ListMetricsConfigurationsResult",
    "ListObjectVersions": "ListVersionsResult",
    "ListObjects": "ListBucketResult",
    "ListObjectsV2": "ListBucketResult",
}
_ENDINGS: Final = ("Result", "Response", "Output")


def roots_of(model: OperationModel) -> frozenset[str]:
    """The names it may have; more than one where the service's papers do not settle it."""
    shape = model.output_shape
    payload = shape.serialization.get("payload")
    if payload is not None:
        member = shape.members[payload]
        return frozenset({member.serialization.get("name", payload), member.name})
    if model.service_model.service_name == "s3":
        return s3_roots(model.name)
    return _generic(model.name)


def s3_roots(operation: str) -> frozenset[str]:
    """The same of an operation of S3 whose answer has no payload of its own."""
    return _generic(operation) | ({_S3[operation]} if operation in _S3 else frozenset())


def _generic(operation: str) -> frozenset[str]:
    return frozenset(operation + ending for ending in _ENDINGS)
