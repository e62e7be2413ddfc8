"""How are the parts of one transfer done, several at once, so that where one fails the others end?"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from bucketwright.storage.transfer.watching import Meter, StoppedError

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_lanes(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    lanes: int,
    meter: Meter,
    then: Callable[[Result], object] = lambda _: None,
) -> list[Result]:
    """What each item came to, in their order; `then` is told in this thread, in their order, as they come.

    The first error ends all; none of them is under way when it is raised.
    """
    pool = ThreadPoolExecutor(max(1, min(lanes, len(items))), "bucketwright-part")
    futures: list[Future[Result]] = []
    results = []

    def watched(item: Item) -> Result:
        try:
            meter.keep_on()
            return work(item)
        except BaseException:
            meter.stop()
            raise

    try:
        futures += [pool.submit(watched, item) for item in items]
        for future in futures:
            results.append(future.result())
            then(results[-1])
    except StoppedError:
        meter.stop()
        pool.shutdown(cancel_futures=True)
        _raise_cause(futures)
        raise
    finally:
        if len(results) < len(items):
            meter.stop()
        pool.shutdown(cancel_futures=True)
    return results


def _raise_cause(futures: Sequence[Future[Result]]) -> None:
    """Raises what went wrong first, where something did: the others ended because of it."""
    for future in futures:
        error = None if future.cancelled() else future.exception()
        if error is not None and type(error) is not StoppedError:
            raise error
