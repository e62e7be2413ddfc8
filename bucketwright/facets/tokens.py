"""What does Pulumi call the resources that settings belong to?"""

from typing import Final

ACCESS_POINT: Final = "aws:s3/accessPoint:AccessPoint"
ALIAS: Final = "aws:kms/alias:Alias"
BUCKET: Final = "aws:s3/bucket:Bucket"
DISTRIBUTION: Final = "aws:cloudfront/distribution:Distribution"
KEY: Final = "aws:kms/key:Key"
QUEUE: Final = "aws:sqs/queue:Queue"
ROLE: Final = "aws:iam/role:Role"
TRAIL: Final = "aws:cloudtrail/trail:Trail"
