"""Whom does a bucket policy let in or turn away, and what do limits limit?"""

import pytest

from bucketwright.iam.callers import Caller, Grant, grant
from bucketwright.iam.documents import Document, Principals
from bucketwright.iam.reach import Policies
from tests.iam.callers_and_policies import (
    ACCOUNT,
    ALL,
    NONE,
    OTHER,
    ROLE,
    SESSION,
    USER,
    Raw,
    allow,
    deny,
    document,
    reaches,
)

INVITED = {
    "everyone": ("*", ROLE, True),
    "everyone of AWS": ({"AWS": "*"}, ROLE, True),
    "the role": ({"AWS": ROLE}, ROLE, True),
    "the user": ({"AWS": USER}, USER, True),
    "the session": ({"AWS": SESSION}, SESSION, True),
    "the role among others": ({"AWS": [f"{ROLE}2", ROLE]}, ROLE, True),
    "another role": ({"AWS": f"{ROLE}2"}, ROLE, False),
    "the role of the same name elsewhere": ({"AWS": ROLE.replace(ACCOUNT, OTHER)}, ROLE, False),
    "a user of the same name": ({"AWS": USER}, ROLE, False),
    "the account, which only delegates": ({"AWS": ACCOUNT}, ROLE, False),
    "another account": ({"AWS": OTHER}, ROLE, False),
    "a service": ({"Service": "ec2.amazonaws.com"}, ROLE, False),
    "a CloudFront identity": ({"AWS": "arn:aws:iam::cloudfront:user/CloudFront x"}, ROLE, False),
    "a unique id, which may be the role's": ({"AWS": "AROAEXAMPLEEXAMPLE123"}, ROLE, True),
    "a session, which may be the role's": ({"AWS": SESSION}, ROLE, True),
    "a session of another account": ({"AWS": SESSION.replace(ACCOUNT, OTHER)}, ROLE, False),
    "the role that may be the session's": ({"AWS": ROLE}, SESSION, True),
    "a canonical user, which may be the account": ({"CanonicalUser": "79a5"}, ROLE, True),
    "a provider, which may be the role's": (
        {"Federated": f"arn:aws:iam::{ACCOUNT}:saml-provider/x"},
        ROLE,
        True,
    ),
}


@pytest.mark.parametrize(("principal", "arn", "expected"), INVITED.values(), ids=INVITED)
def test_an_allow_of_the_bucket_reaches_whom_it_may_name(principal: object, arn: str, expected: bool) -> None:
    """Within the account the bucket policy suffices; who may be meant counts as reaching."""
    policies = Policies(bucket=document(allow(Principal=principal)))

    assert reaches(arn, policies) == expected


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        ("*", False),
        ({"AWS": ROLE}, False),
        ({"AWS": [OTHER, ROLE]}, False),
        ({"AWS": ACCOUNT}, True),
        ({"AWS": USER}, True),
    ],
    ids=["nobody", "the role", "the role among others", "its account", "another"],
)
def test_an_allow_for_all_but_some_reaches_the_rest(principal: object, expected: bool) -> None:
    """Whoever is not surely spared is reached."""
    policies = Policies(bucket=document(allow(NotPrincipal=principal)))

    assert reaches(ROLE, policies) == expected


ACROSS = {
    "both allow": (ALL, {"AWS": ROLE}, True),
    "the bucket allows the account": (ALL, {"AWS": ACCOUNT}, True),
    "the bucket allows everyone": (ALL, "*", True),
    "the bucket allows another": (ALL, {"AWS": OTHER}, False),
    "only the bucket allows": (NONE, {"AWS": ROLE}, False),
    "only the bucket allows everyone": (NONE, "*", False),
}


@pytest.mark.parametrize(("identity", "principal", "expected"), ACROSS.values(), ids=ACROSS)
def test_across_accounts_both_sides_must_allow(identity: Document, principal: object, expected: bool) -> None:
    """The caller's own policies and the bucket's policy."""
    policies = Policies((identity,), document(allow(Principal=principal)))

    assert reaches(ROLE, policies, OTHER) == expected


LIMITED = {
    "its own policy": (ROLE, Policies((ALL,), None, (NONE,)), False),
    "the bucket's policy for the role": (
        ROLE,
        Policies(bucket=document(allow(Principal={"AWS": ROLE})), limits=(NONE,)),
        False,
    ),
    "the bucket's policy for the user": (
        USER,
        Policies(bucket=document(allow(Principal={"AWS": USER})), limits=(NONE,)),
        True,
    ),
    "the bucket's policy for the session": (
        SESSION,
        Policies(bucket=document(allow(Principal={"AWS": SESSION})), limits=(NONE,)),
        True,
    ),
    "the bucket's policy for everyone": (
        ROLE,
        Policies(bucket=document(allow(Principal="*")), limits=(NONE,)),
        True,
    ),
    "the bucket's policy for the role and everyone": (
        ROLE,
        Policies(bucket=document(allow(Principal={"AWS": [ROLE, "*"]})), limits=(NONE,)),
        True,
    ),
    "one of two limits": (ROLE, Policies((ALL,), None, (ALL, NONE)), False),
    "limits that allow": (ROLE, Policies((ALL,), None, (ALL, ALL)), True),
    "limits alone": (ROLE, Policies((), None, (ALL,)), False),
    "a limit's Deny against the bucket": (
        USER,
        Policies(bucket=document(allow(Principal="*")), limits=(document(allow(), deny()),)),
        False,
    ),
    "a limit for another role": (
        ROLE,
        Policies((ALL,), None, (document(allow(Condition={"ArnEquals": {"aws:PrincipalArn": USER}})),)),
        False,
    ),
    "one of two own policies": (ROLE, Policies((NONE, ALL)), True),
    "an own Deny against another own policy": (ROLE, Policies((ALL, document(deny()))), False),
    "no policy at all": (ROLE, Policies(), False),
}


@pytest.mark.parametrize(("arn", "policies", "expected"), LIMITED.values(), ids=LIMITED)
def test_limits_hold_for_what_they_limit(arn: str, policies: Policies, expected: bool) -> None:
    """A boundary or session policy limits a role's ARN, not everyone and not a user; its Deny limits all."""
    assert reaches(arn, policies) == expected


TURNED_AWAY = {
    "everyone": ({"Principal": "*"}, ROLE, True),
    "the role": ({"Principal": {"AWS": ROLE}}, ROLE, True),
    "its account": ({"Principal": {"AWS": ACCOUNT}}, ROLE, True),
    "another account": ({"Principal": {"AWS": OTHER}}, ROLE, False),
    "another role": ({"Principal": {"AWS": f"{ROLE}2"}}, ROLE, False),
    "a unique id, which may be another's": ({"Principal": {"AWS": "AROAEXAMPLEEXAMPLE123"}}, ROLE, False),
    "all but the role": ({"NotPrincipal": {"AWS": ROLE}}, ROLE, False),
    "all but its account": ({"NotPrincipal": {"AWS": ACCOUNT}}, ROLE, False),
    "all but a unique id, which may be the role's": (
        {"NotPrincipal": {"AWS": "AROAEXAMPLEEXAMPLE123"}},
        ROLE,
        False,
    ),
    "all but a session, which may be the role's": ({"NotPrincipal": {"AWS": [USER, SESSION]}}, ROLE, False),
    "all but another role": ({"NotPrincipal": {"AWS": f"{ROLE}2"}}, ROLE, True),
    "all but a service": ({"NotPrincipal": {"Service": "ec2.amazonaws.com"}}, ROLE, True),
    "all but everyone": ({"NotPrincipal": "*"}, ROLE, False),
}


@pytest.mark.parametrize(("principals", "arn", "expected"), TURNED_AWAY.values(), ids=TURNED_AWAY)
def test_a_deny_of_the_bucket_counts_where_it_surely_hits(principals: Raw, arn: str, expected: bool) -> None:
    """Who may be spared counts as spared."""
    policies = Policies((ALL,), document(deny(**principals)))

    assert reaches(arn, policies) != expected


WORTH: dict[str, tuple[Principals, Grant]] = {
    "everyone": (Principals((("AWS", "*"),)), "free"),
    "the role": (Principals((("AWS", ROLE),)), "limited"),
    "its account": (Principals((("AWS", ACCOUNT),)), "delegated"),
    "the role and its account": (Principals((("AWS", ACCOUNT), ("AWS", ROLE))), "limited"),
    "another account": (Principals((("AWS", OTHER),)), "none"),
    "all but the role": (Principals((("AWS", ROLE),), negated=True), "none"),
    "all but its account": (Principals((("AWS", ACCOUNT),), negated=True), "free"),
}


@pytest.mark.parametrize(("principals", "worth"), WORTH.values(), ids=WORTH)
def test_an_allow_is_worth_what_it_grants(principals: Principals, worth: Grant) -> None:
    """Nothing, a delegation, something within limits, or something without."""
    assert grant(principals, Caller(ROLE, ACCOUNT)) == worth
