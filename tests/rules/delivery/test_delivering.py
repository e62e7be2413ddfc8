"""Does a policy let S3 deliver? Yes, no, or nobody knows."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.rules.delivering import Delivery, lets_in
from bucketwright.rules.example_access import allow
from bucketwright.rules.example_destinations import CALL, HERE, S3, function, queue, sends, topic

ASKED: Final = Delivery("queue", "jobs", "bucket:example", "example", "111122223333")
LATER: Final = "${bucketwright:later}"
Statement = Mapping[str, object]


def source(value: str, operator: str = "ArnLike") -> Statement:
    return sends(Condition={operator: {"aws:SourceArn": value}})


def denies(**elements: object) -> Statement:
    return sends("*", **{"Effect": "Deny", "Condition": {}, **elements})


def only(key: str, *values: str, operator: str = "StringEquals") -> Statement:
    return sends(Condition={operator: {key: values}})


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param([sends()], id="S3, for the bucket"),
        pytest.param([sends("*")], id="everybody, for the bucket"),
        pytest.param([sends(Condition={})], id="S3, for any bucket"),
        pytest.param([sends(action="sqs:*")], id="all actions"),
        pytest.param([sends(action="SQS:Send*")], id="a pattern of actions"),
        pytest.param([sends(action=None, NotAction="sqs:ReceiveMessage")], id="all actions but one"),
        pytest.param([source("arn:aws:s3:*:*:example")], id="a pattern of buckets"),
        pytest.param([source("arn:*:s3:::ex*", "StringLike")], id="a pattern of texts"),
        pytest.param([source("arn:aws-cn:s3:::example", "ArnEquals")], id="in another partition"),
        pytest.param([source("bucket:example")], id="the bucket by its address"),
        pytest.param([only("aws:SourceAccount", "999988887777", "111122223333")], id="for the account"),
        pytest.param([only("aws:SecureTransport", "true", operator="Bool")], id="over TLS"),
        pytest.param(
            [only("aws:PrincipalOrgID", "o-1", operator="StringEqualsIfExists")], id="a service has none"
        ),
        pytest.param([only("aws:PrincipalArn", "true", operator="Null")], id="a service is no role"),
        pytest.param(
            [only("aws:PrincipalAccount", "1" * 12, operator="StringNotEquals")], id="nor of an account"
        ),
        pytest.param([only("aws:PrincipalIsAWSService", "true", operator="Bool")], id="services alone"),
        pytest.param([only("aws:PrincipalServiceName", "s3.amazonaws.com")], id="S3 by its name"),
        pytest.param([sends(Resource="arn:aws:sqs:eu-west-1:111122223333:jobs")], id="this queue"),
        pytest.param([sends(Resource="arn:aws:sqs:*:*:j*")], id="queues that are called so"),
        pytest.param([sends(Resource=None, NotResource="arn:aws:sqs:*:*:others")], id="all queues but one"),
        pytest.param([source("arn:aws:s3:::other"), sends()], id="one of two"),
        pytest.param(
            [sends(), denies(Condition={"Bool": {"aws:SecureTransport": "false"}})], id="but not over HTTP"
        ),
        pytest.param([sends(), denies(Principal={"AWS": "999988887777"})], id="but not an account"),
        pytest.param([sends(), denies(Action="sqs:ReceiveMessage")], id="but not to take from it"),
        pytest.param([sends(), denies(Resource="arn:aws:sqs:*:*:others")], id="but not to another queue"),
    ],
)
def test_s3_is_let_in(statements: list[Statement]) -> None:
    """In whatever way it is said."""
    assert lets_in(queue(*statements), ASKED) is True


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param([], id="no policy"),
        pytest.param([denies()], id="nothing is allowed"),
        pytest.param([sends({"Service": "sns.amazonaws.com"})], id="another service"),
        pytest.param([sends({"AWS": "111122223333"})], id="the account alone"),
        pytest.param([sends(action="sqs:ReceiveMessage")], id="to take from it"),
        pytest.param([sends(action="sns:Publish")], id="of another service"),
        pytest.param([source("arn:aws:s3:::example-2")], id="for a bucket that begins so"),
        pytest.param([source("bucket:other")], id="for another bucket by its address"),
        pytest.param([source("arn:aws:s3:::example", "ArnNotEquals")], id="for any other bucket"),
        pytest.param([only("aws:SourceAccount", "999988887777")], id="for another account"),
        pytest.param([only("aws:PrincipalOrgID", "o-1234567890")], id="for an organisation"),
        pytest.param([only("aws:SecureTransport", "false", operator="Bool")], id="over HTTP alone"),
        pytest.param([sends(Resource="arn:aws:sqs:eu-west-1:111122223333:jobs-2")], id="another queue"),
        pytest.param([sends(Resource=None, NotResource="arn:aws:sqs:*:*:jobs")], id="all queues but this"),
        pytest.param([sends(), denies()], id="everybody is refused"),
        pytest.param([sends(), denies(Principal=S3, Condition=HERE)], id="S3 is refused for the bucket"),
    ],
)
def test_s3_is_kept_out(statements: list[Statement]) -> None:
    """What it sends is lost."""
    assert lets_in(queue(*statements), ASKED) is False


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param([source(LATER)], id="for somebody nobody knows"),
        pytest.param([only("aws:RequestTag/a", "b")], id="by what nobody knows of the request"),
        pytest.param([sends(None, NotPrincipal={"AWS": "999988887777"})], id="everybody but an account"),
        pytest.param([sends(Resource=f"arn:aws:sqs:*:*:{LATER}")], id="a queue nobody knows"),
        pytest.param([sends(None)], id="nobody is named"),
        pytest.param(
            [sends(Resource=None, NotResource=f"arn:aws:sqs:*:*:{LATER}")], id="all but one of them"
        ),
        pytest.param([sends(Resource="*:jobs")], id="no whole ARN"),
        pytest.param(
            [sends(), denies(Condition={"StringEquals": {"aws:RequestTag/a": "b"}})], id="may be refused"
        ),
        pytest.param(
            [sends(), denies(Principal=None, NotPrincipal={"AWS": "1" * 12})], id="refused but for one"
        ),
    ],
)
def test_what_is_not_known_is_not_guessed(statements: list[Statement]) -> None:
    """Neither let in nor kept out."""
    assert lets_in(queue(*statements), ASKED) is None


@pytest.mark.parametrize(
    ("asked", "statement", "answer"),
    [
        pytest.param(
            replace(ASKED, account=None), only("aws:SourceAccount", "1" * 12), None, id="no account"
        ),
        pytest.param(replace(ASKED, account=None), sends(), True, id="no account is needed"),
        pytest.param(replace(ASKED, bucket_name=""), sends(), None, id="no name of the bucket"),
        pytest.param(replace(ASKED, bucket_name=""), source("bucket:example"), True, id="its address"),
        pytest.param(replace(ASKED, bucket_name=""), source("bucket:other"), False, id="another's address"),
        pytest.param(
            replace(ASKED, bucket_name=""),
            only("aws:SourceArn", "bucket:other", "arn:aws:s3:::some", operator="ArnLike"),
            None,
            id="another's address, or an ARN",
        ),
        pytest.param(
            replace(ASKED, bucket_name=""),
            only("aws:SourceAccount", "111122223333"),
            True,
            id="no name is needed for the account",
        ),
        pytest.param(replace(ASKED, name=""), sends(Resource="arn:aws:sqs:a:1:jobs"), None, id="no name"),
        pytest.param(replace(ASKED, name=""), sends(), True, id="no name is needed"),
    ],
)
def test_names_that_nobody_knows(asked: Delivery, statement: Statement, answer: bool | None) -> None:
    """They are given only after deployment."""
    assert lets_in(queue(statement), asked) is answer


@pytest.mark.parametrize(
    ("statement", "answer"),
    [
        pytest.param(sends(action="sns:Publish"), True, id="to publish"),
        pytest.param(sends(action="sqs:SendMessage"), False, id="to send"),
        pytest.param(sends(action="sns:Publish", Resource="arn:aws:sns:a:1:jobs"), True, id="to this one"),
    ],
)
def test_a_topic_is_published_to(statement: Statement, answer: bool) -> None:
    """By its own action."""
    assert lets_in(topic(statement), replace(ASKED, service="topic")) is answer


@pytest.mark.parametrize(
    ("statement", "answer"),
    [
        pytest.param(CALL, True, id="without its ARN"),
        pytest.param({**CALL, "Resource": "arn:aws:lambda:a:1:function:jobs"}, True, id="by its ARN"),
        pytest.param({**CALL, "Resource": "arn:aws:lambda:a:1:function:jobs-2"}, False, id="another one"),
        pytest.param(
            {**CALL, "Resource": "arn:aws:lambda:a:1:function:jobs:live"}, None, id="an alias of it"
        ),
        pytest.param({**CALL, "Resource": "*:live"}, None, id="an alias of whichever it is"),
        pytest.param({**CALL, "Action": "lambda:GetFunction"}, False, id="to look at it"),
    ],
)
def test_a_function_is_called(statement: Statement, answer: bool | None) -> None:
    """Which version or alias is told, nobody knows here."""
    assert lets_in(function(statement), replace(ASKED, service="function")) is answer


SOME: Final = st.sampled_from(
    [
        sends(),
        sends(Condition={}),
        source(LATER),
        source("arn:aws:s3:::other"),
        only("aws:RequestTag/a", "b"),
        allow({"AWS": "111122223333"}, "sqs:*", Resource="*"),
        sends(Resource="*:jobs"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(SOME, max_size=4), st.lists(SOME, max_size=3), SOME)
def test_an_allow_opens_and_a_deny_closes(
    allows: list[Statement], refused: list[Statement], more: Statement
) -> None:
    """Whatever else is said, one more Allow keeps nobody out, and one more Deny lets nobody in."""
    ranks = {False: 0, None: 1, True: 2}
    denies_ = [{**one, "Effect": "Deny"} for one in refused]
    before = ranks[lets_in(queue(*allows, *denies_), ASKED)]

    assert ranks[lets_in(queue(*allows, *denies_, more), ASKED)] >= before
    assert ranks[lets_in(queue(*allows, *denies_, {**more, "Effect": "Deny"}), ASKED)] <= before
