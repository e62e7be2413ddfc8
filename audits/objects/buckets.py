"""What is to be said of all that lies in many buckets, some of them at a time?"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractContextManager
from typing import Final, TypeAlias

from audits.object_facts import Home
from audits.object_scan import Unlooked
from audits.objects.bucket import Contents, Listener, Wanted
from audits.objects.place import Place
from audits.objects.visits import Visits
from bucketwright.s3.addresses import AccessError

_AT_ONCE: Final = 8
Reach: TypeAlias = Callable[[Home], Awaitable[Place]]
"""Finds the way to a bucket."""
Recall: TypeAlias = Callable[[Home], AbstractContextManager[Visits | None]]
"""What is known of a bucket, at hand for as long as it is looked at; None where nothing is to be kept."""


async def look_into(
    homes: Iterable[Home], reach: Reach, recall: Recall, wanted: Wanted, listener: Listener
) -> None:
    """All that is found is told to the listener as it comes."""
    turns = asyncio.Semaphore(_AT_ONCE)

    async def one(home: Home) -> None:
        async with turns:
            try:
                place = await reach(home)
            except AccessError as refused:
                listener.skip(Unlooked(home.address, "objects", str(refused)))
                return
            with recall(home) as visits:
                contents = Contents(place, home, wanted, listener, visits)
                await contents.uploads()
                await contents.objects()

    async with asyncio.TaskGroup() as group:
        for home in homes:
            group.create_task(one(home))
