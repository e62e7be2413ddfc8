"""Which resources of a program are there already, and what does the engine need to take them over?"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bucketwright.contract.model import Environment
from bucketwright.contract.names import bucket_name, bucket_region
from bucketwright.facets.attachments import ATTACHMENT, POLICY
from bucketwright.facets.tokens import ALIAS, BUCKET, DISTRIBUTION, KEY, ROLE
from bucketwright.plan import UNKNOWN_INPUT, Plan, Resource

PROVIDER: Final = "pulumi:providers:aws"
_QUEUE: Final = "aws:sqs/queue:Queue"
_QUEUE_POLICY: Final = "aws:sqs/queuePolicy:QueuePolicy"
_ACL: Final = "aws:s3/bucketAcl:BucketAcl"
_OF_S3: Final = "aws:s3/"
_SEVERAL: Final = frozenset(
    {
        "aws:s3/inventory:Inventory",
        "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration",
    }
)
"""Of these a bucket has several, each under a name."""
_INNER: Final = "_"
"""Stands in the name of a resource between what it belongs to and what it is called there."""
Entry = dict[str, object]


@dataclass(frozen=True, slots=True)
class There:
    """What is live, as the engine has to be told it."""

    settings: frozenset[tuple[str, str]]
    """Settings of buckets that are configured: the id of the bucket and the type of the resource."""
    ids: Mapping[str, str]
    """What AWS calls things whose id it makes up, by their addresses."""
    policies: Mapping[str, str]
    """The ARNs of the account's own policies, by their names."""
    roles: frozenset[str]
    """The names of roles."""


@dataclass(frozen=True, slots=True)
class Import:
    """What the engine is given, and what it will make beside that."""

    names: Mapping[str, str]
    """The URNs of what is in the stack before, by their names in the file."""
    entries: tuple[Entry, ...]
    made: tuple[Resource, ...]
    """What the first deployment makes, for it is not there, or nobody can tell what AWS calls it."""

    @property
    def count(self) -> int:
        """How many resources are taken over."""
        return sum("id" in one for one in self.entries)

    @property
    def file(self) -> Mapping[str, object]:
        """As `pulumi import --file` takes it."""
        return {"nameTable": self.names, "resources": list(self.entries)}


def import_of(plan: Plan, environment: Environment, there: There) -> Import:
    """Every resource of the program that is there, below the components that it belongs to."""
    finding = _Finding(environment, there, plan)
    found = {one.urn: finding.id_of(one) for one in plan.resources if one.custom and one.kind != PROVIDER}
    taken = [one for one in plan.resources if found.get(one.urn)]
    above = frozenset(_above(taken, plan))
    names = _names([one for one in plan.resources if one.urn in above or found.get(one.urn)])
    providers = {one.urn: one.name for one in plan.resources if one.kind == PROVIDER}
    entries = (
        _entry(one, names, providers, found.get(one.urn, "")) for one in plan.resources if one.urn in names
    )
    made = tuple(one for one in plan.resources if found.get(one.urn) == "")
    return Import({name: urn for urn, name in providers.items()}, tuple(entries), made)


def _above(taken: list[Resource], plan: Plan) -> Iterator[str]:
    """The components that something belongs to, up to the stack."""
    known = {one.urn: one for one in plan.resources}
    for one in taken:
        parent = known.get(one.parent or "")
        while parent is not None:
            yield parent.urn
            parent = known.get(parent.parent or "")


def _names(several: list[Resource]) -> Mapping[str, str]:
    """A name for each within the file, as the engine would write it: with its type where it is taken."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for one in sorted(several, key=lambda each: each.custom):
        name = one.name if one.name not in taken else f"{one.name}{one.type.rpartition(':')[2]}"
        taken.add(name)
        names[one.urn] = name
    return names


def _entry(one: Resource, names: Mapping[str, str], providers: Mapping[str, str], import_id: str) -> Entry:
    entry: Entry = {"type": one.type, "name": names[one.urn]}
    if one.custom:
        entry |= {"id": import_id, "provider": next(iter(providers.values()))}
    else:
        entry["component"] = True
    if one.parent is not None and one.parent in names:
        entry["parent"] = names[one.parent]
    return entry if names[one.urn] == one.name else {**entry, "logicalName": one.name}


@dataclass(frozen=True, slots=True)
class _Finding:
    """What AWS calls each resource; empty where it is not there, or that is not known."""

    environment: Environment
    there: There
    plan: Plan

    def id_of(self, resource: Resource) -> str:
        tell = _TELLING.get(resource.kind)
        if tell is not None:
            return tell(self, resource)
        return self._setting(resource) if resource.kind.startswith(_OF_S3) else ""

    def _setting(self, resource: Resource) -> str:
        """A setting of a bucket is known by the bucket; one of several by its name, too."""
        bucket_id = resource.name.partition(_INNER)[0]
        named = _text(resource, "name") if resource.kind in _SEVERAL else ""
        kind = f"{resource.kind}:{named}" if named else resource.kind
        if (bucket_id, kind) not in self.there.settings:
            return ""
        canned = f",{_text(resource, 'acl')}" if resource.kind == _ACL else ""
        return self._placed(f"{self._bucket(bucket_id)}{f':{named}' if named else ''}{canned}", bucket_id)

    def bucket(self, resource: Resource) -> str:
        return self._placed(self._bucket(resource.name), resource.name)

    def key(self, resource: Resource) -> str:
        found = self.there.ids.get(f"key:{resource.name}", "").rpartition("/")[2]
        return self._placed(found, resource.name) if found else ""

    def alias(self, resource: Resource) -> str:
        bucket_id = resource.name.partition(_INNER)[0]
        is_there = f"key:{bucket_id}" in self.there.ids
        return self._placed(_text(resource, "name"), bucket_id) if is_there else ""

    def distribution(self, resource: Resource) -> str:
        return self.there.ids.get(f"distribution:{resource.name}", "")

    def role(self, resource: Resource) -> str:
        name = _text(resource, "name")
        return name if name in self.there.roles else ""

    def policy(self, resource: Resource) -> str:
        return self.there.policies.get(_text(resource, "name"), "")

    def attachment(self, resource: Resource) -> str:
        """What is attached is called as the attachment is, and stands beside it with the role."""
        beside = [one for one in self.plan.resources if one.parent == resource.parent]
        roles = [self.role(one) for one in beside if one.kind == ROLE]
        policies = [self.policy(one) for one in beside if (one.kind, one.name) == (POLICY, resource.name)]
        return "/".join((*roles, *policies)) if all((*roles, *policies)) else ""

    def queue(self, resource: Resource) -> str:
        place = resource.name.replace(_INNER, "/")
        return self.there.ids.get(f"queue:{place}", "")

    def _bucket(self, bucket_id: str) -> str:
        return bucket_name(self.environment, bucket_id)

    def _placed(self, found: str, bucket_id: str) -> str:
        """With its region, where that is not the provider's own."""
        region = bucket_region(self.environment, self.environment.buckets[bucket_id])
        return found if region == self.environment.region else f"{found}@{region}"


def _text(resource: Resource, name: str) -> str:
    found = resource.inputs.get(name)
    return found if isinstance(found, str) and found != UNKNOWN_INPUT else ""


_TELLING: Final[Mapping[str, Callable[[_Finding, Resource], str]]] = {
    ALIAS: _Finding.alias,
    BUCKET: _Finding.bucket,
    DISTRIBUTION: _Finding.distribution,
    KEY: _Finding.key,
    POLICY: _Finding.policy,
    ROLE: _Finding.role,
    ATTACHMENT: _Finding.attachment,
    _QUEUE: _Finding.queue,
    _QUEUE_POLICY: _Finding.queue,
}
"""What tells the ids of each type; settings of buckets are told by their buckets."""
