"""What examples stand on: buckets that no other test has; keys, a role, a queue and more of their account.

All sandboxes of a process show the same state, so each test file has accounts and bucket names of its own.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from itertools import count
from typing import Any

from sandbox.server import Clients
from tests.sandbox.provider.examples import policy, trust

_NUMBERS = count(1)


def shared(clients: Clients) -> Mapping[str, str]:
    """What all tests of an account may share, and its names."""
    return {"account": clients.account, **_keys(clients), **_others(clients)}


def new_buckets(clients: Clients) -> Mapping[str, str]:
    """Buckets of a test's own, and their names."""
    s3, number = clients.client("s3"), next(_NUMBERS)
    names = {word: f"ground-{word}-{number}" for word in ("bucket", "other", "open", "locked")}
    there = {"CreateBucketConfiguration": {"LocationConstraint": clients.region}}
    more: dict[str, dict[str, Any]] = {
        "open": {"ObjectOwnership": "BucketOwnerPreferred"},
        "locked": {"ObjectLockEnabledForBucket": True},
    }
    for word, name in names.items():
        s3.create_bucket(Bucket=name, **there, **more.get(word, {}))
    s3.put_bucket_versioning(Bucket=names["other"], VersioningConfiguration={"Status": "Enabled"})
    s3.delete_public_access_block(Bucket=names["open"])
    s3.put_bucket_acl(Bucket=names["open"], ACL="log-delivery-write")
    everyone = {"Service": ["logging.s3.amazonaws.com", "cloudtrail.amazonaws.com", "s3.amazonaws.com"]}
    objects = [f"arn:aws:s3:::{names['other']}", f"arn:aws:s3:::{names['other']}/*"]
    s3.put_bucket_policy(Bucket=names["other"], Policy=policy("s3:*", objects, Principal=everyone))
    return {**names, "number": str(number), "canonical": s3.list_buckets()["Owner"]["ID"]}


def _keys(clients: Clients) -> dict[str, str]:
    kms = clients.client("kms")
    first, other = (kms.create_key()["KeyMetadata"] for _ in range(2))
    return {"key": first["KeyId"], "key_arn": first["Arn"], "other_key": other["KeyId"]}


def _others(clients: Clients) -> dict[str, str]:
    iam, events = clients.client("iam"), clients.client("events")
    iam.create_role(RoleName="ground", AssumeRolePolicyDocument=trust("lambda.amazonaws.com"))
    made = iam.create_policy(PolicyName="ground", PolicyDocument=policy("s3:GetObject"))
    tell = {"Principal": {"Service": "s3.amazonaws.com"}}
    queue = f"arn:aws:sqs:{clients.region}:{clients.account}:events"
    topic = f"arn:aws:sns:{clients.region}:{clients.account}:events"
    clients.client("sqs").create_queue(
        QueueName="events", Attributes={"Policy": policy("sqs:SendMessage", queue, **tell)}
    )
    clients.client("sqs").create_queue(QueueName="bare")
    clients.client("sns").create_topic(
        Name="events", Attributes={"Policy": policy("sns:Publish", topic, **tell)}
    )
    clients.client("sns").create_topic(Name="alarms")
    _functions(clients)
    events.put_rule(Name="ground", EventPattern=json.dumps({"source": ["aws.s3"]}))
    events.create_event_bus(Name="ground")
    clients.client("logs").create_log_group(logGroupName="ground")
    clients.client("scheduler").create_schedule_group(Name="ground")
    return {
        "role": "ground",
        "policy_arn": made["Policy"]["Arn"],
        "rule": "ground",
        "bus": "ground",
        "queue_url": f"https://sqs.{clients.region}.amazonaws.com/{clients.account}/bare",
    }


def _functions(clients: Clients) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("main.py", "def handle(event, context): pass\n")
    functions = clients.client("lambda")
    for name in ("scanner", "called"):
        functions.create_function(
            FunctionName=name,
            Runtime="python3.12",
            Role=f"arn:aws:iam::{clients.account}:role/ground",
            Handler="main.handle",
            Code={"ZipFile": held.getvalue()},
        )
    functions.add_permission(
        FunctionName="scanner",
        StatementId="ground",
        Action="lambda:InvokeFunction",
        Principal="s3.amazonaws.com",
    )
