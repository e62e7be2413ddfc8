"""Access control lists: which are taken, and which are in force."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from sandbox.server import Clients
from sandbox.server.canonical_users import canonical_user
from tests.sandbox.server.asking import ACCOUNT, OTHER, code, made, opened, sent, signature

GROUP = "http://acs.amazonaws.com/groups/global/AllUsers"
OWNER = canonical_user(ACCOUNT)
FRIEND = canonical_user(OTHER)


def grants(listed: dict[str, Any]) -> list[tuple[str, str]]:
    """Who has what, by id or group."""
    return [
        (one["Grantee"].get("ID") or one["Grantee"]["URI"], one["Permission"]) for one in listed["Grants"]
    ]


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"ACL": "bucket-owner-full-control"}, id="full control of the owner"),
        pytest.param({"AccessControlPolicy": {"Grants": [], "Owner": {"ID": OWNER}}}, id="no grants"),
        pytest.param(
            {
                "AccessControlPolicy": {
                    "Owner": {"ID": OWNER},
                    "Grants": [
                        {"Grantee": {"Type": "CanonicalUser", "ID": OWNER}, "Permission": "FULL_CONTROL"}
                    ],
                }
            },
            id="the owner's grant spelled out",
        ),
    ],
)
def test_an_enforced_owner_may_be_named(clients: Clients, name: str, asked: dict[str, Any]) -> None:
    """Where the owner is enforced, full control of the owner is the one ACL that is taken."""
    s3 = made(clients, name)

    assert code(lambda: s3.put_bucket_acl(Bucket=name, **asked)) == "taken"
    assert grants(s3.get_bucket_acl(Bucket=name)) == [(OWNER, "FULL_CONTROL")]


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"ACL": "private"}, id="private"),
        pytest.param({"ACL": "public-read"}, id="public"),
        pytest.param({"GrantRead": f"id={FRIEND}"}, id="a grant by header"),
        pytest.param({"GrantRead": f'uri="{GROUP}"'}, id="a public grant by header"),
    ],
)
def test_an_enforced_owner_takes_no_other_acl(clients: Clients, name: str, asked: dict[str, Any]) -> None:
    """Where the owner is enforced, every other ACL is refused, for bucket and object alike."""
    s3 = made(clients, name)

    assert code(lambda: s3.put_bucket_acl(Bucket=name, **asked)) == "AccessControlListNotSupported"
    assert code(lambda: s3.put_object(Bucket=name, Key="k", **asked)) == "AccessControlListNotSupported"


def test_grants_come_back(clients: Clients, name: str) -> None:
    """Grants by header and by document are kept with every permission."""
    s3 = opened(clients, name)
    s3.put_bucket_acl(Bucket=name, GrantFullControl=f"id={OWNER}", GrantRead=f'uri="{GROUP}", id="{FRIEND}"')
    by_header = grants(s3.get_bucket_acl(Bucket=name))
    document = {
        "Owner": {"ID": OWNER},
        "Grants": [{"Grantee": {"Type": "CanonicalUser", "ID": FRIEND}, "Permission": "READ_ACP"}],
    }
    s3.put_object(Bucket=name, Key="k", Body=b"")
    s3.put_object_acl(Bucket=name, Key="k", AccessControlPolicy=document)

    assert sorted(by_header) == sorted([(OWNER, "FULL_CONTROL"), (GROUP, "READ"), (FRIEND, "READ")])
    assert grants(s3.get_object_acl(Bucket=name, Key="k")) == [(FRIEND, "READ_ACP")]


def test_a_canned_acl_of_an_object_is_kept(clients: Clients, name: str) -> None:
    """An object put with an ACL has it, one put without has none but its owner's."""
    s3 = opened(clients, name)
    s3.put_bucket_acl(Bucket=name, ACL="public-read-write")
    s3.put_object(Bucket=name, Key="open", Body=b"", ACL="public-read")
    upload = s3.create_multipart_upload(Bucket=name, Key="big")["UploadId"]
    part = s3.upload_part(Bucket=name, Key="big", UploadId=upload, PartNumber=1, Body=b"x")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    s3.complete_multipart_upload(Bucket=name, Key="big", UploadId=upload, MultipartUpload=parts)

    assert grants(s3.get_object_acl(Bucket=name, Key="open")) == [(OWNER, "FULL_CONTROL"), (GROUP, "READ")]
    assert grants(s3.get_object_acl(Bucket=name, Key="big")) == [(OWNER, "FULL_CONTROL")]


@pytest.mark.parametrize("how", ["bucket", "object", "upload", "account"])
def test_public_acls_are_refused_where_blocked(clients: Clients, name: str, how: str) -> None:
    """BlockPublicAcls refuses a public ACL wherever it is asked for, and leaves private ones alone."""
    s3, control = opened(clients, name), clients.client("s3control")
    block = {"PublicAccessBlockConfiguration": {"BlockPublicAcls": True}}
    if how == "account":
        control.put_public_access_block(AccountId=ACCOUNT, **block)
    else:
        s3.put_public_access_block(Bucket=name, **block)
    asks: dict[str, Callable[[str], object]] = {
        "bucket": lambda acl: s3.put_bucket_acl(Bucket=name, ACL=acl),
        "account": lambda acl: s3.put_bucket_acl(Bucket=name, ACL=acl),
        "object": lambda acl: s3.put_object(Bucket=name, Key="k", ACL=acl),
        "upload": lambda acl: s3.create_multipart_upload(Bucket=name, Key="k", ACL=acl),
    }
    answers = [code(partial(asks[how], acl)) for acl in ("public-read", "authenticated-read", "private")]
    if how == "account":
        control.delete_public_access_block(AccountId=ACCOUNT)

    assert answers == ["AccessDenied", "AccessDenied", "taken"]


def test_ignored_grants_live_on_unseen(clients: Clients, name: str) -> None:
    """A public grant that is ignored comes back once it is no longer."""
    s3 = opened(clients, name)
    s3.put_bucket_acl(Bucket=name, ACL="public-read")
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration={"IgnorePublicAcls": True})
    ignored = grants(s3.get_bucket_acl(Bucket=name))
    s3.delete_public_access_block(Bucket=name)

    assert ignored == [(OWNER, "FULL_CONTROL")]
    assert grants(s3.get_bucket_acl(Bucket=name)) == [(OWNER, "FULL_CONTROL"), (GROUP, "READ")]


@pytest.mark.parametrize(
    ("headers", "answer"),
    [
        pytest.param({"x_amz_acl": "frob"}, b"InvalidArgument", id="an unknown canned ACL"),
        pytest.param(
            {"x_amz_acl": "private", "x_amz_grant_read": "id=x"}, b"InvalidRequest", id="both kinds"
        ),
    ],
)
def test_acls_that_are_none_are_refused(
    clients: Clients, name: str, headers: dict[str, str], answer: bytes
) -> None:
    """An ACL that S3 does not know is refused with 400."""
    opened(clients, name)
    said = sent(clients.url, "PUT", f"/{name}?acl", Authorization=signature(clients.region), **headers)

    assert said.status == 400
    assert answer in said.read()
