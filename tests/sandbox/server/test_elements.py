"""XML is read and written back without loss; what S3 would not read is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.server.elements import Element, NotXmlError, document, element, parsed

NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,8}", fullmatch=True)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
)
LEAVES = st.builds(Element, NAMES, TEXTS | st.sampled_from(["\r", " \n\t", "<&>\"'"]))
TREES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda name, children: Element(name, "", tuple(children)),
        NAMES,
        st.lists(inner, min_size=1, max_size=4),
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_what_is_written_reads_back(tree: Element) -> None:
    """Reading what was written gives the same element, in S3's name space."""
    assert parsed(document(tree)) == Element(
        tree.name, tree.text, tree.children, (("xmlns", "http://s3.amazonaws.com/doc/2006-03-01/"),)
    )


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<a>", id="not closed"),
        pytest.param(b"<a/><b/>", id="two roots"),
        pytest.param(b"\xff\xfe\x00", id="no text"),
        pytest.param(b'{"a": 1}', id="JSON"),
        pytest.param(b"<!DOCTYPE a><a/>", id="a document type"),
        pytest.param(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', id="an entity"),
        pytest.param(b"<a>" * 40 + b"</a>" * 40, id="too deep"),
    ],
)
def test_what_is_no_plain_xml_is_refused(body: bytes) -> None:
    """Anything but one plain element is refused."""
    with pytest.raises(NotXmlError):
        parsed(body)


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    """A text with control characters still gives XML that can be read."""
    assert parsed(document(element("a", "b\x00c\x1f\ud800d"))).text == "bcd"


def test_a_path_finds_the_first() -> None:
    """A path of names leads to the first element on it, or nowhere."""
    tree = element("a", element("b", element("c", "1")), element("b", element("c", "2")))

    assert tree.text_at("b/c") == "1"
    assert tree.text_at("b/d") is None
