"""Whatever a plan says: a facet reads it, or says that it cannot, and never guesses what is unknown."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bucketwright.contract.loading import load
from bucketwright.facets.bucket import FACETS
from bucketwright.facets.bucket_scope import BucketScope
from bucketwright.facets.facet import Planned
from bucketwright.plan import UNKNOWN_INPUT, Resource
from bucketwright.posture import Undetermined, Unknown
from tests.facets.bucket.whole import whole_plan
from tests.facets.plans import plan

EVERYTHING = load(Path(__file__).parents[2] / "contract" / "everything.yaml").environments["prod"]
BUCKETS = tuple(BucketScope(EVERYTHING, bucket_id) for bucket_id in EVERYTHING.buckets)
WORDS = ("Enabled", "Disabled", "Suspended", "AES256", "aws:kms", "SSE-C", "private", "2027-01-01", "{", "")
OLDER = (
    "versioning", "serverSideEncryptionConfiguration", "logging", "lifecycleRules", "corsRules", "acl",
    "policy", "grants", "website", "objectLockConfiguration", "replicationConfiguration", "requestPayer",
    "accelerationStatus", "versionings", "loggings", "websites",
)  # fmt: skip
LAW = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])

Place = tuple[str | int, ...]


def names(value: object) -> Iterator[str]:
    """All names of properties in some inputs."""
    if isinstance(value, Mapping):
        yield from value
    for inner in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from names(inner)


def leaves(value: object, above: Place = ()) -> Iterator[Place]:
    """Where the single values in some inputs stand."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from leaves(inner, (*above, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, (*above, place))
    else:
        yield above


def put(value: object, path: Place, new: object) -> object:
    """The same inputs with another value in one place."""
    match value, path:
        case _, ():
            return new
        case dict(), (str(name), *rest):
            return {**value, name: put(value[name], tuple(rest), new)}
        case list(), (int(place), *rest):
            return [put(one, tuple(rest), new) if n == place else one for n, one in enumerate(value)]
    raise AssertionError(path)


def resources(planned: Planned) -> tuple[Resource, ...]:
    return (planned.resource, *planned.parts)


PLANS = tuple(map(whole_plan, BUCKETS))
KINDS = sorted({part.kind for planned in PLANS for part in planned.parts})
NAMES = sorted(
    {name for planned in PLANS for one in resources(planned) for name in names(one.inputs)} | {*OLDER}
)
PLACES = [
    (planned, number, path)
    for planned in PLANS
    for number, one in enumerate(resources(planned))
    for path in leaves(one.inputs)
]
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from((*WORDS, UNKNOWN_INPUT))
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=25,
)
inputs = st.dictionaries(st.sampled_from(NAMES), anything, max_size=12)


def changed(planned: Planned, number: int, path: Place, new: object) -> Planned:
    """The plan with one value replaced."""
    some = list(resources(planned))
    after = put(some[number].inputs, path, new)
    assert isinstance(after, Mapping)
    some[number] = replace(some[number], inputs=after)
    return Planned(some[0], tuple(some[1:]), planned.refer_from)


def answer(name: str, planned: Planned) -> object:
    """What a facet says, its own refusal as well."""
    try:
        return FACETS[name].from_plan(planned)
    except Undetermined as refusal:
        return Unknown(str(refusal))


@LAW
@given(inputs, st.lists(st.tuples(st.sampled_from(KINDS), inputs), max_size=6))
def test_a_facet_reads_any_plan(
    inline: dict[str, object], parts: list[tuple[str, dict[str, object]]]
) -> None:
    """No plan, however odd, makes a facet fail in any other way than by saying that it cannot know."""
    answers = {name: answer(name, plan(inline, *parts)) for name in FACETS}

    assert [name for name, one in answers.items() if isinstance(one, Unknown) and not one.reason] == []


@pytest.mark.parametrize("new", [UNKNOWN_INPUT, [[]], 0.5], ids=["unknown", "a list of lists", "a fraction"])
def test_what_is_unknown_or_odd_is_never_guessed(new: object) -> None:
    """One value made unknown or senseless: a facet that reads it says so, the others say what they did."""
    for planned, number, path in PLACES:
        said = {name: answer(name, planned) for name in FACETS}
        after = {name: answer(name, changed(planned, number, path, new)) for name in FACETS}
        differing = [name for name in FACETS if after[name] != said[name]]

        assert all(isinstance(after[name], Unknown) for name in differing), (path, differing)


def test_every_value_of_a_plan_is_read_by_some_facet() -> None:
    """Made unknown, it is missed; but for a bucket key without KMS, and the ids of who is notified."""
    unread = {
        path[-1]
        for planned, number, path in PLACES
        if all(
            answer(name, planned) == answer(name, changed(planned, number, path, UNKNOWN_INPUT))
            for name in FACETS
        )
    }

    assert unread == {"bucketKeyEnabled", "id"}
