"""Are CORS origins what browsers send: a scheme, a host, perhaps a port, and nothing behind?"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bucketwright.contract.problems import Fault
from bucketwright.plain_text import shown

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket

_ORIGIN = re.compile(
    r"[a-z][a-z0-9+.-]*://(?:[A-Za-z0-9*_-]+(?:\.[A-Za-z0-9*_-]+)*|\[[0-9a-f:.]+\])(?::(?:[0-9]{1,5}|\*))?"
)
_MOST_RULES = 100


def origins(bucket: "Bucket") -> Iterator[Fault]:
    """Origins that no browser would ever send, or that S3 refuses."""
    if len(bucket.cors) > _MOST_RULES:
        yield Fault(("cors",), f"a bucket has at most {_MOST_RULES} CORS rules, found {len(bucket.cors)}")
    for index, rule in enumerate(bucket.cors):
        for place, origin in enumerate(rule.origins):
            if message := _fault(origin):
                path = ("cors", index, "origins", place)
                yield Fault(path, message, (), "such as https://app.example.com")
        for place, header in enumerate(rule.headers):
            if header.count("*") > 1:
                yield Fault(("cors", index, "headers", place), f"{shown(header)} has more than one *")


def _fault(origin: str) -> str:
    if origin == "*":
        return ""
    if origin.count("*") > 1:
        return f"{shown(origin)} has more than one *"
    if _ORIGIN.fullmatch(origin):
        return ""
    if "://" not in origin:
        return f"{shown(origin)} has no scheme"
    if "/" in origin.split("://", 1)[1]:
        return f"{shown(origin)} goes on behind the host; an origin has no path and no slash at its end"
    return f"{shown(origin)} is not an origin"
