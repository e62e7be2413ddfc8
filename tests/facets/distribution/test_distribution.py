"""The settings of a distribution, as plans say them."""

from collections.abc import Mapping
from types import ModuleType

import pytest

from bucketwright.facets.distribution import (
    certificate,
    domains,
    enabled,
    minimum_tls,
    price_class,
    signed,
    viewer_protocol,
)
from bucketwright.facets.distribution.viewer_protocol import ViewerProtocol
from bucketwright.facets.facet import Planned
from bucketwright.facets.tokens import DISTRIBUTION
from bucketwright.posture import UNSET, Undetermined
from tests.facets.plans import Inputs, spelled
from tests.facets.wiring import LATER, made, resolve, whole

CERTIFICATE = "arn:aws:acm:us-east-1:111122223333:certificate/one"
DEFAULT: Inputs = {"viewerProtocolPolicy": "https-only"}


def distribution(**inputs: object) -> Planned:
    return whole(made(DISTRIBUTION, inputs))


def viewer(**inputs: object) -> Planned:
    return distribution(viewerCertificate=inputs)


def behaving(default: Inputs, *ordered: Inputs) -> Planned:
    """A distribution with these behaviors."""
    return distribution(defaultCacheBehavior=default, orderedCacheBehaviors=list(ordered))


@pytest.mark.parametrize(
    ("facet", "planned", "said"),
    [
        pytest.param(enabled, distribution(), UNSET, id="enabled: nothing"),
        pytest.param(enabled, distribution(enabled=False), False, id="enabled: off"),
        pytest.param(domains, distribution(), UNSET, id="domains: nothing"),
        pytest.param(
            domains, distribution(aliases=["b.example.com", "a.example.com"]),
            frozenset({"a.example.com", "b.example.com"}), id="domains: two",
        ),
        pytest.param(price_class, distribution(), UNSET, id="price class: nothing"),
        pytest.param(
            price_class, distribution(priceClass="PriceClass_100"), "PriceClass_100", id="price class: cheap"
        ),
        pytest.param(certificate, distribution(), UNSET, id="certificate: nothing"),
        pytest.param(
            certificate, viewer(cloudfrontDefaultCertificate=True), None, id="certificate: CloudFront's own"
        ),
        pytest.param(
            certificate, viewer(acmCertificateArn=CERTIFICATE), CERTIFICATE, id="certificate: in ACM"
        ),
        pytest.param(certificate, viewer(iamCertificateId="ASCA1"), "ASCA1", id="certificate: in IAM"),
        pytest.param(minimum_tls, distribution(), UNSET, id="TLS: nothing"),
        pytest.param(
            minimum_tls,
            viewer(cloudfrontDefaultCertificate=True, minimumProtocolVersion="TLSv1.2_2021"),
            "TLSv1",
            id="TLS: CloudFront's own certificate allows any",
        ),
        pytest.param(
            minimum_tls, viewer(minimumProtocolVersion="TLSv1.2_2021"), "TLSv1.2_2021", id="TLS: 1.2"
        ),
    ],
)  # fmt: skip
def test_what_a_distribution_says(facet: ModuleType, planned: Planned, said: object) -> None:
    """A value as it is, and nothing where nothing is said."""
    assert facet.from_plan(planned) == said


@pytest.mark.parametrize(
    ("facet", "planned"),
    [
        pytest.param(enabled, distribution(enabled=LATER), id="enabled"),
        pytest.param(domains, distribution(aliases=["a.example.com", LATER]), id="one of the domains"),
        pytest.param(price_class, distribution(priceClass=LATER), id="price class"),
        pytest.param(certificate, viewer(acmCertificateArn=LATER), id="certificate"),
        pytest.param(minimum_tls, viewer(minimumProtocolVersion=LATER), id="TLS"),
        pytest.param(minimum_tls, viewer(cloudfrontDefaultCertificate=LATER), id="whose certificate"),
        pytest.param(viewer_protocol, behaving({"viewerProtocolPolicy": LATER}), id="protocol"),
        pytest.param(signed, behaving({"trustedKeyGroups": LATER}), id="all key groups"),
        pytest.param(signed, behaving(DEFAULT, {"pathPattern": LATER}), id="for which path"),
    ],
)
def test_what_is_known_later_is_not_guessed(facet: ModuleType, planned: Planned) -> None:
    """Whatever the setting."""
    with pytest.raises(Undetermined, match="known only after deployment"):
        facet.from_plan(planned)


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(behaving(DEFAULT), {"*": "https-only"}, id="one for all"),
        pytest.param(
            behaving(DEFAULT, {"pathPattern": "/old/*", "viewerProtocolPolicy": "allow-all"}),
            {"/old/*": "allow-all", "*": "https-only"},
            id="one path is open",
        ),
    ],
)
def test_plain_http_is_a_matter_of_the_path(planned: Planned, said: Mapping[str, str]) -> None:
    """Each behavior says what becomes of it."""
    assert viewer_protocol.from_plan(planned) == said


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(behaving(DEFAULT), {"*": False}, id="nobody has to sign"),
        pytest.param(behaving({"trustedKeyGroups": [LATER]}), {"*": True}, id="a key group of the plan"),
        pytest.param(behaving({"trustedKeyGroups": ["group"]}), {"*": True}, id="a key group of others"),
        pytest.param(behaving({"trustedSigners": ["self"]}), {"*": True}, id="keys of the account"),
        pytest.param(behaving({"trustedKeyGroups": []}), {"*": False}, id="an empty list"),
        pytest.param(
            behaving({"trustedKeyGroups": [LATER]}, {"pathPattern": "/free/*"}),
            {"/free/*": False, "*": True},
            id="all but one path",
        ),
    ],
)
def test_signatures_are_a_matter_of_the_path(planned: Planned, said: Mapping[str, bool]) -> None:
    """Whoever may sign: that some signature is needed is known before the keys are."""
    assert signed.from_plan(planned) == said


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(behaving(DEFAULT, {"pathPattern": "*"}), "two of them are for", id="two defaults"),
        pytest.param(
            behaving(DEFAULT, {"pathPattern": "/a"}, {"pathPattern": "/a"}),
            "two of them",
            id="one path twice",
        ),
        pytest.param(behaving(DEFAULT, {}), "has to be", id="a behavior for no path"),
        pytest.param(distribution(), "has to be", id="no behavior at all"),
        pytest.param(behaving({"viewerProtocolPolicy": "http"}), "one of allow-all", id="a word of its own"),
        pytest.param(behaving({}), "has to be", id="no word"),
    ],
)
def test_behaviors_that_cannot_be_are_not_judged(planned: Planned, reason: str) -> None:
    """CloudFront would refuse them."""
    with pytest.raises(Undetermined, match=reason):
        viewer_protocol.from_plan(planned)


def test_behaviors_of_several_paths_are_declared() -> None:
    """Each with its pattern, the default one apart."""
    value: dict[str, ViewerProtocol] = {"/a": "allow-all", "*": "https-only", "/b": "redirect-to-https"}
    [declared] = viewer_protocol.to_args(value, resolve)

    assert viewer_protocol.from_plan(distribution(**spelled(declared.args))) == value
    assert viewer_protocol.to_args({"/a": "allow-all"}, resolve)[0].args == {
        "ordered_cache_behaviors": [{"path_pattern": "/a", "viewer_protocol_policy": "allow-all"}]
    }


@pytest.mark.parametrize(
    ("facet", "value", "args"),
    [
        pytest.param(domains, frozenset(), [], id="no domains"),
        pytest.param(domains, frozenset({"b.example.com", "a.example.com"}),
                     [{"aliases": ["a.example.com", "b.example.com"]}], id="domains in one order"),
        pytest.param(price_class, "PriceClass_All", [], id="all edges"),
        pytest.param(price_class, "PriceClass_100", [{"price_class": "PriceClass_100"}], id="some edges"),
        pytest.param(minimum_tls, "TLSv1", [], id="CloudFront's own security policy"),
        pytest.param(signed, {"*": True}, [], id="signatures, which the keys say"),
    ],
)  # fmt: skip
def test_what_has_to_be_said_is_declared(facet: ModuleType, value: object, args: list[object]) -> None:
    """And what AWS does anyway is not."""
    assert [one.args for one in facet.to_args(value, resolve)] == args
