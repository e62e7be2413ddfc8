"""What do people read where a rule on resilience is broken: what is wrong, where, and what is right?"""

from dataclasses import replace
from typing import Final

import pytest

from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.lifecycle import FRESH as NO_LIFECYCLE
from bucketwright.facets.bucket.object_lock import FRESH, ObjectLock
from bucketwright.rules.example_replications import copying_by, other, to
from bucketwright.rules.examples import Example, bad, declares
from bucketwright.verdicts import Fails
from tests.rules.governance.examined import examined, texts

KMS: Final = Encryption("aws:kms", "key:example")
PROD: Final = declares(protect=True, buckets={"example": {}})
TWO_YEARS: Final = declares(
    buckets={"example": {"object_lock": {"mode": "compliance", "retain": "730 days"}}}
)
GONE: Final = to("bucket:gone", called="first")
BARE: Final = other("bare", versioning="Suspended", region="us-west-2")
SAID: Final[dict[str, tuple[str, Example, str, list[str]]]] = {
    "versions never": (
        "versioning-enabled",
        bad(versioning="Disabled"),
        "versioning Enabled",
        ["versioning was never turned on"],
    ),
    "versions no more": (
        "versioning-enabled",
        bad(versioning="Suspended"),
        "versioning Enabled",
        ["versioning is suspended"],
    ),
    "no second factor": (
        "mfa-delete",
        bad(mfa_delete=False, versioning="Enabled", lifecycle=NO_LIFECYCLE),
        "MFA delete on",
        ["MFA delete is off"],
    ),
    "no lock": ("object-lock-enabled", bad(object_lock=FRESH), "object lock on", ["object lock is off"]),
    "no default": (
        "object-lock-default-retention",
        bad(object_lock=ObjectLock(enabled=True), around=TWO_YEARS),
        "a default retention, as declared",
        ["no default locks new objects"],
    ),
    "a weaker and shorter default": (
        "object-lock-default-retention",
        bad(object_lock=ObjectLock(True, "GOVERNANCE", None, 1), around=TWO_YEARS),
        "a default retention, as declared",
        [
            "new objects are locked under GOVERNANCE, which some roles may lift",
            "new objects are locked for 365 days, and 730 are declared",
        ],
    ),
    "no copies": (
        "replication-enabled",
        bad(replication=None),
        "a rule that copies, between two buckets with versions",
        ["nothing is copied"],
    ),
    "copies no more": (
        "replication-enabled",
        bad(replication=copying_by(to(enabled=False))),
        "a rule that copies, between two buckets with versions",
        ["every rule is switched off"],
    ),
    "no versions to copy": (
        "replication-enabled",
        bad(replication=copying_by(to()), versioning="Disabled"),
        "a rule that copies, between two buckets with versions",
        ["S3 copies versions, and versioning of the bucket is Disabled"],
    ),
    "two rules that do not copy": (
        "replication-enabled",
        bad(BARE, replication=copying_by(GONE, to("bucket:bare", called=None)), versioning="Enabled"),
        "a rule that copies, between two buckets with versions",
        [
            "rule 'first' copies to 'bucket:gone', and there is no such bucket",
            "the rule to 'bucket:bare' copies to 'bucket:bare', whose versioning is Suspended",
        ],
    ),
    "no copies elsewhere": (
        "replication-cross-region",
        bad(replication=None),
        "a rule that copies to another region",
        ["nothing is copied"],
    ),
    "copies nearby": (
        "replication-cross-region",
        bad(BARE, replication=copying_by(GONE, to("bucket:bare")), region="us-west-2"),
        "a rule that copies to another region",
        [
            "rule 'first' copies to 'bucket:gone', and there is no such bucket",
            "rule 'all' copies to 'bucket:bare', which is in us-west-2, too",
        ],
    ),
    "all that can be broken": (
        "replication-rule-broken",
        bad(
            BARE,
            replication=copying_by(GONE, to("bucket:bare"), to(called="off", enabled=False)),
            versioning="Suspended",
        ),
        "rules that copy",
        [
            "S3 copies versions, and versioning of the bucket is Suspended",
            "rule 'first' copies to 'bucket:gone', and there is no such bucket",
            "rule 'all' copies to 'bucket:bare', whose versioning is Suspended",
            "rule 'off' is switched off",
        ],
    ),
    "objects passed over": (
        "replication-skips-kms",
        bad(replication=copying_by(to(kms=True), to("bucket:more", called="x\n")), encryption=KMS),
        "SseKmsEncryptedObjects Enabled",
        ["rule 'x\\n' copies to 'bucket:more' no object that is under a KMS key"],
    ),
    "objects that die with it": (
        "force-destroy-in-prod",
        bad(force_destroy=True, around=PROD),
        "forceDestroy off",
        ["the program deletes all objects with the bucket"],
    ),
}


@pytest.mark.parametrize(("rule", "example", "expected", "said"), SAID.values(), ids=SAID)
def test_every_fault_is_named(rule: str, example: Example, expected: str, said: list[str]) -> None:
    """Each fault by itself, the rule it is in by its id, and what would be right."""
    verdict = examined(rule, example)

    assert texts(verdict) == said
    assert isinstance(verdict, Fails)
    assert verdict.expected == expected


def test_names_from_outside_are_cut() -> None:
    """The target of a rule may be as long as somebody likes."""
    endless = copying_by(replace(to("bucket:" + "x" * 5_000), id="y" * 5_000))
    verdict = examined("replication-enabled", bad(replication=endless, versioning="Enabled"))

    assert len(texts(verdict)[0]) < 300
