"""Which leak is named where a policy reaches beyond one prefix of one bucket?"""

import pytest

from bucketwright.iam.public import Answer
from tests.iam.folder_policies import BOB, NAME, POINT, B, Raw, allow, but, deny, isolated, prefix

OWN = allow("s3:GetObject", f"{B}/home/bob/*")
KEYS = {
    "a prefix without its slash": (
        [allow("s3:GetObject", f"{B}/home/bob*")],
        "s3:GetObject",
        f"{B}/home/bob",
    ),
    "the folder above": ([allow("s3:PutObject", f"{B}/home/*")], "s3:PutObject", f"{B}/home/"),
    "another folder": ([OWN, allow("s3:GetObject", f"{B}/home/eve/*")], "s3:GetObject", f"{B}/home/eve/"),
    "capitals": ([allow("s3:GetObject", f"{B}/Home/bob/*")], "s3:GetObject", f"{B}/Home/bob/"),
    "only one version of the action": (
        [OWN, allow("s3:GetObjectVersion", f"{B}/*")],
        "s3:GetObjectVersion",
        f"{B}/f",
    ),
    "an action that no table knows": (
        [OWN, allow("s3:GetObjectSecret", f"{B}/*")],
        "s3:getobjectsecret",
        f"{B}/f",
    ),
    "all actions but some": (
        [but("Action", allow("s3:AbortMultipartUpload", f"{B}/*"))],
        "s3:BypassGovernanceRetention",
        f"{B}/f",
    ),
    "all resources but some": (
        [but("Resource", allow("s3:GetObject", f"{B}/home/bob/*"))],
        "s3:GetObject",
        f"{B}/f",
    ),
    "a gap between Denies": (
        [allow("s3:GetObject", f"{B}/*"), deny("s3:*", f"{B}/?", f"{B}/???*")],
        "s3:GetObject",
        f"{B}/ff",
    ),
    "a Deny of another action": (
        [allow("s3:GetObject", f"{B}/*"), but("Resource", deny("s3:PutObject", f"{B}/home/bob/*"))],
        "s3:GetObject",
        f"{B}/f",
    ),
    "a Deny that nobody can decide": (
        [allow("s3:GetObject", f"{B}/*"), deny("s3:*", f"{B}/*", Bool={"aws:SecureTransport": False})],
        "s3:GetObject",
        f"{B}/f",
    ),
    "an Allow that nobody can decide": (
        [allow("s3:GetObject", f"{B}/*", StringEquals={"aws:PrincipalTag/team": "red"})],
        "s3:GetObject",
        f"{B}/f",
    ),
    "an Allow without the prefix": (
        [allow("s3:GetObject", f"{B}/*", StringLikeIfExists=prefix("home/bob/*"))],
        "s3:GetObject",
        f"{B}/f",
    ),
    "two variables": (
        [allow("s3:GetObject", f"{B}/${{aws:UserName}}/${{aws:userid}}")],
        "s3:GetObject",
        f"{B}/${{aws:username}}/${{aws:userid}}",
    ),
    "a variable twice, and a star": (
        [allow("s3:GetObject", f"{B}/{NAME}/${{*}}{NAME}")],
        "s3:GetObject",
        f"{B}/{NAME}/*{NAME}",
    ),
    "a variable that one Deny spares": (
        [allow("s3:GetObject", f"{B}/{NAME}"), deny("s3:*", f"{B}/?", f"{B}/??")],
        "s3:GetObject",
        f"{B}/{NAME}",
    ),
    "another variable": ([allow("s3:GetObject", f"{B}/{NAME}/*")], "s3:GetObject", f"{B}/${{aws:username}}/"),
    "beyond the folder of an access point": (
        [allow("s3:GetObject", f"{POINT}/object/*")],
        "s3:GetObject",
        f"{POINT}/object/f",
    ),
    "control characters": ([allow("s3:GetObject", f"{B}/\x1b\n")], "s3:GetObject", f"{B}/\x1b\n"),
}


@pytest.mark.parametrize(("statements", "action", "arn"), KEYS.values(), ids=KEYS)
def test_a_key_outside_the_prefix_is_named(statements: list[Raw], action: str, arn: str) -> None:
    """The shortest one that the policy reaches, and the action that reaches it."""
    assert isolated(statements, BOB) == Answer(False, f"{action} reaches {arn!r}")


LISTS = {
    "the whole list": ([OWN, allow("s3:ListBucket", B)], "s3:ListBucket", None, B),
    "the whole list in every partition": (
        [allow("s3:ListBucket", "arn:*:s3:::b")],
        "s3:ListBucket",
        None,
        B,
    ),
    "the whole list in some partitions": (
        [allow("s3:ListBucket", "arn:aw?:s3:::b")],
        "s3:ListBucket",
        None,
        B,
    ),
    "the whole list in another partition": (
        [allow("s3:ListBucket", "arn:aws-cn:s3:::b")],
        "s3:ListBucket",
        None,
        "arn:aws-cn:s3:::b",
    ),
    "the whole list of versions": (
        [OWN, allow("s3:ListBucketVersions", B)],
        "s3:ListBucketVersions",
        None,
        B,
    ),
    "uploads": ([OWN, allow("s3:ListBucketMultipartUploads", B)], "s3:ListBucketMultipartUploads", None, B),
    "uploads, whatever the condition": (
        [OWN, allow("s3:ListBucketMultipartUploads", B, StringNotLike=prefix("x"))],
        "s3:ListBucketMultipartUploads",
        None,
        B,
    ),
    "versions beside keys": (
        [OWN, allow("s3:List*", B, StringLike=prefix("")), deny("s3:ListBucket", B)],
        "s3:ListBucketVersions",
        None,
        B,
    ),
    "the top": (
        [OWN, allow("s3:ListBucket", B, StringEquals=prefix("", "home/bob/"))],
        "s3:ListBucket",
        None,
        B,
    ),
    "the folder above": (
        [OWN, allow("s3:ListBucket", B, StringEquals=prefix("home/"))],
        "s3:ListBucket",
        "home/",
        B,
    ),
    "the folder without its slash": (
        [OWN, allow("s3:ListBucket", B, StringLike=prefix("home/bob*"))],
        "s3:ListBucket",
        "home/bob",
        B,
    ),
    "the folder in any case": (
        [OWN, allow("s3:ListBucket", B, StringEqualsIgnoreCase=prefix("home/bob/"))],
        "s3:ListBucket",
        "HOME/BOB/",
        B,
    ),
    "no prefix, by IfExists": (
        [OWN, allow("s3:ListBucket", B, StringLikeIfExists=prefix("home/bob/*"))],
        "s3:ListBucket",
        None,
        B,
    ),
    "no prefix, by all values": (
        [OWN, allow("s3:ListBucket", B, **{"ForAllValues:StringLike": prefix("home/bob/*")})],
        "s3:ListBucket",
        None,
        B,
    ),
    "no prefix, by a negation": (
        [OWN, allow("s3:ListBucket", B, StringNotLike=prefix("home/eve/*"))],
        "s3:ListBucket",
        None,
        B,
    ),
    "any prefix but none": (
        [OWN, allow("s3:ListBucket", B, Null={"s3:prefix": False})],
        "s3:ListBucket",
        None,
        B,
    ),
    "a Deny of no prefix only": (
        [OWN, allow("s3:ListBucket", B), deny("s3:ListBucket", B, Null={"s3:prefix": True})],
        "s3:ListBucket",
        None,
        B,
    ),
    "a Deny that none of the values meets": (
        [
            OWN,
            allow("s3:ListBucket", B),
            deny("s3:ListBucket", B, **{"ForAnyValue:StringNotLike": prefix("home/bob/*")}),
        ],
        "s3:ListBucket",
        None,
        B,
    ),
    "another condition": (
        [OWN, allow("s3:ListBucket", B, NumericLessThan={"s3:max-keys": 10})],
        "s3:ListBucket",
        None,
        B,
    ),
    "a folder of another variable": (
        [OWN, allow("s3:ListBucket", B, StringLike=prefix(f"home/{NAME}/*"))],
        "s3:ListBucket",
        "home/${aws:username}/",
        B,
    ),
    "an access point's whole list": (
        [allow("s3:ListBucket", POINT), allow("s3:GetObject", f"{POINT}/object/home/bob/*")],
        "s3:ListBucket",
        None,
        POINT,
    ),
}


@pytest.mark.parametrize(("statements", "action", "asked", "arn"), LISTS.values(), ids=LISTS)
def test_a_list_outside_the_prefix_is_named(
    statements: list[Raw], action: str, asked: str | None, arn: str
) -> None:
    """Which keys are listed, and of which bucket or access point."""
    keys = "every key" if asked is None else f"the keys that begin with {asked!r}"

    assert isolated(statements, BOB) == Answer(False, f"{action} lists {keys} of {arn!r}")


TAKEOVERS = {
    "its policy": ([OWN, allow("s3:PutBucketPolicy", B)], "s3:PutBucketPolicy", B),
    "its lifecycle": ([OWN, allow("s3:PutLifecycle*", B)], "s3:PutLifecycleConfiguration", B),
    "its inventory": ([OWN, allow("s3:PutInventoryConfiguration", B)], "s3:PutInventoryConfiguration", B),
    "where its keys are logged": ([OWN, allow("s3:PutBucketLogging", B)], "s3:PutBucketLogging", B),
    "who is told of its keys": ([OWN, allow("s3:PutBucketNot*", B)], "s3:PutBucketNotification", B),
    "a table of its keys": (
        [OWN, allow("s3:CreateBucketMetadataTableConfiguration", B)],
        "s3:CreateBucketMetadataTableConfiguration",
        B,
    ),
    "a table of its keys, by its newer name": (
        [OWN, allow("s3:CreateBucketMetadataConfiguration", B)],
        "s3:CreateBucketMetadataConfiguration",
        B,
    ),
    "what its table lists": (
        [OWN, allow("s3:UpdateBucketMetadataInventory*", B)],
        "s3:UpdateBucketMetadataInventoryTableConfiguration",
        B,
    ),
    "its replication": (
        [OWN, allow("s3:PutReplicationConfiguration", B)],
        "s3:PutReplicationConfiguration",
        B,
    ),
}


@pytest.mark.parametrize(("statements", "action", "arn"), TAKEOVERS.values(), ids=TAKEOVERS)
def test_a_takeover_is_named(statements: list[Raw], action: str, arn: str) -> None:
    """Whoever may change who reaches a bucket's keys, or how long they live, is not kept to a prefix."""
    assert isolated(statements, BOB) == Answer(False, f"{action} on {arn!r} hands out keys beyond any prefix")
