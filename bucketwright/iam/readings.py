"""What does a policy surely not allow more than, whatever the values of its variables?"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bucketwright.iam.documents import Document, Names, Statement

_PREFIX: Final = "s3:prefix"
_NEGATIVE: Final = frozenset({"stringnotequals", "stringnotequalsignorecase", "stringnotlike"})


def readings(document: Document) -> Iterator[Document]:
    """Policies that certainly allow no less, whatever the values of the variables.

    As a letter of its own a variable never equals other text, which a Deny of everything *but* some pattern
    relies on. So each such Deny is believed only alone, against Allows of everything, or not at all.
    """
    if not any(map(_has_variable, document.statements)):
        return
    hinged = [one for one in document.statements if not one.allows and _denies_the_rest(one)]
    others = tuple(one for one in document.statements if one not in hinged)
    if hinged:
        yield replace(document, statements=others)
    wide = tuple(map(_of_everything, others))
    for one in hinged:
        yield replace(document, statements=(*wide, one))


def _has_variable(statement: Statement) -> bool:
    named = statement.resources.patterns if statement.resources else ()
    values = (value for test in statement.conditions for value in test.values)
    return any("${" in text for text in (*named, *values))


def _of_everything(statement: Statement) -> Statement:
    """An Allow without what its requests are told apart by."""
    if not statement.allows:
        return statement
    others = tuple(test for test in statement.conditions if test.key != _PREFIX)
    return replace(statement, resources=Names(("*",)), conditions=others)


def _denies_the_rest(statement: Statement) -> bool:
    negated = statement.resources is not None and statement.resources.negated
    return negated or any(one.operator in _NEGATIVE for one in statement.conditions)
