"""Which policies are attached to a role: documents of the same plan, or AWS's own by their ARNs?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from bucketwright.facets.facet import Planned
from bucketwright.facets.feeding import all_fed
from bucketwright.plan import Resource

POLICY: Final = "aws:iam/policy:Policy"
ROLE_POLICY: Final = "aws:iam/rolePolicy:RolePolicy"
ATTACHMENT: Final = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
SHARED_ATTACHMENT: Final = "aws:iam/policyAttachment:PolicyAttachment"
ATTACHMENTS: Final = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"
_ONE: Final = "policyArn"
_NAMED_BY: Final = {ATTACHMENT: _ONE, SHARED_ATTACHMENT: _ONE, ATTACHMENTS: "policyArns"}
_OF_AWS: Final = re.compile(r"arn:[a-z0-9-]+:iam::aws:policy/.+")


@dataclass(frozen=True, slots=True)
class _Named:
    """The policies that one property of one resource names."""

    resource: Resource
    name: str
    of_aws: tuple[str, ...]
    others: tuple[object, ...]


def is_of_aws(arn: str) -> bool:
    """Whether it is the ARN of a policy that AWS writes."""
    return bool(_OF_AWS.fullmatch(arn))


def attached_of_aws(planned: Planned) -> frozenset[str]:
    """The ARNs of the attached policies that AWS writes, and changes when it likes."""
    several = tuple(_named(planned))
    for one in several:
        _others(planned, one)
    return frozenset(chain.from_iterable(one.of_aws for one in several))


def attached(planned: Planned) -> tuple[Resource, ...]:
    """The other attached policies, each a resource of the plan."""
    return tuple(chain.from_iterable(_others(planned, one) for one in _named(planned)))


def _others(planned: Planned, one: _Named) -> tuple[Resource, ...]:
    return all_fed(planned, one.resource, one.name, POLICY, one.others)


def _named(planned: Planned) -> Iterator[_Named]:
    yield _entries(planned, planned.resource, "managedPolicyArns")
    for part in planned.parts:
        if part.kind in _NAMED_BY:
            yield _entries(planned, part, _NAMED_BY[part.kind])


def _entries(planned: Planned, resource: Resource, name: str) -> _Named:
    said = planned.says(resource)
    entries = (said.needed(name, said.values.get(name)),) if name == _ONE else said.entries(name)
    of_aws = tuple(one for one in entries if isinstance(one, str) and is_of_aws(one))
    return _Named(resource, name, of_aws, tuple(one for one in entries if one not in of_aws))
