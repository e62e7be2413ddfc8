"""May a page of another origin send this request to the bucket, by the CORS that the contract declares?

As S3 answers: of several rules the first decides that has origin, method and all headers.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from bucketwright.contract.buckets import Cors
from bucketwright.plain_text import shown
from bucketwright.storage.errors import Refused

ETAG: Final = "ETag"
_SET_BY_BROWSERS: Final = frozenset({"content-length", "host"})
"""No page sets them, so nobody asks for leave."""
_PLAIN: Final = re.compile(r"(text/plain|multipart/form-data)(;.*)?")
"""Types that a page may send without leave."""


def keep_page(
    rules: Sequence[Cors], origin: str, method: str, headers: Mapping[str, str], *, reads_etag: bool = False
) -> None:
    """Raises where a page of that origin may not send such a request, or not read the ETag it gets."""
    needed = _asked_for(headers)
    of_origin = [rule for rule in rules if _fits(rule.origins, origin)]
    if not of_origin:
        named = ", ".join(dict.fromkeys(one for rule in rules for one in rule.origins)) or "none"
        raise Refused(f"no page of {shown(origin)} may ask this bucket: its cors allows {named}")
    of_method = [rule for rule in of_origin if method in rule.methods]
    if not of_method:
        raise Refused(
            f"no page of {shown(origin)} may send a {method}: add it to the methods of that cors rule"
        )
    first = next((rule for rule in of_method if not _missing(rule, needed)), None)
    if first is None:
        missing = ", ".join(_missing(of_method[0], needed))
        raise Refused(
            f"no page of {shown(origin)} may send {missing}: add it to the headers of that cors rule"
        )
    if reads_etag and not _fits([one.lower() for one in first.expose], ETAG.lower()):
        raise Refused(
            f"no page of {shown(origin)} may read {ETAG}, by which parts are named: add it to expose"
        )


def _asked_for(headers: Mapping[str, str]) -> frozenset[str]:
    """Those that a browser asks the server for leave to send."""
    named = {name.lower(): text for name, text in headers.items()}
    if _PLAIN.fullmatch(named.get("content-type", "")):
        del named["content-type"]
    return frozenset(named) - _SET_BY_BROWSERS


def _missing(rule: Cors, needed: Collection[str]) -> list[str]:
    allowed = [one.lower() for one in rule.headers]
    return sorted(name for name in needed if not _fits(allowed, name))


def _fits(patterns: Sequence[str], text: str) -> bool:
    """Whether one of them is the text, or has a single * in place of some of it."""
    return any(_fits_one(one, text) for one in patterns)


def _fits_one(pattern: str, text: str) -> bool:
    head, star, tail = pattern.partition("*")
    if not star:
        return pattern == text
    return len(text) >= len(head) + len(tail) and text.startswith(head) and text.endswith(tail)
