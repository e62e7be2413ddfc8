"""Which texts can be keys here: what S3 refuses, and what only makes trouble."""

import re
import unicodedata
from itertools import takewhile
from typing import Final

from bucketwright.contract.keys.errors import Mismatch
from bucketwright.plain_text import shown

MAX_KEY_BYTES: Final = 1024
# Control characters, line and paragraph separators, and the two codes that XML cannot carry.
UNWRITABLE: Final = frozenset(map(chr, (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFFFE, 0xFFFF)))
_UNWRITABLE = re.compile(f"[{re.escape(''.join(sorted(UNWRITABLE)))}\ud800-\udfff]")
_WILDCARD = re.compile(r"[*?]")
_IDLE_SEGMENT = re.compile(r"(?:\A|(?<=/))(?:\.{0,2}/|\.{1,2}\Z)")


def key_fault(key: str) -> Mismatch | None:
    """Why this text is not a key, or the beginning of one, that a template may make."""
    return size_fault(key) or character_fault(key) or _segment_fault(key)


def character_fault(text: str) -> Mismatch | None:
    """The first character, if any, that no key may hold."""
    if bad := _UNWRITABLE.search(text):
        return Mismatch(f"a key may not hold the character U+{ord(bad[0]):04X}", bad.start())
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return None
    pairs = zip(text, unicodedata.normalize("NFC", text), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return Mismatch(f"{shown(text)} is not in Unicode's composed form (NFC)", same)


def literal_fault(text: str) -> Mismatch | None:
    """The first character, if any, that a template's own text may not hold."""
    if bad := _WILDCARD.search(text):
        return Mismatch(f"{bad[0]!r} is no wildcard here: write a variable, such as {{name}}", bad.start())
    return character_fault(text)


def size_fault(key: str) -> Mismatch | None:
    """Why a key is too long for S3; surrogates count as UTF-8 would spell them."""
    size = len(key) if key.isascii() else len(key.encode(errors="surrogatepass"))
    if size <= MAX_KEY_BYTES:
        return None
    return Mismatch(f"a key has at most {MAX_KEY_BYTES} bytes; this one has {size}", len(key))


def _segment_fault(key: str) -> Mismatch | None:
    bad = _IDLE_SEGMENT.search(key)
    if bad is None:
        return None
    segment = bad[0].removesuffix("/")
    if segment:
        return Mismatch(f"a key may not hold the segment {segment!r}", bad.start())
    where = "begin with '/'" if bad.start() == 0 else "hold '//'"
    return Mismatch(f"a key may not {where}", bad.start())
