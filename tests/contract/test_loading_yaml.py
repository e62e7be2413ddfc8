"""YAML as a contract reads it: version 1.2, with the traps of 1.1 named, and nothing that explodes."""

import string
import time
from datetime import date

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bucketwright.contract.composing import DEEPEST, MapNode, compose
from bucketwright.contract.plain_scalars import Trap, plain_value
from bucketwright.contract.syntax import syntax_problem


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("FALSE", False),
        ("12", 12),
        ("-7", -7),
        ("+3", 3),
        ("0", 0),
        ("9" * 40, 10**40 - 1),
        ("1.2", 1.2),
        (".5", 0.5),
        ("-1.", -1.0),
        ("nUll", "nUll"),
        ("yEs", "yEs"),
        ("2027-06-30", "2027-06-30"),
        ("350 MB", "350 MB"),
        ("1.2.3", "1.2.3"),
        ("-", "-"),
        ("+", "+"),
        (".", "."),
        ("10:99", "10:99"),
        ("us-west-2", "us-west-2"),
    ],
)
def test_a_plain_word_means_what_yaml_1_2_says(word: str, value: object) -> None:
    """Words without a second reading have the value of the core schema, and its type."""
    found = plain_value(word)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("yes", True),
        ("On", True),
        ("Y", True),
        ("no", False),
        ("OFF", False),
        ("n", False),
        ("0755", "0755"),
        ("-012", "-012"),
        ("0899", "0899"),
        ("0o17", "0o17"),
        ("0x1F", "0x1F"),
        ("0b101", "0b101"),
        ("1_000", "1_000"),
        ("1_000.5", "1_000.5"),
        ("1:30", "1:30"),
        ("190:20:30.15", "190:20:30.15"),
        (".inf", ".inf"),
        ("-.INF", "-.INF"),
        (".nan", ".nan"),
        ("1e3", 1000.0),
        ("-.5", -0.5),
        ("1e999", "1e999"),
        ("9" * 41, "9" * 41),
    ],
)
def test_a_word_with_two_readings_is_a_trap(word: str, meant: object) -> None:
    """Each trap says so, and stands for what was most likely meant."""
    found = plain_value(word)
    assert isinstance(found, Trap)
    assert found.meant == meant


@settings(max_examples=300, deadline=None)
@example("0o1")
@example("0_7")
@example("1__0")
@example("+.5_")
@example("0:0")
@example("0_.e-0")
@example("-.0")
@example("+.5e1")
@given(st.text("0123456789+-._:exob", min_size=1, max_size=6) | st.text(string.ascii_letters, max_size=5))
def test_what_is_no_trap_reads_alike_in_yaml_1_1(word: str) -> None:
    """Another reader, PyYAML with version 1.1's rules, finds the same value wherever ours finds no trap."""
    found = plain_value(word)
    try:
        (other,) = yaml.safe_load(f"- {word}")
    except (yaml.YAMLError, ValueError):
        return
    if isinstance(found, Trap) or isinstance(other, dict | list | date):
        return

    assert (found, type(found)) == (other, type(other))


def test_every_value_knows_its_place() -> None:
    """Lines and columns count from 1, in characters, to the column past the end."""
    root = compose("a: 'x'\nb:\n  - é: long\n", "c.yaml").root
    assert isinstance(root, MapNode)
    first, second = root.entries["a"], root.entries["b"]
    assert (first.key.line, first.key.column, first.key.end_column) == (1, 1, 2)
    assert (first.node.line, first.node.column, first.node.end_column) == (1, 4, 7)
    assert root.value == {"a": "x", "b": [{"é": "long"}]}
    assert (second.node.line, second.node.column) == (3, 3)


def test_an_alias_repeats_its_anchor() -> None:
    """What an anchor names can stand again, at a place of its own."""
    composed = compose("a: &x {k: [1, 2]}\nb: *x\n", "c.yaml")
    assert composed.problems == ()
    assert composed.root is not None
    assert composed.root.value == {"a": {"k": [1, 2]}, "b": {"k": [1, 2]}}


@pytest.mark.parametrize(
    "text",
    [
        "[" * 2**20,
        "[\n" * 2**20,
        "- " * 2**20,
        "{a: " * 2**20,
        "? " * 2**20,
        "&a [" * 2**20,
        "{" * 2**20,
        '"' + "a" * 2**20,
        "a: " + "x " * 2**19 + "\n\tb",
        "&a " * 2**19,
        "!t " * 2**19,
        "*a " * 2**19,
        "% " * 2**19,
        "'" * (2**20 + 1),
    ],
    ids=lambda text: text[:4],
)
def test_a_mebibyte_of_brackets_is_answered_at_once(text: str) -> None:
    """Neither depth nor length crashes the reader or keeps it busy."""
    begun = time.process_time()
    composed = compose(text, "c.yaml")
    assert composed.problems
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("depth", [DEEPEST - 1, DEEPEST, DEEPEST + 1])
def test_depth_is_allowed_up_to_its_bound(depth: int) -> None:
    """The bound itself is allowed, one more is not."""
    composed = compose("[" * depth + "]" * depth, "c.yaml")
    assert bool(composed.problems) == (depth > DEEPEST)


def test_depth_through_aliases_counts_too() -> None:
    """Aliases cannot build a tree deeper than brackets may."""
    lines = ["a0: &a0 [1]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, DEEPEST + 2)]
    assert any("deep" in problem.message for problem in compose("\n".join(lines), "c.yaml").problems)


@pytest.mark.parametrize(
    ("text", "value", "message"),
    [
        ("? [a, b]\n: x\nc: d\n", {"c": "d"}, "a key must be text"),
        ("? {a: b}\n: x\n", {}, "a key must be text"),
        ("a: &n [x]\n*n : z\n", {"a": ["x"]}, "a key must be text"),
        ("&k a: b\n", {"a": "b"}, "a key cannot carry an anchor"),
        ("a: &n x\nb: &n z\nc: *n\n", {"a": "x", "b": "z", "c": "x"}, "the anchor &n is given twice"),
        ("a: &n [x]\nb: &n [z]\nc: *n\n", {"a": ["x"], "b": ["z"], "c": ["x"]}, "given twice"),
        ("a: 1\na: 2\n", {"a": 1}, "given twice, first at line 1"),
        ("a: !t x\n", {"a": "x"}, "tags are not used"),
        ("a: !!int 7\n", {"a": "7"}, "tags are not used"),
        ("a: ! {b: c}\n", {"a": {"b": "c"}}, "tags are not used"),
        ("<<: {a: b}\nc: d\n", {"c": "d"}, "merge keys"),
        ("? \n: x\n", {"": "x"}, "a key is missing"),
        ("a: b\n...\n---\nc: d\n", {"a": "b"}, "a second document"),
    ],
)
def test_what_a_contract_has_no_use_for_is_named(text: str, value: object, message: str) -> None:
    """Complex keys, anchored keys, tags and the like are one problem each, and the rest is still read."""
    composed = compose(text, "c.yaml")
    assert [message in problem.message for problem in composed.problems] == [True]
    assert composed.root is not None
    assert composed.root.value == value


def test_quotes_make_text_of_anything() -> None:
    """In quotes, traps are only words; and `<<` is a key like any other."""
    composed = compose("'yes': \"no\"\n'<<': '0755'\nk: |-\n  1:30\n", "c.yaml")
    assert composed.problems == ()
    assert composed.root is not None
    assert composed.root.value == {"yes": "no", "<<": "0755", "k": "1:30"}


def test_a_complaint_without_a_place_is_still_told() -> None:
    """Should the parser fail without saying where, the file as a whole is named."""
    problem = syntax_problem(yaml.YAMLError("odd"), "text", "c.yaml")
    assert (problem.line, problem.message) == (0, "this is not YAML")


def test_a_bomb_of_aliases_is_defused() -> None:
    """Ten lists of ten aliases each stand for billions of values; the reader stops counting."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    (problem,) = compose("\n".join(lines), "c.yaml").problems
    assert "aliases counted in full" in problem.message


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(), max_size=60) | st.text("[]{}:,-?&*!|>'\"%@`# \n\tab", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """The reader answers every text with values or with problems that have a place in it."""
    composed = compose(text, "c.yaml")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in composed.problems:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert problem.end_column > problem.column
