"""While rows come by the thousand nobody looks for objects that hold each other, and afterwards as before."""

import asyncio
import gc

import pytest

from bucketwright.s3.wholeness import root_of
from bucketwright.s3.wire.garbage import seldom_looked_for
from bucketwright.s3.wire.layouts import Entry
from bucketwright.s3.wire.pages import Form
from bucketwright.s3.wire.wire import Wire
from tests.s3.asking import sessions


@pytest.mark.parametrize(
    "usual", [(700, 10, 10), (0, 10, 10), (500_000, 5, 5)], ids=["as usual", "off", "rarer"]
)
def test_as_before(usual: tuple[int, int, int]) -> None:
    """Within the block not sooner than asked for, never where it is turned off, and as it was after it."""
    before = gc.get_threshold()
    gc.set_threshold(*usual)
    try:
        with seldom_looked_for():
            within = gc.get_threshold()
        after = gc.get_threshold()
    finally:
        gc.set_threshold(*before)

    assert after == usual
    assert within[1:] == usual[1:]
    assert within[0] == (0 if usual[0] == 0 else max(usual[0], 100_000))


def test_for_as_long_as_a_wire_is_open() -> None:
    """Also where its block ends with an error."""
    before = gc.get_threshold()
    seen: list[tuple[int, int, int]] = []

    async def run() -> None:
        async with Wire(sessions("http://127.0.0.1:1")):
            seen.append(gc.get_threshold())
            raise LookupError

    with pytest.raises(LookupError):
        asyncio.run(run())

    assert seen[0][0] > before[0]
    assert gc.get_threshold() == before


def test_pages_leave_none() -> None:
    """Nobody looks for it for long, so what a page was read with goes by itself."""
    form, body = (
        Form("ListObjectsV2", Entry("Contents", ("Key",), frozenset({"Key"}))),
        b"<ListBucketResult/>",
    )
    gc.collect()
    gc.disable()
    try:
        for _ in range(10):
            form.read(body)
            root_of(body)
        left = gc.collect()
    finally:
        gc.enable()

    assert left == 0
