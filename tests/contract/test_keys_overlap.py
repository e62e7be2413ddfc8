"""Two templates overlap exactly when some key belongs to both."""

import re
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bucketwright.contract.keys.errors import TemplateError
from bucketwright.contract.keys.overlap import templates_overlap
from bucketwright.contract.keys.templates import NameTemplate, PathTemplate, Template

UNHURRIED = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ALPHABET = "a0./"
ORACLE = {"str": r"[^/\n]+", "int": r"(?:0|[1-9][0-9]*)", "slug": r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"}
ORACLE |= {"hex2": r"[0-9a-f]{2}", "year": r"[1-9][0-9]{3}"}
KEYS = ["".join(chars) for size in range(1, 7) for chars in product(ALPHABET, repeat=size)]


def oracle(template: Template) -> re.Pattern[str]:
    """The oracle: a regular expression built from the template's text alone."""
    text = re.sub(
        r"\{v\d+:(\w+)\}|[^{]+",
        lambda match: ORACLE[match[1]] if match[1] else re.escape(match[0]),
        template.text,
    )
    return re.compile(rf"(?!.*//)(?!/){text}{'.*' if isinstance(template, PathTemplate) else ''}", re.DOTALL)


def owned(template: Template, key: str) -> bool:
    own = "/".join(key.split("/")[: template.text.count("/")]) if isinstance(template, PathTemplate) else key
    if {".", ".."} & set(own.split("/")):
        return False
    return len(key.encode()) <= 1024 and oracle(template).fullmatch(key) is not None


@st.composite
def templates(draw: st.DrawFn) -> Template:
    """Draw a path or a name whose keys can be short."""
    piece = st.sampled_from(["a", "0", ".", "0a", ".."]) | st.sampled_from(sorted(ORACLE)).map(
        "{{v:{}}}".format
    )
    segment = st.lists(piece, min_size=1, max_size=3).map("".join)
    text = "/".join(draw(st.lists(segment, min_size=1, max_size=3)))
    numbers = iter(range(9))
    text = re.sub(r"\{v", lambda _: f"{{v{next(numbers)}", text)
    make = draw(st.sampled_from([PathTemplate, NameTemplate]))
    try:
        return make(text + "/" if make is PathTemplate else text)
    except TemplateError:
        return PathTemplate("{v0:str}/")


@UNHURRIED
@given(templates(), templates())
def test_overlap_is_decided_over_all_keys(a: Template, b: Template) -> None:
    """A key that is shown belongs to both; where none is shown, no short key belongs to both."""
    example = templates_overlap(a, b)
    left, right = oracle(a), oracle(b)
    common = next(
        (
            key
            for key in KEYS
            if left.fullmatch(key) and right.fullmatch(key) and owned(a, key) and owned(b, key)
        ),
        None,
    )

    if example is None:
        assert common is None
    else:
        assert owned(a, example)
        assert owned(b, example)
        assert a.owns(example)
        assert b.owns(example)
        assert common is None or len(example) <= len(common)


@UNHURRIED
@given(templates(), templates())
def test_overlap_does_not_depend_on_order(a: Template, b: Template) -> None:
    """Which template is named first does not matter, and every template overlaps itself."""
    assert (templates_overlap(a, b) is None) == (templates_overlap(b, a) is None)
    assert templates_overlap(a, a) is not None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param("prod/cases/{c:int}/documents/", "prod/cases/{c:int}/exports/", id="CS-2: two kinds"),
        pytest.param("prod/cases/{c:int}/documents/", "prod/tmp/{c:int}/{b}/", id="CS-3: beside cases"),
        pytest.param("prod/x/{a}/", "dev/x/{a}/", id="CS-1: two environments"),
        pytest.param("team-a/", "team-ab/", id="AP-1: one name begins another"),
        pytest.param("{a:int}/", "{b:sha256}x/", id="a number and a hash with a tail"),
        pytest.param("{a:int}/", "0{b}/", id="no number begins with a zero"),
        pytest.param("{a:date}/", "2023-02-29/", id="no leap day in 2023"),
        pytest.param("{a:date}/", "{y:year}-02-30/", id="no thirtieth of February"),
        pytest.param("{a:slug}/", "{b:slug}_{c:slug}/", id="no underscore in a slug"),
        pytest.param("{a:month}/", "{b:hex2}0/", id="two and three digits"),
        pytest.param("x/{a}.txt", "x/{a}.pdf", id="two extensions"),
        pytest.param("a/{x}", "a/b/{y}", id="names of two depths"),
        pytest.param("a/{x}/", "a/{y}", id="a path is deeper than the name beside it"),
    ],
)
def test_templates_that_share_no_key(a: str, b: str) -> None:
    """Templates whose keys differ somewhere for certain do not overlap."""
    assert templates_overlap(made(a), made(b)) is None


@pytest.mark.parametrize(
    ("a", "b", "example"),
    [
        pytest.param("{env}/x/", "prod/{a}/", "prod/x/", id="variables beside literals"),
        pytest.param("a/", "a/{b}/{c}.txt", "a/a/a.txt", id="a path owns the names below it"),
        pytest.param("a/{b}/", "a/b/c/d/", "a/b/c/d/", id="a path owns the paths below it"),
        pytest.param("{a:date}/", "2024-02-{b:int}/", "2024-02-11/", id="a date and its parts"),
        pytest.param("{a:slug}/", "{b:sha256}/", "a" * 64 + "/", id="a hash is a slug"),
        pytest.param("{a:int}/", "{b:hex2}/", "11/", id="a number may be hexadecimal"),
        pytest.param(".{a}/", "{b}./", ".a./", id="not by way of a parent segment"),
        pytest.param("ä{a}/", "{b}ö/", "äö/", id="other letters"),
        pytest.param("{a}", "x", "x", id="names"),
    ],
)
def test_templates_that_share_a_key(a: str, b: str, example: str) -> None:
    """Where a key belongs to both, a shortest one is named."""
    assert templates_overlap(made(a), made(b)) == example
    assert made(a).owns(example)
    assert made(b).owns(example)


def test_a_shared_key_must_fit_into_1024_bytes() -> None:
    """A key that only S3's limit forbids is not shared."""
    left = PathTemplate("a/" * 450 + "{x}" + "b" * 100 + "/")

    assert (
        templates_overlap(left, PathTemplate("a/" * 450 + "c" * 22 + "{y}/"))
        == "a/" * 450 + "c" * 22 + "b" * 100 + "/"
    )
    assert templates_overlap(left, PathTemplate("a/" * 450 + "c" * 24 + "{y}/")) is None


def test_the_worst_segments_are_decided_quickly() -> None:
    """Long repetitive text and many variables on both sides do not blow up."""
    dates = "".join(f"{{d{n}:date}}" for n in range(5))

    assert templates_overlap(made("{x}" + "a" * 127 + "b/"), made("{y:slug}_" + "a" * 127 + "/")) is None
    assert templates_overlap(made(dates + "{x}/"), made("{y}" + dates + "/")) is not None


def made(text: str) -> Template:
    return PathTemplate(text) if text.endswith("/") else NameTemplate(text)
