"""What does a contract leave unsaid, so that its cost can only be a least?"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from bucketwright.contract.cost.charges.transfer import FOREIGN_DELIVERY
from bucketwright.contract.cost.traffic import Traffic, landing
from bucketwright.contract.cost.uses import Gap
from bucketwright.plain_text import printable

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment
    from bucketwright.contract.prefixes import Prefix

_NO_PREFIX: Final = {
    "data": "has no prefix, so no usage is stated",
    "access-logs": "how many logs are delivered is in no contract",
    "reports": "how large the reports are is in no contract",
}


def gaps(environment: "Environment", traffics: Sequence[Traffic]) -> Iterator[Gap]:
    """Everything that could not be counted, in the contract's order."""
    filled = {
        (rule.to, traffic.prefix.path)
        for traffic in traffics
        for rule in traffic.replications
        if landing(traffic, rule) is not None
    }
    targets = {bucket for bucket, _ in filled}
    stated = {(traffic.bucket_id, traffic.prefix_id): traffic for traffic in traffics}
    for bucket_id, bucket in environment.buckets.items():
        if not bucket.prefixes and bucket_id not in targets:
            yield Gap(bucket_id, None, _NO_PREFIX[bucket.purpose])
        for prefix_id, prefix in bucket.prefixes.items():
            traffic = stated.get((bucket_id, prefix_id))
            if traffic is not None:
                reasons = _unsaid(traffic)
            else:
                reasons = _uncounted(prefix, copied=(bucket_id, prefix.path) in filled)
            yield from (Gap(bucket_id, prefix_id, reason) for reason in reasons)


def _uncounted(prefix: "Prefix", *, copied: bool) -> Iterator[str]:
    if prefix.usage is not None:
        yield "the average object has no size, so objects cannot be counted"
    elif not copied:
        yield "no usage is stated"


def _unsaid(traffic: Traffic) -> Iterator[str]:
    unstated = [field for field in _wanted(traffic) if field not in traffic.usage.model_fields_set]
    if unstated:
        yield f"{', '.join(unstated)} not stated, counted as none"
    via = traffic.prefix.delivery.via
    if via in FOREIGN_DELIVERY:
        yield FOREIGN_DELIVERY[via]
    for rule in traffic.replications:
        if landing(traffic, rule) is None:
            target = printable(rule.to)
            yield f"copies to {target} are not counted: only a bucket of this contract has a known region"


def _wanted(traffic: Traffic) -> Iterator[str]:
    """The figures without which something would be counted as none."""
    endless, fields = traffic.holding.endless, traffic.usage.model_fields_set
    if endless:
        yield "stored"
    if endless or "stored" not in fields:
        yield "added"
    yield from ("reads", "lists")
    via = traffic.prefix.delivery.via
    if via != "none" and via not in FOREIGN_DELIVERY and not traffic.bucket.requester_pays:
        yield "downloads"
