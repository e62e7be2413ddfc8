"""ACL: to whom does the bucket's access control list give what?"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from bucketwright.facets.facet import Declared, Planned, Resolve, agreed
from bucketwright.facets.grants import (
    ALL_USERS,
    AUTHENTICATED_USERS,
    ID,
    LOG_DELIVERY,
    OWNER,
    PERMISSIONS,
    Acl,
    Grant,
    answered_grants,
    grantee_in,
    owner_in,
    spelled_out,
)
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.facets.writing import Site, Unsettable, Write
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope


KIND: Final = "aws:s3/bucketAcl:BucketAcl"
FRESH: Final[Acl] = frozenset({Grant(OWNER, "FULL_CONTROL")})
_EC2: Final = f"{ID}6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c"
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
_LIST: Final = Read("s3", "GetBucketAcl", "s3:GetBucketAcl", ("Bucket",))
READS: Final = (_LIST,)


def wanted(scope: "BucketScope") -> Acl:
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


def _canned(said: Said) -> Acl | Unset:
    return said.choice("acl", CANNED) or UNSET


def _listed(said: Said) -> Acl:
    owner = said.inside("owner").text("id")
    return frozenset(
        Grant(
            grantee_in(one.inside("grantee"), owner),
            one.needed("permission", one.word("permission", PERMISSIONS)),
        )
        for one in said.parts("grants")
    )


def _inline(said: Said) -> Acl | Unset:
    """The bucket's own older properties, whose grants name several permissions each."""
    known = frozenset(
        Grant(grantee_in(one, None), _known(permission))
        for one in said.parts("grants")
        for permission in one.texts("permissions")
    )
    return agreed("acl", known or UNSET, _canned(said))


def _known(permission: str) -> str:
    if permission not in PERMISSIONS:
        raise Undetermined("acl", Unknown(f"S3 knows no such permission as {permission!r}"))
    return permission


def from_api(asked: Asked) -> Acl:
    """The one in force, which is what S3 answers: while public grants are ignored, it tells none."""
    return answered_grants(asked.answered(_LIST))


def owner_of(asked: Asked) -> str:
    """The canonical user who owns the bucket."""
    return owner_in(asked.answered(_LIST))


def to_api(before: Acl, after: Acl, site: Site) -> tuple[Write, ...]:
    """By the canned name where there is one, else grant by grant, for which the owner has to be known."""
    if before == after:
        return ()
    name = next((name for name, grants in CANNED.items() if grants == after), None)
    if name is None and not site.owner:
        raise Unsettable("the ACL names its owner, who is not known; GetBucketAcl tells it")
    params = {"ACL": name} if name else {"AccessControlPolicy": spelled_out(after, site.owner)}
    return (site.write("PutBucketAcl", "s3:PutBucketAcl", params),)
