"""How long and how often Lambda tries a call that nobody waits for."""

from typing import Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.retelling import retold
from sandbox.provider.words import Words

_TYPE: Final = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"
_GONE: Final = ("ResourceNotFoundException",)
_WORDS: Final = Words(_TYPE)


class FunctionEventInvokeConfig:
    """Known by its function."""

    type = _TYPE
    names = None
    replaces = frozenset({"functionName"})
    refuses = frozenset({"destinationConfig", "qualifier"})

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Put it."""
        functions = clients.client("lambda")
        told = _WORDS.tell(functions, "put_function_event_invoke_config", inputs)
        functions.put_function_event_invoke_config(**told)
        return now_live(self, clients, str(inputs["functionName"]), inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """What it says, if the function has any."""
        functions = clients.client("lambda")
        found = ask(functions.get_function_event_invoke_config, _GONE, FunctionName=id_)
        if found is None:
            return None
        live = _WORDS.hear(functions, "get_function_event_invoke_config", found)
        return Made(id_, retold({**live, "functionName": id_}, said), {})

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Put it anew; moto would keep the old one beside it."""
        self.delete(clients, id_, old)
        return self.create(clients, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Take it off the function."""
        ask(clients.client("lambda").delete_function_event_invoke_config, _GONE, FunctionName=id_)


HANDLER: Final = FunctionEventInvokeConfig()
