"""What does a bucket's ACL give to people whom nobody named?"""

from collections.abc import Collection, Mapping
from typing import Final

from bucketwright.facets.grants import (
    ALL_USERS,
    AUTHENTICATED_USERS,
    Acl,
    Grant,
)

GROUPS: Final[Mapping[str, str]] = {
    ALL_USERS: "everyone",
    AUTHENTICATED_USERS: "everyone who has any AWS account",
}
READING: Final = frozenset({"READ", "READ_ACP", "FULL_CONTROL"})
WRITING: Final = frozenset({"WRITE", "WRITE_ACP", "FULL_CONTROL"})


def given_to(acl: Acl, groups: Collection[str], permissions: Collection[str]) -> tuple[Grant, ...]:
    """The grants of any of these permissions to any of these groups, in the order of the alphabet."""
    return tuple(sorted(one for one in acl if one.grantee in groups and one.permission in permissions))


def said(grant: Grant) -> str:
    """A grant to a group in a sentence."""
    return f"the ACL gives {GROUPS[grant.grantee]} {grant.permission}"
