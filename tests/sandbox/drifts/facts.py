"""What does AWS answer of everything a contract makes? Each fact under the name that drifts call it by.

Read by plain boto3 calls, told here by hand: nothing of what the drifts themselves use.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from sandbox.drifts import Live

Facts = dict[tuple[str, str], Any]
"""(name of the thing, name of the fact) -> what AWS answers of it."""
Fact = tuple[tuple[str, str], object]
_Reading = tuple[str, Callable[[Any], object]]
ABSENT = "absent"
_NOT_THERE = re.compile(r"NoSuch.+Configuration|NoSuch(BucketPolicy|TagSet)|.+NotFoundError")


def _default(said: Any) -> dict[str, Any]:
    rule: dict[str, Any] = said["ServerSideEncryptionConfiguration"]["Rules"][0]
    return {name: rule[name] for name in ("ApplyServerSideEncryptionByDefault", "BucketKeyEnabled")}


def _blocked(said: Any) -> object:
    rule = said["ServerSideEncryptionConfiguration"]["Rules"][0]
    return rule["BlockedEncryptionTypes"]["EncryptionType"]


_KEPT_BY_LAYER: Mapping[str, _Reading] = {
    "abac": ("get_bucket_abac", lambda said: said["AbacStatus"]["Status"]),
    "blocks_sse_c": ("get_bucket_encryption", _blocked),
    "encryption": ("get_bucket_encryption", _default),
    "intelligent_tiering": (
        "list_bucket_intelligent_tiering_configurations",
        lambda said: said.get("IntelligentTieringConfigurationList", ABSENT),
    ),
    "inventory": (
        "list_bucket_inventory_configurations",
        lambda said: said.get("InventoryConfigurationList", ABSENT),
    ),
    "lifecycle": ("get_bucket_lifecycle_configuration", dict),
    "logging": ("get_bucket_logging", lambda said: said.get("LoggingEnabled", ABSENT)),
    "mfa_delete": ("get_bucket_versioning", lambda said: said.get("MFADelete") == "Enabled"),
    "notifications": ("get_bucket_notification_configuration", dict),
    "object_lock": ("get_object_lock_configuration", lambda said: said["ObjectLockConfiguration"]),
    "policy": ("get_bucket_policy", lambda said: json.loads(said["Policy"])["Statement"]),
    "replication": ("get_bucket_replication", lambda said: said["ReplicationConfiguration"]),
    "requester_pays": ("get_bucket_request_payment", lambda said: said["Payer"]),
    "versioning": ("get_bucket_versioning", lambda said: said.get("Status")),
}
_KEPT_BY_MOTO: Mapping[str, _Reading] = {
    "acceleration": ("get_bucket_accelerate_configuration", lambda said: said.get("Status") == "Enabled"),
    "acl": ("get_bucket_acl", lambda said: said["Grants"]),
    "cors": ("get_bucket_cors", lambda said: said["CORSRules"]),
    "ownership": (
        "get_bucket_ownership_controls",
        lambda said: said["OwnershipControls"]["Rules"][0]["ObjectOwnership"],
    ),
    "public_access_block": ("get_public_access_block", lambda said: said["PublicAccessBlockConfiguration"]),
    "tags": ("get_bucket_tagging", lambda said: {one["Key"]: one["Value"] for one in said["TagSet"]}),
    "website": ("get_bucket_website", dict),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads everything there is; a bucket's documents only where the sandbox says that they are others."""

    live: Live
    _known: dict[str, Facts] = field(default_factory=dict)

    def facts(self) -> Facts:
        """All of it."""
        return {key: fact for kind in _READERS for key, fact in self._of_kind(kind)}

    def again(self, touched: set[tuple[str, str]]) -> Facts:
        """What can have changed with these facts: those of the same buckets, and of the same kinds."""
        names, kinds = {name for name, _ in touched}, {fact.partition(".")[0] for _, fact in touched}
        return {
            key: fact
            for kind in kinds & _READERS.keys()
            for key, fact in self._of_kind(kind, names if kind == "bucket" else None)
        }

    def _of_kind(self, kind: str, names: set[str] | None = None) -> Iterator[Fact]:
        if kind != "bucket":
            yield from _READERS[kind](self.live)
            return
        for dumped in self.live.server.buckets():
            own = dumped["account"] == self.live.environment.account
            if own and (names is None or dumped["name"] in names):
                yield from self._of_bucket(dumped).items()

    def _of_bucket(self, dumped: dict[str, Any]) -> Facts:
        name, region = dumped["name"], dumped["region"]
        s3 = self.live.client("s3", region)
        here = json.dumps({**dumped, "objects": 0, "uploads": 0})
        if here not in self._known:
            self._known[here] = {(name, "bucket.region"): region, **_read(s3, name, _KEPT_BY_LAYER)}
        return {**self._known[here], **_read(s3, name, _KEPT_BY_MOTO)}


def changed(before: Facts, after: Facts) -> set[tuple[str, str]]:
    """The facts that differ; of a thing that came or went, that alone."""
    differing = {one for one in before.keys() | after.keys() if before.get(one) != after.get(one)}
    was, now = ({name for name, _ in facts} for facts in (before, after))
    kinds = {name: fact.partition(".")[0] for name, fact in differing}
    came = {(name, f"{kinds[name]}.undeclared") for name in now - was}
    went = {(name, f"{kinds[name]}.missing") for name in was - now}
    return came | went | {one for one in differing if one[0] in was & now}


def _read(s3: Any, name: str, readings: Mapping[str, _Reading]) -> Facts:
    return {
        (name, f"bucket.{fact}"): _told(getattr(s3, call), said, Bucket=name)
        for fact, (call, said) in readings.items()
    }


def _told(call: Any, said: Callable[[Any], object], **which: object) -> object:
    """What a call answers, or that there is nothing."""
    try:
        answer = call(**which)
    except ClientError as refused:
        if not _NOT_THERE.match(refused.response["Error"]["Code"]):
            raise
        return ABSENT
    del answer["ResponseMetadata"]
    return said(answer)


def _account(live: Live) -> Iterator[Fact]:
    account = live.environment.account or ""
    call = live.client("s3control").get_public_access_block
    said = _told(call, lambda answer: answer["PublicAccessBlockConfiguration"], AccountId=account)
    yield (account, "account.public_access_block"), said


def _access_points(live: Live) -> Iterator[Fact]:
    control, account = live.client("s3control"), live.environment.account
    for one in control.list_access_points(AccountId=account)["AccessPointList"]:
        point = control.get_access_point(AccountId=account, Name=one["Name"])
        yield (one["AccessPointArn"], "access_point.bucket"), point["Bucket"]
        yield (one["AccessPointArn"], "access_point.block"), point["PublicAccessBlockConfiguration"]


def _roles(live: Live) -> Iterator[Fact]:
    iam = live.client("iam")
    for name in (one["RoleName"] for one in iam.list_roles()["Roles"]):
        role = iam.get_role(RoleName=name)["Role"]
        yield (name, "role.trust"), role["AssumeRolePolicyDocument"]["Statement"]
        yield (name, "role.boundary"), role.get("PermissionsBoundary", ABSENT)
        yield (name, "role.max_session"), role["MaxSessionDuration"]
        yield (name, "role.tags"), role["Tags"]
        attached = iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
        arns = sorted(one["PolicyArn"] for one in attached)
        yield (name, "role.managed"), [arn for arn in arns if ":iam::aws:" in arn]
        inline = [
            iam.get_role_policy(RoleName=name, PolicyName=one)["PolicyDocument"]["Statement"]
            for one in iam.list_role_policies(RoleName=name)["PolicyNames"]
        ]
        own = [_statements(iam, arn) for arn in arns if ":iam::aws:" not in arn]
        yield (name, "role.policies"), [statement for each in (*own, *inline) for statement in each]


def _statements(iam: Any, arn: str) -> list[Any]:
    version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    document = iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]
    found: list[Any] = document["Statement"]
    return found


def _keys(live: Live) -> Iterator[Fact]:
    kms = live.client("kms")
    aliases = [one for page in kms.get_paginator("list_aliases").paginate() for one in page["Aliases"]]
    for key in (one["KeyId"] for one in kms.list_keys()["Keys"]):
        told = kms.describe_key(KeyId=key)["KeyMetadata"]
        if told["KeyManager"] == "CUSTOMER":
            yield (key, "key.enabled"), told["KeyState"]
            yield (key, "key.spec"), told["KeySpec"]
            policy = kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]
            yield (key, "key.policy"), json.loads(policy)["Statement"]
            yield (key, "key.rotation"), kms.get_key_rotation_status(KeyId=key).get("RotationPeriodInDays")
            named = sorted(one["AliasName"] for one in aliases if one.get("TargetKeyId") == key)
            yield (key, "key.aliases"), named


def _distributions(live: Live) -> Iterator[Fact]:
    cloudfront = live.client("cloudfront")
    for id_ in (one["Id"] for one in cloudfront.list_distributions()["DistributionList"].get("Items", [])):
        config = cloudfront.get_distribution_config(Id=id_)["DistributionConfig"]
        behaviors = {one["PathPattern"]: one for one in config.pop("CacheBehaviors").get("Items", [])}
        behaviors["*"] = config.pop("DefaultCacheBehavior")
        groups = {path: one.pop("TrustedKeyGroups") for path, one in behaviors.items()}
        yield (id_, "distribution.signed"), {path: one["Enabled"] for path, one in groups.items()}
        used = {key for one in groups.values() for key in one.get("Items", [])}
        yield (id_, "distribution.trusted_keys"), used
        protocols = {path: one.pop("ViewerProtocolPolicy") for path, one in behaviors.items()}
        yield (id_, "distribution.viewer_protocol"), protocols
        origins = config.pop("Origins")["Items"]
        yield (id_, "distribution.origins"), [one.pop("OriginAccessControlId") for one in origins]
        yield (id_, "distribution.enabled"), config.pop("Enabled")
        certificate = config.pop("ViewerCertificate")
        yield (id_, "distribution.minimum_tls"), certificate.pop("MinimumProtocolVersion")
        yield (id_, "distribution.certificate"), certificate
        yield (id_, "distribution.domains"), config.pop("Aliases").get("Items", [])
        yield (id_, "distribution.price_class"), config.pop("PriceClass")
        yield (id_, "distribution.all_else"), (config, behaviors["*"], origins)


def _queues(live: Live) -> Iterator[Fact]:
    sqs, events = live.client("sqs"), live.client("events")
    kept = ["Policy", "RedrivePolicy", "VisibilityTimeout", "MessageRetentionPeriod", "SqsManagedSseEnabled"]
    for url in sqs.list_queues().get("QueueUrls", []):
        name = url.rpartition("/")[2]
        held = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=kept)["Attributes"]
        yield (name, "queue.policy"), json.loads(held.pop("Policy", '{"Statement": []}'))["Statement"]
        yield (name, "queue.all_else"), held
    for rule in events.list_rules()["Rules"]:
        yield (rule["Name"], "queue.rule"), (rule["State"], rule["EventPattern"])


def _trails(live: Live) -> Iterator[Fact]:
    trails = live.client("cloudtrail")
    for one in trails.describe_trails()["trailList"]:
        arn = one["TrailARN"]
        yield (arn, "trail.bucket"), one.pop("S3BucketName")
        yield (arn, "trail.logging"), trails.get_trail_status(Name=arn)["IsLogging"]
        yield (arn, "trail.multi_region"), one.pop("IsMultiRegionTrail")
        yield (arn, "trail.selectors"), trails.get_event_selectors(TrailName=arn)["EventSelectors"]
        yield (arn, "trail.all_else"), one


def _not_here(_: Live) -> Iterator[Fact]:
    raise AssertionError("buckets are read by Reader itself")


_READERS: Mapping[str, Callable[[Live], Iterator[Fact]]] = {
    "access_point": _access_points,
    "account": _account,
    "bucket": _not_here,
    "distribution": _distributions,
    "key": _keys,
    "queue": _queues,
    "role": _roles,
    "trail": _trails,
}
