"""Patterns of IAM and beginnings of filters, read back as templates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.adopting.paths import Shape, shape_from, shape_of, word_of
from bucketwright.contract.keys.templates import NameTemplate, PathTemplate

TEMPLATES = [
    pytest.param("documents/*", Shape("documents/"), id="all below a folder"),
    pytest.param("prod/cases/*/documents/*", Shape("{env}/cases/{case}/documents/"), id="a variable inside"),
    pytest.param(
        "chunks/*/chunk_*.txt", Shape("chunks/{chunk}/", "chunk_{name}.txt"), id="a name with a number"
    ),
    pytest.param("a/*/*/*", Shape("a/{a}/{a_2}/"), id="two variables behind one another"),
    pytest.param(
        "x/*/*.*.webp", Shape("x/{x:slug}/", "{name:slug}.{name_2:slug}.webp"), id="two in one name"
    ),
    pytest.param("x${$}y/*", Shape("x$y/"), id="a sign that is meant"),
    pytest.param("a{b}/*", Shape("a{{b}}/"), id="braces that are meant"),
    pytest.param("bucket/*/z/*", Shape("bucket/{bucket_2}/z/"), id="a word that is reserved"),
    pytest.param("2024/*/z/*", Shape("2024/{part}/z/"), id="a word that is no name"),
]


@pytest.mark.parametrize(("pattern", "shape"), TEMPLATES)
def test_a_pattern_is_read_as_a_template_that_makes_it(pattern: str, shape: Shape) -> None:
    """What comes back compiles to the very pattern."""
    found = shape_of(pattern, "prod")

    assert found == shape
    _, keys = shape.bound("prod")
    assert keys.key_pattern() == pattern


@pytest.mark.parametrize(
    "pattern",
    [
        "*", "docs*", "documents/?/*", "home/${aws:username}/*", "a//b/*", "/a/*", "a/../*", "a", "x${*}y/*",
        "", "a/*b*c*/*" * 40,
    ],
    ids=[
        "the whole bucket", "no folder", "one character", "a variable of IAM", "two slashes", "a slash first",
        "a step up", "one key", "a star that is meant", "nothing", "very many",
    ],
)  # fmt: skip
def test_what_no_template_makes_is_no_template(pattern: str) -> None:
    """Nothing that is only like it is taken for it."""
    assert shape_of(pattern, "prod") is None


@given(st.lists(st.sampled_from(["a", "b-c", "*", "x*", "$", "{", "?", "${*}", "..", ""]), max_size=8))
def test_every_pattern_is_read_exactly_or_not_at_all(parts: list[str]) -> None:
    """Whatever stands in it, the template has just the pattern's keys."""
    pattern = "/".join(parts)

    found = shape_of(pattern, "prod")

    if found is not None:
        assert found.bound("prod")[1].key_pattern() == pattern


@pytest.mark.parametrize(
    ("beginning", "path"),
    [
        ("tmp/", "tmp/"),
        ("prod/tmp/", "{env}/tmp/"),
        ("a{b}/", "a{{b}}/"),
        ("tmp", None),
        ("", None),
        ("/", None),
    ],
    ids=["a folder", "the environment's", "braces", "half a word", "everything", "a slash"],
)
def test_a_beginning_is_a_path_where_it_ends_with_a_slash(beginning: str, path: str | None) -> None:
    """A prefix owns folders and no halves of words."""
    found = shape_from(beginning, "prod")

    assert (found and found.path) == path


def test_a_prefix_is_called_as_its_path_ends() -> None:
    """Variables are no names."""
    assert word_of(Shape("{env}/cases/{case}/exports/")) == "exports"
    assert word_of(Shape("{a}/")) == ""
    assert PathTemplate("a/").joined(NameTemplate("b")).text == "a/b"
