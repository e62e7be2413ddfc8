"""Which resources of a plan is a property computed from, where what it holds is known only later?"""

from collections.abc import Collection

from bucketwright.facets.facet import Planned
from bucketwright.plan import Resource, kind_in
from bucketwright.posture import Undetermined, Unknown


def fed(planned: Planned, resource: Resource, name: str, kind: str) -> tuple[Resource, ...]:
    """The resources of a kind from which a property is computed; each has to be of this plan."""
    urns = [urn for urn in resource.property_dependencies.get(name, ()) if kind_in(urn) == kind]
    parts = {part.urn: part for part in planned.parts}
    if any(urn not in parts for urn in urns):
        raise Undetermined(name, Unknown("comes from something that is not of this plan"))
    return tuple(parts[urn] for urn in dict.fromkeys(urns))


def all_fed(
    planned: Planned, resource: Resource, name: str, kind: str, entries: Collection[object]
) -> tuple[Resource, ...]:
    """The same for a list of which each entry has to come from a resource of its own."""
    found = fed(planned, resource, name, kind)
    if len(found) != len(entries):
        raise Undetermined(name, Unknown("not all that it names is of this plan"))
    return found
