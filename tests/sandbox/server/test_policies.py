"""Bucket policies: which are taken, which are public, and how the public access blocks act on them."""

import json
from typing import Any

import pytest

from sandbox.server import Clients
from tests.sandbox.server.asking import ACCOUNT, OTHER, code, made, opened, policy, statement

MINE = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
BLOCK = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"Principal": MINE}, id="the account itself"),
        pytest.param({"Principal": {"AWS": OTHER}}, id="another account"),
        pytest.param({"Principal": {"AWS": f"arn:aws:iam::{OTHER}:role/r"}}, id="a role elsewhere"),
        pytest.param({"Principal": {"Service": "cloudfront.amazonaws.com"}}, id="a service"),
        pytest.param({"Effect": "Deny"}, id="a Deny for everyone"),
        pytest.param({"Principal": MINE, "Resource": "*"}, id="any resource"),
        pytest.param({"Principal": MINE, "Resource": "arn:aws:s3:::test-*"}, id="a pattern that fits"),
        pytest.param({"Principal": MINE, "Action": "*"}, id="any action"),
    ],
)
def test_sound_policies_are_taken(clients: Clients, name: str, change: dict[str, Any]) -> None:
    """A policy that is not public is taken under all blocks, and comes back as the very text."""
    s3 = made(clients, name)
    text = json.dumps({"Statement": [{**statement(name), **change}]}, indent=3)
    s3.put_bucket_policy(Bucket=name, Policy=text)

    assert s3.get_bucket_policy(Bucket=name)["Policy"] == text
    assert s3.get_bucket_policy_status(Bucket=name)["PolicyStatus"]["IsPublic"] is False


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("[]", id="a list"),
        pytest.param("{}", id="no statement"),
        pytest.param('{"Statement": [', id="cut off"),
        pytest.param('{"Statement": [{"Effect": "Allow"}]}', id="a statement of nothing"),
        pytest.param('{"Version": "2020-01-01", "Statement": []}', id="an unknown version"),
    ],
)
def test_what_is_no_policy_is_malformed(clients: Clients, name: str, text: str) -> None:
    """Whatever the policy language does not know is refused."""
    s3 = opened(clients, name)

    assert code(lambda: s3.put_bucket_policy(Bucket=name, Policy=text)) == "MalformedPolicy"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"Resource": "arn:aws:s3:::another"}, id="another bucket"),
        pytest.param({"Resource": "arn:aws:s3:::test"}, id="a bucket of a shorter name"),
        pytest.param({"Action": "sqs:SendMessage"}, id="an action of another service"),
        pytest.param({"Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:user/nobody"}}, id="a user who is not"),
        pytest.param({"Sid": "x" * 21_000}, id="too long"),
    ],
)
def test_policies_that_cannot_work_are_malformed(clients: Clients, name: str, change: dict[str, Any]) -> None:
    """S3 looks at resources, actions and principals."""
    s3 = opened(clients, name)
    text = policy({**statement(name), **change})

    assert code(lambda: s3.put_bucket_policy(Bucket=name, Policy=text)) == "MalformedPolicy"


def test_a_role_that_is_there_can_be_named(clients: Clients, name: str) -> None:
    """A role of the account is taken once it exists."""
    s3 = made(clients, name)
    role = clients.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    text = policy({**statement(name), "Principal": {"AWS": [role, OTHER]}})

    assert code(lambda: s3.put_bucket_policy(Bucket=name, Policy=text)) == "taken"


@pytest.mark.parametrize("setting", BLOCK)
def test_only_one_setting_refuses_public_policies(clients: Clients, name: str, setting: str) -> None:
    """BlockPublicPolicy refuses a public policy; the other three do not."""
    s3 = made(clients, name)
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration={setting: True})
    answer = code(lambda: s3.put_bucket_policy(Bucket=name, Policy=policy(statement(name))))

    assert answer == ("AccessDenied" if setting == "BlockPublicPolicy" else "taken")


def test_the_account_blocks_for_all_its_buckets(clients: Clients, name: str) -> None:
    """A setting of the account counts as if the bucket had it, and the policy's status stays its own."""
    s3, control = opened(clients, name), clients.client("s3control")
    s3.put_bucket_policy(Bucket=name, Policy=policy(statement(name)))
    control.put_public_access_block(
        AccountId=ACCOUNT, PublicAccessBlockConfiguration=dict.fromkeys(BLOCK, True)
    )
    refused = code(lambda: s3.put_bucket_policy(Bucket=name, Policy=policy(statement(name))))
    status = s3.get_bucket_policy_status(Bucket=name)["PolicyStatus"]["IsPublic"]
    absent = code(lambda: s3.get_public_access_block(Bucket=name))
    control.delete_public_access_block(AccountId=ACCOUNT)

    assert (refused, status, absent) == ("AccessDenied", True, "NoSuchPublicAccessBlockConfiguration")


def test_a_policy_is_deleted(clients: Clients, name: str) -> None:
    """After deletion there is neither policy nor status, and deleting again is fine."""
    s3 = opened(clients, name)
    s3.put_bucket_policy(Bucket=name, Policy=policy(statement(name)))
    for _ in range(2):
        s3.delete_bucket_policy(Bucket=name)

    assert code(lambda: s3.get_bucket_policy(Bucket=name)) == "NoSuchBucketPolicy"
    assert code(lambda: s3.get_bucket_policy_status(Bucket=name)) == "NoSuchBucketPolicy"
