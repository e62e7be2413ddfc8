"""How are a ledger's counts, checks and removals carried out and told?"""

import shlex
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import click

from audits.ledger.identity import AddressError, BrokenError, BucketIdentity, LedgerError
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
    from audits.ledger.shelves import Broken, Shelves
    from audits.ledger.verifying import Looked

_WHAT: Final[Mapping[str, str]] = {"head": "HEAD", "acl": "ACL", "tagging": "tags", "lock": "lock"}


def run_stats(output: Output, place: Place, form: Form) -> Exit:
    """Count, and tell."""

    def work(ledger: "Ledger") -> Exit:
        found, broken = _counted(ledger, place)
        if form == "json":
            data = [{"folder": one.folder, "trouble": str(one.trouble)} for one in broken]
            output.json(
                {"version": 1, "buckets": [_as_data(one) for one in found], "unreadable": data}, indent=2
            )
        else:
            for one in found:
                output.block(_lines(one))
            for bad in broken:
                output.block(_trouble(bad, place))
        return Exit.CLEAN if not broken and all(one.is_complete for one in found) else Exit.INCOMPLETE

    return _plainly(output, place, work)


def _counted(ledger: "Ledger", place: Place) -> "tuple[list[Counts], list[Broken]]":
    """Of each bucket what is kept, or what keeps it from being counted: it takes none of the others away."""
    from audits.ledger.counting import counted  # noqa: PLC0415 - brings pyarrow
    from audits.ledger.shelves import Broken  # noqa: PLC0415 - only where buckets are counted

    shelves = _kept(ledger, place)
    found, broken = list["Counts"](), list(shelves.broken)
    for bucket in shelves.buckets:
        try:
            found.append(counted(ledger, bucket))
        except BrokenError as trouble:
            broken.append(Broken(bucket.folder, trouble))
    return found, broken


def _trouble(one: "Broken", place: Place) -> Iterator[str]:
    yield f"{one.folder} cannot be read"
    yield f"  {one.trouble}"
    if isinstance(one.trouble, BrokenError):
        where = shlex.quote(place["url"])
        yield f"  to take it away: bucketwright ledger forget {where} --bucket {one.folder} --yes"


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
        name, folder = _one_of(ledger.shelves(), *which)
        if not sure:
            raise click.UsageError(f"all that is kept of {shown(name)} would go: say so with --yes")
        ledger.forget_folder(folder)
        output.result(f"nothing is kept of {name} any more")
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
    except (_NothingKeptError, AddressError, AccessError) as wrong:
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


def _kept(ledger: "Ledger", place: Place) -> "Shelves":
    found = ledger.shelves()
    if not found.buckets and not found.broken:
        raise _NothingKeptError(place)
    return found


def _one_of(shelves: "Shelves", name: str, server: str | None) -> tuple[str, str]:
    """The bucket of that name, or the folder, whatever lies in it, and the folder's name; wrong use where
    there is none, or several."""
    several = [one for one in shelves.buckets if one.name == name and server in {None, one.endpoint}]
    broken = shelves.broken_of(BucketIdentity(name, server or "")) or _called(shelves, name)
    found = [(str(one), one.folder) for one in several]
    if broken is not None:
        if not isinstance(broken.trouble, BrokenError):
            raise broken.trouble  # a newer program's, which is not to be touched
        found.append((name, broken.folder))
    if len(found) == 1:
        return found[0]
    if not found:
        there = (*map(str, shelves.buckets), *(one.folder for one in shelves.broken))
        known = ", ".join(map(printable, there)) or "nothing"
        raise click.UsageError(f"nothing is kept of {shown(name)}; there is: {known}")
    places = ", ".join(printable(one.endpoint) or '""' for one in several)
    if broken is not None:
        places = f"{places}; or name the folder that cannot be read: --bucket {broken.folder}"
    raise click.UsageError(f"there are several of that name; choose with --at: {places}")


def _called(shelves: "Shelves", folder: str) -> "Broken | None":
    return next((one for one in shelves.broken if one.folder == folder), None)


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
