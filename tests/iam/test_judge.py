"""Do single questions get a plain answer in the form that scripts expect, whatever they contain?"""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.iam.judge import judge_isolation, judge_overlap, judge_public

Line = dict[str, object]
ALLOW = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/a/*"}
POLICY = {"Version": "2012-10-17", "Statement": [ALLOW]}
TEXTS = "a and b must be patterns, as text of 20,480 characters at most"
GUARD = 10.0

OVERLAPS: dict[str, tuple[Line, Line]] = {
    "two that meet": (
        {"id": 1, "a": "a*", "b": "*b"},
        {"id": 1, "overlap": True, "a_contains_b": False, "b_contains_a": False, "example": "ab"},
    ),
    "two that do not": (
        {"id": "x", "a": "a*", "b": "b*"},
        {"id": "x", "overlap": False, "a_contains_b": False, "b_contains_a": False, "example": None},
    ),
    "one within the other": (
        {"id": None, "a": "a*", "b": "ab?"},
        {"id": None, "overlap": True, "a_contains_b": True, "b_contains_a": False, "example": "abx"},
    ),
    "the other within the one": (
        {"id": [1], "a": "ab", "b": "a?"},
        {"id": [1], "overlap": True, "a_contains_b": False, "b_contains_a": True, "example": "ab"},
    ),
    "equals": (
        {"id": 1.5, "a": "", "b": "", "unknown": "ignored"},
        {"id": 1.5, "overlap": True, "a_contains_b": True, "b_contains_a": True, "example": ""},
    ),
    "a variable is any string": (
        {"a": "home/${aws:username}/*", "b": "home/bob/x"},
        {"id": None, "overlap": True, "a_contains_b": True, "b_contains_a": False, "example": "home/bob/x"},
    ),
    "no a": ({"id": 2, "b": "x"}, {"id": 2, "because": TEXTS}),
    "no b": ({"id": 2, "a": "x"}, {"id": 2, "because": TEXTS}),
    "an a that is no text": ({"id": 2, "a": 7, "b": "x"}, {"id": 2, "because": TEXTS}),
    "a b that is no text": ({"id": 2, "a": "x", "b": ["x"]}, {"id": 2, "because": TEXTS}),
    "an a that is too long": ({"id": 2, "a": "*" * 20_481, "b": "x"}, {"id": 2, "because": TEXTS}),
    "a b that is too long": ({"id": 2, "a": "x", "b": "*" * 20_481}, {"id": 2, "because": TEXTS}),
    "two as long as may be": (
        {"id": 2, "a": "*" * 20_480, "b": "?" + "*" * 20_479},
        {"id": 2, "overlap": True, "a_contains_b": True, "b_contains_a": False, "example": "x"},
    ),
}  # fmt: skip
UNANSWERED = {"overlap": None, "a_contains_b": None, "b_contains_a": None, "example": None}


@pytest.mark.parametrize(("line", "reply"), OVERLAPS.values(), ids=OVERLAPS)
def test_overlap_says_whether_two_patterns_meet(line: Line, reply: Line) -> None:
    """With an example in both, or with the reason why there is no answer."""
    unanswered = UNANSWERED if "because" in reply else {}

    assert judge_overlap(line) == {**unanswered, **reply}


INSIDE = "every key and every list it reaches begins with 'a/'"
ISOLATIONS: dict[str, tuple[Line, Line]] = {
    "inside": (
        {"id": 1, "policy": POLICY, "intended_prefix": "a/"},
        {"id": 1, "isolated": True, "because": INSIDE},
    ),
    "inside, as text": (
        {"id": 1, "policy": json.dumps(POLICY), "intended_prefix": "a/"},
        {"id": 1, "isolated": True, "because": INSIDE},
    ),
    "outside": (
        {"id": "x", "policy": POLICY, "intended_prefix": "a/b/"},
        {"id": "x", "isolated": False, "because": "s3:GetObject reaches 'arn:aws:s3:::b/a/'"},
    ),
    "undecided": (
        {"policy": {"Statement": {"Effect": "Allow", "Action": "s3:GetObject"}}, "intended_prefix": ""},
        {"id": None, "isolated": None, "because": "statement 1 names no Resource"},
    ),
    "no policy": (
        {"id": 3, "intended_prefix": "a/"},
        {"id": 3, "isolated": None, "because": "there is no policy"},
    ),
    "a policy that is null": (
        {"policy": None, "intended_prefix": "a/"},
        {"id": None, "isolated": None, "because": "the policy is not an object"},
    ),
    "no prefix": (
        {"id": 3, "policy": POLICY},
        {"id": 3, "isolated": None, "because": "intended_prefix must be text"},
    ),
    "a prefix that is no text": (
        {"id": 3, "policy": POLICY, "intended_prefix": ["a/"]},
        {"id": 3, "isolated": None, "because": "intended_prefix must be text"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("line", "reply"), ISOLATIONS.values(), ids=ISOLATIONS)
def test_isolation_says_whether_a_policy_keeps_to_a_prefix(line: Line, reply: Line) -> None:
    """With the leak, or with the reason why there is no answer."""
    assert judge_isolation(line) == reply


PUBLICS: dict[str, tuple[Line, Line]] = {
    "public": (
        {"id": 1, "policy": POLICY},
        {"id": 1, "public": True, "because": "statement 1: everyone is let in, and there is no condition"},
    ),
    "not public": (
        {"policy": {"Statement": []}, "because": "ignored"},
        {"id": None, "public": False, "because": "no statement allows anything"},
    ),
    "undecided": (
        {"id": 2, "policy": {"Statement": {**ALLOW, "Principal": {"AWS": "me"}}}},
        {"id": 2, "public": None, "because": "statement 1: AWS principal 'me' names nobody that S3 knows"},
    ),
    "no policy": ({"id": 3}, {"id": 3, "public": None, "because": "there is no policy"}),
    "no JSON": ({"id": 3, "policy": "{"}, {"id": 3, "public": None, "because": "the policy is not JSON"}),
}  # fmt: skip


@pytest.mark.parametrize(("line", "reply"), PUBLICS.values(), ids=PUBLICS)
def test_public_says_whether_s3_calls_a_policy_public(line: Line, reply: Line) -> None:
    """With the clause that decides, or with the reason why there is no answer."""
    assert judge_public(line) == reply


NAMES = st.sampled_from(
    ["Version", "Statement", "Effect", "Action", "Resource", "NotResource", "Principal", "AWS", "Condition"]
)
WORDS = st.sampled_from(
    ["Allow", "*", "s3:*", "arn:aws:s3:::b/*", "${aws:username}", "2012-10-17"]
) | st.text(max_size=4)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES | WORDS, inner, max_size=3),
    max_leaves=6,
)
STATEMENT = st.fixed_dictionaries(
    {"Effect": st.sampled_from(["Allow", "Deny"]), "Action": WORDS, "Resource": WORDS},
    optional={
        "Principal": JUNK,
        "NotPrincipal": st.just("*"),
        "Condition": st.dictionaries(
            st.sampled_from(["StringLike", "IpAddress", "ForAllValues:Null", "x"]),
            st.dictionaries(st.sampled_from(["s3:prefix", "aws:SourceIp", "x"]), st.lists(WORDS, max_size=2)),
            max_size=2,
        ),
    },
)
LINES = st.dictionaries(st.sampled_from(["id", "a", "b", "policy", "intended_prefix"]), JUNK)
POLICIES = st.fixed_dictionaries({"Statement": st.lists(STATEMENT | JUNK, max_size=3)})


@settings(max_examples=120, deadline=None)
@given(LINES | st.builds(lambda policy: {"policy": policy, "intended_prefix": "a/"}, POLICIES))
def test_every_line_gets_an_answer(line: Line) -> None:
    """Whatever JSON there is in it: a verdict or none, and always a reason."""
    for judge, verdict in ((judge_isolation, "isolated"), (judge_public, "public")):
        reply = judge(line)
        assert reply["id"] == line.get("id") or line["id"] != line["id"]
        assert reply[verdict] in {True, False, None}
        assert isinstance(reply["because"], str)
        assert reply["because"].isprintable()
    assert judge_overlap(line)["overlap"] in {True, False, None}


HOSTILE = {
    "deep brackets": "[" * 100_000,
    "many brackets": "[" * 10 * 2**20,
    "many statements": {"Statement": [ALLOW] * 5_000},
    "many stars": {"Statement": {**ALLOW, "Resource": "arn:aws:s3:::b/" + "*a?" * 6_000}},
    "many values": {"Statement": {**ALLOW, "Condition": {"StringLike": {"s3:prefix": ["*a*"] * 5_000}}}},
    "many kinds of characters": {"Statement": {**ALLOW, "Resource": [*map(chr, range(0x100, 0x3000))]}},
    "many principals": {"Statement": {**ALLOW, "Principal": {"AWS": ["me"] * 10_000}}},
}


@pytest.mark.timed
@pytest.mark.parametrize("policy", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_policy_takes_no_more_than_moments(policy: object) -> None:
    """However deep or long, there is an answer, or the reason why there is none."""
    started = time.process_time()
    replies = (judge_public({"policy": policy}), judge_isolation({"policy": policy, "intended_prefix": "a/"}))

    assert all(isinstance(reply["because"], str) for reply in replies)
    assert time.process_time() - started < GUARD
