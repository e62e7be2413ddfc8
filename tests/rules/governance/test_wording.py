"""What do people read where a rule on governance is broken: what is wrong, and what is right?"""

from typing import Final

import pytest

from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.rules.example_controls import STRICT
from bucketwright.rules.example_replications import copying_by, other, to
from bucketwright.rules.examples import Example, bad, declares
from bucketwright.verdicts import LOW, Fails
from tests.rules.governance.examined import examined, texts

EMPTY: Final[dict[str, object]] = {"example": {}}
TAGS: Final = declares(
    buckets=EMPTY, rules={"required_tags": {"owner": [], "stage": ["a", "b", "c", "d"], "x\n": []}}
)
NAMES: Final = declares(
    account="444455556666",
    buckets=EMPTY,
    rules={"name_parts": ["project", "environment", "region", "account"]},
)
DATA: Final = {
    "cases": {"path": "cases/", "data_class": "restricted"},
    "logos": {"path": "logos/", "data_class": "public"},
    "more": {"path": "more/", "data_class": "restricted"},
}
CLASSES: Final = declares(
    buckets={"example": {"prefixes": DATA}},
    rules={"regions": {"restricted": ["eu-west-1", "eu-central-1"], "public": []}},
)
READER: Final = {"trusts": "lambda.amazonaws.com", "read": "example/files"}
AFAR: Final = declares(
    region="us-west-2",
    compute_region="eu-west-1",
    buckets={"example": {"prefixes": {"files": {"path": "files/"}}}},
    access={"reader": READER},
)
STAGING: Final = declares({"dev": {"buckets": EMPTY}, "staging": STRICT}, protect=True, buckets=EMPTY)
KEPT: Final = "restricted data may lie in eu-west-1 or eu-central-1 alone"
REGIONS: Final = "regions that rules: regions names"
SAID: Final[dict[str, tuple[str, Example, str, list[str]]]] = {
    "tags": (
        "required-tags",
        bad(tags={"stage": "e\t"}, around=TAGS),
        "the tags of required_tags",
        [
            "it has no tag 'owner'",
            "its tag 'stage' is 'e\\t', not 'a', 'b', 'c' and 1 more",
            "it has no tag 'x\\n'",
        ],
    ),
    "dots": (
        "name-has-dots",
        bad(called="a.b"),
        "a name of letters, digits and hyphens",
        ["the name has a dot in it"],
    ),
    "names": (
        "name-convention",
        bad(called="prod-shop-files-us-west-2", region="us-west-2", around=NAMES),
        "a name with project, then environment, then region, then account",
        [
            "the environment, 'prod', stands too early in 'prod-shop-files-us-west-2'",
            "the account, '444455556666', is not in 'prod-shop-files-us-west-2'",
        ],
    ),
    "namespace": (
        "name-account-regional",
        bad(namespace="global"),
        "a name of the account's own namespace",
        ["the name is of the global namespace"],
    ),
    "region": (
        "region-matches",
        bad(region="eu-west-1", around=AFAR),
        "the region us-west-2",
        ["the bucket is in eu-west-1"],
    ),
    "programs": (
        "region-matches",
        bad(region="us-west-2", around=AFAR),
        "bucket and programs in one region",
        ["the bucket is in us-west-2, and the programs that use it run in eu-west-1"],
    ),
    "data and copies": (
        "region-allowed",
        bad(
            other(region="us-east-1"),
            region="eu-north-1",
            replication=copying_by(to(below="more/"), to("bucket:gone")),
            around=CLASSES,
        ),
        REGIONS,
        [
            "the bucket is in eu-north-1, and public data may lie in no region alone",
            f"the bucket is in eu-north-1, and {KEPT}",
            f"rule 'all' copies to 'bucket:copies' in us-east-1, and {KEPT}",
        ],
    ),
    "tags that decide": (
        "abac-on",
        bad(abac=True, around=declares(buckets=EMPTY)),
        "that they do not, as declared",
        ["tags decide who has access"],
    ),
    "tags that do not": (
        "abac-on",
        bad(abac=False, around=declares(buckets={"example": {"abac": True}})),
        "that they do, as declared",
        ["tags do not decide who has access"],
    ),
    "weaker than staging": (
        "env-parity",
        bad(
            versioning="Disabled",
            object_lock=ObjectLock(True, "GOVERNANCE", 7),
            namespace="global",
            around=STAGING,
        ),
        "at least what the other environments have",
        [
            "versioning: Disabled here, Enabled in staging",
            "default lock: GOVERNANCE here, COMPLIANCE in staging",
            "default lock: 7 days here, 30 days in staging",
            "the name: global here, account-regional in staging",
        ],
    ),
}


@pytest.mark.parametrize(("rule", "example", "expected", "said"), SAID.values(), ids=SAID)
def test_every_fault_is_named(rule: str, example: Example, expected: str, said: list[str]) -> None:
    """Each fault by itself, what was found, and what would be right."""
    verdict = examined(rule, example)

    assert texts(verdict) == said
    assert isinstance(verdict, Fails)
    assert verdict.expected == expected


@pytest.mark.parametrize(("region", "severity"), [("eu-west-1", None), ("us-west-2", LOW)])
def test_far_programs_are_less_grave_than_a_wrong_region(region: str, severity: str | None) -> None:
    """One costs money, the other may break a law."""
    verdict = examined("region-matches", bad(region=region, around=AFAR))

    assert isinstance(verdict, Fails)
    assert verdict.severity == severity
