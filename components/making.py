"""How does a declaration in plain data become a resource of the engine?"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn, Protocol

import pulumi
import pulumi_aws

from bucketwright.facets.facet import Declared, Form, Resolve
from bucketwright.posture import UNSET, Unset


class _Facet(Protocol):
    def to_args(self, value: Any, resolve: Resolve, /) -> tuple[Declared, ...]: ...


Facets = Mapping[str, _Facet]
AFTER: Final[Mapping[str, tuple[str, ...]]] = {
    "BucketAcl": ("BucketOwnershipControls", "BucketPublicAccessBlock"),
    "BucketPolicy": ("BucketPublicAccessBlock",),
    "BucketLifecycleConfiguration": ("BucketVersioning",),
    "BucketObjectLockConfiguration": ("BucketVersioning",),
    "BucketReplicationConfig": ("BucketVersioning", "BucketObjectLockConfiguration"),
    "BucketNotification": ("Permission",),
    "EventTarget": ("EventRule", "QueuePolicy"),
}
"""What AWS takes only after something else of the same component is set, or refuses while that changes."""


def resource_class(kind: str) -> Callable[..., pulumi.CustomResource]:
    """The class of a type such as `aws:s3/bucketPolicy:BucketPolicy`."""
    _, path, name = kind.split(":")
    module = path.partition("/")[0]
    found: Callable[..., pulumi.CustomResource] = getattr(
        getattr(pulumi_aws, "lambda_" if module == "lambda" else module), name
    )
    return found


def short_kind(kind: str) -> str:
    """The last word of a type."""
    return kind.rpartition(":")[2]


def declarations(facets: Facets, values: Mapping[str, object], resolve: Resolve) -> Iterator[Declared]:
    """What facets say of these values; of what is left out, what AWS makes new."""
    for name, facet in facets.items():
        value = values.get(name, getattr(facet, "FRESH", UNSET))
        if not isinstance(value, Unset):
            yield from facet.to_args(value, resolve)


def in_turn(declared: Iterable[Declared]) -> Sequence[Declared]:
    """What has to wait for others comes after them; else the order stays."""
    return sorted(declared, key=lambda one: _turn(short_kind(one.kind)))


def _turn(kind: str) -> int:
    return max((_turn(earlier) + 1 for earlier in AFTER.get(kind, ())), default=0)


@dataclass
class Workshop:
    """Makes the resources of one component, each after those it has to wait for."""

    parent: pulumi.ComponentResource
    prefix: str
    common: Mapping[str, object] = field(default_factory=dict)
    """Arguments that every resource gets, such as its region."""
    gone_with: pulumi.Resource | None = None
    """What takes them along when it is deleted: until that has succeeded, none of them is taken away."""
    made: dict[str, list[pulumi.CustomResource]] = field(default_factory=dict)

    def make(
        self,
        declared: Declared,
        *,
        protect: bool = False,
        retain: bool = False,
        waits_for: Sequence[pulumi.Resource] = (),
    ) -> pulumi.CustomResource:
        """Return the resource that a declaration says."""
        kind = short_kind(declared.kind)
        before = [one for earlier in AFTER.get(kind, ()) for one in self.made.get(earlier, [])]
        opts = pulumi.ResourceOptions(
            parent=self.parent,
            protect=protect or None,
            retain_on_delete=retain or None,
            depends_on=[*before, *waits_for],
            deleted_with=self.gone_with,
        )
        name = inner_name(self.prefix, declared.name) if declared.name else self.prefix
        made = resource_class(declared.kind)(name, **self.common, **declared.args, opts=opts)
        self.made.setdefault(kind, []).append(made)
        return made


def inner_name(outer: str, inner: str) -> str:
    """The name of something inside something; no id of a contract has an underscore, so no two are alike."""
    return f"{outer}_{inner}"


def nothing_else(address: str, form: Form) -> NoReturn:  # noqa: ARG001 - a Resolve
    """A Resolve for settings that refer to nothing of the contract."""
    raise LookupError(f"{address} is not known here")
