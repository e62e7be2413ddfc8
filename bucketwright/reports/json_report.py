"""A review as JSON, for scripts."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from bucketwright.changes.losses import losses
from bucketwright.changes.values import ValueChange, value_changes
from bucketwright.comparing import Known
from bucketwright.enforcing import blocks
from bucketwright.findings import Finding
from bucketwright.plan import is_known, without_unknowns
from bucketwright.reports.exemption_json import exemption
from bucketwright.reports.radius_json import as_json as radius_as_json
from bucketwright.reports.wording import manual
from bucketwright.rules import catalogue
from bucketwright.rules.frameworks import controls

if TYPE_CHECKING:
    from bucketwright.changes.access import AccessChange
    from bucketwright.changes.resources import ResourceChange
    from bucketwright.changes.retention import RetentionChange
    from bucketwright.contract.cost.differences import Difference
    from bucketwright.review import Changes, Place, Review

Json = Mapping[str, object]


def as_json(review: "Review") -> Json:
    """All of a review."""
    return {
        "version": 1,
        "project": review.project,
        "stack": review.stack,
        "date": str(review.today),
        "blocking": len(review.blocking),
        "failing": len(review.failing),
        "unknown": len(review.unknown),
        "exempted": len(review.exempted),
        "findings": [finding(one, review) for one in review.findings if one.status in {"fail", "unknown"}],
        "exemptions": {
            "ended": [exemption(one) for one in review.ended],
            "ending_soon": [exemption(one) for one in review.ending_soon],
            "unused": [exemption(one) for one in review.unused],
        },
        "changes": None if review.changes is None else _changes(review.changes, review.today),
    }


def finding(one: Finding, review: "Review") -> Json:
    """One finding."""
    rule = catalogue().get(one.rule)
    return {
        "rule": one.rule,
        "status": one.status,
        "severity": one.severity,
        "confidence": one.confidence,
        "blocks": blocks(one, review.terms),
        "resource": one.subject.address,
        "name": one.subject.name,
        "key": one.subject.key or None,
        "facts": list(one.facts),
        "seen": [fault.text for fault in one.faults],
        "expected": one.expected,
        "because": one.because or None,
        "contract": place(review.places.get(one.fingerprint)),
        "frameworks": [str(control) for control in controls(rule.maps_to)] if rule else [],
        "fix": manual(one.rule).fix,
        "fingerprint": one.fingerprint,
        "exemption": None if one.exemption is None else exemption(one.exemption),
        "consequences": [finding(inner, review) for inner in one.consequences],
    }


def place(found: "Place | None") -> Json | None:
    """Where the contract speaks of it."""
    if found is None:
        return None
    return {"file": found.file, "line": found.line, "column": found.column, "path": found.path}


def _changes(changes: "Changes", today: date) -> Json:
    found = changes.findings
    return {
        "against": changes.reference,
        "new": [one.fingerprint for one in found.new],
        "fixed": [_known(one) for one in found.fixed],
        "unchanged": [one.fingerprint for one in found.unchanged],
        "worse": {fingerprint: sorted(forms) for fingerprint, forms in found.worse.items()},
        "resources": list(map(_resource, changes.resources)),
        "access": list(map(_access, changes.access)),
        "losses": list(losses(changes.resources)),
        "retention": list(map(_retention, changes.retention)),
        "objects": None if changes.radius is None else radius_as_json(changes.radius, today),
        "cost": None if changes.cost is None else _cost(changes.cost),
        "cost_unknown": changes.cost_unknown or None,
        "exemptions": [exemption(one) for one in changes.exemptions],
    }


def _known(one: Known) -> Json:
    name = {"rule": one.rule, "resource": one.subject.address} if isinstance(one, Finding) else {}
    return {"fingerprint": one.fingerprint, **name}


def _resource(one: "ResourceChange") -> Json:
    return {
        "does": one.does,
        "type": one.resource.type,
        "name": one.resource.name,
        "urn": one.resource.urn,
        "address": one.resource.address,
        "properties": list(one.properties),
        "values": list(map(_value, value_changes(one))),
    }


def _value(one: ValueChange) -> Json:
    """What is unknown is null, and said to be so."""
    return {
        "path": one.path,
        "before": without_unknowns(one.before),
        "after": without_unknowns(one.after),
        "known": is_known(one.before) and is_known(one.after),
    }


def _access(one: "AccessChange") -> Json:
    return {
        "who": one.who,
        "verb": one.verb,
        "bucket": one.bucket,
        "gained": list(one.gained),
        "lost": list(one.lost),
        "gained_example": one.gained_example or None,
        "lost_example": one.lost_example or None,
        "unsure": one.unsure or None,
    }


def _retention(one: "RetentionChange") -> Json:
    return {
        "bucket": one.bucket,
        "prefix": one.prefix,
        "event": one.event,
        "before_days": one.before,
        "after_days": one.after,
        "to": one.to or None,
        "first": None if one.first is None else str(one.first),
        "earlier": one.is_earlier,
        "whom": one.whom,
        "leaving": one.leaving,
        "unsure": one.unsure or None,
    }


def _cost(one: "Difference") -> Json:
    return {
        "before": str(one.before),
        "after": str(one.after),
        "delta": str(one.delta),
        "same_prices": one.same_prices,
        "lines": [
            {
                "bucket": shift.bucket,
                "prefix": shift.prefix,
                "what": shift.what,
                "before": str(shift.before),
                "after": str(shift.after),
            }
            for shift in one.shifts
        ],
    }
