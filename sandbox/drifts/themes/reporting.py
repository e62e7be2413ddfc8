"""Somebody turns off what tells of a bucket: its log, its inventory, its notifications."""

from contextlib import ExitStack
from functools import partial
from typing import Any

from bucketwright.facets.bucket.notifications import FRESH
from bucketwright.facets.bucket.notifications import wanted as wanted_notifications
from bucketwright.facets.bucket_scope import BucketScope
from sandbox.drifts.drift import Injected, Live, NoRoomError, drift
from sandbox.drifts.settings import LOGGING, NOTIFICATIONS
from sandbox.drifts.subjects import buckets

_listed = buckets("a bucket with an inventory", lambda at: at.bucket.inventory is not None)


@drift(buckets("a bucket with an access log", lambda at: at.bucket.access_logs is not None), "bucket.logging")
def access_log_off(live: Live, at: BucketScope) -> Injected:
    """Somebody turns the log of requests off."""
    undo = LOGGING.change(live, at, lambda _: {})
    return Injected(at.address, at.name, "requests are logged", "they are not", undo)


@drift(_listed, "bucket.inventory")
def inventory_off(live: Live, at: BucketScope) -> Injected:
    """Somebody disables the inventory: no list of the objects is delivered any more."""
    return _inventories(live, at, "enabled", "disabled", off={"IsEnabled": False})


@drift(_listed, "bucket.inventory")
def inventory_deleted(live: Live, at: BucketScope) -> Injected:
    """Somebody deletes the inventory."""
    return _inventories(live, at, "an inventory", "none", off=None)


@drift(
    buckets("a bucket with notifications", lambda at: wanted_notifications(at) != FRESH),
    "bucket.notifications",
)
def notifications_deleted(live: Live, at: BucketScope) -> Injected:
    """Somebody deletes the notifications: nobody is told when objects change."""
    undo = NOTIFICATIONS.change(live, at, lambda _: {})
    return Injected(at.address, at.name, "queues and EventBridge are told", "nobody is", undo)


@drift(
    buckets("a bucket with archive tiers", lambda at: at.bucket.intelligent_tiering is not None),
    "bucket.intelligent_tiering",
)
def tiering_deleted(live: Live, at: BucketScope) -> Injected:
    """Somebody deletes the archive tiers: objects that nobody reads cost what others cost."""
    s3 = live.client("s3", at.region)
    put = partial(s3.put_bucket_intelligent_tiering_configuration, Bucket=at.name)
    listed = s3.list_bucket_intelligent_tiering_configurations(Bucket=at.name)
    tierings = listed.get("IntelligentTieringConfigurationList", [])
    if not tierings:
        raise NoRoomError(f"{at.name} has lost its archive tiers already")
    with ExitStack() as back:
        for one in tierings:
            s3.delete_bucket_intelligent_tiering_configuration(Bucket=at.name, Id=one["Id"])
            back.callback(put, Id=one["Id"], IntelligentTieringConfiguration=one)
        undo = back.pop_all().close
    return Injected(at.address, at.name, "archive tiers", "none", undo)


def _inventories(
    live: Live, at: BucketScope, before: str, after: str, *, off: dict[str, Any] | None
) -> Injected:
    """What is said of each inventory, or each of them deleted."""
    s3 = live.client("s3", at.region)
    put = partial(s3.put_bucket_inventory_configuration, Bucket=at.name)
    listed = s3.list_bucket_inventory_configurations(Bucket=at.name)
    inventories = listed.get("InventoryConfigurationList", [])
    if not any(one["IsEnabled"] for one in inventories):
        raise NoRoomError(f"{at.name} has no inventory that is delivered already")
    with ExitStack() as back:
        for one in inventories:
            if off is None:
                s3.delete_bucket_inventory_configuration(Bucket=at.name, Id=one["Id"])
            else:
                put(Id=one["Id"], InventoryConfiguration={**one, **off})
            back.callback(put, Id=one["Id"], InventoryConfiguration=one)
        undo = back.pop_all().close
    return Injected(at.address, at.name, before, after, undo)
