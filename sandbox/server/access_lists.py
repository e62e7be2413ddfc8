"""An access control list as it is asked for, kept by moto, and shown."""

import re
from collections.abc import Iterator
from typing import Final

from moto.s3.models import FakeAcl, FakeGrant, FakeGrantee, get_canned_acl

from sandbox.server.calls import Answer, Call
from sandbox.server.canonical_users import MOTO_OWNER, canonical_user
from sandbox.server.documents import read
from sandbox.server.elements import Element, element
from sandbox.server.refusals import invalid

PUBLIC: Final = frozenset({"public-read", "public-read-write", "authenticated-read"})
_CANNED: Final = PUBLIC | {
    "private", "aws-exec-read", "bucket-owner-read", "bucket-owner-full-control", "log-delivery-write",
}  # fmt: skip
_GROUPS: Final = "http://acs.amazonaws.com/groups/global/"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_HEADERS: Final = {
    "x-amz-grant-full-control": "FULL_CONTROL",
    "x-amz-grant-read": "READ",
    "x-amz-grant-read-acp": "READ_ACP",
    "x-amz-grant-write": "WRITE",
    "x-amz-grant-write-acp": "WRITE_ACP",
}
_GRANTEE: Final = re.compile(r"\s*(id|uri)\s*=\s*\"?([^\",]+)\"?\s*", re.IGNORECASE)


def names_acl(call: Call) -> bool:
    """Whether the headers of a request ask for an ACL."""
    return call.header("x-amz-acl") is not None or any(call.header(name) for name in _HEADERS)


def asked_acl(call: Call, operation: str) -> FakeAcl | Answer:
    """The ACL that a request asks for, by its headers or else its body; or why there is none such."""
    canned = call.header("x-amz-acl")
    granted = [(permission, call.header(name)) for name, permission in _HEADERS.items()]
    if canned and any(value for _, value in granted):
        message = "Specifying both Canned ACLs and Header Grants is not allowed"
        return invalid(call, "InvalidRequest", message)
    if canned:
        if canned not in _CANNED:
            return invalid(call, "InvalidArgument", "", ArgumentName="x-amz-acl", ArgumentValue=canned)
        return get_canned_acl(canned)
    if any(value for _, value in granted):
        return FakeAcl([grant for permission, value in granted for grant in _grants(permission, value or "")])
    sent = read(call, operation)
    return sent if isinstance(sent, Answer) else FakeAcl(list(_sent_grants(sent)))


def is_public(acl: FakeAcl) -> bool:
    """Whether it grants anything to everyone, or to everyone with an account somewhere."""
    return any(who.uri.startswith(_GROUPS) for grant in acl.grants for who in grant.grantees)


def is_owners_alone(acl: FakeAcl, account: str) -> bool:
    """Whether it grants nothing but full control to the owner."""
    return all(
        grant.permissions == ["FULL_CONTROL"] and who.id in (MOTO_OWNER, canonical_user(account))
        for grant in acl.grants
        for who in grant.grantees
    )


def without_public(acl: FakeAcl) -> FakeAcl:
    """What is left where public grants are ignored."""
    kept = [grant for grant in acl.grants if not is_public(FakeAcl([grant]))]
    return FakeAcl(kept)


def written(acl: FakeAcl, account: str) -> Element:
    """The ACL as S3 shows it, every permission of every grantee."""
    owner = canonical_user(account)
    grants = (
        _written(who, permission, owner)
        for grant in acl.grants
        for who in grant.grantees
        for permission in grant.permissions
    )
    listed = element("AccessControlList", *grants)
    return element("AccessControlPolicy", element("Owner", element("ID", owner)), listed)


def _written(who: FakeGrantee, permission: str, owner: str) -> Element:
    named = element("URI", who.uri) if who.uri else element("ID", owner if who.id == MOTO_OWNER else who.id)
    kind = (("xmlns:xsi", _XSI), ("xsi:type", "Group" if who.uri else "CanonicalUser"))
    return element("Grant", Element("Grantee", "", (named,), kind), element("Permission", permission))


def _grants(permission: str, value: str) -> Iterator[FakeGrant]:
    for kind, name in _GRANTEE.findall(value):
        who = FakeGrantee(uri=name) if kind.lower() == "uri" else FakeGrantee(grantee_id=name)
        yield FakeGrant([who], [permission])


def _sent_grants(sent: Element) -> Iterator[FakeGrant]:
    listed = sent.find("AccessControlList")
    for grant in listed.all("Grant") if listed else ():
        who = FakeGrantee(
            grantee_id=grant.text_at("Grantee/ID") or "",
            uri=grant.text_at("Grantee/URI") or "",
        )
        yield FakeGrant([who], [grant.text_at("Permission") or ""])
