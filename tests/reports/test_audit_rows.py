"""The lines of an audit for programs: always the same keys, each finding once."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from bucketwright.audited import Audit
from bucketwright.findings import Finding, Subject, finding_of
from bucketwright.judging import Judgement
from bucketwright.reports.audit_json import as_json
from bucketwright.reports.audit_rows import facet_of, region_of, rows
from bucketwright.rules import catalogue
from bucketwright.verdicts import fails
from tests.reports.audits import AUDIT, DRIFT, KEPT, NOW, THEN, audits, part
from tests.reports.reviews import VERSIONS

KEYS = [
    "rule", "status", "severity", "confidence", "account", "region", "bucket", "key", "version_id", "facet",
    "seen", "expected", "because", "consequences", "contract", "frameworks", "fix", "fingerprint",
    "first_seen",
]  # fmt: skip


def test_every_line_has_these_keys_and_no_others() -> None:
    """In this order, and so have the consequences inside."""
    told = list(rows(AUDIT, passing=True))

    assert [list(one) for one in told] == [KEYS] * len(told)
    assert [list(inner) for one in told for inner in one["consequences"]] == [KEYS]  # type: ignore[attr-defined]  # a list


def test_a_line_says_where_and_since_when() -> None:
    """Account, region, bucket, object, fact and line of the contract."""
    told = {one["rule"]: one for one in rows(AUDIT)}
    versions, secret = told["versioning-enabled"], told["object-sse-c"]

    assert versions["contract"] == {"file": "stacks/contract.yaml", "line": 12}
    assert versions["first_seen"] == THEN.isoformat()
    assert told["cors-open"]["first_seen"] == NOW.isoformat()
    assert (versions["account"], versions["region"]) == ("123456789012", "us-west-2")
    assert (versions["bucket"], versions["key"], versions["facet"]) == ("shop-prod-files", None, "versioning")
    assert (secret["bucket"], secret["key"], secret["facet"]) == ("shop-prod-files", "a/b", "customer_key")
    assert secret["region"] == "us-west-2"
    assert secret["contract"] is None


def test_what_is_no_bucket_is_named_with_its_fact() -> None:
    """Of a role neither bucket nor key could say which."""
    [role] = [one for one in rows(AUDIT) if one["bucket"] is None]

    assert role["facet"] == "role:loader.max_session"


@pytest.mark.parametrize("address", ["role:loader", "account:123456789012", "distribution:files"])
def test_what_lies_in_no_region_has_none(address: str) -> None:
    """Wherever it was asked about, and whatever lies behind it."""
    subject = Subject(address.partition(":")[0], address)
    there = replace(part(), regions={address: "us-west-2", "bucket:files": "us-west-2"})

    assert region_of(Finding("role-session", "fail", "low", subject), there) == ""
    assert (
        region_of(Finding("key-rotation", "fail", "low", Subject("key", "key:files")), there) == "us-west-2"
    )


def test_a_consequence_is_as_old_as_its_cause() -> None:
    """It is no finding of this run alone."""
    audit = replace(AUDIT, parts=(part(replace(VERSIONS, consequences=DRIFT.consequences)),))
    [told] = json.loads(json.dumps(list(rows(audit))))

    assert [one["first_seen"] for one in told["consequences"]] == [THEN.isoformat()]


def test_what_passes_without_a_word_shows_nothing() -> None:
    """Null, where nothing is told of what was seen."""
    kept = replace(KEPT, because="")
    [told] = rows(replace(AUDIT, parts=(part(kept),)), passing=True)

    assert (told["status"], told["seen"]) == ("pass", None)


FACETS = {
    "noncurrent-backlog": "newer_noncurrent",
    "object-bucket-key-off": "bucket_key",
    "object-content-type-default": "content_type",
    "object-content-type-mismatch": "content_type",
    "object-external-redirect": "website_redirect",
    "object-foreign-acl": "acl",
    "object-foreign-owner": "owner",
    "object-key-hygiene": "key",
    "object-lifecycle-escapee": "modified",
    "object-no-checksum": "checksum_algorithms",
    "object-outside-layout": "key",
    "object-public-acl": "acl",
    "object-replication-failed": "replication_status",
    "object-restore-stuck": "restoring",
    "object-retention-missing": "retain_until",
    "object-secret-name": "key",
    "object-sse-c": "customer_key",
    "object-storage-class": "storage_class",
    "object-tags-missing": "tags",
    "object-unencrypted": "encryption",
    "object-weaker-encryption": "encryption",
    "object-web-headers": "cache_control",
    "object-wrong-key": "encryption_key",
    "orphan-delete-marker": "versions",
    "stale-multipart-upload": "initiated",
}
"""What each rule on what lies in buckets is about."""


def test_what_lies_in_a_bucket_is_named_with_what_its_rule_is_about() -> None:
    """Not with what the rule looks at beside, and no rule is left out."""
    told = {}
    for rule in catalogue().values():
        if rule.kind.kind in {"object", "delete_marker", "upload"}:
            posture = rule.kind(f"{rule.kind.kind}:files/a", "a", {"key": "a"})
            told[rule.id] = facet_of(finding_of(Judgement(rule, posture, fails("so it is"))))

    assert told == FACETS


def test_only_what_fails_or_is_unknown_is_told_unless_all_is_asked_for() -> None:
    """What passes comes with --all."""
    assert {one["status"] for one in rows(AUDIT)} == {"fail", "unknown"}
    assert [one["rule"] for one in rows(AUDIT, passing=True) if one["status"] == "pass"] == [
        "versioning-enabled",
        "tls-only",
    ]


def test_what_is_excused_passes_and_says_why() -> None:
    """Exempted in the contract, or accepted in a baseline."""
    audit = replace(AUDIT, parts=(part(VERSIONS, DRIFT, KEPT, accepted=(VERSIONS,)),))
    told = {one["rule"]: one for one in rows(audit, passing=True)}
    exempted = next(one for one in rows(AUDIT, passing=True) if one["status"] == "pass")

    assert (told["versioning-enabled"]["status"], told["versioning-enabled"]["because"]) == (
        "pass",
        "accepted as it is",
    )
    assert exempted["because"] == "exempted until 2026-12-01 by platform: logs can be delivered again"
    assert [one["rule"] for one in rows(audit)] == ["config-drift"]


def test_the_whole_as_one_document() -> None:
    """Counts, what is new, what is fixed, and the same lines."""
    whole = json.loads(json.dumps(as_json(AUDIT)))

    assert (whole["failing"], whole["unknown"], whole["exempted"]) == (4, 1, 1)
    assert [(one["rule"], one["resource"]) for one in whole["fixed"]] == [
        ("versioning-enabled", "bucket:logs")
    ]
    assert whole["findings"] == json.loads(json.dumps(list(rows(AUDIT))))


@given(audits())
@settings(max_examples=50, deadline=None)
def test_any_line_is_json(audit: Audit) -> None:
    """Whatever the names."""
    for one in rows(audit, passing=True):
        assert json.loads(json.dumps(one, allow_nan=False)).keys() == set(KEYS)
