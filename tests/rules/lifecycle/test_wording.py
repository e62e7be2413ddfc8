"""Do verdicts on lifecycles name the rule, what it selects and what it does?"""

from functools import partial
from typing import Final

import pytest

from bucketwright.contract.lifecycle.rules import (
    Abort,
    Expiration,
    Filter,
    NoncurrentExpiration,
    NoncurrentTransition,
    Predicates,
    Rule,
    Tag,
    Transition,
)
from bucketwright.estate import BucketPosture
from bucketwright.rules.example_lifecycles import LONG_AGO, below, tagged
from bucketwright.rules.lifecycle.lifecycle_abort_illegal_filter import lifecycle_abort_illegal_filter
from bucketwright.rules.lifecycle.lifecycle_abort_multipart import lifecycle_abort_multipart
from bucketwright.rules.lifecycle.lifecycle_configured import lifecycle_configured
from bucketwright.rules.lifecycle.lifecycle_date_rule import lifecycle_date_rule
from bucketwright.rules.lifecycle.lifecycle_delete_markers import lifecycle_delete_markers
from bucketwright.rules.lifecycle.lifecycle_prefix_literal import lifecycle_prefix_literal
from bucketwright.rules.lifecycle.lifecycle_shadowed import lifecycle_shadowed
from bucketwright.rules.lifecycle.lifecycle_small_objects import lifecycle_small_objects
from bucketwright.rules.rule import Rule as RuleOfCatalogue
from bucketwright.verdicts import Fails
from tests.rules.exposure.judging import faults
from tests.rules.lifecycle.worlds import verdict

TMP: Final = Filter(Predicates("tmp/", (Tag("kind", "tmp"),), 5))


SOME: Final = "objects below 'tmp/' with some tags of some sizes"
on: Final = partial(Rule, 0, status="Enabled")
"""A rule with this id that is switched on."""


@pytest.mark.parametrize(
    ("rule", "rules", "expected"),
    [
        pytest.param(lifecycle_configured, [], ["there is no rule"], id="no rule"),
        pytest.param(
            lifecycle_configured,
            [Rule(0, "a", "Disabled", abort=Abort(7))],
            ["all rules are switched off"],
            id="rules that are off",
        ),
        pytest.param(
            lifecycle_abort_multipart,
            [
                Rule(0, "a", "Disabled", abort=Abort(7)),
                on("b", filter=below("tmp/"), abort=Abort(7)),
                on("c", abort=Abort()),
                on("d", abort=Abort(9)),
            ],
            [
                "rule 1 ('a') is switched off",
                "rule 2 ('b') ends unfinished uploads of objects below 'tmp/' only",
                "rule 3 ('c') does not say after how many days",
                "rule 4 ('d') ends unfinished uploads after 9 days only",
            ],
            id="each rule that misses",
        ),
        pytest.param(lifecycle_abort_multipart, [], ["no rule ends unfinished uploads"], id="no such rule"),
        pytest.param(
            lifecycle_abort_illegal_filter,
            [on("a", filter=tagged("tmp"), abort=Abort(7))],
            [
                "rule 1 ('a') is refused: AbortIncompleteMultipartUpload cannot be specified with Tags.",
            ],
            id="what S3 says",
        ),
        pytest.param(
            lifecycle_date_rule,
            [on("a", filter=TMP, expiration=Expiration(date=LONG_AGO))],
            [f"rule 1 ('a') deletes {SOME} from 2020-01-01 on, new ones too"],
            id="a date",
        ),
        pytest.param(
            lifecycle_delete_markers,
            [on("a", filter=below("tmp/"), noncurrent_expiration=NoncurrentExpiration(1))],
            ["rule 1 ('a') deletes objects below 'tmp/' and leaves their delete markers"],
            id="markers",
        ),
        pytest.param(
            lifecycle_prefix_literal,
            [on("a", filter=below("/logs/*"), expiration=Expiration(1))],
            [
                "rule 1 ('a') has a wildcard in its prefix '/logs/*', which S3 takes literally",
                "rule 1 ('a') has the prefix '/logs/*', and keys hardly ever begin with a slash",
            ],
            id="both faults of a prefix",
        ),
        pytest.param(
            lifecycle_small_objects,
            [
                on(
                    "a",
                    filter=TMP,
                    transitions=(Transition("STANDARD_IA", 30),),
                    noncurrent_transitions=(NoncurrentTransition("GLACIER", 1),),
                )
            ],
            [
                "rule 1 ('a') moves objects below 128 KiB to 'STANDARD_IA'",
                "rule 1 ('a') moves objects below 128 KiB to 'GLACIER'",
            ],
            id="classes",
        ),
        pytest.param(
            lifecycle_shadowed,
            [
                on("a", expiration=Expiration(5), transitions=(Transition("GLACIER", 9),)),
                on("b", expiration=Expiration(6), noncurrent_expiration=NoncurrentExpiration(3)),
                on("c", noncurrent_expiration=NoncurrentExpiration(2), abort=Abort(1)),
                on(None, noncurrent_transitions=(NoncurrentTransition("GLACIER", 2),), abort=Abort(2)),
            ],
            [
                "rule 2 ('a') moves objects to 'GLACIER' after 9 days, and itself deletes them after 5",
                "rule 3 ('b') deletes objects after 6 days, and 'a' deletes them after 5",
                "rule 1 moves old versions to 'GLACIER' after 2 days, and 'c' deletes them after 2",
                "rule 3 ('b') deletes old versions after 3 days, and 'c' deletes them after 2",
                "rule 1 ends unfinished uploads after 2 days, and 'c' deletes them after 1",
            ],
            id="who comes before whom",
        ),
        pytest.param(
            lifecycle_shadowed,
            [on(None, expiration=Expiration(5)), on("a", expiration=Expiration(6))],
            ["rule 2 ('a') deletes objects after 6 days, and another rule deletes them after 5"],
            id="one without a name",
        ),
    ],
)
def test_what_is_wrong_is_said_of_each_rule(
    rule: RuleOfCatalogue[BucketPosture], rules: list[Rule], expected: list[str]
) -> None:
    """By its number and its id, with days, prefixes and classes."""
    assert faults(verdict(rule, rules, versioning="Enabled")) == expected


def test_the_same_fault_has_the_same_mark_whatever_stands_beside_it() -> None:
    """A rule beside it changes its number, not what is wrong."""
    dated = on("z", expiration=Expiration(date=LONG_AGO))
    alone, second = (
        verdict(lifecycle_date_rule, some) for some in ([dated], [on("a", abort=Abort(7)), dated])
    )
    assert isinstance(alone, Fails)
    assert isinstance(second, Fails)

    assert alone.faults[0].text != second.faults[0].text
    assert alone.faults[0].lasting == second.faults[0].lasting
