import re
from collections.abc import Iterator
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.cors import CorsRule
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.rules.statements import some_of
from bucketwright.verdicts import MEDIUM, Verdict, fails_if

_CHANGING: Final = ("DELETE", "POST", "PUT")
_OWN: Final = re.compile(r"[^*]*\*(?:(?:\.[^*.:/]+){2,}(?::[0-9]+)?|://[^*/]+)|[^*]+://[^*/]+:\*")
"""Wildcards that no stranger's page meets: below a domain, for the scheme or for the port."""


def _one(*origins: str, methods: tuple[str, ...] = ("GET",), headers: tuple[str, ...] = ()) -> CorsRule:
    return CorsRule(origins, methods, headers)


_APP = _one("https://app.example.com", methods=("GET", "PUT"), headers=("*",))


@rule(
    "cors-open",
    severity=MEDIUM,
    tier=BASELINE,
    reads=["cors"],
    examples=lambda: [
        good(cors=()),
        good(cors=(_APP,)),
        good(cors=(_one("*", methods=("GET", "HEAD"), headers=("content-type", "x-amz-*")),)),
        good(cors=(_one("https://*.example.com", "https://*.example.com:8443", methods=("PUT",)),)),
        good(cors=(_one("http*://app.example.com", "https://app.example.com:*", methods=("POST",)),)),
        bad(cors=(_one("*", methods=("PUT",)),)),
        bad(cors=(_one("*", methods=("GET", "POST")),)),
        bad(cors=(_one("https://*", methods=("DELETE",)),)),
        bad(cors=(_one("*", headers=("*",)),)),
        bad(cors=(_APP, _one("https://app.example.com", "https://*example.com", methods=("PUT",)))),
        bad(cors=(_one("https://app.example.*", methods=("PUT",)),)),
        bad(cors=(_one("https://*.com", methods=("PUT",)),)),
        bad(cors=(_one("null", methods=("PUT",)),)),
    ],
)
def cors_open(bucket: BucketPosture, _: Estate) -> Verdict:
    """Pages of strangers neither change objects from a browser nor send what headers they like.

    **Why.** With `*` any page your users visit may send requests to the bucket and read the answers, with
    whatever access they have from where they sit: a signed link in a log, an address the policy trusts. A
    wildcard that a stranger's host can meet, such as `https://*example.com`, is no better.

    **Fix.** Name the origins under `cors`, such as `https://app.example.com`, or a domain of yours as
    `https://*.example.com`; under `headers` name those your pages send.

    **Exempt it when** the bucket holds only what everybody may have, and uploads come with signed links only.
    """
    faults = (fault for number, one in enumerate(bucket.cors, start=1) for fault in _faults(number, one))
    return fails_if(*faults, expected="origins of your own")


@cors_open.fix(is_safe=False)
def drop(bucket: BucketPosture, _: Estate) -> Change:
    """Takes the open rules out; pages that need them fail until there are rules that name their origins."""
    return change(bucket, "cors", tuple(one for one in bucket.cors if not any(_faults(0, one))))


def is_anybodys(origin: str) -> bool:
    """Whether a page of a stranger can have such an origin; that of any sandboxed frame is `null`."""
    return origin == "null" or ("*" in origin and not _OWN.fullmatch(origin))


def _faults(number: int, one: CorsRule) -> Iterator[str]:
    strange = some_of([origin for origin in one.origins if is_anybodys(origin)])
    methods = [method for method in one.methods if method in _CHANGING]
    if strange and methods:
        yield f"rule {number} lets pages of {strange} send {', '.join(methods)}"
    if strange and "*" in one.headers:
        yield f"rule {number} lets pages of {strange} send any header"
