"""The retention a contract declares, as lifecycle rules in the spelling of S3's API.

A lifecycle prefix is literal. Where the literal beginning of a path selects more than the path's own keys,
the rule selects by an object tag instead, which every write sets (CS-10). Abort rules stand apart, for S3
refuses them beside tags and sizes.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from bucketwright.contract.heads import head_selects
from bucketwright.contract.lifecycle.classes import MINIMUM_SIZES, MinimumSize, s3_class
from bucketwright.contract.lifecycle.validity import MOST_RULES
from bucketwright.contract.placement import Place, place_of, places
from bucketwright.contract.temp import effective_expiry

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.model import Environment
    from bucketwright.contract.prefixes import Noncurrent, Prefix

LIFECYCLE_TAG: Final = "bucketwright:prefix"
_DELETIONS: Final = frozenset({"Expiration", "NoncurrentVersionExpiration"})
_OF_MOVES: Final = ".archive"
"""How the id of a prefix's second rule ends, where it has two."""

Fields = dict[str, object]
S3Rule = dict[str, object]


class TooManyRules(ValueError):  # noqa: N818 - says what is wrong, as its reader would
    """More lifecycle rules than S3 takes for a bucket."""


def minimum_size(bucket: "Bucket") -> MinimumSize:
    """S3's word for the smallest objects that transitions move."""
    return MINIMUM_SIZES[bucket.minimum_transition_size]


def lifecycle_rules(environment: "Environment", bucket_id: str) -> list[S3Rule]:
    """The bucket's lifecycle configuration; empty under MFA delete, where S3 supports none.

    The ids of prefixes hold no dot, so no rule of theirs has the id of a rule for the whole bucket.
    """
    bucket = environment.buckets[bucket_id]
    if bucket.mfa_delete:
        return []
    own = places(environment, bucket_id)
    rules = [rule for place in own for rule in _place_rules(bucket, place, own)]
    if bucket.versioning != "disabled" and any(rule.keys() & _DELETIONS for rule in rules):
        markers = {"Expiration": {"ExpiredObjectDeleteMarker": True}}
        rules.append(_rule("bucket.expired-delete-markers", {}, markers))
    abort = {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": bucket.abort_uploads}}
    rules.append(_rule("bucket.abort-uploads", {}, abort))
    if len(rules) > MOST_RULES:
        raise TooManyRules(
            f"buckets.{bucket_id} would need {len(rules):,} lifecycle rules, and S3 takes {MOST_RULES:,}: "
            "give fewer of its prefixes a retention of their own, or make two buckets of it"
        )
    return rules


def prefix_of_rule(rule_id: str) -> str:
    """The prefix that a rule of such an id is made for; empty where it is for the whole bucket."""
    prefix_id = rule_id.removesuffix(_OF_MOVES)
    return "" if "." in prefix_id else prefix_id


def object_tags(environment: "Environment", bucket_id: str, prefix_id: str) -> dict[str, str]:
    """The tags every object of a prefix carries: the declared ones, and one more where S3 selects by it."""
    place, own = place_of(environment, f"{bucket_id}/{prefix_id}"), places(environment, bucket_id)
    return tags_among(own, place, environment.buckets[bucket_id])


def tags_among(own: Sequence[Place], place: Place, bucket: "Bucket") -> dict[str, str]:
    """The same of one of a bucket's places, which are known already."""
    tags = dict(place.prefix.tags)
    selected = bool(_actions(bucket, place.prefix)) or selected_beside(bucket, place.prefix_id)
    if selected and not head_selects(bucket, place, own):
        tags[LIFECYCLE_TAG] = place.prefix_id
    return tags


def selected_beside(bucket: "Bucket", prefix_id: str) -> bool:
    """Whether replication or tiering names a prefix and can tell its objects by a tag.

    S3 copies no delete markers by a rule that selects by tags.
    """
    tiers = bucket.intelligent_tiering
    copied = (rule.prefixes for rule in bucket.replication if not rule.delete_markers)
    return any(prefix_id in named for named in (*copied, tiers.prefixes if tiers else ()))


def _place_rules(bucket: "Bucket", place: Place, own: Sequence[Place]) -> Iterator[S3Rule]:
    """One rule for what the contract says of a prefix, or two where moves ask for a size of their own."""
    actions = _actions(bucket, place.prefix)
    if not actions:
        return
    selects = _selection(bucket, place, own)
    floor = place.prefix.archive_above
    moves = {name: moved for name, moved in actions.items() if name.endswith("Transitions")}
    if moves and floor is not None:
        large_enough = selects | {"ObjectSizeGreaterThan": max(floor - 1, 0)}
        yield _rule(f"{place.prefix_id}{_OF_MOVES}", large_enough, moves)
        actions = {name: action for name, action in actions.items() if name not in moves}
    if actions:
        yield _rule(place.prefix_id, selects, actions)


def _actions(bucket: "Bucket", prefix: "Prefix") -> Fields:
    """What becomes of a prefix's objects, in S3's words; nothing under MFA delete."""
    if bucket.mfa_delete:
        return {}
    actions: Fields = {}
    expire = effective_expiry(bucket, prefix)
    if expire is not None:
        actions["Expiration"] = {"Days": expire}
    if prefix.archive:
        actions["Transitions"] = [
            {"Days": move.after, "StorageClass": s3_class(move.to)} for move in prefix.archive
        ]
    return actions if prefix.noncurrent is None else actions | _actions_on_old(prefix.noncurrent)


def _actions_on_old(old: "Noncurrent") -> Fields:
    """What becomes of versions that are no longer the current ones."""
    actions: Fields = {}
    if old.archive:
        actions["NoncurrentVersionTransitions"] = [
            {"NoncurrentDays": move.after, "StorageClass": s3_class(move.to)} for move in old.archive
        ]
    if old.expire is not None:
        kept = {} if old.keep_newest is None else {"NewerNoncurrentVersions": old.keep_newest}
        actions["NoncurrentVersionExpiration"] = {"NoncurrentDays": old.expire, **kept}
    return actions


def _selection(bucket: "Bucket", place: Place, own: Sequence[Place]) -> Fields:
    """The predicates that select the prefix's objects."""
    head = place.path.literal_head
    chosen: Fields = {"Prefix": head} if head else {}
    if not head_selects(bucket, place, own):
        chosen["Tags"] = [{"Key": LIFECYCLE_TAG, "Value": place.prefix_id}]
    return chosen


def _rule(rule_id: str, selects: Fields, actions: Mapping[str, object]) -> S3Rule:
    return {"ID": rule_id, "Status": "Enabled", "Filter": _filter(selects), **actions}


def _filter(selects: Fields) -> Fields:
    """S3 takes one predicate as it is, and several only inside `And`."""
    tags = selects.get("Tags")
    if len(selects) == 1 and isinstance(tags, list):
        return {"Tag": tags[0]}
    return selects if len(selects) <= 1 else {"And": selects}
