"""What does a contract say of one bucket, its prefixes included?"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from bucketwright.adopting import lives
from bucketwright.adopting.entries import Entry, Statements, policy_of
from bucketwright.adopting.found import Data, Live, known, one_or_all, short
from bucketwright.adopting.grants import Granted, granted
from bucketwright.adopting.layout import Evidence, Laid, Layout, layout
from bucketwright.adopting.naming import name_settings
from bucketwright.adopting.settings import Adopted, marks, settings
from bucketwright.adopting.unsafe import reasons
from bucketwright.adopting.visitors import by_cloudfront, quarantined, transport
from bucketwright.contract.access.verbs import WHOLE_BUCKET
from bucketwright.contract.lifecycle.compile import LIFECYCLE_TAG
from bucketwright.contract.partitions import partition_of
from bucketwright.estate import BucketPosture, DistributionPosture
from bucketwright.facets.bucket.lifecycle import FRESH as NO_RULES
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.iam.documents import Statement

_ORDER: Final = (
    "name", "namespace", "purpose", "region", "encryption", "block_sse_c", "versioning", "mfa_delete",
    "ownership", "acl", "public_access_block", "require_tls", "tls_minimum", "access_logs", "cors",
    "object_lock", "replication", "intelligent_tiering", "inventory", "notifications", "requester_pays",
    "acceleration", "abac", "tags", "abort_uploads", "minimum_transition_size", "cloudfront", "prefixes",
    "unsafe",
)  # fmt: skip
_EDGES: Final = {"PriceClass_200": "most", "PriceClass_All": "all"}


@dataclass(frozen=True, slots=True)
class Examined:
    """One bucket, with the prefixes that were found in it and what everybody holds there."""

    adopted: Adopted
    arn: str
    held: Mapping[str, Granted]
    """By the ids of entries."""
    layout: Layout

    @property
    def bucket(self) -> BucketPosture:
        return self.adopted.bucket

    @property
    def statements(self) -> Statements:
        """Those of its own policy."""
        return policy_of(self.bucket)

    @property
    def lifecycle(self) -> Lifecycle:
        return known(lambda: self.bucket.lifecycle) or NO_RULES


def examined(bucket: BucketPosture, live: Live, entries: Mapping[str, Entry]) -> Examined:
    """All that speaks of the prefixes of a bucket, held together."""
    region = known(lambda: bucket.region) or live.naming.region
    arn = f"arn:{partition_of(region)}:s3:::{bucket.name}"
    held = {name: granted(entry.within(bucket.address), arn) for name, entry in entries.items()}
    laid = layout(_evidence(bucket, arn, tuple(held.values())), live.naming.environment)
    return Examined(Adopted(bucket, live), arn, held, laid)


def told(one: Examined, purpose: str) -> Data:
    """All that a contract says of it, in the order of the contract's reference."""
    adopted, region = one.adopted, known(lambda: one.bucket.region) or ""
    said = settings(adopted, one.layout) | lives.bucket_life(one.lifecycle)
    if known(lambda: (one.bucket.policy,)) is not None:
        said |= transport(one.statements, one.arn)
    said |= name_settings(adopted.live.naming, adopted.bucket_id, one.bucket.name, region)
    said |= short(purpose=purpose, prefixes=_prefixes(one), cloudfront=_cloudfront(one))
    said |= short(unsafe=reasons(said, adopted.live.reason))
    if quarantined(one.statements, one.arn) and said.get("notifications") == {"eventbridge": True}:
        del said["notifications"]
    return {name: said[name] for name in _ORDER if name in said}


def _evidence(bucket: BucketPosture, arn: str, held: tuple[Granted, ...]) -> Evidence:
    statements = policy_of(bucket)
    refused = granted((each for each in statements if _keeps_out(each)), arn)
    keys = dict.fromkeys((*by_cloudfront(statements, arn), *quarantined(statements, arn)), "")
    for each in (*held, refused):
        for pattern in each.keys:
            tagged = each.tags.get(pattern, {}).get(LIFECYCLE_TAG, "")
            keys[pattern] = keys.get(pattern) or tagged
    keys.pop(WHOLE_BUCKET, None)
    listings = dict.fromkeys(pattern for each in held for pattern in each.listed if pattern != WHOLE_BUCKET)
    rules = known(lambda: bucket.lifecycle) or NO_RULES
    return Evidence(keys, tuple(listings), tuple(dict.fromkeys(chain(lives.marks(rules), marks(bucket)))))


def _keeps_out(one: Statement) -> bool:
    """Whether it keeps somebody from keys who is let in to others."""
    return not one.allows and one.principals is not None and ("AWS", "*") not in one.principals.members


def _prefixes(one: Examined) -> Data:
    found = lives.lives(one.lifecycle, one.layout)
    return {laid.prefix_id: _prefix(one, laid, found.get(laid.prefix_id, {})) for laid in one.layout.prefixes}


def _prefix(one: Examined, laid: Laid, life: Data) -> Data:
    tags: dict[str, str] = {}
    for each in one.held.values():
        tags |= each.tags.get(laid.keys, {})
    tags.pop(LIFECYCLE_TAG, None)
    scanner = quarantined(one.statements, one.arn).get(laid.keys)
    is_read = laid.keys in by_cloudfront(one.statements, one.arn)
    return {
        "path": laid.shape.path,
        **short(objects=laid.shape.objects),
        **life,
        **short(delivery="cloudfront" if is_read else None, tags=tags),
        **short(quarantine=_quarantine(one, scanner) if scanner else None, overlaps=list(laid.overlaps)),
    }


def _quarantine(one: Examined, role: str) -> Data:
    """The scanner, and the one prefix to which it may write."""
    scanner = one.adopted.live.naming.role_id(role)
    held = one.held.get(scanner, Granted())
    to = [prefix_id for pattern in held.verbs.get("write", ()) for prefix_id in one.layout.ids_of(pattern)]
    if len(to) != 1:
        return {}
    return {"scanner": scanner, "release_to": f"{one.adopted.bucket_id}/{to[0]}"}


def _cloudfront(one: Examined) -> Data:
    """What the distribution in front of the bucket says, and the keys that sign."""
    found = one.adopted.live.estate.postures.get(f"distribution:{one.adopted.bucket_id}")
    if not isinstance(found, DistributionPosture) or not by_cloudfront(one.statements, one.arn):
        return {}
    keys = sorted(key for key in known(lambda: found.trusted_keys) or () if not key.startswith("account:"))
    domains: list[object] = [*sorted(known(lambda: found.domains) or ())]
    return short(
        signing_keys={f"key-{number}": pem for number, pem in enumerate(keys, start=1)},
        domains=one_or_all(domains) if domains else None,
        certificate=known(lambda: found.certificate),
        edges=_EDGES.get(known(lambda: found.price_class) or ""),
    )
