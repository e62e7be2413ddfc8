"""Which policies keep to one prefix of one bucket?"""

import pytest

from bucketwright.iam.public import Answer
from tests.iam.folder_policies import BOB, NAME, POINT, B, C, Raw, allow, but, deny, isolated, prefix

LIST = allow("s3:ListBucket", B, StringLike=prefix("home/bob/*"))
OBJECTS = {
    "nothing": [],
    "nothing of S3": [allow("ec2:*", "*")],
    "nothing with a resource": [{"Effect": "Allow", "Action": "sts:AssumeRole"}],
    "objects below": [allow("s3:GetObject", f"{B}/home/bob/*")],
    "one object": [allow("s3:GetObject", f"{B}/home/bob/a.txt")],
    "objects far below": [allow(["s3:Get*", "s3:Put*"], f"{B}/home/bob/a/*/b?c")],
    "everything of S3 below": [allow("s3:*", f"{B}/home/bob/*")],
    "every action below": [allow("*", f"{B}/home/bob/*")],
    "everything but one action below": [but("Action", allow("s3:DeleteObject", f"{B}/home/bob/*"))],
    "an action that no table knows, below": [allow("s3:GetObjectSecret", f"{B}/home/bob/*")],
    "by a Deny of the rest": [allow("s3:*", "*"), but("Resource", deny("s3:*", f"{B}/home/bob/*"))],
    "settings of every bucket": [allow(["s3:ListAllMyBuckets", "s3:GetBucketPolicy"], "*"), LIST],
    "an object action on a bucket": [allow("s3:GetObject", B), LIST],
    "an object action on a bucket's name and a slash": [allow("s3:GetObject", f"{B}/"), LIST],
    "an Allow that is never met": [allow("s3:GetObject", f"{B}/*", StringLike=prefix("*"))],
    "a Deny of the other bucket": [
        allow("s3:GetObject", f"{B}/home/bob/*", f"{C}/*"),
        deny("s3:*", f"{C}/*"),
    ],
    "the other bucket first": [deny("s3:*", f"{C}/*"), allow("s3:GetObject", f"{B}/home/bob/*")],
    "the same bucket in every partition": [allow("s3:GetObject", "arn:*:s3:::b/home/bob/*")],
    "an object action without a bucket": [allow("s3:GetObject", "arn:aws:s3:::", "arn:aws:s3")],
    "an access point": [allow("s3:GetObject", f"{POINT}/object/home/bob/*")],
    "everything of S3 below an access point": [allow("s3:*", f"{POINT}/object/home/bob/*")],
    "an object action on an access point": [allow("s3:GetObject", POINT, f"{POINT}/object/home/bob/*")],
    "an access point of several regions": [
        allow("s3:GetObject", "arn:aws:s3::111122223333:accesspoint/m.mrap/object/home/bob/*")
    ],
}


@pytest.mark.parametrize("statements", OBJECTS.values(), ids=OBJECTS)
def test_objects_below_the_prefix_are_inside(statements: list[Raw]) -> None:
    """However the statements say so: Allows, exceptions, Denies, partitions, access points."""
    assert isolated(statements, BOB) == Answer(
        True, "every key and every list it reaches begins with 'home/bob/'"
    )


LISTS = {
    "the list of one folder": [allow("s3:ListBucket", B, StringEquals=prefix("home/bob/"))],
    "the lists of two folders": [allow("s3:ListB*", B, StringEquals=prefix("home/bob/a", "home/bob/b"))],
    "every list below": [LIST],
    "versions": [allow("s3:ListBucketVersions", B, StringLike=prefix("home/bob/*"))],
    "any of the values": [allow("s3:ListBucket", B, **{"ForAnyValue:StringLike": prefix("home/bob/*")})],
    "a Deny of the rest": [
        allow("s3:ListBucket", B),
        deny("s3:ListBucket", B, StringNotLike=prefix("home/bob/*")),
    ],
    "a Deny of the rest, with IfExists": [
        allow("s3:ListBucket", B),
        deny("s3:ListBucket", B, StringNotLikeIfExists=prefix("home/bob/*")),
    ],
    "a Deny of the rest and of none": [
        allow("s3:ListBucket", B, StringLikeIfExists=prefix("home/bob/*")),
        deny("s3:ListBucket", B, Null={"s3:prefix": "true"}),
    ],
    "two Denies": [
        allow("s3:ListBucket", B),
        deny("s3:ListBucket", B, StringNotLike=prefix("home/*")),
        deny("s3:ListBucket", B, StringNotLike=prefix("*/bob/*")),
        deny("s3:ListBucket", B, StringLike=prefix("home/?*/bob/*")),
        deny("s3:ListBucket", B, StringLike=prefix("home//*")),
    ],
    "one statement for objects and lists": [
        allow(["s3:GetObject", "s3:ListBucket"], B, f"{B}/*", StringLike=prefix("home/bob/*"))
    ],
    "everything of S3, on condition of the prefix": [
        allow("s3:*", B, f"{B}/*", StringLike=prefix("home/bob/*"))
    ],
    "a list of an object": [allow("s3:ListBucket", f"{B}/home")],
    "a list of everywhere that is never met": [
        allow("s3:ListBucket", "*", StringEquals=prefix("a")),
        deny("s3:ListBucket", "*", StringLike=prefix("a")),
    ],
    "an access point's list": [
        allow("s3:ListBucket", POINT, StringLike=prefix("home/bob/*")),
        allow("s3:GetObject", f"{POINT}/object/home/bob/*"),
    ],
    "lists in every partition": [allow("s3:ListBucket", "arn:*:s3:::b", StringLike=prefix("home/bob/*"))],
    "lists in one of some partitions": [
        allow("s3:ListBucket", "arn:aw?:s3:::b", StringLike=prefix("home/bob/*"))
    ],
    "no uploads": [
        allow("s3:List*", B, StringLike=prefix("home/bob/*")),
        deny("s3:ListBucketMultipartUploads", B),
    ],
}


@pytest.mark.parametrize("statements", LISTS.values(), ids=LISTS)
def test_lists_below_the_prefix_are_inside(statements: list[Raw]) -> None:
    """Every prefix that may be asked for begins with the intended one, and one has to be asked for."""
    assert isolated(statements, BOB).holds is True


ELSEWHERE = {
    "a whole bucket": ([allow("s3:*", B, f"{B}/*")], ""),
    "a whole access point": ([allow("s3:*", POINT, f"{POINT}/*")], ""),
    "a star in the prefix": ([allow("s3:GetObject", f"{B}/a${{*}}/*")], "a*/"),
    "a question mark in the prefix": ([allow("s3:GetObject", f"{B}/a${{?}}/*")], "a?/"),
    "a folder of a variable": (
        [
            allow("s3:*", f"{B}/home/{NAME}/*"),
            allow("s3:ListBucket", B, StringLike=prefix(f"home/{NAME}/*")),
        ],
        f"home/{NAME}/",
    ),
    "a variable in other letters": ([allow("s3:GetObject", f"{B}/${{AWS:UserName}}/*")], f"{NAME}/"),
    "a variable below the prefix": ([allow("s3:GetObject", f"{B}/home/{NAME}/*")], "home/"),
    "a bucket of a variable": ([allow("s3:GetObject", "arn:aws:s3:::${aws:PrincipalTag/t}-b/a/*")], "a/"),
    "a bucket of a variable, twice": (
        [allow("s3:GetObject", f"{B}-${{aws:PrincipalTag/t}}/a/*", f"{B}-${{AWS:principaltag/T}}/a/b")],
        "a/",
    ),
    "a variable, by a Deny of the rest": (
        [allow("s3:GetObject", "*"), but("Resource", deny("s3:*", f"{B}/{NAME}/*"))],
        f"{NAME}/",
    ),
    "a variable's list, by a Deny of the rest": (
        [allow("s3:ListBucket", B), deny("s3:*", B, StringNotLike=prefix(f"{NAME}/*"))],
        f"{NAME}/",
    ),
    "objects and lists of a variable, by a Deny of each rest": (
        [
            allow(["s3:GetObject", "s3:ListBucket"], "*"),
            but("Resource", deny("s3:*", B, f"{B}/{NAME}/*")),
            deny("s3:ListBucket", B, StringNotLike=prefix(f"{NAME}/*")),
        ],
        f"{NAME}/",
    ),
    "keys read and written, by a Deny of each rest": (
        [
            allow(["s3:GetObject", "s3:PutObject"], "*"),
            but("Resource", deny("s3:GetObject", f"{B}/{NAME}/*")),
            but("Resource", deny("s3:PutObject", f"{B}/{NAME}/*")),
        ],
        f"{NAME}/",
    ),
    "a variable, and a Deny of the other bucket": (
        [
            allow("s3:GetObject", f"{B}/{NAME}/*", f"{C}/*"),
            deny("s3:*", f"{C}/*"),
            but("Resource", deny("s3:*", f"{B}/*", f"{C}/*")),
        ],
        f"{NAME}/",
    ),
    "a variable within a Deny that is not needed": (
        [allow("s3:GetObject", f"{B}/{NAME}/*"), but("Resource", deny("s3:*", f"{B}/*"))],
        f"{NAME}/",
    ),
}


@pytest.mark.parametrize(("statements", "below"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_other_prefixes_are_kept_to_as_well(statements: list[Raw], below: str) -> None:
    """The prefix is plain text; a variable in it is the same as in the policy."""
    assert isolated(statements, below).holds is True


def test_the_older_language_has_no_variables_in_policy_or_prefix() -> None:
    """There `${aws:username}` is a folder of that very name."""
    own = [allow("s3:GetObject", f"{B}/{NAME}/*")]

    assert isolated(own, f"{NAME}/", "2008-10-17").holds is True
    assert isolated(own, "${AWS:USERNAME}/", "2008-10-17").holds is False
    assert isolated(own, "${AWS:USERNAME}/", "2012-10-17").holds is True
