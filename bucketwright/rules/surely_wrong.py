"""Is something surely wrong in one respect, whatever is not known?"""

from collections.abc import Callable, Iterable

from bucketwright.posture import Undetermined


def is_surely_wrong(question: Callable[[], Iterable[str]]) -> bool:
    """Whether a fault shows; what cannot be told is none."""
    try:
        return any(True for _ in question())
    except Undetermined:
        return False
