from typing import Final

from bucketwright.objects.layout import declared_bucket, declared_places, written_by_aws
from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Estate
from bucketwright.rules.by_key_alone import once
from bucketwright.rules.example_objects import bad, good, says_of_bucket, says_of_docs, says_of_two
from bucketwright.rules.rule import BASELINE, DEPLOYED, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails_if, not_applicable

_CASES: Final = says_of_docs(path="{env}/cases/{case_id:int}/", objects="{name}.pdf")
_LOGS: Final = says_of_bucket(purpose="access-logs", prefixes={"old": {"path": "old/"}})


@rule(
    "object-outside-layout",
    severity=MEDIUM,
    tier=BASELINE,
    lenses=DEPLOYED,
    reads=["key", "is_newest", "bucket"],
    examples=lambda: [
        good(around=says_of_docs(), key="docs/a/b"),
        good(around=_CASES, key="prod/cases/7/a.pdf"),
        good(around=says_of_two({}, {"expire": "7 days"}), key="docs/old/a"),
        good(around=_LOGS, key="files/2026-06-01"),
        good(around=says_of_bucket(), key="a"),
        good(around=says_of_docs(), bucket="bucket:stranger", key="a"),
        good(key="a"),
        good(around=says_of_docs(), key="a", is_newest=False),
        bad(around=says_of_docs(), key="a"),
        bad(around=says_of_docs(), key="docs"),
        bad(around=says_of_docs(), key="Docs/a"),
        bad(around=_CASES, key="dev/cases/7/a.pdf"),
        bad(around=_CASES, key="prod/cases/007/a.pdf"),
        bad(around=_CASES, key="prod/cases/7/a.txt"),
    ],
)
def object_outside_layout(one: ObjectPosture, estate: Estate) -> Verdict:
    """Every object lies under a prefix that the contract declares.

    **Why.** Nothing is said of it: not how long it stays, who may read it or what it is. It never expires, no
    role of the contract reaches it, and nobody misses it until it leaks.

    **Fix.** Move it to where it belongs, or delete it. Declare a prefix for it, where it is meant.

    **Exempt it when** it is left from before the contract, until somebody has sorted it.
    """
    bucket = declared_bucket(one, estate)
    if bucket is None or not bucket.prefixes:
        return not_applicable("the contract declares no layout of the bucket")
    if written_by_aws(one, estate):
        return not_applicable("AWS writes here, under keys of its own choice")
    outside = not declared_places(one, estate) and "no declared prefix owns its key"
    return once(one, fails_if(outside, expected="a key of a declared prefix"))
