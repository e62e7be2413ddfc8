"""CloudFront: distributions, and the documents they refer to, changed only by who has seen them."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.server import Clients
from sandbox.server.elements import Element, element
from sandbox.server.gaps.distributions import overlaid
from tests.sandbox.server.asking import OTHER, code
from tests.sandbox.server.probes_objects import distribution

Config = Callable[[str, str], dict[str, Any]]
KINDS: dict[str, tuple[str, Config]] = {
    "public_key": (
        "PublicKey",
        lambda name, said: {"CallerReference": name, "Name": name, "EncodedKey": "k", "Comment": said},
    ),
    "key_group": ("KeyGroup", lambda name, said: {"Name": name, "Items": ["K1", "K2"], "Comment": said}),
    "response_headers_policy": (
        "ResponseHeadersPolicy",
        lambda name, said: {
            "Name": name,
            "Comment": said,
            "SecurityHeadersConfig": {"ContentTypeOptions": {"Override": True}},
        },
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_lives_through_its_calls(clients: Clients, name: str, kind: str) -> None:
    """Made, read, listed, changed and deleted, it is at each moment what was last put."""
    edge = clients.client("cloudfront")
    noun, config = KINDS[kind]
    argument = f"{noun}Config"
    new = getattr(edge, f"create_{kind}")(**{argument: config(name, "first")})
    ident, tag = new[noun]["Id"], new["ETag"]
    changed = getattr(edge, f"update_{kind}")(Id=ident, IfMatch=tag, **{argument: config(name, "then")})
    got = getattr(edge, f"get_{kind}")(Id=ident)
    alone = getattr(edge, f"get_{kind}_config")(Id=ident)
    getattr(edge, f"delete_{kind}")(Id=ident, IfMatch=got["ETag"])

    assert new[noun][argument] == config(name, "first")
    assert changed["ETag"] == got["ETag"] == alone["ETag"] != tag
    assert changed[noun][argument] == got[noun][argument] == alone[argument] == config(name, "then")
    assert code(lambda: getattr(edge, f"get_{kind}")(Id=ident)).startswith("NoSuch")


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_changed_only_by_who_has_seen_it(clients: Clients, name: str, kind: str) -> None:
    """With an old tag neither change nor deletion happens, and a name is taken once."""
    edge = clients.client("cloudfront")
    noun, config = KINDS[kind]
    argument = {f"{noun}Config": config(name, "first")}
    new = getattr(edge, f"create_{kind}")(**argument)
    ident = new[noun]["Id"]
    stale = {"Id": ident, "IfMatch": "ESTALE"}

    assert code(lambda: getattr(edge, f"update_{kind}")(**stale, **argument)) != "taken"
    assert code(lambda: getattr(edge, f"delete_{kind}")(**stale)) != "taken"
    assert code(lambda: getattr(edge, f"create_{kind}")(**argument)) == f"{noun}AlreadyExists"
    assert getattr(edge, f"get_{kind}")(Id=ident)["ETag"] == new["ETag"]


def test_documents_are_listed(clients: Clients, name: str) -> None:
    """Each list shows what was put."""
    edge = clients.client("cloudfront")
    for kind, (noun, config) in KINDS.items():
        getattr(edge, f"create_{kind}")(**{f"{noun}Config": config(name, "c")})
    keys = edge.list_public_keys()["PublicKeyList"]["Items"]
    groups = edge.list_key_groups()["KeyGroupList"]["Items"]
    policies = edge.list_response_headers_policies()["ResponseHeadersPolicyList"]["Items"]

    assert name in [key["Name"] for key in keys]
    assert name in [group["KeyGroup"]["KeyGroupConfig"]["Name"] for group in groups]
    assert name in [one["ResponseHeadersPolicy"]["ResponseHeadersPolicyConfig"]["Name"] for one in policies]


def test_a_distribution_keeps_what_was_last_put(clients: Clients, name: str) -> None:
    """Settings that moto drops survive creation, reading and change."""
    edge = clients.client("cloudfront")
    made = edge.create_distribution_with_tags(
        DistributionConfigWithTags={
            "DistributionConfig": distribution(name),
            "Tags": {"Items": [{"Key": "a", "Value": "b"}]},
        }
    )
    ident = made["Distribution"]["Id"]
    read = edge.get_distribution_config(Id=ident)
    config = read["DistributionConfig"]
    config["Origins"]["Items"][0]["OriginAccessControlId"] = "E456"
    edge.update_distribution(Id=ident, IfMatch=read["ETag"], DistributionConfig=config)
    got = edge.get_distribution(Id=ident)["Distribution"]["DistributionConfig"]
    origins = [one["Origins"]["Items"][0] for one in (made["Distribution"]["DistributionConfig"], got)]

    assert [origin["OriginAccessControlId"] for origin in origins] == ["E123", "E456"]
    assert got["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "https-only"
    assert edge.list_tags_for_resource(Resource=made["Distribution"]["ARN"])["Tags"]["Items"]


ARN = "arn:aws:acm:us-east-1:123456789012:certificate/1"


@pytest.mark.parametrize(
    ("put", "answer"),
    [
        pytest.param(
            {
                "ACMCertificateArn": ARN,
                "SSLSupportMethod": "sni-only",
                "MinimumProtocolVersion": "TLSv1.2_2021",
            },
            {"ACMCertificateArn": ARN, "Certificate": ARN, "CertificateSource": "acm"},
            id="one's own, in ACM",
        ),
        pytest.param(
            {"IAMCertificateId": "AS1", "SSLSupportMethod": "vip", "MinimumProtocolVersion": "TLSv1.1_2016"},
            {"IAMCertificateId": "AS1", "Certificate": "AS1", "CertificateSource": "iam"},
            id="one's own, in IAM",
        ),
    ],
)
def test_a_certificate_of_ones_own_is_not_cloudfronts(
    clients: Clients, name: str, put: dict[str, str], answer: dict[str, str]
) -> None:
    """Every call that shows it says so, and where it is from."""
    edge = clients.client("cloudfront")
    config = {**distribution(name), "ViewerCertificate": put}
    made = edge.create_distribution(DistributionConfig=config)["Distribution"]
    got = edge.get_distribution_config(Id=made["Id"])["DistributionConfig"]
    listed = edge.list_distributions()["DistributionList"]["Items"]
    summary = next(one for one in listed if one["Id"] == made["Id"])

    for told in (made["DistributionConfig"], got, summary):
        assert told["ViewerCertificate"] == {**put, **answer, "CloudFrontDefaultCertificate": False}


@pytest.mark.parametrize(
    "put",
    [
        pytest.param({}, id="nothing said"),
        pytest.param({"ViewerCertificate": {"CloudFrontDefaultCertificate": True}}, id="said"),
        pytest.param(
            {
                "ViewerCertificate": {
                    "CloudFrontDefaultCertificate": True,
                    "MinimumProtocolVersion": "TLSv1.2_2021",
                }
            },
            id="with a TLS that it does not have",
        ),
    ],
)
def test_under_cloudfronts_certificate_there_is_one_tls(
    clients: Clients, name: str, put: dict[str, Any]
) -> None:
    """Whatever minimum is put, CloudFront's own certificate comes with TLS 1.0; and so it does afterwards."""
    edge = clients.client("cloudfront")
    own = {"ACMCertificateArn": ARN, "SSLSupportMethod": "sni-only"}
    config = {**distribution(name), "ViewerCertificate": own}
    made = edge.create_distribution(DistributionConfig=config)
    ident, tag = made["Distribution"]["Id"], made["ETag"]
    edge.update_distribution(Id=ident, IfMatch=tag, DistributionConfig={**distribution(name), **put})
    told = edge.get_distribution(Id=ident)["Distribution"]["DistributionConfig"]["ViewerCertificate"]

    assert told == {
        "CloudFrontDefaultCertificate": True,
        "SSLSupportMethod": "vip",
        "MinimumProtocolVersion": "TLSv1",
        "CertificateSource": "cloudfront",
    }


def test_distributions_are_listed_as_they_were_put(clients: Clients, name: str) -> None:
    """With what moto drops, and without what lists do not show; others' are not among them."""
    edge = clients.client("cloudfront")
    ident = edge.create_distribution(DistributionConfig=distribution(name))["Distribution"]["Id"]
    listed = {one["Id"]: one for one in edge.list_distributions()["DistributionList"]["Items"]}
    theirs = Clients(clients.url, OTHER, clients.region).client("cloudfront")

    assert listed[ident]["Origins"]["Items"][0]["OriginAccessControlId"] == "E123"
    assert {"CallerReference", "Logging"} & listed[ident].keys() == set()
    assert "Items" not in theirs.list_distributions()["DistributionList"]


def tree(**children: Element | str) -> Element:
    """An element of named parts."""
    parts = (
        element(name, part) if isinstance(part, str) else element(name, *part.children)
        for name, part in children.items()
    )
    return element("Config", *parts)


@pytest.mark.parametrize(
    ("under", "over", "result"),
    [
        pytest.param(tree(A="1", B="2"), tree(B="3"), tree(A="1", B="3"), id="put wins, defaults stay"),
        pytest.param(tree(A="1"), tree(B="2"), tree(A="1", B="2"), id="what moto lost is added"),
        pytest.param(tree(A=tree(X="1", Y="2")), tree(A=tree(Y="3")), tree(A=tree(X="1", Y="3")), id="deep"),
        pytest.param(
            tree(Items=tree(Item=tree(X="1", Y="2"))),
            tree(Items=tree(Item=tree(X="3"))),
            tree(Items=tree(Item=tree(X="3", Y="2"))),
            id="item by item",
        ),
        pytest.param(
            tree(Items=element("Items", element("I", "1"), element("I", "2"))),
            tree(Items=element("Items", element("I", "3"))),
            tree(Items=element("Items", element("I", "3"))),
            id="another number of items",
        ),
    ],
)
def test_what_was_put_lies_over_what_moto_says(under: Element, over: Element, result: Element) -> None:
    """Every setting that was put holds; others are moto's."""
    assert overlaid(under, over) == result
