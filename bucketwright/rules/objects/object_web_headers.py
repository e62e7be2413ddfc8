from collections.abc import Iterator
from typing import Final

from bucketwright.contract.words import DeliveryWay
from bucketwright.objects.content_types import (
    SHOWN_BY_BROWSERS,
    encodings,
    packing,
    stated_type,
    types_inside,
)
from bucketwright.objects.layout import declared
from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import bad, good, says_of_docs
from bucketwright.rules.rule import CHOSEN, DEPLOYED, rule
from bucketwright.verdicts import LOW, Fault, Verdict, fails_if, not_applicable

_CACHED: Final[frozenset[DeliveryWay]] = frozenset({"cloudfront", "content-addressed"})
_SITE: Final = says_of_docs(delivery="cloudfront")
_BY_HASH: Final = says_of_docs(delivery="content-addressed")
_KEPT: Final = "max-age=3600"


@rule(
    "object-web-headers",
    severity=LOW,
    tier=CHOSEN,
    lenses=DEPLOYED,
    reads=["cache_control", "bucket", "content_disposition", "content_encoding", "content_type", "key"],
    examples=lambda: [
        good(around=_SITE, key="docs/a.css", cache_control=_KEPT),
        good(around=_SITE, key="docs/a.zip", cache_control=_KEPT),
        good(around=says_of_docs(delivery="presigned"), key="docs/a.css", cache_control=None),
        good(around=_SITE, key="elsewhere/a.css", cache_control=None),
        good(key="docs/a.css", cache_control=None),
        good(
            around=_SITE,
            key="docs/a.css.gz",
            cache_control=_KEPT,
            content_type="text/css",
            content_encoding="gzip",
        ),
        good(
            around=_SITE,
            key="docs/a.css.gz",
            cache_control=_KEPT,
            content_type="application/gzip",
            content_encoding=None,
        ),
        good(
            around=_BY_HASH,
            key="docs/0123",
            cache_control=_KEPT,
            content_type="application/zip",
            content_disposition='attachment; filename="a.zip"',
        ),
        good(
            around=_BY_HASH,
            key="docs/0123",
            cache_control=_KEPT,
            content_type="image/png",
            content_disposition=None,
        ),
        bad(around=_SITE, key="docs/a.css", cache_control=None),
        bad(around=_SITE, key="docs/a.css", cache_control=""),
        bad(
            around=_SITE,
            key="docs/a.css.gz",
            cache_control=_KEPT,
            content_type="text/css",
            content_encoding=None,
        ),
        bad(
            around=_BY_HASH,
            key="docs/0123",
            cache_control=None,
            content_type="image/png",
            content_disposition=None,
        ),
        bad(
            around=_BY_HASH,
            key="docs/0123",
            cache_control=_KEPT,
            content_type="application/zip",
            content_disposition=None,
        ),
    ],
)
def object_web_headers(one: ObjectPosture, estate: Estate) -> Verdict:
    """What is delivered through caches says how to keep, unpack and call it.

    **Why.** Without Cache-Control every cache guesses for how long it may answer, and readers see old content
    or ask again and again. A compressed file under the type of what is inside is rubbish to a browser that is
    not told of the compression. A download whose key is a hash is saved under that hash.

    **Fix.** Set Cache-Control at upload, Content-Encoding with compressed files, Content-Disposition with a
    file name for downloads. Prefixes with `delivery: cloudfront` or `delivery: content-addressed` are meant.

    **Exempt it when** the distribution itself sets these headers.
    """
    via = declared(one, estate, lambda place: place.prefix.delivery.via)
    if via not in _CACHED:
        return not_applicable("no cache delivers it")
    kept = not one.cache_control and Fault("it has no Cache-Control", fact="cache_control")
    return fails_if(
        kept, *_packed(one), *(_nameless(one) if via == "content-addressed" else ()), expected="all of them"
    )


def _packed(one: ObjectPosture) -> Iterator[Fault]:
    encoding = one.of_key(packing)
    if encoding is None or encoding in encodings(one):
        return
    if stated_type(one).media_type in one.of_key(types_inside):
        told = f"it is packed under the type of what is inside, without Content-Encoding: {encoding}"
        yield Fault(told, fact="content_encoding")


def _nameless(one: ObjectPosture) -> Iterator[Fault]:
    if not stated_type(one).media_type.startswith(SHOWN_BY_BROWSERS) and not one.content_disposition:
        yield Fault(
            "readers save it under its hash, for want of Content-Disposition", fact="content_disposition"
        )
