"""The account that audits look at while things go wrong: what is in it, and what can happen to it midway."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from botocore.exceptions import ClientError

from bucketwright.contract.loading import read
from sandbox.accounts import account_of
from sandbox.drifts import Live, drift_named, inject
from sandbox.regions import located
from sandbox.server import Server
from tests.cli.auditing import SMALL
from tests.faults.schedules import Event
from tests.sandbox.drifts.deploying import deployed, sandbox

CONTRACT: Final = f"""\
{SMALL}access:
  writer: {{trusts: lambda.amazonaws.com, write: [notes/notes]}}
"""
SOUND: Final = "small-prod-letters"
"""A bucket in which nothing is wrong."""
_DRIFTS: Final = ("versioning-suspended", "policy-public", "object-without-type", "upload-never-finished")
_STRANGER: Final = "left-alone"
"""A bucket that no contract declares, with objects and nothing set."""
_COMES_AND_GOES: Final = "passing-by"
_KEYS: Final = ("a.html", "b/c.txt", "b/d")


@dataclass(frozen=True, slots=True)
class LiveEstate:
    """The account, and what can be done to it."""

    server: Server
    account: str
    region: str

    @property
    def environment(self) -> Mapping[str, str]:
        """What a program needs to look at it; without an endpoint."""
        clients = self.server.clients(account=self.account, region=self.region)
        return {**dict.fromkeys(clients.unwanted, ""), **clients.environment}

    @property
    def s3(self) -> Any:
        """A client of boto3, which has no type."""
        return self.server.clients(account=self.account, region=self.region).client("s3")

    @contextmanager
    def after(self, event: Event) -> Iterator[None]:
        """As it is once that has happened; taken back at the end."""
        self.let(event)
        try:
            yield
        finally:
            self.take_back(event)

    def let(self, event: Event) -> None:
        """Let it happen; it may have happened already."""
        match event:
            case "a bucket vanishes":
                self._drop(_COMES_AND_GOES)
            case "a bucket appears":
                self._make(f"{_COMES_AND_GOES}-too")
            case "a policy toggles":
                with suppress(ClientError):
                    self.s3.delete_bucket_policy(Bucket=SOUND)

    def take_back(self, event: Event) -> None:
        """Let it be as it was before."""
        match event:
            case "a bucket vanishes":
                self._make(_COMES_AND_GOES)
            case "a bucket appears":
                self._drop(f"{_COMES_AND_GOES}-too")
            case "a policy toggles":
                self.s3.put_bucket_policy(Bucket=SOUND, Policy=_POLICIES[self.server.url])

    def _make(self, name: str) -> None:
        with suppress(self.s3.exceptions.BucketAlreadyOwnedByYou):
            self.s3.create_bucket(Bucket=name, **located(self.region))

    def _drop(self, name: str) -> None:
        with suppress(ClientError):
            self.s3.delete_bucket(Bucket=name)


_POLICIES: Final[dict[str, str]] = {}
"""The policy of the sound bucket, by the server that it is on."""


@contextmanager
def estate() -> Iterator[LiveEstate]:
    """The account, for as long as the block runs."""
    with sandbox() as server:
        environment = read(CONTRACT, "contract.yaml").environments["prod"]
        live = deployed(server, environment)
        made = LiveEstate(server, account_of(environment), environment.region)
        _let_things_be_wrong(live)
        made._make(_STRANGER)
        made._make(_COMES_AND_GOES)
        for key in _KEYS:
            made.s3.put_object(Bucket=_STRANGER, Key=key, Body=b"x")
        _POLICIES[server.url] = made.s3.get_bucket_policy(Bucket=SOUND)["Policy"]
        yield made


def _let_things_be_wrong(live: Live) -> None:
    for name in map(partial(drift_named), _DRIFTS):
        inject(name, live, "notes")
