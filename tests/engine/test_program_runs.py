"""What the SDK leaves in the middle, when the engine ends first, is brought to its end."""

import asyncio

import pulumi

from sandbox.program_runs import Program, ended_runs


def left_in_the_middle(program: Program) -> tuple[asyncio.AbstractEventLoop, asyncio.Task[None], list[str]]:
    """A run as the SDK leaves it: the program has begun, somebody still waits, and the loop stands open."""
    told: list[str] = []

    async def run() -> None:
        program()
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            await asyncio.sleep(0)
            told.append("ended")

    loop = asyncio.new_event_loop()
    task = loop.create_task(run())
    loop.call_later(0, loop.stop)
    loop.run_forever()
    return loop, task, told


def test_a_run_left_in_the_middle_ends_with_the_block() -> None:
    """Its task is cancelled, may still say goodbye, and its loop is closed."""
    begun: list[str] = []

    with ended_runs() as runs:
        loop, task, told = left_in_the_middle(runs.of(lambda: begun.append("begun")))
        during = (loop.is_closed(), task.done(), told.copy())

    assert during == (False, False, [])
    assert (loop.is_closed(), task.cancelled(), begun, told) == (True, True, ["begun"], ["ended"])


def test_what_a_program_raises_at_its_end_is_nobodys_business() -> None:
    """The engine is gone, and with it the one who could be told."""

    async def run() -> None:
        try:
            await asyncio.get_running_loop().create_future()
        except asyncio.CancelledError:
            raise pulumi.RunError("the engine has gone") from None

    loop = asyncio.new_event_loop()
    with ended_runs() as runs:
        loop.run_until_complete(_called(runs.of(lambda: None)))
        task = loop.create_task(run())
        loop.call_soon(loop.stop)
        loop.run_forever()

    assert (loop.is_closed(), task.done()) == (True, True)


def test_a_run_that_ended_by_itself_is_left_alone() -> None:
    """The SDK closed its loop, as it does where nothing fails."""
    with ended_runs() as runs:
        asyncio.run(_called(runs.of(lambda: None)))


async def _called(program: Program) -> None:
    program()
