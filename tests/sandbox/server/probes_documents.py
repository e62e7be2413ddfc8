"""Bucket settings that moto loses: how each is asked for, and what AWS answers."""

from typing import Any

from sandbox.server import Clients
from tests.sandbox.server.asking import (
    ACCOUNT,
    Probe,
    code,
    made,
    policy,
    sent,
    signature,
    statement,
    versioned,
)


def _lifecycle(rule: dict[str, Any]) -> Any:
    def ask(clients: Clients, name: str) -> object:
        s3 = made(clients, name)
        put = {"Rules": [{"ID": "r", "Status": "Enabled", **rule}]}
        s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration=put)
        return s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"][0]

    return ask


_SIZES = {
    "And": {"Prefix": "p/", "ObjectSizeGreaterThan": 10, "ObjectSizeLessThan": 20},
}
_NEWER = {"NoncurrentDays": 3, "NewerNoncurrentVersions": 4}


def _minimum_size(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    rules = {"Rules": [{"ID": "r", "Status": "Enabled", "Filter": {}, "Expiration": {"Days": 1}}]}
    s3.put_bucket_lifecycle_configuration(
        Bucket=name,
        LifecycleConfiguration=rules,
        TransitionDefaultMinimumObjectSize="varies_by_storage_class",
    )
    return s3.get_bucket_lifecycle_configuration(Bucket=name)["TransitionDefaultMinimumObjectSize"]


def _rule_id(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    rules = {"Rules": [{"Status": "Enabled", "Filter": {}, "Expiration": {"Days": 1}}]}
    s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration=rules)
    return bool(s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"][0].get("ID"))


def _unsound_rules(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    moved = {"Days": 90, "StorageClass": "GLACIER"}
    rule = {"ID": "r", "Status": "Enabled", "Filter": {}, "Transitions": [moved], "Expiration": {"Days": 30}}
    return code(
        lambda: s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": [rule]})
    )


def _blocked_types(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    rule = {
        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"},
        "BlockedEncryptionTypes": {"EncryptionType": ["NONE"]},
    }
    s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [rule]})
    kept = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"][0]
    return kept.get("BlockedEncryptionTypes")


def _default_encryption(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    s3.put_object(Bucket=name, Key="k", Body=b"")
    kept = code(lambda: s3.get_bucket_encryption(Bucket=name))
    return kept, s3.head_object(Bucket=name, Key="k").get("ServerSideEncryption")


def _log_keys(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    let_in = statement(
        name,
        Principal={"Service": "logging.s3.amazonaws.com"},
        Action="s3:PutObject",
        Resource=f"arn:aws:s3:::{name}/*",
    )
    s3.put_bucket_policy(Bucket=name, Policy=policy(let_in))
    form = {"PartitionedPrefix": {"PartitionDateSource": "EventTime"}}
    put = {"LoggingEnabled": {"TargetBucket": name, "TargetPrefix": "l/", "TargetObjectKeyFormat": form}}
    s3.put_bucket_logging(Bucket=name, BucketLoggingStatus=put)
    return s3.get_bucket_logging(Bucket=name)["LoggingEnabled"].get("TargetObjectKeyFormat")


def _logs_at_once(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    _log_keys(clients, f"{name}-logs")
    put = {"LoggingEnabled": {"TargetBucket": f"{name}-logs", "TargetPrefix": ""}}
    s3.put_bucket_logging(Bucket=name, BucketLoggingStatus=put)
    s3.list_objects_v2(Bucket=name)
    return s3.list_objects_v2(Bucket=f"{name}-logs").get("KeyCount")


def _log_policy(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    let_in = statement(
        name,
        Principal={"Service": ["logging.s3.amazonaws.com"]},
        Action=["s3:Put*"],
        Resource=[f"arn:aws:s3:::{name}/l*"],
    )
    s3.put_bucket_policy(Bucket=name, Policy=policy(let_in))
    put = {"LoggingEnabled": {"TargetBucket": name, "TargetPrefix": "logs/"}}
    return code(lambda: s3.put_bucket_logging(Bucket=name, BucketLoggingStatus=put))


_REPLICATION = {
    "ID": "r",
    "Status": "Enabled",
    "Priority": 3,
    "Filter": {"Prefix": "p/"},
    "DeleteMarkerReplication": {"Status": "Enabled"},
    "SourceSelectionCriteria": {
        "SseKmsEncryptedObjects": {"Status": "Enabled"},
        "ReplicaModifications": {"Status": "Enabled"},
    },
    "Destination": {
        "Bucket": "arn:aws:s3:::elsewhere",
        "EncryptionConfiguration": {"ReplicaKmsKeyID": f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/k"},
        "Metrics": {"Status": "Enabled", "EventThreshold": {"Minutes": 15}},
    },
}


def _replication(clients: Clients, name: str) -> object:
    s3 = versioned(clients, name)
    put = {"Role": f"arn:aws:iam::{ACCOUNT}:role/r", "Rules": [_REPLICATION]}
    s3.put_bucket_replication(Bucket=name, ReplicationConfiguration=put)
    return s3.get_bucket_replication(Bucket=name)["ReplicationConfiguration"]["Rules"][0]


def _event_bridge(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    put: dict[str, object] = {"EventBridgeConfiguration": {}}
    s3.put_bucket_notification_configuration(Bucket=name, NotificationConfiguration=put)
    return s3.get_bucket_notification_configuration(Bucket=name).get("EventBridgeConfiguration")


def _filter_names(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    rules = [{"Name": "prefix", "Value": "a"}, {"Name": "suffix", "Value": "b"}]
    queue = {
        "QueueArn": f"arn:aws:sqs:eu-west-1:{ACCOUNT}:q",
        "Events": ["s3:ObjectCreated:*"],
        "Filter": {"Key": {"FilterRules": rules}},
    }
    s3.put_bucket_notification_configuration(
        Bucket=name,
        NotificationConfiguration={"QueueConfigurations": [queue]},
        SkipDestinationValidation=True,
    )
    kept = s3.get_bucket_notification_configuration(Bucket=name)["QueueConfigurations"][0]
    return [rule["Name"] for rule in kept["Filter"]["Key"]["FilterRules"]]


def _absent_queue(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    queue = {"QueueArn": f"arn:aws:sqs:eu-west-1:{ACCOUNT}:none", "Events": ["s3:ObjectCreated:*"]}
    put = {"QueueConfigurations": [queue]}
    return code(lambda: s3.put_bucket_notification_configuration(Bucket=name, NotificationConfiguration=put))


def _malformed(clients: Clients, name: str) -> object:
    made(clients, name)
    signed = signature(clients.region)
    answer = sent(clients.url, "PUT", f"/{name}?cors", b"<CORSConfig", Authorization=signed)
    return answer.status, b"MalformedXML" in answer.read()


def _payer(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    before = s3.get_bucket_request_payment(Bucket=name).get("Payer")
    s3.put_bucket_request_payment(Bucket=name, RequestPaymentConfiguration={"Payer": "Requester"})
    return before, s3.get_bucket_request_payment(Bucket=name).get("Payer")


def _by_tags(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    before = s3.get_bucket_abac(Bucket=name)["AbacStatus"].get("Status")
    s3.put_bucket_abac(Bucket=name, AbacStatus={"Status": "Enabled"})
    return before, s3.get_bucket_abac(Bucket=name)["AbacStatus"].get("Status")


def _tagging_by_tags(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    s3.put_bucket_abac(Bucket=name, AbacStatus={"Status": "Enabled"})
    tags = {"TagSet": [{"Key": "a", "Value": "b"}]}
    return code(lambda: s3.put_bucket_tagging(Bucket=name, Tagging=tags))


DOCUMENT_PROBES = (
    Probe("access-by-tags", _by_tags, ("Disabled", "Enabled")),
    Probe("access-by-tags-tagging", _tagging_by_tags, "MethodNotAllowed"),
    Probe("encryption-blocked-types", _blocked_types, {"EncryptionType": ["NONE"]}),
    Probe("encryption-default", _default_encryption, ("taken", "AES256")),
    Probe(
        "lifecycle-size-filters",
        _lifecycle({"Filter": _SIZES, "Expiration": {"Days": 1}}),
        {"ID": "r", "Status": "Enabled", "Filter": _SIZES, "Expiration": {"Days": 1}},
    ),
    Probe(
        "lifecycle-newer-noncurrent-versions",
        _lifecycle({"Filter": {}, "NoncurrentVersionExpiration": _NEWER}),
        {"ID": "r", "Status": "Enabled", "Filter": {}, "NoncurrentVersionExpiration": _NEWER},
    ),
    Probe("lifecycle-minimum-size", _minimum_size, "varies_by_storage_class"),
    Probe("lifecycle-rule-ids", _rule_id, True),
    Probe("lifecycle-refusals", _unsound_rules, "InvalidArgument"),
    Probe("logs-partitioned-keys", _log_keys, {"PartitionedPrefix": {"PartitionDateSource": "EventTime"}}),
    Probe("logs-at-once", _logs_at_once, 0),
    Probe("logs-target-policy", _log_policy, "taken"),
    Probe("malformed-documents", _malformed, (400, True)),
    Probe("notifications-eventbridge", _event_bridge, {}),
    Probe("notifications-filters", _filter_names, ["Prefix", "Suffix"]),
    Probe("notifications-targets", _absent_queue, "InvalidArgument"),
    Probe("replication-criteria", _replication, _REPLICATION),
    Probe("request-payment", _payer, ("BucketOwner", "Requester")),
)
