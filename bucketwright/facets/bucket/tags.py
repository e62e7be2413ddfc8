"""Tags: whose is the bucket, and which part of which contract is it?"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bucketwright.contract.partitions import partition_of
from bucketwright.facets.facet import (
    Args,
    Declared,
    Planned,
    Resolve,
)
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.facets.tagging import NONE, resource_tags
from bucketwright.facets.tokens import BUCKET
from bucketwright.facets.writing import Site, Write
from bucketwright.plan import UNKNOWN_INPUT
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset
from bucketwright.strict_json import NotJsonError, read_json

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope

PROVIDER: Final = "pulumi:providers:aws"
FRESH: Final = NONE
_DEFAULT_TAGS: Final = "defaultTags"
_OF_AWS: Final = "aws:"
_TAG_SET: Final = Read(
    "s3", "GetBucketTagging", "s3:GetBucketTagging", ("Bucket",), frozenset({"NoSuchTagSet"})
)
READS: Final = (_TAG_SET,)


def wanted(scope: "BucketScope") -> Mapping[str, str]:
    return resource_tags(scope.environment, scope.address, scope.bucket.tags)


def to_args(value: Mapping[str, str], _: Resolve) -> tuple[Declared, ...]:
    return (Declared(BUCKET, {"tags": dict(value)}),) if value else ()


def from_plan(planned: Planned) -> Mapping[str, str] | Unset:
    """Those of the bucket itself, over those that its provider gives everything it makes."""
    own, provider = planned.said.map("tags"), planned.one(PROVIDER)
    given = NONE if provider is None else _default_tags(provider)
    return MappingProxyType({**given, **own}) or UNSET


def _default_tags(provider: Said) -> Mapping[str, str]:
    """Programs tell providers in JSON whatever is no text."""
    found = provider.values.get(_DEFAULT_TAGS)
    if isinstance(found, str) and found != UNKNOWN_INPUT:
        provider = Said({_DEFAULT_TAGS: _parsed(found)}, provider.refer)
    return provider.inside(_DEFAULT_TAGS).map("tags")


def _parsed(text: str) -> object:
    try:
        found = read_json(text)
    except NotJsonError as error:
        raise Undetermined(_DEFAULT_TAGS, Unknown(f"is {error}")) from None
    if found.complaints:
        raise Undetermined(_DEFAULT_TAGS, Unknown(found.complaints[0]))
    return found.value


def from_api(asked: Asked) -> Mapping[str, str]:
    said = asked.said(_TAG_SET)
    if said is None:
        return NONE
    said.needed("TagSet", said.values.get("TagSet"))
    return MappingProxyType(
        {
            one.needed("Key", one.text("Key")): one.needed("Value", one.text("Value"))
            for one in said.parts("TagSet")
        }
    )


def keeping(before: Mapping[str, str], after: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({**before, **after})


def to_api(before: Mapping[str, str], after: Mapping[str, str], site: Site) -> tuple[Write, ...]:
    """Tag by tag, which goes where tags decide access, too, and leaves those alone that AWS put there."""
    put = {key: value for key, value in after.items() if before.get(key) != value}
    gone = sorted(before.keys() - after.keys())
    tags = [{"Key": key, "Value": value} for key, value in put.items() if not key.startswith(_OF_AWS)]
    keys = [key for key in gone if not key.startswith(_OF_AWS)]
    return (
        *((_write(site, "UntagResource", {"TagKeys": keys}),) if keys else ()),
        *((_write(site, "TagResource", {"Tags": tags}),) if tags else ()),
    )


def _write(site: Site, operation: str, params: Args) -> Write:
    target = site.target
    arn = f"arn:{partition_of(target.region)}:s3:::{target.handles['Bucket']}"
    named = {"AccountId": target.account, "ResourceArn": arn}
    return site.write(operation, f"s3:{operation}", {**named, **params}, "s3control")
