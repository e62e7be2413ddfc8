"""Which leak is named where a policy reaches beyond its one bucket, or has none?"""

import pytest

from bucketwright.iam.public import Answer
from tests.iam.folder_policies import BOB, POINT, B, C, Raw, allow, isolated, prefix

OWN = allow("s3:GetObject", f"{B}/home/bob/*")


def beyond(home: str | None) -> str:
    return ", and no bucket is spelled out" if home is None else f", outside of {home!r}"


KEYS = {
    "a second bucket": ([OWN, allow("s3:GetObject", f"{C}/home/bob/*")], "s3:GetObject", f"{C}/home/bob/", B),
    "a second bucket, named first": (
        [allow("s3:GetObject", f"{C}/home/eve/*"), OWN],
        "s3:GetObject",
        f"{B}/home/bob/",
        C,
    ),
    "any bucket that begins so": (
        [allow("s3:GetObject", f"{B}*/home/bob/*")],
        "s3:GetObject",
        f"{B}/home/bob/",
        None,
    ),
    "any bucket": ([allow("s3:GetObject", "*")], "s3:GetObject", "arn:aws:s3:::f/f", None),
    "an access point beside the bucket": (
        [OWN, allow("s3:GetObject", f"{POINT}/object/home/bob/*")],
        "s3:GetObject",
        f"{POINT}/object/home/bob/",
        B,
    ),
    "a second access point": (
        [allow("s3:GetObject", f"{POINT}/object/home/bob/*", f"{POINT}2/object/home/bob/*")],
        "s3:GetObject",
        f"{POINT}2/object/home/bob/",
        POINT,
    ),
    "an access point of several regions": (
        [OWN, allow("s3:GetObject", "arn:aws:s3::111122223333:accesspoint/m/object/*")],
        "s3:GetObject",
        "arn:aws:s3::111122223333:accesspoint/m/object/f",
        B,
    ),
    "an outpost": (
        [allow("s3-outposts:GetObject", "arn:aws:s3-outposts:r:1:outpost/o/bucket/b/object/*")],
        "s3-outposts:GetObject",
        "arn:aws:s3-outposts:r:1:outpost/o/bucket/b/object/f",
        None,
    ),
    "an access point with a function": (
        [OWN, allow("s3-object-lambda:GetObject", "arn:aws:s3-object-lambda:r:1:accesspoint/f")],
        "s3-object-lambda:GetObject",
        "arn:aws:s3-object-lambda:r:1:accesspoint/f",
        B,
    ),
}


@pytest.mark.parametrize(("statements", "action", "arn", "home"), KEYS.values(), ids=KEYS)
def test_a_key_of_another_bucket_is_named(
    statements: list[Raw], action: str, arn: str, home: str | None
) -> None:
    """A second bucket, access point or outpost is outside, whatever the prefix."""
    assert isolated(statements, BOB) == Answer(False, f"{action} reaches {arn!r}{beyond(home)}")


LISTS = {
    "another bucket": ([OWN, allow("s3:ListBucket", C)], "s3:ListBucket", None, C, B),
    "another bucket's folder": (
        [OWN, allow("s3:ListBucket", C, StringLike=prefix("home/bob/*"))],
        "s3:ListBucket",
        "home/bob/",
        C,
        B,
    ),
    "every bucket's folder": (
        [OWN, allow("s3:ListBucket", "arn:aws:s3:::*", StringLike=prefix("home/bob/*"))],
        "s3:ListBucket",
        "home/bob/",
        "arn:aws:s3:::d",
        B,
    ),
    "another bucket's list, on a condition that nobody can decide": (
        [OWN, allow("s3:ListBucket", C, ArnLike=prefix("x"))],
        "s3:ListBucket",
        None,
        C,
        B,
    ),
    "another bucket's uploads": (
        [OWN, allow("s3:ListBucketMultipartUploads", C)],
        "s3:ListBucketMultipartUploads",
        None,
        C,
        B,
    ),
    "an outpost": (
        [OWN, allow("s3-outposts:ListBucket", "arn:aws:s3-outposts:r:1:outpost/o/bucket/b")],
        "s3-outposts:ListBucket",
        None,
        "arn:aws:s3-outposts:r:1:outpost/o/bucket/b",
        B,
    ),
    "every bucket, and no home": (
        [allow("s3:ListBucket", "*")],
        "s3:ListBucket",
        None,
        "arn:aws:s3:::d",
        None,
    ),
    "every folder of that name, and no home": (
        [allow("s3:ListBucket", "*", StringLike=prefix("home/bob/*"))],
        "s3:ListBucket",
        "home/bob/",
        "arn:aws:s3:::d",
        None,
    ),
}


@pytest.mark.parametrize(("statements", "action", "asked", "arn", "home"), LISTS.values(), ids=LISTS)
def test_a_list_of_another_bucket_is_named(
    statements: list[Raw], action: str, asked: str | None, arn: str, home: str | None
) -> None:
    """Even below the same prefix."""
    keys = "every key" if asked is None else f"the keys that begin with {asked!r}"

    assert isolated(statements, BOB) == Answer(False, f"{action} lists {keys} of {arn!r}{beyond(home)}")


TAKEOVERS = {
    "another bucket's policy": ([OWN, allow("s3:PutBucketPolicy", C)], "s3:PutBucketPolicy", C, B),
    "every bucket's ACL": ([allow("s3:PutBucketAcl", "*")], "s3:PutBucketAcl", "arn:aws:s3:::d", None),
    "an access point's policy": (
        [OWN, allow("s3:PutAccessPointPolicy", POINT)],
        "s3:PutAccessPointPolicy",
        POINT,
        B,
    ),
    "a directory bucket": (
        [OWN, allow("s3express:CreateSession", "arn:aws:s3express:r:1:bucket/b--x-s3")],
        "s3express:CreateSession",
        "arn:aws:s3express:r:1:bucket/b--x-s3",
        B,
    ),
    "access grants": (
        [OWN, allow("s3:GetDataAccess", "arn:aws:s3:r:1:access-grants/default")],
        "s3:GetDataAccess",
        "arn:aws:s3:r:1:access-grants/default",
        B,
    ),
}


@pytest.mark.parametrize(("statements", "action", "arn", "home"), TAKEOVERS.values(), ids=TAKEOVERS)
def test_a_takeover_elsewhere_is_named(
    statements: list[Raw], action: str, arn: str, home: str | None
) -> None:
    """Another bucket's or access point's rules are outside as well."""
    because = f"{action} on {arn!r} hands out keys beyond any prefix{beyond(home)}"

    assert isolated(statements, BOB) == Answer(False, because)
