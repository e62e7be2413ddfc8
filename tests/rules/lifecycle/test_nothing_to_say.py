"""Where has a rule on lifecycles, tiers or payers nothing to say, and why?"""

from typing import Final

import pytest

from bucketwright.contract.lifecycle.rules import Expiration
from bucketwright.facets.bucket.lifecycle import FRESH
from bucketwright.rules.example_lifecycles import having, on
from bucketwright.rules.examples import Declares, Example, declares, good
from bucketwright.verdicts import not_applicable
from tests.rules.governance.examined import examined

NO_LIFECYCLE: Final = "S3 has no lifecycle for a bucket with MFA delete"
NOT_PROTECTED: Final = "no contract protects the bucket"
ENDING: Final = having(on(expiration=Expiration(days=7)))
OTHERS: Final[Declares] = declares(protect=True, buckets={"other": {}})
SILENT: Final[dict[str, tuple[str, Example, str]]] = {
    "no tiers": (
        "intelligent-tiering",
        good(intelligent_tiering=()),
        "no archive tiers are set, and no contract asks for any",
    ),
    "MFA delete, and uploads that stay": (
        "lifecycle-abort-multipart",
        good(lifecycle=FRESH, mfa_delete=True),
        NO_LIFECYCLE,
    ),
    "MFA delete, and no rules": (
        "lifecycle-configured",
        good(lifecycle=FRESH, mfa_delete=True),
        NO_LIFECYCLE,
    ),
    "MFA delete, and old versions": (
        "lifecycle-noncurrent",
        good(versioning="Enabled", lifecycle=FRESH, mfa_delete=True),
        NO_LIFECYCLE,
    ),
    "no old versions": (
        "lifecycle-noncurrent",
        good(versioning="Disabled", lifecycle=FRESH),
        "the bucket has no versions",
    ),
    "no markers": (
        "lifecycle-delete-markers",
        good(versioning="Disabled", lifecycle=ENDING),
        "the bucket has no versions, so no delete markers",
    ),
    "no contract for ends": ("lifecycle-prod-expiry", good(lifecycle=ENDING), NOT_PROTECTED),
    "a contract of others": ("lifecycle-prod-expiry", good(lifecycle=ENDING, around=OTHERS), NOT_PROTECTED),
    "nothing protects it": (
        "lifecycle-prod-expiry",
        good(lifecycle=ENDING, around=declares(buckets={"example": {}})),
        NOT_PROTECTED,
    ),
    "no contract for payers": (
        "requester-pays",
        good(requester_pays=True),
        "no contract says who is to pay",
    ),
    "no contract for speed": (
        "transfer-acceleration",
        good(acceleration=True),
        "no contract says whether uploads are to be accelerated",
    ),
}


@pytest.mark.parametrize(("rule", "example", "because"), SILENT.values(), ids=SILENT)
def test_a_rule_says_why_it_does_not_apply(rule: str, example: Example, because: str) -> None:
    """It neither passes nor fails, and names the reason."""
    assert examined(rule, example) == not_applicable(because)
