"""Callers, and policies in a few words, for the tests of who reaches what."""

from bucketwright.iam.documents import Document, parse
from bucketwright.iam.languages import And, exactly, member
from bucketwright.iam.reach import Caller, Objects, Policies, reached

Raw = dict[str, object]
ACCOUNT, OTHER = "111122223333", "444455556666"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/team/reader"
USER = f"arn:aws:iam::{ACCOUNT}:user/reader"
SESSION = f"arn:aws:sts::{ACCOUNT}:assumed-role/reader/me"
KEY = "arn:aws:s3:::p/a"


def document(*statements: Raw) -> Document:
    return parse({"Version": "2012-10-17", "Statement": [*statements]})


def allow(**more: object) -> Raw:
    return {"Effect": "Allow", "Action": "s3:*", "Resource": "*", **more}


def deny(**more: object) -> Raw:
    return {**allow(**more), "Effect": "Deny"}


ALL, NONE = document(allow()), document()


def reaches(arn: str, policies: Policies, owner: str = ACCOUNT) -> bool:
    keys = reached(Caller(arn, ACCOUNT), policies, owner, "s3:getobject", Objects())
    return member(And((keys, exactly(KEY)))) is not None
