"""What does a Content-Type header say, and which one does a name ask for?"""

from typing import Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bucketwright.contract.media_types import TYPES_OF_EXTENSION
from bucketwright.objects.content_types import BYTES, extension, fitting, named_types, stated_type
from bucketwright.posture import Posture
from bucketwright.rules import catalogue
from bucketwright.rules.rule import Change, Rule, changed
from bucketwright.verdicts import LOW, Fails
from tests.rules.objects.rows import Seen, contract, stored

DEFAULT: Final[Rule[Posture]] = catalogue()["object-content-type-default"]
MISMATCH: Final[Rule[Posture]] = catalogue()["object-content-type-mismatch"]
TYPES: Final = sorted({one for several in TYPES_OF_EXTENSION.values() for one in several})
HEADERS: Final = (
    st.none() | st.sampled_from(["", "binary/octet-stream", BYTES, *TYPES]) | st.text(max_size=20)
)
NAMES: Final = st.sampled_from(["a", "a.b", ".txt", *(f"a{one}" for one in TYPES_OF_EXTENSION)])


@pytest.mark.parametrize(
    ("header", "media_type", "has_charset"),
    [
        pytest.param("text/plain", "text/plain", False, id="bare"),
        pytest.param(" Text/HTML ;CHARSET=utf-8", "text/html", True, id="case and spaces"),
        pytest.param("text/plain; format=flowed; charset=latin1", "text/plain", True, id="second"),
        pytest.param("text/plain; format=charset", "text/plain", False, id="as a value"),
        pytest.param("text/plain; xcharset=utf-8", "text/plain", False, id="another parameter"),
        pytest.param("binary/octet-stream", BYTES, False, id="what S3 notes"),
        pytest.param("", BYTES, False, id="empty"),
        pytest.param(None, BYTES, False, id="none"),
        pytest.param(";", BYTES, False, id="nothing before the parameters"),
    ],
)
def test_a_header_is_read(header: str | None, media_type: str, has_charset: bool) -> None:
    """As HTTP has it: parameters apart, case and spaces aside."""
    assert stated_type(stored("a", content_type=header)) == (media_type, has_charset)


@pytest.mark.parametrize(
    ("key", "ending"),
    [
        ("a/b.PDF", ".pdf"),
        ("a.b/c", ""),
        (".env", ""),
        ("a/.env", ""),
        ("a.", "."),
        ("a.tar.gz", ".gz"),
        ("a/", ""),
        ("", ""),
    ],
)
def test_an_extension_is_the_names(key: str, ending: str) -> None:
    """Not its folder's; a dot in front makes a hidden file, no extension."""
    assert extension(key) == ending


@pytest.mark.parametrize(
    ("key", "encoding", "types"),
    [
        pytest.param("a.json.gz", None, ("application/gzip",), id="a file of its own"),
        pytest.param("a.json.gz", "gzip", ("application/json",), id="unpacked on the way"),
        pytest.param("a.json.gz", "br", ("application/gzip",), id="another encoding"),
        pytest.param("a.json.br", "identity, br", ("application/json",), id="one encoding of several"),
        pytest.param("a.json.zst", "zstd", ("application/json",), id="zstandard"),
        pytest.param("a.json", "gzip", ("application/json",), id="a name that does not say so"),
        pytest.param("a.gz", "gzip", (), id="nothing known inside"),
    ],
)
def test_what_is_unpacked_on_the_way_is_what_was_inside(
    key: str, encoding: str | None, types: tuple[str, ...]
) -> None:
    """A compressed file has the type of its content where the header says that readers unpack it."""
    assert named_types(stored(key, content_encoding=encoding)) == types


@settings(max_examples=100, deadline=None)
@given(HEADERS, NAMES, st.sampled_from([(), (BYTES,), ("image/*",), ("text/plain", "application/json")]))
def test_one_fault_is_one_finding(header: str | None, name: str, types: tuple[str, ...]) -> None:
    """That an object says no type, and that it says a wrong one, is never found both."""
    seen = Seen(contract({"docs": {"path": "docs/", "types": types, "delivery": "presigned"}}))
    one = stored(f"docs/{name}", content_type=header, content_encoding=None)
    found = [isinstance(seen.verdict(rule.id, one), Fails) for rule in (DEFAULT, MISMATCH)]

    assert not all(found)


@settings(max_examples=100, deadline=None)
@given(HEADERS, NAMES, st.sampled_from([(), ("text/*", "application/*"), ("image/*", "text/plain")]))
def test_a_fix_of_what_can_be_fixed_leaves_nothing(
    header: str | None, name: str, types: tuple[str, ...]
) -> None:
    """Where the contract allows a type of the name, neither fault is there once its fix is made."""
    seen = Seen(contract({"docs": {"path": "docs/", "types": types}}))
    one = stored(f"docs/{name}", content_type=header, content_encoding=None)
    assume(fitting(named_types(one), types))
    for rule in (DEFAULT, MISMATCH):
        if isinstance(seen.verdict(rule.id, one), Fails):
            assert rule.repair is not None
            fixed = changed(one, rule.repair.make(one, seen.estate(one)))
            after = [seen.verdict(each.id, fixed) for each in (DEFAULT, MISMATCH)]

            assert not any(isinstance(verdict, Fails) for verdict in after)


def test_a_missing_charset_weighs_less() -> None:
    """A type that is right but for its charset is shown, if badly."""
    seen = Seen(contract({"docs": {"path": "docs/", "delivery": "cloudfront"}}))
    bare, wrong = (
        seen.verdict(MISMATCH.id, stored("docs/a.txt", content_type=one))
        for one in ("text/plain", "text/html")
    )

    assert isinstance(bare, Fails)
    assert isinstance(wrong, Fails)
    assert (bare.severity, wrong.severity) == (LOW, None)
    assert (bare.expected, wrong.expected) == ("a charset", "text/plain")
    assert [fault.text for fault in bare.faults] == ["readers get 'text/plain' that does not say its charset"]
    assert len(wrong.faults) == 2


@pytest.mark.parametrize(
    ("name", "types", "right"),
    [
        pytest.param("a.js", (), "text/javascript", id="the usual one"),
        pytest.param("a.js", ("application/*",), "application/javascript", id="the one that is allowed"),
        pytest.param("a.js", ("image/*",), "text/javascript", id="none that is allowed"),
    ],
)
def test_a_type_that_says_nothing_is_named(name: str, types: tuple[str, ...], right: str) -> None:
    """As the name has it, and the contract."""
    seen = Seen(contract({"docs": {"path": "docs/", "types": types}}))
    one = stored(f"docs/{name}", content_type=None)

    assert DEFAULT.repair is not None
    assert DEFAULT.repair.make(one, seen.estate(one)) == Change(one.address, "content_type", None, right)


@pytest.mark.parametrize(
    ("name", "types", "header", "right"),
    [
        ("a.txt", (), "text/html", "text/plain; charset=utf-8"),
        ("a.txt", (), "text/plain", "text/plain; charset=utf-8"),
        ("a", (), "text/csv", "text/csv; charset=utf-8"),
        ("a.js", ("application/*",), "image/png", "application/javascript"),
        ("a", ("image/*",), "text/html; charset=utf-8", "text/html; charset=utf-8"),
    ],
    ids=["wrong", "bare", "bare and unknown", "the one that is allowed", "none that is known"],
)
def test_a_fix_names_the_right_type(name: str, types: tuple[str, ...], header: str, right: str) -> None:
    """With its charset where it is text; where nobody can tell the type it stays."""
    seen = Seen(contract({"docs": {"path": "docs/", "types": types, "delivery": "presigned"}}))
    one = stored(f"docs/{name}", content_type=header)

    assert MISMATCH.repair is not None
    assert MISMATCH.repair.make(one, seen.estate(one)) == Change(one.address, "content_type", header, right)
