"""Tags: whose is the bucket, and which part of which contract is it?"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bucketwright.facets.facet import BucketScope, Declared, Planned, Resolve
from bucketwright.facets.said import Said
from bucketwright.facets.tagging import NONE, resource_tags
from bucketwright.facets.tokens import BUCKET
from bucketwright.plan import UNKNOWN_INPUT
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset
from bucketwright.strict_json import NotJsonError, read_json

PROVIDER: Final = "pulumi:providers:aws"
FRESH: Final = NONE
_DEFAULT_TAGS: Final = "defaultTags"


def wanted(scope: BucketScope) -> Mapping[str, str]:
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
