"""Exactness of what lies in buckets: one drift of an object is one finding, and nothing else is said anew."""

from collections.abc import Iterator

import pytest

from bucketwright.drift.weights import DRIFT
from bucketwright.findings import Finding
from sandbox.drifts import all_drifts, drift_named
from tests.audits.exact import Auditor, Known, around, said
from tests.sandbox.drifts.deploying import deployed, sandbox
from tests.sandbox.drifts.drifting import drifted

FOUND = {
    "delete-marker-left": "orphan-delete-marker",
    "object-in-glacier": "object-storage-class",
    "object-named-like-a-secret": "object-secret-name",
    "object-of-wrong-type": "object-content-type-mismatch",
    "object-outside-the-layout": "object-outside-layout",
    "object-past-its-time": "object-lifecycle-escapee",
    "object-under-a-customers-key": "object-sse-c",
    "object-under-another-key": "object-wrong-key",
    "object-unencrypted": "object-unencrypted",
    "object-untagged": "object-tags-missing",
    "object-weakly-encrypted": "object-weaker-encryption",
    "object-without-type": "object-content-type-default",
    "upload-never-finished": "stale-multipart-upload",
}
"""The rule that each is about."""
INSIDE = {
    "acls-enabled-and-object-public": "object-public-acl",
    "object-public": "object-public-acl",
}
"""What shows only because something of the bucket drifted, and stands inside that."""
UNSEEN = {"object-with-wrong-content"}
"""An audit reads no content."""
KINDS = frozenset({"delete_marker", "object", "upload"})


def beside(name: str) -> list[str]:
    """The facts of its bucket that a drift changes, too: each is a finding of its own."""
    return sorted(one for one in drift_named(name).changes if one.partition(".")[0] not in KINDS)


@pytest.fixture(scope="module")
def auditor() -> Iterator[Auditor]:
    """A deployment, audited with all that lies in its buckets."""
    told = around()
    assert told.environment is not None
    with sandbox() as server:
        yield Auditor(deployed(server, told.environment), told, objects=True)


@pytest.fixture(scope="module")
def before(auditor: Auditor) -> frozenset[Known]:
    """All that is found of it."""
    return frozenset(said(one) for one in auditor.before() if _is_said(one))


def _is_said(finding: Finding) -> bool:
    return finding.status in {"fail", "unknown"}


def _anew(name: str, auditor: Auditor, before: frozenset[Known]) -> tuple[str, list[Finding]]:
    """The key that a drift happens to, and what is said only then."""
    with drifted(name, auditor.live) as done:
        after = auditor.after(frozenset({"bucket"}), done.name)
    return done.key, [one for one in after if _is_said(one) and said(one) not in before]


def test_nothing_lies_there_that_anything_is_said_of(before: frozenset[Known], auditor: Auditor) -> None:
    """A deployment puts no object anywhere."""
    assert not [one for one in auditor.before() if _is_said(one) and one.subject.kind in KINDS]


@pytest.mark.parametrize("name", sorted(FOUND))
def test_a_drift_of_an_object_is_one_finding(name: str, auditor: Auditor, before: frozenset[Known]) -> None:
    """By the one rule that is about it, with its key; what of the bucket drifted stands beside it."""
    key, new = _anew(name, auditor, before)

    of_object = [one for one in new if one.subject.kind in KINDS]
    assert [(one.rule, one.status, one.subject.key) for one in of_object] == [(FOUND[name], "fail", key)]
    drifts = [one for one in new if one not in of_object]
    assert {one.rule for one in drifts} <= {DRIFT}
    assert sorted(f"bucket.{one.aspect}" for one in drifts) == beside(name)


@pytest.mark.parametrize("name", sorted(INSIDE))
def test_what_follows_from_the_bucket_stands_inside(
    name: str, auditor: Auditor, before: frozenset[Known]
) -> None:
    """An ACL of an object that only the bucket's drift brings into force is no finding beside it."""
    key, new = _anew(name, auditor, before)

    assert {one.rule for one in new} == {DRIFT}
    assert sorted(f"bucket.{one.aspect}" for one in new) == beside(name)
    inside = [(one.rule, one.subject.key) for cause in new for one in cause.consequences]
    assert inside.count((INSIDE[name], key)) == 1


@pytest.mark.parametrize("name", sorted(UNSEEN))
def test_what_no_audit_sees(name: str, auditor: Auditor, before: frozenset[Known]) -> None:
    """Of this nothing is said, neither that it fails nor that it passes."""
    _, new = _anew(name, auditor, before)

    assert new == []


def test_every_drift_of_an_object_is_here() -> None:
    """A new one has to say which rule it is about."""
    facts = {name: {one.partition(".")[0] for one in drift_named(name).changes} for name in all_drifts()}

    assert {name for name, kinds in facts.items() if kinds & KINDS} == FOUND.keys() | INSIDE.keys() | UNSEEN
