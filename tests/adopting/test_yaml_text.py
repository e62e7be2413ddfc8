"""The YAML that an adoption writes: read back as what it was, whatever stands in it."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.adopting.yaml_text import yaml_text
from bucketwright.contract.composing import MapNode, compose

HOSTILE = [
    "yes", "on", "No", "null", "~", "0755", "1:30", "1e3", "0x1f", ".inf", "- a", "a: b", "a #b",
    "#", "&a", "*a", "!!python/object:os.system", "{a: b}", "[a]", "'", '"', "\\", "a\nb: c",
    "a\r\nb", "\t", "\x7f", "\x85", "\u2028", "\ufeff", "\u202e", "%TAG", "---", "...", "|", ">",
    "@", "`", "?", ":", "a:", " a", "a ", "é", "日本", "\U0001f600", "1_000", "=", "<<",
]  # fmt: skip
TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
KEYS = TEXT.filter(lambda key: key not in {"", "<<"})
VALUES = st.recursive(
    st.one_of(TEXT, st.booleans(), st.integers(-(10**12), 10**12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(KEYS, inner, max_size=4),
    ),
    max_leaves=12,
)


def read(text: str) -> object:
    """What a contract's own reader takes a text for."""
    composed = compose(text, "here")
    assert composed.problems == ()
    assert isinstance(composed.root, MapNode)
    return composed.root.value


@settings(max_examples=50)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_what_is_written_is_read_as_it_was(data: dict[str, object]) -> None:
    """By the reader of contracts without a complaint, and by a plain one of YAML 1.1 alike."""
    text = yaml_text(data)

    assert read(text) == data
    assert yaml.safe_load(text) == data


@pytest.mark.parametrize("word", HOSTILE, ids=ascii)
def test_no_word_is_anything_but_text(word: str) -> None:
    """As a value, as a key and inside lists of either form."""
    data = {"a": word, "b": [word, {"c": word}], "d": {f"k{word}": [[[word]]]}}

    assert read(yaml_text(data)) == data
    assert yaml.safe_load(yaml_text(data)) == data


def test_short_parts_stand_on_one_line() -> None:
    """As a person would write them; long ones below, and texts of several lines as they are."""
    data = {
        "logs": {"purpose": "access-logs"},
        "key": "first\nsecond\n",
        "files": {f"name-{number}": "x" * 30 for number in range(4)},
        "rules": [{"a": {"b": {"c": 1}}, "d": 2}],
    }

    assert yaml_text(data) == (
        "logs: {purpose: access-logs}\n"
        "key: |\n  first\n  second\n"
        "files:\n" + "".join(f"  name-{number}: {'x' * 30}\n" for number in range(4)) + "rules:\n"
        "  - a: {b: {c: 1}}\n    d: 2\n"
    )
