"""Bucket policies in a few words, for the tests of what is public."""

from bucketwright.iam.documents import parse
from bucketwright.iam.public import Answer, is_public

Raw = dict[str, object]
ROLE = "arn:aws:iam::111122223333:role/reader"
POINT = "arn:aws:s3:us-west-2:111122223333:accesspoint"
DENY: Raw = {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}


def allow(principal: object = "*", **conditions: object) -> Raw:
    """An Allow for these; double underscores in a condition's operator stand for a colon."""
    return {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::example/*",
        "Condition": {operator.replace("__", ":"): keys for operator, keys in conditions.items()},
    }


def everyone_else(**conditions: object) -> Raw:
    statement = allow("*", **conditions)
    del statement["Principal"]
    return {**statement, "NotPrincipal": {"AWS": ROLE}}


def verdict(*statements: Raw, version: str = "2012-10-17") -> Answer:
    return is_public(parse({"Version": version, "Statement": [*statements]}))


def when(operator: str, key: str, *values: object) -> Raw:
    """Everyone, under one condition."""
    return allow("*", **{operator.replace(":", "__"): {key: [*values]}})
