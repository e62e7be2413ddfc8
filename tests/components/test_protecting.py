"""What does a destruction of a protected environment leave, however it is asked for?"""

from dataclasses import replace

import pytest

from bucketwright.contract.loading import read
from bucketwright.contract.model import Environment
from bucketwright.plan import Plan, Resource
from tests.components.contracts import CONTRACTS, environments, of_kind, recorded

PAIR = """\
project: pair
environments: {dev: {account: 111122223333, protect: true}}
buckets:
  files:
    encryption: kms
    versioning: enabled
    replication: {to: copies, prefixes: clean}
    notifications:
      targets: {arn: "arn:aws:lambda:us-west-2:111122223333:function:index", events: "s3:ObjectCreated:*"}
    prefixes:
      waiting: {path: waiting/, quarantine: {scanner: scanner, release_to: files/clean}}
      clean: {path: clean/, delivery: cloudfront}
    cloudfront:
      signing_keys:
        first: |
          -----BEGIN PUBLIC KEY-----
          MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEW3sa8FwfqhGQtRAsWlEFw4jF6egi
          /pzBxqTuv6T1EVZKhmQqGvgTY0sB7uOrSXu5PgQLusXJ2qcxFgAeqP8EPA==
          -----END PUBLIC KEY-----
  copies: {versioning: enabled, encryption: kms}
access:
  scanner: {trusts: ecs-tasks.amazonaws.com, read: files/waiting, delete: files/waiting, write: files/clean}
"""
WRITTEN = [(name, one) for name in CONTRACTS if name != "everything" for one in environments(CONTRACTS[name])]


def protected(name: str, environment: str) -> Environment:
    """One environment of a contract, as if it said that it is protected."""
    return environments(CONTRACTS[name])[environment].model_copy(update={"protect": True})


def kept(plan: Plan) -> frozenset[str]:
    """What the engine keeps: the protected, what they depend on, and the settings that go with a bucket."""
    by_urn = {one.urn: one for one in plan.resources}
    found: set[str] = set()
    waiting = [one.urn for one in plan.resources if one.protect or one.retain_on_delete]
    while waiting:
        urn = waiting.pop()
        if urn not in found:
            found.add(urn)
            waiting += needed(by_urn[urn])
    settings = {one.urn for one in plan.resources if set(one.property_dependencies.get("bucket", ())) & found}
    return frozenset(found | settings)


def needed(one: Resource) -> list[str]:
    """What has to be there before a resource."""
    named = [urn for several in one.property_dependencies.values() for urn in several]
    return [*one.depends_on, *named, *filter(None, (one.parent, one.provider))]


@pytest.mark.parametrize(("name", "environment"), WRITTEN)
def test_a_protected_environment_keeps_everything(name: str, environment: str) -> None:
    """What is not refused itself is needed by what is, so that the engine never comes to delete it."""
    plan = recorded(protected(name, environment))
    held = kept(plan)

    assert [one.urn for one in plan.resources if one.custom and one.urn not in held] == []


def test_so_does_one_with_everything_that_stands_around_a_bucket() -> None:
    """Copies, a queue of arrivals, a function that is told, a distribution and its keys, aliases, roles."""
    plan = recorded(read(PAIR, "contract.yaml").environments["dev"])
    held = kept(plan)

    assert {one.type.rpartition(":")[2] for one in plan.resources if one.custom} >= {
        "Alias", "BucketReplicationConfig", "Distribution", "EventTarget", "KeyGroup", "Permission", "Queue",
        "QueuePolicy", "RolePolicyAttachment",
    }  # fmt: skip
    assert [one.urn for one in plan.resources if one.custom and one.urn not in held] == []


def test_what_is_protected_itself_is_what_nobody_could_bring_back() -> None:
    """Buckets, keys and the names of distributions; access can be taken away all the same."""
    plan = recorded(read(PAIR, "contract.yaml").environments["dev"])

    assert {one.type.rpartition(":")[2] for one in plan.resources if one.protect} == {
        "Bucket",
        "Key",
        "Distribution",
    }


@pytest.mark.parametrize("kind", ["kms/key:Key", "iam/role:Role", "sqs/queue:Queue", "kms/alias:Alias"])
def test_without_protection_a_bucket_still_goes_first(kind: str) -> None:
    """A bucket that cannot be deleted, for it holds objects, keeps what reaches and serves it."""
    environment = read(PAIR, "contract.yaml").environments["dev"].model_copy(update={"protect": False})
    plan = recorded(environment)
    buckets = of_kind(plan, "s3/bucket:Bucket")
    only_files = replace(plan, resources=tuple(
        replace(one, protect=one.urn == buckets["files"].urn, retain_on_delete=False)
        for one in plan.resources
    ))  # fmt: skip
    of_files = {name: one for name, one in of_kind(plan, kind).items() if not name.startswith("copies")}

    assert not [one for one in plan.resources if one.protect]
    assert of_files
    assert {one.urn for one in of_files.values()} <= kept(only_files)


def test_a_bucket_that_is_not_protected_leaves_its_distribution_free() -> None:
    """Protection of a distribution is that of its bucket."""
    open_one = PAIR.replace("  files:\n", "  files:\n    protect: false\n")
    plan = recorded(read(open_one, "contract.yaml").environments["dev"])

    assert {one.name for one in plan.resources if one.protect} == {"copies"}


REACHING = """\
project: pair
environments: {dev: {account: 111122223333}}
buckets:
  files: {prefixes: {a: {path: a/}}}
  media: {prefixes: {a: {path: a/}}}
  unread: {prefixes: {a: {path: a/}}}
access:
  reader: {trusts: lambda.amazonaws.com, read: files/a}
  writer: {trusts: lambda.amazonaws.com, write: media/a, list: files/a}
  remover: {trusts: lambda.amazonaws.com, delete: "media/*"}
  visitor: {principals: "arn:aws:iam::999988887777:role/visitor", read: unread/a}
"""


@pytest.mark.parametrize(
    ("bucket", "roles"),
    [("files", {"reader", "writer"}), ("media", {"writer", "remover"}), ("unread", set())],
)
def test_roles_are_there_before_the_buckets_they_reach(bucket: str, roles: set[str]) -> None:
    """With all that they may do, and whatever the verb; a bucket waits for no others."""
    plan = recorded(read(REACHING, "contract.yaml").environments["dev"])
    by_urn = {one.urn: one for one in plan.resources}
    waited_for = [by_urn[urn] for urn in of_kind(plan, "s3/bucket:Bucket")[bucket].depends_on]

    for kind in ("Role", "Policy", "RolePolicyAttachment"):
        names = {one.name.partition("_")[0] for one in waited_for if one.type.endswith(f":{kind}")}
        assert names == roles, kind
