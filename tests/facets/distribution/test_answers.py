"""What CloudFront answers of a distribution, of its origins and of the keys it trusts."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from bucketwright.calls import Answer, Failure, Outcome
from bucketwright.facets.distribution import FACETS
from bucketwright.facets.distribution.origins import Origin
from bucketwright.facets.reading import LiveFacet, Target
from bucketwright.posture import Undetermined, Unknown
from tests.facets.live import answers
from tests.facets.plans import address_of

Values = Mapping[str, object]
NONE: Final[Values] = {"Quantity": 0}
NOBODY: Final[Values] = {"Enabled": False, "Quantity": 0}
GROUPS: Final[Values] = {"Enabled": True, "Quantity": 1, "Items": ["group"]}
PEM: Final = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"
TARGET: Final = Target("distribution", "E1", {"Id": "E1"})
_LISTS: Final[Mapping[str, Values]] = {
    "ListKeyGroups": {
        "KeyGroupList": {
            "Quantity": 1,
            "Items": [{"KeyGroup": {"Id": "group", "KeyGroupConfig": {"Name": "g", "Items": ["key"]}}}],
        }
    },
    "ListPublicKeys": {"PublicKeyList": {"Items": [{"Id": "key", "EncodedKey": f"  {PEM}\n"}]}},
    "ListOriginAccessControls": {
        "OriginAccessControlList": {
            "Items": [{"Id": "signs", "SigningBehavior": "always"}, {"Id": "not", "SigningBehavior": "never"}]
        }
    },
}
_PERMISSIONS: Final = {
    "GetDistributionConfig": "cloudfront:GetDistributionConfig",
    "ListKeyGroups": "cloudfront:ListKeyGroups",
    "ListPublicKeys": "cloudfront:ListPublicKeys",
    "ListOriginAccessControls": "cloudfront:ListOriginAccessControls",
}


def several(*items: object) -> Values:
    return {"Quantity": len(items), "Items": list(items)} if items else NONE


def behavior(**more: object) -> dict[str, object]:
    return {
        "ViewerProtocolPolicy": "https-only",
        "TrustedKeyGroups": GROUPS,
        "TrustedSigners": NOBODY,
        **more,
    }


def origin(**more: object) -> dict[str, object]:
    found = {"Id": "o", "DomainName": "name-of-bucket-files", "OriginPath": "", "OriginAccessControlId": ""}
    return {**found, **more}


def configured(**more: object) -> dict[str, object]:
    return {
        "Aliases": NONE,
        "Origins": several(origin(OriginAccessControlId="signs")),
        "DefaultCacheBehavior": behavior(),
        "CacheBehaviors": NONE,
        "PriceClass": "PriceClass_All",
        "Enabled": True,
        "ViewerCertificate": {"CloudFrontDefaultCertificate": True, "MinimumProtocolVersion": "TLSv1"},
        **more,
    }


def told(name: str, values: Values, **lists: Outcome) -> object:
    """The fact, or why it is not known, where the lists of the account are the usual ones."""
    facet: Any = FACETS[name]
    assert isinstance(facet, LiveFacet)
    outcomes = {
        read: lists.get(read.operation)
        or Answer(_LISTS.get(read.operation, {"ETag": "1", "DistributionConfig": values}))
        for read in facet.READS
    }
    try:
        return facet.from_api(answers(TARGET, outcomes, address_of))
    except Undetermined as refusal:
        return Unknown(str(refusal))


OWN: Final = {
    "ACMCertificateArn": "arn:aws:acm:us-east-1:1:certificate/c",
    "CloudFrontDefaultCertificate": False,
    "MinimumProtocolVersion": "TLSv1.2_2021",
}


@pytest.mark.parametrize(
    ("name", "config", "meant"),
    [
        ("enabled", configured(), True),
        ("domains", configured(), frozenset()),
        ("domains", configured(Aliases=several("a.example.com")), frozenset({"a.example.com"})),
        ("price_class", configured(), "PriceClass_All"),
        ("certificate", configured(), None),
        ("certificate", configured(ViewerCertificate=OWN), OWN["ACMCertificateArn"]),
        ("certificate", configured(ViewerCertificate={"IAMCertificateId": "in-iam"}), "in-iam"),
        ("minimum_tls", configured(), "TLSv1"),
        ("minimum_tls", configured(ViewerCertificate=OWN), "TLSv1.2_2021"),
        ("signed", configured(), {"*": True}),
        ("signed", configured(DefaultCacheBehavior=behavior(TrustedKeyGroups=NOBODY)), {"*": False}),
        (
            "signed",
            configured(CacheBehaviors=several(behavior(PathPattern="open/*", TrustedKeyGroups=NOBODY))),
            {"open/*": False, "*": True},
        ),
        (
            "signed",
            configured(DefaultCacheBehavior=behavior(TrustedKeyGroups={**GROUPS, "Enabled": False})),
            {"*": False},
        ),
        (
            "viewer_protocol",
            configured(CacheBehaviors=several(behavior(PathPattern="a", ViewerProtocolPolicy="allow-all"))),
            {"a": "allow-all", "*": "https-only"},
        ),
        ("trusted_keys", configured(), frozenset({PEM})),
        ("trusted_keys", configured(DefaultCacheBehavior=behavior(TrustedKeyGroups=NOBODY)), frozenset()),
        (
            "trusted_keys",
            configured(
                DefaultCacheBehavior=behavior(
                    TrustedKeyGroups=NOBODY,
                    TrustedSigners={"Enabled": True, "Quantity": 1, "Items": ["self"]},
                )
            ),
            frozenset({"account:self"}),
        ),
        ("origins", configured(), frozenset({Origin("bucket:files", "control")})),
        (
            "origins",
            configured(Origins=several(origin(OriginAccessControlId="not", OriginPath="/x"))),
            frozenset({Origin("bucket:files", None, "/x")}),
        ),
        (
            "origins",
            configured(
                Origins=several(
                    origin(S3OriginConfig={"OriginAccessIdentity": "origin-access-identity/c/E1"})
                )
            ),
            frozenset({Origin("bucket:files", "identity")}),
        ),
        (
            "origins",
            configured(Origins=several(origin(DomainName="example.com", CustomOriginConfig={}))),
            frozenset({Origin("example.com")}),
        ),
    ],
)
def test_what_an_answer_means(name: str, config: Values, meant: object) -> None:
    """Lists are plain whatever CloudFront counts, and what an id names is looked up."""
    assert told(name, config) == meant


@pytest.mark.parametrize(
    ("name", "config", "because"),
    [
        ("enabled", configured(Enabled=None), "enabled: is not said"),
        ("price_class", configured(PriceClass=5), "priceClass: is not text"),
        ("certificate", configured(ViewerCertificate=None), "viewerCertificate: is not said"),
        ("certificate", configured(ViewerCertificate={}), "acmCertificateArn: is not said"),
        ("minimum_tls", configured(ViewerCertificate={}), "minimumProtocolVersion: is not said"),
        ("domains", configured(Aliases={"Quantity": 2, "Items": ["a"]}), "another number of entries"),
        ("domains", configured(Aliases={"Quantity": 1}), "another number of entries"),
        ("signed", configured(DefaultCacheBehavior=None), "defaultCacheBehavior: is not said"),
        (
            "viewer_protocol",
            configured(DefaultCacheBehavior=behavior(ViewerProtocolPolicy="maybe")),
            "is not one of",
        ),
        (
            "trusted_keys",
            configured(DefaultCacheBehavior=behavior(TrustedKeyGroups={**GROUPS, "Items": ["gone"]})),
            "gone is named, and CloudFront does not list it",
        ),
        (
            "origins",
            configured(Origins=several(origin(OriginAccessControlId="gone"))),
            "gone is named, and CloudFront does not list it",
        ),
        ("origins", configured(Origins=several(origin(DomainName=None))), "domainName: is not said"),
    ],
)
def test_what_makes_no_sense_is_not_known(name: str, config: Values, because: str) -> None:
    """What ought to be there and is not, or is of another type, is never guessed."""
    found = told(name, config)

    assert isinstance(found, Unknown), found
    assert because in found.reason


@pytest.mark.parametrize("name", FACETS)
def test_what_is_denied_names_the_permission(name: str) -> None:
    """Each of the calls that a fact takes, by IAM's name for what is missing."""
    facet: Any = FACETS[name]
    for read in facet.READS:
        found = told(name, configured(), **{read.operation: Failure("denied", "AccessDenied")})

        assert isinstance(found, Unknown)
        assert found.reason.endswith(f"{_PERMISSIONS[read.operation]} is denied")


def test_an_answer_without_a_configuration_is_not_known() -> None:
    """It ought to be there."""
    found = told("enabled", configured(), GetDistributionConfig=Answer({"ETag": "1"}))

    assert found == Unknown("GetDistributionConfig.DistributionConfig: is not said, and has to be")
