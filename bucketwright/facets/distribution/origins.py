"""Origins: where does the distribution fetch, and how does it show there who it is?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from bucketwright.facets.declaring import given
from bucketwright.facets.distribution_answers import CONFIGURATION, configured, known, listed
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.feeding import fed
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.references import resolved
from bucketwright.facets.said import Said
from bucketwright.facets.tokens import DISTRIBUTION
from bucketwright.plan import UNKNOWN_INPUT
from bucketwright.posture import Undetermined, Unknown, reference

if TYPE_CHECKING:
    from bucketwright.facets.scopes import DistributionScope

Access = Literal["control", "identity"]


@dataclass(frozen=True, slots=True)
class Origin:
    """One source of what is handed out."""

    target: str
    """A bucket's address, or a stranger's host name."""
    access: Access | None = None
    """An origin access control, the older identity, or nothing: then the origin is open to whoever asks."""
    path: str = ""
    """What stands before each path that is fetched."""


CONTROL: Final = "aws:cloudfront/originAccessControl:OriginAccessControl"
IDENTITY: Final = "aws:cloudfront/originAccessIdentity:OriginAccessIdentity"
_CONTROLS: Final = Read("cloudfront", "ListOriginAccessControls", "cloudfront:ListOriginAccessControls")
READS: Final = (CONFIGURATION, _CONTROLS)
_SIGNING: Final = {"always": True, "no-override": True, "never": False}


def wanted(scope: "DistributionScope") -> frozenset[Origin]:
    return frozenset({Origin(reference("bucket", scope.bucket_id), "control")})


def to_args(value: frozenset[Origin], resolve: Resolve) -> tuple[Declared, ...]:
    """The access control of a bucket is a resource of its own, whose id the program puts into its origin."""
    if any(one.access == "identity" for one in value):
        raise ValueError("a contract declares access controls, no identities")
    several = sorted(value, key=lambda one: (one.target, one.path))
    distribution = Declared(DISTRIBUTION, {"origins": [_args(one, resolve) for one in several]})
    control = {
        "origin_access_control_origin_type": "s3",
        "signing_behavior": "always",
        "signing_protocol": "sigv4",
    }
    return (*((Declared(CONTROL, control),) if any(one.access for one in value) else ()), distribution)


def from_plan(planned: Planned) -> frozenset[Origin]:
    return frozenset(_origin(planned, one) for one in planned.said.parts("origins"))


def from_api(asked: Asked) -> frozenset[Origin]:
    return frozenset(_answered(asked, one) for one in configured(asked).parts("origins"))


def _answered(asked: Asked, said: Said) -> Origin:
    control, access = said.text("originAccessControlId"), None
    if control:
        several = listed(asked, _CONTROLS, "OriginAccessControlList")
        access = _shown_by(known(several, "origin access control", control))
    elif said.inside("s3OriginConfig").text("originAccessIdentity"):
        access = "identity"
    return _told(said, access)


def _shown_by(control: Said) -> Access | None:
    signs = control.needed("signingBehavior", control.choice("signingBehavior", _SIGNING))
    return "control" if signs else None


def _args(origin: Origin, resolve: Resolve) -> dict[str, object]:
    named = given(
        domain_name=resolved(origin.target, "domain", resolve),
        origin_id=origin.target,
        origin_path=origin.path or None,
    )
    return dict(named)


def _origin(planned: Planned, said: Said) -> Origin:
    return _told(said, _access(planned, said))


def _told(said: Said, access: Access | None) -> Origin:
    return Origin(
        target=said.needed("domainName", said.reference("bucket", "domainName")),
        access=access,
        path=said.text("originPath") or "",
    )


def _access(planned: Planned, said: Said) -> Access | None:
    if _id(said, "originAccessControlId"):
        return "control" if _signs(planned) else None
    identity = _id(said.inside("s3OriginConfig"), "originAccessIdentity")
    if identity == UNKNOWN_INPUT and not fed(planned, planned.resource, "origins", IDENTITY):
        raise Undetermined("origins", Unknown("which identity it shows is known only after deployment"))
    return "identity" if identity else None


def _id(said: Said, name: str) -> str | None:
    return UNKNOWN_INPUT if said.values.get(name) == UNKNOWN_INPUT else said.text(name)


def _signs(planned: Planned) -> bool:
    """Whether the access controls of the origins sign what they ask for; they have to be of one mind."""
    ids = {_id(one, "originAccessControlId") for one in planned.said.parts("origins")} - {None, ""}
    controls = fed(planned, planned.resource, "origins", CONTROL)
    found = {
        one.needed("signingBehavior", one.choice("signingBehavior", _SIGNING))
        for one in map(planned.says, controls)
    }
    if len(found) != 1 or (ids != {UNKNOWN_INPUT} and len(ids) != len(controls)):
        reason = "differ in whether they sign" if len(found) > 1 else "are not all of this plan"
        raise Undetermined("origins", Unknown(f"the origin access controls {reason}"))
    return found.pop()
