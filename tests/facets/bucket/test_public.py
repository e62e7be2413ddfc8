"""The block, ownership, the ACL and web sites: what a plan says of letting everybody in."""

import pytest

from bucketwright.facets.bucket import acl, ownership, public_access_block, website
from bucketwright.facets.bucket.acl import FRESH
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.bucket.website import Website
from bucketwright.facets.facet import Planned
from bucketwright.facets.grants import ALL_USERS, LOG_DELIVERY, Grant
from bucketwright.plan import UNKNOWN_INPUT
from bucketwright.posture import UNSET, Undetermined
from tests.facets.plans import Inputs, plan, resolve

CLOSED = {
    "blockPublicAcls": True,
    "ignorePublicAcls": True,
    "blockPublicPolicy": True,
    "restrictPublicBuckets": True,
}
OPEN = PublicAccessBlock(False, False, False, False)
EVERYBODY = FRESH | {Grant(ALL_USERS, "READ")}


def block(**switches: object) -> tuple[str, Inputs]:
    return public_access_block.KIND, {"bucket": "files", **switches}


def owned(word: object) -> tuple[str, Inputs]:
    return ownership.KIND, {"rule": {"objectOwnership": word}}


def canned(word: object) -> tuple[str, Inputs]:
    return acl.KIND, {"acl": word}


def listed(*grants: Inputs) -> tuple[str, Inputs]:
    return acl.KIND, {"accessControlPolicy": {"owner": {"id": "me"}, "grants": list(grants)}}


def grant(permission: object, **grantee: object) -> Inputs:
    return {"permission": permission, "grantee": grantee}


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(plan({}), UNSET, id="nothing is said"),
        pytest.param(plan({}, block(**CLOSED)), PublicAccessBlock(), id="all four on"),
        pytest.param(plan({}, block()), OPEN, id="a switch that is not named is off"),
        pytest.param(
            plan({}, block(**{**CLOSED, "ignorePublicAcls": False})),
            PublicAccessBlock(ignore_acls=False),
            id="one off",
        ),
    ],
)
def test_the_block_in_a_plan(planned: Planned, said: object) -> None:
    """Its resource sets all four switches."""
    assert public_access_block.from_plan(planned) == said


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(plan({}, block(blockPublicPolicy=UNKNOWN_INPUT)), "known only after", id="unknown"),
        pytest.param(plan({}, block(blockPublicAcls="true")), "true or false", id="a word"),
        pytest.param(plan({}, block(**CLOSED), block(**CLOSED)), "2 resources", id="two resources"),
    ],
)
def test_a_block_that_cannot_be_known(planned: Planned, reason: str) -> None:
    """What is unknown, senseless or said twice is not guessed."""
    with pytest.raises(Undetermined, match=reason):
        public_access_block.from_plan(planned)


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(plan({}), UNSET, id="nothing is said"),
        pytest.param(plan({}, owned("BucketOwnerEnforced")), "BucketOwnerEnforced", id="enforced"),
        pytest.param(plan({}, owned("ObjectWriter")), "ObjectWriter", id="the writer's"),
    ],
)
def test_ownership_in_a_plan(planned: Planned, said: object) -> None:
    """It has a resource of its own, and no other."""
    assert ownership.from_plan(planned) == said


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(plan({}, owned(UNKNOWN_INPUT)), "known only after", id="unknown"),
        pytest.param(plan({}, owned("Mine")), "one of BucketOwnerEnforced", id="no such word"),
        pytest.param(plan({}, (ownership.KIND, {})), "has to be", id="nothing in the resource"),
    ],
)
def test_ownership_that_cannot_be_known(planned: Planned, reason: str) -> None:
    """What is unknown or senseless is not guessed."""
    with pytest.raises(Undetermined, match=reason):
        ownership.from_plan(planned)


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(plan({}), UNSET, id="nothing is said"),
        pytest.param(plan({}, canned("private")), FRESH, id="private"),
        pytest.param(
            plan({}, canned("bucket-owner-full-control")), FRESH, id="on a bucket the same as private"
        ),
        pytest.param(plan({}, canned("public-read")), EVERYBODY, id="everybody may list"),
        pytest.param(
            plan({}, canned("log-delivery-write")),
            FRESH | {Grant(LOG_DELIVERY, "WRITE"), Grant(LOG_DELIVERY, "READ_ACP")},
            id="log delivery",
        ),
        pytest.param(
            plan({}, listed(grant("FULL_CONTROL", id="me"), grant("READ", uri=ALL_USERS))),
            EVERYBODY,
            id="the same, grant by grant",
        ),
        pytest.param(
            plan({}, listed(grant("READ", id="you"), grant("WRITE", emailAddress="a@example.com"))),
            {Grant("id:you", "READ"), Grant("email:a@example.com", "WRITE")},
            id="users by id and address",
        ),
        pytest.param(plan({"acl": "public-read"}), EVERYBODY, id="the bucket itself"),
        pytest.param(
            plan({"grants": [{"type": "Group", "uri": ALL_USERS, "permissions": ["READ", "WRITE"]}]}),
            {Grant(ALL_USERS, "READ"), Grant(ALL_USERS, "WRITE")},
            id="the bucket itself, grant by grant",
        ),
    ],
)
def test_an_acl_in_a_plan(planned: Planned, said: object) -> None:
    """Canned names and single grants say the same in the end."""
    assert acl.from_plan(planned) == said


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(plan({}, canned(UNKNOWN_INPUT)), "known only after", id="unknown"),
        pytest.param(plan({}, canned("mine")), "one of private", id="no such name"),
        pytest.param(
            plan({}, listed(grant("READ", id=UNKNOWN_INPUT))), "known only after", id="unknown user"
        ),
        pytest.param(
            plan({}, listed(grant("LIST", id="you"))), "one of FULL_CONTROL", id="no such permission"
        ),
        pytest.param(plan({}, listed(grant("READ", type="Group"))), "names nobody", id="a grant to nobody"),
        pytest.param(plan({}, listed(grant(None, id="you"))), "has to be", id="a grant of nothing"),
        pytest.param(
            plan({"grants": [{"id": "you", "permissions": ["LIST"]}]}),
            "no such permission",
            id="inline permission",
        ),
        pytest.param(plan({"acl": "public-read"}, canned("private")), "another", id="they contend"),
        pytest.param(
            plan({"acl": "private", "grants": [{"uri": ALL_USERS, "permissions": ["READ"]}]}),
            "another",
            id="the bucket contends with itself",
        ),
    ],
)
def test_an_acl_that_cannot_be_known(planned: Planned, reason: str) -> None:
    """What is unknown, senseless or said in two ways is not guessed."""
    with pytest.raises(Undetermined, match=reason):
        acl.from_plan(planned)


def test_an_acl_is_declared_by_its_name() -> None:
    """The owner's own control is there already; log delivery is named; what has no name is refused."""
    assert acl.to_args(acl.CANNED["private"], resolve) == ()
    assert [one.args for one in acl.to_args(acl.CANNED["log-delivery-write"], resolve)] == [
        {"acl": "log-delivery-write"}
    ]
    with pytest.raises(ValueError, match="no canned ACL"):
        acl.to_args(frozenset({Grant("id:you", "READ")}), resolve)


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(plan({}), UNSET, id="nothing is said"),
        pytest.param(
            plan(
                {},
                (
                    website.KIND,
                    {"indexDocument": {"suffix": "index.html"}, "errorDocument": {"key": "e.html"}},
                ),
            ),
            Website("index.html", "e.html"),
            id="a resource of its own",
        ),
        pytest.param(
            plan(
                {},
                (website.KIND, {"redirectAllRequestsTo": {"hostName": "example.com", "protocol": "https"}}),
            ),
            Website(redirects_to="example.com"),
            id="all sent on",
        ),
        pytest.param(
            plan({"website": {"indexDocument": "index.html"}}), Website("index.html"), id="the bucket itself"
        ),
        pytest.param(
            plan({"websites": [{"redirectAllRequestsTo": "https://example.com"}]}),
            Website(redirects_to="example.com"),
            id="the older bucket: a list of one",
        ),
        pytest.param(plan({}, (website.KIND, {})), Website(), id="a site of routing rules alone"),
    ],
)
def test_a_website_in_a_plan(planned: Planned, said: object) -> None:
    """Whoever makes one is understood, though no contract asks for it."""
    assert website.from_plan(planned) == said


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(plan({"website": UNKNOWN_INPUT}), "known only after", id="unknown"),
        pytest.param(plan({"website": "index.html"}), "not a mapping", id="a word"),
        pytest.param(
            plan({"website": {"indexDocument": "a"}}, (website.KIND, {"indexDocument": {"suffix": "b"}})),
            "another",
            id="they contend",
        ),
    ],
)
def test_a_website_that_cannot_be_known(planned: Planned, reason: str) -> None:
    """What is unknown, senseless or said in two ways is not guessed."""
    with pytest.raises(Undetermined, match=reason):
        website.from_plan(planned)


def test_no_website_is_declared() -> None:
    """None is made, and none can be asked for."""
    assert website.to_args(None, resolve) == ()
    with pytest.raises(ValueError, match="no website"):
        website.to_args(Website("index.html"), resolve)
