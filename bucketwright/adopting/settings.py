"""What does a contract say of one bucket, setting by setting, so that it is as it was found?

What no contract says is left out here: whoever compares the contract with what is live sees it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import partial
from typing import Final
from urllib.parse import unquote_plus

from bucketwright.adopting.found import Data, Live, account_number, known, one_or_all, own_tags, short
from bucketwright.adopting.layout import Layout, Mark
from bucketwright.adopting.lives import filter_mark, spell_life
from bucketwright.contract.buckets import Cors, Inventory
from bucketwright.contract.ids import nearest_id
from bucketwright.contract.lifecycle.rules import Predicates
from bucketwright.contract.quantities import spell_span
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket import cors as cors_facet
from bucketwright.facets.bucket.acl import CANNED
from bucketwright.facets.bucket.notifications import Target
from bucketwright.facets.replication_rules import ReplicationRule

_YEAR: Final = 365
_ENCRYPTION: Final = {"AES256": "s3", "aws:kms": "kms", "aws:kms:dsse": "dsse"}
_OWNERSHIP: Final = {"BucketOwnerPreferred": "preferred", "ObjectWriter": "writer"}
_LOG_KEYS: Final = {"DeliveryTime": "by-delivery-time", "Simple": "simple"}
_USUAL_FIELDS: Final = frozenset(Inventory.model_fields["fields"].default)
_USUAL_HEADERS: Final = Cors.model_fields["headers"].default
_USUAL_EXPOSED: Final = Cors.model_fields["expose"].default


@dataclass(frozen=True, slots=True)
class Adopted:
    """One bucket on its way into a contract."""

    bucket: BucketPosture
    live: Live

    @property
    def bucket_id(self) -> str:
        return self.bucket.address.partition(":")[2]

    def bucket_of(self, reference: str) -> str:
        """The id of the bucket of this contract that is meant; empty where it is a stranger's."""
        kind, _, identifier = reference.partition(":")
        return identifier if kind == "bucket" and identifier in self.live.naming.buckets else ""


def settings(adopted: Adopted, laid: Layout) -> Data:
    """All that does not depend on prefixes, and what names some."""
    found: Data = {}
    for tell in _PLAIN:
        found |= known(partial(tell, adopted)) or {}
    for name_them in _OF_PREFIXES:
        found |= known(partial(name_them, adopted, laid)) or {}
    return found


def marks(bucket: BucketPosture) -> Iterator[Mark]:
    """What other rules than those of lifecycle say of prefixes."""
    copies = known(lambda: bucket.replication)
    for rule in copies.rules if copies else ():
        yield from _some(_copied(rule))
    for tier in known(lambda: bucket.intelligent_tiering) or ():
        yield from _some(filter_mark(tier.filter, tier.name))
    told = known(lambda: bucket.notifications)
    for one in told.targets if told else ():
        yield from _some(_told_mark(one))


def _some(mark: Mark | None) -> tuple[Mark, ...]:
    return () if mark is None else (mark,)


def _region(adopted: Adopted) -> Data:
    region = adopted.bucket.region
    return {} if region == adopted.live.naming.region else short(region=region)


def _encryption(adopted: Adopted) -> Data:
    value = adopted.bucket.encryption
    kind, is_own = _ENCRYPTION[value.algorithm], value.key == f"key:{adopted.bucket_id}"
    key = "" if value.key is None or is_own else adopted.live.arn(value.key)
    if kind == "s3" or not (is_own or key):
        return {}
    told = short(type=kind, key=key)
    if value.algorithm == "aws:kms" and not value.bucket_key:
        told["bucket_key"] = False
    return {"encryption": kind if told == {"type": kind} else told}


def _blocks_sse_c(adopted: Adopted) -> Data:
    return {} if adopted.bucket.blocks_sse_c else {"block_sse_c": False}


def _versioning(adopted: Adopted) -> Data:
    found = adopted.bucket.versioning
    return {} if found == "Disabled" else {"versioning": found.lower()}


def _ownership(adopted: Adopted) -> Data:
    return short(ownership=_OWNERSHIP.get(adopted.bucket.ownership))


def _acl(adopted: Adopted) -> Data:
    is_for_logs = adopted.bucket.acl == CANNED["log-delivery-write"]
    return {"acl": "log-delivery-write"} if is_for_logs else {}


def _public_access(adopted: Adopted) -> Data:
    block = adopted.bucket.public_access_block
    off = {one.name: False for one in fields(block) if not getattr(block, one.name)}
    return {"public_access_block": off} if off else {}


def _access_logs(adopted: Adopted) -> Data:
    value = adopted.bucket.logging
    to = "" if value is None else adopted.bucket_of(value.target)
    if value is None or not to:
        return {}
    prefix = None if value.prefix == f"{adopted.bucket_id}/" else value.prefix
    told = {"to": to, **short(prefix=prefix, keys=_LOG_KEYS.get(value.keys))}
    return {"access_logs": to if len(told) == 1 else told}


def _cors(adopted: Adopted) -> Data:
    rules: list[object] = [_cors_rule(rule) for rule in adopted.bucket.cors]
    return {"cors": one_or_all(rules)} if rules else {}


def _cors_rule(rule: cors_facet.CorsRule) -> Data:
    told: Data = {"origins": list(rule.origins), "methods": list(rule.methods)}
    if rule.headers != _USUAL_HEADERS:
        told["headers"] = list(rule.headers)
    if rule.expose != _USUAL_EXPOSED:
        told["expose"] = list(rule.expose)
    if rule.max_age is not None:
        told["max_age"] = spell_span(timedelta(seconds=rule.max_age))
    return told


def _object_lock(adopted: Adopted) -> Data:
    value = adopted.bucket.object_lock
    if not value.enabled:
        return {}
    days = value.days or (value.years or 0) * _YEAR
    told = {} if value.mode is None else {"mode": value.mode.lower(), "retain": spell_life(days)}
    return {"object_lock": told}


def _inventory(adopted: Adopted) -> Data:
    """A contract knows one list; of several the one that is called as its own would be."""
    several = adopted.bucket.inventory
    usual = [one for one in several if one.name == "objects"] or list(several)
    to = adopted.bucket_of(usual[0].target) if usual else ""
    if not to:
        return {}
    one = usual[0]
    told = {"to": to}
    usually = {"schedule": "weekly", "format": "parquet", "versions": "current"}
    said = {"schedule": one.frequency, "format": one.format, "versions": one.versions}
    told |= {name: word.lower() for name, word in said.items() if word.lower() != usually[name]}
    columns = {"fields": sorted(one.fields)} if one.fields != _USUAL_FIELDS else {}
    return {"inventory": {**told, **columns}}


def _switches(adopted: Adopted) -> Data:
    found: Data = {}
    for name in ("mfa_delete", "requester_pays", "acceleration", "abac"):
        if adopted.bucket.told(name) is True:
            found[name] = True
    return found


def _tags(adopted: Adopted) -> Data:
    return short(tags=dict(own_tags(adopted.bucket.tags)))


def _copied(rule: ReplicationRule) -> Mark | None:
    return filter_mark(rule.filter, nearest_id((rule.id or "").partition("-")[2] or rule.id or ""))


def _ids(filters: Iterable[tuple[Predicates, Mark | None]], laid: Layout) -> list[str] | None:
    """The prefixes that filters select; none for all of the bucket, None where one fits no prefix."""
    several = tuple(filters)
    if any(not chosen.count for chosen, _ in several):
        return [] if len(several) == 1 else None
    found = [laid.marked.get(mark) if mark is not None else None for _, mark in several]
    named = [one for one in found if one is not None]
    return named if len(named) == len(found) else None


def _replication(adopted: Adopted, laid: Layout) -> Data:
    """Rules that say the same of several prefixes, one after the other, are one of a contract."""
    value = adopted.bucket.replication
    told: list[Data] = []
    for rule in value.rules if value is not None else ():
        ids = _ids([(rule.filter, _copied(rule))], laid)
        to = adopted.bucket_of(rule.target) or adopted.live.arn(rule.target)
        if ids is None or not to:
            continue
        one = _copy(adopted, rule, to)
        alike = bool(told) and bool(ids) and {**told[-1], "prefixes": []} == {**one, "prefixes": []}
        if alike and "prefixes" in told[-1]:
            told[-1] = {**told[-1], "prefixes": [*_texts(told[-1]["prefixes"]), *ids]}
        else:
            told.append({**one, **short(prefixes=ids)})
    return {"replication": one_or_all(list(told))} if told else {}


def _texts(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value]


def _copy(adopted: Adopted, rule: ReplicationRule, to: str) -> Data:
    abroad = ":" in to
    storage_class = (rule.storage_class or "standard").lower().replace("_", "-")
    key = adopted.live.arn(rule.key) if abroad and rule.key else None
    told = short(
        account=account_number(rule.account) if abroad and rule.owned_there and rule.account else None,
        storage_class=None if storage_class == "standard" else storage_class,
        key=key,
    )
    return {"to": to, **told, **({"delete_markers": True} if rule.delete_markers else {})}


def _tiering(adopted: Adopted, laid: Layout) -> Data:
    several = [one for one in adopted.bucket.intelligent_tiering if one.enabled]
    if not several:
        return {}
    first = several[0]
    alike = [one for one in several if (one.archive, one.deep_archive) == (first.archive, first.deep_archive)]
    ids = _ids([(one.filter, filter_mark(one.filter, one.name)) for one in alike], laid)
    if ids is None:
        return {}
    tiers = {"archive": first.archive, "deep_archive": first.deep_archive}
    told: Data = {name: spell_life(days) for name, days in tiers.items() if days}
    return {"intelligent_tiering": {**told, **short(prefixes=ids)}}


def _told_mark(one: Target) -> Mark | None:
    return Mark(unquote_plus(one.prefix)) if one.prefix else None


def _notifications(adopted: Adopted, laid: Layout) -> Data:
    value = adopted.bucket.notifications
    targets: list[object] = []
    for one in value.targets:
        mark, arn = _told_mark(one), adopted.live.arn(one.target)
        prefix = None if mark is None else laid.marked.get(mark, "")
        if arn and prefix != "":
            events = one_or_all(list(one.events))
            targets.append(
                {"arn": arn, "events": events, **short(prefix=prefix, suffix=unquote_plus(one.suffix))}
            )
    told: Data = {"eventbridge": True} if value.eventbridge else {}
    if targets:
        told["targets"] = one_or_all(targets)
    return {"notifications": told} if told else {}


_PLAIN: Final = (
    _region, _encryption, _blocks_sse_c, _versioning, _ownership, _acl, _public_access, _access_logs, _cors,
    _object_lock, _inventory, _switches, _tags,
)  # fmt: skip
_OF_PREFIXES: Final = (_replication, _tiering, _notifications)
