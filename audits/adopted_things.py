"""What of a contract's things is there already, and what does AWS call it?"""

from collections.abc import Iterator
from contextlib import suppress

from audits.live import Looked
from bucketwright.adopting.importing import There
from bucketwright.estate import BucketPosture, RolePosture
from bucketwright.facets.bucket import FACETS
from bucketwright.facets.facet import fresh
from bucketwright.facets.reading import Asked, LiveFacet
from bucketwright.facets.role.policies import Policies
from bucketwright.posture import Undetermined, Unknown, Unset


def there(looked: Looked) -> There:
    """All that was seen, under the addresses of the contract."""
    roles = tuple(looked.estate.every(RolePosture))
    held = (role.told("policies") for role in roles)
    documents = (one for each in held if isinstance(each, Policies) for one in each.documents)
    return There(
        settings=frozenset(_settings(looked)),
        ids=dict(_ids(looked)),
        policies={one.name: one.arn for one in documents if one.arn},
        roles=frozenset(role.name for role in roles),
    )


def _settings(looked: Looked) -> Iterator[tuple[str, str]]:
    for bucket in looked.estate.every(BucketPosture):
        target = looked.targets.get(bucket.address)
        if target is None:
            continue
        asked = Asked(target, looked.outcomes, looked.names.refer_from(target))
        for name, facet in FACETS.items():
            kind = getattr(facet, "KIND", "")
            value = bucket.told(name)
            bucket_id = bucket.address.partition(":")[2]
            if kind and _is_configured(asked, facet, value):
                several = value if isinstance(value, tuple) else ()
                yield bucket_id, kind
                yield from ((bucket_id, f"{kind}:{getattr(one, 'name', '')}") for one in several)


def _is_configured(asked: Asked, facet: object, value: object) -> bool:
    """Whether S3 has it as something that was put there, where it tells the two apart."""
    if isinstance(value, Unset | Unknown) or not isinstance(facet, LiveFacet):
        return False
    reads = [read for read in facet.READS if read.absent]
    if not reads:
        return value != fresh(facet)
    with suppress(Undetermined):
        return asked.said(reads[0]) is not None
    return False


def _ids(looked: Looked) -> Iterator[tuple[str, str]]:
    """What a queue, a key or a distribution is called, whose names AWS makes up."""
    for address, target in looked.targets.items():
        yield address, target.handles.get("QueueUrl") or target.name
