"""May a role list every key? The oracle asks for lists without a prefix, and with the empty one."""

import json
from collections.abc import Callable, Mapping
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.facets.bucket.policy import policy_of
from bucketwright.rules.unscoped_lists import unscoped_lists

Test = tuple[str, tuple[str, ...]]
_ARN: Final = "arn:aws:s3:::files"
_READS: Final = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"{_ARN}/a/*"}
_HOLDS: Final[Mapping[str, Callable[[str | None, bool], bool]]] = {
    "StringEquals": lambda asked, met: asked is not None and met,
    "StringLike": lambda asked, met: asked is not None and met,
    "StringNotEquals": lambda asked, met: asked is None or not met,
    "StringLikeIfExists": lambda asked, met: asked is None or met,
    "ForAllValues:StringLike": lambda asked, met: not asked or met,
}
"""Whether a condition holds for what is asked, if some value of it is met by that."""
_tests = st.tuples(
    st.sampled_from(sorted(_HOLDS)),
    st.lists(st.sampled_from(["", "a/", "a/*", "*"]), min_size=1, max_size=2, unique=True).map(tuple),
)
_statements = st.tuples(
    st.sampled_from(["Allow", "Allow", "Deny"]),
    st.sampled_from([_ARN, "arn:aws:s3:::other", "*"]),
    st.none() | _tests,
)


def _written(effect: str, resource: str, test: Test | None) -> dict[str, object]:
    condition = {test[0]: {"s3:prefix": test[1]}} if test else {}
    return {"Effect": effect, "Action": "s3:ListBucket", "Resource": resource, "Condition": condition}


def _is_about(resource: str, test: Test | None, asked: str | None) -> bool:
    if resource not in {_ARN, "*"} or test is None:
        return resource in {_ARN, "*"}
    operator, values = test
    likes = "Like" in operator
    met = any(value == asked or (likes and value == "*" and asked is not None) for value in values)
    return _HOLDS[operator](asked, met)


@settings(max_examples=300, deadline=None)
@given(st.lists(_statements, min_size=1, max_size=4))
def test_every_key_is_listed_where_nothing_narrows_the_list(
    drawn: list[tuple[str, str, Test | None]],
) -> None:
    """A bucket is named exactly where one of the two lists is allowed."""
    written = [_READS, *(_written(*one) for one in drawn)]
    found = policy_of(json.dumps({"Version": "2012-10-17", "Statement": written})).document.statements
    effects = (
        {effect for effect, resource, test in drawn if _is_about(resource, test, asked)}
        for asked in (None, "")
    )

    assert (_ARN in unscoped_lists(found)) == any(one == {"Allow"} for one in effects)
