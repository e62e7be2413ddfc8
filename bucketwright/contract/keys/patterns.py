"""A template's keys in three other languages: IAM's, the lifecycle's and the notifications'."""

import re
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote_plus

_EVENT_SPECIAL = re.compile(r"[*\\]")
_STARS = re.compile(r"\*{2,}")
_IAM_SPECIAL = re.compile(r"[*?$]")
# The marks S3 calls safe in keys; a notification filter spells everything else percent-encoded.
_UNENCODED = "/!-_.*'()"


class LifecyclePrefix(NamedTuple):
    """A lifecycle filter's literal prefix; `exact` where it selects the template's keys and no others."""

    prefix: str
    exact: bool


class NotificationFilter(NamedTuple):
    """A notification filter's prefix and suffix, as S3 wants them encoded; `exact` as in a lifecycle's."""

    prefix: str
    suffix: str
    exact: bool


def iam_literal(text: str) -> str:
    """Spell literal text for a resource ARN or a StringLike value: no wildcard, no policy variable."""
    return _IAM_SPECIAL.sub(lambda match: "${" + match[0] + "}", text)


def iam_pattern(parts: list[str | None]) -> str:
    """Spell a pattern of literal texts, with None where anything may stand."""
    spelled = "".join("*" if part is None else iam_literal(part) for part in parts)
    return _STARS.sub("*", spelled)


def event_pattern(parts: list[str | None]) -> str:
    """Spell the same as a wildcard of EventBridge, which escapes with a backslash."""
    runs = groupby(parts, key=lambda part: part is None)
    return "".join(
        "*" if anything else _EVENT_SPECIAL.sub(r"\\\g<0>", "".join(filter(None, run)))
        for anything, run in runs
    )


def notification_text(text: str) -> str:
    """Spell a prefix or suffix as a notification filter does: a space as `+`, other marks in percent code."""
    return quote_plus(text, safe=_UNENCODED)
