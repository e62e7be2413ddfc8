"""What does data cost that leaves the bucket's region, for the internet or for another region?"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from bucketwright.contract.cost.figures import size
from bucketwright.contract.cost.measures import GB
from bucketwright.contract.cost.meters import Meter
from bucketwright.contract.cost.traffic import Traffic
from bucketwright.contract.cost.uses import Use

FOREIGN_DELIVERY: Final = {
    "cloudfront": "what CloudFront charges for sending is not counted; S3 sends to it for nothing",
    "compatible": "what another provider's endpoint charges for sending is not counted",
}
"""Deliveries whose downloads are on another bill."""


def transfer_uses(traffic: Traffic) -> Iterator[Use]:
    """Data of one kind of file that leaves its region."""
    if traffic.prefix.delivery.via not in FOREIGN_DELIVERY and not traffic.bucket.requester_pays:
        yield traffic.use(
            "internet",
            "downloads",
            traffic.usage.downloads / GB,
            traffic.meter("internet"),
            "as stated",
        )
    yield from _to_compute(traffic)


def _to_compute(traffic: Traffic) -> Iterator[Use]:
    home, compute = traffic.region, traffic.environment.compute_region
    if compute is None or compute == home:
        return
    read = max(Decimal(0), traffic.bytes_read - traffic.usage.downloads)
    yield traffic.use(
        "cross-region",
        f"reads by {compute}",
        read / GB,
        Meter(home, "transfer", compute),
        f"all reads that are not downloads, {size(read)}, leave {home} for the programs' region",
    )
    written = traffic.holding.written
    yield traffic.use(
        "cross-region",
        f"writes by {compute}",
        written / GB,
        Meter(compute, "transfer", home),
        f"all that is written, {size(written)} a month, comes from the programs' region",
    )
