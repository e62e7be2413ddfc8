"""Does a policy keep to one prefix of one bucket? If not: which key, list or bucket lies outside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from bucketwright.iam.actions import LISTING, OBJECT, TAKEOVER, UPLOADS, covers, spelled, unknown_actions
from bucketwright.iam.documents import Document, Names, PolicyError, Statement, in_2012
from bucketwright.iam.homes import CONTAINERS, KEYS, Home, home_of, homes
from bucketwright.iam.languages import And, Formula, Not, Or, Undecided, beginning, member
from bucketwright.iam.patterns import ESCAPED, VARIABLE
from bucketwright.iam.public import Answer
from bucketwright.iam.reach import (
    Containers,
    Lists,
    Objects,
    View,
    bucket_and_prefix,
    granted,
    listing_views,
    of_bucket,
)
from bucketwright.iam.strict_json import shown

_UNHEARD: Final = 0x4E00
_DEPENDS: Final = "it depends on the value of a policy variable"
_NEGATIVE: Final = frozenset({"stringnotequals", "stringnotequalsignorecase", "stringnotlike"})


@dataclass(frozen=True, slots=True)
class Leak:
    """What lies outside: the ARN of the key or of what holds it, and a sentence."""

    arn: str
    because: str


@dataclass(frozen=True, slots=True)
class Request:
    """What an action is asked for: an ARN, or a prefix to list."""

    action: str
    text: str


def is_isolated(document: Document, prefix: str) -> Answer:
    """Whether the policy reaches no key and no list of keys outside the prefix of one bucket.

    A policy variable has a value; the same variable in the prefix has the same.
    """
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
        raise Undecided(_DEPENDS)
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
    named = homes(document)
    home = next(iter(named.values()), None)
    leak = _leak(document, home, prefix)
    if leak is None:
        return None
    if home is None:
        return f"{leak.because}, and no bucket is spelled out"
    reached = home_of(leak.arn)
    if reached and reached.arns == home.arns:
        return leak.because
    other = named.get(reached.arns) if reached else None
    if other and _leak(document, other, prefix) is None:
        return None
    return f"{leak.because}, outside of {home.container!r}"


def _leak(document: Document, home: Home | None, prefix: str) -> Leak | None:
    return (
        _key_leak(document, home, prefix)
        or _list_leak(document, home)
        or (_prefix_leak(document, home, prefix) if home else None)
        or _takeover_leak(document, home, prefix)
    )


def _key_leak(document: Document, home: Home | None, prefix: str) -> Leak | None:
    outside = (Not(home.inside(prefix)),) if home else ()
    unknown = frozenset[str]().union(*(unknown_actions(one.actions) for one in document.statements))
    found = _reached(document, OBJECT | unknown, Objects(), (KEYS, *outside))
    return Leak(found.text, f"{spelled(found.action)} reaches {found.text!r}") if found else None


def _list_leak(document: Document, home: Home | None) -> Leak | None:
    """Lists of another bucket."""
    elsewhere = And((CONTAINERS, Not(home.arns))) if home else CONTAINERS
    whole = _reached(document, LISTING | UPLOADS, Containers(), (elsewhere,))
    if whole:
        return Leak(whole.text, f"{spelled(whole.action)} lists every key of {whole.text!r}")
    below = _reached(document, LISTING, Lists(), (of_bucket(elsewhere),))
    if below is None:
        return None
    arn, asked = bucket_and_prefix(below.text)
    return Leak(arn, f"{spelled(below.action)} lists {_keys(asked)} of {arn!r}")


def _prefix_leak(document: Document, home: Home, prefix: str) -> Leak | None:
    """Lists of the home itself; one without a prefix shows every key."""
    for action in (*_distinct(document, LISTING), *_distinct(document, UPLOADS)):
        for view in listing_views(action, home.container):
            found = _reached(document, frozenset({action}), view, (Not(beginning(prefix)),))
            if found:
                return Leak(
                    home.container, f"{spelled(action)} lists {_keys(found.text)} of {home.container!r}"
                )
    return None


def _keys(asked: str) -> str:
    return f"the keys that begin with {asked!r}" if asked else "every key"


def _takeover_leak(document: Document, home: Home | None, prefix: str) -> Leak | None:
    targets = (CONTAINERS, Not(home.arns)) if home and not prefix else (CONTAINERS,)
    found = _reached(document, TAKEOVER, Containers(), targets)
    if found is None:
        return None
    return Leak(found.text, f"{spelled(found.action)} on {found.text!r} hands out keys beyond any prefix")


def _reached(
    document: Document, actions: frozenset[str], view: View, where: tuple[Formula, ...]
) -> Request | None:
    """A request that one of the actions allows there."""

    def found(policy: Document, *some: str) -> str | None:
        return member(And((Or(tuple(granted(policy, action, view) for action in some)), *where)))

    distinct = _distinct(document, actions)
    if found(document, *distinct) is not None:
        requests = ((action, found(document, action)) for action in distinct)
        return next(Request(action, text) for action, text in requests if text is not None)
    readings = tuple(_readings(document))
    for action in distinct:
        if readings and all(found(reading, action) is not None for reading in readings):
            raise Undecided(_DEPENDS)
    return None


def _readings(document: Document) -> Iterator[Document]:
    """Policies that certainly allow no less, whatever the values of the variables.

    As a letter of its own a variable never equals other text, which a Deny of everything *but* some pattern
    relies on. So each such Deny is believed only alone, against Allows of everything, or not at all.
    """
    if "${" not in repr(document):
        return
    hinged = [one for one in document.statements if not one.allows and _denies_the_rest(one)]
    others = tuple(one for one in document.statements if one not in hinged)
    if hinged:
        yield replace(document, statements=others)
    wide = tuple(
        replace(one, resources=Names(("*",)), conditions=()) if one.allows else one for one in others
    )
    for one in hinged:
        yield replace(document, statements=(*wide, one))


def _denies_the_rest(statement: Statement) -> bool:
    negated = statement.resources is not None and statement.resources.negated
    return negated or any(one.operator in _NEGATIVE for one in statement.conditions)


def _distinct(document: Document, actions: frozenset[str]) -> tuple[str, ...]:
    """One action for each way in which the statements cover actions; none that no Allow covers."""
    named = {one.actions for one in document.statements}
    allowed = {one.actions for one in document.statements if one.allows}
    found: dict[frozenset[Names], str] = {}
    for action in sorted(actions, key=lambda action: (not action.startswith("s3:"), action)):
        covering = frozenset(names for names in named if covers(names, action))
        if covering & allowed:
            found.setdefault(covering, action)
    return tuple(found.values())
