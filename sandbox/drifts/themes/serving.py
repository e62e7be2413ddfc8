"""Somebody changes how a bucket answers, and who pays for it."""

from bucketwright.facets.bucket_scope import BucketScope
from sandbox.drifts.drift import Injected, Live, drift
from sandbox.drifts.settings import ABAC, ACCELERATION, CORS, PAYMENT, TAGGING, WEBSITE
from sandbox.drifts.subjects import buckets

_ANYBODY = {"AllowedOrigins": ["*"], "AllowedMethods": ["GET", "PUT"], "AllowedHeaders": ["*"]}
_for_data = buckets("a bucket for data", lambda at: at.bucket.purpose == "data")


@drift(_for_data, "bucket.cors")
def cors_opened(live: Live, at: BucketScope) -> Injected:
    """Somebody lets the pages of every site read and write objects with their visitors' rights."""
    undo = CORS.replace(live, at, {"CORSRules": [_ANYBODY]})
    before = ", ".join(origin for rule in at.bucket.cors for origin in rule.origins) or "no origin"
    return Injected(at.address, at.name, before, "every origin", undo)


@drift(_for_data, "bucket.website")
def website_on(live: Live, at: BucketScope) -> Injected:
    """Somebody makes a web site of the bucket, which S3 serves over plain HTTP."""
    undo = WEBSITE.replace(live, at, {"IndexDocument": {"Suffix": "index.html"}})
    return Injected(at.address, at.name, "no web site", "a web site with index.html", undo)


@drift(
    buckets(
        "a bucket for data whose owner pays",
        lambda at: at.bucket.purpose == "data" and not at.bucket.requester_pays,
    ),
    "bucket.requester_pays",
)
def requester_pays_on(live: Live, at: BucketScope) -> Injected:
    """Somebody lets callers pay: those who do not agree to it are refused."""
    undo = PAYMENT.replace(live, at, {"Payer": "Requester"})
    return Injected(at.address, at.name, "BucketOwner", "Requester", undo)


@drift(
    buckets(
        "a bucket without acceleration and without dots in its name",
        lambda at: not at.bucket.acceleration and "." not in at.name,
    ),
    "bucket.acceleration",
)
def acceleration_on(live: Live, at: BucketScope) -> Injected:
    """Somebody lets uploads come in through edge locations, which costs more."""
    ACCELERATION.replace(live, at, {"Status": "Enabled"})

    def undo() -> None:
        """Suspend it: S3 never forgets that it was on."""
        ACCELERATION.replace(live, at, {"Status": "Suspended"})

    return Injected(at.address, at.name, "off", "on", undo)


@drift(buckets("a bucket without ABAC", lambda at: not at.bucket.abac), "bucket.abac")
def abac_on(live: Live, at: BucketScope) -> Injected:
    """Somebody lets the bucket's tags decide who has access."""
    undo = ABAC.change(live, at, lambda _: {"Status": "Enabled"})
    return Injected(at.address, at.name, "Disabled", "Enabled", undo)


@drift(buckets("a bucket without ABAC", lambda at: not at.bucket.abac), "bucket.tags")
def tags_deleted(live: Live, at: BucketScope) -> Injected:
    """Somebody deletes the bucket's tags, those by which it is known again too."""
    undo = TAGGING.change(live, at, lambda _: None)
    return Injected(at.address, at.name, "the declared tags", "none", undo)
