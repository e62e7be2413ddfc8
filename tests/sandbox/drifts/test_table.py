"""The table of drifts: what it names exists, and what it covers."""

import re

import pytest
import yaml

from bucketwright.contract.model import Environment
from bucketwright.estate import READERS
from sandbox.drifts import Live, NoRoomError, WrongNameError, all_drifts, candidates, drift_named, inject
from sandbox.drifts.facts import OTHER_FACTS
from sandbox.server import connect
from tests.sandbox.drifts.contracts import ENVIRONMENTS, roomy

CANNOT_CHANGE = {"force_destroy", "metadata_tables", "namespace"}
"""The first is told to the engine alone, the last is part of the name, and the sandbox knows no tables."""
NOWHERE = connect("http://127.0.0.1:9", "nobody")
_OF_TLS = {"plain-http-allowed", "old-tls-allowed", "tls-minimum-lowered"}
_ONE_BUCKET = "{{project: p, name: prod, account: '123456789012', buckets: {{files: {}}}}}"


def _possible(bucket: str) -> set[str]:
    """What can happen to a bucket of which that is said; objects in it expire unless it says otherwise."""
    said = {"prefixes": {"files": {"path": "files/", "expire": "9 days"}}, **yaml.safe_load(bucket)}
    environment = Environment.model_validate(yaml.safe_load(_ONE_BUCKET.format(said)))
    return {name for name, drift in all_drifts().items() if candidates(drift, environment, "files")}


def test_every_drift_changes_something() -> None:
    """By the names of facts that there are; the table itself refuses others."""
    assert all(drift.changes for drift in all_drifts().values())


@pytest.mark.parametrize(
    "fact",
    sorted({f"bucket.{one}" for one in READERS["bucket"][1].keys() - CANNOT_CHANGE} | OTHER_FACTS.keys()),
)
def test_every_fact_of_a_bucket_is_changed_by_some_drift(fact: str) -> None:
    """Nothing of a bucket, an object or a queue can go astray without a drift that shows it."""
    assert [drift for drift in all_drifts().values() if fact in drift.changes]


@pytest.mark.parametrize(
    ("kind", "fixed"),
    [
        pytest.param("role", set(), id="role"),
        pytest.param("key", {"deletion_window", "spec"}, id="key"),
        pytest.param("distribution", set(), id="distribution"),
        pytest.param("trail", {"log_group"}, id="trail"),
        pytest.param("queue", set(), id="queue"),
        pytest.param("account", {"analyzers", "policy_change_alarm"}, id="account"),
    ],
)
def test_most_facts_of_other_things_are(kind: str, fixed: set[str]) -> None:
    """What is left out cannot change, or the sandbox has none of it."""
    changed = {fact for drift in all_drifts().values() for fact in drift.changes}

    assert {f"{kind}.{name}" for name in READERS[kind][1].keys() - fixed} <= changed


def test_names_and_sentences_are_for_people() -> None:
    """A name is words with hyphens; a sentence says what somebody does, on one line."""
    for name, drift in all_drifts().items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", name)
        assert re.fullmatch(r"(Somebody|An object) [^.]+\.", drift.says), drift.says
        assert len(drift.says) <= 110
        assert drift.needs.split()[0] in {"a", "an"}


def test_each_drift_has_a_sentence_of_its_own() -> None:
    """No two say the same."""
    assert len({drift.says for drift in all_drifts().values()}) == len(all_drifts()) > 30


@pytest.mark.parametrize(
    "name", sorted(all_drifts().keys() - {"account-block-deleted", "account-block-weakened"})
)
def test_the_roomy_contract_has_room_for_it(name: str) -> None:
    """Or the tests of what it does would test nothing."""
    assert candidates(drift_named(name), roomy())


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_candidate_is_in_the_contract(environment: Environment) -> None:
    """Its bucket is one of the environment's; a bucket that is named leaves those in it, in their order."""
    for drift in all_drifts().values():
        found = candidates(drift, environment)
        assert {one.bucket_id for one in found} <= {*environment.buckets, None}
        for bucket_id in environment.buckets:
            inside = [one.address for one in found if one.bucket_id == bucket_id]
            assert [one.address for one in candidates(drift, environment, bucket_id)] == inside


@pytest.mark.parametrize(
    ("name", "where"),
    [
        pytest.param("versioning-suspended", ["bucket:attic"], id="no lock, no replication from it or to it"),
        pytest.param("object-lock-shortened", ["bucket:vault"], id="a lock"),
        pytest.param("acl-public", ["bucket:shared"], id="ACLs"),
        pytest.param(
            "object-untagged",
            ["prefix:files/documents", "prefix:files/exports", "prefix:shared/parts"],
            id="tags",
        ),
        pytest.param("object-past-its-time", ["prefix:files/exports", "prefix:files/staging"], id="expiry"),
        pytest.param("acls-disabled", ["bucket:shared"], id="ACLs that nothing needs"),
        pytest.param("versioning-turned-on", ["bucket:shared", "bucket:media", "bucket:logs"], id="none"),
        pytest.param(
            "encryption-under-the-key-of-aws",
            [f"bucket:{one}" for one in ("attic", "shared", "vault", "media", "logs")],
            id="keys of S3",
        ),
        pytest.param("role-boundary-deleted", ["role:loader"], id="a boundary"),
        pytest.param("role-widened", ["role:loader", "role:scanner"], id="grantees, not S3's own role"),
        pytest.param("key-rotation-off", ["key:files"], id="a key of its own"),
        pytest.param("queue-opened", ["prefix:media/incoming"], id="a quarantine"),
        pytest.param("account-block-deleted", [], id="no account block"),
        pytest.param(
            "bucket-in-another-region",
            ["bucket:attic", "bucket:shared", "bucket:logs"],
            id="nothing regional",
        ),
    ],
)
def test_a_drift_happens_where_it_can(name: str, where: list[str]) -> None:
    """Only what declares what it needs is a candidate."""
    assert [one.address for one in candidates(drift_named(name), roomy())] == where


@pytest.mark.parametrize(
    ("bucket", "without"),
    [
        pytest.param(
            "{public_access_block: {block_policy: false}, unsafe: {public-access: old programs}}",
            {"block-public-policy-off"},
            id="public policies are taken",
        ),
        pytest.param(
            "{public_access_block: {restrict_buckets: false}, unsafe: {public-access: old programs}}",
            {"restrict-public-buckets-off", "policy-public-behind-the-block"},
            id="public policies are in force",
        ),
        pytest.param(
            "{public_access_block: {block_policy: false, restrict_buckets: false}, "
            "unsafe: {public-access: old programs}}",
            {
                "block-public-policy-off",
                "restrict-public-buckets-off",
                "policy-public",
                "policy-public-behind-the-block",
            },
            id="nothing is against public policies",
        ),
        pytest.param(
            "{public_access_block: {block_acls: false, ignore_acls: false}, "
            "unsafe: {public-access: old programs}}",
            {
                "block-public-acls-off",
                "ignore-public-acls-off",
                "acls-enabled-and-public",
                "acls-enabled-and-object-public",
            },
            id="nothing is against public ACLs",
        ),
        pytest.param(
            "{require_tls: false, unsafe: {plain-http: old programs}}", _OF_TLS, id="plain HTTP is taken"
        ),
        pytest.param(
            "{block_sse_c: false, unsafe: {customer-keys: old programs}}",
            {"customer-keys-unblocked", "object-under-a-customers-key"},
            id="SSE-C is taken",
        ),
        pytest.param("{versioning: suspended}", {"versioning-turned-on"}, id="versioning was on once"),
        pytest.param("{encryption: kms}", {"encryption-under-the-key-of-aws"}, id="a KMS key"),
        pytest.param(
            "{prefixes: {files: {path: files/, expire: 1 day}}}",
            {"lifecycle-expiry-shortened"},
            id="objects are there for one day",
        ),
    ],
)
def test_what_is_declared_so_cannot_happen(bucket: str, without: set[str]) -> None:
    """A drift that would change less than it says, or nothing, does not happen to what is so on purpose."""
    assert _possible(bucket) & without == set()
    assert without <= _possible("{}")


@pytest.mark.parametrize(
    ("name", "bucket_id", "said"),
    [
        pytest.param(
            "account-block-deleted",
            None,
            "account-block-deleted needs an environment that blocks its whole account; "
            "prod has nothing of the kind",
            id="nowhere",
        ),
        pytest.param(
            "object-lock-shortened",
            "files",
            "object-lock-shortened needs a bucket that locks new objects for more than a day; "
            "bucket files has nothing of the kind",
            id="not there",
        ),
        pytest.param(
            "role-trust-opened",
            "files",
            "role-trust-opened needs a role; bucket files has nothing of the kind",
            id="of no bucket",
        ),
    ],
)
def test_where_there_is_no_room_it_is_said(name: str, bucket_id: str | None, said: str) -> None:
    """What it needs, and who lacks it; nothing is asked of the sandbox."""
    with pytest.raises(NoRoomError) as refused:
        inject(drift_named(name), Live(NOWHERE, roomy()), bucket_id)

    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param(
            "versioning-suspend",
            "there is no drift 'versioning-suspend'; did you mean 'versioning-suspended'?",
            id="near",
        ),
        pytest.param(
            "\x1b[31m",
            "there is no drift '\\x1b[31m'; 'bucketwright sandbox drift --list' shows all",
            id="hostile",
        ),
    ],
)
def test_an_unknown_drift_is_told(name: str, said: str) -> None:
    """With the nearest name, if one is near."""
    with pytest.raises(WrongNameError) as refused:
        drift_named(name)

    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("bucket_id", "said"),
    [
        pytest.param("file", "prod has no bucket 'file'; did you mean 'files'?", id="near"),
        pytest.param("x", "prod has no bucket 'x'; there are: files, copies,", id="nothing near"),
    ],
)
def test_an_unknown_bucket_is_told(bucket_id: str, said: str) -> None:
    """With the nearest, or all there are."""
    with pytest.raises(WrongNameError, match=re.escape(said)):
        candidates(drift_named("policy-deleted"), roomy(), bucket_id)
