"""What a place of tests answers to a HEAD, told to whom does not wait for it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from audits.objects.place import Told
from bucketwright.calls import Failure

Head = Callable[[str, str], Awaitable[Mapping[str, str] | Failure]]
_UNDER_WAY: set[asyncio.Task[None]] = set()


def tell_head(head: Head, key: str, version: str, told: Told) -> None:
    """Tell it once it is known; a mistake, too."""

    async def ask() -> None:
        try:
            told(await head(key, version))
        except BaseException as error:  # noqa: BLE001 - raised where it can be seen
            told(error)

    task = asyncio.get_running_loop().create_task(ask())
    _UNDER_WAY.add(task)
    task.add_done_callback(_UNDER_WAY.discard)
