"""Would the retention of a prefix act on what AWS itself delivers there, which carries no tags?"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from bucketwright.contract.access.deliveries import inventory_beginnings
from bucketwright.contract.access.verbs import among, held
from bucketwright.contract.contradictions.paths import MOST_PREFIXES
from bucketwright.contract.contradictions.scope import Scope
from bucketwright.contract.contradictions.selections import mixed_up
from bucketwright.contract.heads import may_begin, others_below, takes_undeclared
from bucketwright.contract.keys.errors import TemplateError
from bucketwright.contract.placement import Place, places
from bucketwright.contract.problems import Fault
from bucketwright.contract.temp import effective_expiry
from bucketwright.iam.languages import Work
from bucketwright.plain_text import shown

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.prefixes import Prefix

_WORK: Final = 2_000_000
"""Steps for all of an environment; what is left open after so many counts as found by its tag."""
_OF_ITS_OWN: Final = "a path with a beginning of its own"


def untagged(scope: Scope) -> Iterator[Fault]:
    """Retentions that find objects by a tag, where AWS delivers objects that never have it."""
    work = Work(_WORK)
    for bucket_id, bucket in scope.environment.buckets.items():
        if len(bucket.prefixes) > MOST_PREFIXES:
            continue
        try:
            own = places(scope.environment, bucket_id)
            delivering = _delivering(scope, bucket_id, own, work)
        except (TemplateError, ValueError):
            continue
        for place in own:
            who = delivering.get(place.prefix_id)
            if who is None or not _ends_or_moves(bucket, place.prefix):
                continue
            if because := _needs_tag(bucket, place, own, work):
                message = f"{because}, and {who} sets no tags on what it delivers to {bucket_id}, so that"
                message += " this retention would never act on it"
                path = ("buckets", bucket_id, "prefixes", place.prefix_id, "path")
                yield Fault(path, message, (), _remedy(bucket))


def _delivering(scope: Scope, bucket_id: str, own: Sequence[Place], work: Work) -> Mapping[str, str]:
    """Who delivers by itself below which prefixes."""
    environment = scope.environment
    if environment.buckets[bucket_id].purpose != "data":
        return {place.prefix_id: "AWS" for place in own}
    found: dict[str, str] = {}
    for access in environment.access.values():
        if access.service is not None:
            reached = among(own, held(access, "write", bucket_id))
            found |= {place.prefix_id: access.service.name for place in reached}
    for head in inventory_beginnings(environment, bucket_id):
        found |= {place.prefix_id: "S3 Inventory" for place in own if may_begin(place, head, "", work)}
    return found


def _ends_or_moves(bucket: "Bucket", prefix: "Prefix") -> bool:
    return bool(effective_expiry(bucket, prefix) is not None or prefix.archive or prefix.noncurrent)


def _needs_tag(bucket: "Bucket", place: Place, own: Sequence[Place], work: Work) -> str:
    """Why the beginning of a path is not enough to find its objects; empty where it is."""
    other = next(others_below(place, own, work=work), None)
    if other is not None:
        return mixed_up(place, other)
    if takes_undeclared(bucket, place):
        return f"the beginning {shown(place.path.literal_head)} is also that of keys which no prefix declares"
    return ""


def _remedy(bucket: "Bucket") -> str:
    if bucket.purpose == "data":
        return f"{_OF_ITS_OWN} and nothing but variables behind it, or a prefix of its own for the deliveries"
    return f"{_OF_ITS_OWN}, or one prefix in place of both"
