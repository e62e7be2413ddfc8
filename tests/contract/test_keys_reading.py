"""Keys are formatted from values and read back into the same values, and into nothing else."""

import re
import unicodedata
from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bucketwright.contract.keys.errors import Mismatch, TemplateError
from bucketwright.contract.keys.templates import (
    Below,
    NameTemplate,
    PathTemplate,
    Template,
)
from bucketwright.contract.keys.variable_types import Value

UNHURRIED = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ID = UUID("6f1d2c3b-4a59-4687-b8c9-d0e1f2a3b4c5")
HASH = "ab" * 32
BY_TYPE: dict[str, st.SearchStrategy[Value]] = {
    "str": st.text(min_size=1, max_size=12),
    "slug": st.from_regex(r"\A[a-z0-9](?:[a-z0-9-]{0,5}[a-z0-9])?\Z"),
    "int": st.integers(0, 10**20),
    "uuid": st.uuids(),
    "date": st.dates(min_value=date(1000, 1, 1)),
    "hex2": st.from_regex(r"\A[0-9a-f]{2}\Z"),
    "sha256": st.from_regex(r"\A[0-9a-f]{64}\Z"),
    "year": st.integers(1000, 9999),
    "month": st.integers(1, 12),
    "day": st.integers(1, 31),
}
LITERALS = ("a", "documents", "chunk_", ".txt", "-", "_", ".", "{{", "é", "$", "x y", "%2F", "+")
HOSTILE = "ab1./-_*?${}é\u0301\u1100\u1161\n\x00\u2028\ufeff\ud800"


@st.composite
def templates(draw: st.DrawFn) -> Template:
    """Draw a path or a name of random pieces, as far as it is allowed."""
    names = iter("abcdefghij")
    pieces = st.sampled_from(LITERALS) | st.sampled_from(sorted(BY_TYPE)).map("{{:{}}}".format)
    segments = st.lists(st.lists(pieces, min_size=1, max_size=4), min_size=1, max_size=3)
    text = "/".join("".join(parts) for parts in draw(segments))
    text = re.sub(r"\{:", lambda _: "{" + next(names, "z") + ":", text)
    make = draw(st.sampled_from([PathTemplate, NameTemplate]))
    try:
        return make(text + "/" if make is PathTemplate else text)
    except TemplateError:
        return PathTemplate("fallback/{a}/")


@UNHURRIED
@given(templates(), st.data())
def test_values_survive_their_key(template: Template, data: st.DataObject) -> None:
    """Reading a formatted key gives the values back; values that cannot make a good key are refused."""
    values = {name: data.draw(BY_TYPE[kind.name]) for name, kind in template.variables.items()}
    try:
        key = template.format(**values)
    except TemplateError:
        return

    assert template.parse(key) == values
    assert template.owns(key)
    assert len(key.encode()) <= 1024
    assert unicodedata.normalize("NFC", key) == key
    assert not {"", ".", ".."} & set(key.removesuffix("/").split("/"))


@UNHURRIED
@given(templates(), st.data())
def test_keys_that_read_are_keys_that_are_made(template: Template, data: st.DataObject) -> None:
    """A text that reads is exactly the key of the values it reads as; anything else says where it differs."""
    key = data.draw(st.from_regex(r"\A[a-c0-2/._-]{0,12}\Z") | st.text(st.sampled_from(HOSTILE), max_size=12))
    values = template.parse(key)

    if isinstance(values, Mismatch):
        assert 0 <= values.position <= len(key)
        assert values.reason in str(values)
    else:
        assert template.format(**values) == key


@UNHURRIED
@given(st.text(st.sampled_from(HOSTILE), min_size=1, max_size=8))
def test_hostile_values_round_trip_or_are_refused(value: str) -> None:
    """A hostile value comes back unchanged or is refused with a line of plain text, never bent into a key."""
    template = PathTemplate("é/{x}/b{y:int}/")
    key, refusal = "", ""
    try:
        key = template.format(x=value, y=0)
    except TemplateError as error:
        refusal = str(error)

    assert re.search(r"[\x00-\x1f\u2028\ud800]", refusal) is None
    assert refusal or template.parse(key) == {"x": value, "y": 0}
    assert refusal or key.count("/") == 3


@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param("..", "the segment '..'", id="parent"),
        pytest.param(".", "the segment '.'", id="itself"),
        pytest.param("a/b", "without '/'", id="slash"),
        pytest.param("", "one or more characters", id="empty"),
        pytest.param("a\nb", "or control characters, found 'a\\nb'", id="line break"),
        pytest.param("\x00", "or control characters", id="zero byte"),
        pytest.param("\ud800", "U+D800", id="half a character"),
        pytest.param("e\u0301", "composed form (NFC)", id="decomposed"),
        pytest.param("x" * 1024, "at most 1024 bytes; this one has 1025", id="a byte too long"),
        pytest.param("é" * 512, "at most 1024 bytes; this one has 1025", id="a byte too long in UTF-8"),
        pytest.param("\u0301" * 10**6, "at most 1024 bytes", id="a million marks"),
    ],
)
def test_values_that_make_no_good_key_are_refused(value: str, message: str) -> None:
    """Each kind of bad value is refused with its reason."""
    with pytest.raises(TemplateError, match=re.escape(message)):
        PathTemplate("{x}/").format(x=value)


@pytest.mark.parametrize("value", ["x" * 1023, "a*b", "what?", "{x}", "$", "...", "..a", "ü", " ", "%2F"])
def test_odd_values_that_s3_allows_make_keys(value: str) -> None:
    """What S3 allows and nothing here forbids is formatted and read back."""
    template = PathTemplate("{x}/")

    assert template.parse(template.format(x=value)) == {"x": value}


@pytest.mark.parametrize(
    ("template", "key", "values"),
    [
        pytest.param(
            PathTemplate("{env}/cases/{case_id:int}/documents/"),
            "prod/cases/42/documents/",
            {"env": "prod", "case_id": 42},
            id="CS-2",
        ),
        pytest.param(
            PathTemplate("{env}/tmp/{case_id:int}/{batch_id:uuid}/"),
            f"prod/tmp/0/{ID}/",
            {"env": "prod", "case_id": 0, "batch_id": ID},
            id="CS-3",
        ),
        pytest.param(
            NameTemplate("chunks/{document_id}/chunk_{i:int}.txt"),
            "chunks/d.txt/chunk_12.txt",
            {"document_id": "d.txt", "i": 12},
            id="AP-1",
        ),
        pytest.param(
            NameTemplate("cas/{head:hex2}/{hash:sha256}"),
            f"cas/ab/{HASH}",
            {"head": "ab", "hash": HASH},
            id="FP-11",
        ),
        pytest.param(
            NameTemplate("uploads/{y:year}/{m:month}/{d:day}/{id:uuid}"),
            f"uploads/2024/02/09/{ID}",
            {"y": 2024, "m": 2, "d": 9, "id": ID},
            id="FP-3",
        ),
        pytest.param(
            NameTemplate("{name}{day:date}{id:uuid}.bin"),
            f"x2024-02-292024-02-29{ID}.bin",
            {"name": "x2024-02-29", "day": date(2024, 2, 29), "id": ID},
            id="fixed lengths need no separator",
        ),
        pytest.param(
            NameTemplate("{app:slug}-{n:int}"),
            "a-1-2",
            {"app": "a-1", "n": 2},
            id="the last hyphen separates",
        ),
    ],
)
def test_keys_of_the_five_systems(template: Template, key: str, values: dict[str, Value]) -> None:
    """The layouts that the requirements name can be written, formatted and read."""
    assert template.format(**values) == key
    assert template.parse(key) == values


@pytest.mark.parametrize(
    ("template", "key", "reason", "position"),
    [
        (
            "prod/cases/{case_id:int}/x/",
            "prod/cases/abc/x/",
            "case_id must be a whole number .*found 'abc'",
            11,
        ),
        ("prod/cases/{case_id:int}/x/", "prod/cases/007/x/", "without leading zeros, found '007'", 11),
        ("prod/cases/{case_id:int}/x/", "dev/cases/7/x/", "expected 'prod', found 'dev'", 0),
        ("prod/cases/{case_id:int}/x/", "prod/cases/7/y/", "expected 'x', found 'y'", 13),
        ("prod/cases/{case_id:int}/x/", "prod/cases/7/x", "the key ends where '/' should follow", 14),
        ("prod/cases/{case_id:int}/x/", "prod/cases/7", "the key ends where '/x' should follow", 12),
        ("prod/cases/{case_id:int}/x/", "prod/cases/", "case_id must be .* found nothing", 11),
        ("prod/cases/{case_id:int}/x/", "prod/cases/7/x/y", "nothing may follow, found 'y'", 15),
        ("prod/cases/{case_id:int}/x/", "", "expected 'prod', found nothing", 0),
        ("prod/cases/{case_id:int}/x/", "/prod/cases/7/x/", "may not begin with '/'", 0),
        ("prod/cases/{case_id:int}/x/", "prod//cases/7/x/", "may not hold '//'", 5),
        ("prod/{x}/", "prod/../", "the segment '..'", 5),
        ("prod/{x}/", "prod/a\n/", r"the character U\+000A", 6),
        ("prod/{x}/", "prod/e\u0301/", "composed form", 5),
        ("prod/{x}/", "prod/" + "x" * 1019 + "/", "at most 1024 bytes; this one has 1025", 1025),
        ("chunk_{i:int}.txt", "chunk_x.txt", "i must be a whole number .*found 'x'", 6),
        ("chunk_{i:int}.txt", "chunk_12.pdf", "expected '.txt', found '.pdf'", 8),
        ("chunk_{i:int}.txt", "chunk_12", "expected '.txt', found nothing", 8),
        ("chunk_{i:int}.txt", "chunk_x", "i must be a whole number .*found 'x'", 6),
        ("chunk_{i:int}.txt", "Chunk_1.txt", "expected 'chunk_', found 'Chunk_1.txt'", 0),
        ("chunk_{i:int}.txt", "chunk_1.txt/x", "nothing may follow, found 'x'", 12),
        ("{n:int}_{d:date}.csv", "7_2023-02-29.csv", "d must be a real date .*found '2023-02-29'", 2),
        ("{n:int}_{d:date}.csv", "7_2023-02-2.csv", "d must be a real date .*found '2023-02-2.'", 2),
        ("{n:int}{h:hex2}", "xyzff", "n must be a whole number .*found 'xyz'", 0),
        ("{n:int}{h:hex2}", "77fg", "h must be two hexadecimal .*found 'fg'", 2),
        ("{n:int}.{s:slug}.x", "7.A.x", "s must be a word .*found 'A'", 2),
        ("{n:int}{h:hex2}.{s:slug}", "xff.a", "n must be .*found 'x'", 0),
        ("{h:hex2}.x", "abc.x", "expected '.x', found 'c.x'", 2),
        ("{h:hex2}", "abc", "expected '{h:hex2}', found 'abc'", 0),
    ],
)
def test_people_are_told_where_a_key_differs(template: str, key: str, reason: str, position: int) -> None:
    """The first thing that does not fit is named with its place in the key."""
    made = PathTemplate(template) if template.endswith("/") else NameTemplate(template)

    mismatch = made.parse(key)

    assert isinstance(mismatch, Mismatch)
    assert re.search(reason, mismatch.reason)
    assert mismatch.position == position
    assert str(mismatch) == f"{mismatch.reason} at character {position}"


def test_a_mismatch_message_reads_as_a_sentence() -> None:
    """The whole message, as a person sees it."""
    mismatch = PathTemplate("prod/cases/{case_id:int}/documents/").parse("prod/cases/abc/documents/")

    expected = "case_id must be a whole number without leading zeros, found 'abc' at character 11"
    assert str(mismatch) == expected


@pytest.mark.parametrize(
    ("key", "rest"),
    [
        ("prod/cases/7/x/report.pdf", "report.pdf"),
        ("prod/cases/7/x/", ""),
        ("prod/cases/7/x/a/b//c/../\n", "a/b//c/../\n"),
        ("prod/cases/7/x/prod/cases/8/x/y", "prod/cases/8/x/y"),
    ],
)
def test_a_path_owns_what_lies_below_it(key: str, rest: str) -> None:
    """Whatever stands below a path belongs to it, and the path's values are told apart from the rest."""
    template = PathTemplate("prod/cases/{case_id:int}/x/")

    assert template.parse_below(key) == Below({"case_id": 7}, rest)
    assert template.owns(key)


@pytest.mark.parametrize(
    "key",
    [
        *("prod/cases/7/x", "prod/cases/7/xy/a", "prod/cases/x/7/a", "cases/7/x/a", "", "/prod/cases/7/x/a"),
        *("prod/cases/7/x/" + "y" * 1010, "prod/cases/1\n/x/", "prod//cases/7/x/"),
    ],
)
def test_a_path_does_not_own_its_neighbours(key: str) -> None:
    """A key beside the path, or one too long to be a key, is not below it, and the reason is given."""
    template = PathTemplate("prod/cases/{case_id:int}/x/")

    assert isinstance(template.parse_below(key), Mismatch)
    assert not template.owns(key)


def test_missing_values_are_named() -> None:
    """Formatting without a value says which one, where, and what it must be."""
    with pytest.raises(TemplateError, match="case_id needs a value: a whole number") as caught:
        PathTemplate("x/{case_id:int}/").format()

    assert caught.value.position == 2


def test_a_variable_may_be_called_self() -> None:
    """No name is taken by the method that takes the values."""
    assert PathTemplate("{self}/").format(self="a") == "a/"
    assert PathTemplate("{self}/").bind(self="a").text == "a/"
