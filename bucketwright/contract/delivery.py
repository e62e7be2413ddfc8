"""Which delivery suits which files, and why: one table for the contract, `explain` and the docs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bucketwright.contract.words import DeliveryWay

if TYPE_CHECKING:
    from bucketwright.contract.prefixes import Delivery

_AN_HOUR: Final = timedelta(hours=1)
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Choice:
    """When to choose a way of delivery, and what speaks for it."""

    when: str
    why: str


DELIVERIES: Final[Mapping[DeliveryWay, Choice]] = {
    "none": Choice("only programs with a role read it", "nobody outside the account needs a link"),
    "presigned": Choice(
        "private files for one reader at a time, now and then",
        "a signed S3 link needs no other service, carries the signer's own rights and dies by itself",
    ),
    "cloudfront": Choice(
        "many readers, large or far away, or cookies for a whole folder",
        "a cache near the reader answers, egress is cheaper, and the bucket opens to that distribution alone",
    ),
    "compatible": Choice(
        "the files live on an S3-compatible endpoint such as R2 or MinIO",
        "the same code signs for it; what that endpoint lacks is refused early",
    ),
    "content-addressed": Choice(
        "the same content comes again and again, or must never change under its name",
        "the key is the content's hash: doubles are stored once, caches may keep it for ever",
    ),
    "archive": Choice(
        "kept for the record, read hardly ever, hours of waiting are fine",
        "storage costs a fraction; a read begins with a restore",
    ),
}


def link_life(delivery: "Delivery") -> timedelta:
    """How long a signed link lives, where whoever signs it says nothing else."""
    return delivery.expires or (_A_DAY if delivery.via == "cloudfront" else _AN_HOUR)
