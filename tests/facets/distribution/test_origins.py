"""Where a distribution fetches and how it shows who it is there, as plans say it."""

import pytest

from bucketwright.facets.distribution.origins import CONTROL, IDENTITY, Origin, from_plan, to_args
from bucketwright.facets.facet import Planned
from bucketwright.facets.tokens import DISTRIBUTION
from bucketwright.plan import Resource
from bucketwright.posture import Undetermined
from tests.facets.plans import Inputs
from tests.facets.wiring import LATER, made, resolve, whole

HOST = "files.s3.us-west-2.amazonaws.com"
SIGNS = made(CONTROL, {"signingBehavior": "always"})
SIGNS_NOT = made(CONTROL, {"signingBehavior": "never"}, name="two")
SHOWN = made(IDENTITY, {})
CONTROLLED: Inputs = {"domainName": HOST, "originAccessControlId": LATER}
IDENTIFIED: Inputs = {"domainName": HOST, "s3OriginConfig": {"originAccessIdentity": LATER}}


def origins(
    *inputs: Inputs, computed: tuple[Resource, ...] = (), parts: tuple[Resource, ...] = ()
) -> Planned:
    """A distribution with these origins, computed from these resources, which the plan holds."""
    thing = made(DISTRIBUTION, {"origins": list(inputs)}, {"origins": computed})
    return whole(thing, *computed, *parts)


@pytest.mark.parametrize(
    ("planned", "access"),
    [
        pytest.param(origins({"domainName": HOST}), None, id="open"),
        pytest.param(origins({"domainName": HOST, "originAccessControlId": ""}), None, id="an empty id"),
        pytest.param(origins(CONTROLLED, computed=(SIGNS,)), "control", id="an access control"),
        pytest.param(
            origins({**CONTROLLED, "originAccessControlId": "E1"}, computed=(SIGNS,)),
            "control",
            id="its id known by now",
        ),
        pytest.param(origins(CONTROLLED, computed=(SIGNS_NOT,)), None, id="one that never signs"),
        pytest.param(
            origins(CONTROLLED, computed=(SIGNS,), parts=(SIGNS_NOT,)),
            "control",
            id="another one is not asked",
        ),
        pytest.param(origins(IDENTIFIED, computed=(SHOWN,)), "identity", id="the older identity"),
        pytest.param(
            origins({**IDENTIFIED, "s3OriginConfig": {"originAccessIdentity": "origin-access-identity/E1"}}),
            "identity",
            id="an identity of others",
        ),
        pytest.param(
            origins({**IDENTIFIED, "s3OriginConfig": {"originAccessIdentity": ""}}), None, id="no identity"
        ),
    ],
)
def test_an_origin_shows_who_asks_or_not(planned: Planned, access: str | None) -> None:
    """By the access control, where that signs; by the older identity; else not at all."""
    assert [origin.access for origin in from_plan(planned)] == [access]


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(origins(CONTROLLED), "not all of this plan", id="a control from elsewhere"),
        pytest.param(
            origins({**CONTROLLED, "originAccessControlId": "E1"}), "not all of this plan", id="one of others"
        ),
        pytest.param(
            origins(
                {**CONTROLLED, "originAccessControlId": "E1"},
                {**CONTROLLED, "originAccessControlId": "E2"},
                computed=(SIGNS,),
            ),
            "not all of this plan",
            id="two, of which one is of the plan",
        ),
        pytest.param(
            origins(CONTROLLED, {**CONTROLLED, "domainName": "b"}, computed=(SIGNS, SIGNS_NOT)),
            "differ",
            id="of two minds",
        ),
        pytest.param(
            whole(made(DISTRIBUTION, {"origins": [CONTROLLED]}, {"origins": (SIGNS,)})),
            "not of this plan",
            id="a control of another program",
        ),
        pytest.param(
            origins(CONTROLLED, computed=(made(CONTROL, {"signingBehavior": "often"}),)),
            "one of always",
            id="a word of its own",
        ),
        pytest.param(origins(IDENTIFIED), "after deployment", id="an identity from elsewhere"),
        pytest.param(origins({**CONTROLLED, "originAccessControlId": ["E1"]}), "text", id="a list for an id"),
        pytest.param(origins({"domainName": LATER}), "after deployment", id="a host nobody knows"),
        pytest.param(origins({}), "has to be", id="no host"),
    ],
)
def test_what_nobody_knows_of_an_origin_is_not_guessed(planned: Planned, reason: str) -> None:
    """Neither open nor closed."""
    with pytest.raises(Undetermined, match=reason):
        from_plan(planned)


def test_an_origin_is_a_bucket_or_a_host() -> None:
    """A bucket by its address, a stranger by its host name, each with what stands before its paths."""

    def refer(kind: str, _: str, found: object) -> str | None:
        return "bucket:files" if (kind, found) == ("bucket", HOST) else None

    several = [{"domainName": HOST, "originPath": "/dev"}, {"domainName": "api.example.com"}]
    planned = whole(made(DISTRIBUTION, {"origins": several}), refer=refer)

    assert from_plan(planned) == frozenset({Origin("bucket:files", path="/dev"), Origin("api.example.com")})


def test_an_access_control_is_declared_beside_its_origin() -> None:
    """It always signs; an open origin has none."""
    closed, distribution = to_args(frozenset({Origin("bucket:files", "control", "/dev")}), resolve)
    [alone] = to_args(frozenset({Origin("api.example.com")}), resolve)

    assert (closed.kind, closed.args["signing_behavior"]) == (CONTROL, "always")
    assert distribution.args["origins"] == [
        {"domain_name": "domain-of-bucket:files", "origin_id": "bucket:files", "origin_path": "/dev"}
    ]
    assert alone.args["origins"] == [{"domain_name": "api.example.com", "origin_id": "api.example.com"}]


def test_the_older_identity_cannot_be_declared() -> None:
    """A contract has no word for it."""
    with pytest.raises(ValueError, match="no identities"):
        to_args(frozenset({Origin("bucket:files", "identity")}), resolve)
