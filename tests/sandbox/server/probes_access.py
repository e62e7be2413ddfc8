"""Who may do what: how it is asked, and what AWS answers."""

from typing import Any

from sandbox.server import Clients
from tests.sandbox.server.asking import (
    ACCOUNT,
    EVERYWHERE,
    OTHER,
    Probe,
    code,
    keys,
    made,
    opened,
    policy,
    sent,
    signature,
    statement,
)

_EVERYONE = "http://acs.amazonaws.com/groups/global/AllUsers"


def _policy_answer(**more: object) -> Any:
    def ask(clients: Clients, name: str) -> object:
        s3 = opened(clients, name)
        return code(lambda: s3.put_bucket_policy(Bucket=name, Policy=policy({**statement(name), **more})))

    return ask


def _no_policy(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    return code(lambda: s3.put_bucket_policy(Bucket=name, Policy="{no policy"))


def _public_policy(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    block = dict.fromkeys(("BlockPublicAcls", "BlockPublicPolicy"), True)
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=block)
    return code(lambda: s3.put_bucket_policy(Bucket=name, Policy=policy(statement(name))))


def _status(clients: Clients, name: str) -> object:
    s3 = opened(clients, name)
    wide = {"IpAddress": {"aws:SourceIp": "0.0.0.0/1"}}
    s3.put_bucket_policy(Bucket=name, Policy=policy(statement(name, Condition=wide)))
    return s3.get_bucket_policy_status(Bucket=name)["PolicyStatus"]["IsPublic"]


def _plain_http(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    unsafe = {"Bool": {"aws:SecureTransport": "false"}}
    s3.put_bucket_policy(Bucket=name, Policy=policy(statement(name, "Deny", Condition=unsafe)))
    return code(lambda: s3.put_object(Bucket=name, Key="k", Body=b""))


def _other_account(clients: Clients, name: str) -> object:
    made(clients, name)
    other = Clients(clients.url, OTHER, clients.region).client("s3")
    return code(lambda: other.list_objects_v2(Bucket=name))


def _unsigned_put(clients: Clients, name: str) -> object:
    made(clients, name)
    return sent(clients.url, "PUT", f"/{name}/k", b"x").status


def _expected_owner(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    return code(lambda: s3.get_bucket_versioning(Bucket=name, ExpectedBucketOwner=OTHER))


def _acl_enforced(clients: Clients, name: str) -> object:
    s3 = made(clients, name, ObjectOwnership="BucketOwnerEnforced")
    return code(lambda: s3.put_bucket_acl(Bucket=name, ACL="authenticated-read"))


def _acl_public(clients: Clients, name: str) -> object:
    s3 = opened(clients, name)
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration={"BlockPublicAcls": True})
    return code(lambda: s3.put_bucket_acl(Bucket=name, ACL="public-read"))


def _acl_in_force(clients: Clients, name: str) -> object:
    s3 = opened(clients, name)
    s3.put_bucket_acl(Bucket=name, ACL="public-read")
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration={"IgnorePublicAcls": True})
    return keys(s3.get_bucket_acl(Bucket=name)["Grants"], "Permission")


def _acl_permissions(clients: Clients, name: str) -> object:
    s3 = opened(clients, name)
    s3.put_bucket_acl(Bucket=name, ACL="public-read-write")
    grants = s3.get_bucket_acl(Bucket=name)["Grants"]
    return [grant["Permission"] for grant in grants if grant["Grantee"].get("URI") == _EVERYONE]


def _acl_of_object(clients: Clients, name: str) -> object:
    s3 = opened(clients, name)
    s3.put_bucket_acl(Bucket=name, ACL="public-read")
    s3.put_object(Bucket=name, Key="k", Body=b"")
    return keys(s3.get_object_acl(Bucket=name, Key="k")["Grants"], "Permission")


def _canonical_users(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    s3.put_object(Bucket=name, Key="k", Body=b"")
    listed = s3.list_buckets()["Owner"]["ID"]
    return listed == s3.get_bucket_acl(Bucket=name)["Owner"]["ID"]


def _wrong_region(clients: Clients, name: str) -> object:
    made(clients, name)
    answer = sent(clients.url, "GET", f"/{name}?versioning", Authorization=signature(EVERYWHERE))
    return answer.status, answer.headers["x-amz-bucket-region"]


def _refused_head(clients: Clients, name: str) -> object:
    made(clients, name)
    answer = sent(
        clients.url,
        "HEAD",
        f"/{name}",
        Authorization=signature(clients.region),
        x_amz_expected_bucket_owner=OTHER,
    )
    return answer.status, answer.headers["x-amz-bucket-region"]


def _point_region(clients: Clients, name: str) -> object:
    made(clients, name)
    control = clients.client("s3control")
    return control.create_access_point(AccountId=ACCOUNT, Name=name, Bucket=name)["AccessPointArn"].split(
        ":"
    )[3]


def _point_policy(clients: Clients, name: str) -> object:
    made(clients, name)
    control = clients.client("s3control")
    arn = control.create_access_point(AccountId=ACCOUNT, Name=name, Bucket=name)["AccessPointArn"]
    mine = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
    text = policy({**statement(name, Principal=mine), "Resource": f"{arn}/object/*"})
    control.put_access_point_policy(AccountId=ACCOUNT, Name=name, Policy=text)
    status = control.get_access_point_policy_status(AccountId=ACCOUNT, Name=name)
    return status["PolicyStatus"]["IsPublic"]


def _absent_point(clients: Clients, name: str) -> object:
    control = clients.client("s3control")
    return code(lambda: control.delete_access_point(AccountId=ACCOUNT, Name=name))


ACCESS_PROBES = (
    Probe("access-point-regions", _point_region, "eu-west-1"),
    Probe("access-point-policies", _point_policy, False),
    Probe("access-point-absence", _absent_point, "NoSuchAccessPoint"),
    Probe("acl-owner-enforced", _acl_enforced, "AccessControlListNotSupported"),
    Probe("acl-public-refused", _acl_public, "AccessDenied"),
    Probe("acl-effective", _acl_in_force, [("FULL_CONTROL",)]),
    Probe("acl-permissions", _acl_permissions, ["READ", "WRITE"]),
    Probe("acl-of-objects", _acl_of_object, [("FULL_CONTROL",)]),
    Probe("canonical-users", _canonical_users, True),
    Probe("expected-bucket-owner", _expected_owner, "AccessDenied"),
    Probe("other-accounts", _other_account, "AccessDenied"),
    Probe("policy-conditions", _plain_http, "taken"),
    Probe("policy-malformed", _no_policy, "MalformedPolicy"),
    Probe("policy-other-resources", _policy_answer(Resource="arn:aws:s3:::other/*"), "MalformedPolicy"),
    Probe(
        "policy-principals",
        _policy_answer(Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:role/nobody"}),
        "MalformedPolicy",
    ),
    Probe("policy-public-refused", _public_policy, "AccessDenied"),
    Probe("policy-status", _status, True),
    Probe("region-on-refusals", _refused_head, (403, "eu-west-1")),
    Probe("unsigned-requests", _unsigned_put, 403),
    Probe("wrong-region", _wrong_region, (301, "eu-west-1")),
)
