"""Plans of roles, keys and distributions, wired as programs wire them: by outputs nobody knows yet."""

from collections.abc import Iterable, Mapping
from typing import Final

from bucketwright.facets.attachments import ATTACHMENT, POLICY
from bucketwright.facets.declaring import merged
from bucketwright.facets.distribution.origins import CONTROL
from bucketwright.facets.distribution.trusted_keys import GROUP, PUBLIC_KEY
from bucketwright.facets.facet import Declared, Form, Planned
from bucketwright.facets.said import Refer
from bucketwright.facets.tokens import DISTRIBUTION
from bucketwright.plan import UNKNOWN_INPUT, Resource
from tests.facets.plans import Inputs, spelled

LATER: Final = UNKNOWN_INPUT
Computed = Mapping[str, tuple[Resource, ...]]
NOTHING: Final[Computed] = {}


def made(kind: str, inputs: Inputs, computed: Computed = NOTHING, name: str = "one") -> Resource:
    """A resource of a program, with what its properties are computed from."""
    feeding = {each: tuple(one.urn for one in several) for each, several in computed.items()}
    return Resource(
        f"urn:pulumi:dev::shop::{kind}::{name}", kind, name, inputs, property_dependencies=feeding
    )


def whole(thing: Resource, *parts: Resource, refer: Refer | None = None) -> Planned:
    """A thing with its parts, in a plan that knows no address unless `refer` does."""
    return Planned(thing, parts, lambda _: refer or _nobody)


def declared_thing(kind: str, declared: Iterable[Declared]) -> Planned:
    """The plan of a program that declares what facets ask for, and wires it."""
    several = merged(declared)
    inputs = next((spelled(one.args) for one in several if one.kind == kind), {})
    parts = tuple(
        made(one.kind, spelled(one.args), name=one.name or "one") for one in several if one.kind != kind
    )
    if kind == DISTRIBUTION:
        return _distribution(inputs, parts)
    attached = (
        made(ATTACHMENT, {"policyArn": LATER}, {"policyArn": (part,)}, part.name)
        for part in parts
        if part.kind == POLICY
    )
    return whole(made(kind, inputs), *parts, *attached)


def resolve(address: str, form: Form) -> str:
    """What the program of these tests has for an address."""
    return f"{form}-of-{address}"


def address_of(_: str, __: str, found: object) -> str | None:
    """The address of what a value names: resolve, the other way round."""
    text = found if isinstance(found, str) else ""
    return text.split("-of-", 1)[1] if "-of-" in text else None


def _nobody(_: str, __: str, ___: object) -> None:
    return None


def _distribution(inputs: dict[str, object], parts: tuple[Resource, ...]) -> Planned:
    """The access control into each origin, the keys into a group, the group into each behavior."""
    keys = tuple(part for part in parts if part.kind == PUBLIC_KEY)
    controls = tuple(part for part in parts if part.kind == CONTROL)
    group = made(GROUP, {"items": [LATER for _ in keys]}, {"items": keys})
    origins = [{**one, "originAccessControlId": LATER} for one in _mappings(inputs["origins"])]
    behavior = {**_mapping(inputs["defaultCacheBehavior"]), "trustedKeyGroups": [LATER]}
    thing = made(
        DISTRIBUTION,
        {**inputs, "origins": origins, "defaultCacheBehavior": behavior},
        {"origins": controls, "defaultCacheBehavior": (group,)},
    )
    return whole(thing, *parts, group, refer=address_of)


def _mapping(value: object) -> dict[str, object]:
    assert isinstance(value, dict)
    return value


def _mappings(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return [_mapping(one) for one in value]
