"""Policies on folders of buckets in a few words, for the tests of isolation."""

from bucketwright.iam.documents import parse
from bucketwright.iam.isolation import is_isolated
from bucketwright.iam.public import Answer

Raw = dict[str, object]
B, C = "arn:aws:s3:::b", "arn:aws:s3:::c"
POINT = "arn:aws:s3:us-west-2:111122223333:accesspoint/ap"
NAME = "${aws:username}"
BOB = "home/bob/"


def allow(action: object, *resources: str, **conditions: object) -> Raw:
    return {"Effect": "Allow", "Action": action, "Resource": [*resources], "Condition": conditions}


def deny(action: object, *resources: str, **conditions: object) -> Raw:
    return {**allow(action, *resources, **conditions), "Effect": "Deny"}


def but(element: str, statement: Raw) -> Raw:
    """The same statement about all but what the element names."""
    return {("Not" if key == element else "") + key: value for key, value in statement.items()}


def prefix(*values: str) -> Raw:
    return {"s3:prefix": [*values]}


def isolated(statements: list[Raw], below: str, version: str = "2012-10-17") -> Answer:
    return is_isolated(parse({"Version": version, "Statement": statements}), below)
