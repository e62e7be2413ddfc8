"""What does the program make of a contract, and what of it is known before anything is deployed?"""

import json
import re
from pathlib import Path

import pulumi
import pytest

from bucketwright.facets.bucket.logging import Logging
from bucketwright.plan import UNKNOWN_INPUT, is_known
from components.bucket import Bucket
from components.making import AFTER, short_kind
from components.recording import record
from components.storage import deploy
from sandbox.provider.schema import resource_type
from tests.components.contracts import CONTRACTS, environments, of_kind, plan_of

DOCUMENTS = ("policy", "assumeRolePolicy", "eventPattern")
WAITING = "{path: %s/, quarantine: {scanner: s, release_to: z/kept}}"
ALIKE = f"""
project: alike
environments: {{dev: {{account: 111122223333}}}}
buckets:
  a: {{prefixes: {{b-c: {WAITING % "x"}, b-c-dead: {WAITING % "y"}}}}}
  a-b: {{prefixes: {{c: {WAITING % "x"}, c-dead: {WAITING % "y"}}}}}
  z: {{prefixes: {{kept: {{path: kept/}}}}}}
access:
  s: {{trusts: ecs-tasks.amazonaws.com, read: [a/*, a-b/*], delete: [a/*, a-b/*], write: z/kept}}
"""
EVERY = [(name, one) for name, path in CONTRACTS.items() for one in environments(path)]


@pytest.mark.parametrize(("name", "environment"), EVERY)
def test_every_document_is_known_before_the_first_deployment(name: str, environment: str) -> None:
    """No policy waits for an ARN, so all of them can be judged in the first preview."""
    plan = plan_of(name, environment)
    documents = [one.inputs[field] for one in plan.resources for field in DOCUMENTS if field in one.inputs]

    assert documents
    assert all(isinstance(document, str) and json.loads(document) for document in documents)
    assert UNKNOWN_INPUT not in "".join(map(str, documents))


@pytest.mark.parametrize(("name", "environment"), EVERY)
def test_every_resource_hangs_below_the_storage(name: str, environment: str) -> None:
    """A preview reads as a tree: one Storage, and all but its provider somewhere below it."""
    plan = plan_of(name, environment)
    parents = {one.urn: one.parent for one in plan.resources}
    tops = [one.type for one in plan.resources if one.parent not in parents]

    assert tops == ["pulumi:providers:aws", "bucketwright:index:Storage"]


@pytest.mark.parametrize(("name", "environment"), EVERY)
def test_whatever_can_carry_tags_carries_its_address(name: str, environment: str) -> None:
    """A live resource tells which part of which contract it is; no two tell the same."""
    plan = plan_of(name, environment)
    made = [one for one in plan.resources if one.type.startswith("aws:")]
    tagged = [one for one in made if "tags" in resource_type(one.type).inputs.members]
    addresses = [one.address for one in tagged if one.kind.rpartition(":")[2] != "Policy"]

    assert "aws:s3/bucket:Bucket" in {one.type for one in tagged}
    assert all(one.address for one in tagged)
    assert len(set(addresses)) == len(addresses)


@pytest.mark.parametrize(("name", "environment"), EVERY)
def test_only_what_aws_alone_can_say_is_unknown(name: str, environment: str) -> None:
    """Ids and ARNs of what is not there yet; every setting is known."""
    unknown = {
        (one.type.rpartition(":")[2], field)
        for one in plan_of(name, environment).resources
        for field, value in one.inputs.items()
        if not is_known(value) and field != "bucket"
    }

    assert unknown <= {
        ("Alias", "targetKeyId"),
        ("BucketReplicationConfig", "role"),
        ("BucketReplicationConfig", "rules"),
        ("BucketServerSideEncryptionConfiguration", "rules"),
        ("Distribution", "defaultCacheBehavior"),
        ("Distribution", "origins"),
        ("EventTarget", "arn"),
        ("EventTarget", "deadLetterConfig"),
        ("KeyGroup", "items"),
        ("Queue", "redrivePolicy"),
        ("QueuePolicy", "queueUrl"),
        ("RolePolicyAttachment", "policyArn"),
    }


def test_buckets_of_sessions_are_buckets_of_a_type_of_their_own() -> None:
    """Who reads the tree sees which buckets forget."""
    plan = plan_of("upload-sessions", "dev")

    assert set(of_kind(plan, "index:TempBucket")) == {"sessions"}
    assert set(of_kind(plan, "index:Bucket")) == {"logs"}


def test_what_is_protected_cannot_be_deleted_by_the_engine() -> None:
    """Buckets and keys of a protected environment are, and the key stays even where it is taken out."""
    prod, dev = plan_of("stack", "prod"), plan_of("stack", "dev")
    protected = {one.type.rpartition(":")[2] for one in prod.resources if one.protect}

    assert protected == {"Bucket", "Key"}
    assert [one.type.rpartition(":")[2] for one in prod.resources if one.retain_on_delete] == ["Key"]
    assert not [one for one in dev.resources if one.protect or one.retain_on_delete]


def test_a_bucket_may_differ_from_its_environment_in_protection() -> None:
    """What a bucket says of itself goes first."""
    buckets = of_kind(plan_of("everything", "prod"), "s3/bucket:Bucket")

    assert {name for name, one in buckets.items() if one.protect} == {"sessions"}


def test_the_provider_refuses_every_other_account() -> None:
    """With the wrong credentials nothing is deployed anywhere."""
    [provider] = of_kind(plan_of("stack", "prod"), "providers:aws").values()

    assert json.loads(str(provider.inputs["allowedAccountIds"])) == ["123456789012"]
    assert provider.inputs["region"] == "us-west-2"


def test_a_log_is_delivered_only_once_its_target_lets_it_in() -> None:
    """S3 refuses a target that it cannot write to, so the target's policy comes first."""
    plan = plan_of("stack", "dev")
    logging = of_kind(plan, "s3/bucketLogging:BucketLogging")["files"]
    policy = of_kind(plan, "s3/bucketPolicy:BucketPolicy")["logs"]

    assert policy.urn in logging.depends_on


@pytest.mark.parametrize(("name", "environment"), EVERY)
def test_settings_wait_for_those_that_aws_wants_first(name: str, environment: str) -> None:
    """Versions before their lifecycle and their locks, closed doors before a policy, owners before an ACL."""
    plan = plan_of(name, environment)
    early = [
        (one.urn, before.urn)
        for one in plan.resources
        for before in plan.resources
        if short_kind(before.type) in AFTER.get(short_kind(one.type), ())
        and before.parent == one.parent
        and before.urn not in one.depends_on
    ]

    assert early == []


def test_buckets_that_need_each_other_can_be_declared(tmp_path: Path) -> None:
    """Each copies to the other: neither waits for the other's copies."""
    (tmp_path / "contract.yaml").write_text(
        "project: pair\nenvironments: {dev: {account: 111122223333}}\nbuckets:\n"
        "  a: {versioning: enabled, replication: {to: b}}\n"
        "  b: {versioning: enabled, replication: {to: a}}\n"
    )
    plan = record(lambda: deploy(tmp_path / "contract.yaml", "dev"), project="pair", stack="dev")

    assert set(of_kind(plan, "s3/bucketReplicationConfig:BucketReplicationConfig")) == {"a", "b"}


def test_copies_under_a_key_name_the_key_of_their_target() -> None:
    """The key of the copies is the one made for the other bucket."""
    plan = plan_of("everything", "dev")
    [copies] = of_kind(plan, "s3/bucketReplicationConfig:BucketReplicationConfig").values()
    key = of_kind(plan, "kms/key:Key")["copies"]

    assert key.urn in copies.property_dependencies["rules"]


def test_a_setting_that_nothing_can_fill_is_told() -> None:
    """A bucket by itself that logs to a bucket of no contract is refused, not made without its log."""
    logging = Logging("bucket:nowhere", "logs/")

    def program() -> None:
        Bucket("alone", {"name": "alone", "logging": logging})

    with pytest.raises(LookupError, match="logging of alone name what nobody declares"):
        record(program, project="p", stack="s")


def test_copies_wait_for_the_locks_of_both_ends(tmp_path: Path) -> None:
    """S3 copies from a bucket with object lock only to another."""
    (tmp_path / "contract.yaml").write_text(
        "project: pair\nenvironments: {dev: {account: 111122223333}}\nbuckets:\n"
        "  a: {versioning: enabled, object_lock: {}, replication: {to: b}}\n"
        "  b: {versioning: enabled, object_lock: {}}\n"
    )
    plan = record(lambda: deploy(tmp_path / "contract.yaml", "dev"), project="pair", stack="dev")
    [copies] = of_kind(plan, "s3/bucketReplicationConfig:BucketReplicationConfig").values()
    locks = of_kind(plan, "s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration")

    assert set(locks) == {"a", "b"}
    assert {one.urn for one in locks.values()} <= set(copies.depends_on)


def test_a_distribution_comes_after_its_bucket() -> None:
    """CloudFront refuses an origin that is not there, and nobody may take a name it still serves."""
    plan = plan_of("file-storage", "staging")
    [distribution] = of_kind(plan, "cloudfront/distribution:Distribution").values()

    assert of_kind(plan, "s3/bucket:Bucket")["media"].urn in distribution.depends_on


def test_ids_that_would_join_alike_are_told_apart(tmp_path: Path) -> None:
    """No two resources share a name, whatever hyphens the ids of a contract have."""
    (tmp_path / "contract.yaml").write_text(ALIKE)
    plan = record(lambda: deploy(tmp_path / "contract.yaml", "dev"), project="p", stack="s")

    assert len(of_kind(plan, "index:Quarantine")) == 4


def test_a_function_lets_s3_call_it_before_it_is_told(tmp_path: Path) -> None:
    """S3 checks its targets when the notification is made."""
    (tmp_path / "contract.yaml").write_text(
        "project: told\nenvironments: {dev: {account: 111122223333}}\nbuckets:\n"
        "  files:\n    notifications:\n      targets:\n"
        '        - arn: "arn:aws:lambda:us-west-2:111122223333:function:index"\n'
        '          events: "s3:ObjectCreated:*"\n'
    )
    plan = record(lambda: deploy(tmp_path / "contract.yaml", "dev"), project="told", stack="dev")
    [permission] = of_kind(plan, "lambda/permission:Permission").values()
    [notification] = of_kind(plan, "s3/bucketNotification:BucketNotification").values()

    assert permission.inputs["sourceArn"] == "arn:aws:s3:::told-dev-files"
    assert permission.inputs["sourceAccount"] == "111122223333"
    assert permission.urn in notification.depends_on


def test_the_account_is_closed_where_the_contract_says_so() -> None:
    """The switches of the account stay when the stack goes."""
    [block] = of_kind(
        plan_of("everything", "prod"), "s3/accountPublicAccessBlock:AccountPublicAccessBlock"
    ).values()

    assert block.retain_on_delete
    assert block.inputs["accountId"] == "123456789012"
    assert not of_kind(plan_of("stack", "prod"), "s3/accountPublicAccessBlock:AccountPublicAccessBlock")


@pytest.mark.parametrize(
    ("text", "environment", "said"),
    [
        pytest.param("project: 7\n", "dev", "contract.yaml:1:", id="an unsound contract"),
        pytest.param(
            "project: demo\nenvironments: {dev: {}}\n",
            "prod",
            "contract.yaml has no environment 'prod'; it has: dev",
            id="an unknown environment",
        ),
    ],
)
def test_what_is_wrong_with_the_contract_ends_the_run_plainly(
    tmp_path: Path, text: str, environment: str, said: str
) -> None:
    """The engine shows such an error without a traceback."""
    (tmp_path / "contract.yaml").write_text(text)

    with pytest.raises(pulumi.RunError, match=re.escape(said)):
        record(lambda: deploy(tmp_path / "contract.yaml", environment), project="p", stack="s")
