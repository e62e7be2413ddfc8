"""Few do much at once, little waits for them, and nothing is left undone."""

import asyncio

import pytest

from audits.objects.crew import Crew


async def _at_work(items: int, at_once: int, waiting: int) -> tuple[list[int], int, int]:
    """What was done, how much at once, and how many waited at most when more was to come."""
    done: list[int] = []
    busy = most = longest = 0

    async def work(item: int) -> None:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0)
        busy -= 1
        done.append(item)

    async with asyncio.TaskGroup() as group:
        crew = Crew(work, group, at_once, waiting)
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


def test_what_goes_wrong_ends_all_of_it() -> None:
    """And is not lost."""

    async def work(_item: int) -> None:
        await asyncio.sleep(0)
        raise LookupError

    async def run() -> None:
        async with asyncio.TaskGroup() as group:
            crew = Crew(work, group, 3, 5)
            for _ in range(10):
                await crew.take(range(10))
            await crew.done()

    with pytest.raises(BaseExceptionGroup) as several:
        asyncio.run(run())
    assert several.group_contains(LookupError)
