"""Where has a rule on resilience nothing to say, and why?"""

from typing import Final

import pytest

from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.logging import Logging
from bucketwright.facets.bucket.object_lock import FRESH, ObjectLock
from bucketwright.rules.example_lifecycles import having, off
from bucketwright.rules.example_replications import copying_by, other, to
from bucketwright.rules.examples import Example, declares, good
from bucketwright.verdicts import not_applicable
from tests.rules.governance.examined import examined

LOGGED: Final = other("files", logging=Logging("bucket:example", ""))
SILENT: Final[dict[str, tuple[str, Example, str]]] = {
    "no versions": (
        "mfa-delete",
        good(mfa_delete=False, versioning="Disabled"),
        "the bucket has no versions",
    ),
    "a lifecycle": (
        "mfa-delete",
        good(mfa_delete=False, versioning="Suspended", lifecycle=having(off())),
        "S3 has no MFA delete for a bucket with a lifecycle",
    ),
    "no lock": ("object-lock-default-retention", good(object_lock=FRESH), "object lock is off"),
    "a target of logs": (
        "object-lock-default-retention",
        good(LOGGED, object_lock=ObjectLock(enabled=True)),
        "S3 delivers access logs to it, and none where a default locks them",
    ),
    "no rules": ("replication-rule-broken", good(replication=None), "nothing is copied"),
    "no rules for what is under KMS": (
        "replication-skips-kms",
        good(replication=copying_by(to(enabled=False)), encryption=Encryption("aws:kms")),
        "nothing is copied",
    ),
    "nothing protects it": (
        "force-destroy-in-prod",
        good(force_destroy=True, around=declares(buckets={"example": {}})),
        "no contract protects the bucket",
    ),
}


@pytest.mark.parametrize(("rule", "example", "because"), SILENT.values(), ids=SILENT)
def test_a_rule_says_why_it_does_not_apply(rule: str, example: Example, because: str) -> None:
    """It neither passes nor fails, and names the reason."""
    assert examined(rule, example) == not_applicable(because)
