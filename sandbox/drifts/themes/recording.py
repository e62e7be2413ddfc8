"""Somebody keeps the account's trail from recording what is done. No contract makes it; its rules read it."""

from functools import partial
from typing import Any, Final

from bucketwright.facets.scopes import AccountScope
from sandbox.drifts.drift import Injected, Live, NoRoomError, drift
from sandbox.drifts.subjects import account

_MANAGEMENT: Final = {"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": []}
_THEIRS: Final = "their-own-records"
_any_account = account("an account")


@drift(_any_account, "trail.logging")
def trail_stopped(live: Live, _: AccountScope) -> Injected:
    """Somebody stops the account's trail: what is done from now on is recorded nowhere."""
    trails, trail = _found(live)
    arn = trail["TrailARN"]
    if not trails.get_trail_status(Name=arn)["IsLogging"]:
        raise NoRoomError(f"{arn} records nothing already")
    trails.stop_logging(Name=arn)
    undo = partial(trails.start_logging, Name=arn)
    return Injected(_address(trail), arn, "it records", "it does not", undo)


@drift(_any_account, "trail.bucket")
def trail_delivered_elsewhere(live: Live, _: AccountScope) -> Injected:
    """Somebody lets the account's trail deliver into a bucket of theirs: its records are in their hands."""
    trails, trail = _found(live)
    arn, before = trail["TrailARN"], trail["S3BucketName"]
    if before == _THEIRS:
        raise NoRoomError(f"{arn} is delivered there already")
    put = partial(trails.update_trail, Name=arn)
    put(S3BucketName=_THEIRS)
    return Injected(_address(trail), arn, before, _THEIRS, partial(put, S3BucketName=before))


@drift(_any_account, "trail.multi_region")
def trail_of_one_region(live: Live, _: AccountScope) -> Injected:
    """Somebody lets the account's trail record its own region alone: what is done elsewhere goes unseen."""
    trails, trail = _found(live)
    if not trail["IsMultiRegionTrail"]:
        raise NoRoomError(f"{trail['TrailARN']} is of one region already")
    put = partial(trails.update_trail, Name=trail["TrailARN"])
    put(IsMultiRegionTrail=False)
    undo = partial(put, IsMultiRegionTrail=True)
    return Injected(_address(trail), trail["TrailARN"], "every region", trail["HomeRegion"], undo)


@drift(_any_account, "trail.selectors")
def trail_without_objects(live: Live, _: AccountScope) -> Injected:
    """Somebody leaves objects out of the account's trail: nobody knows who read or deleted them."""
    trails, trail = _found(live)
    arn = trail["TrailARN"]
    before = trails.get_event_selectors(TrailName=arn)["EventSelectors"]
    if before == [_MANAGEMENT]:
        raise NoRoomError(f"{arn} leaves objects out already")
    put = partial(trails.put_event_selectors, TrailName=arn)
    put(EventSelectors=[_MANAGEMENT])
    undo = partial(put, EventSelectors=before)
    return Injected(_address(trail), arn, "management and objects", "management alone", undo)


def _found(live: Live) -> tuple[Any, Any]:
    """A client where the first trail of the account is, and the trail."""
    found = live.client("cloudtrail").describe_trails()["trailList"]
    if not found:
        raise NoRoomError("the account has no trail")
    return live.client("cloudtrail", found[0]["HomeRegion"]), found[0]


def _address(trail: Any) -> str:
    return f"trail:{trail['Name']}"
