"""SARIF, as code scanning reads it."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings

from bucketwright.reports.sarif import as_sarif
from bucketwright.review import Review
from tests.reports.reviews import EXEMPTED, REVIEW, VERSIONS, reviews


def _runs(review: Review, *, exempted: bool = False) -> Any:
    return json.loads(json.dumps(as_sarif(review, "1.0.0", "Pulumi.yaml", exempted=exempted)))["runs"]


def test_a_result_stands_where_the_contract_speaks() -> None:
    """File, line and columns are those of the smallest part of the contract."""
    [run] = _runs(REVIEW)
    found = {one["ruleId"]: one for one in run["results"]}
    where = found["versioning-enabled"]["locations"][0]["physicalLocation"]

    assert where["artifactLocation"] == {"uri": "stacks/contract.yaml"}
    assert where["region"] == {"startLine": 12, "startColumn": 5, "endLine": 12, "endColumn": 15}
    assert found["config-drift"]["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "Pulumi.yaml"
    }


def test_what_is_exempted_is_left_out_unless_asked_for() -> None:
    """Code scanning does not read suppressions, so an exempted finding would be an alert."""
    [plain] = _runs(REVIEW)
    [whole] = _runs(REVIEW, exempted=True)

    assert len(whole["results"]) == len(plain["results"]) + 1
    assert [one["suppressions"][0]["status"] for one in whole["results"] if "suppressions" in one] == [
        "accepted"
    ]


def test_two_stacks_are_two_categories_with_the_same_fingerprints() -> None:
    """An alert is known again in every stack, and one stack's upload does not close another's alerts."""
    runs = [_runs(replace(REVIEW, stack=stack))[0] for stack in ("dev", "prod")]
    prints = [[one["partialFingerprints"] for one in run["results"]] for run in runs]

    assert prints[0] == prints[1]
    assert [run["automationDetails"]["id"] for run in runs] == [
        "bucketwright/shop/dev/",
        "bucketwright/shop/prod/",
    ]


@given(reviews())
@settings(max_examples=100, deadline=None)
def test_every_result_has_what_code_scanning_needs(review: Review) -> None:
    """Whatever the names: ids are unique, no text is empty, places have lines, severities are numbers."""
    [run] = _runs(review, exempted=True)
    rules = run["tool"]["driver"]["rules"]

    assert len({one["id"] for one in rules}) == len(rules)
    for one in rules:
        assert 0 < len(one["fullDescription"]["text"]) <= 1024
        assert one["shortDescription"]["text"]
        assert one["help"]["text"]
        assert 0 < float(one["properties"]["security-severity"]) <= 10
    for one in run["results"]:
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
        assert one["message"]["text"]
        assert one["partialFingerprints"]["primaryLocationLineHash"]
        assert one["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1
        assert one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def test_the_fingerprint_forgets_what_changes_by_itself() -> None:
    """Neither the message nor the name AWS gives is part of it."""
    renamed = replace(VERSIONS, subject=replace(VERSIONS.subject, name="other"), faults=EXEMPTED.faults)

    assert renamed.fingerprint == VERSIONS.fingerprint
    assert EXEMPTED.fingerprint != VERSIONS.fingerprint
