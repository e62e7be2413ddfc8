"""Whatever stands in a contract, wherever it stands: it loads, or the problems are plain and printable."""

import copy
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_origin

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bucketwright.contract.composing import compose
from bucketwright.contract.form import Part
from bucketwright.contract.loading import load, read
from bucketwright.contract.model import Settings
from bucketwright.contract.problems import ContractError, render

EVERYTHING = (Path(__file__).parent / "everything.yaml").read_text()
Steps = tuple[str | int, ...]


def plain() -> dict[str, object]:
    """The contract that says everything, as plain data of its own."""
    root = compose(EVERYTHING, "everything.yaml").root
    assert root is not None
    assert isinstance(root.value, dict)
    return copy.deepcopy(root.value)


def places(value: object, above: Steps = ()) -> Iterator[Steps]:
    """The paths of everything in plain data."""
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    )
    for step, below in entries:
        yield (*above, step)
        yield from places(below, (*above, step))


def parts_of(model: type[Part]) -> set[type[Part]]:
    """A model and all models its fields can hold."""
    found = {model}

    def visit(annotation: object) -> None:
        if isinstance(annotation, type) and issubclass(annotation, Part) and annotation not in found:
            found.update(parts_of(annotation))
        if get_origin(annotation) is not None:
            for argument in get_args(annotation):
                visit(argument)

    for field in model.model_fields.values():
        visit(field.annotation)
    return found


def replaced(value: object, path: Steps, new: object) -> object:
    """Plain data with another value at a path."""
    if not path:
        return new
    first, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {key: replaced(below, rest, new) if key == first else below for key, below in value.items()}
    entries = value if isinstance(value, list) else []
    return [replaced(below, rest, new) if n == first else below for n, below in enumerate(entries)]


def found(value: object, path: Steps) -> object:
    """What stands at a path of plain data."""
    for step in path:
        entries = (
            value if isinstance(value, dict) else dict(enumerate(value if isinstance(value, list) else ()))
        )
        value = entries[step]
    return value


def written(value: object) -> str:
    """Plain data as YAML, every character of a text spelled so that YAML takes it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(key)}: {written(below)}" for key, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, str):
        safe = (char if char.isascii() and char.isalnum() else f"\\U{ord(char):08x}" for char in value)
        return f'"{"".join(safe)}"'
    return {"None": "null", "True": "true", "False": "false"}.get(str(value), str(value))


def refusal(text: str) -> ContractError | None:
    """Why a contract does not load, if it does not."""
    try:
        read(text, "con\ttract.yaml")
    except ContractError as error:
        return error
    return None


def answer(text: str) -> tuple[str, ...]:
    """The lines of what loading says; every problem rendered by itself is a part of it."""
    error = refusal(text)
    if error is None:
        return ()
    together = str(error)
    assert error.problems
    assert all(render(problem, text) in together for problem in error.problems)
    return tuple(together.split("\n"))


def assert_printable(lines: tuple[str, ...]) -> None:
    """No line holds a control character, a direction or anything else unseen."""
    for line in lines:
        assert not [char for char in line if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]


def test_the_contract_that_says_everything_does() -> None:
    """It loads, and every field of every model stands in it."""
    assert answer(EVERYTHING) == ()
    names = {step for path in places(plain()) for step in path}
    missing = {
        f"{model.__name__}.{name}"
        for model in parts_of(Settings)
        for name in model.model_fields
        if name not in names
    }
    assert missing == set()


FIXED = (
    "\x1b[31mred\x1b[0m",
    "\u202eevil\u202c",
    "\x00",
    "a\nb: c",
    "x" * 5000,
    "../../etc/passwd",
    "{a}{b}/",
    "{" * 500,
    "files/documents\x07",
    "arn:aws:s3:::\ud7ff",
    "9" * 5000 + " days",
    "999999999999 years",
    "1e400 GB",
    "0001-01-01",
    "9999-12-31",
    "yes",
    "*",
    "",
    " ",
    "é/",
    "e\u0301/",
    "\U0010ffff",
    "=cmd()",
    "'; drop",
)
HOSTILE = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.text("{}*?/.:${}a1-", max_size=20),
    st.sampled_from(FIXED),
)
ODD = st.one_of(
    HOSTILE,
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(-1e9, 1e9).filter(lambda number: "e" not in str(number)),
    st.just([]),
    st.just({}),
    st.lists(HOSTILE, max_size=3),
    st.dictionaries(HOSTILE, HOSTILE, max_size=2),
)
PLACES = tuple(places(plain()))
TEXTS = tuple(path for path in PLACES if isinstance(found(plain(), path), str))
APART = 8


@pytest.mark.parametrize("value", FIXED, ids=lambda value: ascii(value[:20]))
def test_a_hostile_text_in_every_place_of_a_text_is_survived(value: str) -> None:
    """Each text of the contract has been each hostile one, with sound ones beside it."""
    for first in range(APART):
        data: object = plain()
        for path in TEXTS[first::APART]:
            data = replaced(data, path, value)
        assert_printable(answer(written(data)))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(PLACES), ODD)
def test_a_hostile_value_anywhere_is_survived(path: Steps, value: object) -> None:
    """Any value in any place loads or is a printable problem."""
    assert_printable(answer(written(replaced(plain(), path, value))))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PLACES), HOSTILE)
def test_a_hostile_key_anywhere_is_survived(path: Steps, key: str) -> None:
    """Any key beside any other loads or is a printable problem."""
    data = plain()
    at: object = data
    for step in path:
        if not isinstance(at, dict):
            return
        at.setdefault(key, "value")
        at = at.get(str(step))
    assert_printable(answer(written(data)))


@settings(max_examples=100, deadline=None)
@example(b"\xff\xfe")
@example(b"\x00")
@example("project: \ufeffx".encode())
@given(data=st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode(errors="replace")))
def test_any_bytes_are_a_contract_or_a_problem(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """A file of anything is answered without another exception."""
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(data)
    with pytest.raises(ContractError) as refused:
        load(file)
    assert_printable(tuple(str(refused.value).split("\n")))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_contract_cut_anywhere_is_survived(data: st.DataObject) -> None:
    """Half a contract, or one with a line missing, still gets an answer."""
    lines = EVERYTHING.split("\n")
    cut = data.draw(st.integers(0, len(EVERYTHING)))
    gone = data.draw(st.integers(0, len(lines) - 1))
    assert_printable(answer(EVERYTHING[:cut]))
    assert_printable(answer("\n".join(lines[:gone] + lines[gone + 1 :])))


@pytest.mark.parametrize(
    "text",
    [
        "access: {" + ", ".join(f"a{n}: {{read: [b/c]}}" for n in range(20_000)) + "}",
        "buckets: {" + ", ".join(f"b{n}: {{prefixes: {{p: {{path: x}}}}}}" for n in range(5_000)) + "}",
        "tags: {" + ", ".join(f"'k{n}?': v" for n in range(50_000)) + "}",
        ", ".join(["exemptions: [{rule: x}"] + ["{rule: x}"] * 20_000) + "]",
        "\n".join(f"stray{n}: 1" for n in range(50_000)),
        "access: {a: {trusts: a.amazonaws.com, read: [" + "b/c, " * 50_000 + "b/c]}}",
    ],
    ids=["grants", "paths", "tags", "exemptions", "stray keys", "references"],
)
def test_a_flood_of_mistakes_is_answered_soon(text: str) -> None:
    """Many mistakes cost no more than their number allows."""
    begun = time.process_time()
    assert answer("project: demo\nenvironments: {dev: , prod: }\n" + text)
    assert time.process_time() - begun < 60
