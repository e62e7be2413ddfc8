from collections.abc import Iterator
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.intelligent_tiering import FRESH, Tiering
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import LOW, Verdict, fails_if, not_applicable

_LATEST: Final = 730
_EARLIEST: Final = {"archive": 90, "deep_archive": 180}
_DECLARED: Final = declares(buckets={"example": {"intelligent_tiering": {"archive": "90 days"}}})
_AS_DECLARED: Final = Tiering("bucket", archive=90)


@rule(
    "intelligent-tiering",
    severity=LOW,
    tier=BASELINE,
    reads=["intelligent_tiering"],
    examples=lambda: [
        good(around=_DECLARED, intelligent_tiering=(_AS_DECLARED,)),
        good(around=declares(buckets={"example": {}}), intelligent_tiering=FRESH),
        good(intelligent_tiering=(Tiering("all", archive=90, deep_archive=180),)),
        good(intelligent_tiering=(Tiering("all", archive=730), Tiering("other", deep_archive=730))),
        good(intelligent_tiering=FRESH),
        bad(around=_DECLARED, intelligent_tiering=FRESH),
        bad(around=_DECLARED, intelligent_tiering=(Tiering("bucket", archive=120),)),
        bad(around=_DECLARED, intelligent_tiering=(_AS_DECLARED, Tiering("other", archive=90))),
        bad(around=_DECLARED, intelligent_tiering=(Tiering("bucket", archive=90, enabled=False),)),
        bad(around=declares(buckets={"example": {}}), intelligent_tiering=(_AS_DECLARED,)),
        bad(intelligent_tiering=(Tiering("all", archive=89),)),
        bad(intelligent_tiering=(Tiering("all", archive=731),)),
        bad(intelligent_tiering=(Tiering("all", deep_archive=179),)),
        bad(intelligent_tiering=(Tiering("all", deep_archive=731),)),
        bad(intelligent_tiering=(Tiering("all", archive=200, deep_archive=200),)),
        bad(intelligent_tiering=(Tiering("all"),)),
    ],
)
def intelligent_tiering(bucket: BucketPosture, estate: Estate) -> Verdict:
    """Objects go to the archive tiers of intelligent tiering when the contract says, within S3's bounds.

    **Why.** From its archive tiers an object has to be restored before it can be read, which takes hours. One
    that goes there too early stops whoever reads it; one that never goes is paid for as if it were read.

    **Fix.** Say `intelligent_tiering` of the bucket: `archive` of 90 to 730 days, `deep_archive` of 180 to
    730, and later than `archive`. Then deploy again.

    **Exempt it when** a configuration is being tried out by hand before it is declared.
    """
    wanted, found = estate.intended(bucket), bucket.intelligent_tiering
    if wanted is None and not found:
        return not_applicable("no archive tiers are set, and no contract asks for any")
    amiss = (fault for one in found for fault in _out_of_bounds(one))
    differing = () if wanted is None else _differing(found, wanted.intelligent_tiering)
    return fails_if(*amiss, *differing, expected="the tiers of the contract, within S3's bounds")


@intelligent_tiering.fix(is_safe=False)
def tier_as_declared(bucket: BucketPosture, estate: Estate) -> Change:
    """Sets the tiers that the contract says, and none where it says none; what is archived has to be restored
    before it is read."""
    wanted = estate.intended(bucket)
    return change(bucket, "intelligent_tiering", FRESH if wanted is None else wanted.intelligent_tiering)


def _out_of_bounds(one: Tiering) -> Iterator[str]:
    for tier, earliest in _EARLIEST.items():
        days = one.archive if tier == "archive" else one.deep_archive
        if days is not None and not earliest <= days <= _LATEST:
            yield f"{shown(one.name)} has {tier} after {days} days, and S3 takes {earliest} to {_LATEST}"
    if one.archive is not None and one.deep_archive is not None and one.deep_archive <= one.archive:
        yield f"{shown(one.name)} has deep_archive after {one.deep_archive} days, no later than archive"
    if one.archive is None and one.deep_archive is None:
        yield f"{shown(one.name)} names no tier"


def _differing(found: tuple[Tiering, ...], wanted: tuple[Tiering, ...]) -> Iterator[str]:
    names = {one.name for one in (*found, *wanted)}
    there, meant = {one.name: one for one in found}, {one.name: one for one in wanted}
    for name in sorted(names):
        if name not in there:
            yield f"{shown(name)} is declared and not there"
        elif name not in meant:
            yield f"{shown(name)} is there and not declared"
        elif there[name] != meant[name]:
            yield f"{shown(name)} is not as declared"
