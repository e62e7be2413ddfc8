"""Which requests to a bucket does its policy refuse, whoever makes them?

A Deny counts where it is certain: it is about everybody, and holds for every such request.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bucketwright.facets.bucket.policy import Policy
from bucketwright.iam.actions import LISTING, OBJECT, SETTINGS, TAKEOVER, UPLOADS, covers, spelled
from bucketwright.iam.callers import surely_hits
from bucketwright.iam.charset import Repeat
from bucketwright.iam.conditions import Known
from bucketwright.iam.documents import Condition, Names, Principals, Statement
from bucketwright.iam.homes import partition_of, partitions
from bucketwright.iam.languages import EVERYTHING, Formula, Leaf, Not, Or, arns, exactly
from bucketwright.iam.patterns import contains, without_variables
from bucketwright.plain_text import clipped
from bucketwright.rules.request_conditions import SSE, SSE_C, SSE_KEY, surely
from bucketwright.rules.requests_to_bucket import is_any
from bucketwright.rules.statements import some_of, statements
from bucketwright.verdicts import Fault

_UPLOAD: Final = "s3:putobject"
_NAMES_NONE: Final[Known] = {SSE: (), SSE_KEY: (), SSE_C: ()}
"""What is known of an upload that leaves the encryption to the bucket."""
_SERVICE: Final = "s3:"
_ALL_OF_S3: Final = without_variables(f"{_SERVICE}*")
_YET_TO_COME: Final = _SERVICE + "x" * 64
"""Stands for all actions that no table knows."""


@dataclass(frozen=True, slots=True)
class _Place:
    """What requests are for: a bucket, or whatever lies in it."""

    name: str
    best_known: str
    """The action that is named before others."""
    actions: frozenset[str]
    after: str = ""
    rest: tuple[Repeat, ...] = ()

    def arn(self, bucket: str) -> str:
        return f"arn:aws:s3:::{bucket}{self.after}"

    def arns(self, bucket: str) -> Leaf:
        return Leaf((*exactly(self.arn(bucket)).tokens, *self.rest))


_ITSELF: Final = _Place("the bucket itself", "s3:listbucket", LISTING | UPLOADS | TAKEOVER | SETTINGS)
_OBJECTS: Final = _Place("its objects", "s3:getobject", OBJECT, "/", (Repeat(EVERYTHING, 1, None),))


def let_in(policy: Policy | None, bucket: str, known: Known) -> tuple[str, ...]:
    """What such requests may do: an action on the bucket itself, and one on its objects."""
    denies = [one for one in refusals(policy) if _holds(one, known)]
    asked = ((place, _let_in(place, bucket, denies)) for place in (_ITSELF, _OBJECTS))
    return tuple(f"{_spelled(action)} on {place.name}" for place, action in asked if action)


def lets_uploads_in(policy: Policy | None, bucket: str, known: Known) -> bool:
    """Whether some upload of which this is known is not refused."""
    denies = [one for one in refusals(policy) if is_about_uploads(one) and _holds(one, known)]
    return not _is_named(_OBJECTS, bucket, denies)


def upload_refusals(policy: Policy | None, bucket: str) -> tuple[Statement, ...]:
    """The statements that refuse everybody uploads, whatever the object, under whatever conditions."""
    about = (one for one in refusals(policy) if is_about_uploads(one))
    return tuple(one for one in about if _is_named(_OBJECTS, bucket, [one]))


def refusals(policy: Policy | None) -> tuple[Statement, ...]:
    """The statements that refuse everybody something."""
    denies = (one for one in statements(policy) if not one.allows and one.resources)
    return tuple(one for one in denies if one.principals and surely_hits(one.principals, None))


def is_about_uploads(statement: Statement) -> bool:
    """Whether it says anything of uploads."""
    return covers(statement.actions, _UPLOAD)


def refusing_default(policy: Policy | None) -> Iterator[Fault]:
    """What refuses uploads that leave the encryption to the bucket, to whomever."""
    for one in statements(policy):
        asks = any(test.key in {SSE, SSE_KEY} for test in one.conditions)
        if asks and not one.allows and is_about_uploads(one) and _holds(one, _NAMES_NONE):
            refuses = "refuses uploads that name no encryption, which the default would encrypt"
            yield Fault(f"{one.label} {refuses}", f"a Deny {refuses}")


def near_misses(policy: Policy | None, key: str, known: Known) -> Iterator[Fault]:
    """What keeps each Deny that asks for a condition key from refusing such requests to everybody."""
    everybody = refusals(policy)
    for one in statements(policy):
        if one.allows or all(test.key != key for test in one.conditions):
            continue
        misses = [] if one in everybody else [_spares(one.principals)]
        open_ones = (test for test in one.conditions if not surely(test, known))
        misses += [_asks(test) for test in open_ones if test.key != key or key in known]
        yield from (Fault(f"{one.label} {miss}", f"a Deny {miss}") for miss in misses)


def _spares(principals: Principals | None) -> str:
    if principals is None:
        return "names nobody"
    named = some_of([name for _, name in principals.members])
    return f"spares {named}" if principals.negated else f"is about {named} alone"


def _asks(test: Condition) -> str:
    return f"refuses only where {clipped(test.spelled)} {clipped(test.key)} {some_of(test.values)}"


def _let_in(place: _Place, bucket: str, denies: Sequence[Statement]) -> str | None:
    """The first action that is not refused on all of the place."""
    if _is_named(place, bucket, [one for one in denies if _takes_all(one.actions)]):
        return None
    answered: dict[tuple[Statement, ...], bool] = {}
    for action in _actions(place):
        about = tuple(one for one in denies if covers(one.actions, action))
        if about not in answered:
            answered[about] = _is_named(place, bucket, about)
        if not answered[about]:
            return action
    return None


def _actions(place: _Place) -> Iterator[str]:
    """The best known first, of which most policies refuse nothing."""
    yield place.best_known
    yield from sorted(action for action in place.actions if action.startswith(_SERVICE))
    yield _YET_TO_COME


def _is_named(place: _Place, bucket: str, denies: Sequence[Statement]) -> bool:
    """Whether these together name all of the place; mostly one of them plainly does."""
    named = [_in_one_partition(one.resources) for one in denies if one.resources]
    plain = {"*", f"{place.arn(bucket)}{'*' if place.rest else ''}"}
    if any(not names.negated and plain.intersection(names.patterns) for names in named):
        return True
    return bool(named) and not is_any("policy", place.arns(bucket), *(Not(_meant(names)) for names in named))


def _meant(names: Names) -> Formula:
    some = Or(tuple(map(arns, names.patterns)))
    return Not(some) if names.negated else some


def _in_one_partition(names: Names) -> Names:
    """A policy of a bucket speaks of the bucket's partition, whichever that is."""
    return replace(names, patterns=tuple(map(_in_aws, names.patterns)))


def _in_aws(pattern: str) -> str:
    partition = partition_of(pattern)
    return pattern.replace(f":{partition}:", ":aws:", 1) if partitions(partition) else pattern


def _holds(deny: Statement, known: Known) -> bool:
    """Whether all its conditions hold for every such request."""
    return all(surely(test, known) for test in deny.conditions)


def _takes_all(names: Names) -> bool:
    """Whether some one pattern names every action of S3."""
    return not names.negated and any(contains(without_variables(one), _ALL_OF_S3) for one in names.patterns)


def _spelled(action: str) -> str:
    return "what S3 may add" if action == _YET_TO_COME else spelled(action)
