"""In which words is a review told, whatever the format?"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from bucketwright.changes.access import AccessChange
from bucketwright.changes.resources import ResourceChange
from bucketwright.changes.retention import RetentionChange
from bucketwright.contract.cost import Difference
from bucketwright.contract.model import Exemption
from bucketwright.contract.terms import Severity
from bucketwright.findings import Finding, Subject
from bucketwright.plain_text import printable, shown
from bucketwright.review import Changes, Review
from bucketwright.rules import catalogue
from bucketwright.rules.engine import ENGINE
from bucketwright.rules.manual import Manual

SYMBOLS = {"create": "+", "delete": "-", "update": "~"}
_MOST_PATTERNS = 3
_MOST_SHIFTS = 5


def counted(number: int, noun: str) -> str:
    """A number and its noun: `1 prefix`, `2 prefixes`."""
    plural = f"{noun}es" if noun.endswith("x") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


def manual(rule_id: str) -> Manual:
    """The manual page of a rule, or of a verdict of the engine."""
    rule = catalogue().get(rule_id)
    return ENGINE[rule_id].manual if rule is None else rule.manual


def severity(rule_id: str) -> Severity:
    """How grave a rule, or a verdict of the engine, usually is."""
    rule = catalogue().get(rule_id)
    return ENGINE[rule_id].severity if rule is None else rule.severity


def verdict_line(review: Review) -> str:
    """The whole in one line."""
    return ", ".join(_tallies(review))


def _tallies(review: Review) -> Iterator[str]:
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
    """Whom a finding is about: `bucket files`."""
    kind, _, identifier = about.address.partition(":")
    named = f"{kind.replace('_', ' ')} {printable(identifier)}"
    return f"{named} key {shown(about.key)}" if about.key else named


def seen(finding: Finding) -> str:
    """What is wrong, or why it is not known."""
    return printable(finding.seen or finding.because)


def reached(change: AccessChange) -> Iterator[str]:
    """What somebody gains and loses, a line each."""
    who = f"{printable(change.who)} {change.verb} on {printable(change.bucket)}"
    for word, patterns, example in (
        ("gains", change.gained, change.gained_example),
        ("loses", change.lost, change.lost_example),
    ):
        if patterns:
            such = f", such as {shown(example)}" if example else ""
            yield f"{who} {word} {_several(patterns)}{such}"
    if change.unsure:
        yield f"{who}: not decided, {printable(change.unsure)}"


def kept(change: RetentionChange) -> str:
    """What becomes of the objects of a prefix, and what would have become of them."""
    to = f" to {printable(change.to)}" if change.to else ""
    now, then = _after(change.after), _after(change.before)
    first = f"; the first on {change.first}" if change.first and change.is_earlier else ""
    where = f"{printable(change.bucket)} {shown(change.prefix)}"
    whom = "" if change.whom == "all" else f" {change.whom}"
    if change.unsure:
        return f"{where}: not decided, {printable(change.unsure)}"
    return f"{where}: {change.event}{to}{whom} {now}, was {then}{first}"


def cost(changes: Changes) -> Iterator[str]:
    """What it will cost a month, and the lines that change most."""
    if changes.cost_unknown:
        yield f"not decided, {printable(changes.cost_unknown)}"
    difference = changes.cost
    if difference is None or not difference.shifts:
        return
    yield _total(difference)
    for shift in difference.shifts[:_MOST_SHIFTS]:
        where = printable("/".join(filter(None, (shift.bucket, shift.prefix))))
        yield f"{where}, {printable(shift.what)}: {dollars(shift.delta)}"


def _total(difference: Difference) -> str:
    total = f"${difference.after:,.2f} a month, {dollars(difference.delta)}"
    return total if difference.same_prices else f"{total}, of which a part is other prices"


def dollars(delta: Decimal) -> str:
    """An amount more or less."""
    return f"{'-' if delta < 0 else '+'}${abs(delta):,.2f}"


def changed(change: ResourceChange) -> str:
    """One resource that changes: `~ s3.Bucket files: tags`."""
    named = f"{SYMBOLS[change.does]} {short_type(change.resource.type)} {printable(change.resource.name)}"
    return f"{named}: {', '.join(map(printable, change.properties))}" if change.properties else named


def short_type(token: str) -> str:
    """A type as programs write it: `s3.Bucket`, and without a module for components."""
    parts = token.split(":")
    if parts[:-1] == ["pulumi", "providers"]:
        return f"provider {parts[-1]}"
    module = parts[1].partition("/")[0] if len(parts) > 2 else "index"
    return parts[-1] if module == "index" else f"{module}.{parts[-1]}"


def exemption(one: Exemption, today: date) -> str:
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


def _several(patterns: tuple[str, ...]) -> str:
    several = ", ".join(map(shown, patterns[:_MOST_PATTERNS]))
    more = len(patterns) - _MOST_PATTERNS
    return f"{several} and {more} more" if more > 0 else several


def _after(days: int | None) -> str:
    return "never" if days is None else f"after {counted(days, 'day')}"
