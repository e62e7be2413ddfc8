"""Notifications and access logs: whom they may be sent to, and that events arrive."""

import json
from io import BytesIO
from typing import Any
from urllib.parse import unquote_plus
from zipfile import ZipFile

import pytest

from sandbox.server import Clients
from tests.sandbox.server.asking import ACCOUNT, OTHER, REGION, code, made, opened, policy, statement

CREATED = ["s3:ObjectCreated:*"]


def queue(clients: Clients, name: str, text: str = "") -> tuple[str, str]:
    """A new queue's address and ARN."""
    sqs = clients.client("sqs")
    url = sqs.create_queue(QueueName=name, Attributes={"Policy": text} if text else {})["QueueUrl"]
    return url, f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"


def lets_s3(arn: str, action: str = "sqs:SendMessage", **condition: object) -> str:
    """A policy that lets S3 send to a target."""
    who = {"Service": "s3.amazonaws.com"}
    allow = {"Effect": "Allow", "Principal": who, "Action": action, "Resource": arn}
    return policy({**allow, "Condition": condition} if condition else allow)


def make_function(clients: Clients, name: str) -> None:
    """Make a function that does nothing."""
    trust = policy({"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:*"})
    role = clients.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("main.py", "")
    clients.client("lambda").create_function(
        FunctionName=name,
        Role=role,
        Runtime="python3.13",
        Handler="main.main",
        Code={"ZipFile": packed.getvalue()},
    )


def notify(clients: Clients, name: str, **targets: object) -> str:
    """Put a notification configuration."""
    s3 = clients.client("s3")
    return code(
        lambda: s3.put_bucket_notification_configuration(Bucket=name, NotificationConfiguration=targets)
    )


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        pytest.param({}, "taken", id="no condition"),
        pytest.param({"StringEquals": {"aws:SourceAccount": ACCOUNT}}, "taken", id="this account"),
        pytest.param({"ArnLike": {"aws:SourceArn": "arn:aws:s3:::test-*"}}, "taken", id="this bucket"),
        pytest.param({"StringEquals": {"aws:SourceAccount": OTHER}}, "InvalidArgument", id="another account"),
        pytest.param(
            {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::other"}}, "InvalidArgument", id="another bucket"
        ),
    ],
)
def test_a_queue_must_let_s3_in(clients: Clients, name: str, condition: dict[str, Any], answer: str) -> None:
    """A queue is taken as a target if its policy lets S3 send for this bucket."""
    made(clients, name)
    arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"
    queue(clients, name, lets_s3(arn, **condition))

    assert notify(clients, name, QueueConfigurations=[{"QueueArn": arn, "Events": CREATED}]) == answer


def test_topics_and_functions_must_let_s3_in(clients: Clients, name: str) -> None:
    """A topic's default policy does not let S3 in; one that says so does. A function must be there."""
    made(clients, name)
    sns = clients.client("sns")
    arn = sns.create_topic(Name=name)["TopicArn"]
    topic = [{"TopicArn": arn, "Events": CREATED}]
    before = notify(clients, name, TopicConfigurations=topic)
    sns.set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=lets_s3(arn, "sns:Publish"))
    function = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}"
    functions = [{"LambdaFunctionArn": function, "Events": CREATED}]
    absent = notify(clients, name, LambdaFunctionConfigurations=functions)
    make_function(clients, name)
    closed = notify(clients, name, LambdaFunctionConfigurations=functions)
    clients.client("lambda").add_permission(
        FunctionName=name,
        StatementId="s3",
        Action="lambda:InvokeFunction",
        Principal="s3.amazonaws.com",
        SourceArn=f"arn:aws:s3:::{name}",
        SourceAccount=ACCOUNT,
    )

    assert before == "InvalidArgument"
    assert notify(clients, name, TopicConfigurations=topic) == "taken"
    assert (absent, closed) == ("InvalidArgument", "InvalidArgument")
    assert notify(clients, name, LambdaFunctionConfigurations=functions) == "taken"
    assert notify(clients, name, QueueConfigurations=[{"QueueArn": "frob", "Events": CREATED}]) == (
        "InvalidArgument"
    )


def test_events_reach_the_queue(clients: Clients, name: str) -> None:
    """An upload under the prefix is told to the queue, another is not."""
    s3 = made(clients, name)
    arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"
    url, _ = queue(clients, name, lets_s3(arn))
    only = {"Key": {"FilterRules": [{"Name": "Prefix", "Value": "in/"}]}}
    put = notify(clients, name, QueueConfigurations=[{"QueueArn": arn, "Events": CREATED, "Filter": only}])
    for key in ("in/a", "out/b"):
        s3.put_object(Bucket=name, Key=key, Body=b"")
    messages = clients.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    bodies = [json.loads(message["Body"]) for message in messages]
    told = [body["Records"][0]["s3"]["object"]["key"] for body in bodies if "Records" in body]

    assert put == "taken"
    assert [unquote_plus(key) for key in told] == ["in/a"]


def test_events_reach_a_queue_by_event_bridge(clients: Clients, name: str) -> None:
    """An upload to a bucket with EventBridge on passes a rule to its queue."""
    s3, events = made(clients, name), clients.client("events")
    url, arn = queue(clients, name)
    pattern = {"source": ["aws.s3"], "detail": {"bucket": {"name": [name]}}}
    events.put_rule(Name=name, EventPattern=json.dumps(pattern))
    events.put_targets(Rule=name, Targets=[{"Id": "q", "Arn": arn}])
    put = notify(clients, name, EventBridgeConfiguration={})
    s3.put_object(Bucket=name, Key="k", Body=b"")
    message = clients.client("sqs").receive_message(QueueUrl=url)["Messages"][0]

    assert put == "taken"
    assert json.loads(message["Body"])["detail"]["object"]["key"] == "k"


def test_notifications_are_turned_off_by_an_empty_document(clients: Clients, name: str) -> None:
    """An empty configuration takes the place of the former."""
    s3 = made(clients, name)
    notify(clients, name, EventBridgeConfiguration={})
    notify(clients, name)
    kept = s3.get_bucket_notification_configuration(Bucket=name)

    assert "EventBridgeConfiguration" not in kept


def log_to(clients: Clients, source: str, target: str) -> str:
    """Put access logs of one bucket into another."""
    s3 = clients.client("s3")
    put = {"LoggingEnabled": {"TargetBucket": target, "TargetPrefix": "logs/"}}
    return code(lambda: s3.put_bucket_logging(Bucket=source, BucketLoggingStatus=put))


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        pytest.param({}, "taken", id="as written in the manual"),
        pytest.param({"Action": ["s3:PutObject"]}, "taken", id="a list of actions"),
        pytest.param({"Action": "s3:GetObject"}, "InvalidTargetBucketForLogging", id="another action"),
        pytest.param(
            {"Resource": "arn:aws:s3:::{}/other/*"}, "InvalidTargetBucketForLogging", id="another prefix"
        ),
        pytest.param(
            {"Condition": {"StringEquals": {"aws:SourceAccount": OTHER}}},
            "InvalidTargetBucketForLogging",
            id="for another account",
        ),
        pytest.param(
            {"Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}}}, "taken", id="for this account"
        ),
    ],
)
def test_a_log_bucket_must_let_the_service_in(
    clients: Clients, name: str, change: dict[str, Any], answer: str
) -> None:
    """The policy of the target decides whether logs can be put there."""
    s3 = made(clients, name)
    allow = {
        **statement(name),
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::{}/logs/*",
        **change,
    }
    text = policy({**allow, "Resource": str(allow["Resource"]).format(name)})
    s3.put_bucket_policy(Bucket=name, Policy=text)

    assert log_to(clients, name, name) == answer


def test_a_log_bucket_may_use_acls(clients: Clients, name: str) -> None:
    """The old way, by the log delivery group, is as good."""
    s3 = opened(clients, name)
    before = log_to(clients, name, name)
    s3.put_bucket_acl(Bucket=name, ACL="log-delivery-write")

    assert (before, log_to(clients, name, name)) == ("InvalidTargetBucketForLogging", "taken")


def test_logs_stay_in_account_and_region(clients: Clients, name: str) -> None:
    """A target that is not there, elsewhere or another account's is refused."""
    made(clients, name)
    far = Clients(clients.url, ACCOUNT, "us-west-2")
    theirs = Clients(clients.url, OTHER, REGION)
    made(far, f"{name}-far")
    made(theirs, f"{name}-theirs")

    assert log_to(clients, name, f"{name}-none") == "InvalidTargetBucketForLogging"
    assert log_to(clients, name, f"{name}-theirs") == "InvalidTargetBucketForLogging"
    assert log_to(clients, name, f"{name}-far") == "CrossLocationLoggingProhibited"


def test_logs_are_turned_off_by_an_empty_status(clients: Clients, name: str) -> None:
    """An empty status is taken, and returned."""
    s3 = made(clients, name)
    s3.put_bucket_logging(Bucket=name, BucketLoggingStatus={})

    assert "LoggingEnabled" not in s3.get_bucket_logging(Bucket=name)
