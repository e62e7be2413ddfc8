"""Minimum TLS: which security policy of CloudFront do readers' connections come under?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.distribution_answers import CONFIGURATION, configured
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.reading import Asked
from bucketwright.facets.said import Said
from bucketwright.facets.tokens import DISTRIBUTION
from bucketwright.posture import UNSET, Unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import DistributionScope

FRESH: Final = "TLSv1"
"""Under CloudFront's own certificate there is no other."""
READS: Final = (CONFIGURATION,)
_NAME: Final = "viewerCertificate"
_DECLARED: Final = {"1.2": "TLSv1.2_2021", "1.3": "TLSv1.3_2025"}


def wanted(scope: "DistributionScope") -> str:
    """As the bucket itself, wherever a certificate of one's own lets one choose."""
    stated = scope.cloudfront
    if stated is None or stated.certificate is None:
        return FRESH
    return _DECLARED[scope.environment.buckets[scope.bucket_id].tls_minimum]


def to_args(value: str, _: Resolve) -> tuple[Declared, ...]:
    if value == FRESH:
        return ()
    return (Declared(DISTRIBUTION, {"viewer_certificate": {"minimum_protocol_version": value}}),)


def from_plan(planned: Planned) -> str | Unset:
    return _minimum(planned.said.inside(_NAME)) or UNSET


def from_api(asked: Asked) -> str:
    said = configured(asked)
    certificate = said.needed(_NAME, said.part(_NAME))
    return certificate.needed("minimumProtocolVersion", _minimum(certificate))


def _minimum(said: Said) -> str | None:
    return FRESH if said.flag("cloudfrontDefaultCertificate") else said.text("minimumProtocolVersion")
