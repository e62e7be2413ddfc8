"""What would a Pulumi program make? It runs without engine, credentials or network, and its plan is kept."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from types import MappingProxyType
from typing import Final, ParamSpec, TypeAlias, TypeVar

import pulumi
from pulumi.runtime.proto import engine_pb2
from pulumi.runtime.settings import ROOT

from bucketwright.plan import Plan
from components.stand_in import Answer, Calls, StandIn

Program: TypeAlias = Callable[[], object]
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

_NO_CONFIG: Final[Mapping[str, str]] = MappingProxyType({})
_NO_CALLS: Final[Calls] = MappingProxyType({})
_LOUD: Final = {engine_pb2.WARNING: logging.WARNING, engine_pb2.ERROR: logging.ERROR}
MESSAGES: Final = __name__
"""The logger that hears the warnings of programs."""


def record(
    program: Program,
    *,
    project: str,
    stack: str,
    config: Mapping[str, str] = _NO_CONFIG,
    calls: Calls = _NO_CALLS,
    answer: Answer | None = None,
) -> Plan:
    """Run a program as the first preview of a new stack would; its resources stand in the program's order.

    What a provider computes is unknown, and so is what a function returns whose token is not in `calls`.
    With an `answer` the run is a deployment instead: each custom resource has the id and the outputs that
    it gives. What the program raises is raised.
    """
    engine = StandIn(project, stack, calls, answer)

    async def run() -> list[str | None]:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(_AtOnce())
        loop.set_exception_handler(lambda *_: None)  # what fails is raised below, once
        pulumi.runtime.configure(
            pulumi.runtime.Settings(project, stack, engine, _Voice(), dry_run=answer is None)
        )
        pulumi.runtime.set_all_config(dict(config), [])
        ROOT.set(None)
        begun: list[pulumi.Resource] = []
        await pulumi.runtime.run_in_stack(partial(_noting, begun, program))
        return [await resource.urn.future() for resource in begun]

    order = asyncio.run(run())
    return Plan(project, stack, tuple(engine.made[urn] for urn in order if urn in engine.made))


def _noting(begun: list[pulumi.Resource], program: Program) -> None:
    """Run the program and note its resources as it begins them; they are registered in another order."""

    def note(seen: pulumi.ResourceTransformationArgs) -> None:
        begun.append(seen.resource)

    pulumi.runtime.register_stack_transformation(note)
    program()


class _AtOnce(ThreadPoolExecutor):
    """Calls on the spot: nobody here waits for a network, and no thread can change an order."""

    def submit(
        self, call: Callable[Arguments, Result], /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Future[Result]:
        """Call, and keep what came of it."""
        outcome: Future[Result] = Future()
        try:
            outcome.set_result(call(*args, **kwargs))
        except Exception as failure:  # noqa: BLE001 - whoever awaits the outcome gets it
            outcome.set_exception(failure)
        return outcome


class _Voice:
    """Where the program's messages go."""

    def Log(self, said: engine_pb2.LogRequest) -> None:  # noqa: N802 - the name in the engine's protocol
        """Pass on what is a warning or worse."""
        if said.severity in _LOUD:
            logging.getLogger(MESSAGES).log(_LOUD[said.severity], "%s", said.message)
