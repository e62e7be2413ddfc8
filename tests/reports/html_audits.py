"""Audits to show on a page: with runs before them, large ones, and one whose every text wants to be more."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bucketwright.audited import Audit, Part
from bucketwright.findings import Finding, Subject
from bucketwright.history import NOTHING, Tally, recalled, remembered
from bucketwright.review import Place
from bucketwright.verdicts import SEVERITIES, Fault
from tests.reports.audits import AUDIT, DRIFT, HIDDEN, KEPT, NOW, THEN
from tests.reports.reviews import EXEMPTION

RUNS: Final = (
    Tally(THEN - timedelta(days=1), {"high": 2, "low": 5}, 1),
    Tally(THEN, {"critical": 1, "high": 1, "medium": 2}),
    Tally(NOW, {"high": 1, "medium": 2, "low": 1}, 1),
)
ACCOUNT: Final = "123456789012"
CLEAN: Final = Audit(NOW, (Part(ACCOUNT, (KEPT,)),), "shop", "prod")
UNSURE: Final = Audit(NOW, (Part(ACCOUNT, (KEPT, HIDDEN)),), "shop", "prod")
WITH_RUNS: Final = replace(
    AUDIT, parts=tuple(replace(one, tallies=RUNS) for one in AUDIT.parts), unused=(EXEMPTION,)
)
RULES_OF_OBJECTS: Final = ("object-content-type-default", "object-unencrypted", "object-public-acl")

HOSTILE: Final = (
    "<script>window.pwned=1</script>",
    '"><img src=x onerror=window.pwned=1>',
    "'><svg/onload=window.pwned=1>",
    "</style><script>window.pwned=1</script>",
    "</title></textarea><iframe src=//evil.example>",
    "<style>@import 'http://evil.example/x.css'</style>",
    "javascript:window.pwned=1//",
    "{{ 7*7 }}{% raw %}",
    "<!-- ]]> <!DOCTYPE x>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<base href=http://evil.example/><a href=x>",
    "a\u202eb\u2066c\u200d\0\x1b[31m\n\r\t\x85\u2028",
    "\ud800",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d" * 40,
    "\u05d0\u05d1\u05d2 \u0645\u0631\u062d\u0628\u0627",
    "x" * 3000,
    "__proto__",
    "&lt;b&gt;&amp;",
    "url(http://evil.example/x.png)",
    "",
)


def large(number: int, buckets: int, text: str = "the type is that of bytes", bloat: str = "") -> Audit:
    """So many findings of objects in so many buckets."""
    found = tuple(
        Finding(
            RULES_OF_OBJECTS[index % 3],
            "fail",
            SEVERITIES[index % 4],
            Subject("object", f"object:files{index % buckets}/{index}", key=f"cases/{index}/{bloat}a.pdf"),
            (Fault(f"{text}, at {index} bytes"),),
            f"a type as its name says{bloat}",
        )
        for index in range(number)
    )
    before = remembered(found[: number // 2], NOTHING, THEN)
    one = Part(ACCOUNT, found, recalled(found, before, NOW), tallies=RUNS)
    return Audit(NOW, (one,), "shop", "prod", since=THEN)


def hostile() -> Audit:
    """Every text that comes from outside, in every place where it is shown."""
    found = tuple(_hostile(number, text) for number, text in enumerate(HOSTILE))
    unread = tuple(replace(HIDDEN, because=f"cors: {text}", aspect=text) for text in HOSTILE)
    exempted = tuple(replace(one, exemption=EXEMPTION, aspect=f"{one.aspect} too") for one in found)
    gone = tuple(replace(one, rule="tls-only", aspect=f"{one.aspect} gone") for one in found)
    whole = (*found, *unread, *exempted)
    one = Part(
        HOSTILE[0],
        whole,
        recalled(whole, remembered(gone, NOTHING, THEN), NOW),
        {f"bucket:{text}": text for text in HOSTILE},
        {f"bucket:{text}": text for text in HOSTILE},
        RUNS,
    )
    places = {one.fingerprint: Place(text, 1, 1, 2) for one, text in zip(found, HOSTILE, strict=True)}
    return Audit(NOW, (one,), HOSTILE[3], HOSTILE[1], places=places, since=THEN)


def _hostile(number: int, text: str) -> Finding:
    """Of an object in a bucket of its own, so that there is a bar for each text."""
    return replace(
        DRIFT,
        severity=SEVERITIES[number % 4],
        subject=Subject("object", f"object:{text}/{number}", text, text, text),
        faults=(Fault(text), Fault(text)),
        expected=text,
        because=text,
        aspect=text,
        consequences=tuple(
            replace(one, subject=Subject("bucket", f"bucket:{text}", text), faults=(Fault(text),))
            for one in DRIFT.consequences
        ),
    )
