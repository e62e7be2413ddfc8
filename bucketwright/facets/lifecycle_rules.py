"""Lifecycle rules in one form, however a plan spells them, and as arguments of their resource."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from bucketwright.contract.lifecycle.reading import ReadingError, moment
from bucketwright.contract.lifecycle.rules import (
    Abort,
    Expiration,
    Filter,
    NoncurrentExpiration,
    NoncurrentTransition,
    Predicates,
    Rule,
    Transition,
)
from bucketwright.facets.declaring import given
from bucketwright.facets.facet import Args
from bucketwright.facets.filters import ALL, filter_args, merged, rule_filter, tags_of
from bucketwright.facets.said import Said
from bucketwright.posture import Undetermined, Unknown


def normal(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The same meaning in one spelling: by id, with one filter each; their order means nothing to S3."""
    found = tuple(map(_normal, rules))
    alike = Counter(rule.id or "" for rule in found)
    ranked = sorted(found, key=lambda rule: (rule.id or "", repr(rule) if alike[rule.id or ""] > 1 else ""))
    return tuple(replace(rule, number=number) for number, rule in enumerate(ranked, start=1))


def planned_rule(said: Said) -> Rule:
    """A rule of a lifecycle resource."""
    expiring = said.part("noncurrentVersionExpiration")
    aborting = said.part("abortIncompleteMultipartUpload")
    return Rule(
        number=0,
        id=said.text("id"),
        status=said.needed("status", said.text("status")),
        filter=Filter(rule_filter(said)),
        transitions=tuple(_transitions(said)),
        noncurrent_transitions=tuple(_noncurrent_transitions(said, "noncurrentDays")),
        expiration=_expiration(said.part("expiration")),
        noncurrent_expiration=None
        if expiring is None
        else _noncurrent_expiration(expiring, "noncurrentDays"),
        abort=None if aborting is None else Abort(aborting.number("daysAfterInitiation")),
    )


def inline_rule(said: Said) -> Rule:
    """A rule as the bucket itself once took it."""
    expiring, days = (
        said.part("noncurrentVersionExpiration"),
        said.number("abortIncompleteMultipartUploadDays"),
    )
    return Rule(
        number=0,
        id=said.text("id"),
        status="Enabled" if said.needed("enabled", said.flag("enabled")) else "Disabled",
        filter=Filter(Predicates(said.text("prefix") or None, tags_of(said.map("tags")))),
        transitions=tuple(_transitions(said)),
        noncurrent_transitions=tuple(_noncurrent_transitions(said, "days")),
        expiration=_expiration(said.part("expiration")),
        noncurrent_expiration=None if expiring is None else _noncurrent_expiration(expiring, "days"),
        abort=Abort(days) if days else None,
    )


def rule_args(rule: Rule) -> Args:
    """A rule in normal form as the lifecycle resource takes it."""
    return given(
        id=rule.id,
        status=rule.status,
        filter=filter_args(merged(rule.predicates)),
        expiration=rule.expiration and _expiration_args(rule.expiration),
        transitions=[_transition_args(one) for one in rule.transitions] or None,
        noncurrent_version_expiration=rule.noncurrent_expiration
        and _noncurrent_args(rule.noncurrent_expiration),
        noncurrent_version_transitions=[
            {**_noncurrent_args(one), "storage_class": one.storage_class}
            for one in rule.noncurrent_transitions
        ]
        or None,
        abort_incomplete_multipart_upload=rule.abort and {"days_after_initiation": rule.abort.days},
    )


def _normal(rule: Rule) -> Rule:
    chosen, expiration = merged(rule.predicates), rule.expiration
    if expiration is not None:
        expiration = replace(expiration, expired_marker=expiration.expired_marker or None)
    return replace(
        rule,
        number=0,
        prefix=None,
        filter=Filter(chosen) if chosen.count <= 1 else Filter(ALL, chosen),
        transitions=tuple(sorted(rule.transitions, key=_rank)),
        noncurrent_transitions=tuple(sorted(rule.noncurrent_transitions, key=_rank)),
        expiration=None if expiration == Expiration() else expiration,
    )


def _rank(one: Transition | NoncurrentTransition) -> tuple[int, str]:
    return (-1 if one.days is None else one.days, repr(one))


def _transitions(said: Said) -> Iterator[Transition]:
    for one in said.parts("transitions"):
        yield Transition(one.needed("storageClass", one.text("storageClass")), one.number("days"), _date(one))


def _noncurrent_transitions(said: Said, days: str) -> Iterator[NoncurrentTransition]:
    for one in said.parts("noncurrentVersionTransitions"):
        storage_class = one.needed("storageClass", one.text("storageClass"))
        newer = one.number("newerNoncurrentVersions")
        yield NoncurrentTransition(storage_class, one.needed(days, one.number(days)), newer)


def _noncurrent_expiration(said: Said, days: str) -> NoncurrentExpiration:
    return NoncurrentExpiration(said.needed(days, said.number(days)), said.number("newerNoncurrentVersions"))


def _expiration(said: Said | None) -> Expiration | None:
    if said is None:
        return None
    marker = said.flag("expiredObjectDeleteMarker")
    return Expiration(said.number("days") or None, _date(said), marker)


def _date(said: Said) -> datetime | None:
    text = said.text("date")
    try:
        return moment(text, "date") if text else None
    except ReadingError as error:
        raise Undetermined(f"{said.path}.date", Unknown(error.problem)) from None


def _expiration_args(expiration: Expiration) -> Args:
    date = expiration.date and _spelled(expiration.date)
    return given(days=expiration.days, date=date, expired_object_delete_marker=expiration.expired_marker)


def _transition_args(one: Transition) -> Args:
    return given(days=one.days, date=one.date and _spelled(one.date), storage_class=one.storage_class)


def _noncurrent_args(one: NoncurrentTransition | NoncurrentExpiration) -> Args:
    return given(noncurrent_days=one.days, newer_noncurrent_versions=one.newer_versions)


def _spelled(date: datetime) -> str:
    """A date as S3 gives it back: midnight in UTC."""
    return date.strftime("%Y-%m-%dT%H:%M:%SZ")
