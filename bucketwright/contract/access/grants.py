"""The statements of a grant in one bucket: objects, listing, tags, and the Denies that keep others out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from bucketwright.contract.access.archived import RESTORE_ACTION, restorable
from bucketwright.contract.access.crossings import shut_out_of_keys, shut_out_of_listing
from bucketwright.contract.access.statement import Condition, Statement, allow, asked_for, deny, sid_part
from bucketwright.contract.access.verbs import (
    LIST_ACTION,
    OBJECT_VERBS,
    PUT_ACTION,
    TAG_ACTION,
    WHOLE_BUCKET,
    actions,
    among,
    held,
    listed,
)
from bucketwright.contract.lifecycle.compile import tags_among
from bucketwright.contract.placement import Place, bucket_arn, places
from bucketwright.contract.remembering import remembered

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment
    from bucketwright.contract.roles import Access


@remembered
def grant_statements(environment: "Environment", access_id: str, bucket_id: str) -> tuple[Statement, ...]:
    """Everything a grantee may and may not do in a bucket."""
    access, own = environment.access[access_id], places(environment, bucket_id)
    return (
        *_objects(environment, access, bucket_id, own),
        *_listing(bucket_arn(environment, bucket_id), access, bucket_id, own),
        *_tagging(environment, access, bucket_id, own),
    )


def tag_condition(tags: Mapping[str, str]) -> Condition:
    """The condition that just these tags are set, all of them, with these values."""
    return {
        "ForAllValues:StringEquals": {"s3:RequestObjectTagKeys": tuple(sorted(tags))},
        "StringEquals": {f"s3:RequestObjectTag/{key}": tags[key] for key in sorted(tags)},
    }


def _objects(
    environment: "Environment", access: "Access", bucket_id: str, own: Sequence[Place]
) -> Iterator[Statement]:
    """One Allow for each set of prefixes, and one Deny where its patterns cross others.

    Whoever reads may restore what lies in an archive among them.
    """
    bucket, arn = environment.buckets[bucket_id], bucket_arn(environment, bucket_id)
    read = held(access, "read", bucket_id)
    restored = [f"{arn}/{one.key_pattern}" for one in restorable(environment, access, bucket_id, own)]
    by_prefixes: dict[frozenset[str], tuple[str, ...]] = {}
    for verb in OBJECT_VERBS:
        if ids := held(access, verb, bucket_id):
            by_prefixes[ids] = (*by_prefixes.get(ids, ()), *actions(verb, bucket))
    named = sid_part(bucket_id)
    for number, (ids, allowed) in enumerate(by_prefixes.items(), start=1):
        keys = ["*"] if WHOLE_BUCKET in ids else [place.key_pattern for place in among(own, ids)]
        yield allow(f"{named}Objects{number}", sorted(allowed), (f"{arn}/{key}" for key in keys))
        restoring = {RESTORE_ACTION} if restored and ids == read else set()
        if restoring:
            yield allow(f"{named}Restore", (RESTORE_ACTION,), restored)
        others = [f"{arn}/{other.key_pattern}" for other in shut_out_of_keys(own, ids)]
        if others:
            tagging = {TAG_ACTION} if PUT_ACTION in allowed else set()
            yield deny(f"{named}KeepOut{number}", sorted({*allowed, *restoring, *tagging}), others)


def _listing(arn: str, access: "Access", bucket_id: str, own: Sequence[Place]) -> Iterator[Statement]:
    """Listing below the granted prefixes only."""
    ids, named = listed(access, bucket_id), sid_part(bucket_id)
    if WHOLE_BUCKET in ids:
        yield allow(f"{named}List", (LIST_ACTION,), (arn,))
    elif ids:
        below = asked_for(place.path_pattern for place in among(own, ids))
        yield allow(f"{named}List", (LIST_ACTION,), (arn,), below)
        others = [other.path_pattern for other in shut_out_of_listing(own, ids)]
        if others:
            yield deny(f"{named}KeepOutList", (LIST_ACTION,), (arn,), asked_for(others))


def _tagging(
    environment: "Environment", access: "Access", bucket_id: str, own: Sequence[Place]
) -> Iterator[Statement]:
    """Writers may set the declared tags of their prefix, with their declared values, and no others."""
    arn = bucket_arn(environment, bucket_id)
    by_tags: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for place in among(own, held(access, "write", bucket_id)):
        tags = tuple(sorted(tags_among(own, place, environment.buckets[bucket_id]).items()))
        if tags:
            by_tags.setdefault(tags, []).append(f"{arn}/{place.key_pattern}")
    for number, (tags, keys) in enumerate(by_tags.items(), start=1):
        yield allow(f"{sid_part(bucket_id)}Tag{number}", (TAG_ACTION,), keys, tag_condition(dict(tags)))
