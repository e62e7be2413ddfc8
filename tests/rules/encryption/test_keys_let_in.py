"""Is the set of keys that uploads may name the one that a policy leaves, asked key by key?"""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.rules.example_access import policy
from bucketwright.rules.example_refusals import upload_refusal
from bucketwright.rules.keys_let_in import key_let_in
from bucketwright.rules.request_conditions import SSE_KEY

OURS: Final = "arn:aws:kms:us-west-2:111122223333:key/1"
KEYS: Final = (
    OURS,
    "arn:aws:kms:us-west-2:111122223333:key/2",
    "arn:aws:kms:eu-west-1:111122223333:key/1",
    "arn:aws:kms:us-west-2:444455556666:key/1",
    "arn:aws:kms:us-west-2:444455556666:key/3:4",
    "alias/files",
)
OF_ARNS: Final = (*KEYS[:-1], "arn:aws:kms:*:111122223333:key/*", "arn:aws:kms:*:*:key/?", "arn:*:*:*:*:*/1")
PATTERNS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("ArnEquals", "ArnNotEquals", "ArnLikeIfExists", "ArnNotLike"), OF_ARNS),
    **dict.fromkeys(("StringEquals", "StringNotEqualsIfExists"), KEYS),
    **dict.fromkeys(("StringLike", "StringNotLike"), (*OF_ARNS, "*", "arn:*/1")),
}
Tests = dict[str, list[str]]
"""The values of each operator of one Deny."""


def values(operator: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(PATTERNS[operator]), min_size=1, max_size=2)


tests: Final = st.one_of(
    st.sets(st.sampled_from([*PATTERNS]), min_size=1, max_size=2).flatmap(
        lambda operators: st.fixed_dictionaries({one: values(one) for one in operators})
    ),
    st.sampled_from([{"Null": ["false"]}, {"Null": ["true"]}]),
)


def fits(operator: str, pattern: str, key: str) -> bool:
    """Whether a key is as a value says; the wildcards of ARNs stay within their parts."""
    if "Arn" in operator:
        parts, wanted = key.split(":", 5), pattern.split(":", 5)
        return len(parts) == len(wanted) and all(map(fnmatchcase, parts, wanted))
    return fnmatchcase(key, pattern) if "Like" in operator else key == pattern


def refuses(deny: Tests, key: str) -> bool:
    """Whether a Deny hits an upload that names a key."""
    if "Null" in deny:
        return deny["Null"] == ["false"]
    return all(
        any(fits(operator, one, key) for one in values) != ("Not" in operator)
        for operator, values in deny.items()
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(tests, max_size=3), st.sampled_from([None, OURS]))
def test_a_key_is_let_in_where_no_deny_hits_it(denies: list[Tests], but: str | None) -> None:
    """One Deny of which all conditions hold is enough; what is found is let in, and nothing is overlooked."""
    raw = [upload_refusal({operator: {SSE_KEY: some} for operator, some in deny.items()}) for deny in denies]
    found = key_let_in(policy(*raw), "example", "aws:kms", but)
    left = [key for key in KEYS if key != but and not any(refuses(deny, key) for deny in denies)]

    if found is None:
        assert not left
    else:
        assert found != but
        assert not any(refuses(deny, found) for deny in denies)
