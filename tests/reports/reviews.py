"""Reviews to report: a plain one, and any that hostile names and texts can make."""

from datetime import date
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st

from bucketwright.changes.access import AccessChange
from bucketwright.changes.radius import Leaves, Open, Radius, Retained
from bucketwright.changes.resources import ResourceChange
from bucketwright.changes.retention import RetentionChange
from bucketwright.changes.tallies import Tally
from bucketwright.comparing import Comparison
from bucketwright.contract.cost.differences import Difference, Shift
from bucketwright.contract.model import Exemption
from bucketwright.contract.terms import Terms
from bucketwright.findings import Finding, Subject
from bucketwright.plan import Resource
from bucketwright.review import Changes, Place, Review
from bucketwright.verdicts import SEVERITIES, Fault

TODAY: Final = date(2026, 11, 21)
FILES: Final = Subject("bucket", "bucket:files", "shop-prod-files")
VERSIONS: Final = Finding(
    "versioning-enabled",
    "fail",
    "medium",
    FILES,
    (Fault("versioning is suspended"),),
    "versioning Enabled",
    facts=("versioning",),
)
GRAVE: Final = Finding(
    "config-drift", "fail", "critical", FILES, (Fault("everyone may read"),), "nobody may", facts=("policy",)
)
UNKNOWN: Final = Finding(
    "bucket-missing", "unknown", "high", FILES, because="region: not known", missing="region"
)
EXEMPTION: Final = Exemption(
    rule="versioning-enabled",
    bucket="logs",
    reason="logs can be delivered again",
    owner="platform",
    expires=date(2026, 12, 1),
)
EXEMPTED: Final = Finding(
    "versioning-enabled",
    "fail",
    "medium",
    Subject("bucket", "bucket:logs", "shop-prod-logs"),
    (Fault("versioning was never turned on"),),
    "versioning Enabled",
    exemption=EXEMPTION,
)
SHIFT: Final = Shift("files", "documents", "storage", "standard", "us-west-2", Decimal(10), Decimal("14.1"))
CHANGES: Final = Changes(
    "main",
    Comparison((GRAVE,), (), (VERSIONS,)),
    (ResourceChange("update", Resource("urn:a", "aws:s3/bucket:Bucket", "files", {}), ("tags",)),),
    (
        AccessChange(
            "role:exporter",
            "read",
            "bucket:files",
            gained=("prod/cases/*/documents/*",),
            gained_example="prod/cases/1/documents/a",
        ),
    ),
    (RetentionChange("bucket:files", "files/documents", "delete", None, 30, first=date(2026, 11, 22)),),
    Difference(Decimal(10), Decimal("14.1"), (SHIFT,), (), (), same_prices=True),
    exemptions=(EXEMPTION,),
)
PLACE: Final = Place("stacks/contract.yaml", 12, 5, 15, "buckets.files.versioning")
REVIEW: Final = Review(
    "shop",
    "prod",
    TODAY,
    Terms(),
    (GRAVE, VERSIONS, UNKNOWN, EXEMPTED),
    {VERSIONS.fingerprint: PLACE},
    CHANGES,
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
            "</details>",
            "-->",
            "```\n# big",
            "::error file=x::y",
            "\x1b[31mred\x1b[0m",
            "a\u202eb",
            "x" * 5000,
        ]
    ),
)
_SUBJECTS = st.builds(
    Subject, st.sampled_from(["bucket", "role", "object"]), _TEXT.map("bucket:{}".format), _TEXT, _TEXT, _TEXT
)
_FINDINGS = st.builds(
    Finding,
    st.sampled_from(["versioning-enabled", "config-drift", "bucket-missing"]),
    st.sampled_from(["fail", "unknown"]),
    st.sampled_from(SEVERITIES),
    _SUBJECTS,
    st.lists(_TEXT.map(Fault), min_size=1, max_size=3).map(tuple),
    _TEXT,
    _TEXT,
)
_PATTERNS = st.lists(_TEXT, max_size=4).map(tuple)
_VERBS = st.sampled_from(["read", "list", "write", "delete"])
_ACCESS = st.builds(AccessChange, _TEXT, _VERBS, _TEXT, _PATTERNS, _PATTERNS, _TEXT, _TEXT, _TEXT)
_RETENTION = st.builds(
    RetentionChange,
    _TEXT,
    _TEXT,
    st.sampled_from(["delete", "archive"]),
    st.none() | st.integers(0, 10**6),
    st.none() | st.integers(0, 10**6),
    _TEXT,
    st.none() | st.just(TODAY),
)

_INPUTS = st.dictionaries(
    _TEXT.map(lambda text: text[:40]),
    st.recursive(st.none() | st.booleans() | st.floats() | _TEXT, lambda inner: st.lists(inner, max_size=3)),
    max_size=3,
)
_RESOURCES = st.builds(Resource, _TEXT, _TEXT, _TEXT, _INPUTS)
_ALTERED = st.builds(
    ResourceChange,
    st.sampled_from(["create", "delete", "update"]),
    _RESOURCES,
    st.lists(_TEXT, max_size=3).map(tuple),
    st.none() | _RESOURCES,
)


_TALLIES = st.builds(
    Tally,
    st.integers(0, 10**13),
    st.integers(0, 10**18),
    st.none() | st.decimals(0, 10**9, places=4),
    st.lists(_TEXT, max_size=3).map(tuple),
)
_DAYS = st.none() | st.just(TODAY)
_RADII = st.builds(
    Radius,
    st.lists(
        st.builds(
            Retained,
            _TEXT,
            _TEXT,
            st.sampled_from(["delete", "archive"]),
            _TEXT,
            st.booleans(),
            _TALLIES,
            _DAYS,
        ),
        max_size=2,
    ).map(tuple),
    st.lists(st.builds(Leaves, _TEXT, _TALLIES), max_size=2).map(tuple),
    st.just(()),
    st.lists(st.builds(Open, _TEXT, st.integers(1, 9), _TEXT), max_size=2).map(tuple),
    unlisted=st.dictionaries(_TEXT, _TEXT, max_size=2),
    listed=st.dictionaries(_TEXT, st.sampled_from([TODAY, date(2020, 2, 3)]), max_size=2),
    missing=st.dictionaries(_TEXT, _TEXT, max_size=2),
    tags_read=st.dictionaries(_TEXT, st.sampled_from([TODAY, date(2020, 2, 3)]), max_size=2),
)


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    """Any review, with hostile text wherever text comes from outside."""
    found = tuple(draw(st.lists(_FINDINGS, max_size=6)))
    failing = tuple(one for one in found if one.counts)
    changes = Changes(
        draw(_TEXT),
        Comparison(failing[:2], (), failing[2:]),
        tuple(draw(st.lists(_ALTERED, max_size=2))),
        tuple(draw(st.lists(_ACCESS, max_size=3))),
        tuple(draw(st.lists(_RETENTION, max_size=3))),
        radius=draw(st.none() | _RADII),
    )
    places = {
        one.fingerprint: Place(draw(_TEXT) or "contract.yaml", 1, 1, 2, draw(_TEXT)) for one in found[:2]
    }
    against = draw(st.none() | st.just(changes))
    return Review(draw(_TEXT), draw(_TEXT), TODAY, Terms(), found, places, against)
