"""What a live bucket's ACL and policy say, and where it says that it is."""

import json
from dataclasses import replace
from typing import Final

import pytest

from bucketwright.calls import Answer, Failure, Outcome
from bucketwright.facets.bucket import acl, namespace, policy, region
from bucketwright.facets.bucket.acl import FRESH
from bucketwright.facets.bucket.policy import Policy
from bucketwright.facets.grants import ALL_USERS, OWNER, Grant
from bucketwright.facets.reading import Asked, Read, Target
from bucketwright.posture import Undetermined, Unknown
from tests.facets.bucket.answering import BUCKET, reason, value
from tests.facets.live import answers
from tests.facets.plans import address_of

ME: Final = "ab" * 32
FRIEND: Final = "cd" * 32


def grant(permission: str = "READ", **grantee: object) -> dict[str, object]:
    return {"Grantee": grantee, "Permission": permission}


def listed(*grants: object, owner: object = ME) -> dict[str, object]:
    return {"Owner": {"ID": owner}, "Grants": list(grants)}


MINE: Final = grant("FULL_CONTROL", ID=ME, Type="CanonicalUser")


@pytest.mark.parametrize(
    ("grants", "meaning"),
    [
        pytest.param([MINE], FRESH, id="the owner's own"),
        pytest.param([], frozenset(), id="no grants at all"),
        pytest.param(
            [MINE, grant(URI=ALL_USERS, Type="Group")],
            FRESH | {Grant(ALL_USERS, "READ")},
            id="everybody reads",
        ),
        pytest.param(
            [MINE, grant("WRITE", ID=FRIEND, Type="CanonicalUser")],
            FRESH | {Grant(f"id:{FRIEND}", "WRITE")},
            id="another user writes",
        ),
        pytest.param([grant("READ_ACP", ID=ME)], {Grant(OWNER, "READ_ACP")}, id="less than all to the owner"),
        pytest.param([grant(EmailAddress="a@b.example")], {Grant("email:a@b.example", "READ")}, id="by mail"),
    ],
)
def test_the_owner_of_an_acl_is_the_owner(grants: list[object], meaning: frozenset[Grant]) -> None:
    """S3 answers ids; the owner's own is told as in a contract, everybody else's as it is."""
    assert value(acl, listed(*grants)) == meaning


@pytest.mark.parametrize(
    ("values", "told"),
    [
        pytest.param({"Owner": {"ID": ME}}, "GetBucketAcl.Grants: is not said", id="no list of grants"),
        pytest.param(
            listed(MINE, owner=""), "GetBucketAcl.Owner.ID: is not said", id="an owner without an id"
        ),
        pytest.param(listed(grant()), "a grant names nobody", id="nobody is granted something"),
        pytest.param(listed({"Grantee": {"ID": ME}}), "Permission: is not said", id="nothing is granted"),
        pytest.param(listed(grant("OWN", ID=ME)), "is not one of", id="an unknown permission"),
        pytest.param(
            listed(grant(URI="owner")), "by what is no URI", id="a group that calls itself the owner"
        ),
        pytest.param(
            listed(grant(URI=f"id:{ME}")), "by what is no URI", id="a group that calls itself a user"
        ),
        pytest.param(listed("all"), "is not a mapping", id="a grant that is none"),
        pytest.param({"Owner": {"ID": ME}, "Grants": "all"}, "is not a list", id="grants that are none"),
    ],
)
def test_half_an_acl_is_unknown(values: dict[str, object], told: str) -> None:
    """No public grant seen is no proof, if the list is not whole."""
    assert told in reason(acl, values)


def test_the_owner_is_told_for_a_later_call() -> None:
    """Whoever puts an ACL back names the owner in it."""
    assert acl.owner_of(answers(BUCKET, {acl.READS[0]: Answer(listed(MINE))})) == ME


ARN: Final = "arn:aws:cloudfront::111122223333:distribution/E2EXAMPLE"


def document(source: str, **more: object) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::files/*",
        "Condition": {"StringEquals": {"AWS:SourceArn": source}},
        **more,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def distribution(kind: str, _: str, found: object) -> str | None:
    return "distribution:files" if kind == "distribution" and found == ARN else None


def answered(text: str) -> Policy:
    found = policy.from_api(
        replace(answers(BUCKET, {policy.READS[0]: Answer({"Policy": text})}), refer=distribution)
    )
    assert found is not None
    return found


def test_a_policy_is_compared_by_the_addresses_in_it() -> None:
    """A distribution's ARN is its address, in the text as well, so that it can be put beside a contract's."""
    wanted = policy.policy_of(document("arn:aws:cloudfront::000000000000:distribution/{files}"))
    found, stranger = answered(document(ARN)), answered(document(ARN.replace("E2EX", "E3EX")))

    assert found == wanted
    assert found.text == wanted.text
    assert stranger != wanted
    assert "E3EXAMPLE" in stranger.text


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        pytest.param(
            {"AWS": "111122223333"}, {"AWS": "arn:aws:iam::111122223333:root"}, id="an account by its root"
        ),
        pytest.param("*", {"AWS": "*"}, id="everyone"),
        pytest.param({"AWS": ["a", "b"]}, {"AWS": ["b", "a"]}, id="another order"),
    ],
)
def test_a_policy_is_what_it_means(asked: object, answered: object) -> None:
    """S3 rewrites principals when it stores a policy."""
    assert value(policy, {"Policy": document("x", Principal=answered)}) == policy.policy_of(
        document("x", Principal=asked)
    )


def test_the_id_of_somebody_who_is_gone_stays_an_id() -> None:
    """It is nobody's ARN."""
    found = answered(document("x", Principal={"AWS": "AIDAEXAMPLE"}))

    assert found.document.statements[0].principals is not None
    assert found.document.statements[0].principals.members == (("AWS", "AIDAEXAMPLE"),)


NOWHERE: Final = replace(BUCKET, region="")


@pytest.mark.parametrize(
    ("values", "meaning"),
    [
        pytest.param({"LocationConstraint": None}, "us-east-1", id="the first region has no name"),
        pytest.param({}, "us-east-1", id="nor an element"),
        pytest.param({"LocationConstraint": "EU"}, "eu-west-1", id="the second has an old one"),
        pytest.param({"LocationConstraint": "ap-southeast-2"}, "ap-southeast-2", id="any other is itself"),
    ],
)
def test_where_a_bucket_says_it_is(values: dict[str, object], meaning: str) -> None:
    """S3 has names of old for the first two regions."""
    assert region.from_api(answers(NOWHERE, {region.LOCATION: Answer(values)})) == meaning


def test_a_bucket_is_where_it_was_found() -> None:
    """No call is needed for that, whatever one would say."""
    assert region.READS == ()
    assert region.from_api(Asked(BUCKET, {}, address_of)) == "eu-west-1"


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        pytest.param({}, "was not asked for", id="nobody asked"),
        pytest.param({region.LOCATION: Failure("denied")}, "s3:GetBucketLocation is denied", id="denied"),
        pytest.param({region.LOCATION: Answer({"LocationConstraint": 3})}, "is not text", id="a number"),
    ],
)
def test_where_a_bucket_is_may_be_unknown(outcomes: dict[Read, Outcome], told: str) -> None:
    """Then no region is made up."""
    with pytest.raises(Undetermined, match=told):
        region.from_api(answers(NOWHERE, outcomes))


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        pytest.param("files-111122223333-eu-west-1-an", "account-regional", id="the account's own"),
        pytest.param("files-444455556666-eu-west-1-an", "global", id="another account in the name"),
        pytest.param("files-111122223333-us-east-1-an", "global", id="another region in the name"),
        pytest.param("files-111122223333-eu-west-1-and", "global", id="another end"),
        pytest.param("a-nice-plan", "global", id="a word"),
        pytest.param("my-11112222333-eu-west-1-an", "global", id="a digit too few"),
        pytest.param("files-an", "global", id="the end alone"),
    ],
)
def test_a_name_tells_its_namespace(name: str, meaning: str) -> None:
    """Whole names are compared, with the account and the region that the bucket is in."""
    assert namespace.READS == ()
    assert namespace.from_api(Asked(replace(BUCKET, name=name), {}, address_of)) == meaning


def test_a_name_is_believed_where_nothing_else_is_known() -> None:
    """S3 gives such names to nobody else; of a region with a longer name as well."""
    nameless = Target("bucket", "files-111122223333-us-gov-west-1-an", {})

    assert namespace.from_api(Asked(nameless, {}, address_of)) == "account-regional"


def test_a_deep_policy_is_told_and_not_fallen_over() -> None:
    """A stranger's document never makes a traceback."""
    assert isinstance(value(policy, {"Policy": '{"Statement":' * 5000}), Unknown)
