"""How is a contract deployed without an engine? The same program, each registration turned into calls."""

from bucketwright.contract.model import Environment
from bucketwright.plan import Resource
from components.recording import record
from components.storage import declare
from sandbox.accounts import account_of
from sandbox.made import Made, place_of
from sandbox.provider.calling import create, named, problems
from sandbox.provider.handler import Clients
from sandbox.server.clients import Server

_PROVIDER = "pulumi:providers:aws"


class RefusedInputError(ValueError):
    """The program says something that the AWS provider's classes do not know."""


def materialise(server: Server, environment: Environment) -> dict[str, Made]:
    """Everything the environment's program declares, made in the sandbox; nothing of it may be there yet.

    What comes back is each resource by its place in the stack.
    """
    account = account_of(environment)
    clients = server.clients(account=account, region=environment.region)
    ids: dict[str, str] = {}

    def answer(resource: Resource) -> tuple[str, dict[str, object]]:
        ids[resource.urn], outputs = _made(clients, resource)
        return ids[resource.urn], outputs

    def program() -> None:
        declare(environment)

    plan = record(program, project=environment.project, stack=environment.name, answer=answer)
    return {place_of(one.urn): Made(ids.get(one.urn, ""), one.inputs) for one in plan.resources}


def _made(clients: Clients, resource: Resource) -> tuple[str, dict[str, object]]:
    if resource.type == _PROVIDER:
        return resource.name, {}
    wrong = problems(resource.type, resource.inputs)
    if wrong:
        raise RefusedInputError(f"{resource.urn}: {'; '.join(wrong)}")
    inputs = named(resource.type, resource.inputs, before={}, name=resource.name, seed=b"")
    made = create(clients, resource.type, inputs)
    return made.id, dict(made.outputs)
