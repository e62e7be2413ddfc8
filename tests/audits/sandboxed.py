"""A live account for the tests: a contract deployed in the sandbox, and a look at it as an audit takes it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final
from unittest.mock import patch

from audits.live import Looked, look
from bucketwright.calls import Send
from bucketwright.circumstances import circumstances
from bucketwright.contract.loading import load, read
from bucketwright.contract.model import Contract
from bucketwright.judging import Selection
from bucketwright.looking.scope import Scope
from bucketwright.posture import Circumstances
from bucketwright.s3.endpoints import named
from bucketwright.s3.reading_only import reading_only
from bucketwright.s3.sender import sdk_send
from bucketwright.s3.sessions import Access, Sessions
from sandbox.accounts import account_of
from sandbox.regions import located
from sandbox.server import Server
from tests.sandbox.drifts.deploying import deployed, sandbox

ROOT: Final = Path(__file__).parents[2]
EVERYTHING: Final = ROOT / "tests" / "contract" / "everything.yaml"
ROOMY: Final = ROOT / "tests" / "sandbox" / "drifts" / "roomy.yaml"
WRITTEN: Final = (EVERYTHING, *sorted(ROOT.glob("examples/*/contract.yaml")))
NOW: Final = datetime(2026, 6, 1, tzinfo=UTC)
ALL: Final = Selection("all")
STRANGER: Final = "everything-dev-by-hand"
"""A bucket that the contract does not declare."""
BY_HAND: Final = f"""
project: others
region: us-west-2
environments: {{dev: {{account: "111122223333"}}}}
buckets:
  files:
    name: {STRANGER}
    notifications:
      targets:
        - {{arn: "arn:aws:sns:us-west-2:111122223333:news", events: ["s3:ObjectRemoved:*"]}}
        - {{arn: "arn:aws:lambda:us-west-2:111122223333:function:tell", events: ["s3:ObjectCreated:*"]}}
    prefixes: {{all: {{path: "all/", keep: forever}}}}
"""
"""A contract of other people in the same account."""


@contextmanager
def sending(server: Server, account: str, region: str) -> Iterator[Send]:
    """Calls of an account, made by the SDK as an audit makes them."""
    clients = server.clients(account=account, region=region)
    kept = {name: value for name, value in os.environ.items() if name not in clients.unwanted}
    with patch.dict(os.environ, {**kept, **clients.environment}, clear=True):
        yield reading_only(sdk_send(Sessions(Access(endpoint_url=server.url)), server=named("sandbox")))


def seen(server: Server, around: Circumstances) -> Looked:
    """What an audit by all rules sees of the account of an environment."""
    environment = around.environment
    assert environment is not None
    with sending(server, account_of(environment), environment.region) as send:
        return look(send, Scope(around, ALL))


def around_in(contract: Contract, environment: str) -> Circumstances:
    """What a contract says of one of its environments."""
    return circumstances(contract, NOW)[environment]


def last_environment(contract: Contract) -> str:
    """The one that matters most."""
    return tuple(contract.environments)[-1]


def deploy(server: Server, around: Circumstances) -> None:
    """An account in which nothing is but what the contract makes, and what it needs."""
    server.reset()
    assert around.environment is not None
    deployed(server, around.environment)


@cache
def calm() -> tuple[Circumstances, Looked]:
    """The contract that says everything, deployed and looked at once for all tests that ask.

    Others have put something there, too: a door to a bucket that is called like the contract's, and one that
    is not.
    """
    around = around_in(load(EVERYTHING), "dev")
    with sandbox() as server:
        deploy(server, around)
        environment = around_in(read(BY_HAND, "contract.yaml"), "dev").environment
        assert environment is not None
        deployed(server, environment)
        account, region = account_of(environment), environment.region
        clients = server.clients(account=account, region=region)
        clients.client("s3").create_bucket(Bucket="of-somebody-else", **located(region))
        clients.client("s3control").create_access_point(AccountId=account, Name="door", Bucket=STRANGER)
        return around, seen(server, around)
