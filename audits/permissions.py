"""What has an auditor to be let do, and no more, for the rules and facts that are asked for?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from audits.buckets import names_declared
from audits.needs import Needs, needs
from audits.object_facts import ACL, HEAD, PARTS, TAGGING
from audits.object_listing import OBJECTS, UPLOADS, VERSIONS
from audits.object_locks import LEGAL_HOLD, RETENTION
from audits.questions import TO_FIND, TO_KNOW_AGAIN
from audits.scope import Scope
from bucketwright.estate import BucketPosture
from bucketwright.facets.reading import Read

OF_OBJECTS: Final = (HEAD, ACL, TAGGING, RETENTION, LEGAL_HOLD)
_OF_VERSIONS: Final = frozenset({HEAD.permission, ACL.permission, TAGGING.permission})
"""What IAM calls otherwise where it is about one version."""
Document = Mapping[str, object]


def least_policy(scope: Scope, partition: str = "aws") -> Document:
    """The IAM policy of whoever looks at this; what tells nothing of any one bucket's objects first."""
    names = sorted(scope.buckets or names_declared(scope.around.intended)) or ["*"]
    objects = [f"arn:{partition}:s3:::{name}/*" for name in names]
    settings = {read.permission for read in _of_settings(scope, needs(scope))}
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "Settings", "Effect": "Allow", "Action": sorted(settings), "Resource": "*"},
            {"Sid": "Objects", "Effect": "Allow", "Action": _object_actions(scope), "Resource": objects},
        ],
    }


def _of_settings(scope: Scope, asked: Needs) -> Iterator[Read]:
    kinds = asked.kinds | {BucketPosture.kind}
    yield from asked.reads()
    yield from _of(TO_FIND, kinds)
    yield from _of(TO_KNOW_AGAIN, asked.declared)
    yield UPLOADS.read
    if scope.objects:
        yield from (OBJECTS.read, VERSIONS.read)


def _of(table: Mapping[str, tuple[Read, ...]], kinds: Iterable[str]) -> Iterator[Read]:
    return (read for kind in kinds for read in table.get(kind, ()))


def _object_actions(scope: Scope) -> list[str]:
    reads = (PARTS, *(OF_OBJECTS if scope.objects else ()))
    return sorted(action for read in reads for action in _with_versions(read.permission))


def _with_versions(permission: str) -> tuple[str, ...]:
    if permission not in _OF_VERSIONS:
        return (permission,)
    return permission, permission.replace("GetObject", "GetObjectVersion")
