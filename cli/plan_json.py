"""How is a plan told to scripts?"""

from collections.abc import Mapping

from bucketwright.plan import UNKNOWN_INPUT, Plan
from cli.plan_tree import unknowns


def as_json(planned: Plan) -> dict[str, object]:
    """The resources for scripts; what is unknown is null, and its place is listed."""
    return {
        "version": 1,
        "project": planned.project,
        "stack": planned.stack,
        "resources": [
            {
                "urn": one.urn,
                "type": one.type,
                "name": one.name,
                "address": one.address,
                "parent": one.parent,
                "custom": one.custom,
                "protect": one.protect,
                "retain_on_delete": one.retain_on_delete,
                "inputs": _nulled(one.inputs),
                "unknown": list(unknowns(one)),
                "depends_on": list(one.depends_on),
                "property_dependencies": {name: list(on) for name, on in one.property_dependencies.items()},
            }
            for one in planned.resources
        ],
    }


def _nulled(value: object) -> object:
    match value:
        case Mapping():
            return {name: _nulled(one) for name, one in value.items()}
        case list() | tuple():
            return [_nulled(one) for one in value]
        case _:
            return None if value == UNKNOWN_INPUT else value
