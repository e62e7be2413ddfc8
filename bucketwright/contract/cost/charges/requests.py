"""What do writing, listing and reading objects cost?"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from bucketwright.contract.cost.charges.storage import ARCHIVED
from bucketwright.contract.cost.figures import quantity, size
from bucketwright.contract.cost.measures import GB
from bucketwright.contract.cost.meters import ObjectClass
from bucketwright.contract.cost.traffic import Traffic
from bucketwright.contract.cost.uses import Use
from bucketwright.contract.limits import SMALLEST_PART

CHARGED_READS: Final = frozenset({"standard-ia", "onezone-ia", "glacier-ir"})
"""Classes that charge for each byte a GET returns."""


def request_uses(traffic: Traffic) -> Iterator[Use]:
    """Requests of one kind of file, by what they do."""
    yield _uploads(traffic)
    yield traffic.use(
        "requests",
        "lists (LIST)",
        Decimal(traffic.usage.lists),
        traffic.meter("put", "standard"),
        "as stated",
    )
    for storage_class, part in _read_classes(traffic):
        yield from _reads(traffic, storage_class, traffic.usage.reads * part, part)


def upload_requests(traffic: Traffic) -> int:
    """Requests that write one object: one, or the parts of a multipart upload, its start and its end."""
    transfer = traffic.bucket.transfer or traffic.environment.transfer
    average = traffic.usage.average_object
    if average <= transfer.threshold:
        return 1
    return -(-average // max(transfer.part_size, SMALLEST_PART)) + 2


def _uploads(traffic: Traffic) -> Use:
    each = upload_requests(traffic)
    pace = size(traffic.holding.written)
    if "added" not in traffic.usage.model_fields_set:
        pace += " (what runs out, written again)"
    parts = "one request" if each == 1 else f"{quantity(Decimal(each))} requests (parts, start and end)"
    return traffic.use(
        "requests",
        "uploads (PUT)",
        traffic.holding.objects_written * each,
        traffic.meter("put", "standard"),
        f"{pace} a month in objects of {size(traffic.holding.object_size)}, {parts} each",
    )


def _reads(traffic: Traffic, storage_class: ObjectClass, count: Decimal, part: Decimal) -> Iterator[Use]:
    spread = "as stated" if part == 1 else f"{part:.0%} of the reads, as of what can be read"
    yield traffic.use(
        "requests", f"reads (GET), {storage_class}", count, traffic.meter("get", storage_class), spread
    )
    data = count * traffic.holding.object_size / GB
    if storage_class in ARCHIVED:
        why = "every read restores first, at standard speed; the restored copy's storage is left out"
        yield traffic.use(
            "retrieval", f"restores, {storage_class}", count, traffic.meter("restore", storage_class), why
        )
    if storage_class in ARCHIVED or storage_class in CHARGED_READS:
        why = f"each read returns a whole object of {size(traffic.holding.object_size)}"
        yield traffic.use(
            "retrieval", f"retrieval, {storage_class}", data, traffic.meter("retrieval", storage_class), why
        )


def _read_classes(traffic: Traffic) -> list[tuple[ObjectClass, Decimal]]:
    """The classes that reads go to, each with its part of them.

    Archived objects are read only where delivery says so, or where there are no others."""
    shares = [share for share in traffic.holding.shares if share.stored]
    direct = [share for share in shares if share.stay.storage_class not in ARCHIVED]
    if direct and traffic.prefix.delivery.via != "archive":
        shares = direct
    if not shares:
        return [(traffic.holding.shares[0].stay.storage_class, Decimal(1))]
    held = sum((share.stored for share in shares), Decimal(0))
    return [(share.stay.storage_class, share.stored / held) for share in shares]
