"""The pages after the first come one after the other, and none is asked for that nobody wants any more."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import pytest
from botocore.session import Session

from bucketwright.s3.paging import Page, Paging, paging_of
from bucketwright.s3.wire.turning import THREAD, all_pages

ENDLESS: Final = 10**6


def _paging() -> Paging:
    session = Session()
    found = paging_of(session, "s3", session.get_service_model("s3").operation_model("ListBuckets"), ENDLESS)
    assert found is not None
    return found


PAGING: Final = _paging()


def page(number: int, last: int) -> Page:
    """One bucket, and the way to the next page."""
    more = {"ContinuationToken": str(number + 1)} if number < last else {}
    return {"Buckets": [{"Name": f"b{number}"}], **more}


def threads() -> list[threading.Thread]:
    """Those that turn pages."""
    return [one for one in threading.enumerate() if one.name == THREAD]


@pytest.mark.parametrize("last", [0, 1, 3], ids=["one page", "two pages", "four pages"])
def test_all_pages_are_one(last: int) -> None:
    """In their order, each asked for once, and where there is but one no thread is begun."""
    asked: list[str] = []

    async def ask(wishes: Mapping[str, object]) -> Page:
        asked.append(str(wishes["ContinuationToken"]))
        return page(int(asked[-1]), last)

    found = asyncio.run(all_pages(ask, PAGING, {}, page(0, last)))

    assert found == {"Buckets": [{"Name": f"b{number}"} for number in range(last + 1)]}
    assert asked == [str(number) for number in range(1, last + 1)]


def test_what_kept_a_page_from_coming_is_raised() -> None:
    """As the one who asked for it said it."""

    async def ask(_wishes: Mapping[str, object]) -> Page:
        raise OSError("no more")

    with pytest.raises(OSError, match="no more"):
        asyncio.run(all_pages(ask, PAGING, {}, page(0, 1)))


async def _never(_wishes: Mapping[str, object]) -> Page:
    never: asyncio.Future[Page] = asyncio.get_running_loop().create_future()
    return await never


async def _always(wishes: Mapping[str, object]) -> Page:
    return page(int(str(wishes["ContinuationToken"])), ENDLESS)


@pytest.mark.parametrize("answer", [_never, _always], ids=["it never comes", "there is always another"])
def test_an_interrupt_ends_it(answer: Callable[[Mapping[str, object]], Awaitable[Page]]) -> None:
    """Whatever is awaited then: no further page is asked for, and the thread ends."""
    asked: list[object] = []

    async def interrupted() -> None:
        going = asyncio.current_task()
        assert going is not None

        async def ask(wishes: Mapping[str, object]) -> Page:
            asked.append(wishes)
            asyncio.get_running_loop().call_soon(going.cancel)
            return await answer(wishes)

        await all_pages(ask, PAGING, {}, page(0, ENDLESS))

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(interrupted())
    for one in threads():
        one.join()

    assert len(asked) <= 2
