"""The stack of one environment of a contract, in a sandbox that has what the contract expects of others."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pulumi.automation import Stack

from bucketwright.contract.loading import load
from bucketwright.contract.model import Environment
from bucketwright.plan import Plan
from components.recording import record
from components.storage import deploy
from sandbox.accounts import account_of
from sandbox.engine import ROOT, engine_stack
from sandbox.server import Clients, Server
from sandbox.strangers import make_strangers

PROJECT = "bucketwright"


@dataclass(frozen=True, slots=True)
class Target:
    """An environment of a contract of this repository."""

    contract: str
    name: str

    @property
    def path(self) -> Path:
        """Where the contract is."""
        return ROOT / self.contract

    @property
    def environment(self) -> Environment:
        """The environment."""
        return load(self.path).environments[self.name]

    def clients(self, server: Server) -> Clients:
        """Clients of its account."""
        environment = self.environment
        return server.clients(account=account_of(environment), region=environment.region)

    def program(self) -> None:
        """What deploys it."""
        deploy(self.path, self.name)

    def recorded(self, stack: str = "") -> Plan:
        """What the program registers without an engine, in a stack of that name, else the environment's."""
        return record(self.program, project=PROJECT, stack=stack or self.name)


@contextmanager
def stack_of(target: Target, server: Server, engine: Path, folder: Path) -> Iterator[Stack]:
    """Its stack, which has the name of the environment; nothing of it is deployed."""
    make_strangers(server, target.environment)
    config = {"contract": str(target.path), "environment": target.name}
    with engine_stack(server, folder, engine, target.name, config) as stack:
        yield stack
