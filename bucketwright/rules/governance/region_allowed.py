from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from bucketwright.contract.placement import Place, places
from bucketwright.estate import BucketPosture
from bucketwright.facets.replication_rules import ReplicationRule
from bucketwright.plain_text import clipped
from bucketwright.posture import Estate
from bucketwright.rules.declared import declared
from bucketwright.rules.example_replications import copying_by, other, to
from bucketwright.rules.examples import Declares, bad, declares, good
from bucketwright.rules.other_buckets import named_bucket
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.replications import copying, goal, label
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import HIGH, Fault, Verdict, fails_if, not_applicable

_PREFIXES: Final = {
    "cases": {"path": "cases/{id:int}/", "data_class": "restricted"},
    "logos": {"path": "logos/", "data_class": "public"},
}
_EU: Final = ("eu-west-1", "eu-central-1")
_FAR: Final = other(region="us-east-1")
_NEAR: Final = other(region="eu-central-1")


def _asks(buckets: object = None, **regions: object) -> Declares:
    stated = {"example": {"prefixes": _PREFIXES}} if buckets is None else buckets
    return declares(buckets=stated, rules={"regions": regions})


_CASES: Final = _asks(restricted=_EU)


@rule(
    "region-allowed",
    severity=HIGH,
    tier=BASELINE,
    reads=["region", "replication", "bucket.region"],
    examples=lambda: [
        good(around=_CASES, region="eu-west-1", replication=None),
        good(_NEAR, around=_CASES, region="eu-central-1", replication=copying_by(to())),
        good(_FAR, around=_CASES, region="eu-west-1", replication=copying_by(to(enabled=False))),
        good(_FAR, around=_CASES, region="eu-west-1", replication=copying_by(to(below="logos/"))),
        good(around=_CASES, region="eu-west-1", replication=copying_by(to("bucket:gone"))),
        good(around=_asks(confidential=_EU), region="us-east-1"),
        good(around=_asks(restricted=_EU, buckets={"example": {}}), region="us-east-1"),
        good(around=_asks(restricted=_EU, buckets={"other": {"prefixes": _PREFIXES}}), region="us-east-1"),
        good(around=declares(buckets={"example": {"prefixes": _PREFIXES}}), region="us-east-1"),
        good(region="us-east-1"),
        bad(around=_CASES, region="us-east-1", replication=None),
        bad(around=_asks(restricted=_EU, public="us-east-1"), region="eu-west-1", replication=None),
        bad(_FAR, around=_CASES, region="eu-west-1", replication=copying_by(to())),
        bad(_FAR, around=_CASES, region="eu-west-1", replication=copying_by(to(below="cases/7/"))),
        bad(_FAR, around=_CASES, region="eu-west-1", replication=copying_by(to(below="cas"))),
        bad(_FAR, around=_CASES, region="eu-west-1", replication=copying_by(to(below="logos/"), to())),
    ],
)
def region_allowed(bucket: BucketPosture, estate: Estate) -> Verdict:
    """Data lies only where its class may lie, and so do its copies.

    **Why.** Where data of a kind may be kept is a matter of law and of what was promised to customers. One
    bucket in the wrong region, or one rule that copies there, breaks that for all it holds.

    **Fix.** Make the bucket, or the target of its copies, in a region that `rules: regions` names for the
    `data_class` of its prefixes, and copy the objects: S3 moves no bucket. Let `replication` copy other
    `prefixes` alone.

    **Exempt it when** those who answer for the data have agreed to it.
    """
    limited = _limited(bucket, estate)
    if not limited:
        return not_applicable("nothing in it is kept to certain regions")
    questions = (partial(_home, bucket, limited, estate), partial(_copies, bucket, limited, estate))
    return fails_if(*faults_of(*questions), expected="regions that rules: regions names")


def _limited(bucket: BucketPosture, estate: Estate) -> tuple[Place, ...]:
    """The prefixes of which the class is kept to certain regions."""
    environment = estate.environment
    if environment is None or declared(bucket, estate) is None:
        return ()
    several = places(environment, bucket.address.partition(":")[2])
    return tuple(one for one in several if one.prefix.data_class in estate.terms.regions)


def _home(bucket: BucketPosture, limited: Iterable[Place], estate: Estate) -> Iterator[Fault]:
    for limit in _astray(bucket.region, limited, estate):
        yield Fault(f"the bucket is in {clipped(bucket.region)}, and {limit}", fact="region")


def _copies(bucket: BucketPosture, limited: Iterable[Place], estate: Estate) -> tuple[Fault, ...]:
    return faults_of(*(partial(_copied, one, limited, estate) for one in copying(bucket)))


def _copied(one: ReplicationRule, limited: Iterable[Place], estate: Estate) -> Iterator[Fault]:
    selected = [place for place in limited if _may_select(one, place)]
    target = named_bucket(one.target, estate) if selected else None
    if target is not None:
        for limit in _astray(target.region, selected, estate):
            text = f"{label(one)} copies to {goal(one)} in {clipped(target.region)}, and {limit}"
            yield Fault(text, fact="replication")


def _may_select(one: ReplicationRule, place: Place) -> bool:
    """Whether keys can begin both ways."""
    below, head = one.filter.prefix or "", place.path.literal_head
    return below.startswith(head) or head.startswith(below)


def _astray(region: str, several: Iterable[Place], estate: Estate) -> Iterator[str]:
    """The classes of these prefixes that may not lie in a region, each with where they may."""
    for name in sorted({place.prefix.data_class for place in several}):
        allowed = estate.terms.regions[name]
        if region not in allowed:
            yield f"{name} data may lie in {' or '.join(allowed) or 'no region'} alone"
