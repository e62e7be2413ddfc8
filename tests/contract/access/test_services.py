"""Is every service let in on behalf of named accounts or sources only, and every other account by name?"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings

from bucketwright.contract.access.bucket_policy import bucket_policy
from bucketwright.contract.access.findings import Unusable
from bucketwright.contract.access.isolation import check_isolation
from bucketwright.contract.access.role_policy import role_policies, trust_policy
from bucketwright.contract.access.size import BUCKET_POLICY, size
from bucketwright.contract.model import Environment
from bucketwright.iam.documents import parse
from bucketwright.iam.public import is_public
from tests.contract.access.environments import ACCOUNT, PARTNER, environment, files
from tests.contract.access.oracle import allows
from tests.contract.strategies import contracts

SOURCE = "arn:aws:cloudtrail:us-west-2:111122223333:trail/all"
ARN = "arn:aws:s3:::shop-prod-logs"
Statement = Mapping[str, Any]


def allowing(policy: object) -> Iterator[Statement]:
    """The statements that let somebody in."""
    statements = json.loads(json.dumps(policy))["Statement"]
    return (one for one in statements if one["Effect"] == "Allow")


def tie(statement: Statement) -> set[str]:
    return {
        key
        for operator, keys in statement.get("Condition", {}).items()
        if operator in {"StringEquals", "ArnLike"}
        for key in keys
    }


def environments_of(contract: dict[str, Any]) -> Iterator[Environment]:
    """The environments of a generated contract, with the account of some left out."""
    shared = {key: value for key, value in contract.items() if key not in {"project", "environments"}}
    for name, delta in contract["environments"].items():
        yield Environment.model_validate(
            {"project": contract["project"], "name": name, **shared, **(delta or {})}
        )


@settings(max_examples=60, deadline=None)
@given(contracts())
def test_no_service_is_a_confused_deputy(contract: dict[str, Any]) -> None:
    """Whoever is let in by a generated contract's bucket policies, a service is tied and nobody is public."""
    for one in environments_of(contract):
        for bucket_id in one.buckets:
            policy = bucket_policy(one, bucket_id)
            for statement in allowing(policy):
                if "Service" in statement["Principal"]:
                    assert tie(statement) & {"aws:SourceAccount", "aws:SourceArn"}
                else:
                    assert tie(statement) & {"aws:PrincipalAccount"}
            assert is_public(parse(policy)).holds is False


@pytest.mark.parametrize(
    ("service", "account", "ties"),
    [
        pytest.param({}, ACCOUNT, {"aws:SourceAccount": ACCOUNT}, id="this account by default"),
        pytest.param({"accounts": PARTNER}, ACCOUNT, {"aws:SourceAccount": PARTNER}, id="another account"),
        pytest.param(
            {"accounts": PARTNER}, None, {"aws:SourceAccount": PARTNER}, id="an account, ours unknown"
        ),
        pytest.param({"sources": SOURCE}, None, {"aws:SourceArn": SOURCE}, id="a source, no account"),
        pytest.param(
            {"sources": SOURCE},
            ACCOUNT,
            {"aws:SourceAccount": ACCOUNT, "aws:SourceArn": SOURCE},
            id="a source of this account",
        ),
    ],
)
def test_a_service_acts_for_named_ones(
    service: Mapping[str, object], account: str | None, ties: Mapping[str, str]
) -> None:
    """It may write on behalf of those, and for nobody else."""
    access = {"trail": {"service": {"name": "cloudtrail.amazonaws.com", **service}, "write": "files/a"}}
    policy = bucket_policy(environment(account=account, **files(a="a/"), access=access), "files")
    let_in = [{key: value for key, value in one.items() if key != "Principal"} for one in allowing(policy)]
    request = {"action": "s3:PutObject", "resource": "arn:aws:s3:::shop-prod-files/a/key"}

    assert allows([{"Statement": let_in}], {**request, **ties})
    for key in ties:
        assert not allows([{"Statement": let_in}], {**request, **ties, key: "elsewhere"})
        assert not allows([{"Statement": let_in}], {k: v for k, v in {**request, **ties}.items() if k != key})


def test_a_service_that_could_act_for_anybody_is_not_let_in() -> None:
    """Without any account or source nothing is allowed, and the check says why."""
    access = {"trail": {"service": {"name": "cloudtrail.amazonaws.com"}, "write": "files/a"}}
    untied = environment(account=None, **files(a="a/"), access=access)

    assert list(allowing(bucket_policy(untied, "files"))) == []
    (finding,) = check_isolation(untied)
    assert isinstance(finding, Unusable)
    assert finding.path == ("access", "trail")
    assert str(finding) == (
        "the service is not let in: it could act for anybody; name accounts or sources, or the account of "
        "the environment"
    )


@pytest.mark.parametrize(
    ("name", "asks"),
    [
        pytest.param("cloudtrail.amazonaws.com", True, id="one that looks at the ACL first"),
        pytest.param("guardduty.amazonaws.com", False, id="one that does not"),
    ],
)
def test_services_that_look_at_the_acl_may(name: str, asks: bool) -> None:
    """They deliver nothing without reading the bucket's ACL, on behalf of the same account."""
    access = {"one": {"service": {"name": name}, "write": "files/a"}}
    policy = bucket_policy(environment(**files(a="a/"), access=access), "files")
    found = [one for one in allowing(policy) if one["Action"] == "s3:GetBucketAcl"]

    assert [(one["Resource"], tie(one)) for one in found] == (
        [("arn:aws:s3:::shop-prod-files", {"aws:SourceAccount"})] if asks else []
    )


def test_principals_and_services_make_no_role() -> None:
    """The bucket's policy lets them in, so they have no policies of their own, and nobody assumes them."""
    access = {"one": {"service": {"name": "config.amazonaws.com"}, "write": "files/a"}}
    subject = environment(**files(a="a/"), access=access)

    assert role_policies(subject, "one") == ()
    with pytest.raises(ValueError, match=r"access\.one makes no role"):
        trust_policy(subject, "one")


def logging(count: int, account: str | None = ACCOUNT, prefix: str | None = None) -> Environment:
    """Buckets that send their access logs and inventories to one other."""
    sends = {"access_logs": {"to": "logs", "prefix": prefix}, "inventory": {"to": "logs"}}
    buckets = {f"bucket-number-{n}": sends for n in range(count)}
    return environment(account=account, buckets={**buckets, "logs": {"purpose": "access-logs"}})


def may_deliver(policy: object, service: str, key: str, **known: str) -> bool:
    """Whether the policy lets this service put that key."""
    of_service = [one for one in allowing(policy) if one["Principal"] == {"Service": service}]
    request = {"action": "s3:PutObject", "resource": f"{ARN}/{key}", **known}
    return allows([{"Statement": of_service}], request)


@pytest.mark.parametrize(
    ("service", "key"),
    [
        pytest.param("logging.s3.amazonaws.com", "bucket-number-0/2027-01-01-x", id="logs"),
        pytest.param("s3.amazonaws.com", "shop-prod-bucket-number-0/all/data/x", id="inventories"),
    ],
)
def test_deliveries_are_for_the_buckets_that_send_them(service: str, key: str) -> None:
    """For a source declared here, below its own keys, on behalf of this account."""
    policy = bucket_policy(logging(2), "logs")
    known = {"aws:SourceAccount": ACCOUNT, "aws:SourceArn": "arn:aws:s3:::shop-prod-bucket-number-0"}

    assert may_deliver(policy, service, key, **known)
    assert not may_deliver(policy, service, key, **{**known, "aws:SourceAccount": PARTNER})
    assert not may_deliver(policy, service, key, **{**known, "aws:SourceArn": "arn:aws:s3:::other"})
    assert not may_deliver(policy, service, f"else/{key}", **known)
    assert list(allowing(bucket_policy(logging(2), "bucket-number-0"))) == []


def test_a_log_prefix_is_no_pattern() -> None:
    """A star in the prefix of the logs is a star in their keys."""
    policy = bucket_policy(logging(1, prefix="a*b/"), "logs")
    known = {"aws:SourceAccount": ACCOUNT, "aws:SourceArn": "arn:aws:s3:::shop-prod-bucket-number-0"}

    assert may_deliver(policy, "logging.s3.amazonaws.com", "a*b/x", **known)
    assert not may_deliver(policy, "logging.s3.amazonaws.com", "axb/x", **known)


def test_very_many_deliveries_are_tied_to_the_account() -> None:
    """Where the names of all sources are too long for a policy, this account is named instead."""
    policy = bucket_policy(logging(200), "logs")
    known = {"aws:SourceAccount": ACCOUNT, "aws:SourceArn": "arn:aws:s3:::shop-prod-bucket-number-199"}

    assert size(policy) <= BUCKET_POLICY
    assert may_deliver(policy, "logging.s3.amazonaws.com", "bucket-number-199/x", **known)
    assert not may_deliver(
        policy, "logging.s3.amazonaws.com", "bucket-number-199/x", **{**known, "aws:SourceAccount": PARTNER}
    )
    assert check_isolation(logging(200)) == ()


def test_very_many_deliveries_without_an_account_are_too_large() -> None:
    """Nothing but their names could tie them, so the check says that the policy does not fit."""
    (finding,) = check_isolation(logging(200, account=None))

    assert finding.path == ("buckets", "logs")
    assert "the policy of buckets.logs would be" in str(finding)
    assert "20,480 are allowed" in str(finding)
