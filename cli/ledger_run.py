"""How are a ledger's counts, checks and removals carried out and told?"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import click

from audits.ledger.identity import BucketIdentity, LedgerError
from audits.ledger.opening import open_ledger
from bucketwright.contract.cost.figures import size as in_bytes
from bucketwright.plain_text import counted as number_of
from bucketwright.plain_text import printable, shown
from cli.exits import Exit
from cli.forms import Form
from cli.ledger import Place
from cli.output import Output, Tint

if TYPE_CHECKING:
    from audits.ledger.counting import Counts
    from audits.ledger.ledger import Ledger
    from audits.ledger.manifest import UploadsSeen
    from audits.ledger.verifying import Looked

_WHAT: Final[Mapping[str, str]] = {"head": "HEAD", "acl": "ACL", "tagging": "tags", "lock": "lock"}


def run_stats(output: Output, place: Place, form: Form) -> Exit:
    """Count, and tell."""

    def work(ledger: "Ledger") -> Exit:
        from audits.ledger.counting import counted  # noqa: PLC0415 - brings pyarrow

        found = [counted(ledger, bucket) for bucket in _buckets(ledger, place)]
        if form == "json":
            output.json({"version": 1, "buckets": [_as_data(one) for one in found]}, indent=2)
        else:
            for one in found:
                output.block(_lines(one))
        return Exit.CLEAN if all(one.is_complete for one in found) else Exit.INCOMPLETE

    return _plainly(output, place, work)


def run_verify(output: Output, place: Place, form: Form) -> Exit:
    """Look at every file, and tell."""

    def work(ledger: "Ledger") -> Exit:
        from audits.ledger.verifying import verified  # noqa: PLC0415 - brings pyarrow

        looked = list(verified(ledger.store))
        if not looked:
            raise _NothingKeptError(place)
        bad = [one for one in looked if one.trouble]
        if form == "json":
            data = [{"file": one.name, "trouble": one.trouble} for one in bad]
            output.json({"version": 1, "files": len(looked), "damaged": data}, indent=2)
        else:
            _tell_checked(output, looked, bad)
        return Exit.FINDINGS if bad else Exit.CLEAN

    return _plainly(output, place, work)


def run_forget(output: Output, place: Place, which: tuple[str, str | None], *, sure: bool) -> Exit:
    """Remove what is kept of one bucket, or say what that would be."""

    def work(ledger: "Ledger") -> Exit:
        bucket = _one_of(ledger, *which)
        if not sure:
            raise click.UsageError(f"all that is kept of {shown(str(bucket))} would go: say so with --yes")
        ledger.forget(bucket)
        output.result(f"nothing is kept of {bucket} any more")
        return Exit.CLEAN

    return _plainly(output, place, work)


class _NothingKeptError(LedgerError):
    """There is no ledger there."""

    def __init__(self, place: Place) -> None:
        super().__init__(f"nothing is kept in {printable(place['url'])}")


def _plainly(output: Output, place: Place, work: Callable[["Ledger"], Exit]) -> Exit:
    """What keeps a ledger from being read, said in a sentence."""
    from bucketwright.s3.addresses import AccessError  # noqa: PLC0415 - where it is needed

    try:
        with _opened(place) as ledger:
            return work(ledger)
    except (_NothingKeptError, AccessError) as wrong:
        output.error(str(wrong))
        return Exit.WRONG_USE
    except LedgerError as wrong:
        output.error(str(wrong))
        return Exit.INCOMPLETE


def _opened(place: Place) -> "Ledger":
    if not place["url"].startswith("s3://"):
        return open_ledger(place["url"])
    from bucketwright.s3.sessions import Access, Sessions  # noqa: PLC0415 - brings the SDK

    access = Access(
        profile=place["aws_profile"] or "",
        region=place["region"] or "",
        endpoint_url=place["endpoint_url"] or "",
        plain_http=place["plain_http"],
    )
    return open_ledger(place["url"], Sessions(access))


def _buckets(ledger: "Ledger", place: Place) -> tuple[BucketIdentity, ...]:
    found = ledger.buckets()
    if not found:
        raise _NothingKeptError(place)
    return found


def _one_of(ledger: "Ledger", name: str, server: str | None) -> BucketIdentity:
    """The bucket of that name; wrong use where there is none, or several."""
    several = [one for one in ledger.buckets() if one.name == name and server in {None, one.endpoint}]
    if len(several) == 1:
        return several[0]
    if not several:
        known = ", ".join(printable(str(one)) for one in ledger.buckets()) or "nothing"
        raise click.UsageError(f"nothing is kept of {shown(name)}; there is: {known}")
    places = ", ".join(printable(one.endpoint) or '""' for one in several)
    raise click.UsageError(f"there are several of that name; choose with --at: {places}")


def _lines(one: "Counts") -> Iterator[str]:
    yield str(one.bucket)
    markers = f"; {number_of(one.markers, 'delete marker')}" if one.markers else ""
    yield f"  {one.objects:,} objects, {in_bytes(Decimal(one.size))}{markers}"
    if one.uploads is not None and one.uploads.count:
        least = "at least " if one.uploads.unsized else ""
        several = number_of(one.uploads.count, "unfinished upload")
        yield f"  {several} of {least}{in_bytes(Decimal(one.uploads.size))}, on {_day(one.uploads.seen)}"
    for source, name in _WHAT.items():
        if one.asked[source]:
            yield f"  {name} known of {one.asked[source]:,}"
    if one.oldest_head is not None:
        yield f"  oldest HEAD of {_day(one.oldest_head)}"
    yield f"  {number_of(one.parts, 'part')}, {in_bytes(Decimal(one.disk))} of files"
    for run in one.runs[-1:]:
        yield f"  last run {run.name}, ended {_day(run.ended)}"
    for name in one.unfinished:
        yield f"  run {name} is not finished: it goes on, or was killed"
    if not one.is_complete:
        yield "  not all keys were seen yet"


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _uploads_data(seen: "UploadsSeen") -> Mapping[str, object]:
    return {
        "count": seen.count,
        "bytes": seen.size,
        "of_unknown_size": seen.unsized,
        "seen": seen.seen.isoformat(),
    }


def _as_data(one: "Counts") -> Mapping[str, object]:
    last = one.runs[-1] if one.runs else None
    return {
        "bucket": one.bucket.name,
        "endpoint": one.bucket.endpoint or None,
        "objects": one.objects,
        "bytes": one.size,
        "delete_markers": one.markers,
        "unfinished_uploads": None if one.uploads is None else _uploads_data(one.uploads),
        "asked": one.asked,
        "oldest_head": None if one.oldest_head is None else one.oldest_head.isoformat(),
        "parts": one.parts,
        "part_bytes": one.disk,
        "last_run": None if last is None else {"name": last.name, "ended": last.ended.isoformat()},
        "unfinished": list(one.unfinished),
        "complete": one.is_complete,
    }


def _tell_checked(output: Output, looked: "list[Looked]", bad: "list[Looked]") -> None:
    for one in bad:
        output.result(f"{one.name}: {one.trouble}", Tint.BAD)
    whole = number_of(len(looked) - len(bad), "file")
    output.summary(f"{whole} whole, {len(bad)} damaged" if bad else f"{whole}, all whole")
