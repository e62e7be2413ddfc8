"""Does `is_isolated` agree with an IAM that is asked for every key and every list of a small world?

Where the world is too small to show a leak, the leak that is named is put to the same IAM.
"""

import itertools
import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.iam.documents import parse
from bucketwright.iam.isolation import is_isolated
from tests.iam.reference import Raw, Request, grants

BUCKETS = ("p", "q")
TEXTS = ["".join(text) for length in range(4) for text in itertools.product("ab/", repeat=length)]
PREFIXES = st.sampled_from(["", "a", "a/", "ab/", "a/b/"])
PATTERNS = st.lists(st.sampled_from(["a", "b", "/", "*", "?", "a/"]), max_size=4).map("".join)
KEYS = "s3:GetObject"
UPLOADS = "s3:ListBucketMultipartUploads"
LISTS = ("s3:ListBucket", "s3:ListBucketVersions", UPLOADS)
TAKEOVER = "s3:PutBucketPolicy"


def arn(bucket: str, key: str | None = None) -> str:
    return f"arn:aws:s3:::{bucket}" if key is None else f"arn:aws:s3:::{bucket}/{key}"


def resources(keys: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    below = st.builds("arn:aws:s3:::{}/{}".format, st.sampled_from(["p", "p", "p", "q", "?", "*"]), keys)
    return below | st.sampled_from([arn("p"), arn("p"), arn("q"), "*", "arn:aws:s3:::p*", arn("p", "a/*")])


def either(element: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[Raw]:
    names = st.sampled_from([element, element, element, f"Not{element}"])
    return st.builds(lambda name, several: {name: several}, names, st.lists(values, min_size=1, max_size=2))


ACTIONS = either(
    "Action", st.sampled_from([KEYS, KEYS, "s3:ListBucket", "s3:List*", "s3:*", "s3:Get*", TAKEOVER, "ec2:*"])
)


def conditions(values: st.SearchStrategy[str]) -> st.SearchStrategy[Raw]:
    operators = [
        "StringLike",
        "StringNotLike",
        "StringEquals",
        "StringNotEquals",
        "StringLikeIfExists",
        "Null",
    ]
    several = st.lists(values, min_size=1, max_size=2)
    asked = st.builds(
        lambda operator, wanted: {operator: {"s3:prefix": wanted if operator != "Null" else ["false"]}},
        st.sampled_from(operators),
        several,
    )
    return st.just({}) | st.builds(lambda condition: {"Condition": condition}, asked)


def policies(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Raw]:
    statement = st.builds(
        lambda effect, *parts: {"Effect": effect} | {k: v for part in parts for k, v in part.items()},
        st.sampled_from(["Allow", "Allow", "Deny"]),
        ACTIONS,
        either("Resource", resources(texts)),
        conditions(texts),
    )
    return st.builds(
        lambda several: {"Version": "2012-10-17", "Statement": several},
        st.lists(statement, min_size=1, max_size=3),
    )


def reaches_outside(policy: Raw, home: str, prefix: str, variables: dict[str, str]) -> bool:
    """Whether some key, list or takeover in the small world lies outside of the prefix in this bucket."""

    def granted(action: str, resource: str, asked: str | None = None) -> bool:
        return grants(policy, Request(action, resource, asked, variables))

    for bucket in BUCKETS:
        if any(
            granted(KEYS, arn(bucket, text))
            for text in TEXTS[1:]
            if bucket != home or not text.startswith(prefix)
        ):
            return True
        if any(granted(action, arn(bucket)) for action in LISTS if bucket != home or prefix):
            return True
        if any(
            granted(action, arn(bucket), text)
            for action in LISTS
            if action != UPLOADS
            for text in TEXTS
            if bucket != home or not text.startswith(prefix)
        ):
            return True
        if (bucket != home or prefix) and granted(TAKEOVER, arn(bucket)):
            return True
    return False


def is_real(policy: Raw, because: str, variables: dict[str, str]) -> bool:
    """Whether the IAM of the tests grants the very request that the answer names."""
    action = because.split(maxsplit=1)[0]
    quoted = [resolved(text, variables) for text in re.findall(r"'([^']*)'", because.partition(", ")[0])]
    asked = [quoted[0]] if len(quoted) > 1 else [None, ""]
    return any(grants(policy, Request(action, quoted[-1], one, variables)) for one in asked)


def resolved(text: str, variables: dict[str, str]) -> str:
    for name, value in variables.items():
        text = text.replace(f"${{{name}}}", value)
    return text


@settings(max_examples=150, deadline=None)
@given(policies(PATTERNS), PREFIXES)
def test_isolation_is_what_a_small_world_shows(policy: Raw, prefix: str) -> None:
    """An isolated policy leaks nothing there; of any other, the leak that is named is a real one."""
    answer = is_isolated(parse(policy), prefix)

    assert answer.holds is not None
    if answer.holds:
        assert any(not reaches_outside(policy, home, prefix, {}) for home in (*BUCKETS, "elsewhere"))
    else:
        assert is_real(policy, answer.because, {}), answer.because


VARIABLE = "${aws:username}"
WITH_VARIABLES = st.lists(
    st.sampled_from(["a", "b", "/", "*", "?", VARIABLE, f"{VARIABLE}/", f"{VARIABLE}/*"]), max_size=3
).map("".join)
VALUES = ("a", "b", "ab", "someone")


@settings(max_examples=150, deadline=None)
@given(policies(WITH_VARIABLES), st.sampled_from([VARIABLE, f"{VARIABLE}/", f"a/{VARIABLE}/", "a/", "b/"]))
def test_isolation_holds_for_every_value_of_a_variable(policy: Raw, prefix: str) -> None:
    """What is isolated is so for whatever value; what is not, at least for one that nobody wrote down."""
    answer = is_isolated(parse(policy), prefix)

    if answer.holds:
        for value in VALUES:
            variables = {"aws:username": value}
            inside = prefix.replace(VARIABLE, value)
            homes = (*BUCKETS, "elsewhere", value)
            assert any(not reaches_outside(policy, home, inside, variables) for home in homes), value
    elif answer.holds is False:
        assert is_real(policy, answer.because, {"aws:username": "someone"}), answer.because
    else:
        assert answer.because == "not settled: it depends on the value of a policy variable"
        assert VARIABLE in json.dumps(policy)
