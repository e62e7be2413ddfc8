"""What happens to a few types only: what holds a deletion up, what changed behind the program's back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import ClientError

from sandbox.provider.calling import create, delete, read, update
from sandbox.provider.handler import Made, Plain, RefusedError, now_live
from sandbox.server import Clients, serving
from tests.sandbox.provider.edge_examples import LEAST
from tests.sandbox.provider.examples import REGION, policy, trust

ACL = "aws:s3/bucketAcl:BucketAcl"
ALIAS = "aws:kms/alias:Alias"
BUCKET = "aws:s3/bucket:Bucket"
ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
DISTRIBUTION = "aws:cloudfront/distribution:Distribution"
ROLE = "aws:iam/role:Role"
RULE = "aws:cloudwatch/eventRule:EventRule"
TARGET = "aws:cloudwatch/eventTarget:EventTarget"


@pytest.fixture(scope="module")
def clients() -> Iterator[Clients]:
    """Clients of an account of a sandbox."""
    with serving() as server:
        yield server.clients(account="610000000005", region=REGION)


def test_a_role_keeps_its_policies_unless_they_may_be_taken_off(clients: Clients) -> None:
    """IAM refuses to delete it; `forceDetachPolicies` takes them off first."""
    said = {"name": "busy", "assumeRolePolicy": trust("lambda.amazonaws.com")}
    create(clients, ROLE, said)
    iam = clients.client("iam")
    managed = iam.create_policy(PolicyName="busy", PolicyDocument=policy("s3:GetObject"))["Policy"]["Arn"]
    iam.attach_role_policy(RoleName="busy", PolicyArn=managed)
    iam.put_role_policy(RoleName="busy", PolicyName="own", PolicyDocument=policy("s3:GetObject"))

    with pytest.raises(ClientError, match="DeleteConflict"):
        delete(clients, ROLE, "busy", said)
    delete(clients, ROLE, "busy", {**said, "forceDetachPolicies": True})

    assert read(clients, ROLE, "busy", said) is None
    delete(clients, ROLE, "busy", {**said, "forceDetachPolicies": True})


def test_a_rule_keeps_its_targets_unless_they_may_be_removed(clients: Clients) -> None:
    """EventBridge refuses to delete it; `forceDestroy` removes them first."""
    said = {"name": "busy", "scheduleExpression": "rate(1 day)"}
    create(clients, RULE, said)
    target = {"rule": "busy", "targetId": "one", "arn": f"arn:aws:sqs:{REGION}:610000000005:events"}
    create(clients, TARGET, target)

    with pytest.raises(ClientError, match="targets"):
        delete(clients, RULE, "busy", said)
    delete(clients, RULE, "busy", {**said, "forceDestroy": True})

    assert read(clients, RULE, "busy", said) is None
    assert read(clients, TARGET, "busy;one", target) is None
    delete(clients, RULE, "busy", {**said, "forceDestroy": True})


def test_an_acl_that_was_changed_is_told_by_its_canned_name_if_it_has_one(clients: Clients) -> None:
    """Else by its grants, which no canned name stands for."""
    s3 = clients.client("s3")
    there = {"LocationConstraint": REGION}
    s3.create_bucket(Bucket="special-open", CreateBucketConfiguration=there, ObjectOwnership="ObjectWriter")
    s3.delete_public_access_block(Bucket="special-open")
    owner = s3.list_buckets()["Owner"]["ID"]
    said = {"bucket": "special-open", "acl": "private"}

    s3.put_bucket_acl(Bucket="special-open", ACL="public-read")
    canned = read(clients, ACL, "special-open", said)
    s3.put_bucket_acl(Bucket="special-open", GrantReadACP=f"id={owner}")
    granted = read(clients, ACL, "special-open", said)

    assert canned is not None
    assert granted is not None
    assert canned.inputs == {"bucket": "special-open", "acl": "public-read"}
    assert granted.inputs["accessControlPolicy"] == {
        "owner": {"id": owner},
        "grants": [{"grantee": {"id": owner, "type": "CanonicalUser"}, "permission": "READ_ACP"}],
    }


def test_a_role_that_lost_a_policy_lost_the_attachment(clients: Clients) -> None:
    """So the next deployment attaches it again."""
    create(clients, ROLE, {"name": "bare", "assumeRolePolicy": trust("lambda.amazonaws.com")})
    iam = clients.client("iam")
    managed = iam.create_policy(PolicyName="bare", PolicyDocument=policy("s3:GetObject"))["Policy"]["Arn"]
    made = create(clients, ATTACHMENT, {"role": "bare", "policyArn": managed})

    iam.detach_role_policy(RoleName="bare", PolicyArn=managed)

    assert read(clients, ATTACHMENT, made.id, made.inputs) is None


def test_an_alias_that_moved_shows_its_new_key(clients: Clients) -> None:
    """By id, which is no ARN that the program said."""
    kms = clients.client("kms")
    first, other = (kms.create_key()["KeyMetadata"] for _ in range(2))
    made = create(clients, ALIAS, {"name": "alias/moved", "targetKeyId": first["Arn"]})

    kms.update_alias(AliasName="alias/moved", TargetKeyId=other["KeyId"])

    moved = read(clients, ALIAS, made.id, made.inputs)
    assert moved is not None
    assert moved.inputs["targetKeyId"] == other["KeyId"]


@dataclass(frozen=True, slots=True)
class Refusing:
    """Clients whose EventBridge takes the call and fails the entry, as it does when it is busy."""

    of: Clients

    @property
    def account(self) -> str:
        """The same."""
        return self.of.account

    @property
    def region(self) -> str:
        """The same."""
        return self.of.region

    def client(self, service: str, region: str | None = None) -> Any:
        """The same client, but for one answer."""
        return _Failing(self.of.client(service, region))


@dataclass(frozen=True, slots=True)
class _Failing:
    of: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.of, name)

    def put_targets(self, **_said: object) -> object:
        """One entry failed."""
        return {"FailedEntryCount": 1, "FailedEntries": [{"ErrorMessage": "come back later"}]}


def test_a_target_that_failed_is_an_error(clients: Clients) -> None:
    """EventBridge answers 200 all the same."""
    with pytest.raises(RefusedError, match="come back later"):
        create(Refusing(clients), TARGET, {"rule": "x", "targetId": "one", "arn": "arn:aws:sqs:a:1:b"})


class _Forgetful:
    """A handler of something that is never there."""

    type = "aws:s3/bucket:Bucket"
    replaces = refuses = frozenset[str]()
    names = None

    def create(self, _clients: object, _inputs: Plain) -> Made:
        """Not asked."""
        raise NotImplementedError

    def update(self, _clients: object, _id: str, _old: Plain, _new: Plain) -> Made:
        """Not asked."""
        raise NotImplementedError

    def read(self, _clients: object, _id: str, _said: Plain) -> Made | None:
        """Gone."""
        return None

    def delete(self, _clients: object, _id: str, _said: Plain) -> None:
        """Not asked."""


def test_what_was_written_and_is_not_there_is_an_error(clients: Clients) -> None:
    """It is told by type and id."""
    with pytest.raises(RefusedError, match="aws:s3/bucket:Bucket files was written and cannot be read back"):
        now_live(_Forgetful(), clients, "files", {})


def test_a_distribution_may_be_retained(clients: Clients) -> None:
    """It is disabled then, and stays."""
    said = {**LEAST, "retainOnDelete": True}
    made = create(clients, DISTRIBUTION, said)

    delete(clients, DISTRIBUTION, made.id, said)

    left = read(clients, DISTRIBUTION, made.id, said)
    assert left is not None
    assert left.inputs == {**said, "enabled": False}


def test_a_bucket_whose_tags_decide_access_is_tagged_one_by_one(clients: Clients) -> None:
    """S3 refuses a whole set of tags there; what the program no longer says goes, what it says is there."""
    said: Plain = {"bucket": "special-abac", "tags": {"gone": "1", "stays": "1"}}
    create(clients, BUCKET, said)
    s3 = clients.client("s3")
    s3.put_bucket_abac(Bucket="special-abac", AbacStatus={"Status": "Enabled"})
    changed: Plain = {"bucket": "special-abac", "tags": {"stays": "2", "new": "1"}}

    assert update(clients, BUCKET, "special-abac", said, changed).inputs["tags"] == changed["tags"]
    assert "tags" not in update(clients, BUCKET, "special-abac", changed, {"bucket": "special-abac"}).inputs
    with pytest.raises(ClientError, match="MethodNotAllowed"):
        s3.delete_bucket_tagging(Bucket="special-abac")
