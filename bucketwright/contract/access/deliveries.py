"""What does S3 itself deliver to a bucket: access logs and inventories, for whom, and below which keys?"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from bucketwright.contract.access.grantees import on_behalf, own_account
from bucketwright.contract.access.statement import Statement, allow
from bucketwright.contract.access.verbs import PUT_ACTION
from bucketwright.contract.keys.patterns import iam_literal
from bucketwright.contract.names import bucket_name, log_prefix
from bucketwright.contract.placement import bucket_arn
from bucketwright.contract.remembering import remembered

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment

INVENTORY_SERVICE: Final = "s3.amazonaws.com"
INVENTORY_NAME: Final = "objects"
"""What the one inventory of a bucket is called: its lists lie below the bucket's name and this."""


def deliveries(environment: "Environment", bucket_id: str, *, by_name: bool = True) -> Iterator[Statement]:
    """What lets S3 deliver, for the buckets that send here and for no others; or for all of this account."""
    arn = bucket_arn(environment, bucket_id)
    for sid, service, below in (
        ("LogDelivery", "logging.s3.amazonaws.com", _log_keys(environment, bucket_id)),
        ("InventoryDelivery", INVENTORY_SERVICE, inventory_keys(environment, bucket_id)),
    ):
        if below:
            keys = [f"{arn}/{key}" for key in below.values()] if by_name else [f"{arn}/*"]
            tie = on_behalf(own_account(environment), tuple(below) if by_name else ())
            write = allow(sid, (PUT_ACTION,), dict.fromkeys(keys), tie)
            yield replace(write, principal={"Service": (service,)})


def inventory_keys(environment: "Environment", bucket_id: str) -> dict[str, str]:
    """Below which keys the inventory of each bucket, by its ARN, is delivered here: its own name."""
    return {
        bucket_arn(environment, one): f"{bucket_name(environment, one)}/*"
        for one in _listed_to(environment, bucket_id)
    }


def inventory_beginnings(environment: "Environment", bucket_id: str) -> tuple[str, ...]:
    """How the keys begin of the inventories that are delivered to a bucket."""
    return tuple(
        f"{bucket_name(environment, one)}/{INVENTORY_NAME}/" for one in _listed_to(environment, bucket_id)
    )


def _listed_to(environment: "Environment", bucket_id: str) -> tuple[str, ...]:
    """The buckets whose inventory is delivered to a bucket."""
    return _by_target(environment, "inventory").get(bucket_id, ())


def _log_keys(environment: "Environment", bucket_id: str) -> dict[str, str]:
    """Below which keys the log of each bucket, by its ARN, is delivered here."""
    sources = {one: environment.buckets[one] for one in _by_target(environment, "log").get(bucket_id, ())}
    return {
        bucket_arn(environment, one): f"{iam_literal(log_prefix(one, source.access_logs))}*"
        for one, source in sources.items()
        if source.access_logs is not None
    }


@remembered
def _by_target(
    environment: "Environment", what: Literal["log", "inventory"]
) -> Mapping[str, tuple[str, ...]]:
    """Which buckets send their log or their inventory to which."""
    sources: dict[str, list[str]] = {}
    for one, source in environment.buckets.items():
        sent = source.access_logs if what == "log" else source.inventory
        if sent is not None:
            sources.setdefault(sent.to, []).append(one)
    return {target: tuple(several) for target, several in sources.items()}
