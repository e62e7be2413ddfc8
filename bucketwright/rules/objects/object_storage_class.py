from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from bucketwright.contract.lifecycle.classes import s3_class
from bucketwright.contract.placement import Place
from bucketwright.objects.layout import declared
from bucketwright.objects.postures import ObjectPosture
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import bad, good, says_of_bucket, says_of_docs, says_of_two
from bucketwright.rules.examples import EXAMPLE, declares
from bucketwright.rules.rule import BASELINE, DEPLOYED, Change, change, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, not_applicable, passes

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment

_FRESH: Final = "STANDARD"
_TIERED: Final = "intelligent-tiering"
_GLACIER: Final = {"after": "90 days", "to": "glacier"}
_ARCHIVED: Final = says_of_docs(archive=_GLACIER)
_OLD_ARCHIVED: Final = says_of_docs(noncurrent={"archive": _GLACIER})
_DOCS: Final = {"docs": {"path": "docs/"}, "tmp": {"path": "tmp/"}}
_TIERS: Final = says_of_bucket(prefixes=_DOCS, intelligent_tiering={"archive": "90 days"})
_TIERS_DOCS: Final = says_of_bucket(
    prefixes=_DOCS, intelligent_tiering={"archive": "90 days", "prefixes": "docs"}
)
_COPIED: Final = declares(
    buckets={
        "origin": {"replication": {"to": EXAMPLE, "storage_class": "glacier-ir"}},
        "other": {"replication": {"to": "third", "storage_class": "deep-archive"}},
        "third": {},
        EXAMPLE: {"prefixes": _DOCS},
    }
)


@rule(
    "object-storage-class",
    severity=MEDIUM,
    tier=BASELINE,
    lenses=DEPLOYED,
    reads=["storage_class", "bucket", "is_latest", "key"],
    examples=lambda: [
        good(around=says_of_docs(), is_latest=True, storage_class="STANDARD"),
        good(around=_ARCHIVED, is_latest=True, storage_class="GLACIER"),
        good(around=_ARCHIVED, is_latest=False, storage_class="GLACIER"),
        good(around=_OLD_ARCHIVED, is_latest=False, storage_class="GLACIER"),
        good(around=_TIERS, key="tmp/a", is_latest=True, storage_class="INTELLIGENT_TIERING"),
        good(around=_TIERS_DOCS, is_latest=True, storage_class="INTELLIGENT_TIERING"),
        good(around=_COPIED, is_latest=True, storage_class="GLACIER_IR"),
        good(around=says_of_docs(), key="elsewhere/a", is_latest=True, storage_class="GLACIER"),
        good(is_latest=True, storage_class="GLACIER"),
        good(
            around=says_of_two({"types": "text/plain", "archive": _GLACIER}, {"archive": _GLACIER}),
            key="docs/old/a",
            is_latest=True,
            storage_class="GLACIER",
        ),
        bad(around=says_of_docs(), is_latest=True, storage_class="GLACIER"),
        bad(around=_ARCHIVED, is_latest=True, storage_class="DEEP_ARCHIVE"),
        bad(around=_OLD_ARCHIVED, is_latest=True, storage_class="GLACIER"),
        bad(around=_TIERS, is_latest=True, storage_class="GLACIER"),
        bad(around=_TIERS_DOCS, key="tmp/a", is_latest=True, storage_class="INTELLIGENT_TIERING"),
        bad(
            around=says_of_docs(),
            is_latest=True,
            storage_class="REDUCED_REDUNDANCY",
        ),
        bad(around=_COPIED, is_latest=True, storage_class="DEEP_ARCHIVE"),
    ],
)
def object_storage_class(one: ObjectPosture, estate: Estate) -> Verdict:
    """Objects lie in storage classes that the contract moves them to, or where they began.

    **Why.** What somebody put straight into an archive cannot be read for hours, and each class bills its
    minimum days and its reads. Nothing that was worked out of the contract's cost holds for it.

    **Fix.** Copy the object onto itself in the right class; an archived one has to be restored first. Declare
    the class under `archive` of the prefix where it is meant.

    **Exempt it when** objects were archived by hand before the contract.
    """
    environment, is_latest = estate.environment, one.is_latest
    if environment is None:
        return not_applicable("no contract says which classes are right")
    allowed = declared(one, estate, lambda place: _allowed(environment, place, is_latest=is_latest))
    if allowed is None:
        return not_applicable("no declared prefix owns its key")
    if one.storage_class in allowed:
        return passes()
    return fails(f"it lies in {shown(one.storage_class)}", expected=" or ".join(sorted(allowed)))


@object_storage_class.fix(is_safe=False)
def bring_back(one: ObjectPosture, _: Estate) -> Change:
    """Copies the object onto itself in STANDARD, which is paid for; its age begins anew."""
    return change(one, "storage_class", _FRESH)


def _allowed(environment: "Environment", place: Place, *, is_latest: bool) -> frozenset[str]:
    return frozenset({_FRESH, *map(s3_class, _moved_to(environment, place, is_latest=is_latest))})


def _moved_to(environment: "Environment", place: Place, *, is_latest: bool) -> Iterator[str]:
    """Where lifecycle moves the prefix's objects, where tiering wants them, and as what copies arrive."""
    prefix, tiers = place.prefix, environment.buckets[place.bucket_id].intelligent_tiering
    yield from (move.to for move in prefix.archive)
    if prefix.noncurrent and not is_latest:
        yield from (move.to for move in prefix.noncurrent.archive)
    if tiers and (place.prefix_id in tiers.prefixes or not tiers.prefixes):
        yield _TIERED
    for origin in environment.buckets.values():
        yield from (copy.storage_class for copy in origin.replication if copy.to == place.bucket_id)
