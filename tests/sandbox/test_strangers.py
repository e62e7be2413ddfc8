"""What a contract names and others make is there before it is deployed."""

from collections.abc import Iterator

import pytest

from bucketwright.contract.loading import read
from sandbox.materialise import materialise
from sandbox.server import Server
from sandbox.strangers import make_strangers
from tests.sandbox.drifts.deploying import sandbox

ACCOUNT = "444455556666"
CONTRACT = """\
project: shop
region: eu-west-1
environments: {{prod: {{account: "444455556666"}}}}
buckets: {{files: {{prefixes: {{all: {{path: all/}}}}}}}}
access:
  ours: {{trusts: lambda.amazonaws.com, read: files/*}}
  theirs: {{principals: "arn:aws:iam::{principal}", read: files/*}}
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """An empty sandbox."""
    with sandbox() as running:
        yield running


@pytest.mark.parametrize(
    ("principal", "is_made"),
    [
        pytest.param(f"{ACCOUNT}:role/partner", True, id="a role of the same account"),
        pytest.param(f"{ACCOUNT}:role/team/a/partner", True, id="a role below a path"),
        pytest.param(f"{ACCOUNT}:user/team/alice", True, id="a user"),
        pytest.param("111122223333:role/partner", False, id="somebody of another account"),
        pytest.param(f"{ACCOUNT}:root", False, id="the account itself"),
        pytest.param(f"{ACCOUNT}:role/shop-prod-ours", False, id="a role that the contract makes"),
    ],
)
def test_people_that_aws_looks_up_are_there(server: Server, principal: str, is_made: bool) -> None:
    """A bucket's policy that names somebody of its own account is refused where nobody is called so."""
    server.reset()
    environment = read(CONTRACT.format(principal=principal), "contract.yaml").environments["prod"]

    assert (f"arn:aws:iam::{principal}" in make_strangers(server, environment)) == is_made
    materialise(server, environment)
    assert [one["name"] for one in server.buckets()] == ["shop-prod-files"]
