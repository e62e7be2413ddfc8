"""ACL: to whom does the bucket's access control list give what?"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from bucketwright.facets.facet import BucketScope, Declared, Planned, Resolve, agreed
from bucketwright.facets.said import Said
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset


class Grant(NamedTuple):
    """One grant of an ACL."""

    grantee: str
    """`owner`, the URI of a group, else `id:` or `email:` and the user's."""
    permission: str


Acl = frozenset[Grant]
OWNER: Final = "owner"
ALL_USERS: Final = "http://acs.amazonaws.com/groups/global/AllUsers"
AUTHENTICATED_USERS: Final = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
LOG_DELIVERY: Final = "http://acs.amazonaws.com/groups/s3/LogDelivery"
KIND: Final = "aws:s3/bucketAcl:BucketAcl"
FRESH: Final[Acl] = frozenset({Grant(OWNER, "FULL_CONTROL")})
_EC2: Final = "id:6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c"
_PERMISSIONS: Final = ("FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP")
CANNED: Final[Mapping[str, Acl]] = {
    "private": FRESH,
    "bucket-owner-read": FRESH,
    "bucket-owner-full-control": FRESH,
    "public-read": FRESH | {Grant(ALL_USERS, "READ")},
    "public-read-write": FRESH | {Grant(ALL_USERS, "READ"), Grant(ALL_USERS, "WRITE")},
    "authenticated-read": FRESH | {Grant(AUTHENTICATED_USERS, "READ")},
    "aws-exec-read": FRESH | {Grant(_EC2, "READ")},
    "log-delivery-write": FRESH | {Grant(LOG_DELIVERY, "WRITE"), Grant(LOG_DELIVERY, "READ_ACP")},
}
"""What S3's canned ACLs give on a bucket; those of objects say nothing more there."""


def wanted(scope: BucketScope) -> Acl:
    return CANNED[scope.bucket.acl or "private"]


def to_args(value: Acl, _: Resolve) -> tuple[Declared, ...]:
    """An ACL is declared by its canned name, and the owner's own is there already."""
    name = next((name for name, grants in CANNED.items() if grants == value), None)
    if name is None:
        raise ValueError("no canned ACL says this, and a contract declares no other")
    return () if value == FRESH else (Declared(KIND, {"acl": name}),)


def from_plan(planned: Planned) -> Acl | Unset:
    said = planned.one(KIND)
    separate: Acl | Unset = UNSET
    if said is not None:
        listed = said.part("accessControlPolicy")
        separate = _canned(said) if listed is None else _listed(listed)
    return agreed("acl", separate, _inline(planned.said))


def grants_of(said: Said, owner: str | None = None) -> Acl:
    """The grants of a list, each with a grantee and a permission."""
    return frozenset(
        Grant(
            _grantee(one.inside("grantee"), owner),
            one.needed("permission", one.word("permission", _PERMISSIONS)),
        )
        for one in said.parts("grants")
    )


def _canned(said: Said) -> Acl | Unset:
    return said.choice("acl", CANNED) or UNSET


def _listed(said: Said) -> Acl:
    return grants_of(said, said.inside("owner").text("id"))


def _inline(said: Said) -> Acl | Unset:
    """The bucket's own older properties, whose grants name several permissions each."""
    known = frozenset(
        Grant(_grantee(one, None), _known(permission))
        for one in said.parts("grants")
        for permission in one.texts("permissions")
    )
    return agreed("acl", known or UNSET, _canned(said))


def _grantee(said: Said, owner: str | None) -> str:
    for name, spelled in (("uri", "{}"), ("id", "id:{}"), ("emailAddress", "email:{}")):
        found = said.text(name)
        if found:
            return OWNER if name == "id" and found == owner else spelled.format(found)
    raise Undetermined("acl", Unknown("a grant names nobody"))


def _known(permission: str) -> str:
    if permission not in _PERMISSIONS:
        raise Undetermined("acl", Unknown(f"S3 knows no such permission as {permission!r}"))
    return permission
