"""Whatever a program makes of resources, its plan says just that, in its order, every time."""

from dataclasses import dataclass

import pulumi
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.plan import UNKNOWN_INPUT, Resource
from tests.components.programs import Shelf, Thing, recorded


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a program does: numbers point to earlier steps, if there are that many."""

    component: bool
    parent: int | None
    reads: int | None
    waits_for: int | None
    protect: bool | None


NUMBER = st.none() | st.integers(0, 7)
STEPS = st.lists(
    st.builds(Step, st.booleans(), NUMBER, NUMBER, NUMBER, st.none() | st.booleans()), min_size=1, max_size=8
)


def earlier(steps: list[Step], number: int, at: int | None, *, component: bool) -> int | None:
    """The step pointed at, where it comes earlier and is of that kind."""
    return at if at is not None and at < number and steps[at].component == component else None


def run(steps: list[Step]) -> None:
    """The program of these steps."""
    made: list[pulumi.Resource] = []
    for number, step in enumerate(steps):
        parent = earlier(steps, number, step.parent, component=True)
        waits_for = earlier(steps, number, step.waits_for, component=False)
        opts = pulumi.ResourceOptions(
            parent=None if parent is None else made[parent],
            depends_on=None if waits_for is None else [made[waits_for]],
            protect=step.protect,
        )
        read = earlier(steps, number, step.reads, component=False)
        source = None if read is None else made[read]
        told = {"value": source.made} if isinstance(source, Thing) else {}
        made.append(Shelf(f"n{number}", opts) if step.component else Thing(f"n{number}", told, opts))


def expected(steps: list[Step]) -> list[Resource]:
    """What the engine would hear, worked out from the steps alone."""
    found: list[Resource] = []
    for number, step in enumerate(steps):
        above = earlier(steps, number, step.parent, component=True)
        parent = None if above is None else found[above]
        read = None if step.component else earlier(steps, number, step.reads, component=False)
        waits_for = earlier(steps, number, step.waits_for, component=False)
        kind = "bucketwright:index:Shelf" if step.component else "shop:index:Thing"
        chain = kind if parent is None else f"{parent.urn.split('::')[2]}${kind}"
        found.append(
            Resource(
                urn=f"urn:pulumi:dev::shop::{chain}::n{number}",
                type=kind,
                name=f"n{number}",
                inputs={"size": 3} if step.component else {} if read is None else {"value": UNKNOWN_INPUT},
                parent=None if parent is None else parent.urn,
                depends_on=tuple(sorted({found[at].urn for at in (read, waits_for) if at is not None})),
                property_dependencies={} if read is None else {"value": (found[read].urn,)},
                custom=not step.component,
                protect=step.protect if step.protect is not None else parent is not None and parent.protect,
            )
        )
    return found


@settings(max_examples=100, deadline=None)
@given(STEPS)
def test_the_plan_is_what_the_program_says(steps: list[Step]) -> None:
    """Names, parents, dependencies and protection are those of an independent reading of the program."""
    assert list(recorded(lambda: run(steps)).resources) == expected(steps)


@settings(max_examples=30, deadline=None)
@given(STEPS)
def test_a_deployment_makes_what_the_preview_showed(steps: list[Step]) -> None:
    """Each resource of a provider is made once, after all it depends on."""
    made: list[str] = []

    def make(resource: Resource) -> tuple[str, dict[str, object]]:
        assert set(resource.depends_on) <= set(made)
        made.append(resource.urn)
        return resource.name, {"made": resource.name}

    plan = recorded(lambda: run(steps), answer=make)

    assert sorted(made) == sorted(one.urn for one in expected(steps) if one.custom)
    assert [one.urn for one in plan.resources] == [one.urn for one in expected(steps)]
