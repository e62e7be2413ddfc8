"""An account of the sandbox with a contract in it: its things as calls name them, and all their addresses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bucketwright.contract.model import Environment
from bucketwright.contract.names import bucket_name
from bucketwright.contract.own_tags import ADDRESS_TAG
from bucketwright.facets.bucket import FACETS
from bucketwright.facets.bucket_scope import BucketScope
from bucketwright.facets.facet import DeclaredFacet, Form
from bucketwright.facets.reading import LiveFacet, Target
from bucketwright.facets.scopes import (
    AccountScope,
    DistributionScope,
    KeyScope,
    QueueScope,
    RoleScope,
)
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import reference
from sandbox.accounts import account_of
from sandbox.drifts import Live
from sandbox.server import Server
from tests.facets.live import asked, sender, sent
from tests.facets.live import bucket as bucket_target
from tests.facets.test_law_of_things import facets_of, scopes

Facets = Mapping[str, DeclaredFacet[Any, object]]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a contract makes, as the contract and as calls name it."""

    kind: str
    scope: Any
    target: Target


@dataclass(frozen=True)
class LiveAccount:
    """What a contract was deployed into, and what was there then."""

    server: Server
    environment: Environment

    @property
    def number(self) -> str:
        return account_of(self.environment)

    @property
    def drifting(self) -> Live:
        """The same as drifts see it."""
        return Live(self.server, self.environment)

    def client(self, service: str) -> Any:
        region = self.environment.region
        return self.server.clients(account=self.number, region=region).client(service)

    def target(self, kind: str, scope: Any) -> Target:
        """A thing of the contract as calls name it."""
        region = self.environment.region
        return Target(kind, scope.name, dict(self._handles(scope)), region, self.number)

    def _handles(self, scope: object) -> Iterator[tuple[str, str]]:
        match scope:
            case AccountScope():
                yield "AccountId", self.number
            case RoleScope():
                yield "RoleName", scope.name
            case KeyScope():
                yield "KeyId", self.client("kms").describe_key(KeyId=scope.name)["KeyMetadata"]["KeyId"]
            case QueueScope():
                yield "QueueUrl", self.client("sqs").get_queue_url(QueueName=scope.name)["QueueUrl"]
            case DistributionScope():
                arns = {address: arn for (_, arn), address in self.distributions.items()}
                yield "Id", arns[scope.address].rpartition("/")[2]

    @cached_property
    def addresses(self) -> Mapping[tuple[str, str], str]:
        """The address of what answers name, by kind and how they name it."""
        return {**dict(self._buckets()), **dict(self._roles()), **self.distributions, **dict(self._keys())}

    def read(self, facet: LiveFacet[object], target: Target) -> object:
        """What the account says of one setting now."""
        known = self.addresses

        def refer(kind: str, _: str, value: object) -> str | None:
            return known.get((kind, str(value)))

        return facet.from_api(asked(sender(self.server, self.number), target, facet.READS, refer))

    def site(self, target: Target) -> Site:
        """Where a setting is set."""
        arns = {address: text for (_, text), address in self.addresses.items() if text.startswith("arn:")}

        def resolve(address: str, form: Form) -> str:
            return arns[address].rpartition(":")[2] if form == "name" else arns[address]

        return Site(target, resolve)

    def send(self, writes: Iterable[Write]) -> None:
        """Every call is made, and each is taken."""
        sent(sender(self.server, self.number), writes)

    @cached_property
    def things(self) -> tuple[tuple[Thing, Facets], ...]:
        """All that the contract makes, with its settings."""
        return tuple(self._things())

    def _things(self) -> Iterator[tuple[Thing, Facets]]:
        for bucket_id in self.environment.buckets:
            scope = BucketScope(self.environment, bucket_id)
            yield Thing("bucket", scope, bucket_target(scope.name, scope.region, self.number)), FACETS
        for kind, other in scopes(self.environment):
            yield Thing(kind, other, self.target(kind, other)), facets_of(kind)

    @cached_property
    def distributions(self) -> Mapping[tuple[str, str], str]:
        client = self.client("cloudfront")
        listed = client.list_distributions()["DistributionList"].get("Items", [])
        tags = {one["ARN"]: client.list_tags_for_resource(Resource=one["ARN"])["Tags"] for one in listed}
        return {
            ("distribution", arn): tag["Value"]
            for arn, tagged in tags.items()
            for tag in tagged["Items"]
            if tag["Key"] == ADDRESS_TAG
        }

    def _buckets(self) -> Iterator[tuple[tuple[str, str], str]]:
        for bucket_id in self.environment.buckets:
            name = bucket_name(self.environment, bucket_id)
            for text in (name, f"arn:aws:s3:::{name}", f"{name}.s3.{self.environment.region}.amazonaws.com"):
                yield ("bucket", text), reference("bucket", bucket_id)

    def _roles(self) -> Iterator[tuple[tuple[str, str], str]]:
        client = self.client("iam")
        for one in client.list_roles()["Roles"]:
            for tag in client.list_role_tags(RoleName=one["RoleName"])["Tags"]:
                if tag["Key"] == ADDRESS_TAG:
                    yield ("role", one["Arn"]), tag["Value"]

    def _keys(self) -> Iterator[tuple[tuple[str, str], str]]:
        client = self.client("kms")
        for one in client.list_keys()["Keys"]:
            for tag in client.list_resource_tags(KeyId=one["KeyId"])["Tags"]:
                if tag["TagKey"] == ADDRESS_TAG:
                    yield ("key", one["KeyArn"]), tag["TagValue"]
