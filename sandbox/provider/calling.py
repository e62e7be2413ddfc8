"""Makes, reads, changes and deletes a resource of any type, for the engine's double and the materialiser."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bucketwright.plan import UNKNOWN_INPUT, is_known
from sandbox.provider.handler import Clients, Handler, Made, Plain
from sandbox.provider.handlers import handlers
from sandbox.provider.schema import resource_type, violations
from sandbox.provider.tagging import tags_of

_ENDING: Final = 7


class NotCarriedError(LookupError):
    """No handler serves this type."""


@dataclass(frozen=True, slots=True)
class RegionalClients:
    """The clients of an account, in the region a resource names for itself."""

    of: Clients
    region: str

    @property
    def account(self) -> str:
        """Whose clients they are."""
        return self.of.account

    def client(self, service: str, region: str | None = None) -> Any:
        """A boto3 client, there unless elsewhere is asked."""
        return self.of.client(service, region or self.region)


def handler_of(token: str) -> Handler:
    """The handler of a type."""
    found = handlers().get(token)
    if found is None:
        raise NotCarriedError(f"the double has no handler for {token}")
    return found


def problems(token: str, inputs: Plain) -> list[str]:
    """Why the double would not take these inputs: the SDK's own reasons, then its own."""
    found = violations(token, inputs)
    if token not in handlers():
        return found or [f"the double has no handler for {token}"]
    refused = sorted(handlers()[token].refuses & set(inputs))
    return [*found, *(f"{name} is a property the double does not carry" for name in refused)]


def named(token: str, inputs: Plain, before: Plain, name: str, seed: bytes) -> Plain:
    """The inputs; where they lack the resource's name, with its old one, or one made up from `name`."""
    wanted = handler_of(token).names
    if wanted is None or wanted in inputs:
        return inputs
    ending = hashlib.sha256(seed or name.encode()).hexdigest()[:_ENDING]
    made_up = f"{name}-{ending}".lower() if wanted == "bucket" else f"{name}-{ending}"
    return {**inputs, wanted: before.get(wanted, made_up)}


def create(clients: Clients, token: str, inputs: Plain) -> Made:
    """Make it."""
    regional, own = _regional(clients, inputs)
    return _told(token, handler_of(token).create(regional, own), inputs, regional)


def read(clients: Clients, token: str, id_: str, said: Plain) -> Made | None:
    """What is live, told as the program told it, or whole to an import; nothing if it is gone."""
    regional, own = _regional(clients, said)
    made = handler_of(token).read(regional, id_, own)
    if made is None:
        return None
    in_a_region = "region" in resource_type(token).inputs.members
    return _told(token, made, said or ({"region": regional.region} if in_a_region else {}), regional)


def update(clients: Clients, token: str, id_: str, old: Plain, new: Plain) -> Made:
    """Change what changed, in place."""
    regional, own = _regional(clients, new)
    before = {name: value for name, value in old.items() if name != "region"}
    return _told(token, handler_of(token).update(regional, id_, before, own), new, regional)


def delete(clients: Clients, token: str, id_: str, said: Plain) -> None:
    """Take it away; what is gone already is fine."""
    regional, own = _regional(clients, said)
    handler_of(token).delete(regional, id_, own)


def foreseen(clients: Clients, token: str, inputs: Plain) -> Plain:
    """All properties as far as they are known before the resource is made."""
    kind = resource_type(token)
    unknown = dict.fromkeys(kind.outputs - set(kind.inputs.members), UNKNOWN_INPUT)
    regional, _ = _regional(clients, inputs)
    return {**unknown, **inputs, **_common(token, inputs, regional.region)}


def replaces(token: str) -> frozenset[str]:
    """The inputs that cannot change without a new resource."""
    return handler_of(token).replaces | {"region"}


def _regional(clients: Clients, inputs: Plain) -> tuple[RegionalClients, Plain]:
    region = inputs.get("region")
    own = {name: value for name, value in inputs.items() if name != "region"}
    named = region if isinstance(region, str) and is_known(region) else clients.region
    return RegionalClients(clients, named), own


def _told(token: str, made: Made, said: Plain, regional: RegionalClients) -> Made:
    """With what every type of resource has: the region it is in, and its tags with the provider's own."""
    where = {"region": regional.region} if "region" in said else {}
    computed = {name: value for name, value in made.computed.items() if value is not None}
    common = _common(token, made.inputs, regional.region)
    return replace(made, inputs={**made.inputs, **where}, computed={**computed, **common})


def _common(token: str, inputs: Plain, region: str) -> Mapping[str, object]:
    tags = inputs.get("tags", {})
    common = {"region": region, "tagsAll": tags_of(inputs) if is_known(tags) else UNKNOWN_INPUT}
    return {name: value for name, value in common.items() if name in resource_type(token).outputs}
