"""What a contract names and others make: queues, topics, functions, boundaries, people, buckets elsewhere."""

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from botocore.exceptions import ClientError

from bucketwright.contract.model import Environment
from bucketwright.contract.names import role_name
from sandbox.accounts import account_of
from sandbox.regions import FIRST_REGION
from sandbox.server.clients import Server

_LAMBDA: Final = {"Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
_TRUST: Final = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **_LAMBDA}]})
_NOTHING: Final = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
)
_PEOPLE: Final = ("role/", "user/")
_THERE_ALREADY: Final = frozenset(
    {"BucketAlreadyOwnedByYou", "EntityAlreadyExists", "ResourceConflictException", "QueueAlreadyExists"}
)


def make_strangers(server: Server, environment: Environment) -> tuple[str, ...]:
    """Make, in the sandbox, whatever has to be there before the contract can be deployed; their ARNs."""
    arns = tuple(dict.fromkeys(_named(environment)))
    for arn in arns:
        _, _, service, region, account, resource = arn.split(":", 5)
        clients = server.clients(
            account=account or account_of(environment), region=region or environment.region
        )
        try:
            _MAKERS[service](clients, resource)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") not in _THERE_ALREADY:
                raise
    return arns


def _named(environment: Environment) -> Iterator[str]:
    for bucket in environment.buckets.values():
        yield from (target.arn for target in bucket.notifications.targets)
        for copy in bucket.replication:
            if copy.to.startswith("arn:"):
                _, partition, service, _, _, name = copy.to.split(":", 5)
                yield f"arn:{partition}:{service}::{copy.account or ''}:{name}"
    for access in environment.access.values():
        yield from (access.boundary,) if access.boundary else ()
        yield from (one for one in access.principals if _is_looked_up(one, environment))


def _is_looked_up(principal: str, environment: Environment) -> bool:
    """Whether AWS refuses a bucket's policy where this person is not there, and the contract makes it not."""
    _, _, _, _, account, resource = principal.split(":", 5)
    own = {f"role/{role_name(environment, access_id)}" for access_id in environment.access}
    return account == account_of(environment) and resource.startswith(_PEOPLE) and resource not in own


def _queue(clients: Any, name: str) -> None:
    arn = f"arn:aws:sqs:{clients.region}:{clients.account}:{name}"
    policy = _lets_s3("sqs:SendMessage", arn)
    clients.client("sqs").create_queue(QueueName=name, Attributes={"Policy": policy})


def _topic(clients: Any, name: str) -> None:
    arn = f"arn:aws:sns:{clients.region}:{clients.account}:{name}"
    client = clients.client("sns")
    client.create_topic(Name=name)
    client.set_topic_attributes(
        TopicArn=arn, AttributeName="Policy", AttributeValue=_lets_s3("sns:Publish", arn)
    )


def _lets_s3(action: str, arn: str) -> str:
    """What the owner of a target adds, so that S3 may tell it."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "s3.amazonaws.com"},
        "Action": action,
        "Resource": arn,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _function(clients: Any, resource: str) -> None:
    with suppress(clients.client("iam").exceptions.EntityAlreadyExistsException):
        clients.client("iam").create_role(RoleName="stranger", AssumeRolePolicyDocument=_TRUST)
    clients.client("lambda").create_function(
        FunctionName=resource.split(":")[1],
        Runtime="python3.12",
        Role=f"arn:aws:iam::{clients.account}:role/stranger",
        Handler="main.handler",
        Code={"ZipFile": _zipped("def handler(event, context): pass\n")},
    )


def _of_iam(clients: Any, resource: str) -> None:
    iam, (kind, _, place) = clients.client("iam"), resource.partition("/")
    path, _, name = f"/{place}".rpartition("/")
    where = f"{path}/"
    if kind == "policy":
        iam.create_policy(PolicyName=name, Path=where, PolicyDocument=_NOTHING)
    elif kind == "role":
        iam.create_role(RoleName=name, Path=where, AssumeRolePolicyDocument=_TRUST)
    else:
        iam.create_user(UserName=name, Path=where)


def _bucket(clients: Any, name: str) -> None:
    client = clients.client("s3", FIRST_REGION)
    client.create_bucket(Bucket=name)
    client.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})


def _zipped(source: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("main.py", source)
    return held.getvalue()


_MAKERS: Final = {"sqs": _queue, "sns": _topic, "lambda": _function, "iam": _of_iam, "s3": _bucket}
