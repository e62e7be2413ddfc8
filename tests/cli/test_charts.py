"""Figures as pictures: drawn where that can be done, and of nothing but shapes and text."""

import builtins
import sys
from collections.abc import Mapping

import pytest

from bucketwright.reports.html.charts import Specs, specs
from cli.charts import LARGEST, is_harmless, pictures
from tests.reports.html_audits import CLEAN, WITH_RUNS, hostile


def svg(inside: str) -> str:
    """A picture that holds something."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">{inside}</svg>'


@pytest.mark.parametrize("named", ["severities", "trend"])
def test_hostile_names_are_drawn_as_text(named: str) -> None:
    """And the same each time."""
    first, second = (getattr(pictures(specs(hostile())), named) for _ in range(2))

    assert first == second
    assert first.startswith("<svg")
    assert "<script" not in first
    assert is_harmless(first)


def test_colours_are_those_of_the_page() -> None:
    """So that they change with it."""
    drawn = pictures(specs(WITH_RUNS)).severities
    assert drawn is not None

    assert 'fill="var(--high)"' in drawn
    assert 'fill="var(--ink)"' in drawn


def test_nothing_is_drawn_of_nothing() -> None:
    """There is no empty picture."""
    drawn = pictures(specs(CLEAN))

    assert (drawn.severities, drawn.trend) == (None, None)


def test_nothing_is_drawn_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page has bars of its own then."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    drawn = pictures(specs(WITH_RUNS))

    assert (drawn.severities, drawn.trend) == (None, None)


def test_the_extra_is_not_loaded_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where there is something to draw."""
    real = builtins.__import__

    def watched(name: str, *rest: object) -> object:
        assert name != "vl_convert"
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", watched)

    assert pictures(Specs(None, None)).severities is None


@pytest.mark.parametrize(
    "spec",
    [
        pytest.param({"mark": "nothing"}, id="no mark"),
        pytest.param({}, id="empty"),
        pytest.param(
            {"data": {"url": "http://127.0.0.1:9/data.json"}, "mark": "bar", "encoding": {}},
            id="asks",
        ),
    ],
)
def test_what_cannot_be_drawn_is_not(spec: Mapping[str, object]) -> None:
    """A report is made all the same."""
    assert pictures(Specs(spec, None)).severities is None


@pytest.mark.parametrize(
    ("inside", "harmless"),
    [
        pytest.param('<g><path d="M0,0h1v1h-1Z" fill="var(--low)"/></g>', True, id="a shape"),
        pytest.param("<text x='1'>&lt;script&gt;</text>", True, id="text"),
        pytest.param("<script>1</script>", False, id="a script"),
        pytest.param("<foreignObject/>", False, id="a piece of a page"),
        pytest.param("<image href='http://evil.example/x.png'/>", False, id="an image"),
        pytest.param("<a href='javascript:1'><text>x</text></a>", False, id="a link"),
        pytest.param("<g onclick='x()'/>", False, id="a handler"),
        pytest.param("<g style='fill:red'/>", False, id="a style of its own"),
        pytest.param("<style>*{}</style>", False, id="a style for all"),
        pytest.param("<path fill='url(http://evil.example)'/>", False, id="a reference"),
        pytest.param("<path aria-label='url(x)'/>", True, id="words that look like one"),
        pytest.param("<g", False, id="broken"),
        pytest.param("<!-- x -->", False, id="a comment"),
        pytest.param(f"<text>{'x' * LARGEST}</text>", False, id="too large"),
    ],
)
def test_a_picture_holds_only_shapes_and_text(inside: str, *, harmless: bool) -> None:
    """Anything else is not put into the page."""
    assert is_harmless(svg(inside)) == harmless


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<g xmlns='http://www.w3.org/1999/xhtml'/>", id="of another kind"),
        pytest.param("<!DOCTYPE svg [<!ENTITY x 'y'>]><svg>&x;</svg>", id="a document type"),
        pytest.param("", id="empty"),
    ],
)
def test_what_is_no_picture_is_not_taken_for_one(text: str) -> None:
    """Nor a document that a reader would have to expand."""
    assert not is_harmless(text)
