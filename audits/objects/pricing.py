"""What will it take to look at the objects of some buckets, as far as that is known before any is listed?"""

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from audits.ledger.identity import BucketIdentity, LedgerError
from audits.object_scan import Needed
from audits.objects_held import declared
from audits.objects_price import Expected, Held, Mode, Wanted, expected, together
from audits.objects_tariff import Tariff
from audits.sampling import USUAL_SIZE
from bucketwright.contract.lifecycle.classes import USUAL_CLASS
from bucketwright.contract.lifecycle.compile import object_tags
from bucketwright.estate import BucketPosture
from bucketwright.looking.needs import asked_rules
from bucketwright.looking.scope import Scope
from bucketwright.objects.keeping import to_ask
from bucketwright.objects.postures import ObjectPosture
from bucketwright.objects.sources import Source

if TYPE_CHECKING:
    from audits.ledger.ledger import Ledger
    from bucketwright.contract.model import Environment

_MARKER: Final = "delete_marker"
_TAGS: Final[frozenset[Source]] = frozenset({"tagging"})


@dataclass(frozen=True, slots=True)
class Basis:
    """By what it is told."""

    mode: Mode
    tariff: Tariff
    ledger: "Ledger | None" = None
    endpoint: str = ""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a run over some buckets will take."""

    expected: Expected
    objects: int
    """How many they hold, as far as that is known."""


def forecast(scope: Scope, basis: Basis) -> Forecast | None:
    """Of the buckets that somebody named or declared; None where nobody did."""
    wanted = scope.around.intended
    meant = () if wanted is None else tuple(wanted.every(BucketPosture))
    named = {one.name: one for one in meant}
    names = sorted(scope.buckets or named)
    if not names:
        return None
    several, objects = list[Expected](), 0
    for name in names:
        meant_by = named.get(name)
        held, by = _found(name, meant_by, scope.around.environment, basis)
        several.append(expected(name, _wanted(scope, by, meant_by, held), held, basis.tariff))
        objects += 0 if held is None else held.objects + held.markers
    return Forecast(together(several), objects)


def _found(
    name: str, meant: BucketPosture | None, environment: "Environment | None", basis: Basis
) -> tuple[Held | None, Basis]:
    """What a bucket holds, and by what it will be looked at: where the ledger cannot be read, without it."""
    try:
        return _held(name, meant, environment, basis), basis
    except LedgerError:
        without = replace(basis, mode="full", ledger=None)
        return _held(name, meant, environment, without), without


def _wanted(scope: Scope, basis: Basis, meant: BucketPosture | None, held: Held | None) -> Wanted:
    needed = Needed.by(asked_rules(scope))
    idle = _idle(scope.around.environment, meant)
    sources: frozenset[Source] = (needed.sources("list-versions") - idle) | {"list-versions", "uploads"}
    if basis.mode == "changed":
        again = to_ask(needed.facts[ObjectPosture.kind]) - idle
        objects = 0 if held is None else held.objects
        return Wanted.changed(sources, dict.fromkeys(again, objects))
    if basis.mode == "sample":
        return Wanted.sample(sources, 0 if held is None else held.drawn(USUAL_SIZE))
    return Wanted.full(sources)


def _idle(environment: "Environment | None", meant: BucketPosture | None) -> frozenset[Source]:
    """What no object of a bucket is asked for: ACLs that mean nothing there, tags that nobody declares."""
    if environment is None or meant is None:
        return _TAGS
    bucket_id = meant.address.partition(":")[2]
    prefixes = environment.buckets[bucket_id].prefixes
    has_tags = any(object_tags(environment, bucket_id, prefix_id) for prefix_id in prefixes)
    tags = frozenset() if has_tags else _TAGS
    acls: frozenset[Source] = frozenset({"acl"})
    return tags | acls if meant.told("ownership") == "BucketOwnerEnforced" else tags


def _held(
    name: str, meant: BucketPosture | None, environment: "Environment | None", basis: Basis
) -> Held | None:
    """What the ledger counted, else what the contract states."""
    if basis.ledger is not None:
        found = _in_ledger(basis.ledger, BucketIdentity(name, basis.endpoint))
        if found is not None:
            return found
    if environment is None or meant is None:
        return None
    return declared(environment, meant.address.partition(":")[2])


def _in_ledger(ledger: "Ledger", bucket: BucketIdentity) -> Held | None:
    manifest = ledger.manifest(bucket)
    if not manifest.runs:
        return None
    classes: Counter[str] = Counter()
    markers = 0
    for batch in ledger.scan(bucket, ("storage_class", "kind")):
        kinds = batch.column("kind").to_pylist()
        named = batch.column("storage_class").to_pylist()
        markers += kinds.count(_MARKER)
        classes.update(one or USUAL_CLASS for one, kind in zip(named, kinds, strict=True) if kind != _MARKER)
    day = f"{manifest.runs[-1].ended:%Y-%m-%d}"
    uploads = 0 if manifest.uploads is None else manifest.uploads.count
    return Held(dict(classes), f"the ledger of {day}", markers, uploads)
