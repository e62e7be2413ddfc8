from collections.abc import Iterator, Mapping
from functools import partial
from operator import itemgetter
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate, Undetermined
from bucketwright.rules.declared import protected
from bucketwright.rules.example_access import policy
from bucketwright.rules.example_controls import STRICT, STRONG, WEAKER
from bucketwright.rules.example_refusals import refusal
from bucketwright.rules.examples import Example, bad, declares, good
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.rules.strengths import STRENGTHS, Strength
from bucketwright.verdicts import MEDIUM, Fault, Verdict, fails_if, not_applicable

_IDLE: Final[Mapping[str, object]] = {"example": {}}
_PROD: Final = declares({"staging": STRICT}, protect=True, buckets=_IDLE)
_WEAK: Final = declares({"dev": {"buckets": _IDLE}}, protect=True, buckets=_IDLE)
_OLD_TLS: Final = policy(refusal({"Bool": {"aws:SecureTransport": "false"}}))
_BARE: Final = ("acl", "blocks_sse_c", "cors", "ownership", "policy", "public_access_block", "website")


@rule(
    "env-parity",
    severity=MEDIUM,
    tier=BASELINE,
    reads=sorted(STRONG),
    examples=lambda: [
        Example(is_good=True, facts=STRONG, around=_PROD),
        Example(
            is_good=True,
            facts={**{fact: STRONG[fact] for fact in _BARE}, "versioning": "Disabled"},
            around=_WEAK,
        ),
        Example(is_good=False, facts={**STRONG, "policy": _OLD_TLS}, around=_WEAK),
        good(versioning="Disabled"),
        good(versioning="Disabled", around=declares(protect=True, buckets=_IDLE)),
        good(versioning="Disabled", around=declares({"staging": STRICT}, buckets=_IDLE)),
        good(
            versioning="Disabled",
            around=declares({"dev": {"buckets": {"other": {}}}}, protect=True, buckets=_IDLE),
        ),
        *(Example(is_good=False, facts={fact: weaker}, around=_PROD) for fact, weaker in WEAKER),
        bad(
            versioning="Suspended",
            around=declares(
                {"dev": {"buckets": _IDLE}, "staging": STRICT, "test": {"buckets": _IDLE}},
                protect=True,
                buckets=_IDLE,
            ),
        ),
        bad(
            versioning="Suspended",
            around=declares({"staging": STRICT}, buckets={"example": {"protect": True}}),
        ),
        bad(
            versioning="Suspended",
            around=declares({"staging": STRICT}, protect=True, buckets={"example": {"protect": False}}),
        ),
    ],
)
def env_parity(bucket: BucketPosture, estate: Estate) -> Verdict:
    """The bucket of a protected environment is as strong as in any other environment.

    **Why.** What was tried out in staging is forgotten on the way to production: versions, a lock, a key of
    its own. The copy that nobody would miss is then the safe one.

    **Fix.** Say the setting of the bucket for all environments, or under `environments` of the protected one,
    and deploy. Where it was only being tried, take it out of the other environment.

    **Exempt it when** the setting costs more than it is worth on real amounts of data.
    """
    environment = estate.environment
    if environment is None or not (environment.protect or protected(bucket, estate)):
        return not_applicable("no contract protects its environment")
    others = {
        name: one for name, wanted in estate.circumstances.elsewhere.items() for one in _same(bucket, wanted)
    }
    if not others:
        return not_applicable("no other environment has the bucket")
    controls = (partial(_weaker, one, bucket, others) for one in STRENGTHS)
    return fails_if(*faults_of(*controls), expected="at least what the other environments have")


def _same(bucket: BucketPosture, wanted: Estate) -> Iterator[BucketPosture]:
    """The bucket as another environment wants it, where it has it."""
    yield from (one for one in wanted.every(BucketPosture) if one.address == bucket.address)


def _weaker(one: Strength, bucket: BucketPosture, others: Mapping[str, BucketPosture]) -> Iterator[Fault]:
    """Against the strongest; what is weakest everywhere else need not be known here."""
    try:
        here = one.grade(bucket)
    except Undetermined:
        if any(map(one.grade, others.values())):
            raise
        return
    if one.is_strongest(here):
        return
    where, best = max(((name, one.grade(other)) for name, other in others.items()), key=itemgetter(1))
    if here < best:
        text = f"{one.control}: {one.spoken(here)} here, {one.spoken(best)} in {where}"
        yield Fault(text, fact=one.fact)
