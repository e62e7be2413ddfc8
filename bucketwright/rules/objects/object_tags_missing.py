from collections.abc import Mapping
from typing import Final

from bucketwright.objects.layout import declared_tags, written_by_aws
from bucketwright.objects.postures import ObjectPosture
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import bad, good, says_of_bucket, says_of_docs, says_of_two
from bucketwright.rules.rule import BASELINE, DEPLOYED, Change, change, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails_if, not_applicable

_TAGGED: Final = says_of_docs(tags={"kind": "scan", "from": "mail"})
_BY_TAG: Final = says_of_docs(path="{case_id:int}/docs/", expire="7 days")
_LOGS: Final = says_of_bucket(
    purpose="access-logs", prefixes={"docs": {"path": "docs/", "tags": {"kind": "scan"}}}
)


@rule(
    "object-tags-missing",
    severity=MEDIUM,
    tier=BASELINE,
    lenses=DEPLOYED,
    reads=["tags", "bucket", "key"],
    examples=lambda: [
        good(around=_TAGGED, tags={"kind": "scan", "from": "mail", "more": "x"}),
        good(around=_BY_TAG, key="7/docs/a", tags={"bucketwright:prefix": "docs"}),
        good(around=says_of_docs(), tags={}),
        good(around=_TAGGED, key="elsewhere/a", tags={}),
        good(around=_LOGS, tags={}),
        good(tags={}),
        bad(around=_TAGGED, tags={}),
        bad(around=_TAGGED, tags={"kind": "scan"}),
        bad(around=_TAGGED, tags={"kind": "letter", "from": "mail"}),
        bad(around=_TAGGED, tags={"Kind": "scan", "from": "mail"}),
        bad(around=_BY_TAG, key="7/docs/a", tags={}),
        bad(
            around=says_of_two({"tags": {"a": "b"}}, {"tags": {"a": "b"}}),
            key="docs/old/a",
            tags={},
        ),
    ],
)
def object_tags_missing(one: ObjectPosture, estate: Estate) -> Verdict:
    """Objects carry the tags that their prefix declares.

    **Why.** Where a path has variables in its middle, lifecycle and replication find the prefix's objects by
    a tag: one without it never expires, never moves and is never copied. Programs that write past the client
    forget tags.

    **Fix.** Tag the object with PutObjectTagging, which changes nothing else of it; write through the client,
    or with the tags that `explain` names for the key.

    **Exempt it when** an object is kept past its time on purpose, until that is over.
    """
    if written_by_aws(one, estate):
        return not_applicable("AWS writes here, without tags")
    wanted = declared_tags(one, estate)
    if not wanted:
        return not_applicable("no tags are declared where it lies")
    found = one.tags
    wrong = [_said(name, value, found) for name, value in wanted.items() if found.get(name) != value]
    return fails_if(*wrong, expected=", ".join(f"{name}={value}" for name, value in wanted.items()))


@object_tags_missing.fix(is_safe=False)
def tag(one: ObjectPosture, estate: Estate) -> Change:
    """Adds the declared tags and leaves all others; lifecycle may delete the object by them."""
    return change(one, "tags", {**one.tags, **declared_tags(one, estate)})


def _said(name: str, value: str, found: Mapping[str, str]) -> str:
    if name not in found:
        return f"the tag {name}={value} is missing"
    return f"the tag {name} is {shown(found[name])} and not {shown(value)}"
