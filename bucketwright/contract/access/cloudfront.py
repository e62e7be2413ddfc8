"""What does a distribution read of the bucket behind it?"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bucketwright.contract.access.crossings import shut_out_of_keys
from bucketwright.contract.access.statement import Statement, allow, deny
from bucketwright.contract.partitions import NO_ACCOUNT
from bucketwright.contract.placement import Place, bucket_arn, places

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment

SERVICE: Final = "cloudfront.amazonaws.com"


def delivered(environment: "Environment", bucket_id: str) -> tuple[Place, ...]:
    """The prefixes of a bucket that a distribution hands out."""
    return tuple(
        place for place in places(environment, bucket_id) if place.prefix.delivery.via == "cloudfront"
    )


def distribution_arn(environment: "Environment", bucket_id: str) -> str:
    """Stands in documents for the ARN of a bucket's distribution, which only CloudFront can give.

    No id of CloudFront has braces, so it is never taken for a real one; and it is one fixed value, as the
    real one will be, so documents are judged now as they will be then.
    """
    account = environment.account or NO_ACCOUNT
    return f"arn:{environment.partition}:cloudfront::{account}:distribution/{{{bucket_id}}}"


def distribution_reads(environment: "Environment", bucket_id: str) -> Iterator[Statement]:
    """What lets the one distribution read, no other of the account, and keeps it out of what it crosses."""
    own, arn = places(environment, bucket_id), bucket_arn(environment, bucket_id)
    handed_out = delivered(environment, bucket_id)
    tie = {"StringEquals": {"aws:SourceArn": (distribution_arn(environment, bucket_id),)}}
    kept_from = shut_out_of_keys(own, frozenset(place.prefix_id for place in handed_out))
    for sid, effect, some in (("CloudFront", allow, handed_out), ("CloudFrontKeepOut", deny, kept_from)):
        if some:
            one = effect(sid, ("s3:GetObject",), [f"{arn}/{place.key_pattern}" for place in some], tie)
            yield replace(one, principal={"Service": (SERVICE,)})
