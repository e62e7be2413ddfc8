"""What does a distribution read of the bucket behind it?"""

from collections.abc import Iterator
from dataclasses import replace

from bucketwright.contract.access.statement import Statement, allow
from bucketwright.contract.model import Environment
from bucketwright.contract.placement import Place, bucket_arn, places


def delivered(environment: Environment, bucket_id: str) -> tuple[Place, ...]:
    """The prefixes of a bucket that a distribution hands out."""
    return tuple(
        place for place in places(environment, bucket_id) if place.prefix.delivery.via == "cloudfront"
    )


def distribution_arn(environment: Environment, bucket_id: str) -> str:
    """Stands in documents for the ARN of a bucket's distribution, which only CloudFront can give.

    No id of CloudFront has braces, so it is never taken for a real one; and it is one fixed value, as the
    real one will be, so documents are judged now as they will be then.
    """
    account = environment.account or "000000000000"
    return f"arn:{environment.partition}:cloudfront::{account}:distribution/{{{bucket_id}}}"


def distribution_reads(environment: Environment, bucket_id: str) -> Iterator[Statement]:
    """What lets the one distribution read, and no other distribution of the account."""
    keys = [
        f"{bucket_arn(environment, bucket_id)}/{place.key_pattern}"
        for place in delivered(environment, bucket_id)
    ]
    if keys:
        tie = {"StringEquals": {"aws:SourceArn": (distribution_arn(environment, bucket_id),)}}
        reads = allow("CloudFront", ("s3:GetObject",), keys, tie)
        yield replace(reads, principal={"Service": ("cloudfront.amazonaws.com",)})
