"""How is a plan told to scripts?"""

from bucketwright.plan import Plan, without_unknowns
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
                "inputs": without_unknowns(one.inputs),
                "unknown": list(unknowns(one)),
                "depends_on": list(one.depends_on),
                "property_dependencies": {name: list(on) for name, on in one.property_dependencies.items()},
            }
            for one in planned.resources
        ],
    }
