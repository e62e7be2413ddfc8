"""Explanations as lines for people and as JSON for scripts."""

from collections.abc import Iterator
from decimal import Decimal
from textwrap import fill

from bucketwright.contract.delivery import DELIVERIES
from bucketwright.contract.explain import Explanation
from bucketwright.contract.lifecycle.simulator import Event
from bucketwright.contract.model import Environment
from bucketwright.contract.names import bucket_name, bucket_region
from bucketwright.contract.quantities import spell_span
from bucketwright.contract.remarks import bucket_remarks
from bucketwright.contract.temp import effective_expiry
from bucketwright.plain_text import counted

_ENDS = frozenset({"expire", "delete_permanently"})
_HAPPENS = {
    "expire": "is deleted",
    "delete_permanently": "is deleted for good",
    "delete_marker": "is hidden by a delete marker; the old version stays",
}


def lines_of_bucket(environment: Environment, bucket_id: str) -> list[str]:
    """A bucket's settings, in the contract's words."""
    bucket = environment.buckets[bucket_id]
    own = bucket.model_dump(mode="json", exclude_defaults=True, exclude={"prefixes", "name", "region"})
    return [
        f"{bucket_id}: {bucket_name(environment, bucket_id)} in {bucket_region(environment, bucket)}",
        *(f"  {name.replace('_', ' '):17} {_plain(value)}" for name, value in own.items()),
        "  what is not listed has its default",
        *(f"  {remark}" for remark in bucket_remarks(environment, bucket_id)),
    ]


def lines_of_prefix(environment: Environment, one: Explanation, *, about_key: bool) -> list[str]:
    """A prefix or key: layout, life, access, cost."""
    return [
        f"{one.key} is in {one.place.address}" if about_key else one.place.address,
        *_layout(one, about_key=about_key),
        "",
        *_life(environment, one),
        "",
        *_who(one, about_key=about_key),
        "",
        *_cost(one),
    ]


def as_json(one: Explanation) -> dict[str, object]:
    """One explanation for scripts."""
    cost = one.cost
    return {
        "address": one.place.address,
        "bucket": one.bucket_name,
        "path": one.place.prefix.path,
        "pattern": one.place.keys.key_pattern(),
        "key": one.key,
        "values": {name: str(value) for name, value in one.values.items()},
        "tags": dict(one.tags),
        "created": one.created.isoformat(),
        "events": [{"at": e.at.isoformat(), "event": e.event, "to": e.to} for e in one.events],
        "access": [
            {
                "grantee": row.access_id,
                "kind": row.kind,
                "verbs": list(row.verbs),
                "refused": list(one.refused.get(row.access_id, ())),
            }
            for row in one.access
        ],
        "cost": cost
        if isinstance(cost, str)
        else {
            "size": one.size,
            "once": f"{cost.once:f}",
            "per_year": None if cost.per_year is None else f"{cost.per_year:f}",
        },
    }


def _layout(one: Explanation, *, about_key: bool) -> Iterator[str]:
    prefix = one.place.prefix
    yield f"  bucket     {one.bucket_name}"
    yield f"  keys       {prefix.path}{prefix.objects or '...'}"
    yield f"  pattern    {one.place.keys.key_pattern()}"
    if about_key and one.values:
        yield f"  values     {', '.join(f'{name} = {value}' for name, value in one.values.items())}"
    if prefix.types or prefix.extensions:
        yield f"  takes      {', '.join((*prefix.types, *prefix.extensions))}"
    if prefix.max_size is not None:
        yield f"  at most    {prefix.max_size:,} bytes an object"
    clash = f", a clash is answered with {prefix.write.on_clash}" if prefix.write.mode == "create" else ""
    yield f"  written    {prefix.write.mode}{clash}"
    for name, value in one.tags.items():
        yield f"  tagged     {name} = {value}"
    why = fill(DELIVERIES[prefix.delivery.via].why, 80, initial_indent=" " * 13, subsequent_indent=" " * 13)
    yield f"  delivery   {prefix.delivery.via}"
    yield from why.split("\n")


def _life(environment: Environment, one: Explanation) -> Iterator[str]:
    """The timeline: one line drawn, then the days."""
    yield f"Life of an object of {one.size:,} bytes written now:"
    yield f"  {_drawn(one)}"
    yield f"  {one.created.date()}  is written"
    for event in one.events:
        yield f"  {event.at.date()}  {_said(event)}"
    if not one.events or one.events[-1].event not in _ENDS:
        yield "              stays for ever"
    bucket = environment.buckets[one.place.bucket_id]
    if bucket.temp is not None and one.place.prefix.expire is None:
        days = effective_expiry(bucket, one.place.prefix)
        hours = 24 * ((days or 0) + 1)
        ttl, whole = spell_span(bucket.temp.session_ttl), counted(days or 0, "lifecycle day")
        yield f"  A sweeper ends a session after {ttl}. S3, the net below it, counts"
        yield f"  {whole}, rounded up to midnight UTC: up to {hours} hours."


def _drawn(one: Explanation) -> str:
    parts, began = ["STANDARD"], one.created
    for event in one.events:
        days = (event.at.date() - began.date()).days
        parts.append(f"--{days} d--> {event.to or _short(event)}")
        began = event.at
    if not one.events or one.events[-1].event not in _ENDS:
        parts.append("----> for ever")
    return " ".join(parts)


def _short(event: Event) -> str:
    return "deleted" if event.event in _ENDS else "old version"


def _said(event: Event) -> str:
    return f"moves to {event.to}" if event.to else _HAPPENS[event.event]


def _who(one: Explanation, *, about_key: bool) -> Iterator[str]:
    yield "Who may do what:"
    if not one.access:
        yield "  nobody is granted anything here"
    for row in one.access:
        refused = one.refused.get(row.access_id, ()) if about_key else ()
        allowed = [verb for verb in row.verbs if verb not in refused]
        yield f"  {row.access_id} ({row.kind}): {', '.join(allowed) or 'nothing'}"
        if refused:
            yield f"    refused on this key, which looks like another prefix's: {', '.join(refused)}"
        elif not about_key:
            for key in row.lost:
                yield f"    but not keys such as {key}, which look like another prefix's"


def _cost(one: Explanation) -> Iterator[str]:
    yield "Cost of that object:"
    cost = one.cost
    if isinstance(cost, str):
        yield f"  {cost}"
        return
    for stay in cost.stays:
        days = "for ever" if stay.days is None else f"{stay.days.normalize():f} days"
        until = "a year" if stay.days is None else "in all"
        yield f"  {stay.storage_class:20} {days:>12}  {_money(stay.storing)} {until}{_moving(stay.moving)}"


def _moving(paid: Decimal) -> str:
    return f", {_money(paid)} to move there" if paid > 0 else ""


def _money(amount: Decimal) -> str:
    return f"${amount:.6f}" if amount < 1 else f"${amount:.2f}"


def _plain(value: object) -> str:
    match value:
        case dict():
            return ", ".join(f"{name} {_plain(inner)}" for name, inner in value.items())
        case list():
            return "; ".join(map(_plain, value))
        case _:
            return str(value)
