"""ACL: to whom does the bucket's access control list give what?"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from bucketwright.facets.facet import Args, BucketScope, Declared, Planned, Resolve, agreed
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.facets.writing import Site, Unsettable, Write
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
_ID: Final = "id:"
_EC2: Final = f"{_ID}6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c"
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
_EMAIL: Final = "email:"
_SPELLED: Final = ("", _ID, _EMAIL)
_IN_PLANS: Final = ("uri", "id", "emailAddress")
_IN_ANSWERS: Final = ("URI", "ID", "EmailAddress")
_TYPES: Final[Mapping[str, tuple[str, str]]] = {
    _ID: ("CanonicalUser", "ID"),
    _EMAIL: ("AmazonCustomerByEmail", "EmailAddress"),
}
_LIST: Final = Read("s3", "GetBucketAcl", "s3:GetBucketAcl", ("Bucket",))
READS: Final = (_LIST,)


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


def _canned(said: Said) -> Acl | Unset:
    return said.choice("acl", CANNED) or UNSET


def _listed(said: Said) -> Acl:
    owner = said.inside("owner").text("id")
    return frozenset(
        Grant(
            _grantee(one.inside("grantee"), owner),
            one.needed("permission", one.word("permission", _PERMISSIONS)),
        )
        for one in said.parts("grants")
    )


def _inline(said: Said) -> Acl | Unset:
    """The bucket's own older properties, whose grants name several permissions each."""
    known = frozenset(
        Grant(_grantee(one, None), _known(permission))
        for one in said.parts("grants")
        for permission in one.texts("permissions")
    )
    return agreed("acl", known or UNSET, _canned(said))


def _grantee(said: Said, owner: str | None, names: tuple[str, str, str] = _IN_PLANS) -> str:
    for name, begins in zip(names, _SPELLED, strict=True):
        found = said.text(name)
        if found and not begins and "://" not in found:
            raise Undetermined("acl", Unknown("a grant names a group by what is no URI"))
        if found:
            return OWNER if begins == _ID and found == owner else f"{begins}{found}"
    raise Undetermined("acl", Unknown("a grant names nobody"))


def _known(permission: str) -> str:
    if permission not in _PERMISSIONS:
        raise Undetermined("acl", Unknown(f"S3 knows no such permission as {permission!r}"))
    return permission


def from_api(asked: Asked) -> Acl:
    """The one in force, which is what S3 answers: while public grants are ignored, it tells none."""
    return answered_grants(asked.answered(_LIST))


def answered_grants(said: Said, owner: str = "") -> Acl:
    """The grants of an answer; to the owner are those to a user who is named, or else to the one it names."""
    owner = owner or _owner(said)
    said.needed("Grants", said.values.get("Grants"))
    return frozenset(
        Grant(
            _grantee(one.inside("Grantee"), owner, _IN_ANSWERS),
            one.needed("Permission", one.word("Permission", _PERMISSIONS)),
        )
        for one in said.parts("Grants")
    )


def owner_of(asked: Asked) -> str:
    """The canonical user who owns the bucket."""
    return _owner(asked.answered(_LIST))


def to_api(before: Acl, after: Acl, site: Site) -> tuple[Write, ...]:
    """By the canned name where there is one, else grant by grant, for which the owner has to be known."""
    if before == after:
        return ()
    name = next((name for name, grants in CANNED.items() if grants == after), None)
    if name is None and not site.owner:
        raise Unsettable("the ACL names its owner, who is not known; GetBucketAcl tells it")
    params = {"ACL": name} if name else {"AccessControlPolicy": spelled_out(after, site.owner)}
    return (site.write("PutBucketAcl", "s3:PutBucketAcl", params),)


def _owner(said: Said) -> str:
    owner = said.needed("Owner", said.part("Owner"))
    return owner.needed("ID", owner.text("ID") or None)


def spelled_out(value: Acl, owner: str) -> Args:
    """An ACL as a call takes it, with the canonical user who owns what it is of."""
    grants = [
        {
            "Grantee": _named(f"{_ID}{owner}" if one.grantee == OWNER else one.grantee),
            "Permission": one.permission,
        }
        for one in sorted(value)
    ]
    return {"Owner": {"ID": owner}, "Grants": grants}


def _named(grantee: str) -> Args:
    for begins, (kind, name) in _TYPES.items():
        if grantee.startswith(begins):
            return {"Type": kind, name: grantee.removeprefix(begins)}
    return {"Type": "Group", "URI": grantee}
