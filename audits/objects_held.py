"""How much lies in a bucket, for all that its contract says?"""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from audits.objects_price import Held
from bucketwright.contract.cost.traffic import Traffic, traffic_of
from bucketwright.contract.lifecycle.classes import s3_class

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment

_MOST_NAMED: Final = 3


def declared(environment: "Environment", bucket_id: str) -> Held | None:
    """What the stated usage of a bucket comes to; None where it states none."""
    stated = [one for one in traffic_of(environment, 0) if one.bucket_id == bucket_id]
    counted = [one for one in stated if not _is_open(one)]
    versions, parts = Counter[str](), Counter[str]()
    for traffic in counted:
        for share in traffic.holding.shares:
            number = int(share.stored / traffic.holding.object_size)
            versions[s3_class(share.stay.storage_class)] += number
            parts[traffic.prefix_id] += number
    if not versions.total():
        return None
    return Held(
        dict(versions),
        "the usage that the contract states",
        at_least=_unsaid(environment, counted),
        parts=tuple(parts.values()),
    )


def _is_open(traffic: Traffic) -> bool:
    """Whether nothing says how much lies there: it stays for ever, and what is there is not stated."""
    return traffic.holding.endless and "stored" not in traffic.usage.model_fields_set


def _unsaid(environment: "Environment", counted: Sequence[Traffic]) -> str:
    bucket_id = counted[0].bucket_id
    known = {one.prefix_id for one in counted}
    several = [one for one in environment.buckets[bucket_id].prefixes if one not in known]
    if not several:
        return ""
    more = f" and {len(several) - _MOST_NAMED} more" if len(several) > _MOST_NAMED else ""
    return f"the contract does not say how much lies under {', '.join(several[:_MOST_NAMED])}{more}"
