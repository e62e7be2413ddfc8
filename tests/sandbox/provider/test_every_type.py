"""The program for the engine has every type, and says only what the double carries."""

from components.recording import record
from sandbox.provider.calling import problems
from sandbox.provider.handlers import handlers
from sandbox.server import serving
from tests.sandbox.provider.every_type import EveryType
from tests.sandbox.provider.examples import REGION


def test_the_program_has_every_type() -> None:
    """In its first step and in its last."""
    with serving() as server:
        every = EveryType(server.clients(account="610000000003", region=REGION))

    for step in (0, 99):
        plan = record(every.program(step), project="every", stack="type")
        made = [resource for resource in plan.resources if resource.custom]

        assert {resource.type for resource in made} == set(handlers())
        assert [problems(resource.type, resource.inputs) for resource in made] == [[]] * len(made)
