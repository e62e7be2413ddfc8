"""Does every payload come out of a message as it went in, and is nothing else taken for one?"""

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.storage import Damaged, Refused
from bucketwright.storage.patterns.claims import (
    KIND,
    Inline,
    Pointer,
    inline_body,
    keep_attributes,
    keep_payload,
    message_size,
    pointer_body,
    pointer_to,
    read_body,
)

DIGEST = sha256(b"payload").hexdigest()


@pytest.mark.requirement("CS-4")
@given(
    st.one_of(
        st.binary(max_size=200), st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_payloads_that_travel_inside(payload: bytes) -> None:
    """Whatever bytes they are, SQS takes every character of the body, and they come out again."""
    travel, body = inline_body(payload)

    assert read_body(body, {KIND: travel}) == Inline(payload)
    assert all(
        char in "\t\n\r" or " " <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char > "\uffff"
        for char in body
    )
    assert body or not payload


@pytest.mark.requirement("CS-4")
def test_a_payload_that_looks_like_a_pointer() -> None:
    """It is the payload: only the attribute says that one is stored."""
    body = pointer_body(pointer_to("a.json", b"payload"))

    assert read_body(body, {KIND: "text"}) == Inline(body.encode())
    assert read_body(body, {KIND: "stored"}) == Pointer("a.json", 7, DIGEST)
    with pytest.raises(Damaged, match="attributes were lost"):
        read_body(body, {})


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        "{",
        "null",
        "9" * 9_999,
        "[" * 9_999,
        {"name": "a.json", "size": 7},
        {"name": "a.json", "size": "7", "sha256": DIGEST},
        {"name": "a.json", "size": True, "sha256": DIGEST},
        {"name": "a.json", "size": -7, "sha256": DIGEST},
        {"name": "a.json", "size": 7, "sha256": DIGEST.upper()},
        {"name": ["a.json"], "size": 7, "sha256": DIGEST},
        {"name": "a.json", "size": 7, "sha256": DIGEST, KIND: 2},
        f'{{"{KIND}":1,"name":"a","name":"b","size":7,"sha256":"{DIGEST}"}}',
    ],
    ids=[
        "nothing", "a list", "cut", "null", "digits", "brackets", "no hash", "size as text", "size as flag",
        "negative", "hash in capitals", "name as list", "another version", "twice the same",
    ],
)  # fmt: skip
def test_pointers_that_are_none(said: object) -> None:
    """A message that says so and does not is damaged, and nothing is read by it."""
    body = said if isinstance(said, str) else json.dumps({KIND: 1, **dict(said)})  # type: ignore[call-overload]  # a mapping

    with pytest.raises(Damaged):
        read_body(body, {KIND: "stored"})


@pytest.mark.parametrize(
    ("body", "kind"), [("not base64!", "base64"), ("a", "base64"), ("\u00e9", "base64"), ("x", "pigeon")]
)
def test_ways_that_are_none(body: str, kind: str) -> None:
    """What is not as it says is damaged."""
    with pytest.raises(Damaged):
        read_body(body, {KIND: kind})


def test_a_message_of_somebody_else() -> None:
    """Without our attribute a message is its own payload."""
    assert read_body("h\u00e9llo", {"other": "x"}) == Inline("h\u00e9llo".encode())


@pytest.mark.requirement("CS-4")
@pytest.mark.parametrize("payload", [b"payloaD", b"payload+", b""], ids=["other", "longer", "none"])
def test_another_payload(payload: bytes) -> None:
    """Only the very bytes that were sent are given out."""
    pointer = pointer_to("a.json", b"payload")

    assert keep_payload(pointer, b"payload") == b"payload"
    with pytest.raises(Damaged):
        keep_payload(pointer, payload)


@pytest.mark.requirement("CS-4")
def test_the_size_of_a_message() -> None:
    """Bytes count, not characters, and attributes with name and type."""
    assert message_size("\u00e9\U0001f600", {}) == 6
    assert message_size("a", {"name": "\u00e9"}) == 1 + 4 + 6 + 2


@pytest.mark.parametrize(
    "attributes",
    [{f"a{number}": "x" for number in range(10)}, {KIND: "text"}, {"a": ""}, {"a": "\x00"}, {"a": 5}],
    ids=["too many", "ours", "empty", "not text", "a number"],
)
def test_attributes_that_cannot_be(attributes: dict[str, str]) -> None:
    """They are refused before anything is stored."""
    keep_attributes({f"a{number}": "x" for number in range(9)})
    with pytest.raises(Refused):
        keep_attributes(attributes)
