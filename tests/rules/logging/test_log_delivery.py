"""Is S3 let deliver logs by policies of every make, and is it told apart who is refused from who is not?"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest

from bucketwright.contract.model import Environment
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.logging import Logging
from bucketwright.facets.grants import (
    ALL_USERS,
    LOG_DELIVERY,
    OWNER,
    Grant,
)
from bucketwright.intended import intended
from bucketwright.posture import Circumstances, Estate, Posture, Unknown
from bucketwright.rules.example_access import ROLE, allow, deny, policy
from bucketwright.rules.example_log_targets import BY_GROUP, REGION, TO, delivers, logs
from bucketwright.rules.example_sharing import OWN
from bucketwright.rules.log_delivery import LogDelivery
from bucketwright.rules.logging.log_target_valid import log_target_valid
from bucketwright.verdicts import Fails, NotApplicable, Passes, Undecided, Verdict

LOGS: Final = "arn:aws:s3:::logs"
S3: Final = {"Service": "logging.s3.amazonaws.com"}
DATED: Final = replace(TO, keys="DeliveryTime")
Statement = Mapping[str, object]


def said(
    *statements: Statement, logging: Logging = TO, beside: tuple[Posture, ...] = (OWN,), **facts: object
) -> Verdict:
    """The verdict on a bucket that logs to one with such a policy."""
    target = logs(policy=policy(*statements) if statements else None, **facts)
    source = BucketPosture("bucket:example", "example", {"logging": logging, "region": REGION})
    return log_target_valid.verdict(
        source, Estate("live", {one.address: one for one in (source, target, *beside)})
    )


def when(operator: str, key: str, *values: str) -> Statement:
    """The usual statement under a condition."""
    return delivers(Condition={operator: {key: values}})


def refused(operator: str, key: str, *values: str, **elements: object) -> tuple[Statement, Statement]:
    """The usual statement, and a Deny of everything under a condition."""
    usual = {"principal": "*", "action": "s3:*", "Resource": [LOGS, f"{LOGS}/*"]}
    return delivers(), deny(**{**usual, "Condition": {operator: {key: values}}, **elements})


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param([delivers("*")], id="the whole bucket"),
        pytest.param([delivers("exam*")], id="a longer pattern than the prefix"),
        pytest.param([delivers("logs/*"), delivers("e*")], id="the second of two"),
        pytest.param([delivers(Action=["s3:Get*", "S3:Put*"])], id="one of several actions"),
        pytest.param([delivers(Action=None, NotAction="s3:Get*")], id="all actions but some"),
        pytest.param([delivers(Resource=None, NotResource=f"{LOGS}/other/*")], id="all objects but some"),
        pytest.param([delivers(Principal={"AWS": ROLE, **S3})], id="one of several principals"),
        pytest.param([delivers(Principal={"AWS": "*"})], id="everybody"),
        pytest.param([delivers(Principal=None, NotPrincipal={"AWS": ROLE})], id="everybody but another"),
        pytest.param([delivers(Resource="*")], id="all resources"),
        pytest.param([when("ArnLike", "aws:SourceArn", "arn:aws:s3:::ex*")], id="for our sources"),
        pytest.param(
            [when("StringEquals", "AWS:SourceAccount", "999988887777", "111122223333")], id="for us"
        ),
        pytest.param([when("Bool", "aws:SecureTransport", "true")], id="over TLS"),
        pytest.param(
            [when("StringEquals", "aws:SourceOrgID", "o-a1b2c3d4e5"), delivers()],
            id="what is not known beside what is",
        ),
        pytest.param([delivers(), deny(S3, "s3:GetObject", Resource=f"{LOGS}/*")], id="reading refused"),
        pytest.param([delivers(), deny({"AWS": ROLE}, "s3:*", Resource="*")], id="another is refused"),
        pytest.param([delivers(), deny("*", "s3:*", Resource=f"{LOGS}/private/*")], id="refused elsewhere"),
        pytest.param(refused("Bool", "aws:SecureTransport", "false"), id="refused over plain HTTP"),
        pytest.param(refused("Bool", "aws:PrincipalIsAWSService", "false"), id="refused to all but services"),
        pytest.param(refused("NumericLessThan", "s3:TlsVersion", "1.2"), id="refused over an older TLS"),
        pytest.param(
            refused("StringNotEqualsIfExists", "s3:x-amz-server-side-encryption", "AES256"),
            id="refused under another encryption",
        ),
        pytest.param(
            [delivers(), deny(S3, "s3:PutObject", Resource=f"{LOGS}/${{aws:SourceAccount}}/*")],
            id="refused below who knows what",
        ),
    ],
)
def test_what_lets_delivery_in(statements: list[Statement]) -> None:
    """The log arrives, whatever spelling lets it in."""
    assert isinstance(said(*statements), Passes)


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param([], id="no policy"),
        pytest.param([delivers("example")], id="one object"),
        pytest.param([delivers("example/?")], id="keys of one character"),
        pytest.param([delivers("example/2*")], id="a part of the keys"),
        pytest.param([delivers("Example/*")], id="another case"),
        pytest.param([delivers(Resource="arn:aws:s3:::log/*")], id="another bucket"),
        pytest.param([delivers(Resource=None, NotResource=f"{LOGS}/ex*")], id="all objects but these"),
        pytest.param([delivers(Action="s3:PutObjectAcl")], id="another action"),
        pytest.param([delivers(Action=None, NotAction="s3:P*")], id="all actions but this"),
        pytest.param([delivers(Principal={"Service": "s3.amazonaws.com"})], id="another service"),
        pytest.param([delivers(Principal={"AWS": "111122223333"})], id="the account"),
        pytest.param([delivers(Principal=None, NotPrincipal=S3)], id="everybody but delivery"),
        pytest.param([deny(S3, "s3:PutObject", Resource=f"{LOGS}/*")], id="a Deny alone"),
        pytest.param([when("ArnLike", "aws:SourceArn", "arn:aws:s3:::other")], id="for another source"),
        pytest.param([when("StringEquals", "aws:SourceAccount", "999988887777")], id="for another"),
        pytest.param([when("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5")], id="for members"),
        pytest.param([when("StringEquals", "aws:SourceVpc", "vpc-1a2b3c4d")], id="from a network"),
        pytest.param([delivers(), deny("*", "s3:*", Resource=f"{LOGS}/example/2*")], id="a part is refused"),
        pytest.param([delivers(), deny(S3, "s3:PutObject", Resource="*")], id="delivery is refused"),
        pytest.param(
            [delivers(), deny(None, "s3:*", NotPrincipal={"AWS": ROLE}, Resource=f"{LOGS}/*")],
            id="all but a role are refused",
        ),
        pytest.param(
            refused("StringNotEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"), id="strangers are refused"
        ),
        pytest.param(
            refused("StringNotEquals", "aws:SourceVpce", "vpce-1a2b3c4d"), id="other networks are refused"
        ),
        pytest.param(
            refused("StringNotEquals", "aws:SourceVpc", "vpc-1a2b3c4d"), id="and so named otherwise"
        ),
        pytest.param(
            refused("StringEquals", "aws:PrincipalServiceName", S3["Service"]), id="delivery by its name"
        ),
    ],
)
def test_what_keeps_delivery_out(statements: list[Statement]) -> None:
    """Some object of the log, or all, cannot be put."""
    assert isinstance(said(*statements), Fails)


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param([when("StringEquals", "aws:SourceOrgID", "o-a1b2c3d4e5")], id="an organisation"),
        pytest.param([delivers("${aws:SourceAccount}/*"), delivers("e*x*/1*")], id="a policy variable"),
        pytest.param([when("IpAddress", "aws:SourceIp", "10.0.0.0/8")], id="an address"),
    ],
)
def test_what_nobody_knows_is_not_guessed(statements: list[Statement]) -> None:
    """Whether a condition holds for S3 that no document tells of stays open."""
    assert said(*statements) == Undecided("policy", "whether its conditions hold for S3 is not known")


def test_whose_source_it_is_may_not_be_known() -> None:
    """Without our account it stays open whether we are meant; that of a stranger is no better known."""
    ours = when("StringEquals", "aws:SourceAccount", "111122223333")

    assert isinstance(said(ours, beside=()), Undecided)


@pytest.mark.parametrize(
    ("below", "kept"),
    [
        ("example/111122223333/*", True),
        ("example/111122223333/us-west-2/example/*", True),
        ("example/*/us-west-2/*", True),
        ("example/111122223333/us-west-2/example", False),
        ("example/999988887777/*", False),
        ("example/111122223333/eu-west-1/*", False),
        ("example/111122223333/us-west-2/other/*", False),
        ("example/2*", False),
    ],
)
def test_dated_keys_say_whose_they_are(below: str, kept: bool) -> None:
    """Below the prefix follow account, region and bucket, so that a policy may ask for these."""
    assert isinstance(said(delivers(below), logging=DATED), Passes if kept else Fails)
    assert isinstance(said(delivers(below)), Fails)


@pytest.mark.parametrize(
    ("below", "kept"),
    [("111122223333/us-west-2/example/2026*", False), ("999988887777/*", True), ("eu*", True)],
)
def test_a_deny_below_others_keys_refuses_nothing(below: str, kept: bool) -> None:
    """It may be for another bucket's dated logs; below a flat prefix it is for ours."""
    refusing = delivers(), deny("*", "s3:*", Resource=f"{LOGS}/example/{below}")

    assert isinstance(said(*refusing, logging=DATED), Passes if kept else Fails)
    assert isinstance(said(*refusing), Fails)


def test_dated_keys_need_the_account_only_where_it_matters() -> None:
    """A policy for the whole prefix does for any account; for one of them, ours has to be known."""
    assert isinstance(said(delivers(), logging=DATED, beside=()), Passes)
    assert isinstance(said(delivers("example/1*"), logging=DATED, beside=()), Undecided)


@pytest.mark.parametrize("wild", ["a*/", "a?/", "${aws:username}/", "${*}/", "ä b+&/"])
def test_prefixes_are_plain_text(wild: str) -> None:
    """What looks like a pattern in the prefix of a log is none; in a policy it is one."""
    plain = wild.replace("${", "${$}{").replace("*", "${*}").replace("?", "${?}")
    plain = {"${*}/": "${$}{${*}}/"}.get(wild, plain)
    logging = replace(TO, prefix=wild)

    assert isinstance(said(delivers(f"{plain}*"), logging=logging), Passes)
    assert isinstance(said(delivers(f"b{plain}*"), logging=logging), Fails)


@pytest.mark.parametrize(
    ("ownership", "grants", "kept"),
    [
        pytest.param("ObjectWriter", BY_GROUP, True, id="the group may write"),
        pytest.param("BucketOwnerPreferred", {Grant(LOG_DELIVERY, "FULL_CONTROL")}, True, id="all of it"),
        pytest.param("BucketOwnerEnforced", BY_GROUP, False, id="ACLs mean nothing"),
        pytest.param("ObjectWriter", {Grant(LOG_DELIVERY, "READ_ACP")}, False, id="the group may not write"),
        pytest.param("ObjectWriter", {Grant(ALL_USERS, "WRITE")}, False, id="another group"),
        pytest.param("ObjectWriter", {Grant(OWNER, "FULL_CONTROL")}, False, id="the owner alone"),
    ],
)
def test_the_older_way_in(ownership: str, grants: set[Grant], kept: bool) -> None:
    """S3's group may be let in by ACL, where ACLs mean anything."""
    assert isinstance(said(ownership=ownership, acl=frozenset(grants)), Passes if kept else Fails)


def test_a_grant_does_not_help_against_a_deny() -> None:
    """What the policy refuses stays refused."""
    refusing = deny("*", "s3:*", Resource=f"{LOGS}/*")

    assert isinstance(said(refusing, ownership="ObjectWriter", acl=BY_GROUP), Fails)


def test_one_open_way_is_enough() -> None:
    """Where the group is let in, the policy's conditions need not be known; where the policy does, no ACL."""
    open_question = when("StringEquals", "aws:SourceOrgID", "o-a1b2c3d4e5")
    unread = Unknown("access denied")

    assert isinstance(said(open_question, ownership="ObjectWriter", acl=BY_GROUP), Passes)
    assert isinstance(said(delivers(), ownership=unread, acl=unread), Passes)
    assert said(delivers("other/*"), ownership=unread) == Undecided("ownership", "access denied")


def test_a_target_without_a_name_is_not_judged_by_its_policy() -> None:
    """What its policy names cannot be told to be the bucket itself."""
    source = BucketPosture("bucket:example", "example", {"logging": TO, "region": REGION})
    nameless = BucketPosture("bucket:logs", "", logs().facts)
    estate = Estate("planned", {one.address: one for one in (source, nameless)})

    assert log_target_valid.verdict(source, estate) == Undecided(
        "bucket:logs", "what it will be called is not known"
    )


def test_both_ends_speak_of_one_partition() -> None:
    """In China ARNs begin otherwise, of the source too."""
    china = {"Resource": "arn:aws-cn:s3:::logs/example/*"}
    ours = {**china, "Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws-cn:s3:::example"}}}
    others = {**china, "Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::example"}}}

    assert isinstance(said(delivers(**ours)), Passes)
    assert isinstance(said(delivers(**others)), Fails)


def test_another_role_may_write_as_well() -> None:
    """A grant to somebody else does not let S3 in, and does not keep it out."""
    somebody = allow({"AWS": ROLE}, "s3:PutObject", Resource=f"{LOGS}/*")

    assert isinstance(said(somebody), Fails)
    assert isinstance(said(somebody, delivers()), Passes)


@pytest.mark.parametrize("account", [None, "111122223333"])
@pytest.mark.parametrize("region", ["us-west-2", "cn-north-1", "us-gov-west-1"])
@pytest.mark.parametrize("keys", ["simple", "by-event-time", "by-delivery-time"])
@pytest.mark.parametrize("prefix", [None, "a/b/", "w*?/", "${aws:username}/", "x+y z/"])
def test_what_a_contract_declares_can_be_delivered(
    account: str | None, region: str, keys: str, prefix: str | None
) -> None:
    """Its policy lets in just the logs that it sends there."""
    settings = {
        "project": "shop", "name": "prod", "region": region, "account": account,
        "buckets": {
            "example": {"encryption": "kms", "access_logs": {"to": "logs", "keys": keys, "prefix": prefix}},
            "other": {},
            "logs": {"purpose": "access-logs"},
        },
    }  # fmt: skip
    environment = Environment.model_validate(settings)
    around = Circumstances(environment, intended(environment))
    estate = replace(intended(environment), circumstances=around)
    postures = {one.address: one for one in estate.every(BucketPosture)}
    other = LogDelivery(
        postures["bucket:other"], Logging("bucket:logs", "x/"), postures["bucket:logs"], estate
    )

    assert log_target_valid.verdict(postures["bucket:example"], estate) == Passes()
    assert isinstance(log_target_valid.verdict(postures["bucket:other"], estate), NotApplicable)
    assert other.gaps()
