"""The sandbox in a process of its own."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from sandbox.server import Server, connect
from tests.sandbox.server.asking import ACCOUNT, REGION, made


@contextmanager
def running() -> Iterator[tuple["subprocess.Popen[str]", Server]]:
    """A process that serves a sandbox, and the sandbox."""
    command = [sys.executable, "-m", "sandbox.server"]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and program
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        try:
            yield process, connect(said["url"], said["token"])
        finally:
            process.kill()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_and_ends_when_told(ending: signal.Signals) -> None:
    """One line tells address and token; the signal ends it cleanly, having said nothing more."""
    with running() as (process, server):
        identity = server.clients(account=ACCOUNT, region=REGION).client("sts").get_caller_identity()
        process.send_signal(ending)
        rest, errors = process.communicate(timeout=300)

        assert identity["Account"] == ACCOUNT
        assert (process.returncode, rest, errors) == (0, "", "")
        assert not server.healthy()


def test_a_reset_forgets_everything() -> None:
    """After a reset no account has anything, and a bucket of an old name has none of the old settings."""
    with running() as (_, server):
        clients = server.clients(account=ACCOUNT, region=REGION)
        s3 = made(clients, "bucket")
        s3.put_bucket_abac(Bucket="bucket", AbacStatus={"Status": "Enabled"})
        server.reset()
        emptied = server.buckets()
        made(clients, "bucket")

        assert emptied == []
        assert s3.get_bucket_abac(Bucket="bucket")["AbacStatus"] == {"Status": "Disabled"}


@pytest.mark.parametrize(
    ("account", "region", "partition"),
    [
        pytest.param(ACCOUNT, REGION, "aws", id="AWS"),
        pytest.param("1" * 12, "cn-north-1", "aws-cn", id="China"),
    ],
)
def test_the_policies_that_aws_writes_are_there(account: str, region: str, partition: str) -> None:
    """In every account from the beginning, and again after a reset, a role can be given one of them."""
    trust = '{"Version": "2012-10-17", "Statement": []}'
    with running() as (_, server):
        iam = server.clients(account=account, region=region).client("iam")
        for _ in range(2):
            iam.create_role(RoleName="r", AssumeRolePolicyDocument=trust)
            iam.attach_role_policy(
                RoleName="r", PolicyArn=f"arn:{partition}:iam::aws:policy/AdministratorAccess"
            )
            attached = iam.list_attached_role_policies(RoleName="r")["AttachedPolicies"]
            server.reset()

            assert [one["PolicyName"] for one in attached] == ["AdministratorAccess"]
