"""What does content look like, by its beginning? Told by signatures, and by whether it is text at all.

What is text is never taken for a page or a program: whoever uploads could choose that its readers run it.
"""

import codecs
import re
from collections.abc import Callable, Mapping
from typing import Final

PLAIN_TEXT: Final = "text/plain"
_Test = Callable[[bytes], bool]
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_PDF: Final = b"%PDF-"
_RTF: Final = b"{\\rtf"
_ZIP: Final = b"PK\x03\x04"
_INSIDE: Final[Mapping[str, bytes]] = {
    f"{_OFFICE}.wordprocessingml.document": b"word/",
    f"{_OFFICE}.spreadsheetml.sheet": b"xl/",
    f"{_OFFICE}.presentationml.presentation": b"ppt/",
}
"""How the names of parts of office files begin."""
_NAMED_INSIDE: Final = frozenset({"application/epub+zip", "application/vnd.oasis.opendocument.text"})
"""Zip files whose first entry says their type."""
_TEXT_TYPES: Final = frozenset(
    {
        "application/javascript", "application/json", "application/jsonl", "application/rtf",
        "application/typescript", "application/x-ndjson", "application/xml", "application/yaml",
        "image/svg+xml", "message/rfc822",
    }
)  # fmt: skip
_NO_TEXT: Final = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_MARKS: Final[Mapping[bytes, str]] = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_BEFORE_ROOT: Final = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->|<![^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
_SVG: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?svg[\s/>]")
_JSON: Final = re.compile(rb"\s*[\[{\"0-9tfn-]")


def _begins(*signatures: bytes, at: int = 0) -> _Test:
    return lambda head: any(head.startswith(one, at) for one in signatures)


def _boxed(*brands: bytes) -> _Test:
    """The form that films and pictures of today share: boxes, of which the first names its brands."""

    def test(head: bytes) -> bool:
        length = int.from_bytes(head[:4], "big")
        named = head[8 : max(16, min(length, 256))]
        return head[4:8] == b"ftyp" and (not brands or any(one in named for one in brands))

    return test


def _riff(kind: bytes) -> _Test:
    return lambda head: head.startswith(b"RIFF") and head.startswith(kind, 8)


def _office(kind: str) -> _Test:
    """A zip file that holds parts of this kind."""
    return lambda head: head.startswith(_ZIP) and _INSIDE[kind] in head and not _first_entry(head)


def _undecided_office(head: bytes) -> bool:
    """A zip file whose beginning tells nothing of what is in it."""
    is_told = _first_entry(head) or any(name in head for name in _INSIDE.values())
    return head.startswith(_ZIP) and not is_told


def _named_inside(kind: str) -> _Test:
    return lambda head: _first_entry(head) == kind.encode()


def _first_entry(head: bytes) -> bytes:
    """What the first entry of a zip file says where it is called `mimetype`; empty where it is not."""
    if not head.startswith(_ZIP) or head[30:38] != b"mimetype":
        return b""
    size, extra = int.from_bytes(head[22:26], "little"), int.from_bytes(head[28:30], "little")
    return head[38 + extra : 38 + extra + min(size, 200)]


_OLE: Final = _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_OGG: Final = _begins(b"OggS")
_ICON: Final = _begins(b"\x00\x00\x01\x00")
_WAVE: Final = _riff(b"WAVE")
_SIGNED: Final[Mapping[str, _Test]] = {
    "application/pdf": lambda head: _PDF in head[:1024],
    "image/png": _begins(b"\x89PNG\r\n\x1a\n"),
    "image/jpeg": _begins(b"\xff\xd8\xff"),
    "image/gif": _begins(b"GIF87a", b"GIF89a"),
    "image/webp": _riff(b"WEBP"),
    "image/tiff": _begins(b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"),
    "image/avif": _boxed(b"avif", b"avis"),
    "image/heic": _boxed(b"heic", b"heix", b"hevc", b"heim", b"heis"),
    "video/quicktime": lambda head: _boxed(b"qt  ")(head) or head[4:8] in {b"moov", b"mdat", b"wide"},
    "audio/mp4": _boxed(b"M4A ", b"M4B "),
    "video/mp4": _boxed(),
    "application/gzip": _begins(b"\x1f\x8b"),
    "application/x-bzip2": _begins(b"BZh"),
    "application/zstd": _begins(b"\x28\xb5\x2f\xfd"),
    "application/x-7z-compressed": _begins(b"7z\xbc\xaf\x27\x1c"),
    "application/x-tar": _begins(b"ustar", at=257),
    "application/msword": _OLE,
    "application/vnd.ms-excel": _OLE,
    "application/vnd.ms-powerpoint": _OLE,
    "application/rtf": _begins(_RTF),
    "text/rtf": _begins(_RTF),
    "application/vnd.apache.parquet": _begins(b"PAR1"),
    "audio/flac": _begins(b"fLaC"),
    "audio/ogg": _OGG,
    "video/ogg": _OGG,
    "audio/wav": _WAVE,
    "audio/x-wav": _WAVE,
    "video/webm": _begins(b"\x1a\x45\xdf\xa3"),
    "audio/aac": lambda head: head[:1] == b"\xff" and head[1:2] in {b"\xf0", b"\xf1", b"\xf8", b"\xf9"},
    "audio/mpeg": lambda head: head.startswith(b"ID3") or (head[:1] == b"\xff" and head[1:2] >= b"\xe0"),
    "image/x-icon": _ICON,
    "image/vnd.microsoft.icon": _ICON,
    "image/bmp": lambda head: head.startswith(b"BM") and len(head) >= 26,
    **{kind: _office(kind) for kind in _INSIDE},
    **{kind: _named_inside(kind) for kind in _NAMED_INSIDE},
    "application/zip": _begins(_ZIP, b"PK\x05\x06"),
}
"""Types that content proves by how it begins; where several fit, the first is the likeliest."""
_ALSO: Final[Mapping[str, _Test]] = {"audio/mp4": _boxed(), **dict.fromkeys(_INSIDE, _undecided_office)}
"""What may also be of such a type, though nobody would guess it."""
_PRINTABLE: Final = frozenset({"application/pdf", "application/rtf", "text/rtf"})
"""Those among them that can be text to the eye; of the others' signatures words can begin with some."""


def contradiction(media_type: str, head: bytes) -> str:
    """Why content that begins so is not of that type; empty where nothing speaks against it."""
    signed = _SIGNED.get(media_type)
    if signed is not None:
        fits = signed(head) or (media_type in _ALSO and _ALSO[media_type](head))
        return "" if fits else f"its content does not begin as {media_type} does{_instead(head)}"
    if not is_textual(media_type):
        return ""
    if not _is_text(head) or head.startswith((_PDF, _RTF)):
        other = _instead(head)
        return f"its content does not begin as text does{other}" if other else "its content is no text"
    return _of_its_form(media_type, head)


def guesses(head: bytes) -> tuple[str, ...]:
    """The types that content which begins so proves to be of, the likeliest first; empty for none."""
    readable = bool(head) and _is_text(head) and bool(charset(head))
    proved = (kind for kind, signed in _SIGNED.items() if signed(head))
    return (
        *(kind for kind in proved if not readable or kind in _PRINTABLE),
        *((PLAIN_TEXT,) if readable else ()),
    )


def charset(head: bytes) -> str:
    """How text that begins so is spelled in bytes; empty where it cannot be told."""
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return ""
    return "utf-8"


def is_textual(media_type: str) -> bool:
    """Whether content of a type is text."""
    return media_type.startswith("text/") or media_type in _TEXT_TYPES


def _instead(head: bytes) -> str:
    seen = [kind for kind in guesses(head) if kind != PLAIN_TEXT]
    return f", but as {seen[0]} does" if seen else ""


def _is_text(head: bytes) -> bool:
    return any(head.startswith(mark) for mark in _MARKS) or not _NO_TEXT.search(head)


def _of_its_form(media_type: str, head: bytes) -> str:
    """Text of some types has to begin in their own way; encodings that take two bytes are not looked into."""
    if charset(head) not in {"", "utf-8"}:
        return ""
    text = head.removeprefix(codecs.BOM_UTF8)
    if media_type == "application/json" and not _JSON.match(text):
        return "its content does not begin as JSON does"
    if media_type in {"application/xml", "text/xml", "image/svg+xml"}:
        root = _past_prolog(text)
        if not root.startswith(b"<") or (media_type == "image/svg+xml" and not _SVG.match(root)):
            return f"its content does not begin as {media_type} does"
    return ""


def _past_prolog(text: bytes) -> bytes:
    while match := _BEFORE_ROOT.match(text):
        text = text[match.end() :]
    return text
