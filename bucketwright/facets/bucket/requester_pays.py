"""Requester pays: do callers pay for requests and downloads?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.facet import (
    Declared,
    Planned,
    Resolve,
    agreed,
)
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Unset, or_unset

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope

KIND: Final = "aws:s3/bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration"
FRESH: Final = False
_PAYERS: Final = {"Requester": True, "BucketOwner": False}
_PAYMENT: Final = Read("s3", "GetBucketRequestPayment", "s3:GetBucketRequestPayment", ("Bucket",))
READS: Final = (_PAYMENT,)


def wanted(scope: "BucketScope") -> bool:
    return scope.bucket.requester_pays


def to_args(value: bool, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(KIND, {"payer": "Requester"}),) if value else ()


def from_plan(planned: Planned) -> bool | Unset:
    said, inline = planned.one(KIND), planned.said.choice("requestPayer", _PAYERS)
    separate = UNSET if said is None else said.needed("payer", said.choice("payer", _PAYERS))
    return agreed("requester_pays", separate, or_unset(inline))


def from_api(asked: Asked) -> bool:
    said = asked.answered(_PAYMENT)
    return said.needed("Payer", said.choice("Payer", _PAYERS))


def to_api(before: bool, after: bool, site: Site) -> tuple[Write, ...]:
    if before == after:
        return ()
    payment = {"RequestPaymentConfiguration": {"Payer": "Requester" if after else "BucketOwner"}}
    return (site.write("PutBucketRequestPayment", "s3:PutBucketRequestPayment", payment),)
