from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.rules.statements import some_of
from bucketwright.verdicts import LOW, Verdict, fails_if, not_applicable

_WANTED: Final = {"owner": [], "stage": ["prod", "test"], "team": "storage"}
_ASKED: Final = declares(buckets={"example": {}}, rules={"required_tags": _WANTED})
_KEPT: Final = {"owner": "", "stage": "test", "team": "storage", "more": "x"}


@rule(
    "required-tags",
    severity=LOW,
    tier=BASELINE,
    reads=["tags"],
    examples=lambda: [
        good(around=_ASKED, tags=_KEPT),
        good(around=declares(buckets={"example": {}}), tags={}),
        good(tags={}),
        bad(around=_ASKED, tags={}),
        bad(around=_ASKED, tags={**_KEPT, "stage": "Prod"}),
        bad(around=_ASKED, tags={**_KEPT, "team": ""}),
        bad(around=_ASKED, tags={"Owner": "x", "stage": "test", "team": "storage"}),
        bad(
            around=declares(buckets={"example": {"tags": _KEPT}}, rules={"required_tags": _WANTED}),
            tags={"team": "other"},
        ),
    ],
)
def required_tags(bucket: BucketPosture, estate: Estate) -> Verdict:
    """The bucket carries the tags that the team wants everywhere.

    **Why.** Who pays for it, whom to wake and what it is for stand in its tags. A bucket without them is on
    nobody's bill and in nobody's list.

    **Fix.** Say them under `tags`, for all buckets or for this one. Which there have to be, and with which
    values, stands under `rules: required_tags`; capitals count.

    **Exempt it when** another team owns the bucket and has tags of its own.
    """
    if not estate.terms.required_tags:
        return not_applicable("no tags are asked for")
    return fails_if(*_missing(bucket, estate), expected="the tags of required_tags")


@required_tags.fix(is_safe=False)
def tag(bucket: BucketPosture, estate: Estate) -> Change:
    """Corrects what the contract gives the bucket, or what can have one value alone; where access is decided
    by tags, that changes it."""
    wanted = estate.intended(bucket)
    given = wanted.tags if wanted else {}
    several = estate.terms.required_tags.items()
    values = {key: _value(key, allowed, bucket.tags, given) for key, allowed in several}
    known = {key: value for key, value in values.items() if value is not None}
    return change(bucket, "tags", {**bucket.tags, **known})


def _missing(bucket: BucketPosture, estate: Estate) -> Iterator[str]:
    for key, allowed in estate.terms.required_tags.items():
        found = bucket.tags.get(key)
        if found is None:
            yield f"it has no tag {shown(key)}"
        elif not _allows(allowed, found):
            yield f"its tag {shown(key)} is {shown(found)}, not {some_of(allowed)}"


def _value(key: str, allowed: Sequence[str], *sources: Mapping[str, str]) -> str | None:
    """The first that is allowed; of one alone, that."""
    stated = (one[key] for one in sources if key in one and _allows(allowed, one[key]))
    return next(stated, allowed[0] if len(allowed) == 1 else None)


def _allows(allowed: Sequence[str], value: str) -> bool:
    """Where no value is named, any will do."""
    return not allowed or value in allowed
