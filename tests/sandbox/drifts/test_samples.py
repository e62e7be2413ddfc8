"""The objects that drifts spoil in one way are proper in every other."""

import mimetypes
from pathlib import PurePosixPath

import pytest
import yaml

from bucketwright.contract.keys.variable_types import TYPES
from bucketwright.contract.lifecycle.compile import object_tags
from bucketwright.contract.model import Environment
from bucketwright.contract.placement import place_of, places
from sandbox.drifts.samples import Sample, sample
from sandbox.drifts.subjects import PrefixScope
from tests.sandbox.drifts.contracts import ENVIRONMENTS


def environment(prefixes: str) -> Environment:
    """One bucket with these prefixes."""
    text = (
        f"{{project: p, name: prod, account: '123456789012', buckets: {{files: {{prefixes: {prefixes}}}}}}}"
    )
    return Environment.model_validate(yaml.safe_load(text))


def sampled(prefixes: str, prefix_id: str = "a") -> Sample | None:
    """The sample of one of them."""
    where = environment(prefixes)
    return sample(PrefixScope(where, place_of(where, f"files/{prefix_id}")))


@pytest.mark.parametrize("where", ENVIRONMENTS)
def test_a_sample_is_as_the_contract_wants_it(where: Environment) -> None:
    """Its key is the prefix's and no other's, its type is allowed and as its name says, its tags are set."""
    for bucket_id, bucket in where.buckets.items():
        own = places(where, bucket_id)
        for place in own:
            one = sample(PrefixScope(where, place))
            if one is not None:
                assert [each.prefix_id for each in own if each.keys.owns(one.key)] == [place.prefix_id]
                assert one.tags == object_tags(where, bucket_id, place.prefix_id)
                known = mimetypes.guess_type(one.key)[0]
                assert known in {None, one.content_type}
                allowed = bucket.prefixes[place.prefix_id].types
                family = one.content_type.partition("/")[0] + "/*"
                assert not allowed or {one.content_type, family} & set(allowed)


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_of_variable_has_a_value(kind: str) -> None:
    """Whatever a template says, a key can be made of it."""
    one = sampled(f'{{a: {{path: "a/{{x:{kind}}}/"}}}}')

    assert one is not None
    assert one.key.startswith("a/")


@pytest.mark.parametrize(
    ("prefixes", "key", "kind"),
    [
        pytest.param("{a: {path: a/}}", "a/sample.pdf", "application/pdf", id="anything"),
        pytest.param("{a: {path: a/, types: image/*}}", "a/sample.png", "image/png", id="a family of types"),
        pytest.param("{a: {path: a/, types: text/csv}}", "a/sample.csv", "text/csv", id="one type"),
        pytest.param(
            "{a: {path: a/, extensions: .json}}", "a/sample.json", "application/json", id="an extension"
        ),
        pytest.param(
            "{a: {path: a/, types: application/x-own, extensions: .own}}",
            "a/sample.own",
            "application/x-own",
            id="a type and an extension of one's own",
        ),
        pytest.param('{a: {path: a/, objects: "{n:int}.txt"}}', "a/7.txt", "text/plain", id="a name"),
        pytest.param(
            '{a: {path: a/, objects: "{n:int}", types: image/png}}',
            "a/7",
            "image/png",
            id="a name without extension",
        ),
    ],
)
def test_a_sample_fits_its_prefix(prefixes: str, key: str, kind: str) -> None:
    """The first key and type that the contract allows."""
    one = sampled(prefixes)

    assert one is not None
    assert (one.key, one.content_type) == (key, kind)


@pytest.mark.parametrize(
    "prefixes",
    [
        pytest.param("{a: {path: a/, types: image/*, extensions: .pdf}}", id="types and extensions disagree"),
        pytest.param(
            '{a: {path: a/, objects: "{n:int}.pdf", types: image/png}}', id="types and name disagree"
        ),
        pytest.param("{a: {path: a/, delivery: content-addressed}}", id="the key is the hash of the content"),
        pytest.param('{a: {path: a/, overlaps: b}, b: {path: "a/"}}', id="every key is another's, too"),
    ],
)
def test_where_no_proper_object_can_be_made_there_is_none(prefixes: str) -> None:
    """A drift there would spoil more than it says."""
    assert sampled(prefixes) is None


@pytest.mark.parametrize(
    ("prefixes", "shows", "names"),
    [
        pytest.param("{a: {path: a/, types: application/pdf}}", True, True, id="PDF"),
        pytest.param("{a: {path: a/, types: text/csv}}", False, True, id="text shows nothing"),
        pytest.param('{a: {path: a/, objects: "{n:int}", types: image/png}}', True, False, id="no extension"),
    ],
)
def test_what_tells_the_type_of_a_sample(prefixes: str, shows: bool, names: bool) -> None:
    """Its first bytes, its name, both or neither."""
    one = sampled(prefixes)

    assert one is not None
    assert (one.shows_its_type, one.names_its_type) == (shows, names)
    assert one.body
    assert not names or PurePosixPath(one.key).suffix
