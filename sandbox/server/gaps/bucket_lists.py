"""The list of buckets, and who owns what is listed."""

from http import HTTPStatus
from typing import Final

from moto.s3.models import FakeBucket

from sandbox.server.calls import Answer, Call
from sandbox.server.canonical_users import MOTO_OWNER, canonical_user
from sandbox.server.documents import shown
from sandbox.server.elements import Element, element
from sandbox.server.held import bucket_named, buckets_of
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.refusals import invalid

GAPS: Final = (
    Gap(
        "bucket-list-pages",
        "cuts a list at max-buckets without saying that there is more",
        "gives a token for the rest",
    ),
    Gap(
        "bucket-list-regions",
        "leaves BucketRegion out",
        "names each bucket's region where the request has any parameter, as S3 does",
    ),
    Gap(
        "canonical-users",
        "shows one canonical user for all accounts, another in the list of buckets",
        "shows each account's own, everywhere the same",
    ),
)
_MOST: Final = 10_000


def list_buckets(call: Call, _forward: Forward) -> Answer:
    """A page of the account's buckets, by name."""
    most = call.query.get("max-buckets", str(_MOST))
    if not most.isdecimal() or not 1 <= int(most[:6]) <= _MOST:
        message = f"Argument max-buckets must be an integer between 1 and {_MOST}"
        return invalid(call, "InvalidArgument", message)
    prefix, region = call.query.get("prefix", ""), call.query.get("bucket-region")
    after = call.query.get("continuation-token", "")
    found = sorted(buckets_of(call.account, call.region).values(), key=lambda bucket: str(bucket.name))
    left = [
        bucket
        for bucket in found
        if bucket.name.startswith(prefix) and bucket.name > after and region in (None, bucket.region_name)
    ]
    page = left[: int(most)]
    parts = [
        element("Owner", element("ID", canonical_user(call.account))),
        element("Buckets", *(_listed(bucket, with_region=bool(call.query)) for bucket in page)),
        *([element("Prefix", prefix)] if prefix else []),
        *([element("ContinuationToken", page[-1].name)] if len(left) > len(page) else []),
    ]
    return shown(element("ListAllMyBucketsResult", *parts))


def _listed(bucket: FakeBucket, *, with_region: bool) -> Element:
    made = element("CreationDate", bucket.creation_date_ISO8601)
    where = [element("BucketRegion", bucket.region_name)] if with_region else []
    return element("Bucket", element("Name", bucket.name), made, *where)


def own(call: Call, forward: Forward) -> Answer:
    """moto's list, with the bucket's owner as the owner of all in it."""
    answer = forward(call)
    bucket = bucket_named(call.bucket)
    if bucket is None or answer.status != HTTPStatus.OK:
        return answer
    body = answer.body.replace(MOTO_OWNER.encode(), canonical_user(bucket.account_id).encode())
    return answer.with_body(body)


MENDINGS: Final = (
    Mending(list_buckets, "service", "GET", ""),
    Mending(own, "bucket", "GET", ""),
    Mending(own, "bucket", "GET", "versions"),
)
