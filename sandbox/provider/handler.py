"""What a handler of one resource type promises: create, read, update, delete by plain calls to AWS."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from botocore.exceptions import ClientError
from botocore.model import OperationModel

Plain = Mapping[str, object]


class Clients(Protocol):
    """The clients of one account. A client's methods are made by boto3 when it runs, so it has no type."""

    @property
    def account(self) -> str:
        """Whose clients they are."""

    @property
    def region(self) -> str:
        """Where they call."""

    def client(self, service: str, region: str | None = None) -> Any:
        """A boto3 client."""


@dataclass(frozen=True, slots=True)
class Made:
    """A resource that is there: its id, what a program would say to get it, and what AWS says beyond that."""

    id: str
    inputs: Plain
    computed: Plain

    @property
    def outputs(self) -> Plain:
        """All properties."""
        return {**self.inputs, **self.computed}


class RefusedError(Exception):
    """AWS would do it, or refuse it, in a way this handler knows beforehand."""


@runtime_checkable
class Handler(Protocol):
    """One resource type."""

    @property
    def type(self) -> str:
        """The type, as Pulumi registers it."""

    @property
    def replaces(self) -> frozenset[str]:
        """Inputs that cannot change without a new resource."""

    @property
    def refuses(self) -> frozenset[str]:
        """Inputs the type has and this handler does not carry: better refused than dropped."""

    @property
    def names(self) -> str | None:
        """The input that is made up from the resource's name when the program leaves it out."""

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Make it."""

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """What is live, told as the program told it; nothing if it is gone."""

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Change what may change in place."""

    def delete(self, clients: Clients, id_: str, said: Plain) -> None:
        """Take it away; what is gone already is fine."""


def ask(call: Callable[..., Any], absent: Collection[str], **arguments: object) -> Any:
    """What AWS answers; nothing where it says by one of these codes that there is nothing."""
    try:
        return call(**arguments)
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in absent:
            return None
        raise


def now_live(handler: Handler, clients: Clients, id_: str, said: Plain) -> Made:
    """What was just made or changed, read back."""
    made = handler.read(clients, id_, said)
    if made is None:
        raise RefusedError(f"{handler.type} {id_} was written and cannot be read back")
    return made


def operation(client: Any, method: str) -> OperationModel:
    """What botocore knows of a method of a client."""
    model: OperationModel = client.meta.service_model.operation_model(
        client.meta.method_to_api_mapping[method]
    )
    return model
