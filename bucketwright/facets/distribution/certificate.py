"""Certificate: with which certificate does the distribution answer?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.distribution_answers import CONFIGURATION, configured
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.reading import Asked
from bucketwright.facets.references import resolved
from bucketwright.facets.said import Said
from bucketwright.facets.tokens import DISTRIBUTION
from bucketwright.posture import UNSET, Unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import DistributionScope

FRESH: Final[str | None] = None
"""CloudFront's own."""
READS: Final = (CONFIGURATION,)
_NAME: Final = "viewerCertificate"


def wanted(scope: "DistributionScope") -> str | None:
    return None if scope.cloudfront is None else scope.cloudfront.certificate


def to_args(value: str | None, resolve: Resolve) -> tuple[Declared, ...]:
    if value is None:
        return (Declared(DISTRIBUTION, {"viewer_certificate": {"cloudfront_default_certificate": True}}),)
    own = {"acm_certificate_arn": resolved(value, "arn", resolve), "ssl_support_method": "sni-only"}
    return (Declared(DISTRIBUTION, {"viewer_certificate": own}),)


def from_plan(planned: Planned) -> str | Unset | None:
    """The ARN of one in ACM, or the id of one that IAM keeps."""
    said = planned.said.inside(_NAME)
    return None if said.flag("cloudfrontDefaultCertificate") else _own(said) or UNSET


def from_api(asked: Asked) -> str | None:
    said = configured(asked)
    certificate = said.needed(_NAME, said.part(_NAME))
    if certificate.flag("cloudfrontDefaultCertificate"):
        return None
    return certificate.needed("acmCertificateArn", _own(certificate))


def _own(said: Said) -> str | None:
    return said.reference("certificate", "acmCertificateArn") or said.text("iamCertificateId")
