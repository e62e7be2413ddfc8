"""Few do much at once, little waits for them, and nothing is left undone."""

import asyncio
from collections.abc import Callable

import pytest

from audits.objects.crew import Crew


async def _at_work(items: int, at_once: int, waiting: int) -> tuple[list[int], int, int]:
    """What was done, how much at once, and how many waited at most when more was to come."""
    done: list[int] = []
    busy = most = longest = 0

    def begin(item: int, crew: Crew[int]) -> None:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        if item % 3 == 0:
            end(item, crew.ended)
        elif item % 3 == 1:
            asyncio.get_running_loop().call_soon(end, item, crew.ended)
        else:
            crew.go_on(waited_for(item))

    def end(item: int, ended: Callable[[], None]) -> None:
        nonlocal busy
        busy -= 1
        done.append(item)
        ended()

    async def waited_for(item: int) -> None:
        await asyncio.sleep(0)
        end(item, lambda: None)

    async with asyncio.TaskGroup() as group:
        with Crew(begin, group, at_once, waiting) as crew:
            for start in range(0, items, 10):
                await crew.take(range(start, min(items, start + 10)))
                longest = max(longest, start + 10 - len(done) - busy)
            await crew.done()
            await crew.done()
    return done, most, longest


@pytest.mark.parametrize("items", [0, 1, 9, 100, 1_001])
@pytest.mark.parametrize("at_once", [1, 7])
def test_all_is_done_once(items: int, at_once: int) -> None:
    """However much it is, and however few work at it."""
    done, most, longest = asyncio.run(_at_work(items, at_once, waiting=20))

    assert sorted(done) == list(range(items))
    assert most <= at_once
    assert longest <= 20 + 10


@pytest.mark.parametrize("how", ["at once", "later", "in a task"])
def test_what_goes_wrong_ends_all_of_it(how: str) -> None:
    """And is not lost; nothing more is begun, and what comes after it is not wanted."""
    begun: list[int] = []

    async def fail() -> None:
        raise LookupError

    def begin(item: int, crew: Crew[int]) -> None:
        begun.append(item)
        if how == "at once":
            raise LookupError
        if how == "later":
            asyncio.get_running_loop().call_soon(crew.broken, LookupError())
        else:
            crew.go_on(fail())

    async def run(crews: list[Crew[int]]) -> None:
        async with asyncio.TaskGroup() as group:
            with Crew(begin, group, 3, 5) as crew:
                crews.append(crew)
                for _ in range(10):
                    await crew.take(range(10))
                await crew.done()

    crews: list[Crew[int]] = []
    with pytest.raises(BaseExceptionGroup) as several:
        asyncio.run(run(crews))
    assert several.group_contains(LookupError)
    assert [crew.is_over for crew in crews] == [True]
    assert len(begun) == (1 if how == "at once" else 3)


def test_what_is_broken_after_the_end_is_nobodys() -> None:
    """The group has ended, and nothing is raised where nobody looks."""

    async def run() -> bool:
        async with asyncio.TaskGroup() as group:
            with Crew[int](lambda _, crew: crew.ended(), group, 1, 1) as crew:
                await crew.take([1])
                await crew.done()
        crew.broken(LookupError())
        return crew.is_over

    assert asyncio.run(run())
