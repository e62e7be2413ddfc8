from collections.abc import Iterator
from typing import Final
from unicodedata import is_normalized

from bucketwright.contract.keys.key_text import UNWRITABLE
from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Estate
from bucketwright.rules.by_key_alone import once
from bucketwright.rules.example_objects import bad, good
from bucketwright.rules.rule import BASELINE, DEPLOYED, rule
from bucketwright.verdicts import LOW, Verdict, fails_if

_MOST_NAMED: Final = 5
_SURROGATES: Final = range(0xD800, 0xE000)


@rule(
    "object-key-hygiene",
    severity=LOW,
    tier=BASELINE,
    lenses=DEPLOYED,
    reads=["key", "is_newest"],
    examples=lambda: [
        good(key="docs/a b (1)+~.pdf"),
        good(key="docs/..a/b../.c/.../d"),
        good(key="docs/folder/"),
        good(key="caf\u00e9/\u65e5\u672c\u8a9e/\U0001f600"),
        good(key="x" * 1024),
        good(key="docs/\ue000"),
        good(key="/docs/a", is_newest=False),
        bad(key="/docs/a"),
        bad(key="docs//a"),
        bad(key="docs/a//"),
        bad(key="/"),
        bad(key="./docs/a"),
        bad(key="docs/../a"),
        bad(key="docs/."),
        bad(key="docs/a\x00"),
        bad(key="docs/a\n"),
        bad(key="docs/\x1b[31ma"),
        bad(key="docs/\x7f"),
        bad(key="docs/\x85"),
        bad(key="docs/\u2028"),
        bad(key="docs/\uffff"),
        bad(key="docs/\ud800"),
        bad(key="docs/\udfff"),
        bad(key="cafe\u0301"),
    ],
)
def object_key_hygiene(one: ObjectPosture, _: Estate) -> Verdict:
    """Keys mean the same to every program that reads them.

    **Why.** To S3 a key is any text; to file systems, browsers and shells it is a path. `a/../b` or `//` lead
    somewhere else once the object is copied to a disk, control characters break lists in XML and forge lines
    of logs, and two spellings of one accented letter are two keys that look the same.

    **Fix.** Copy the object to a proper key and delete the old one. Keys that the contract's templates make
    are proper.

    **Exempt it when** another program made the key and will ask for just that.
    """
    return once(one, fails_if(*one.of_key(_odd), expected="a key that is a plain path in composed Unicode"))


def _odd(key: str) -> tuple[str, ...]:
    return (*_segments(key), *_characters(key))


def _segments(key: str) -> Iterator[str]:
    segments = key.split("/")
    if not segments[0] and len(segments) > 1:
        yield "it begins with '/'"
    if "" in segments[1:-1]:
        yield "it holds '//'"
    yield from (f"it holds the segment '{one}'" for one in (".", "..") if one in segments)


def _characters(key: str) -> Iterator[str]:
    if key.isascii() and key.isprintable():
        return
    odd = sorted({char for char in key if char in UNWRITABLE or ord(char) in _SURROGATES})
    if odd:
        names = ", ".join(f"U+{ord(char):04X}" for char in odd[:_MOST_NAMED])
        more = f" and {len(odd) - _MOST_NAMED} more" if len(odd) > _MOST_NAMED else ""
        yield f"it holds the character {names}{more}"
    if not is_normalized("NFC", key):
        yield "it is not in Unicode's composed form (NFC)"
