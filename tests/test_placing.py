"""Where in the contract a finding is placed: the smallest part that speaks of it."""

from dataclasses import replace
from typing import Final

import pytest

from bucketwright.contract.loading import read
from bucketwright.contract.problems import Path
from bucketwright.estate import BucketPosture
from bucketwright.findings import Finding, Subject, finding_of
from bucketwright.judging import Judgement
from bucketwright.placing import path_of
from bucketwright.rules import catalogue
from bucketwright.verdicts import Fault, Verdict, fails

CONTRACT: Final = """\
project: shop
region: us-west-2
environments: {dev: {}}
buckets:
  files: {prefixes: {documents: {path: documents/}}}
access:
  app: {trusts: lambda.amazonaws.com, read: files/documents}
"""
FILES: Final = Subject("bucket", "bucket:files")


def _placed(rule: str, subject: Subject, *facts: str) -> Path | None:
    environment = read(CONTRACT, "contract.yaml").environments["dev"]
    return path_of(Finding(rule, "fail", "high", subject, facts=facts), environment)


@pytest.mark.parametrize(
    ("rule", "fact", "field"),
    [
        pytest.param("versioning-enabled", "versioning", "versioning", id="a fact of the same name"),
        pytest.param("access-logging", "logging", "access_logs", id="one that the contract calls otherwise"),
        pytest.param("lifecycle-configured", "lifecycle", "prefixes", id="one that prefixes make"),
        pytest.param("tls-only", "policy", "require_tls", id="plain HTTP"),
        pytest.param("tls-minimum-version", "policy", "tls_minimum", id="old TLS"),
        pytest.param("name-convention", "region", "name", id="a name"),
    ],
)
def test_a_setting_of_a_bucket(rule: str, fact: str, field: str) -> None:
    """The first fact that a rule goes by decides, or what makes its part of the policy."""
    assert _placed(rule, FILES, fact, "region") == ("buckets", "files", field)


@pytest.mark.parametrize(
    ("subject", "facts", "path"),
    [
        pytest.param(FILES, ("policy",), ("buckets", "files"), id="what no one field makes"),
        pytest.param(FILES, (), ("buckets", "files"), id="no fact"),
        pytest.param(
            Subject("key", "key:files"), ("rotation",), ("buckets", "files", "encryption"), id="a key"
        ),
        pytest.param(
            Subject("distribution", "distribution:files"),
            ("tls",),
            ("buckets", "files", "cloudfront"),
            id="a distribution",
        ),
        pytest.param(
            Subject("object", "bucket:files", prefix="documents"),
            ("tags",),
            ("buckets", "files", "prefixes", "documents"),
            id="an object of a prefix",
        ),
        pytest.param(Subject("role", "role:app"), ("policies",), ("access", "app"), id="a role"),
        pytest.param(Subject("account", "account:111122223333"), (), ("account_block",), id="the account"),
        pytest.param(Subject("role", "role:stranger"), ("policies",), None, id="a role of others"),
        pytest.param(Subject("bucket", "bucket:stranger"), ("acl",), None, id="a bucket of others"),
    ],
)
def test_whom_it_is_about(subject: Subject, facts: tuple[str, ...], path: Path | None) -> None:
    """The part of the contract that declares it; none where nothing does."""
    assert _placed("some-rule", subject, *facts) == path


FILES_OF: Final = """\
project: shop
region: us-west-2
environments: {dev: {}}
buckets:
  files:
    prefixes:
"""
LAID_OUT: Final = f"""\
{FILES_OF}\
      documents: {{path: documents/, types: [application/pdf], expire: 9 days}}
      pictures: {{path: pictures/}}
"""
SHARED: Final = f"""\
{FILES_OF}\
      documents: {{path: documents/}}
      both: {{path: "{{any}}/", overlaps: [documents]}}
"""


@pytest.mark.parametrize(
    ("rule", "key", "fact", "path"),
    [
        pytest.param(
            "object-content-type-mismatch",
            "documents/a.pdf",
            "content_type",
            ("prefixes", "documents", "types"),
            id="types",
        ),
        pytest.param(
            "object-lifecycle-escapee",
            "documents/a",
            "modified",
            ("prefixes", "documents", "expire"),
            id="life",
        ),
        pytest.param(
            "object-tags-missing",
            "documents/a",
            "tags",
            ("prefixes", "documents"),
            id="no field of it says so",
        ),
        pytest.param(
            "object-content-type-default",
            "pictures/a",
            "content_type",
            ("prefixes", "pictures"),
            id="nothing said there",
        ),
        pytest.param("object-unencrypted", "documents/a", "encryption", ("encryption",), id="encryption"),
        pytest.param("stale-multipart-upload", "documents/a", "initiated", ("abort_uploads",), id="uploads"),
        pytest.param("object-outside-layout", "strange", "key", ("prefixes",), id="in none"),
        pytest.param("object-foreign-owner", "strange", "owner", (), id="in none, which is no matter"),
    ],
)
def test_what_lies_in_a_bucket(rule: str, key: str, fact: str, path: Path) -> None:
    """The key says in which prefix, and the fact which of its fields."""
    environment = read(LAID_OUT, "contract.yaml").environments["dev"]
    kind = catalogue()[rule].kind.kind
    subject = Subject(kind, f"{kind}:files/{key}", key=key)
    finding = Finding(rule, "fail", "high", subject, facts=(fact, "bucket", "key"))

    assert path_of(finding, environment) == ("buckets", "files", *path)


def test_a_key_of_two_prefixes_is_placed_at_their_bucket() -> None:
    """Neither of the two is the one."""
    environment = read(SHARED, "contract.yaml").environments["dev"]
    subject = Subject("object", "object:files/documents/a", key="documents/a")
    finding = Finding("object-tags-missing", "fail", "high", subject, facts=("tags",))

    assert path_of(finding, environment) == ("buckets", "files")


def test_the_lifecycle_of_one_prefix() -> None:
    """Its own part of the contract, and not that of all prefixes."""
    subject = replace(FILES, prefix="documents")

    assert _placed("lifecycle-matches-declared", subject, "lifecycle") == (
        "buckets",
        "files",
        "prefixes",
        "documents",
    )


def _found(rule_id: str, verdict: Verdict) -> Path | None:
    """Where the finding of a rule on the bucket is placed."""
    posture = BucketPosture("bucket:files", "files", {})
    judgement = Judgement(catalogue()[rule_id], posture, verdict)
    return path_of(finding_of(judgement), read(CONTRACT, "contract.yaml").environments["dev"])


@pytest.mark.parametrize(
    ("rule_id", "field"),
    [
        ("bucket-public-write", "acl"),
        ("default-encryption-kms", "encryption"),
        ("inventory-configured", "inventory"),
        ("kms-key-usable", "encryption"),
        ("lifecycle-with-mfa-delete", "mfa_delete"),
        ("mfa-delete", "mfa_delete"),
        ("name-has-dots", "name"),
        ("object-lock-default-retention", "object_lock"),
        ("replication-cross-region", "replication"),
        ("replication-skips-kms", "replication"),
    ],
)
def test_a_rule_names_its_main_fact_first(rule_id: str, field: str) -> None:
    """A reader is sent to the setting that the rule is about, not to one that it looks at beside."""
    assert _found(rule_id, fails("so it is")) == ("buckets", "files", field)


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        pytest.param(("versioning",), ("buckets", "files", "versioning"), id="the one that differs"),
        pytest.param(("logging", "encryption"), ("buckets", "files", "access_logs"), id="the first of them"),
        pytest.param(("policy",), ("buckets", "files"), id="one that no field makes"),
        pytest.param(("", "cors"), ("buckets", "files", "cors"), id="the first that is named"),
    ],
)
def test_a_fault_that_names_its_fact(facts: tuple[str, ...], path: Path) -> None:
    """Of a rule that goes by many facts alike, what is wrong decides."""
    faults = (Fault("so it is", fact=fact) for fact in facts)

    assert _found("env-parity", fails(*faults)) == path
