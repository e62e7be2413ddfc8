"""Would S3 refuse one of a rule's actions, each taken alone?"""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Final

from bucketwright.contract.lifecycle.causes import Cause, argument, malformed, request
from bucketwright.contract.lifecycle.classes import EARLIEST_DAYS, NEVER_TARGETS, TARGETS
from bucketwright.contract.lifecycle.rules import Rule
from bucketwright.plain_text import shown

LARGEST_COUNT: Final = 2**31 - 1
"""The API's Integer has 32 bits."""

MOST_NEWER_VERSIONS: Final = 100
"""As documented. S3 was once seen to accept 500, which no page promises."""


def action_causes(rule: Rule) -> Iterator[Cause]:
    actions = (rule.transitions, rule.noncurrent_transitions)
    single = (rule.expiration, rule.noncurrent_expiration, rule.abort)
    if not any(actions) and all(action is None for action in single):
        yield request("At least one action needs to be specified in a rule")
    yield from _transitions(rule)
    yield from _noncurrent_transitions(rule)
    yield from _expiration(rule)
    yield from _noncurrent_expiration(rule)
    yield from _abort(rule)


def _transitions(rule: Rule) -> Iterator[Cause]:
    for transition in rule.transitions:
        yield from _target(transition.storage_class, "Transition")
        if (transition.days is None) == (transition.date is None):
            yield malformed("a Transition holds exactly one of Days and Date")
        yield from _age(transition.storage_class, transition.days, "Transition", "Days")
        yield from _midnight(transition.date)


def _noncurrent_transitions(rule: Rule) -> Iterator[Cause]:
    action = "NoncurrentVersionTransition"
    for transition in rule.noncurrent_transitions:
        yield from _target(transition.storage_class, action)
        if transition.days is None:
            yield malformed(f"a {action} needs NoncurrentDays")
        yield from _age(transition.storage_class, transition.days, action, "NoncurrentDays")
        yield from _newer(rule, transition.newer_versions, action)


def _expiration(rule: Rule) -> Iterator[Cause]:
    expiration = rule.expiration
    if expiration is None:
        return
    forms = (expiration.days, expiration.date, expiration.expired_marker)
    if sum(form is not None for form in forms) != 1:
        yield malformed("an Expiration holds exactly one of Days, Date and ExpiredObjectDeleteMarker")
    yield from _positive(expiration.days, "Expiration", "Days")
    yield from _midnight(expiration.date)
    if expiration.expired_marker is not None:
        yield from _prefix_only(rule, "ExpiredObjectDeleteMarker")


def _noncurrent_expiration(rule: Rule) -> Iterator[Cause]:
    action = "NoncurrentVersionExpiration"
    if rule.noncurrent_expiration is None:
        return
    if rule.noncurrent_expiration.days is None:
        yield malformed(f"a {action} needs NoncurrentDays")
    yield from _positive(rule.noncurrent_expiration.days, action, "NoncurrentDays")
    yield from _newer(rule, rule.noncurrent_expiration.newer_versions, action)


def _abort(rule: Rule) -> Iterator[Cause]:
    action = "AbortIncompleteMultipartUpload"
    if rule.abort is None:
        return
    if rule.abort.days is None:
        yield malformed(f"an {action} needs DaysAfterInitiation")
    yield from _positive(rule.abort.days, action, "DaysAfterInitiation")
    yield from _prefix_only(rule, action)


def _target(storage_class: str | None, action: str) -> Iterator[Cause]:
    if storage_class in NEVER_TARGETS:
        yield argument(f"Invalid target Storage class for {action} action")
    elif storage_class not in TARGETS:
        found = "no StorageClass" if storage_class is None else f"StorageClass {shown(storage_class)}"
        yield malformed(f"a {action} names one of {', '.join(TARGETS)}; found {found}")


def _age(storage_class: str | None, days: int | None, action: str, field: str) -> Iterator[Cause]:
    earliest = EARLIEST_DAYS.get(storage_class or "", 0)
    if days is None:
        return
    if days < 0:
        yield argument(f"'{field}' in {action} action must be nonnegative")
    elif days < earliest:
        yield argument(
            f"'{field}' in {action} action must be greater than or equal to {earliest} "
            f"for storageClass '{storage_class}'",
        )
    yield from _integer(days, action, field)


def _positive(count: int | None, action: str, field: str) -> Iterator[Cause]:
    if count is None:
        return
    if count <= 0:
        yield argument(f"'{field}' for {action} action must be a positive integer")
    yield from _integer(count, action, field)


def _integer(count: int, action: str, field: str) -> Iterator[Cause]:
    if count > LARGEST_COUNT:
        yield malformed(f"'{field}' for {action} action must not exceed {LARGEST_COUNT}")


def _newer(rule: Rule, count: int | None, action: str) -> Iterator[Cause]:
    if count is None:
        return
    if rule.filter is None:
        yield request("NewerNoncurrentVersions element can only be used in Lifecycle V2.")
    if count <= 0:
        yield argument(f"'NewerNoncurrentVersions' for {action} action must be a positive integer")
    if count > MOST_NEWER_VERSIONS:
        yield argument(f"'NewerNoncurrentVersions' for {action} action must not exceed {MOST_NEWER_VERSIONS}")


def _midnight(date: datetime | None) -> Iterator[Cause]:
    if date is not None and date.time() != time.min:
        yield argument("'Date' must be at midnight GMT")


def _prefix_only(rule: Rule, action: str) -> Iterator[Cause]:
    if rule.has_tags:
        yield request(f"{action} cannot be specified with Tags.")
    if rule.has_size:
        yield request(f"{action} cannot be specified with Object Size.")
