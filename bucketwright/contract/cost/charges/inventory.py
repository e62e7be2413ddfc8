"""What do regular lists of all objects cost?"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bucketwright.contract.cost.figures import quantity
from bucketwright.contract.cost.measures import MONTH
from bucketwright.contract.cost.meters import Meter
from bucketwright.contract.cost.traffic import Traffic
from bucketwright.contract.cost.uses import Use
from bucketwright.contract.names import bucket_region

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment

DAYS_BETWEEN: Final = {"daily": 1, "weekly": 7}


def inventory_uses(environment: "Environment", traffics: Iterable[Traffic]) -> Iterator[Use]:
    """Objects that the inventories list in a month."""
    objects: dict[str, Decimal] = {}
    for traffic in traffics:
        before = objects.get(traffic.bucket_id, Decimal(0))
        objects[traffic.bucket_id] = before + traffic.holding.objects_stored
    for bucket_id, count in objects.items():
        bucket = environment.buckets[bucket_id]
        if bucket.inventory is not None:
            runs = MONTH / DAYS_BETWEEN[bucket.inventory.schedule]
            meter = Meter(bucket_region(environment, bucket), "inventory")
            why = f"{quantity(count)} objects of all ages, {bucket.inventory.schedule}"
            yield Use(bucket_id, None, "inventory", "objects listed", count * runs, meter, why)
