"""What do the verbs of a grant allow: which actions, on which keys, under which conditions?"""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from bucketwright.contract.access.bucket_policy import bucket_policy
from bucketwright.contract.access.crossings import Crossing, crossings, lost_keys
from bucketwright.contract.access.keys import key_alias
from bucketwright.contract.access.matrix import access_matrix
from bucketwright.contract.access.role_policy import role_policies
from bucketwright.contract.model import Environment
from bucketwright.contract.placement import places
from tests.contract.access.environments import ACCOUNT, environment
from tests.contract.access.examples import design, everyone
from tests.contract.access.holders import ARN
from tests.contract.access.oracle import allows

LAMBDA = "lambda.amazonaws.com"
GIVEN = "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def role(bucket: Mapping[str, object] | None = None, **grants: object) -> Environment:
    """A bucket of three prefixes, and a role with these grants."""
    prefixes: dict[str, object] = {
        "plain": {"path": "plain/"},
        "tagged": {"path": "tagged/{n:int}/", "tags": {"team": "red", "cost": "7"}},
        "named": {"path": "named/{n:int}/", "objects": "part_{i:int}.csv"},
    }
    files = {"prefixes": prefixes, **(bucket or {})}
    return environment(buckets={"files": files, "more": files}, access={"app": {"trusts": LAMBDA, **grants}})


def statements(subject: Environment, access_id: str = "app") -> list[dict[str, Any]]:
    (policy,) = role_policies(subject, access_id)
    found: list[dict[str, Any]] = json.loads(json.dumps(policy))["Statement"]
    return found


def may(subject: Environment, action: str, resource: str, **keys: str) -> bool:
    policies = [json.loads(json.dumps(one)) for one in role_policies(subject, "app")]
    return allows(policies, {"action": action, "resource": resource, **keys})


READ, WRITE, DELETE, LIST = ({verb: "files/plain"} for verb in ("read", "write", "delete", "list"))
VERSIONED = {"versioning": "enabled"}


@pytest.mark.parametrize(
    ("grants", "bucket", "actions"),
    [
        pytest.param(READ, {}, {"s3:GetObject", "s3:ListBucket"}, id="read"),
        pytest.param(
            READ,
            VERSIONED,
            {"s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket"},
            id="read where versions are",
        ),
        pytest.param(
            READ,
            {"versioning": "suspended"},
            {"s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket"},
            id="read where versions were",
        ),
        pytest.param(LIST, {}, {"s3:ListBucket"}, id="list"),
        pytest.param(
            WRITE,
            VERSIONED,
            {"s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"},
            id="write",
        ),
        pytest.param(DELETE, VERSIONED, {"s3:DeleteObject"}, id="delete, but no versions"),
    ],
)
def test_a_verb_is_these_actions(
    grants: Mapping[str, object], bucket: Mapping[str, object], actions: set[str]
) -> None:
    """Exactly these, and no wildcard among them."""
    found = statements(role(bucket, **grants))

    named = (one["Action"] for one in found)
    assert {action for some in named for action in ([some] if isinstance(some, str) else some)} == actions


@pytest.mark.parametrize(
    ("ref", "key", "expected"),
    [
        pytest.param("files/plain", "plain/x/y", True, id="below a path"),
        pytest.param("files/plain", "plainer/x", False, id="a neighbour that begins alike"),
        pytest.param("files/named", "named/1/part_7.csv", True, id="a name"),
        pytest.param("files/named", "named/1/part_7.txt", False, id="another name"),
        pytest.param("files/*", "anything", True, id="the whole bucket"),
    ],
)
def test_objects_of_the_prefix_alone(ref: str, key: str, expected: bool) -> None:
    """The pattern of the prefix's keys bounds every object action; no other bucket is meant."""
    subject = role(read=ref, write=ref, delete=ref)

    for action in ("s3:GetObject", "s3:PutObject", "s3:DeleteObject"):
        assert may(subject, action, f"{ARN}/{key}") == expected
        assert not may(subject, action, f"arn:aws:s3:::shop-prod-more/{key}")


def test_listing_needs_a_prefix() -> None:
    """Below the granted path, and never without saying one; the whole bucket only where it is granted."""
    one, whole = role(list="files/named"), role(list="files/*")

    assert may(one, "s3:ListBucket", ARN, **{"s3:prefix": "named/1/"})
    assert not may(one, "s3:ListBucket", ARN, **{"s3:prefix": "named/"})
    assert not may(one, "s3:ListBucket", ARN)
    assert may(whole, "s3:ListBucket", ARN)
    assert not may(whole, "s3:ListBucket", "arn:aws:s3:::shop-prod-more")


TAGS = {"s3:RequestObjectTagKeys": "team", "s3:RequestObjectTag/team": "red", "s3:RequestObjectTag/cost": "7"}


@pytest.mark.parametrize(
    ("changes", "key", "expected"),
    [
        pytest.param({}, "tagged/1/x", True, id="as declared"),
        pytest.param({"s3:RequestObjectTag/team": "blue"}, "tagged/1/x", False, id="another value"),
        pytest.param({"s3:RequestObjectTag/cost": None}, "tagged/1/x", False, id="one left out"),
        pytest.param(
            {"s3:RequestObjectTagKeys": "boss"}, "tagged/1/x", False, id="a tag that is not declared"
        ),
        pytest.param({}, "plain/x", False, id="another prefix"),
    ],
)
def test_only_declared_tags_are_set(changes: Mapping[str, str | None], key: str, expected: bool) -> None:
    """All of the prefix's tags, with their values, and no others."""
    subject = role(write=["files/tagged", "files/plain"])
    asked = {name: value for name, value in {**TAGS, **changes}.items() if value is not None}

    assert may(subject, "s3:PutObjectTagging", f"{ARN}/{key}", **asked) == expected
    assert not may(role(read="files/tagged"), "s3:PutObjectTagging", f"{ARN}/{key}", **asked)


def test_prefixes_with_the_same_tags_share_a_statement() -> None:
    """One condition, two patterns."""
    prefixes = {name: {"path": f"{name}/", "tags": {"team": "red"}} for name in ("a", "b")}
    subject = environment(
        buckets={"files": {"prefixes": prefixes}},
        access={"app": {"trusts": LAMBDA, "write": ["files/a", "files/b"]}},
    )

    tagging = [one for one in statements(subject) if one["Action"] == "s3:PutObjectTagging"]
    assert [one["Resource"] for one in tagging] == [[f"{ARN}/a/*", f"{ARN}/b/*"]]


@pytest.mark.parametrize(
    ("grants", "encryption", "actions"),
    [
        pytest.param(READ, "kms", "kms:Decrypt", id="readers decrypt"),
        pytest.param(
            WRITE, "dsse", ["kms:Decrypt", "kms:GenerateDataKey"], id="writers of parts decrypt, too"
        ),
        pytest.param(DELETE, "kms", None, id="who deletes needs no key"),
        pytest.param(LIST, "kms", None, id="who lists needs no key"),
        pytest.param(WRITE, "s3", None, id="keys of S3 are nobody's"),
    ],
)
def test_the_key_of_the_bucket(grants: Mapping[str, object], encryption: str, actions: object) -> None:
    """A key of ours is meant by its alias, through S3 in the bucket's region alone."""
    found = [
        one for one in statements(role({"encryption": encryption}, **grants)) if "kms" in str(one["Action"])
    ]

    assert [one["Action"] for one in found] == ([] if actions is None else [actions])
    for one in found:
        assert one["Resource"] == f"arn:aws:kms:us-west-2:{ACCOUNT}:key/*"
        assert one["Condition"] == {
            "StringEquals": {"kms:ViaService": "s3.us-west-2.amazonaws.com"},
            "ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/shop-prod-files"},
        }


def test_a_given_key_is_named() -> None:
    """By its ARN, and through S3."""
    subject = role({"encryption": {"type": "kms", "key": GIVEN}}, **READ)
    (found,) = (one for one in statements(subject) if one["Action"] == "kms:Decrypt")

    assert found["Resource"] == GIVEN
    assert found["Condition"] == {"StringEquals": {"kms:ViaService": "s3.us-west-2.amazonaws.com"}}


@pytest.mark.parametrize(
    ("region", "resource", "through"),
    [
        pytest.param("cn-north-1", "arn:aws-cn:kms:cn-north-1", "s3.cn-north-1.amazonaws.com.cn", id="China"),
        pytest.param(
            "us-gov-west-1",
            "arn:aws-us-gov:kms:us-gov-west-1",
            "s3.us-gov-west-1.amazonaws.com",
            id="GovCloud",
        ),
    ],
)
def test_keys_in_other_partitions(region: str, resource: str, through: str) -> None:
    """The partition of the region; without a known account, one of the caller's own account."""
    files = {"encryption": "kms", "region": region, "prefixes": {"plain": {"path": "plain/"}}}
    subject = environment(account=None, buckets={"files": files}, access={"app": {"trusts": LAMBDA, **READ}})
    (found,) = (one for one in statements(subject) if one["Action"] == "kms:Decrypt")

    assert found["Resource"] == f"{resource}:*:key/*"
    assert found["Condition"]["StringEquals"] == {
        "kms:ViaService": through,
        "aws:ResourceAccount": "${aws:PrincipalAccount}",
    }


def test_an_alias_holds_no_dot() -> None:
    """KMS refuses dots in aliases, and S3 refuses underscores in names, so two aliases are never alike."""
    subject = environment(buckets={"files": {"name": "files.example.com"}})

    assert key_alias(subject, "files") == "alias/files_example_com"


def test_sids_are_told_apart() -> None:
    """Ids that only differ in hyphens still give statements of different names."""
    bucket = {"prefixes": {"p": {"path": "p/"}}}
    ids = ("a1b", "a-1b", "a--1b")
    grants = {"trusts": LAMBDA, "delete": [f"{one}/p" for one in ids]}
    subject = environment(buckets=dict.fromkeys(ids, bucket), access={"app": grants})

    assert [one["Sid"] for one in statements(subject)] == ["A1bObjects1", "A1bObjects1n2", "A1bObjects1n3"]
    assert {one["Sid"].isalnum() for one in statements(subject)} == {True}


def test_one_statement_for_verbs_on_the_same_prefixes() -> None:
    """Verbs that are granted alike are written together, in IAM's order of letters."""
    (objects,) = statements(role(write="files/plain", delete="files/plain"))

    assert objects["Action"] == [
        "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:ListMultipartUploadParts", "s3:PutObject"
    ]  # fmt: skip


def test_the_matrix_shows_every_grant() -> None:
    """A row for each grantee and prefix, with its kind, its verbs and what it loses."""
    rows = [(row.access_id, row.kind, row.prefix_id, row.verbs) for row in access_matrix(everyone())]

    assert rows == [
        ("partner", "account", "exports", ("read", "write")),
        ("trail", "service", "trail", ("write",)),
        ("caller", "role", "exports", ("read",)),
        ("caller", "role", "trail", ("read",)),
        ("browser", "role", "exports", ("read",)),
        ("staff", "role", "exports", ("list", "delete")),
    ]


def test_the_matrix_shows_what_is_lost() -> None:
    """Of the design's prefixes, what looks like the other kind's."""
    lost = {(row.access_id, row.prefix_id): row.lost for row in access_matrix(design())}

    assert lost == {
        ("document-loader", "documents"): ("prod/cases/0/documents/exports/",),
        ("document-loader", "batch-tmp"): (),
        ("document-loader", "staging"): (),
        ("exporter", "documents"): ("prod/cases/0/documents/exports/",),
        ("exporter", "exports"): ("prod/cases/0/exports/documents/",),
    }


def test_one_deny_may_cost_two_prefixes() -> None:
    """The pattern that is denied for one grant takes keys of the other, and both say so."""
    paths = {"first": "a/{x:int}/b/", "second": "a/{y:int}/c/", "other": "a/{z:int}/d/"}
    prefixes = {name: {"path": path} for name, path in paths.items()}
    grants = {"trusts": LAMBDA, "write": ["files/first", "files/second"], "list": "files/other"}
    subject = environment(buckets={"files": {"prefixes": prefixes}}, access={"app": grants})

    assert [(row.prefix_id, row.lost) for row in access_matrix(subject)] == [
        ("first", ("a/0/b/d/",)),
        ("second", ("a/0/c/d/",)),
        ("other", ()),
    ]


def test_crossings_are_of_the_granted_with_the_others() -> None:
    """For one who holds documents, exports are shut out; for one who holds both or the bucket, nothing is."""
    documents, exports, *_ = places(design(), "files")

    assert crossings(design(), "files", frozenset({"documents"})) == (Crossing(documents, exports),)
    assert lost_keys(Crossing(documents, exports)) == "prod/cases/0/documents/exports/"
    assert crossings(design(), "files", frozenset({"documents", "exports"})) == ()
    assert crossings(design(), "files", frozenset({"*"})) == ()


def test_a_bucket_nobody_else_may_use_has_no_allow() -> None:
    """Roles of ours hold their own policies; the bucket's only refuses."""
    policy = bucket_policy(role(read="files/plain"), "files")
    effects = {one["Effect"] for one in json.loads(json.dumps(policy))["Statement"]}

    assert effects == {"Deny"}
