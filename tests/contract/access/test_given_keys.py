"""What has the owner of a given KMS key to add to its policy, for roles of ours and for everybody else?"""

from collections.abc import Mapping

import pytest

from bucketwright.contract.access.key_policy import given_keys
from tests.contract.access.encrypted import (
    ABOUT,
    ARN,
    DECRYPT,
    GIVEN,
    NEW_KEY,
    PARTNERS,
    ROOT,
    S3,
    SERVICE,
    VIA,
    encrypted,
    lent,
    may,
    statements,
)
from tests.contract.access.environments import ACCOUNT, environment

ROLE = f"arn:aws:iam::{ACCOUNT}:role/shop-prod-app"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, True, id="the role"),
        pytest.param({"aws:PrincipalArn": f"{ROLE}s"}, False, id="another role"),
        pytest.param({VIA: None}, False, id="not through S3"),
        pytest.param({ABOUT: "arn:aws:s3:::another"}, False, id="for another bucket"),
    ],
)
def test_the_owner_of_a_given_key_lets_our_roles_in(
    changes: Mapping[str, str | None], expected: bool
) -> None:
    """By the name the role will have, before it exists, and as far as its verbs go."""
    app = {"trusts": "lambda.amazonaws.com", "read": "files/a"}
    (key,) = given_keys(encrypted({"type": "kms", "key": GIVEN}, app=app))
    asked = {**S3, "aws:PrincipalArn": ROLE, ABOUT: ARN, **changes}
    request = {name: value for name, value in asked.items() if value is not None}

    assert (key.arn, key.because) == (GIVEN, "")
    assert may(statements(key.statements), ROOT, DECRYPT, request) == expected
    assert not may(statements(key.statements), ROOT, NEW_KEY, request)


def test_the_owner_lets_in_everybody_else_as_in_a_key_of_ours() -> None:
    """Principals, services and deliveries are the same statements."""
    one, two = {**PARTNERS, "read": "files/a"}, {**SERVICE, "write": "files/b"}
    sending = {"inventory": {"to": "files"}}
    (key,) = given_keys(encrypted({"type": "kms", "key": GIVEN}, more=sending, one=one, two=two))

    assert statements(key.statements) == lent(encrypted(more=sending, one=one, two=two))
    assert [one["Sid"] for one in statements(key.statements)] == [
        "OneFilesKey1",
        "TwoFilesKey1",
        "FilesInventory",
    ]


def test_buckets_under_one_key_are_told_together() -> None:
    """Its owner has one policy to change, in which no Sid stands twice."""
    bucket = {"encryption": {"type": "kms", "key": GIVEN}, "prefixes": {"p": {"path": "p/"}}}
    reader = {**PARTNERS, "read": ["a1b/p", "a-1b/p"]}
    (key,) = given_keys(environment(buckets={"a1b": bucket, "a-1b": bucket}, access={"one": reader}))

    assert [one["Sid"] for one in statements(key.statements)] == ["OneA1bKey1", "OneA1bKey1n2"]


def test_without_an_account_what_to_add_is_unknown() -> None:
    """It is said, with the reason, and not taken for nothing."""
    subject = encrypted({"type": "kms", "key": GIVEN}, account=None, one={**PARTNERS, "read": "files/a"})
    (key,) = given_keys(subject)

    assert (key.statements, key.because) == (
        (),
        "the account of the environment is needed, and none is given",
    )


def test_keys_of_ours_and_of_s3_are_not_given() -> None:
    """Nobody else has anything to add for them."""
    assert given_keys(encrypted()) == given_keys(encrypted("s3")) == ()
