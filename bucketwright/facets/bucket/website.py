"""Website: does S3 serve the bucket as a web site, over plain HTTP?"""

from dataclasses import dataclass
from typing import Final

from bucketwright.facets.facet import BucketScope, Declared, Planned, Resolve, agreed
from bucketwright.facets.said import Said
from bucketwright.posture import UNSET, Unset


@dataclass(frozen=True, slots=True)
class Website:
    """A site: its pages, or the host all requests are sent on to."""

    index: str | None = None
    error: str | None = None
    redirects_to: str | None = None


KIND: Final = "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration"
FRESH: Final[Website | None] = None


def wanted(_: BucketScope) -> Website | None:
    """No contract asks for one: CloudFront serves what the public may see."""
    return None


def to_args(value: Website | None, _: Resolve) -> tuple[Declared, ...]:
    if value is not None:
        raise ValueError("a contract declares no website")
    return ()


def from_plan(planned: Planned) -> Website | Unset | None:
    said, inline = planned.one(KIND), planned.said.part("website")
    return agreed(
        "website", UNSET if said is None else _separate(said), UNSET if inline is None else _inline(inline)
    )


def _separate(said: Said) -> Website:
    return Website(
        index=said.inside("indexDocument").text("suffix"),
        error=said.inside("errorDocument").text("key"),
        redirects_to=said.inside("redirectAllRequestsTo").text("hostName"),
    )


def _inline(said: Said) -> Website:
    host = said.text("redirectAllRequestsTo")
    return Website(said.text("indexDocument"), said.text("errorDocument"), host and host.rpartition("://")[2])
