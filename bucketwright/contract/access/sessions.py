"""What one session of a role may do: its verbs below one path of a prefix, such as one upload session."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from bucketwright.contract.access.archived import RESTORE_ACTION, restorable
from bucketwright.contract.access.grants import tag_condition
from bucketwright.contract.access.keys import key_statements
from bucketwright.contract.access.size import SESSION_POLICY, fitting, policy
from bucketwright.contract.access.statement import Json, Statement, allow, asked_for
from bucketwright.contract.access.verbs import (
    LIST_ACTION,
    OBJECT_VERBS,
    TAG_ACTION,
    WHOLE_BUCKET,
    actions,
    held,
    listed,
)
from bucketwright.contract.keys.templates import PathTemplate
from bucketwright.contract.keys.variable_types import Value
from bucketwright.contract.lifecycle.compile import object_tags
from bucketwright.contract.placement import Place, bucket_arn, place_of
from bucketwright.contract.words import VERBS

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment
    from bucketwright.contract.roles import Access


def session_policy(
    environment: "Environment", access_id: str, address: str, values: Mapping[str, Value]
) -> Json:
    """The policy of one session, below the path of these values.

    A session holds what both its role and this policy allow. Sessions of different values cannot reach each
    other's keys, so values for later variables without those before them are refused.
    """
    place, access = place_of(environment, address), environment.access[access_id]
    own = _narrowed(access, place)
    if not access.makes_role() or not any(own.refs(verb) for verb in VERBS):
        raise ValueError(f"access.{access_id} makes no role that may do anything on {address}")
    _refuse_later_values(place.path, values)
    path, keys = place.path.bind(**values), place.keys.bind(**values)
    session = replace(
        place, path=path, keys=keys, path_pattern=path.key_pattern(), key_pattern=keys.key_pattern()
    )
    statements = [*_statements(environment, own, session), *key_statements(environment, own)]
    return fitting(policy(statements), SESSION_POLICY, f"a session policy of access.{access_id}")


def _narrowed(access: "Access", place: Place) -> "Access":
    """The grant, of one prefix only."""
    chosen = {place.prefix_id, WHOLE_BUCKET}
    kept: dict[str, object] = {
        verb: (place.address,) if held(access, verb, place.bucket_id) & chosen else () for verb in VERBS
    }
    return access.model_copy(update=kept)


def _refuse_later_values(path: PathTemplate, values: Mapping[str, Value]) -> None:
    """Behind a variable that may be anything, a star takes more than one segment, and other sessions' too."""
    open_before: set[str] = set()
    for segment in path.segments:
        names = {variable.name for variable in segment.variables}
        missing = open_before | names - values.keys()
        if missing and names & values.keys():
            raise ValueError(f"a value for {', '.join(sorted(missing))} is needed to tell sessions apart")
        open_before = missing


def _statements(environment: "Environment", own: "Access", session: Place) -> Iterator[Statement]:
    bucket_id, arn = session.bucket_id, bucket_arn(environment, session.bucket_id)
    keys, bucket = (f"{arn}/{session.key_pattern}",), environment.buckets[bucket_id]
    verbs = [verb for verb in OBJECT_VERBS if held(own, verb, bucket_id)]
    if verbs:
        allowed = [action for verb in verbs for action in actions(verb, bucket)]
        restored = [RESTORE_ACTION] if restorable(environment, own, bucket_id, (session,)) else []
        yield allow("Objects", sorted(allowed + restored), keys)
    if listed(own, bucket_id):
        yield allow("List", (LIST_ACTION,), (arn,), asked_for((session.path_pattern,)))
    tags = object_tags(environment, bucket_id, session.prefix_id)
    if tags and "write" in verbs:
        yield allow("Tag", (TAG_ACTION,), keys, tag_condition(tags))
