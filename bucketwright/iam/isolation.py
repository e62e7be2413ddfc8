"""Does a policy keep to one prefix of one bucket? If not: which key, list or bucket lies outside."""

import re
from dataclasses import replace
from typing import Final

from bucketwright.iam.asking import DEPENDS, WORK
from bucketwright.iam.documents import Document, PolicyError, in_2012
from bucketwright.iam.homes import home_of, homes
from bucketwright.iam.languages import Undecided, Work
from bucketwright.iam.leaks import Keeping
from bucketwright.iam.patterns import ESCAPED, VARIABLE
from bucketwright.iam.public import Answer
from bucketwright.iam.refused import refusal
from bucketwright.iam.strict_json import shown

_UNHEARD: Final = 0x4E00


def is_isolated(document: Document, prefix: str) -> Answer:
    """Whether the policy reaches no key and no list of keys outside the prefix of one bucket.

    A policy variable has a value; the same variable in the prefix has the same.
    """
    if refused := refusal(document):
        return Answer(None, refused)
    try:
        leak = _real_leak(document, in_2012(prefix, document.version))
    except Undecided as undecided:
        return Answer(None, f"not settled: {undecided}")
    except PolicyError as error:
        return Answer(None, str(error))
    if leak:
        return Answer(False, leak)
    return Answer(True, f"every key and every list it reaches begins with {shown(prefix)}")


def _real_leak(document: Document, prefix: str) -> str | None:
    """The worst leak; one that names a variable must be one for values that nobody wrote down."""
    leak = _worst_leak(document, prefix)
    if leak is None or "${" not in leak:
        return leak
    real = _leak_with_values(document, prefix)
    if real is None:
        raise Undecided(DEPENDS)
    return real


def _leak_with_values(document: Document, prefix: str) -> str | None:
    """A leak for long values that nobody wrote down in place of the variables.

    A variable is one letter to the search, which `?` does not match; a value can be met by `?` and `*`
    together.
    """
    values: dict[str, str] = {}
    longer = 2 + str(document).count("?")

    def value(found: re.Match[str]) -> str:
        unheard = chr(_UNHEARD + len(values)) * longer
        return found[0] if found[1] in ESCAPED else values.setdefault(found[0].lower(), unheard)

    def filled(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(VARIABLE.sub(value, text) for text in texts)

    statements = tuple(
        replace(
            one,
            resources=one.resources and replace(one.resources, patterns=filled(one.resources.patterns)),
            conditions=tuple(replace(test, values=filled(test.values)) for test in one.conditions),
        )
        for one in document.statements
    )
    leak = _worst_leak(replace(document, statements=statements), VARIABLE.sub(value, prefix))
    for name, stood_for in values.items():
        leak = leak and leak.replace(stood_for, name)
    return leak


def _worst_leak(document: Document, prefix: str) -> str | None:
    """A leak whichever bucket is home: only the bucket of the first leak could be another."""
    work = Work(WORK)
    named = homes(document)
    home = next(iter(named.values()), None)
    leak = Keeping(document, home, prefix, work).leak()
    if leak is None:
        return None
    if home is None:
        return f"{leak.because}, and no bucket is spelled out"
    reached = home_of(leak.arn)
    if reached and reached.arns == home.arns:
        return leak.because
    other = named.get(reached.arns) if reached else None
    if other and Keeping(document, other, prefix, work).leak() is None:
        return None
    return f"{leak.because}, outside of {home.container!r}"
