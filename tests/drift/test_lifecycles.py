"""Lifecycle is compared rule by rule, by what the rules do."""

from dataclasses import replace

import pytest

from bucketwright.contract.lifecycle.rules import Expiration, Rule
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.lifecycle_rules import normal
from bucketwright.findings import Finding
from tests.drift.estates import bucket, changed, drifts

DECLARED = bucket("files").lifecycle
SWEEP = Rule(number=0, id="clean-up", status="Enabled", expiration=Expiration(days=1))


def found(*rules: Rule, **more: object) -> tuple[Finding, ...]:
    """What drifts where these are the rules."""
    return drifts(changed("bucket:files", lifecycle=Lifecycle(normal(rules), **more)))  # type: ignore[arg-type]  # a word


def with_rule(identifier: str, **changes: object) -> list[Rule]:
    """The declared rules, one of them changed."""
    return [replace(one, **changes) if one.id == identifier else one for one in DECLARED.rules]  # type: ignore[arg-type]  # fields


@pytest.mark.parametrize(
    ("rules", "seen", "expected"),
    [
        pytest.param(
            [*DECLARED.rules, SWEEP],
            "rule 'clean-up' was added: it deletes after 1 day for all objects",
            "no rule but those declared",
            id="added",
        ),
        pytest.param(
            with_rule("staging", expiration=Expiration(days=1)),
            "rule 'staging' deletes after 1 day for keys that begin with 'prod/staging/'",
            "it deletes after 3 days for keys that begin with 'prod/staging/'",
            id="sooner",
        ),
        pytest.param(
            with_rule("staging", status="Disabled"),
            "rule 'staging' is disabled: it deletes after 3 days for keys that begin with 'prod/staging/'",
            "rule 'staging' enabled",
            id="disabled",
        ),
        pytest.param(
            [one for one in DECLARED.rules if one.id != "bucket.abort-uploads"],
            "rule 'bucket.abort-uploads' is missing: it ends unfinished uploads after 3 days for all objects",
            "a rule that ends unfinished uploads after 3 days for all objects",
            id="gone",
        ),
    ],
)
def test_each_rule_that_differs_is_told(rules: list[Rule], seen: str, expected: str) -> None:
    """What it does now, and what was declared."""
    [one] = found(*rules)

    assert (one.rule, one.seen, one.expected) == ("lifecycle-matches-declared", seen, expected)


@pytest.mark.parametrize(
    ("rules", "prefix"),
    [
        pytest.param(with_rule("staging", expiration=Expiration(days=1)), "staging", id="changed"),
        pytest.param(with_rule("staging", status="Disabled"), "staging", id="disabled"),
        pytest.param([one for one in DECLARED.rules if one.id != "staging"], "staging", id="missing"),
        pytest.param(
            [one for one in DECLARED.rules if one.id != "bucket.abort-uploads"], "", id="of the whole bucket"
        ),
        pytest.param([*with_rule("staging", status="Disabled"), SWEEP], "", id="and another besides"),
        pytest.param([*DECLARED.rules, replace(SWEEP, id="staging-too")], "", id="one that nobody declared"),
        pytest.param([], "", id="all of them"),
    ],
)
def test_what_is_of_one_prefix_says_of_which(rules: list[Rule], prefix: str) -> None:
    """So that a reader is sent there, and not to all prefixes."""
    [one] = found(*rules)

    assert one.subject.prefix == prefix


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param(reversed(DECLARED.rules), id="another order"),
        pytest.param([*DECLARED.rules, replace(SWEEP, status="Disabled")], id="a rule that does nothing"),
        pytest.param(with_rule("staging", id="renamed"), id="another id"),
    ],
)
def test_what_means_the_same_is_no_drift(rules: list[Rule]) -> None:
    """Neither order, nor ids, nor what is switched off."""
    assert found(*rules) == ()


def test_the_size_of_small_objects_counts_only_where_something_moves() -> None:
    """Without transitions it means nothing."""
    assert found(*DECLARED.rules, minimum_size="varies_by_storage_class") == ()

    moving = changed(
        "bucket:attic", lifecycle=replace(bucket("attic").lifecycle, minimum_size="varies_by_storage_class")
    )
    assert [one.seen for one in drifts(moving)] == [
        "the smallest objects that move are those of varies_by_storage_class"
    ]


def test_no_rules_at_all_are_each_told() -> None:
    """One finding, a line for each rule."""
    [one] = found()

    assert len(one.faults) == len(DECLARED.rules)
