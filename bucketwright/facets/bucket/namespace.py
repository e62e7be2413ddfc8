"""Namespace: could anybody else ever take the bucket's name?"""

import re
from typing import TYPE_CHECKING, Final, Literal

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.tokens import BUCKET
from bucketwright.posture import UNSET, Unset

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope

Namespace = Literal["global", "account-regional"]
FRESH: Final[Namespace] = "global"
READS: Final[tuple[Read, ...]] = ()
"""Nothing: the name tells it."""
_OF_AN_ACCOUNT: Final = re.compile(r"-(?P<account>[0-9]{12})-(?P<region>[a-z]{2,}(?:-[a-z]+)+-[0-9]+)-an\Z")
_KNOWN: Final[dict[str, Namespace]] = {"global": "global", "account-regional": "account-regional"}


def wanted(scope: "BucketScope") -> Namespace:
    return scope.bucket.namespace


def to_args(value: Namespace, _: Resolve) -> tuple[Declared, ...]:
    return () if value == FRESH else (Declared(BUCKET, {"bucket_namespace": value}),)


def from_plan(planned: Planned) -> Namespace | Unset:
    return planned.said.choice("bucketNamespace", _KNOWN) or UNSET


def from_api(asked: Asked) -> Namespace:
    """Names that end in the owner's account, the region and `-an` are that account's alone."""
    target = asked.target
    found = _OF_AN_ACCOUNT.search(target.name)
    if found is None:
        return "global"
    is_own = found["account"] == (target.account or found["account"])
    return (
        "account-regional" if is_own and found["region"] == (target.region or found["region"]) else "global"
    )
