"""What is live in an account, as plain data that can be compared before and after."""

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from sandbox.server import Clients, Server

_SETTINGS = (
    "get_bucket_abac", "get_bucket_accelerate_configuration", "get_bucket_acl", "get_bucket_cors",
    "get_bucket_encryption", "get_bucket_lifecycle_configuration", "get_bucket_logging",
    "get_bucket_notification_configuration", "get_bucket_ownership_controls", "get_bucket_policy",
    "get_bucket_replication", "get_bucket_request_payment", "get_bucket_versioning", "get_bucket_website",
    "get_object_lock_configuration", "get_public_access_block",
    "list_bucket_intelligent_tiering_configurations", "list_bucket_inventory_configurations",
)  # fmt: skip
_AWS_OWN = "alias/aws/"
_COUNTED = ("ApproximateNumberOf", "CreatedTimestamp", "LastModifiedTimestamp")


def live(server: Server, clients: Clients) -> dict[str, object]:
    """Everything a contract can bring about: all buckets, and what else this account has in this region."""
    iam, kms = clients.client("iam"), clients.client("kms")
    return {
        "buckets": {one["name"]: dict(_bucket(server, one)) for one in server.buckets()},
        "roles": dict(_roles(iam)),
        "policies": dict(_policies(iam)),
        "keys": dict(_keys(kms)),
        "aliases": dict(_aliases(kms)),
        "queues": dict(_queues(clients.client("sqs"))),
        "rules": dict(_rules(clients.client("events"))),
        **_edge(clients.client("cloudfront")),
    }


def _bucket(server: Server, dumped: dict[str, Any]) -> Iterator[tuple[str, object]]:
    s3 = server.clients(account=dumped["account"], region=dumped["region"]).client("s3")
    yield from ((told, dumped[told]) for told in ("account", "region", "objects", "uploads"))
    tags = s3.get_bucket_tagging(Bucket=dumped["name"])["TagSet"]
    yield "tags", {tag["Key"]: tag["Value"] for tag in tags}
    for setting in _SETTINGS:
        try:
            answer = getattr(s3, setting)(Bucket=dumped["name"])
        except ClientError as error:
            yield setting, error.response["Error"]["Code"]
        else:
            yield setting, {name: told for name, told in answer.items() if name != "ResponseMetadata"}


def _all(client: Any, call: str, listed: str, **arguments: object) -> Iterator[Any]:
    for page in client.get_paginator(call).paginate(**arguments):
        yield from page[listed]


def _roles(iam: Any) -> Iterator[tuple[str, object]]:
    for one in _all(iam, "list_roles", "Roles"):
        name = one["RoleName"]
        role = iam.get_role(RoleName=name)["Role"]
        inline = {
            policy: iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
            for policy in _all(iam, "list_role_policies", "PolicyNames", RoleName=name)
        }
        attached = list(_all(iam, "list_attached_role_policies", "AttachedPolicies", RoleName=name))
        told = {told: role.get(told) for told in ("Path", "MaxSessionDuration", "PermissionsBoundary")}
        tags = {tag["Key"]: tag["Value"] for tag in role.get("Tags", [])}
        trust = role["AssumeRolePolicyDocument"]
        yield name, {"trust": trust, "own": inline, "attached": attached, "tags": tags, **told}


def _policies(iam: Any) -> Iterator[tuple[str, object]]:
    for one in _all(iam, "list_policies", "Policies", Scope="Local"):
        arn, version = one["Arn"], one["DefaultVersionId"]
        yield arn, iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]


def _keys(kms: Any) -> Iterator[tuple[str, object]]:
    for one in _all(kms, "list_keys", "Keys"):
        key = {"KeyId": one["KeyId"]}
        known = kms.describe_key(**key)["KeyMetadata"]
        if known["KeyManager"] == "CUSTOMER" and known["KeyState"] != "PendingDeletion":
            yield (
                one["KeyId"],
                {
                    "state": known["KeyState"],
                    "rotates": kms.get_key_rotation_status(**key)["KeyRotationEnabled"],
                    "policy": kms.get_key_policy(**key, PolicyName="default")["Policy"],
                    "tags": {tag["TagKey"]: tag["TagValue"] for tag in kms.list_resource_tags(**key)["Tags"]},
                },
            )


def _aliases(kms: Any) -> Iterator[tuple[str, object]]:
    for one in _all(kms, "list_aliases", "Aliases"):
        if not one["AliasName"].startswith(_AWS_OWN):
            yield one["AliasName"], one["TargetKeyId"]


def _queues(sqs: Any) -> Iterator[tuple[str, object]]:
    for url in sqs.list_queues().get("QueueUrls", []):
        said = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        yield url, {name: value for name, value in said.items() if not name.startswith(_COUNTED)}


def _rules(events: Any) -> Iterator[tuple[str, object]]:
    for one in _all(events, "list_rules", "Rules"):
        targets = events.list_targets_by_rule(Rule=one["Name"])["Targets"]
        yield one["Name"], {"pattern": one.get("EventPattern"), "state": one["State"], "targets": targets}


def _edge(cloudfront: Any) -> dict[str, object]:
    distributions = cloudfront.list_distributions()["DistributionList"].get("Items", [])
    controls = cloudfront.list_origin_access_controls()["OriginAccessControlList"].get("Items", [])
    groups = cloudfront.list_key_groups()["KeyGroupList"].get("Items", [])
    keys = cloudfront.list_public_keys()["PublicKeyList"].get("Items", [])
    return {
        "distributions": {
            one["Id"]: cloudfront.get_distribution_config(Id=one["Id"])["DistributionConfig"]
            for one in distributions
        },
        "origin access controls": {one["Id"]: one["Name"] for one in controls},
        "key groups": {one["KeyGroup"]["Id"]: one["KeyGroup"]["KeyGroupConfig"] for one in groups},
        "public keys": {one["Id"]: one["EncodedKey"] for one in keys},
    }
