"""Clients choose an account by their access key, and each account has its own world."""

import json
import os
import subprocess
import sys

import boto3
import pytest

from sandbox.server import Server
from tests.sandbox.server.asking import ACCOUNT, OTHER, REGION, code, made

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
    }
)


@pytest.mark.parametrize("account", [ACCOUNT, OTHER, "000000000001"])
def test_the_access_key_is_the_account(server: Server, account: str) -> None:
    """STS tells each client the account it asked for."""
    clients = server.clients(account=account, region=REGION)

    assert clients.client("sts").get_caller_identity()["Account"] == account


@pytest.mark.parametrize(
    "account", ["", "12345678901", "1234567890123", "account", "\N{FULLWIDTH DIGIT ONE}" * 12]
)
def test_what_is_no_account_is_refused(server: Server, account: str) -> None:
    """An account id has twelve digits."""
    with pytest.raises(ValueError, match="twelve digits"):
        server.clients(account=account, region=REGION)


def test_accounts_do_not_see_each_other(server: Server, name: str) -> None:
    """A bucket and a role are in one account's lists and not in the other's."""
    mine, theirs = (server.clients(account=one, region=REGION) for one in (ACCOUNT, OTHER))
    made(mine, name)
    mine.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)

    assert name in [bucket["Name"] for bucket in mine.client("s3").list_buckets()["Buckets"]]
    assert name not in [bucket["Name"] for bucket in theirs.client("s3").list_buckets()["Buckets"]]
    assert code(lambda: theirs.client("iam").get_role(RoleName=name)) == "NoSuchEntity"


def test_an_assumed_role_works_in_its_account(server: Server, name: str) -> None:
    """The keys of a role in another account speak for that account."""
    mine, theirs = (server.clients(account=one, region=REGION) for one in (ACCOUNT, OTHER))
    role = theirs.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)["Role"]
    keys = mine.client("sts").assume_role(RoleArn=role["Arn"], RoleSessionName="test")["Credentials"]
    s3 = boto3.client(
        "s3",
        endpoint_url=server.url,
        region_name=REGION,
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})

    assert next(bucket["account"] for bucket in server.buckets() if bucket["name"] == name) == OTHER


def test_clients_are_made_once(server: Server) -> None:
    """Asking twice gives the same client, another region another one."""
    clients = server.clients(account=ACCOUNT, region=REGION)

    assert clients.client("s3") is server.clients(account=ACCOUNT, region=REGION).client("s3")
    assert clients.client("s3", "us-west-2").meta.region_name == "us-west-2"


def test_the_account_block_is_per_account(server: Server) -> None:
    """S3 Control keeps one account's public access block and refuses to speak of another's."""
    control = server.clients(account=ACCOUNT, region=REGION).client("s3control")
    block = dict.fromkeys(
        ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True
    )
    control.put_public_access_block(AccountId=ACCOUNT, PublicAccessBlockConfiguration=block)
    theirs = server.clients(account=OTHER, region=REGION).client("s3control")
    kept = control.get_public_access_block(AccountId=ACCOUNT)["PublicAccessBlockConfiguration"]
    control.delete_public_access_block(AccountId=ACCOUNT)

    assert kept == block
    absent = code(lambda: theirs.get_public_access_block(AccountId=OTHER))
    assert absent == "NoSuchPublicAccessBlockConfiguration"
    assert code(lambda: theirs.get_public_access_block(AccountId=ACCOUNT)) == "AccessDenied"


def test_the_environment_leads_other_programs_here(server: Server) -> None:
    """A program with these variables reaches the sandbox as that account, whatever else is configured."""
    program = "import boto3; print(boto3.client('sts').get_caller_identity()['Account'])"
    environment = {**os.environ, **server.clients(account=OTHER, region=REGION).environment}
    said = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == OTHER


STRAY = {
    "AWS_ENDPOINT_URL_STS": "http://127.0.0.1:1",
    "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:1",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
    "AWS_PROFILE": "nobody",
    "AWS_SESSION_TOKEN": "old",
    "AWS_USE_FIPS_ENDPOINT": "true",
    "no_proxy": "elsewhere.example.com",
}


def test_what_would_lead_elsewhere_is_named(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without those variables of the caller's own a program reaches the sandbox; with them it does not."""
    for name, value in STRAY.items():
        monkeypatch.setenv(name, value)
    clients = server.clients(account=OTHER, region=REGION)
    program = "import boto3; print(boto3.client('sts').get_caller_identity()['Account'])"
    led = {**os.environ, **clients.environment}
    answers = [
        subprocess.run(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-c", program], env=one, capture_output=True, text=True, check=False
        ).stdout.strip()
        for one in (led, {name: value for name, value in led.items() if name not in clients.unwanted})
    ]

    assert answers == ["", OTHER]
    assert set(STRAY) <= set(clients.unwanted)


def test_nothing_that_leads_here_is_unwanted(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is what has nothing to do with it, set or not."""
    clients = server.clients(account=OTHER, region=REGION)
    for name in os.environ:
        if name in clients.unwanted:
            monkeypatch.delenv(name)
    for name, value in {**clients.environment, "AWS_PAGER": "", "MY_AWS_PROFILE": "x"}.items():
        monkeypatch.setenv(name, value)

    assert clients.unwanted == ()
