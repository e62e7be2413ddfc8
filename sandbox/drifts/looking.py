"""What is live in an account, of all that a drift can change? Every value under the path that leads to it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from botocore.exceptions import ClientError

from sandbox.server.clients import Clients, Server

OBJECT: Final = "object"
Path = str
Seen = Mapping[Path, str]
"""Path, as JSON -> the digest of what is there."""
_SETTINGS: Final = (
    "get_bucket_abac", "get_bucket_accelerate_configuration", "get_bucket_acl", "get_bucket_cors",
    "get_bucket_encryption", "get_bucket_lifecycle_configuration",
    "get_bucket_logging", "get_bucket_notification_configuration", "get_bucket_ownership_controls",
    "get_bucket_policy", "get_bucket_replication", "get_bucket_request_payment", "get_bucket_tagging",
    "get_bucket_versioning", "get_bucket_website", "get_object_lock_configuration",
    "get_public_access_block", "list_bucket_intelligent_tiering_configurations",
    "list_bucket_inventory_configurations",
)  # fmt: skip
_LIKE_NOTHING: Final[Mapping[str, tuple[str, str]]] = {
    "get_bucket_accelerate_configuration": ("Status", "Suspended"),
    "get_bucket_versioning": ("MFADelete", "Disabled"),
}
"""What S3 says of a switch that was on once, and leaves out where it never was."""
_DIGITS: Final = 16


def look(server: Server, account: str, region: str) -> Seen:
    """All of it; what changes by itself, such as a date or a count, is left out."""
    clients = server.clients(account=account, region=region)
    return {
        json.dumps(path): digest
        for value in (
            {"bucket": dict(_buckets(server, clients)), OBJECT: _objects(server, account)},
            {"account": _block_of(clients), "access point": dict(_access_points(clients))},
            {"role": dict(_roles(clients.client("iam"))), "key": dict(_keys(clients.client("kms")))},
            {"distribution": dict(_distributions(clients.client("cloudfront")))},
            {"queue": dict(_queues(clients.client("sqs"))), "rule": dict(_rules(clients.client("events")))},
            {"trail": dict(_trails(clients.client("cloudtrail")))},
        )
        for path, digest in _values(value, ())
    }


def bucket_and_key(path: Path) -> tuple[str, str] | None:
    """Which object a path leads to; None where it leads to something else."""
    kind, *more = json.loads(path)
    return (more[0], more[1]) if kind == OBJECT else None


def _values(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The single values inside. The order of a list means nothing; each of its entries has a path."""
    match _document_in(value):
        case Mapping() as fields:
            for name, one in fields.items():
                yield from _values(one, (*path, name))
        case list() | tuple() as entries:
            for one in entries:
                yield (*path, _digest(one)), "listed"
        case _:
            yield path, _digest(value)


def _document_in(value: object) -> object:
    """A policy that is handed out as text, read; anything else as it is."""
    if not isinstance(value, str) or not value.startswith("{"):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _digest(value: object) -> str:
    told = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:_DIGITS]


def _answer(call: Any, **which: object) -> object:
    """What a call answers, or why it does not."""
    try:
        answer = call(**which)
    except ClientError as refused:
        return refused.response.get("Error", {}).get("Code")
    return {name: told for name, told in answer.items() if name != "ResponseMetadata"}


def _buckets(server: Server, clients: Clients) -> Iterator[tuple[str, object]]:
    for dumped in server.buckets():
        if dumped["account"] == clients.account:
            s3 = clients.client("s3", dumped["region"])
            told = {name: _setting(s3, name, dumped["name"]) for name in _SETTINGS}
            yield dumped["name"], {"there": True, "region": dumped["region"], **told}


def _setting(s3: Any, name: str, bucket: str) -> object:
    told = _answer(getattr(s3, name), Bucket=bucket)
    if not isinstance(told, dict):
        return told
    return dict(told.items() - {_LIKE_NOTHING[name]}) if name in _LIKE_NOTHING else told


def _objects(server: Server, account: str) -> dict[str, dict[str, list[object]]]:
    """Versions, markers of deletions and uploads, key by key."""
    found: dict[str, dict[str, list[object]]] = {}
    for dumped in server.buckets():
        if dumped["account"] == account:
            of_bucket = found.setdefault(dumped["name"], {})
            for one in dumped["objects"]:
                told = (one["version"], one["delete_marker"], one["modified"])
                of_bucket.setdefault(one["key"], []).append(told)
            for one in dumped["uploads"]:
                of_bucket.setdefault(one["key"], []).append((one["id"], one["initiated"]))
    return found


def _block_of(clients: Clients) -> object:
    return _answer(clients.client("s3control").get_public_access_block, AccountId=clients.account)


def _access_points(clients: Clients) -> Iterator[tuple[str, object]]:
    control, account = clients.client("s3control"), clients.account
    for one in control.list_access_points(AccountId=account)["AccessPointList"]:
        point = control.get_access_point(AccountId=account, Name=one["Name"])
        yield one["AccessPointArn"], [point["Bucket"], point["PublicAccessBlockConfiguration"]]


def _roles(iam: Any) -> Iterator[tuple[str, object]]:
    for name in (one["RoleName"] for one in iam.list_roles()["Roles"]):
        role = iam.get_role(RoleName=name)["Role"]
        attached = iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
        yield (
            name,
            {
                "trust": role["AssumeRolePolicyDocument"],
                "boundary": role.get("PermissionsBoundary"),
                "session": role["MaxSessionDuration"],
                "attached": {one["PolicyArn"]: _document(iam, one["PolicyArn"]) for one in attached},
                "own": {
                    one: iam.get_role_policy(RoleName=name, PolicyName=one)["PolicyDocument"]
                    for one in iam.list_role_policies(RoleName=name)["PolicyNames"]
                },
            },
        )


def _document(iam: Any, arn: str) -> object:
    version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    return iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]


def _keys(kms: Any) -> Iterator[tuple[str, object]]:
    aliases = [one for page in kms.get_paginator("list_aliases").paginate() for one in page["Aliases"]]
    for key in (one["KeyId"] for one in kms.list_keys()["Keys"]):
        known = kms.describe_key(KeyId=key)["KeyMetadata"]
        if known["KeyManager"] == "CUSTOMER":
            yield (
                key,
                {
                    "state": known["KeyState"],
                    "policy": kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"],
                    "rotation": kms.get_key_rotation_status(KeyId=key).get("RotationPeriodInDays"),
                    "aliases": [one["AliasName"] for one in aliases if one.get("TargetKeyId") == key],
                },
            )


def _distributions(cloudfront: Any) -> Iterator[tuple[str, object]]:
    listed = cloudfront.list_distributions()["DistributionList"].get("Items", [])
    for id_ in (one["Id"] for one in listed):
        yield id_, cloudfront.get_distribution_config(Id=id_)["DistributionConfig"]


def _queues(sqs: Any) -> Iterator[tuple[str, object]]:
    for url in sqs.list_queues().get("QueueUrls", []):
        held = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])
        yield url, held.get("Attributes", {})


def _rules(events: Any) -> Iterator[tuple[str, object]]:
    for rule in events.list_rules()["Rules"]:
        yield rule["Name"], [rule["State"], rule.get("EventPattern")]


def _trails(trails: Any) -> Iterator[tuple[str, object]]:
    for one in trails.describe_trails()["trailList"]:
        arn = one["TrailARN"]
        selectors = trails.get_event_selectors(TrailName=arn)["EventSelectors"]
        yield arn, [one, trails.get_trail_status(Name=arn)["IsLogging"], selectors]
