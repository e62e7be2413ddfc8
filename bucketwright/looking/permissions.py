"""What has an auditor to be let do, and no more, for the rules and facts that are asked for?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bucketwright.contract.access.size import spread
from bucketwright.contract.access.statement import allow
from bucketwright.estate import BucketPosture
from bucketwright.facets.reading import Read
from bucketwright.looking.needs import Needs, needs
from bucketwright.looking.object_reads import (
    ACL,
    HEAD,
    LEGAL_HOLD,
    OBJECTS,
    PARTS,
    RETENTION,
    TAGGING,
    UPLOADS,
    VERSIONS,
)
from bucketwright.looking.questions import TO_FIND, TO_KNOW_AGAIN
from bucketwright.looking.scope import Scope

OF_OBJECTS: Final = (HEAD, ACL, TAGGING, RETENTION, LEGAL_HOLD)
_OF_VERSIONS: Final = frozenset({HEAD.permission, ACL.permission, TAGGING.permission})
"""What IAM calls otherwise where it is about one version."""
Document = Mapping[str, object]


def least_policy(scope: Scope, partition: str = "aws") -> Document:
    """The IAM policy of whoever looks at this; what tells nothing of any one bucket's objects first."""
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "Settings", "Effect": "Allow", "Action": _settings(scope), "Resource": "*"},
            {
                "Sid": "Objects",
                "Effect": "Allow",
                "Action": _object_actions(scope),
                "Resource": _objects(scope, partition),
            },
        ],
    }


def least_policies(scope: Scope, partition: str = "aws") -> tuple[Document, ...]:
    """The same as managed policies: several where one would be too large for IAM."""
    settings = allow("Settings", _settings(scope), ("*",))
    objects = allow("Objects", _object_actions(scope), _objects(scope, partition))
    return spread((settings, objects), "the role of an auditor")


def _settings(scope: Scope) -> list[str]:
    return sorted({read.permission for read in _of_settings(scope, needs(scope))})


def _objects(scope: Scope, partition: str) -> list[str]:
    names = sorted(scope.buckets or _declared(scope)) or ["*"]
    return [f"arn:{partition}:s3:::{name}/*" for name in names]


def _declared(scope: Scope) -> Iterable[str]:
    wanted = scope.around.intended
    return () if wanted is None else (one.name for one in wanted.every(BucketPosture))


def _of_settings(scope: Scope, asked: Needs) -> Iterator[Read]:
    kinds = asked.kinds | {BucketPosture.kind}
    yield from asked.reads()
    yield from _of(TO_FIND, kinds)
    yield from _of(TO_KNOW_AGAIN, asked.declared)
    yield UPLOADS
    if scope.objects:
        yield from (OBJECTS, VERSIONS)


def _of(table: Mapping[str, tuple[Read, ...]], kinds: Iterable[str]) -> Iterator[Read]:
    return (read for kind in kinds for read in table.get(kind, ()))


def _object_actions(scope: Scope) -> list[str]:
    reads = (PARTS, *(OF_OBJECTS if scope.objects else ()))
    return sorted(action for read in reads for action in _with_versions(read.permission))


def _with_versions(permission: str) -> tuple[str, ...]:
    if permission not in _OF_VERSIONS:
        return (permission,)
    return permission, permission.replace("GetObject", "GetObjectVersion")
