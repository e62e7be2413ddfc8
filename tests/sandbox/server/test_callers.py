"""Who may call: bucket policies applied to accounts, roles and requests without a signature."""

import json
from typing import Any

import boto3
import pytest

from sandbox.server import Clients, Server
from tests.sandbox.server.asking import ACCOUNT, OTHER, REGION, code, made, opened, policy, sent, statement

TRUST = policy({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"})


@pytest.fixture
def other(server: Server) -> Any:
    """A client of another account."""
    return server.clients(account=OTHER, region=REGION).client("s3")


def role(clients: Clients, name: str) -> tuple[str, Any]:
    """A new role's ARN, and a client that has assumed it."""
    arn = clients.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    keys = clients.client("sts").assume_role(RoleArn=arn, RoleSessionName="test")["Credentials"]
    client = boto3.client(
        "s3",
        endpoint_url=clients.url,
        region_name=clients.region,
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )
    return arn, client


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        pytest.param({"Bool": {"aws:SecureTransport": "false"}}, "taken", id="plain HTTP"),
        pytest.param({"Bool": {"aws:SecureTransport": "true"}}, "AccessDenied", id="TLS"),
        pytest.param({"NumericLessThan": {"s3:TlsVersion": "1.2"}}, "taken", id="not decided"),
        pytest.param({}, "AccessDenied", id="no condition"),
        pytest.param(
            {"StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}},
            "AccessDenied",
            id="header absent",
        ),
        pytest.param(
            {"StringNotEqualsIfExists": {"s3:x-amz-server-side-encryption": "aws:kms"}},
            "AccessDenied",
            id="negated and absent",
        ),
        pytest.param({"Null": {"s3:x-amz-server-side-encryption": "false"}}, "taken", id="header not sent"),
        pytest.param(
            {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}}, "AccessDenied", id="the caller's account"
        ),
        pytest.param({"StringEquals": {"aws:PrincipalAccount": OTHER}}, "taken", id="another account"),
    ],
)
def test_a_deny_hits_when_it_is_meant(
    clients: Clients, name: str, condition: dict[str, Any], answer: str
) -> None:
    """A conditional Deny refuses uploads under its condition only."""
    s3 = made(clients, name)
    deny = {**statement(name, "Deny"), "Action": "s3:PutObject", "Condition": condition}
    s3.put_bucket_policy(Bucket=name, Policy=policy(deny if condition else {**deny, "Condition": {}}))

    assert code(lambda: s3.put_object(Bucket=name, Key="k", Body=b"")) == answer
    assert code(lambda: s3.list_objects_v2(Bucket=name)) == "taken"


def test_quarantined_objects_are_for_the_scanner_alone(clients: Clients, name: str) -> None:
    """A Deny by tag and principal keeps everyone but one role from reading and copying."""
    s3 = made(clients, name)
    scanner, scanning = role(clients, f"{name}-scanner")
    held = {
        "StringEquals": {"s3:ExistingObjectTag/state": "quarantined"},
        "ArnNotEquals": {"aws:PrincipalArn": scanner},
    }
    deny = {**statement(name, "Deny"), "Action": "s3:GetObject", "Condition": held}
    s3.put_bucket_policy(Bucket=name, Policy=policy(deny))
    s3.put_object(Bucket=name, Key="bad", Body=b"x", Tagging="state=quarantined")
    s3.put_object(Bucket=name, Key="good", Body=b"x", Tagging="state=clean")
    source = {"Bucket": name, "Key": "bad"}

    assert code(lambda: s3.get_object(Bucket=name, Key="bad")) == "AccessDenied"
    assert code(lambda: s3.copy_object(Bucket=name, Key="copy", CopySource=source)) == "AccessDenied"
    assert code(lambda: s3.get_object(Bucket=name, Key="good")) == "taken"
    assert code(lambda: scanning.get_object(Bucket=name, Key="bad")) == "taken"


def test_other_accounts_do_what_they_are_granted(clients: Clients, other: Any, name: str) -> None:
    """Another account reads what the policy grants it, and neither writes nor sees settings."""
    s3 = made(clients, name)
    s3.put_object(Bucket=name, Key="shared/k", Body=b"x")
    s3.put_object(Bucket=name, Key="own/k", Body=b"x")
    allow = {
        **statement(name),
        "Principal": {"AWS": OTHER},
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{name}/shared/*",
    }
    s3.put_bucket_policy(Bucket=name, Policy=policy(allow))

    assert code(lambda: other.get_object(Bucket=name, Key="shared/k")) == "taken"
    assert code(lambda: other.get_object(Bucket=name, Key="own/k")) == "AccessDenied"
    assert code(lambda: other.put_object(Bucket=name, Key="shared/k", Body=b"")) == "AccessDenied"
    assert code(lambda: other.get_bucket_policy(Bucket=name)) == "AccessDenied"
    assert code(lambda: other.delete_bucket(Bucket=name)) == "AccessDenied"
    assert code(lambda: other.head_bucket(Bucket=name)) == "403"


def test_a_public_statement_cuts_off_the_proper_one(clients: Clients, other: Any, name: str) -> None:
    """Under RestrictPublicBuckets one public statement takes other accounts their own grants."""
    s3 = opened(clients, name)
    s3.put_object(Bucket=name, Key="k", Body=b"x")
    proper = {**statement(name), "Principal": {"AWS": OTHER}, "Action": "s3:GetObject"}
    s3.put_bucket_policy(Bucket=name, Policy=policy(proper, statement(name)))
    before = code(lambda: other.get_object(Bucket=name, Key="k"))
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration={"RestrictPublicBuckets": True})

    assert before == "taken"
    assert code(lambda: other.get_object(Bucket=name, Key="k")) == "AccessDenied"
    assert code(lambda: s3.get_object(Bucket=name, Key="k")) == "taken"


def test_unsigned_requests_read_what_is_public(clients: Clients, name: str) -> None:
    """Without a signature a public policy or ACL lets one read, until a block cuts it off."""
    s3 = opened(clients, name)
    s3.put_object(Bucket=name, Key="by-acl", Body=b"1", ACL="public-read")
    s3.put_object(Bucket=name, Key="private", Body=b"2")
    s3.put_object(Bucket=name, Key="by-policy", Body=b"3")
    only = {"Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{name}/by-policy"}
    s3.put_bucket_policy(Bucket=name, Policy=policy({**statement(name), **only}))

    def statuses() -> list[int]:
        return [
            sent(clients.url, "GET", f"/{name}/{key}").status for key in ("by-acl", "private", "by-policy")
        ]

    before = statuses()
    block = dict.fromkeys(("IgnorePublicAcls", "RestrictPublicBuckets"), True)
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=block)

    assert before == [200, 403, 200]
    assert statuses() == [403, 403, 403]


def test_many_deletions_are_judged_one_by_one(clients: Clients, name: str) -> None:
    """A Deny for some keys spares the others of the same request."""
    s3 = made(clients, name)
    for key in ("kept/a", "gone/b"):
        s3.put_object(Bucket=name, Key=key, Body=b"")
    deny = {
        **statement(name, "Deny"),
        "Action": "s3:DeleteObject",
        "Resource": f"arn:aws:s3:::{name}/kept/*",
    }
    s3.put_bucket_policy(Bucket=name, Policy=policy(deny))
    objects = {"Objects": [{"Key": "kept/a"}, {"Key": "gone/b"}]}
    answer = s3.delete_objects(Bucket=name, Delete=objects)

    assert [(one["Key"], one["Code"]) for one in answer["Errors"]] == [("kept/a", "AccessDenied")]
    assert [one["Key"] for one in answer["Deleted"]] == ["gone/b"]
    assert [one["Key"] for one in s3.list_objects_v2(Bucket=name)["Contents"]] == ["kept/a"]


def test_versions_have_actions_of_their_own(clients: Clients, name: str) -> None:
    """A Deny of deleting versions leaves delete markers possible."""
    s3 = made(clients, name)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    version = s3.put_object(Bucket=name, Key="k", Body=b"")["VersionId"]
    s3.put_bucket_policy(
        Bucket=name, Policy=policy({**statement(name, "Deny"), "Action": "s3:DeleteObjectVersion"})
    )

    assert code(lambda: s3.delete_object(Bucket=name, Key="k", VersionId=version)) == "AccessDenied"
    assert code(lambda: s3.delete_object(Bucket=name, Key="k")) == "taken"


def test_expected_owners_who_own_are_served(clients: Clients, name: str) -> None:
    """The owner's id is fine for bucket, object and the source of a copy; a wrong source is refused."""
    s3 = made(clients, name)
    s3.put_object(Bucket=name, Key="k", Body=b"", ExpectedBucketOwner=ACCOUNT)
    copy = {"Bucket": name, "Key": "c", "CopySource": {"Bucket": name, "Key": "k"}}

    assert code(lambda: s3.head_bucket(Bucket=name, ExpectedBucketOwner=ACCOUNT)) == "taken"
    assert code(lambda: s3.copy_object(**copy, ExpectedSourceBucketOwner=ACCOUNT)) == "taken"
    assert code(lambda: s3.copy_object(**copy, ExpectedSourceBucketOwner=OTHER)) == "AccessDenied"


def test_a_redirect_leads_to_the_region(clients: Clients, name: str) -> None:
    """An SDK whose client is of another region finds the bucket all the same."""
    made(clients, name)
    elsewhere = clients.client("s3", "us-west-2")
    elsewhere.put_object(Bucket=name, Key="k", Body=b"here")

    assert elsewhere.get_object(Bucket=name, Key="k")["Body"].read() == b"here"
    assert elsewhere.head_bucket(Bucket=name)["BucketRegion"] == REGION
    assert elsewhere.get_bucket_location(Bucket=name)["LocationConstraint"] == REGION


def test_a_key_rotates_every_year_unless_told(clients: Clients) -> None:
    """Without days a key rotates every 365; without rotation no days are told."""
    kms = clients.client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    before = kms.get_key_rotation_status(KeyId=key)
    kms.enable_key_rotation(KeyId=key)

    assert "RotationPeriodInDays" not in before
    assert kms.get_key_rotation_status(KeyId=key)["RotationPeriodInDays"] == 365
    assert code(lambda: kms.get_key_rotation_status(KeyId="none")) == "NotFoundException"


def test_key_policies_that_work_are_taken(clients: Clients, name: str) -> None:
    """A key whose account or author may change its policy is made; others only past the check."""
    kms = clients.client("kms")
    arn, _ = role(clients, name)

    def key_policy(who: object) -> str:
        return json.dumps(
            {"Statement": [{"Effect": "Allow", "Principal": who, "Action": "kms:*", "Resource": "*"}]}
        )

    mine = key_policy({"AWS": f"arn:aws:iam::{ACCOUNT}:root"})
    theirs = key_policy({"AWS": arn})

    assert code(lambda: kms.create_key(Policy=mine)) == "taken"
    assert code(kms.create_key) == "taken"
    assert code(lambda: kms.create_key(Policy=theirs)) == "MalformedPolicyDocumentException"
    assert code(lambda: kms.create_key(Policy=theirs, BypassPolicyLockoutSafetyCheck=True)) == "taken"
    assert code(lambda: kms.create_key(Policy="{")) == "MalformedPolicyDocumentException"
