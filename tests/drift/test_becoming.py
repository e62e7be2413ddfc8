"""What is now and what is then: told by what differs, and never cut there."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from bucketwright.contract.lifecycle.rules import Abort, Expiration, Filter, Rule
from bucketwright.drift.becoming import becoming
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.lifecycle import FRESH, Lifecycle
from bucketwright.facets.bucket.policy import Policy, policy_of
from bucketwright.facets.filters import ALL
from bucketwright.facets.lifecycle_rules import normal

READ = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
MINE = {**READ, "Sid": "Mine", "Effect": "Deny"}
ABORT = Rule(0, id="abort", status="Enabled", filter=Filter(ALL), abort=Abort(7))
SWEEP = Rule(0, id="sweep", status="Enabled", filter=Filter(ALL), expiration=Expiration(days=3))


def policy(*statements: Mapping[str, object]) -> Policy:
    return policy_of(json.dumps({"Version": "2012-10-17", "Statement": statements}))


def lifecycle(*rules: Rule) -> Lifecycle:
    return Lifecycle(normal(rules))


@pytest.mark.parametrize(
    ("before", "after", "now", "then"),
    [
        (
            policy(MINE, {**READ, "Sid": "Theirs"}),
            policy(MINE),
            "statement 'Theirs' allows everybody s3:GetObject on arn:aws:s3:::b/*",
            "no statement 'Theirs'",
        ),
        (
            policy(MINE),
            policy(MINE, READ),
            "no such statement",
            "a statement allows everybody s3:GetObject on arn:aws:s3:::b/*",
        ),
        (None, policy(MINE), "no statement 'Mine'", None),
        (
            policy({**READ, "Sid": "A"}),
            policy({**READ, "Sid": "A", "Action": "s3:PutObject"}),
            "statement 'A' allows everybody s3:GetObject on arn:aws:s3:::b/*",
            "statement 'A' allows everybody s3:PutObject on arn:aws:s3:::b/*",
        ),
        (FRESH, lifecycle(ABORT), "no rule 'abort'", "rule 'abort' ends unfinished uploads after 7 days"),
        (
            lifecycle(ABORT, SWEEP),
            lifecycle(ABORT, replace(SWEEP, status="Disabled")),
            "rule 'sweep' deletes after 3 days for all objects",
            "rule 'sweep' (disabled) deletes after 3 days for all objects",
        ),
        (
            lifecycle(replace(ABORT, id=None)),
            FRESH,
            "a rule without an id ends unfinished uploads after 7 days for all objects",
            "no such rule",
        ),
        ({"a": "1", "b": "2"}, {"a": "1", "c": "3"}, "b=2; no c", "no b; c=3"),
        (frozenset("abcdef"), frozenset("abcdeg"), "f", "g"),
        (frozenset("a"), frozenset[str](), "a", "none"),
        ("Suspended", "Enabled", "Suspended", "Enabled"),
    ],
    ids=[
        "a statement goes", "one without a name comes", "the first statement", "a statement changes",
        "the first rule", "a rule is switched off", "a rule without an id goes", "entries", "members",
        "the last member", "a word",
    ],
)  # fmt: skip
def test_only_what_differs_is_told(before: object, after: object, now: str, then: str | None) -> None:
    """What stays as it is is not in the way."""
    told = becoming(before, after)

    assert told[0] == now
    assert then is None or told[1].startswith(then)


def test_what_differs_is_not_cut() -> None:
    """Two statements of many actions that differ in the last one, and two long names that end differently."""
    actions = [f"s3:GetObject{name}" for name in ("", "Acl", "Tagging", "Version", "Retention")]
    before = policy({**READ, "Sid": "A", "Action": actions, "Resource": f"arn:aws:s3:::b/{'k' * 300}1"})
    after = policy({**READ, "Sid": "A", "Action": actions, "Resource": f"arn:aws:s3:::b/{'k' * 300}2"})

    now, then = becoming(before, after)

    assert now != then
    assert all(one in now for one in actions)
    assert (now[-1], then[-1]) == ("1", "2")


def test_nothing_reads_as_its_code() -> None:
    """Also not a value of which nothing was changed."""
    told = (*becoming(FRESH, lifecycle(ABORT)), *becoming(Encryption(), Encryption("aws:kms")))

    assert not [one for one in told if "(" in one]


def test_hostile_words_stay_on_their_line() -> None:
    """What others wrote turns and colours nothing."""
    hostile = "\x1b[31m\n\u202e"
    before = policy({**READ, "Sid": "A", "Resource": f"arn:aws:s3:::b/{hostile}"})

    told = (*becoming(before, None), *becoming({hostile: hostile}, {}))

    assert all(one.isprintable() for one in told)
