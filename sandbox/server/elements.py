"""XML as frozen data: read as it was sent, written back the same. No entities, no document types."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import escape, quoteattr

_DEEPEST: Final = 32
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NAMESPACE: Final = "http://s3.amazonaws.com/doc/2006-03-01/"


class NotXmlError(ValueError):
    """The text is no XML that S3 would read."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its text, or its children in the order they were sent."""

    name: str
    text: str = ""
    children: "tuple[Element, ...]" = ()
    attributes: tuple[tuple[str, str], ...] = ()

    def all(self, name: str) -> "Iterator[Element]":
        """The children of that name."""
        return (child for child in self.children if child.name == name)

    def find(self, path: str) -> "Element | None":
        """The first element on a path of names parted by slashes."""
        found: Element | None = self
        for name in path.split("/"):
            found = next(found.all(name), None) if found else None
        return found

    def text_at(self, path: str) -> str | None:
        """The text at a path, or None where nothing is."""
        found = self.find(path)
        return None if found is None else found.text

    def having(self, *more: "Element") -> "Element":
        """The same with further children."""
        return replace(self, children=(*self.children, *more))

    def without(self, name: str) -> "Element":
        """The same without the children of a name."""
        return replace(self, children=tuple(child for child in self.children if child.name != name))

    def written(self) -> str:
        """The element as XML."""
        opened = "".join((self.name, *(f" {name}={quoteattr(value)}" for name, value in self.attributes)))
        inner = "".join(child.written() for child in self.children) or _escaped(self.text)
        return f"<{opened}>{inner}</{self.name}>"


def _escaped(text: str) -> str:
    """Text that reads back the same, less the characters that XML cannot hold."""
    return escape(_NOT_XML.sub("", text), {"\r": "&#13;"})


def element(name: str, *content: "Element | str") -> Element:
    """An element made of children, or of one text."""
    texts = "".join(part for part in content if isinstance(part, str))
    return Element(name, texts, tuple(part for part in content if isinstance(part, Element)))


def document(root: Element) -> bytes:
    """A whole XML document; a root without a name space is in S3's."""
    attributes = {"xmlns": NAMESPACE} | dict(root.attributes)
    named = replace(root, attributes=tuple(attributes.items()))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{named.written()}'.encode()


def parsed(body: bytes) -> Element:
    """The root element of a document; anything else than plain XML raises."""
    reader = _Reader()
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.opened
    parser.EndElementHandler = reader.closed
    parser.CharacterDataHandler = reader.read
    parser.StartDoctypeDeclHandler = _refuse_type
    try:
        parser.Parse(body, True)
    except ExpatError as broken:
        raise NotXmlError(str(broken)) from None
    return reader.root


def _refuse_type(name: str, *_rest: object) -> None:
    raise NotXmlError(f"a document type ({name}) is not allowed")


class _Reader:
    """Builds elements from the inside out."""

    def __init__(self) -> None:
        self._open: list[tuple[str, dict[str, str], list[Element], list[str]]] = [("", {}, [], [])]

    @property
    def root(self) -> Element:
        return self._open[0][2][0]

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) > _DEEPEST:
            raise NotXmlError(f"elements are nested more than {_DEEPEST} deep")
        self._open.append((name, attributes, [], []))

    def closed(self, _name: str) -> None:
        name, attributes, children, texts = self._open.pop()
        text = "" if children else "".join(texts)
        self._open[-1][2].append(Element(name, text, tuple(children), tuple(attributes.items())))

    def read(self, text: str) -> None:
        self._open[-1][3].append(text)
