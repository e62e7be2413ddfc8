"""Plans of anybody's program, written by hand: resources that hang on one another by outputs nobody knows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bucketwright.contract.own_tags import ADDRESS_TAG
from bucketwright.facets.bucket.policy import KIND as BUCKET_POLICY
from bucketwright.facets.bucket.versioning import KIND as VERSIONING
from bucketwright.facets.tokens import BUCKET
from bucketwright.plan import UNKNOWN_INPUT, Plan, Resource

LATER: Final = UNKNOWN_INPUT
COMPONENT: Final = "team:index:Storage"


@dataclass
class Program:
    """Resources in the order they are registered."""

    resources: list[Resource] = field(default_factory=list)

    def make(
        self,
        kind: str,
        name: str,
        inputs: Mapping[str, object],
        computed: Mapping[str, Resource | tuple[Resource, ...]] | None = None,
        *,
        parent: Resource | None = None,
        import_id: str | None = None,
        ignore_changes: tuple[str, ...] = (),
    ) -> Resource:
        """Register a resource; `computed` says from which others its properties come."""
        chain = f"{parent.type}${kind}" if parent else kind
        above = f"{parent.name}-" if parent else ""
        several = {
            each: (one,) if isinstance(one, Resource) else one for each, one in (computed or {}).items()
        }
        made = Resource(
            urn=f"urn:pulumi:dev::shop::{chain}::{above}{name}",
            type=kind,
            name=name,
            inputs=inputs,
            parent=parent.urn if parent else None,
            property_dependencies={each: tuple(one.urn for one in on) for each, on in several.items()},
            custom=kind != COMPONENT,
            import_id=import_id,
            ignore_changes=ignore_changes,
        )
        self.resources.append(made)
        return made

    def bucket(
        self, name: str, inputs: Mapping[str, object] | None = None, parent: Resource | None = None
    ) -> Resource:
        """A bucket that the engine names unless the program does."""
        return self.make(BUCKET, name, inputs or {}, parent=parent)

    def versioning(
        self, of: Resource | str, status: object = "Enabled", name: str = "versioning"
    ) -> Resource:
        """Versioning of a bucket, by its output or its literal name."""
        said = {"versioningConfiguration": {"status": status}}
        if isinstance(of, str):
            return self.make(VERSIONING, name, {"bucket": of, **said})
        return self.make(VERSIONING, name, {"bucket": LATER, **said}, {"bucket": of})

    def policy(self, of: str, text: object) -> Resource:
        """The policy of a bucket by its literal name."""
        return self.make(BUCKET_POLICY, "policy", {"bucket": of, "policy": text})

    @property
    def plan(self) -> Plan:
        return Plan("shop", "dev", tuple(self.resources))


def tagged(address: str) -> dict[str, object]:
    """Inputs that carry a contract address."""
    return {"tags": {ADDRESS_TAG: address}}


def allowing(principal: object, resource: str = "arn:aws:s3:::shop-files/*") -> str:
    """A bucket policy that lets somebody read."""
    reading = {"Effect": "Allow", "Principal": principal, "Action": "s3:GetObject", "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [reading]})
