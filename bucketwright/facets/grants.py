"""What does an access control list say, of a bucket or of an object?"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from bucketwright.facets.said import Said
from bucketwright.posture import Undetermined, Unknown


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
ID: Final = "id:"
PERMISSIONS: Final = ("FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP")
_EMAIL: Final = "email:"
_SPELLED: Final = ("", ID, _EMAIL)
_IN_PLANS: Final = ("uri", "id", "emailAddress")
_IN_ANSWERS: Final = ("URI", "ID", "EmailAddress")
_TYPES: Final[Mapping[str, tuple[str, str]]] = {
    ID: ("CanonicalUser", "ID"),
    _EMAIL: ("AmazonCustomerByEmail", "EmailAddress"),
}


def grantee_in(said: Said, owner: str | None, names: tuple[str, str, str] = _IN_PLANS) -> str:
    """Whom a grant names, as `Grant` spells it; Undetermined where that is nobody."""
    for name, begins in zip(names, _SPELLED, strict=True):
        found = said.text(name)
        if found and not begins and "://" not in found:
            raise Undetermined("acl", Unknown("a grant names a group by what is no URI"))
        if found:
            return OWNER if begins == ID and found == owner else f"{begins}{found}"
    raise Undetermined("acl", Unknown("a grant names nobody"))


def answered_grants(said: Said, owner: str = "") -> Acl:
    """The grants of an answer; to the owner are those to a user who is named, or else to the one it names."""
    owner = owner or owner_in(said)
    said.needed("Grants", said.values.get("Grants"))
    return frozenset(
        Grant(
            grantee_in(one.inside("Grantee"), owner, _IN_ANSWERS),
            one.needed("Permission", one.word("Permission", PERMISSIONS)),
        )
        for one in said.parts("Grants")
    )


def owner_in(said: Said) -> str:
    """The canonical user whose the list is."""
    owner = said.needed("Owner", said.part("Owner"))
    return owner.needed("ID", owner.text("ID") or None)


def spelled_out(value: Acl, owner: str) -> Mapping[str, object]:
    """An ACL as a call takes it, with the canonical user who owns what it is of."""
    grants = [
        {
            "Grantee": _named(f"{ID}{owner}" if one.grantee == OWNER else one.grantee),
            "Permission": one.permission,
        }
        for one in sorted(value)
    ]
    return {"Owner": {"ID": owner}, "Grants": grants}


def _named(grantee: str) -> Mapping[str, object]:
    for begins, (kind, name) in _TYPES.items():
        if grantee.startswith(begins):
            return {"Type": kind, name: grantee.removeprefix(begins)}
    return {"Type": "Group", "URI": grantee}
