"""No accepted template reads a key two ways, and every refusal shows a key that does."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bucketwright.contract.keys.errors import Mismatch, TemplateError
from bucketwright.contract.keys.templates import NameTemplate, PathTemplate

UNHURRIED = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ALPHABET = "a0-."
ORACLE = {
    "str": r"[^/]+",
    "int": r"0|[1-9][0-9]*",
    "slug": r"[a-z0-9]([a-z0-9-]*[a-z0-9])?",
    "hex2": r"[0-9a-f]{2}",
}
Item = tuple[str, str]
Reading = tuple[str, ...]


@cache
def fits(kind: str, text: str) -> bool:
    return re.fullmatch(ORACLE[kind], text) is not None


def readings(items: tuple[Item, ...], text: str) -> Iterator[Reading]:
    """The oracle: every way to cut the text into the items, found by trying all cuts."""
    if not items:
        yield from [()] if not text else []
        return
    (kind, literal), *rest = items
    for end in range(1, len(text) + 1):
        piece = text[:end]
        if piece == literal if kind == "literal" else fits(kind, piece):
            for tail in readings(tuple(rest), text[end:]):
                yield tail if kind == "literal" else (piece, *tail)


def spelled(items: tuple[Item, ...]) -> str:
    return "".join(
        literal if kind == "literal" else f"{{v{index}:{kind}}}"
        for index, (kind, literal) in enumerate(items)
    )


WORDS = ["".join(chars) for size in range(1, 6) for chars in product(ALPHABET, repeat=size)]
ITEMS = st.lists(
    st.sampled_from(sorted(ORACLE)).map(lambda kind: (kind, ""))
    | st.sampled_from(["a", "0", "-", ".", "a-", "0a"]).map(lambda text: ("literal", text)),
    min_size=1,
    max_size=4,
).map(tuple)


@UNHURRIED
@given(ITEMS)
def test_a_template_is_accepted_exactly_when_every_key_reads_one_way(items: tuple[Item, ...]) -> None:
    """Of all short texts none reads two ways; the one a refusal shows does, and no shorter one does."""
    segment = spelled(items)
    if segment in {".", ".."}:
        return
    message = ""
    try:
        template = NameTemplate(segment)
    except TemplateError as error:
        message = error.message
    if message:
        shown = re.search(r"can be read two ways: '([^']*)' reads", message)
        assert shown
        example = shown[1]
        assert len(set(readings(items, example))) > 1
        assert all(len(set(readings(items, word))) <= 1 for word in WORDS if len(word) < len(example))
        return
    for word in WORDS:
        found = set(readings(items, word)) if word not in {".", ".."} else set()
        assert len(found) <= 1
        values = template.parse(word)
        read = set() if isinstance(values, Mismatch) else {tuple(str(value) for value in values.values())}
        assert read == found


@pytest.mark.parametrize(
    "segment",
    [
        "{a}{b}",
        "{a}-{b}",
        "{a}.{b:slug}-{c:int}x{d}",
        "{a:slug}-{b:slug}",
        "{a:slug}-{b}",
        "{a:int}{b:int}",
        "{a:int}0{b:int}",
        "{a:int}{b:slug}",
        "{a}x{b:uuid}y{c}",
        "{a}{b:date}{c}",
    ],
)
def test_variables_that_run_into_each_other_are_refused(segment: str) -> None:
    """Where the first variable can hold what separates it from the second, the template is refused."""
    with pytest.raises(TemplateError, match="can be read two ways"):
        PathTemplate(f"x/{segment}/")


@pytest.mark.parametrize(
    "segment",
    [
        "{a:slug}_{b:slug}",
        "{a:slug}-{b:int}",
        "{a}.{b:int}",
        "{a:int}-{b}",
        "{a:int}-{b:int}.{c:int}",
        "{a:int}{b:hex2}",
        "{a}{b:uuid}",
        "{a:uuid}{b}",
        "{a:date}{b:date}{c}",
        "{a:hex2}{b:sha256}",
        "{y:year}{m:month}{d:day}",
        "x{a}y",
        "{a:slug}.{b}",
    ],
)
def test_variables_that_can_be_told_apart_are_accepted(segment: str) -> None:
    """A separator the first variable cannot hold, or a fixed length, is enough."""
    assert PathTemplate(f"x/{segment}/").variables


def test_the_refusal_shows_both_readings() -> None:
    """The message holds the text and both sets of values."""
    with pytest.raises(TemplateError) as caught:
        PathTemplate("x/{a:slug}-{b:slug}/")

    expected = r"'(a-.-a|a--?a-?a)' reads as a='[^']*', b='[^']*' and as a='[^']*', b='[^']*'"
    assert re.search(expected, caught.value.message)


def test_long_segments_are_decided_quickly() -> None:
    """The worst texts beside variables that are allowed at all are decided without blowing up."""
    with pytest.raises(TemplateError, match="can be read two ways"):
        PathTemplate("{a}" + "x" * 128 + "{b}/")
    with pytest.raises(TemplateError, match="can be read two ways"):
        PathTemplate("{a}x{b:slug}x{c:int}x{d}x{e:slug}x{f}/")
    assert PathTemplate("{a:slug}_" + "x" * 127 + "{b}/").variables
