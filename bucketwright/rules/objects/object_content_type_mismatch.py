from collections.abc import Iterator
from typing import Final, NamedTuple

from bucketwright.contract.media_types import allows
from bucketwright.contract.words import DeliveryWay
from bucketwright.objects.content_types import (
    Stated,
    allowed_types,
    fitting,
    named_types,
    says_too_little,
    stated_type,
)
from bucketwright.objects.layout import declared, written_by_aws
from bucketwright.objects.postures import ObjectPosture
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import bad, good, says_of_bucket, says_of_docs, says_of_two
from bucketwright.rules.rule import BASELINE, DEPLOYED, Change, change, rule
from bucketwright.verdicts import LOW, MEDIUM, Verdict, fails, not_applicable, passes

_READ_BY_PROGRAMS: Final[frozenset[DeliveryWay]] = frozenset({"none", "archive"})
_PICTURES: Final = says_of_docs(types=["image/*"])
_LINKED: Final = says_of_docs(delivery="presigned")
_NOTES: Final = says_of_docs(types=["text/plain"])
_UTF_8: Final = "; charset=utf-8"


class _Wanted(NamedTuple):
    """What the name and the contract want of an object's type."""

    named: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    has_readers: bool = False


@rule(
    "object-content-type-mismatch",
    severity=MEDIUM,
    tier=BASELINE,
    lenses=DEPLOYED,
    reads=["content_type", "bucket", "content_encoding", "key"],
    examples=lambda: [
        good(key="docs/a.png", content_type="image/png"),
        good(key="docs/a.js", content_type="application/javascript"),
        good(key="docs/a.txt", content_type="text/plain"),
        good(key="docs/a.PNG", content_type=" Image/PNG ; q=1"),
        good(key="docs/a.unheard", content_type="text/html"),
        good(key="docs/a.png", content_type="binary/octet-stream"),
        good(key="docs/a.json.gz", content_type="application/gzip", content_encoding=None),
        good(key="docs/a.json.gz", content_type="application/json", content_encoding="GZIP"),
        good(key="docs/a.css.br", content_type="text/css", content_encoding="aws-chunked, br"),
        good(around=_PICTURES, key="docs/a.png", content_type="image/png"),
        good(around=_PICTURES, content_type="image/webp"),
        good(around=_NOTES, key="docs/a.md", content_type="text/plain"),
        good(around=_LINKED, key="docs/a.txt", content_type="text/plain;Charset = utf-8"),
        good(around=_LINKED, key="docs/a.json", content_type="application/json"),
        good(around=says_of_docs(delivery="archive"), content_type="text/plain"),
        good(around=_LINKED, key="elsewhere/a.txt", content_type="text/plain"),
        good(around=says_of_bucket(purpose="reports"), key="a.csv", content_type="text/html"),
        bad(key="docs/a.png", content_type="text/html"),
        bad(key="docs/a.json.gz", content_type="application/json", content_encoding=None),
        bad(key="docs/a.json.gz", content_type="application/gzip", content_encoding="gzip"),
        bad(key="docs/a.json.br", content_type="text/html", content_encoding="br"),
        bad(around=_PICTURES, content_type="text/html" + _UTF_8),
        bad(around=_PICTURES, content_type=None),
        bad(around=_PICTURES, key="docs/a.pdf", content_type="application/pdf"),
        bad(around=_NOTES, key="docs/a.md", content_type="text/markdown"),
        good(around=_NOTES, key="docs/a.md", content_type="binary/octet-stream"),
        good(key="docs/a.parquet", content_type=None),
        good(around=says_of_docs(types=["binary/octet-stream"]), content_type="application/octet-stream"),
        bad(around=_NOTES, key="docs/a.txt", content_type="application/pdf"),
        bad(around=_LINKED, key="docs/a.txt", content_type="text/plain"),
        bad(around=_LINKED, content_type="text/plain; format=flowed"),
        bad(
            around=says_of_two({"expire": "9 days"}, {}),
            key="docs/old/a.png",
            content_type="image/gif",
        ),
    ],
)
def object_content_type_mismatch(one: ObjectPosture, estate: Estate) -> Verdict:
    """An object's type is that of its name, and one the contract allows.

    **Why.** Readers go by the type: a page called a picture is not shown, and a picture that says it is a
    page runs in the reader's browser as one. Text that is read from outside and does not say its charset is
    shown in whatever spelling the browser guesses.

    **Fix.** Copy the object onto itself with the right type, which is a new object to lifecycle. Add the type
    to `types` of the prefix where it is meant. Text wants `; charset=utf-8` behind its type.

    **Exempt it when** a program that cannot be changed names a type nobody goes by.
    """
    if written_by_aws(one, estate):
        return not_applicable("AWS writes here, under types of its own choice")
    wanted = _wanted(one, estate)
    if not any(wanted):
        return passes("neither its name nor the contract wants a type")
    if says_too_little(one):
        return not_applicable("it says no type")
    stated = stated_type(one)
    wrong, bare = [*_wrong(stated, wanted)], [*_bare(stated, wanted)]
    if wrong:
        return fails(*wrong, *bare, expected=" or ".join(wanted.named or wanted.allowed))
    return fails(*bare, expected="a charset", severity=LOW) if bare else passes()


@object_content_type_mismatch.fix(is_safe=False)
def name_the_type(one: ObjectPosture, estate: Estate) -> Change:
    """Copies the object onto itself with the type its name stands for, where that is known and allowed; its
    age begins anew."""
    wanted, stated = _wanted(one, estate), stated_type(one)
    right = stated.media_type if not [*_wrong(stated, wanted)] else next(iter(wanted.named), None)
    if right is None:
        return change(one, "content_type", one.content_type)
    return change(one, "content_type", right + (_UTF_8 if right.startswith("text/") else ""))


def _wanted(one: ObjectPosture, estate: Estate) -> _Wanted:
    allowed = allowed_types(one, estate)
    via = declared(one, estate, lambda place: place.prefix.delivery.via) or "none"
    return _Wanted(fitting(named_types(one), allowed), allowed, via not in _READ_BY_PROGRAMS)


def _wrong(stated: Stated, wanted: _Wanted) -> Iterator[str]:
    if wanted.named and stated.media_type not in wanted.named:
        yield f"its type is {shown(stated.media_type)}, and its name stands for {' or '.join(wanted.named)}"
    if wanted.allowed and not allows(wanted.allowed, stated.media_type):
        yield f"its type is {shown(stated.media_type)}, and the contract allows {', '.join(wanted.allowed)}"


def _bare(stated: Stated, wanted: _Wanted) -> Iterator[str]:
    if wanted.has_readers and stated.media_type.startswith("text/") and not stated.has_charset:
        yield f"readers get {shown(stated.media_type)} that does not say its charset"
