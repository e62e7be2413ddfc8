"""Where do the documents of a role stand: in the role itself, or in policies that are attached to it?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bucketwright.facets.attachments import is_of_aws
from bucketwright.facets.bucket.policy import Policy
from bucketwright.facets.reading import Asked
from bucketwright.facets.role_answers import details_of, document_in, policies_of_account
from bucketwright.facets.said import Said
from bucketwright.posture import Undetermined, Unknown

_MOST_VERSIONS: Final = 5
"""IAM keeps no more of one policy."""


@dataclass(frozen=True, slots=True)
class Held:
    """A document under its name."""

    name: str
    policy: Policy
    arn: str | None = None
    """Of the policy that has it; empty where the role itself has it, None where that is not known."""
    outdated: str = ""
    """The version of that policy that has to go before there can be another."""


def document_name(role: str, number: str) -> str:
    """What the program calls the policy with one of a role's documents."""
    return f"{role}-{number}"


def held(asked: Asked) -> Iterator[Held]:
    """All documents that a role has, but those that AWS writes."""
    role = details_of(asked)
    for one in role.parts("RolePolicyList"):
        name = one.needed("PolicyName", one.text("PolicyName"))
        yield Held(name, document_in(one, "PolicyDocument"), "")
    arns = tuple(arn for arn in _attached(role) if not is_of_aws(arn))
    found = {one.text("Arn"): one for one in policies_of_account(asked, lambda one: one.get("Arn") in arns)}
    for arn in arns:
        yield _of_policy(role.needed(arn, found.get(arn)), arn)


def spare(asked: Asked) -> Iterator[Held]:
    """Policies that are called as the program calls those of the role, and are not attached to it."""
    role = asked.target.handles["RoleName"]
    own = re.compile(document_name(re.escape(role), "[0-9]+"))
    there = frozenset(_attached(details_of(asked)))
    for one in policies_of_account(asked, lambda one: f"/{document_name(role, '')}" in str(one.get("Arn"))):
        arn = one.needed("Arn", one.text("Arn"))
        if arn not in there and own.fullmatch(_name(arn)):
            yield _of_policy(one, arn)


def _attached(role: Said) -> Iterator[str]:
    for one in role.parts("AttachedManagedPolicies"):
        yield one.needed("PolicyArn", one.text("PolicyArn"))


def _of_policy(said: Said, arn: str) -> Held:
    versions = said.parts("PolicyVersionList")
    current = tuple(one for one in versions if one.flag("IsDefaultVersion"))
    if len(current) != 1:
        raise Undetermined("policies", Unknown(f"{len(current)} versions of {arn} are in force"))
    others = (one for one in versions if not one.flag("IsDefaultVersion"))
    numbers = sorted((_number(one) for one in others), key=lambda one: (len(one), one))
    return Held(
        name=_name(arn),
        policy=document_in(current[0], "Document"),
        arn=arn,
        outdated=numbers[0] if len(versions) >= _MOST_VERSIONS else "",
    )


def _name(arn: str) -> str:
    return arn.rpartition("/")[2]


def _number(said: Said) -> str:
    return said.needed("VersionId", said.text("VersionId"))
