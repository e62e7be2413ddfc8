"""Which buckets are counted, and is a ledger read for that or a server asked?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from audits.ledger.identity import BrokenError, LedgerError
from bucketwright.changes.radius import Unlisted
from bucketwright.contract.model import Environment
from bucketwright.contract.names import bucket_name, bucket_region
from bucketwright.contract.placement import Place, places
from bucketwright.objects.headings import headings
from bucketwright.objects.space import Space
from bucketwright.plain_text import printable
from cli.audit_options import Access
from cli.clock import now
from cli.cost import chosen_prices
from cli.exits import Exit
from cli.forms import Form
from cli.output import Output
from cli.space_shown import Counted, as_json, lines

if TYPE_CHECKING:
    from audits.ledger_rows import LedgerRows

_USUAL_REGION: Final = "us-east-1"


class Asked(Access):
    """All that a run is told beside its stack."""

    buckets: tuple[str, ...]
    ledger: str | None
    depth: int
    top: int
    price_file: Path | None
    form: Form


@dataclass(frozen=True, slots=True)
class Bucket:
    """One that is asked about."""

    name: str
    region: str = ""
    """Empty where nobody says."""
    places: tuple[Place, ...] = ()

    def space(self, depth: int) -> Space:
        """Nothing in it yet."""
        return Space(headings(self.places, depth), now().date())


def run_space(output: Output, environment: Environment | None, asked: Asked) -> Exit:
    """Count them, and tell."""
    prices, chosen = chosen_prices(asked["price_file"]), _chosen(environment, asked)
    if asked["ledger"] is not None:
        counted = _of_ledger(asked["ledger"], chosen, asked)
    else:
        from cli.space_live import live  # noqa: PLC0415 - brings the SDK

        found = live(output, chosen, asked)
        if isinstance(found, Exit):
            return found
        counted = found
    if asked["form"] == "json":
        output.json(as_json(counted, prices), indent=2)
    else:
        for line in lines(counted, prices, asked["top"]):
            output.result(line)
    return Exit.INCOMPLETE if any(one.missing for one in counted) or not counted else Exit.CLEAN


def _chosen(environment: Environment | None, asked: Asked) -> tuple[Bucket, ...]:
    """Those of the contract, or those named; none where a ledger says which there are."""
    declared = () if environment is None else tuple(_declared(environment))
    if not asked["buckets"]:
        return declared
    by_name = {one.name: one for one in declared}
    return tuple(by_name.get(name, Bucket(name)) for name in dict.fromkeys(asked["buckets"]))


def _declared(environment: Environment) -> Iterator[Bucket]:
    for bucket_id, bucket in environment.buckets.items():
        region = bucket_region(environment, bucket)
        yield Bucket(bucket_name(environment, bucket_id), region, places(environment, bucket_id))


def _of_ledger(url: str, chosen: tuple[Bucket, ...], asked: Asked) -> list[Counted]:
    from audits.ledger_rows import ledger_rows, unreadable  # noqa: PLC0415 - where it is needed

    endpoint, region = asked["endpoint_url"] or "", asked["region"] or _USUAL_REGION
    counted: list[Counted] = []
    try:
        with ledger_rows(url) as rows:
            for one in chosen or tuple(map(Bucket, rows.names(endpoint))):
                place = (one.region or region, endpoint)
                try:
                    counted.append(_counted(rows, one, place, asked["depth"]))
                except BrokenError as broken:
                    counted.append(Counted(one.name, place[0], None, missing=(unreadable(broken),)))
            if not chosen:
                counted += (Counted(folder, region, None, missing=(why,)) for folder, why in rows.unreadable)
    except LedgerError as error:
        raise click.UsageError(f"--ledger: {error}") from None
    if not counted:
        raise click.UsageError(f"--ledger: nothing is kept in {printable(url)}")
    told, is_told = {one.name for one in chosen if one.region}, bool(asked["region"])
    return [replace(one, is_region_told=is_told or one.name in told) for one in counted]


def _counted(rows: "LedgerRows", one: Bucket, place: tuple[str, str], depth: int) -> Counted:
    """One bucket in a region, at an endpoint; BrokenError where its rows cannot be read."""
    region, endpoint = place
    space, known = one.space(depth), rows.of(one.name, endpoint)
    if isinstance(known, Unlisted):
        return Counted(one.name, region, None, missing=(known.reason,))
    for row in known.rows:
        space.add(row)
    uploads = rows.uploads(one.name, endpoint)
    space.uploads = uploads or space.uploads
    missing = (f"there may be more: {known.missing}",) if known.missing else ()
    basis = "the ledger" if known.listed is None else f"the ledger, listed on {known.listed}"
    return Counted(one.name, region, space, basis, missing, uploads is not None)
