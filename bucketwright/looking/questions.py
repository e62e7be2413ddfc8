"""What is asked to find things, and what has the caller to be let do for that?"""

from collections.abc import Mapping
from typing import Final

from bucketwright.facets.bucket.region import LOCATION
from bucketwright.facets.reading import Read
from bucketwright.facets.role_answers import ROLE_ITSELF

BUCKETS: Final = Read("s3", "ListBuckets", "s3:ListAllMyBuckets")
HEAD: Final = Read("s3", "HeadBucket", "s3:ListBucket")
TAGGED: Final = Read("resourcegroupstaggingapi", "GetResources", "tag:GetResources")
KEY: Final = Read("kms", "DescribeKey", "kms:DescribeKey")
KEY_TAGS: Final = Read("kms", "ListResourceTags", "kms:ListResourceTags")
QUEUE: Final = Read("sqs", "GetQueueUrl", "sqs:GetQueueUrl")
FUNCTION: Final = Read("lambda", "GetFunctionConfiguration", "lambda:GetFunctionConfiguration")
ACCESS_POINTS: Final = Read("s3control", "ListAccessPoints", "s3:ListAccessPoints")
TRAILS: Final = Read("cloudtrail", "DescribeTrails", "cloudtrail:DescribeTrails")
DIRECTORY_BUCKETS: Final = Read("s3", "ListDirectoryBuckets", "s3express:ListAllMyDirectoryBuckets")
DISTRIBUTIONS: Final = Read("cloudfront", "ListDistributions", "cloudfront:ListDistributions")
DISTRIBUTION_TAGS: Final = Read("cloudfront", "ListTagsForResource", "cloudfront:ListTagsForResource")

TO_FIND: Final[Mapping[str, tuple[Read, ...]]] = {
    "access_point": (ACCESS_POINTS,),
    "bucket": (BUCKETS, HEAD, LOCATION),
    "directory_bucket": (DIRECTORY_BUCKETS,),
    "distribution": (DISTRIBUTIONS,),
    "function": (FUNCTION,),
    "key": (KEY,),
    "queue": (QUEUE,),
    "role": (ROLE_ITSELF,),
    "trail": (TRAILS,),
}
"""By kind; what is not here is known by its name alone."""
TO_KNOW_AGAIN: Final[Mapping[str, tuple[Read, ...]]] = {
    "bucket": (TAGGED,),
    "distribution": (DISTRIBUTION_TAGS,),
    "key": (KEY_TAGS,),
}
"""What a contract's audit asks besides: which of them are the contract's."""
