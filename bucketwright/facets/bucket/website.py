"""Website: does S3 serve the bucket as a web site, over plain HTTP?"""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bucketwright.facets.facet import (
    Declared,
    Planned,
    Resolve,
    agreed,
)
from bucketwright.facets.handles import BUCKET
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.facets.writing import Site, Unsettable, Write
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope


@dataclass(frozen=True, slots=True)
class Website:
    """A site: its pages, or the host all requests are sent on to."""

    index: str | None = None
    error: str | None = None
    redirects_to: str | None = None
    answered: str = field(default="", compare=False, repr=False)
    """All of it in JSON, as S3 answered: its rules on redirects, too."""


KIND: Final = "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration"
FRESH: Final[Website | None] = None
_SITE: Final = Read(
    "s3",
    "GetBucketWebsite",
    "s3:GetBucketWebsite",
    BUCKET,
    frozenset({"NoSuchWebsiteConfiguration"}),
)
READS: Final = (_SITE,)
_PARTS: Final = ("IndexDocument", "ErrorDocument", "RedirectAllRequestsTo", "RoutingRules")


def wanted(_: "BucketScope") -> Website | None:
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


def from_api(asked: Asked) -> Website | None:
    said = asked.said(_SITE)
    if said is None:
        return None
    index, error = said.part("IndexDocument"), said.part("ErrorDocument")
    elsewhere = said.part("RedirectAllRequestsTo")
    if index is None and elsewhere is None:
        raise Undetermined("website", Unknown("it has neither an index document nor a host"))
    return Website(
        index=_needed(index, "Suffix"),
        error=_needed(error, "Key"),
        redirects_to=_needed(elsewhere, "HostName"),
        answered=json.dumps({part: said.values[part] for part in _PARTS if part in said.values}),
    )


def to_api(before: Website | None, after: Website | None, site: Site) -> tuple[Write, ...]:
    """No contract asks for one, so what is put back is what was answered."""
    if before == after:
        return ()
    if after is None:
        return (site.write("DeleteBucketWebsite", "s3:DeleteBucketWebsite", {}),)
    if not after.answered:
        raise Unsettable("a website is put back as S3 answered it, and this one is not kept so")
    found = {"WebsiteConfiguration": json.loads(after.answered)}
    return (site.write("PutBucketWebsite", "s3:PutBucketWebsite", found),)


def _needed(said: Said | None, name: str) -> str | None:
    return None if said is None else said.needed(name, said.text(name))
