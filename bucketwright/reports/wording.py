"""In which words is a review told, whatever the format?"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bucketwright.changes.values import ValueChange, value_changes
from bucketwright.contract.words import Severity
from bucketwright.enforcing import blocks
from bucketwright.findings import Finding, Subject
from bucketwright.plain_text import clipped, counted, printable, shown
from bucketwright.plan import UNKNOWN_INPUT
from bucketwright.rules import catalogue
from bucketwright.rules.engine import ENGINE
from bucketwright.rules.manual import Manual

if TYPE_CHECKING:
    from bucketwright.changes.resources import ResourceChange
    from bucketwright.changes.retention import Leaving, RetentionChange
    from bucketwright.contract.cost.differences import Difference
    from bucketwright.contract.model import Exemption
    from bucketwright.review import Changes, Review

SYMBOLS = {"create": "+", "delete": "-", "update": "~"}
_MOST_SHIFTS = 5
_MOST_VALUES = 3
_LONGEST_VALUE = 40
_LONGEST_PATH = 80


def manual(rule_id: str) -> Manual:
    """The manual page of a rule, or of a verdict of the engine."""
    rule = catalogue().get(rule_id)
    return ENGINE[rule_id].manual if rule is None else rule.manual


def severity(rule_id: str) -> Severity:
    """How grave a rule, or a verdict of the engine, usually is."""
    rule = catalogue().get(rule_id)
    return ENGINE[rule_id].severity if rule is None else rule.severity


def verdict_line(review: "Review") -> str:
    """The whole in one line."""
    return ", ".join(_tallies(review))


def sentence(text: str) -> str:
    """The text with a capital at its beginning; names in it stay as they are written."""
    return f"{text[:1].upper()}{text[1:]}"


def weight(finding: Finding, review: "Review") -> str:
    """How grave a finding is and what it does: `high, blocks`."""
    effect = "blocks" if blocks(finding, review.terms) else "warns"
    was = review.changes is not None and finding.fingerprint in review.changes.findings.worse
    return f"{finding.severity}, {effect}{', worse than before' if was else ''}"


def _tallies(review: "Review") -> Iterator[str]:
    blocking = len(review.blocking)
    warnings = len(review.failing) - blocking
    if blocking:
        yield f"{counted(blocking, 'finding')} that block{'s' if blocking == 1 else ''}"
    elif not warnings:
        yield "no findings"
    if warnings:
        yield counted(warnings, "warning")
    if review.unknown:
        yield f"{len(review.unknown)} not decided"
    if review.exempted:
        yield f"{len(review.exempted)} exempted"
    changes = review.changes
    if changes is not None:
        found = changes.findings
        yield f"{len(found.new)} new and {len(found.fixed)} fixed since {printable(changes.reference)}"
        if changes.cost is not None and changes.cost.delta:
            yield f"{dollars(changes.cost.delta)} a month"


def subject(about: Subject) -> str:
    """Whom a finding is about: `bucket files`, `object 'a.txt' in bucket files`."""
    kind, _, identifier = about.address.partition(":")
    named = kind.replace("_", " ")
    if not about.key:
        return f"{named} {printable(identifier)}"
    within, _, version = identifier.removesuffix(f"/{about.key}").partition("@")
    of = f" version {printable(version)}" if version and kind == "object" else ""
    return f"{named} {shown(about.key)}{of} in bucket {printable(within)}"


def seen(finding: Finding) -> str:
    """What is wrong, or why it is not known."""
    return printable(finding.seen or finding.because)


def kept(change: "RetentionChange") -> str:
    """What becomes of the objects of a prefix, and what would have become of them."""
    to = f" to {printable(change.to)}" if change.to else ""
    now, then = _after(change.after), _after(change.before)
    first = f"; the first on {change.first}" if change.first and change.is_earlier else ""
    if change.leaving is not None:
        return f"{printable(change.bucket)}: {_LEAVING[change.leaving]}"
    where = f"{printable(change.bucket)} {shown(change.prefix)}"
    whom = "" if change.whom == "all" else f" {change.whom}"
    if change.unsure:
        return f"{where}: not decided, {printable(change.unsure)}"
    return f"{where}: {change.event}{to}{whom} {now}, was {then}{first}"


_LEAVING: Final[Mapping["Leaving", str]] = {
    "deleted": "all objects are deleted with the bucket, whatever was declared of them",
    "kept": "all objects stay, and while there is one the bucket cannot be deleted",
    "protected": "all objects stay, for the bucket is protected and the deployment is refused",
}


def cost(changes: "Changes") -> Iterator[str]:
    """What it will cost a month, and the lines that change most."""
    if changes.cost_unknown:
        yield f"not decided, {printable(changes.cost_unknown)}"
    difference = changes.cost
    if difference is None or not difference.shifts:
        return
    yield _total(difference)
    for shift in (one for one in difference.shifts[:_MOST_SHIFTS] if round(one.delta, 2)):
        where = printable("/".join(filter(None, (shift.bucket, shift.prefix))))
        yield f"{where}, {printable(shift.what)}: {dollars(shift.delta)}"


def _total(difference: "Difference") -> str:
    total = f"${difference.after:,.2f} a month, {dollars(difference.delta)}"
    return total if difference.same_prices else f"{total}, of which a part is other prices"


def dollars(delta: Decimal) -> str:
    """An amount more or less."""
    return f"{'-' if delta < 0 else '+'}${abs(delta):,.2f}"


def changed(change: "ResourceChange") -> str:
    """One resource that changes: `~ s3.Bucket files: tags.team 'web' -> 'data'`."""
    about = f"{short_type(change.resource.type)} {change.resource.name}"
    named = f"{SYMBOLS[change.does]} {printable(about)}"
    values = list(value_changes(change))
    told = [_altered(one) for one in values[:_MOST_VALUES]] or list(map(printable, change.properties))
    more = f" and {len(values) - _MOST_VALUES} more" if len(values) > _MOST_VALUES else ""
    return f"{named}: {', '.join(told)}{more}" if told else named


def _altered(one: ValueChange) -> str:
    return f"{clipped(one.path, _LONGEST_PATH)} {_valued(one.before)} -> {_valued(one.after)}"


def _valued(value: object) -> str:
    """A value of a resource in a line."""
    match value:
        case _ if value == UNKNOWN_INPUT:
            return "not known yet"
        case float() if value.is_integer():
            return str(int(value))
        case Mapping() | list() | tuple():
            text = json.dumps(value, ensure_ascii=False, default=str)
            return clipped(text.replace(f'"{UNKNOWN_INPUT}"', "not known yet"), _LONGEST_VALUE)
    return shown(value, _LONGEST_VALUE)


def short_type(token: str) -> str:
    """A type as programs write it: `s3.Bucket`, and without a module for components."""
    parts = token.split(":")
    if parts[:-1] == ["pulumi", "providers"]:
        return f"provider {parts[-1]}"
    module = parts[1].partition("/")[0] if len(parts) > 2 else "index"
    return parts[-1] if module == "index" else f"{module}.{parts[-1]}"


def exemption(one: "Exemption", today: date) -> str:
    """Which rule does not hold where, until when, who answers for it."""
    about = "/".join(filter(None, (one.bucket, one.prefix))) or (
        f"role {one.role}" if one.role else "everything"
    )
    days = (one.expires - today).days
    if days < 0:
        when = f"ended {counted(-days, 'day')} ago, on {one.expires}"
    else:
        when = f"until {one.expires}" if days else "until today"
    return f"{one.rule} for {about} {when}, {printable(one.owner)}: {printable(one.reason)}"


def _after(days: int | None) -> str:
    return "never" if days is None else f"after {counted(days, 'day')}"
