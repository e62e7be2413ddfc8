"""Is at least one of several things as it should be, as far as that can be told where not all is known?"""

from collections.abc import Iterable

from bucketwright.posture import Undetermined
from bucketwright.rules.partly_known import Question


def faults_of_every(questions: Iterable[Question]) -> tuple[str, ...]:
    """What is wrong with each of them; nothing where one is right. Undetermined where one may be."""
    found: tuple[str, ...] = ()
    unanswered: Undetermined | None = None
    for question in questions:
        try:
            wrong = tuple(question())
        except Undetermined as undetermined:
            unanswered = unanswered or undetermined
            continue
        if not wrong:
            return ()
        found += wrong
    if unanswered is not None:
        raise unanswered
    return found
