"""Tags that a provider gives everything it makes are tags of the bucket, too."""

from dataclasses import replace

import pytest

from bucketwright.facets.bucket.tags import PROVIDER
from bucketwright.plan import Resource
from bucketwright.posture import Unknown
from policies.planned import planned
from tests.policies.programs import LATER, Program


def told(provider: dict[str, object] | None, own: dict[str, object] | None = None, urn: str = "") -> object:
    """The tags of a bucket whose provider is told this; of another provider where a URN is given."""
    program = Program()
    chosen = urn or None
    if provider is not None:
        chosen = urn or program.make(PROVIDER, "aws", provider).urn
    program.bucket("files", {} if own is None else {"tags": own})
    bucket: Resource = replace(program.resources.pop(), provider=chosen)
    program.resources.append(bucket)
    return planned(program.plan).postures["bucket:files"].told("tags")


JSON = {"defaultTags": '{"tags": {"team": "red", "stage": "dev"}}'}


@pytest.mark.parametrize(
    ("provider", "own", "tags"),
    [
        pytest.param({}, {"team": "blue"}, {"team": "blue"}, id="none of the provider's"),
        pytest.param({}, None, {}, id="none at all"),
        pytest.param(JSON, None, {"team": "red", "stage": "dev"}, id="the provider's alone, as JSON"),
        pytest.param(
            {"defaultTags": {"tags": {"team": "red"}}}, {"a": "b"}, {"team": "red", "a": "b"}, id="as data"
        ),
        pytest.param(
            JSON, {"team": "blue"}, {"team": "blue", "stage": "dev"}, id="the bucket's own go before"
        ),
        pytest.param({"defaultTags": "{}"}, {"a": "b"}, {"a": "b"}, id="an empty default"),
    ],
)
def test_default_tags_are_tags(
    provider: dict[str, object], own: dict[str, object] | None, tags: dict[str, str]
) -> None:
    """Those that the program says of the bucket win."""
    assert told(provider, own) == tags


@pytest.mark.parametrize(
    ("provider", "urn", "reason"),
    [
        pytest.param({"defaultTags": LATER}, "", "only after deployment", id="computed"),
        pytest.param({"defaultTags": {"tags": {"a": LATER}}}, "", "only after deployment", id="one computed"),
        pytest.param({"defaultTags": "[secret]"}, "", "not JSON", id="secret"),
        pytest.param({"defaultTags": '{"tags": {"a": "1", "a": "2"}}'}, "", "a", id="said twice"),
        pytest.param({"defaultTags": '{"tags": [1]}'}, "", "is not a mapping", id="a list"),
        pytest.param({"defaultTags": "7"}, "", "is not a mapping", id="a number"),
        pytest.param(None, "", "the provider of the stack", id="the stack's own provider"),
        pytest.param(
            {}, "urn:pulumi:dev::other::pulumi:providers:aws::aws", "a provider elsewhere", id="elsewhere"
        ),
    ],
)
def test_default_tags_that_nobody_shows_are_not_guessed(
    provider: dict[str, object] | None, urn: str, reason: str
) -> None:
    """A bucket's own tags are then not all it may have."""
    found = told(provider, {"own": "tag"}, urn)

    assert isinstance(found, Unknown)
    assert reason in found.reason
