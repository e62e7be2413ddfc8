"""Replication: a role, and rules about objects that are copied to other buckets."""

from functools import partial
from pathlib import Path

import pytest

from bucketwright.contract.buckets import Bucket, Encryption
from bucketwright.contract.lifecycle.rules import Predicates, Tag
from bucketwright.contract.loading import load
from bucketwright.contract.model import Environment
from bucketwright.facets.bucket import replication
from bucketwright.facets.bucket.replication import Replication
from bucketwright.facets.bucket_scope import BucketScope
from bucketwright.facets.facet import Planned
from bucketwright.facets.replication_rules import ReplicationRule, rule_args
from bucketwright.plan import UNKNOWN_INPUT
from bucketwright.posture import UNSET, Undetermined
from tests.facets.plans import Inputs, plan, resolve

EVERYTHING = load(Path(__file__).parents[2] / "contract" / "everything.yaml").environments["prod"]
ROLE = "arn:aws:iam:::role/files/replication"
says = partial(ReplicationRule, id="a", priority=None, target="bucket:copies")
TO = {"destination": {"bucket": "arn:aws:s3:::bucket/copies"}}


def copies(*rules: Inputs, role: object = ROLE) -> tuple[str, Inputs]:
    return replication.KIND, {
        "role": role,
        "rules": [{"id": "a", "status": "Enabled", **one} for one in rules],
    }


def copied(rule: ReplicationRule) -> Replication:
    return Replication("role:files/replication", (rule,))


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(plan({}), UNSET, id="nothing is said"),
        pytest.param(plan({}, copies(TO)), copied(says()), id="all objects"),
        pytest.param(
            plan({}, copies({**TO, "filter": {"prefix": "a/"}, "priority": 2.0})),
            copied(says(filter=Predicates("a/"), priority=2)),
            id="a prefix",
        ),
        pytest.param(
            plan({}, copies({**TO, "prefix": "a/"})),
            copied(says(filter=Predicates("a/"))),
            id="the old place of a prefix",
        ),
        pytest.param(
            plan({}, copies({**TO, "filter": {"and": {"prefix": "a/", "tags": {"b": "c"}}}})),
            copied(says(filter=Predicates("a/", (Tag("b", "c"),)))),
            id="a prefix and a tag",
        ),
        pytest.param(
            plan(
                {},
                copies(
                    {
                        "destination": {
                            "bucket": "arn:aws:s3:::elsewhere",
                            "account": "444455556666",
                            "accessControlTranslation": {"owner": "Destination"},
                            "storageClass": "GLACIER",
                            "encryptionConfiguration": {"replicaKmsKeyId": "arn:aws:kms:::key/copies"},
                            "replicationTime": {"status": "Enabled", "time": {"minutes": 15}},
                            "metrics": {"status": "Enabled"},
                        },
                        "deleteMarkerReplication": {"status": "Enabled"},
                        "sourceSelectionCriteria": {
                            "sseKmsEncryptedObjects": {"status": "Enabled"},
                            "replicaModifications": {"status": "Enabled"},
                        },
                        "status": "Disabled",
                    }
                ),
            ),
            copied(
                says(
                    target="arn:aws:s3:::elsewhere",
                    account="444455556666",
                    owned_there=True,
                    storage_class="GLACIER",
                    key="key:copies",
                    kms_objects=True,
                    delete_markers=True,
                    replica_changes=True,
                    time_control=True,
                    metrics=True,
                    enabled=False,
                )
            ),
            id="everything at once",
        ),
        pytest.param(
            plan(
                {
                    "replicationConfiguration": {
                        "role": ROLE,
                        "rules": [
                            {
                                "id": "a",
                                "status": "Enabled",
                                "destination": {
                                    "bucket": "arn:aws:s3:::bucket/copies",
                                    "accountId": "444455556666",
                                    "replicaKmsKeyId": "arn:aws:kms:::key/copies",
                                },
                                "deleteMarkerReplicationStatus": "Enabled",
                                "sourceSelectionCriteria": {"sseKmsEncryptedObjects": {"enabled": True}},
                            }
                        ],
                    }
                }
            ),
            copied(says(account="444455556666", key="key:copies", kms_objects=True, delete_markers=True)),
            id="the bucket itself",
        ),
    ],
)
def test_replication_in_a_plan(planned: Planned, said: object) -> None:
    """Roles, buckets and keys are addresses where they are ours; both spellings mean the same."""
    assert replication.from_plan(planned) == said


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(
            plan({}, copies(TO, role=UNKNOWN_INPUT)), "role: is known only after", id="unknown role"
        ),
        pytest.param(
            plan({}, copies({"destination": {"bucket": UNKNOWN_INPUT}})),
            "bucket: is known only",
            id="unknown bucket",
        ),
        pytest.param(plan({}, copies({})), "destination.bucket: is not said", id="no bucket"),
        pytest.param(plan({}, copies({**TO, "status": "On"})), "one of Enabled", id="no such word"),
        pytest.param(plan({}, copies({**TO, "prefix": "a", "filter": {}})), "S3 refuses", id="two filters"),
        pytest.param(
            plan({"replicationConfiguration": {"role": ROLE, "rules": []}}, copies(TO)),
            "another",
            id="they contend",
        ),
    ],
)
def test_replication_that_cannot_be_known(planned: Planned, reason: str) -> None:
    """What is unknown, senseless or said in two ways is not guessed."""
    with pytest.raises(Undetermined, match=reason):
        replication.from_plan(planned)


def test_wanted_copies() -> None:
    """What stands first wins; delete markers go by the path alone; a copy abroad belongs to its account."""
    wanted = replication.wanted(BucketScope(EVERYTHING, "files"))

    assert wanted is not None
    assert [(rule.id, rule.priority, rule.target) for rule in wanted.rules] == [
        ("1-documents", 2, "bucket:copies"),
        ("2-bucket", 1, "arn:aws:s3:::elsewhere"),
    ]
    assert [rule.filter for rule in wanted.rules] == [Predicates("prod/documents/"), Predicates()]
    assert [(rule.account, rule.owned_there) for rule in wanted.rules] == [
        (None, False),
        ("444455556666", True),
    ]


def test_wanted_copies_of_tagged_objects() -> None:
    """Where uploads carry the tag of their prefix, it is what selects them."""
    files = EVERYTHING.buckets["files"]
    (first, *_) = files.replication
    without = files.model_copy(update={"replication": (first.model_copy(update={"delete_markers": False}),)})

    wanted = replication.wanted(BucketScope(_with_files(without), "files"))

    assert wanted is not None
    assert wanted.rules[0].filter == Predicates("prod/documents/", (Tag("bucketwright:prefix", "documents"),))


def test_a_key_of_the_copies_comes_with_the_word_that_objects_under_kms_are_copied() -> None:
    """S3 takes the one only with the other, also where the objects here are under keys of S3."""
    source = EVERYTHING.buckets["files"]
    plain = source.model_copy(update={"encryption": Encryption(), "replication": source.replication[:1]})

    wanted = replication.wanted(BucketScope(_with_files(plain), "files"))

    assert wanted is not None
    assert wanted.rules[0].key == "key:copies"
    criteria = rule_args(wanted.rules[0], resolve)["source_selection_criteria"]
    assert criteria == {"sse_kms_encrypted_objects": {"status": "Enabled"}}


def test_copies_under_a_managed_key_go_under_the_managed_key_of_the_target() -> None:
    """The key is an address on both sides, and objects under KMS are copied, too."""
    kms = EVERYTHING.buckets["files"].encryption.model_copy(update={"key": "managed"})
    encrypted = {name: one.model_copy(update={"encryption": kms}) for name, one in EVERYTHING.buckets.items()}

    wanted = replication.wanted(BucketScope(EVERYTHING.model_copy(update={"buckets": encrypted}), "files"))

    assert wanted is not None
    assert (wanted.rules[0].key, wanted.rules[0].kms_objects) == ("key:copies", True)


def _with_files(bucket: Bucket) -> Environment:
    return EVERYTHING.model_copy(update={"buckets": {**EVERYTHING.buckets, "files": bucket}})
