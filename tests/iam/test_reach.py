"""Does a caller reach exactly what an IAM of the tests' own grants, under all the policies that decide?"""

from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.iam.documents import parse
from bucketwright.iam.languages import And, Formula, exactly, member
from bucketwright.iam.reach import (
    Caller,
    Listings,
    Lists,
    Objects,
    Policies,
    bucket_and_prefix,
    granted,
    listing_views,
    of_bucket,
    reached,
)
from tests.iam.reference import Raw, Request, Who, grants, may

ACCOUNT, OTHER = "111122223333", "444455556666"
ROLE, USER = f"arn:aws:iam::{ACCOUNT}:role/r", f"arn:aws:iam::{ACCOUNT}:user/u"
BUCKET = "arn:aws:s3:::p"
KEYS = [f"{BUCKET}/{key}" for key in ("a", "b", "a/", "a/b", "ab", "b/a")] + ["arn:aws:s3:::q/a"]
PREFIXES = ("", "a", "a/", "a/b", "b")

PATTERNS = st.sampled_from(
    ["*", f"{BUCKET}/*", f"{BUCKET}/a*", f"{BUCKET}/?", f"{BUCKET}/a/*", BUCKET, f"{BUCKET}*"]
)
CONDITIONS = st.sampled_from(
    [
        {},
        {},
        {"StringLike": {"s3:prefix": ["a*"]}},
        {"StringNotLike": {"s3:prefix": ["a/*", "b"]}},
        {"StringEqualsIfExists": {"s3:prefix": ["", "a"]}},
        {"Null": {"s3:prefix": ["true"]}},
        {"StringEquals": {"s3:prefix": ["a"]}, "StringNotEquals": {"s3:prefix": ["b"]}},
    ]
)


def either(element: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[Raw]:
    names = st.sampled_from([element, element, f"Not{element}"])
    return st.builds(lambda name, several: {name: several}, names, st.lists(values, min_size=1, max_size=2))


def principals() -> st.SearchStrategy[Raw]:
    someone = st.sampled_from(["*", ROLE, USER, ACCOUNT, OTHER, f"arn:aws:iam::{OTHER}:role/r"])
    return st.builds(
        lambda element: {key: {"AWS": who} for key, who in element.items()}, either("Principal", someone)
    )


def policies(*more: st.SearchStrategy[Raw]) -> st.SearchStrategy[Raw]:
    statement = st.builds(
        lambda effect, condition, *parts: (
            {"Effect": effect, "Condition": condition}
            | {key: value for part in parts for key, value in part.items()}
        ),
        st.sampled_from(["Allow", "Allow", "Deny"]),
        CONDITIONS,
        either("Action", st.sampled_from(["s3:GetObject", "s3:ListBucket", "s3:*"])),
        either("Resource", PATTERNS),
        *more,
    )
    return st.builds(
        lambda several: {"Version": "2012-10-17", "Statement": several}, st.lists(statement, max_size=3)
    )


def within(formula: Formula, text: str) -> bool:
    return member(And((formula, exactly(text)))) is not None


@settings(max_examples=100, deadline=None)
@given(policies())
def test_a_policy_grants_the_keys_that_it_grants_one_by_one(policy: Raw) -> None:
    """Allows less Denies, as one set of ARNs."""
    keys = granted(parse(policy), "s3:getobject", Objects())

    for key in KEYS:
        assert within(keys, key) == grants(policy, Request("s3:GetObject", key))


@settings(max_examples=100, deadline=None)
@given(policies())
def test_a_policy_grants_the_lists_that_it_grants_one_by_one(policy: Raw) -> None:
    """With a prefix or without, of one bucket or of any."""
    document = parse(policy)
    whole, below = (
        granted(document, "s3:listbucket", view) for view in listing_views("s3:listbucket", BUCKET)
    )
    found = member(And((granted(document, "s3:listbucket", Lists()), of_bucket(exactly(BUCKET)))))
    expected = {prefix: grants(policy, Request("s3:ListBucket", BUCKET, prefix)) for prefix in PREFIXES}

    assert (member(whole) is not None) == grants(policy, Request("s3:ListBucket", BUCKET))
    assert {prefix: within(below, prefix) for prefix in PREFIXES} == expected
    if found is None:
        assert not any(expected.values())
    else:
        bucket, prefix = bucket_and_prefix(found)
        assert bucket == BUCKET
        assert grants(policy, Request("s3:ListBucket", bucket, prefix))


CALLERS = st.sampled_from([Who(ROLE, ACCOUNT), Who(USER, ACCOUNT)])


@settings(max_examples=120, deadline=None)
@given(
    CALLERS,
    st.lists(policies(), max_size=2),
    policies(principals()),
    st.lists(policies(), max_size=1),
    st.sampled_from([ACCOUNT, OTHER]),
)
def test_a_caller_reaches_the_keys_that_it_may_ask_for_one_by_one(
    who: Who, identity: list[Raw], bucket: Raw, limits: list[Raw], owner: str
) -> None:
    """Identity policies, bucket policy and limits decide together, within an account and across accounts."""
    every = Policies(tuple(map(parse, identity)), parse(bucket), tuple(map(parse, limits)))
    caller = Caller(who.arn, who.account)
    keys = reached(caller, every, owner, "s3:getobject", Objects())
    below = reached(caller, every, owner, "s3:listbucket", Listings(BUCKET))

    for key in KEYS:
        asked = Request("s3:GetObject", key)
        assert within(keys, key) == may(who, identity, bucket, limits, owner, asked)
    for prefix in PREFIXES:
        asked = Request("s3:ListBucket", BUCKET, prefix)
        assert within(below, prefix) == may(who, identity, bucket, limits, owner, asked)
