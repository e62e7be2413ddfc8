"""What follows from several answers, of which some are not known?"""

from collections.abc import Iterable


def any_of(answers: Iterable[bool | None]) -> bool | None:
    """Whether one of them is yes; None where the unknown ones decide that."""
    found = set(answers)
    return True if True in found else None if None in found else False


def all_of(answers: Iterable[bool | None]) -> bool | None:
    """Whether each of them is yes, likewise."""
    found = set(answers)
    return False if False in found else None if None in found else True
