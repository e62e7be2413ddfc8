"""Audits to report: a plain one, and any that hostile names and texts can make."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import strategies as st

from bucketwright.audited import Audit, Part
from bucketwright.comparing import Comparison
from bucketwright.findings import Finding, Subject
from bucketwright.history import NOTHING, recalled, remembered
from bucketwright.verdicts import SEVERITIES, Fault
from tests.reports.reviews import EXEMPTED, EXEMPTION, FILES, PLACE, VERSIONS

NOW: Final = datetime(2026, 11, 21, 12, tzinfo=UTC)
THEN: Final = NOW - timedelta(days=3)
DRIFT: Final = Finding(
    "config-drift",
    "fail",
    "high",
    FILES,
    (Fault("ACL has READ for everybody"),),
    "no such ACL",
    facts=("acl",),
    aspect="acl",
    consequences=(
        Finding(
            "acl-public-read",
            "fail",
            "critical",
            FILES,
            (Fault("everyone may read"),),
            "nobody",
            facts=("acl",),
        ),
    ),
)
HIDDEN: Final = Finding(
    "cors-open",
    "unknown",
    "medium",
    FILES,
    because="cors: s3:GetBucketCORS is denied",
    missing="cors",
    facts=("cors",),
)
ROLE: Final = Finding(
    "config-drift",
    "fail",
    "medium",
    Subject("role", "role:loader", "shop-prod-loader"),
    (Fault("longest session in seconds is 43200"),),
    "3600",
    facts=("max_session",),
    aspect="max_session",
)
OBJECT: Final = Finding(
    "object-sse-c",
    "fail",
    "low",
    Subject("object", "object:files/a/b", "a/b", "a/b"),
    (Fault("with a key that only its uploader has"),),
    "another",
    facts=("customer_key", "bucket", "key"),
)
KEPT: Final = Finding("tls-only", "pass", "high", FILES, because="plain HTTP is refused", facts=("policy",))
GONE: Final = replace(VERSIONS, subject=replace(FILES, address="bucket:logs"))
_BEFORE: Final = remembered([VERSIONS, GONE], NOTHING, THEN, "first")
FINDINGS: Final = (DRIFT, VERSIONS, ROLE, HIDDEN, OBJECT, EXEMPTED, KEPT)


def part(*findings: Finding, account: str = "123456789012", accepted: tuple[Finding, ...] = ()) -> Part:
    """One account in which this is found."""
    return Part(
        account,
        findings,
        recalled(findings, _BEFORE, NOW, remembered(accepted, NOTHING, THEN)),
        {"bucket:files": "us-west-2"},
        {"bucket:files": "shop-prod-files"},
    )


AUDIT: Final = Audit(
    NOW,
    (part(*FINDINGS),),
    "shop",
    "prod",
    places={VERSIONS.fingerprint: PLACE},
    since=THEN,
    ending_soon=(EXEMPTION,),
)

_TEXT = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "| a | b |",
            "![x](http://evil.example/x.png)",
            "@everyone #123",
            "::error file=x::y",
            "\x1b[31mred\x1b[0m",
            "a\u202eb",
            "line\nline",
            "x" * 5000,
        ]
    ),
)
_SUBJECTS = st.builds(
    Subject, st.sampled_from(["bucket", "role", "object"]), _TEXT.map("bucket:{}".format), _TEXT, _TEXT, _TEXT
)
_FLAT = st.builds(
    Finding,
    st.sampled_from(["versioning-enabled", "config-drift", "bucket-missing"]),
    st.sampled_from(["fail", "unknown", "pass", "not-applicable"]),
    st.sampled_from(SEVERITIES),
    _SUBJECTS,
    st.lists(_TEXT.map(Fault), min_size=1, max_size=3).map(tuple),
    _TEXT,
    _TEXT,
    aspect=_TEXT,
)
_FINDINGS = st.builds(
    lambda one, inner: replace(one, consequences=tuple(inner)), _FLAT, st.lists(_FLAT, max_size=2)
)


@st.composite
def audits(draw: st.DrawFn) -> Audit:
    """Any audit, with hostile text wherever text comes from outside."""
    found = tuple(draw(st.lists(_FINDINGS, max_size=6)))
    told = recalled(found, _BEFORE, NOW)
    fixed = Comparison(told.comparison.new, _BEFORE.known, told.comparison.unchanged)
    one = Part(draw(_TEXT), found, replace(told, comparison=fixed), {}, {})
    places = {one.fingerprint: replace(PLACE, file=draw(_TEXT) or "contract.yaml") for one in found[:2]}
    return Audit(NOW, (one,), draw(_TEXT), draw(_TEXT), places=places, since=draw(st.none() | st.just(THEN)))
