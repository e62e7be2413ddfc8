"""What a role may do, who may take it on and for how long, as plans say it."""

import json

import pytest

from bucketwright.facets.attachments import ATTACHMENT, ATTACHMENTS, POLICY, ROLE_POLICY, SHARED_ATTACHMENT
from bucketwright.facets.role import boundary, managed, max_session, policies, trust
from bucketwright.facets.role.policies import Policies
from bucketwright.facets.tokens import ROLE
from bucketwright.plan import Resource
from bucketwright.posture import UNSET, Undetermined
from tests.facets.wiring import LATER, made, resolve, whole

READ = "arn:aws:iam::aws:policy/ReadOnlyAccess"
OURS = "arn:aws:iam::111122223333:policy/team"


def document(*actions: str, resource: str = "arn:aws:s3:::files/*") -> str:
    """A policy that allows some actions."""
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


GET, PUT = document("s3:GetObject"), document("s3:PutObject")
WRITTEN = made(POLICY, {"policy": GET}, name="reading")
OTHER = made(POLICY, {"policy": PUT}, name="writing")


def attachment(policy: Resource, value: object = LATER) -> Resource:
    return made(ATTACHMENT, {"policyArn": value}, {"policyArn": (policy,)}, name=policy.name)


def named(value: object) -> Resource:
    """An attachment of a policy by its ARN."""
    return made(ATTACHMENT, {"policyArn": value})


def role(**inputs: object) -> Resource:
    return made(ROLE, inputs)


def statements(*documents: str) -> Policies:
    """All statements of some documents, by way of a role that has them inline."""
    inline = [{"name": f"p{number}", "policy": text} for number, text in enumerate(documents)]
    found = policies.from_plan(whole(role(inlinePolicies=inline)))
    assert isinstance(found, Policies)
    return found


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param((made(ROLE_POLICY, {"policy": GET}),), id="a policy inside the role"),
        pytest.param((made(ROLE_POLICY, {"policy": json.loads(GET)}),), id="as a mapping"),
        pytest.param((WRITTEN, attachment(WRITTEN)), id="a policy of the plan, attached"),
        pytest.param((WRITTEN, attachment(WRITTEN, OURS)), id="its ARN known by now"),
        pytest.param(
            (WRITTEN, made(SHARED_ATTACHMENT, {"policyArn": LATER}, {"policyArn": (WRITTEN,)})),
            id="attached to several roles at once",
        ),
        pytest.param(
            (WRITTEN, made(ATTACHMENTS, {"policyArns": [LATER]}, {"policyArns": (WRITTEN,)})),
            id="in the only attachments there may be",
        ),
        pytest.param((WRITTEN, attachment(WRITTEN), OTHER), id="beside one that is not attached"),
        pytest.param((made(ROLE_POLICY, {"policy": GET}), named(READ)), id="beside one of AWS"),
    ],
)
def test_a_document_counts_however_it_is_attached(parts: tuple[Resource, ...]) -> None:
    """The same statements in every form."""
    assert policies.from_plan(whole(role(), *parts)) == statements(GET)


def test_documents_of_the_role_itself_count() -> None:
    """Inline ones of the older form, and a list of attached ones."""
    several = made(ROLE, {"managedPolicyArns": [LATER, READ, LATER]}, {"managedPolicyArns": (WRITTEN, OTHER)})

    assert policies.from_plan(whole(several, WRITTEN, OTHER)) == statements(GET, PUT)
    assert policies.from_plan(whole(role(inlinePolicies=[{}]))) is UNSET


def test_how_statements_are_spread_means_nothing() -> None:
    """One document with two statements says what two documents say."""
    both = json.loads(GET)
    both["Statement"] += json.loads(PUT)["Statement"]

    assert statements(json.dumps(both)) == statements(GET, PUT) == statements(PUT, GET)
    assert statements(GET) != statements(PUT)


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        pytest.param((named(OURS),), "not all that it names is of this plan", id="a policy of others"),
        pytest.param((named(LATER),), "not all that it names is of this plan", id="of unknown origin"),
        pytest.param((attachment(WRITTEN),), "not of this plan", id="of a program elsewhere"),
        pytest.param((made(ATTACHMENT, {}),), "has to be", id="an attachment of nothing"),
        pytest.param((made(ROLE_POLICY, {"policy": LATER}),), "only after deployment", id="unknown text"),
        pytest.param((made(ROLE_POLICY, {"policy": "{"}),), "none that IAM accepts", id="no policy at all"),
        pytest.param((made(ROLE_POLICY, {}),), "has to be", id="without a document"),
        pytest.param(
            (WRITTEN, made(ATTACHMENTS, {"policyArns": [LATER, LATER]}, {"policyArns": (WRITTEN,)})),
            "not all that it names",
            id="two of which one is of the plan",
        ),
        pytest.param((made(ATTACHMENTS, {"policyArns": "all"}),), "not a list", id="a text for a list"),
    ],
)
def test_a_document_nobody_sees_is_not_passed_over(parts: tuple[Resource, ...], reason: str) -> None:
    """What a role may do is unknown as soon as one of its documents is."""
    with pytest.raises(Undetermined, match=reason):
        policies.from_plan(whole(role(), *parts))


def test_without_documents_nothing_is_said() -> None:
    """Neither by the role nor beside it."""
    assert policies.from_plan(whole(role())) is UNSET
    assert managed.from_plan(whole(role())) is UNSET


def test_policies_of_aws_are_a_fact_of_their_own() -> None:
    """By their ARNs, in whichever form they are attached; others are not among them."""
    other = "arn:aws-cn:iam::aws:policy/service-role/Other"
    inside = role(managedPolicyArns=[READ])
    apart = (named(other), WRITTEN, attachment(WRITTEN))

    assert managed.from_plan(whole(inside, *apart)) == frozenset({READ, other})
    assert policies.from_plan(whole(inside, *apart)) == statements(GET)


@pytest.mark.parametrize("value", [LATER, OURS], ids=["unknown", "a policy of others"])
def test_policies_of_aws_are_unknown_where_one_cannot_be_told(value: str) -> None:
    """What is attached from elsewhere is not settled by saying that it is not AWS's."""
    with pytest.raises(Undetermined, match="not all that it names"):
        managed.from_plan(whole(role(), named(READ), named(value)))


def test_a_role_is_trusted_by_its_document() -> None:
    """In normal form; a statement without a resource is right here."""
    text = (
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",'
        ' "Principal": {"Service": ["lambda.amazonaws.com"]}}}'
    )
    same = text.replace('["lambda.amazonaws.com"]', '"lambda.amazonaws.com"')

    assert trust.from_plan(whole(role(assumeRolePolicy=text))) == trust.from_plan(
        whole(role(assumeRolePolicy=json.loads(same)))
    )
    assert trust.from_plan(whole(role())) is UNSET
    with pytest.raises(Undetermined, match="assumeRolePolicy: is known only after deployment"):
        trust.from_plan(whole(role(assumeRolePolicy=LATER)))


def test_a_boundary_is_named_by_its_arn_or_its_address() -> None:
    """Whatever the plan knows of it."""
    known = whole(role(permissionsBoundary=LATER), refer=lambda kind, name, _: f"{kind}:{name}")

    assert boundary.from_plan(whole(role(permissionsBoundary=OURS))) == OURS
    assert boundary.from_plan(known) == "policy:permissionsBoundary"
    assert boundary.from_plan(whole(role())) is UNSET
    with pytest.raises(Undetermined):
        boundary.from_plan(whole(role(permissionsBoundary=LATER)))


def test_the_longest_session_is_in_seconds() -> None:
    """As a whole number, which the engine sends as a float."""
    assert max_session.from_plan(whole(role(maxSessionDuration=7200.0))) == 7200
    assert max_session.from_plan(whole(role())) is UNSET
    with pytest.raises(Undetermined, match="not a whole number"):
        max_session.from_plan(whole(role(maxSessionDuration="2h")))


def test_a_contract_declares_no_policies_of_aws() -> None:
    """But a value with some of them can be declared."""
    assert managed.to_args(frozenset(), resolve) == ()
    assert [one.args for one in managed.to_args(frozenset({READ}), resolve)] == [
        {"managed_policy_arns": [READ]}
    ]
