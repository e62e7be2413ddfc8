"""What do KMS keys and their use cost?"""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bucketwright.contract.cost.charges.requests import upload_requests
from bucketwright.contract.cost.measures import GB
from bucketwright.contract.cost.meters import Meter
from bucketwright.contract.cost.traffic import Traffic
from bucketwright.contract.cost.uses import Use
from bucketwright.contract.names import bucket_region

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.model import Environment

REQUESTS_PER_CALL: Final = 100
"""Object requests that one KMS call serves under a bucket key: AWS says up to 99 % of calls fall away."""


def key_uses(environment: "Environment") -> Iterator[Use]:
    """The keys that this contract makes for its buckets; a key of somebody else is on their bill."""
    for bucket_id, bucket in environment.buckets.items():
        if bucket.encryption.type != "s3" and bucket.encryption.key == "managed":
            meter = Meter(bucket_region(environment, bucket), "kms_key")
            yield Use(bucket_id, None, "encryption", "KMS key", Decimal(1), meter, "without rotations")


def encryption_uses(traffic: Traffic) -> Iterator[Use]:
    """KMS calls and second layers of encryption for one kind of file."""
    if traffic.bucket.encryption.type == "s3":
        return
    copied = traffic.holding.objects_written * len(traffic.replications)
    requests = traffic.holding.objects_written * upload_requests(traffic) + traffic.usage.reads + copied
    calls, why = kms_calls(traffic.bucket, requests)
    yield traffic.use("encryption", "KMS requests", calls, traffic.meter("kms_requests"), why)
    if traffic.bucket.encryption.type == "dsse":
        data = (traffic.holding.written + traffic.bytes_read) / GB
        why = "the second layer of all that is written and read"
        yield traffic.use("encryption", "second layer", data, traffic.meter("dsse"), why)


def kms_calls(bucket: "Bucket", requests: Decimal) -> tuple[Decimal, str]:
    """KMS calls that requests to encrypted objects lead to, and by which assumption."""
    if bucket.encryption.type == "kms" and bucket.encryption.bucket_key:
        return requests / REQUESTS_PER_CALL, f"one for {REQUESTS_PER_CALL} object requests: bucket key"
    return requests, "one for every read and every request that writes"
