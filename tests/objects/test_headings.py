"""Does every key count under one heading: a declared prefix that owns it, or the beginning of its path?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.contract.model import Environment
from bucketwright.contract.placement import places
from bucketwright.objects.headings import ELSEWHERE, Heading, headings


def environment(**paths: str) -> Environment:
    """A contract with one bucket of these prefixes."""
    prefixes = {name: {"path": path, "overlaps": list(paths)} for name, path in paths.items()}
    stated = {"project": "shop", "name": "prod", "region": "eu-west-1"}
    return Environment.model_validate({**stated, "buckets": {"files": {"prefixes": prefixes}}})


def test_a_declared_prefix_is_a_heading() -> None:
    """Its keys count under it, and under the contract's first where several own them."""
    of = headings(places(environment(reports="{env}/reports/", all="{env}/"), "files"))

    assert of("prod/reports/a/b.pdf") == Heading("files/reports", declared=True)
    assert of("prod/other.pdf") == Heading("files/all", declared=True)
    assert of("staging/reports/a.pdf") == Heading("staging/")


def test_a_key_that_only_begins_like_a_prefix_is_not_its_own() -> None:
    """The whole template has to fit."""
    of = headings(places(environment(cases="{env}/cases/{case:int}/"), "files"))

    assert of("prod/cases/12/a") == Heading("files/cases", declared=True)
    assert of("prod/cases/x/a") == Heading("prod/")


@pytest.mark.parametrize(
    ("key", "depth", "name"),
    [
        ("a/b/c", 0, ""),
        ("a/b/c", 1, "a/"),
        ("a/b/c", 2, "a/b/"),
        ("a/b/c", 9, "a/b/"),
        ("a", 1, ""),
        ("a/", 1, "a/"),
        ("/a", 1, "/"),
        ("//a", 2, "//"),
        ("", 1, ""),
    ],
)
def test_other_keys_count_by_their_path(key: str, depth: int, name: str) -> None:
    """So many segments as are asked for, or as there are; a name alone has none."""
    assert headings((), depth)(key) == Heading(name)


@given(key=st.text(alphabet="a/\n", max_size=8), depth=st.integers(0, 5))
def test_a_heading_begins_its_keys(key: str, depth: int) -> None:
    """It ends with a slash, has no more segments than asked for, and is the longest such beginning."""
    name = headings((), depth)(key).name

    assert key.startswith(name)
    assert name.count("/") == min(depth, key.count("/"))
    assert name.endswith("/") or not name


def test_headings_are_called_harmlessly() -> None:
    """A path from outside is shown escaped; one without a name is not the rest."""
    assert str(Heading("\x1b[2J/")) == "keys under '\\x1b[2J/'"
    assert str(Heading("")) == "keys under no prefix"
    assert str(ELSEWHERE) == "elsewhere"
    assert str(Heading("files/reports", declared=True)) == "files/reports"
    assert Heading("") != ELSEWHERE
