"""What the answers mean that AWS gives of roles, keys, queues and the like, and what is not known of them."""

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import pytest

from bucketwright.calls import Answer, Failure, Outcome
from bucketwright.facets import (
    access_point,
    account,
    directory_bucket,
    function,
    key,
    queue,
    role,
    topic,
    trail,
)
from bucketwright.facets.account import analyzers, policy_change_alarm
from bucketwright.facets.account.analyzers import Analyzer
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.bucket.policy import policy_of
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.event_selectors import MANAGEMENT, Objects, Selector
from bucketwright.facets.reading import LiveFacet, Target
from bucketwright.posture import Undetermined, Unknown
from tests.facets.live import answers
from tests.facets.plans import address_of

Values = Mapping[str, object]
KINDS: Final[Mapping[str, Any]] = {
    "access_point": access_point,
    "account": account,
    "directory_bucket": directory_bucket,
    "function": function,
    "key": key,
    "queue": queue,
    "role": role,
    "topic": topic,
    "trail": trail,
}
_HANDLES: Final = dict.fromkeys(
    ("AccountId", "Bucket", "FunctionName", "KeyId", "Name", "QueueUrl", "RoleName", "TopicArn", "TrailName"),
    "one",
)
_DOCUMENT: Final = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "a:b", "Resource": "*"}],
}
_TEXT: Final = json.dumps(_DOCUMENT)
_TRUST: Final = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}
_OFF: Final = PublicAccessBlock(*[False] * 4)
_BLOCK: Final = {
    "PublicAccessBlockConfiguration": dict.fromkeys(
        ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True
    )
}
_ALIAS: Final = {"AliasName": "alias/x", "TargetKeyId": "one"}


def facet(called: str) -> LiveFacet[object]:
    kind, _, name = called.partition(".")
    found: LiveFacet[object] = KINDS[kind].FACETS[name]
    return found


def told(called: str, outcome: Outcome) -> object:
    """The fact, or why it is not known; the first read of a fact is the only one here."""
    one = facet(called)
    target = Target(called.partition(".")[0], "one", _HANDLES, "eu-west-1", "111122223333")
    (read,) = one.READS
    try:
        return one.from_api(answers(target, {read: outcome}, address_of))
    except Undetermined as refusal:
        return Unknown(str(refusal))


def a_role(**more: object) -> Values:
    return {"Role": {"AssumeRolePolicyDocument": _TRUST, "MaxSessionDuration": 3600, **more}}


def a_key(**more: object) -> Values:
    return {"KeyMetadata": {"Enabled": True, "KeySpec": "SYMMETRIC_DEFAULT", **more}}


def a_trail(**more: object) -> Values:
    return {"Trail": {"S3BucketName": "name-of-bucket-logs", "IsMultiRegionTrail": True, **more}}


def point(**more: object) -> Values:
    return {"Bucket": "name-of-bucket-files", "NetworkOrigin": "Internet", **_BLOCK, **more}


def selected(**more: object) -> Values:
    return {"TrailARN": "arn:aws:cloudtrail:eu-west-1:111122223333:trail/one", **more}


def looking(*several: tuple[str, str]) -> Values:
    return {"analyzers": [{"type": one, "status": state} for one, state in several]}


OF_OBJECTS: Final = [
    {"Field": "eventCategory", "Equals": ["Data"]},
    {"Field": "resources.type", "Equals": ["AWS::S3::Object"]},
    {"Field": "resources.ARN", "StartsWith": ["arn:aws:s3:::files/x"]},
]


@pytest.mark.parametrize(
    ("called", "values", "meant"),
    [
        ("account.public_access_block", _BLOCK, PublicAccessBlock()),
        ("account.analyzers", {"analyzers": []}, frozenset()),
        (
            "account.analyzers",
            looking(("ACCOUNT", "ACTIVE"), ("ORGANIZATION", "FAILED"), ("ACCOUNT_UNUSED_ACCESS", "CREATING")),
            frozenset({Analyzer("ACCOUNT", "eu-west-1"), Analyzer("ACCOUNT_UNUSED_ACCESS", "eu-west-1")}),
        ),
        ("role.max_session", a_role(MaxSessionDuration=7200), 7200),
        ("role.trust", a_role(), policy_of(json.dumps(_TRUST))),
        (
            "role.trust",
            a_role(AssumeRolePolicyDocument=quote(json.dumps(_TRUST))),
            policy_of(json.dumps(_TRUST)),
        ),
        ("role.boundary", a_role(), None),
        (
            "role.boundary",
            a_role(PermissionsBoundary={"PermissionsBoundaryArn": "arn:aws:iam::1:policy/b"}),
            "arn:aws:iam::1:policy/b",
        ),
        ("key.enabled", a_key(), True),
        ("key.enabled", a_key(Enabled=False, KeyState="PendingDeletion"), False),
        ("key.spec", a_key(KeySpec="RSA_2048"), "RSA_2048"),
        ("key.rotation", {"KeyRotationEnabled": False}, None),
        ("key.rotation", {"KeyRotationEnabled": True, "RotationPeriodInDays": 90}, 90),
        ("key.policy", {"Policy": _TEXT, "PolicyName": "default"}, policy_of(_TEXT)),
        ("key.aliases", {"Aliases": [_ALIAS]}, frozenset({"alias/x"})),
        ("key.aliases", {"Aliases": []}, frozenset()),
        ("queue.policy", {"Attributes": {"QueueArn": "a", "Policy": _TEXT}}, policy_of(_TEXT)),
        ("queue.policy", {"Attributes": {"QueueArn": "a"}}, None),
        ("topic.policy", {"Attributes": {"Policy": _TEXT}}, policy_of(_TEXT)),
        ("function.permissions", {"Policy": _TEXT, "RevisionId": "1"}, policy_of(_TEXT)),
        ("access_point.bucket", point(), "bucket:files"),
        ("access_point.bucket", point(Bucket="strange"), "strange"),
        ("access_point.network", point(), "internet"),
        ("access_point.network", point(NetworkOrigin="VPC", VpcConfiguration={"VpcId": "vpc-1"}), "vpc-1"),
        ("access_point.public_access_block", point(), PublicAccessBlock()),
        ("access_point.policy", {"Policy": _TEXT}, policy_of(_TEXT)),
        ("trail.bucket", a_trail(), "bucket:logs"),
        ("trail.multi_region", a_trail(), True),
        ("trail.log_group", a_trail(), None),
        (
            "trail.log_group",
            a_trail(CloudWatchLogsLogGroupArn="arn:aws:logs:eu-west-1:111122223333:log-group:all:*"),
            "all",
        ),
        ("trail.logging", {"IsLogging": False}, False),
        ("trail.selectors", selected(), frozenset()),
        ("trail.selectors", selected(EventSelectors=[{"ReadWriteType": "All"}]), frozenset({MANAGEMENT})),
        (
            "trail.selectors",
            selected(AdvancedEventSelectors=[{"FieldSelectors": OF_OBJECTS}]),
            frozenset({Selector("objects", objects=frozenset({Objects("files", "x")}))}),
        ),
        (
            "trail.selectors",
            selected(AdvancedEventSelectors=[{"FieldSelectors": [OF_OBJECTS[0], OF_OBJECTS[1], {
                "Field": "resources.ARN", "NotStartsWith": ["arn:aws:s3:::a/"]}]}]),
            frozenset({Selector("objects", objects=frozenset({Objects("*")}), narrowed=True)}),
        ),
        ("directory_bucket.lifecycle", {"Rules": []}, Lifecycle()),
    ],
)  # fmt: skip
def test_what_an_answer_means(called: str, values: Values, meant: object) -> None:
    """Documents in whatever form are policies, what is ours an address, and absent parts what AWS means."""
    assert told(called, Answer(values)) == meant


@pytest.mark.parametrize(
    ("called", "values", "because"),
    [
        ("account.public_access_block", {}, "PublicAccessBlockConfiguration: is not said"),
        ("account.analyzers", {"analyzers": [{"type": "ACCOUNT"}]}, "status: is not said"),
        ("account.analyzers", looking(("PLANET", "ACTIVE")), "type: is not one of"),
        ("role.max_session", {}, "Role: is not said"),
        ("role.max_session", {"Role": {}}, "MaxSessionDuration: is not said"),
        ("role.trust", {"Role": {}}, "AssumeRolePolicyDocument: is not said"),
        ("role.trust", a_role(AssumeRolePolicyDocument="%7Bnone"), "is none that IAM accepts"),
        ("role.boundary", a_role(PermissionsBoundary={}), "PermissionsBoundaryArn: is not said"),
        ("key.enabled", {"KeyMetadata": {}}, "Enabled: is not said"),
        ("key.enabled", a_key(Enabled="yes"), "Enabled: is not true or false"),
        ("key.rotation", {}, "KeyRotationEnabled: is not said"),
        ("key.rotation", {"KeyRotationEnabled": True}, "RotationPeriodInDays: is not said"),
        ("key.policy", {}, "Policy: is not said"),
        ("key.aliases", {"Aliases": [{}]}, "AliasName: is not said"),
        ("queue.policy", {}, "QueueArn: is not said"),
        ("queue.policy", {"Attributes": {"QueueArn": "a", "Policy": "{"}}, "is none that IAM accepts"),
        ("topic.policy", {"Attributes": {}}, "Policy: is not said"),
        ("function.permissions", {}, "Policy: is not said"),
        ("access_point.network", point(NetworkOrigin="VPC"), "VpcId: is not said"),
        ("access_point.public_access_block", {"Bucket": "a"}, "is not said"),
        ("trail.bucket", {"Trail": {}}, "S3BucketName: is not said"),
        ("trail.logging", {}, "IsLogging: is not said"),
        ("trail.selectors", {}, "TrailARN: is not said"),
        ("directory_bucket.lifecycle", {}, "Rules: is not said"),
    ],
)
def test_what_makes_no_sense_is_not_known(called: str, values: Values, because: str) -> None:
    """What ought to be there and is not, or is of another type, is never guessed."""
    found = told(called, Answer(values))

    assert isinstance(found, Unknown), found
    assert because in found.reason


_PERMISSIONS: Final = {
    "access_point.bucket": "s3:GetAccessPoint",
    "access_point.network": "s3:GetAccessPoint",
    "access_point.policy": "s3:GetAccessPointPolicy",
    "access_point.public_access_block": "s3:GetAccessPoint",
    "account.analyzers": "access-analyzer:ListAnalyzers",
    "account.public_access_block": "s3:GetAccountPublicAccessBlock",
    "directory_bucket.lifecycle": "s3express:GetLifecycleConfiguration",
    "function.permissions": "lambda:GetPolicy",
    "key.aliases": "kms:ListAliases",
    "key.enabled": "kms:DescribeKey",
    "key.policy": "kms:GetKeyPolicy",
    "key.rotation": "kms:GetKeyRotationStatus",
    "key.spec": "kms:DescribeKey",
    "queue.policy": "sqs:GetQueueAttributes",
    "role.boundary": "iam:GetRole",
    "role.managed": "iam:GetAccountAuthorizationDetails",
    "role.max_session": "iam:GetRole",
    "role.policies": "iam:GetAccountAuthorizationDetails",
    "role.trust": "iam:GetRole",
    "topic.policy": "sns:GetTopicAttributes",
    "trail.bucket": "cloudtrail:GetTrail",
    "trail.log_group": "cloudtrail:GetTrail",
    "trail.logging": "cloudtrail:GetTrailStatus",
    "trail.multi_region": "cloudtrail:GetTrail",
    "trail.selectors": "cloudtrail:GetEventSelectors",
}
_NOTHING: Final[Mapping[str, tuple[str, object]]] = {
    "access_point.policy": ("NoSuchAccessPointPolicy", None),
    "account.public_access_block": ("NoSuchPublicAccessBlockConfiguration", _OFF),
    "directory_bucket.lifecycle": ("NoSuchLifecycleConfiguration", Lifecycle()),
    "function.permissions": ("ResourceNotFoundException", None),
}


@pytest.mark.parametrize("called", _PERMISSIONS)
def test_what_is_denied_names_the_permission(called: str) -> None:
    """By IAM's name for it."""
    found = told(called, Failure("denied", "AccessDenied"))

    assert isinstance(found, Unknown)
    assert found.reason.endswith(f"{_PERMISSIONS[called]} is denied")


@pytest.mark.parametrize("called", _PERMISSIONS)
def test_one_code_alone_means_that_nothing_is_configured(called: str) -> None:
    """The fact's own, where it has one; that something is gone is none."""
    own = dict([_NOTHING[called]]) if called in _NOTHING else {}
    for code in (
        "NoSuchEntity",
        "NotFoundException",
        "NoSuchBucket",
        *(code for code, _ in _NOTHING.values()),
    ):
        found = told(called, Failure("refused", code))

        assert found == own[code] if code in own else isinstance(found, Unknown), code


def test_all_facts_of_these_kinds_are_tried() -> None:
    """But for how long a key can be brought back, which no call tells, and what takes several calls."""
    facts = {f"{kind}.{name}" for kind, package in KINDS.items() for name in package.FACETS}

    assert facts - _PERMISSIONS.keys() == {"account.policy_change_alarm", "key.deletion_window"}


def test_several_regions_are_one_account() -> None:
    """What each region was asked by itself is put together."""
    here, there = frozenset({Analyzer("ACCOUNT", "a")}), frozenset({Analyzer("ACCOUNT", "b")})

    assert analyzers.across([here, there]) == here | there
    assert analyzers.across([]) == frozenset()
    assert policy_change_alarm.across([frozenset(), frozenset()]) == frozenset()
