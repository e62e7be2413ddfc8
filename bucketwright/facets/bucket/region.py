"""Region: where does the bucket live?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.facets.tokens import BUCKET
from bucketwright.posture import Unknown

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope

FRESH: Final = ""
"""The provider's own, whichever that is."""
READS: Final[tuple[Read, ...]] = ()
"""Nothing: whoever asks a bucket anything has found it in its region before."""
LOCATION: Final = Read("s3", "GetBucketLocation", "s3:GetBucketLocation", ("Bucket",))
"""One way to find it."""
_OLD_NAMES: Final = {"": "us-east-1", "EU": "eu-west-1"}


def wanted(scope: "BucketScope") -> str:
    return scope.region


def to_args(value: str, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(BUCKET, {"region": value}),) if value else ()


def from_plan(planned: Planned) -> str | Unknown:
    return planned.said.text("region") or Unknown("the provider's own region, which the bucket does not say")


def from_api(asked: Asked) -> str:
    """Where it was found, else where S3 says that it is."""
    return asked.target.region or located(asked.answered(LOCATION))


def located(said: Said) -> str:
    """The region that an answer means: of the first one S3 names nothing, of the second an old name."""
    found = said.text("LocationConstraint") or ""
    return _OLD_NAMES.get(found, found)
