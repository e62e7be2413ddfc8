"""Which access points, trails, directory buckets and distributions have to do with what is asked about?"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from audits.buckets import Calls, bucket_named
from audits.named import with_tags
from audits.things import Looking, Place, Thing
from bucketwright.calls import Call
from bucketwright.facets.reading import Read
from bucketwright.facets.said import Said
from bucketwright.looking.questions import (
    ACCESS_POINTS,
    DIRECTORY_BUCKETS,
    DISTRIBUTION_TAGS,
    DISTRIBUTIONS,
    TRAILS,
)
from bucketwright.posture import Undetermined

Listing: TypeAlias = Generator[Calls, None, tuple[Thing, ...]]


def list_access_points(looking: Looking, region: str) -> Listing:
    """Those of the buckets that are asked about."""
    call = looking.call(ACCESS_POINTS, region, AccountId=looking.account)
    yield (call,)
    return tuple(_entries(looking, ACCESS_POINTS, "access_point", call, _access_points))


def list_trails(looking: Looking, region: str) -> Listing:
    """All that record what happens in a region: where buckets were named, only those that deliver to one of
    these are asked about."""
    call = looking.call(TRAILS, region)
    yield (call,)
    return tuple(_entries(looking, TRAILS, "trail", call, _trails))


def list_directory_buckets(looking: Looking, region: str) -> Listing:
    """Those of a region."""
    call = looking.call(DIRECTORY_BUCKETS, region)
    yield (call,)
    return tuple(_entries(looking, DIRECTORY_BUCKETS, "directory_bucket", call, _directory_buckets))


def list_distributions(looking: Looking) -> Listing:
    """Those that stand before a bucket that is asked about."""
    call = looking.call(DISTRIBUTIONS)
    yield (call,)
    return tuple(_entries(looking, DISTRIBUTIONS, "distribution", call, _distributions))


def tagged_distribution(looking: Looking, thing: Thing) -> Generator[Calls, None, Thing]:
    """The same with its tags."""
    return looking.know((yield from with_tags(looking, thing, DISTRIBUTION_TAGS, {"Resource": thing.arn})))


OF_A_REGION: Final[Mapping[str, Callable[[Looking, str], Listing]]] = {
    "access_point": list_access_points,
    "directory_bucket": list_directory_buckets,
    "trail": list_trails,
}
"""What has to be listed in every region where there is a bucket that is asked about."""


def _entries(
    looking: Looking,
    read: Read,
    kind: str,
    call: Call,
    things: Callable[[Looking, Said], Iterable[Thing]],
) -> Iterator[Thing]:
    """What an answer lists; where that is not known, that there may be more."""
    try:
        said = looking.said(read, call)
        found = tuple(things(looking, said)) if said else ()
    except Undetermined as undetermined:
        looking.cannot_list(kind, call, undetermined.reason)
        return
    for one in found:
        yield looking.know(replace(one, told_by=frozenset({call.identity})))


def _access_points(looking: Looking, said: Said) -> Iterator[Thing]:
    for one in said.parts("AccessPointList"):
        name, bucket = (one.needed(what, one.text(what)) for what in ("Name", "Bucket"))
        if bucket in looking.subjects:
            arn = one.needed("AccessPointArn", one.text("AccessPointArn"))
            handles = {"AccountId": looking.account, "Name": name}
            yield Thing(
                Place("access_point", arn),
                looking.target("access_point", name, handles, arn.split(":")[3]),
                arn,
            )


def _trails(looking: Looking, said: Said) -> Iterator[Thing]:
    for one in said.parts("trailList"):
        name, arn, home = (one.needed(what, one.text(what)) for what in ("Name", "TrailARN", "HomeRegion"))
        target = looking.target("trail", name, {"Name": arn, "TrailName": arn}, home)
        is_subject = not looking.scope.buckets or one.text("S3BucketName") in looking.subjects
        yield Thing(Place("trail", arn), target, arn, is_subject=is_subject)


def _directory_buckets(looking: Looking, said: Said) -> Iterator[Thing]:
    for one in said.parts("Buckets"):
        name = one.needed("Name", one.text("Name"))
        target = looking.target("directory_bucket", name, {"Bucket": name}, one.text("BucketRegion") or "")
        arn = looking.arn("s3express", target.region, looking.account, f"bucket/{name}")
        yield Thing(Place("directory_bucket", name), target, arn)


def _distributions(looking: Looking, said: Said) -> Iterator[Thing]:
    for one in said.inside("DistributionList").parts("Items"):
        name, arn = (one.needed(what, one.text(what)) for what in ("Id", "ARN"))
        hosts = [origin.text("DomainName") or "" for origin in one.inside("Origins").parts("Items")]
        buckets = frozenset(bucket for host in hosts if (bucket := bucket_behind(host)))
        if buckets & looking.subjects or (buckets and looking.scope.takes_all):
            target = looking.target("distribution", name, {"Id": name})
            yield Thing(Place("distribution", name), target, arn, called=buckets)


def bucket_behind(host: str) -> str:
    """The bucket whose host name of S3 this is; empty where it is another's."""
    bucket = bucket_named(host)
    return bucket if bucket != host else ""
