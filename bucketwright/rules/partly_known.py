"""What is wrong, as far as that can be told where not all is known?"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from bucketwright.posture import Undetermined
from bucketwright.verdicts import Fault

Told = TypeVar("Told", str, Fault)
Question = Callable[[], Iterable[str]]
"""What is wrong in one respect; may raise Undetermined."""


def faults_of(*questions: Callable[[], Iterable[Told]]) -> tuple[Told, ...]:
    """All faults that show; Undetermined where none does and some question has no answer."""
    found: tuple[Told, ...] = ()
    unanswered: Undetermined | None = None
    for question in questions:
        try:
            found += tuple(question())
        except Undetermined as undetermined:
            unanswered = unanswered or undetermined
    if unanswered is not None and not found:
        raise unanswered
    return found


def faults_unless(closed: Callable[[], bool], question: Callable[[], Iterable[Told]]) -> tuple[Told, ...]:
    """The faults that nothing closes off; what is closed off need not be known, nor what closes no fault."""
    try:
        found = tuple(question())
    except Undetermined:
        if closed():
            return ()
        raise
    return () if not found or closed() else found
