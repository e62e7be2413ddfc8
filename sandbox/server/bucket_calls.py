"""Mends of requests about a bucket: each is told the bucket, and none is asked where there is none."""

from collections.abc import Callable

from moto.s3.models import FakeBucket

from sandbox.server.calls import Answer, Call
from sandbox.server.held import bucket_named
from sandbox.server.mending import Forward, Mend, Mending
from sandbox.server.refusals import no_bucket

BucketMend = Callable[[Call, Forward, FakeBucket], Answer]


def in_bucket(mend: BucketMend) -> Mend:
    """The mend as requests find it: NoSuchBucket where no bucket has the name they say."""

    def asked(call: Call, forward: Forward) -> Answer:
        bucket = bucket_named(call.bucket)
        return no_bucket(call) if bucket is None else mend(call, forward, bucket)

    return asked


def mends_setting(subresource: str, **by_method: BucketMend) -> tuple[Mending, ...]:
    """What mends the requests about one setting of a bucket, by their methods."""
    return tuple(
        Mending(in_bucket(mend), "bucket", method, subresource) for method, mend in by_method.items()
    )
