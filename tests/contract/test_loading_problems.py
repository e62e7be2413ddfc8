"""Problems as a person reads them: one place, one excerpt, everything printable, nothing too long."""

import unicodedata
from typing import Annotated

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field, ValidationError

from bucketwright.contract.anatomy import known_fields, short_form_field
from bucketwright.contract.form import Part
from bucketwright.contract.model import Settings
from bucketwright.contract.problems import ContractError, Problem, render, spelled
from bucketwright.contract.wording import explained
from tests.contract.loading_cases import problems


def problem(line: int = 1, column: int = 1, end: int = 2, message: str = "wrong") -> Problem:
    """A problem at a place."""
    return Problem("contract.yaml", line, column, end, "a.b", message)


def test_a_problem_is_shown_like_a_compiler_does() -> None:
    """Place, path and message on the first line; then the excerpt, what is allowed, what helps."""
    full = Problem("c.yaml", 2, 4, 7, "a.b", "'yez' is not allowed", ("yes", "no"), "did you mean 'yes'?")
    assert render(full, "a:\n b: yez\n").split("\n") == [
        "c.yaml:2:4: a.b: 'yez' is not allowed",
        "  |",
        "2 |  b: yez",
        "  |    ^^^",
        "  = allowed: yes, no",
        "  = help: did you mean 'yes'?",
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "end", "excerpt", "caret"),
    [
        ("abc", 1, 2, 3, "abc", " ^"),
        ("abc", 1, 4, 5, "abc", "   ^"),
        ("a\tb", 1, 3, 4, "a\\tb", "   ^"),
        ("日本x", 1, 3, 4, "日本x", "    ^"),
        ("日本x", 1, 1, 3, "日本x", "^^^^"),
        ("e\u0301x", 1, 3, 4, "e\u0301x", " ^"),
        ("a\r\nb\rc", 3, 1, 2, "c", "^"),
        ("\u202ex", 1, 2, 3, "\\u202ex", "      ^"),
        ("x" * 300, 1, 200, 203, "…" + "x" * 100 + "…", " " * 51 + "^^^"),
        ("x" * 300, 1, 1, 300, "x" * 100 + "…", "^" * 100),
        ("", 1, 1, 2, "", "^"),
    ],
)
def test_the_caret_stands_under_its_place(
    text: str, line: int, column: int, end: int, excerpt: str, caret: str
) -> None:
    """Tabs, wide, combining and hidden characters and long lines do not move it away."""
    rows = render(problem(line, column, end), text).split("\n")
    assert rows[2:4] == [f"{line} | {excerpt}".rstrip(), f"  | {caret}"]


def test_a_problem_of_the_whole_file_has_no_excerpt() -> None:
    """Line 0 means the file; a line that is not there shows nothing."""
    assert render(problem(0, 0, 0), "abc") == "contract.yaml: a.b: wrong"
    assert render(problem(9), "abc") == "contract.yaml:9:1: a.b: wrong"


def test_an_error_shows_all_its_problems() -> None:
    """The error's text is every problem, apart from each other."""
    error = ContractError([problem(), problem(2)], "a\nb\n")
    assert str(error) == f"{render(problem(), error.text)}\n\n{render(problem(2), error.text)}"


@settings(max_examples=100, deadline=None)
@given(st.text(), st.text(), st.integers(0, 5), st.integers(1, 80), st.integers(1, 80))
def test_a_rendering_is_printable(text: str, message: str, line: int, column: int, end: int) -> None:
    """No hidden character of the text or the message reaches the terminal."""
    hostile = Problem(text, line, column, end, message, text, (message,), text)
    for row in render(hostile, text).split("\n"):
        assert not [char for char in row if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]


class Measured(Part):
    """A part with a complaint that has no words of its own."""

    share: Annotated[float, Field(gt=0)]


def test_a_complaint_without_words_of_its_own_is_told_in_pydantics() -> None:
    """Every complaint is told, if in plainer words than ours."""
    with pytest.raises(ValidationError) as refused:
        Measured.model_validate({"share": -1})
    (fault,) = explained(Measured, {"share": -1}, refused.value)
    assert (fault.path, fault.message) == (("share",), "Input should be greater than 0")


@pytest.mark.parametrize(
    ("body", "path", "allowed", "remedy"),
    [
        pytest.param(
            "access: {svc: {service: cloudtrail.amazonaws.com, write: files/a}}\n",
            "access.svc.service",
            ("name", "accounts", "sources"),
            "write {name: cloudtrail.amazonaws.com}",
            id="text that is the one field needed",
        ),
        pytest.param(
            "buckets: {files: {temp: 24 hours}}\n",
            "buckets.files.temp",
            ("session_ttl",),
            "write {session_ttl: 24 hours}",
            id="a time that is",
        ),
        pytest.param(
            "buckets: {files: {prefixes: {a: {path: a/, quarantine: app}}}}\n",
            "buckets.files.prefixes.a.quarantine",
            ("scanner", "release_to", "infected"),
            "at least scanner and release_to are needed in it",
            id="two are needed",
        ),
        pytest.param(
            "buckets: {files: {cloudfront: web}}\n",
            "buckets.files.cloudfront",
            ("signing_keys", "domains", "certificate", "edges"),
            "at least signing_keys is needed in it",
            id="one is needed, and it is no text",
        ),
        pytest.param(
            "buckets: {files: {object_lock: governance}}\n",
            "buckets.files.object_lock",
            ("mode", "retain"),
            "",
            id="none is needed",
        ),
        pytest.param(
            "buckets: {files: {prefixes: {a: }}}\n",
            "buckets.files.prefixes.a",
            (),
            "at least path is needed in it",
            id="nothing where one is needed",
        ),
        pytest.param(
            "buckets: {files: }\n", "buckets.files", (), "write {} for all defaults", id="nothing at all"
        ),
        pytest.param("tags: red\n", "tags", (), "", id="a mapping of free keys"),
    ],
)
def test_where_a_mapping_is_needed_its_fields_are_told(
    body: str, path: str, allowed: tuple[str, ...], remedy: str
) -> None:
    """What may stand in it, and what has to."""
    (found,) = (one for one in problems(body) if one.path == path)

    assert (found.path, found.allowed, found.help) == (path, allowed, remedy)
    assert found.message.startswith("a mapping is needed, found ")


def test_keys_are_known_only_where_keys_are_declared() -> None:
    """Below free keys and single values nothing is known."""
    assert "versioning" in known_fields(Settings, ("buckets", "any"))
    assert "after" in known_fields(Settings, ("buckets", "any", "prefixes", "any", "archive", 0))
    assert "after" in known_fields(Settings, ("buckets", "any", "prefixes", "any", "archive"))
    assert known_fields(Settings, ("tags", "any", "more")) == {}
    assert known_fields(Settings, ("region",)) == {}
    assert short_form_field(Settings, ("buckets", "any", "encryption")) == "type"
    assert short_form_field(Settings, ("buckets", "any", "versioning")) is None
    assert short_form_field(Settings, ("tags", "any")) is None


def test_long_paths_are_cut() -> None:
    """A path shows its first parts, each cut to a readable length."""
    assert spelled(("a", 0, "b")) == "a.0.b"
    assert spelled(("x" * 100,) * 20) == ".".join(["x" * 60 + "…"] * 12) + "…"
