"""What do people read where a rule on exposure is broken: all that is wrong, and what is right?"""

from typing import Final

import pytest

from bucketwright.estate import AccessPointPosture, BucketPosture
from bucketwright.facets.access_point.network import INTERNET
from bucketwright.facets.bucket.cors import CorsRule
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.bucket.website import Website
from bucketwright.facets.grants import ALL_USERS, AUTHENTICATED_USERS, Grant
from bucketwright.posture import Estate, Posture
from bucketwright.rules.example_access import CLOSED, OPEN, ROLE, account, allow, policy, when
from bucketwright.rules.exposure.access_point_policy_public import access_point_policy_public
from bucketwright.rules.exposure.access_point_public_access_block import access_point_public_access_block
from bucketwright.rules.exposure.access_point_vpc_only import access_point_vpc_only
from bucketwright.rules.exposure.acl_authenticated_users import acl_authenticated_users
from bucketwright.rules.exposure.acl_public_read import acl_public_read
from bucketwright.rules.exposure.acl_public_write import acl_public_write
from bucketwright.rules.exposure.block_by_account_only import block_by_account_only
from bucketwright.rules.exposure.bucket_public_access_block import bucket_public_access_block
from bucketwright.rules.exposure.bucket_public_read import bucket_public_read
from bucketwright.rules.exposure.bucket_public_write import bucket_public_write
from bucketwright.rules.exposure.cors_open import cors_open
from bucketwright.rules.exposure.latent_public_policy import latent_public_policy
from bucketwright.rules.exposure.policy_allow_notaction import policy_allow_notaction
from bucketwright.rules.exposure.policy_allow_notprincipal import policy_allow_notprincipal
from bucketwright.rules.exposure.policy_broad_source_ip import policy_broad_source_ip
from bucketwright.rules.exposure.policy_federated_public import policy_federated_public
from bucketwright.rules.exposure.policy_wildcard_action import policy_wildcard_action
from bucketwright.rules.exposure.policy_wildcard_condition import policy_wildcard_condition
from bucketwright.rules.exposure.policy_wildcard_principal import policy_wildcard_principal
from bucketwright.rules.exposure.website_hosting import website_hosting
from bucketwright.rules.rule import Rule
from bucketwright.verdicts import Fails, Verdict, not_applicable

ALL_ON: Final = "BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets on"
GRANTS: Final = frozenset(
    Grant(group, permission)
    for group in (ALL_USERS, AUTHENTICATED_USERS)
    for permission in ("FULL_CONTROL", "READ", "READ_ACP", "WRITE", "WRITE_ACP")
)
OPEN_RULES: Final = (
    CorsRule(("*", "https://app.example.com"), ("DELETE", "GET", "POST", "PUT"), ("*",)),
    CorsRule(("https://app.example.com",), ("PUT",), ("*",)),
    CorsRule(("http://*", "https://*"), ("HEAD", "PUT"), ("x-*",)),
)
TWO = policy(allow(Sid="Open"), allow({"AWS": ROLE}), allow({"AWS": "*"}))
NAMED: Final = "principals that are named, or a condition with fixed values"
EVERYONE: Final = "everyone is let in, and there is no condition"
WORDS: Final[dict[str, tuple[Rule[BucketPosture], dict[str, object], str, list[str]]]] = {
    "block": (
        bucket_public_access_block,
        {"public_access_block": PublicAccessBlock(block_acls=False, restrict_buckets=False)},
        ALL_ON,
        [
            "BlockPublicAcls is off, in the bucket and in the account",
            "RestrictPublicBuckets is off, in the bucket and in the account",
        ],
    ),
    "reading by ACL": (
        acl_public_read,
        {"acl": GRANTS},
        "no grant of reading to everyone",
        [f"the ACL gives everyone {one}" for one in ("FULL_CONTROL", "READ", "READ_ACP")],
    ),
    "writing by ACL": (
        acl_public_write,
        {"acl": GRANTS},
        "no grant of writing to everyone",
        [f"the ACL gives everyone {one}" for one in ("FULL_CONTROL", "WRITE", "WRITE_ACP")],
    ),
    "grants to other customers of AWS": (
        acl_authenticated_users,
        {"acl": GRANTS},
        "no grant to AuthenticatedUsers",
        [
            f"the ACL gives everyone who has any AWS account {one}"
            for one in ("FULL_CONTROL", "READ", "READ_ACP", "WRITE", "WRITE_ACP")
        ],
    ),
    "everyone": (
        policy_wildcard_principal,
        {"policy": TWO},
        NAMED,
        [f"statement 1 ('Open'): {EVERYONE}", f"statement 3: {EVERYONE}"],
    ),
    "everyone, latent": (
        latent_public_policy,
        {"policy": TWO, "public_access_block": CLOSED},
        "no public statement",
        [
            f"statement 1 ('Open'): {EVERYONE}; only RestrictPublicBuckets keeps the public out",
            f"statement 3: {EVERYONE}; only RestrictPublicBuckets keeps the public out",
        ],
    ),
    "everyone but": (
        policy_allow_notprincipal,
        {"policy": policy(allow(None, NotPrincipal={"AWS": [ROLE, "111122223333"]}))},
        "Principal in every Allow",
        [f"statement 1 lets in everybody but '{ROLE}', '111122223333'"],
    ),
    "everything but": (
        policy_allow_notaction,
        {"policy": policy(allow({"AWS": ROLE}, None, NotAction=["S3:PutObject", "s3:Get*"]))},
        "Action in every Allow",
        ["statement 1 allows all but 's3:PutObject', 's3:get*'"],
    ),
    "everything": (
        policy_wildcard_action,
        {"policy": policy(allow({"AWS": ROLE}, ["s3:GetObject", "S3:*", "*"]))},
        "actions by name, or by patterns narrower than s3:*",
        ["statement 1 allows 's3:*', '*'"],
    ),
    "wide ranges": (
        policy_broad_source_ip,
        {
            "policy": policy(
                when("IpAddress", "aws:SourceIp", "0.0.0.0/1", "10.0.0.0/8", "128.0.0.0/1", "::/0")
            )
        },
        "ranges of /8 or narrower, of /32 or narrower for IPv6",
        ["statement 1 lets in all of '0.0.0.0/1', '128.0.0.0/1', '::/0'"],
    ),
    "wildcards": (
        policy_wildcard_condition,
        {
            "policy": policy(
                when("StringLikeIfExists", "aws:SourceVpc", "vpc-1", *(f"vpc-{n}*" for n in range(5)))
            )
        },
        "conditions with fixed values",
        [
            (
                "statement 1 is tied by StringLikeIfExists of 'aws:sourcevpc' to 'vpc-0*', 'vpc-1*', 'vpc-2*'"
                " and 2 more only"
            )
        ],
    ),
    "providers": (
        policy_federated_public,
        {"policy": policy(allow({"Federated": ["accounts.google.com", "graph.facebook.com"], "AWS": ROLE}))},
        "a condition with a fixed audience or subject",
        ["statement 1 lets in every user of 'accounts.google.com', 'graph.facebook.com'"],
    ),
    "a site": (
        website_hosting,
        {"website": Website(index="index.html")},
        "no web site",
        ["S3 serves a web site with the index page 'index.html'"],
    ),
    "a site elsewhere": (
        website_hosting,
        {"website": Website(redirects_to="www.example.com")},
        "no web site",
        ["S3 sends requests on to 'www.example.com'"],
    ),
    "pages": (
        cors_open,
        {"cors": OPEN_RULES},
        "origins of your own",
        [
            "rule 1 lets pages of '*' send DELETE, POST, PUT",
            "rule 1 lets pages of '*' send any header",
            "rule 3 lets pages of 'http://*', 'https://*' send PUT",
        ],
    ),
}


def _said(found: Verdict) -> tuple[str, list[str]]:
    assert isinstance(found, Fails), found
    return found.expected, [fault.text for fault in found.faults]


@pytest.mark.parametrize(("rule", "facts", "expected", "faults"), WORDS.values(), ids=WORDS)
def test_a_bucket_is_told_all_that_is_wrong(
    rule: Rule[BucketPosture], facts: dict[str, object], expected: str, faults: list[str]
) -> None:
    """Each fault names what was seen, and the verdict what would be right."""
    bucket = BucketPosture("bucket:example", "example", facts)
    several: tuple[Posture, ...] = (bucket, account(OPEN))
    estate = Estate("live", {one.address: one for one in several})

    assert _said(rule.verdict(bucket, estate)) == (expected, faults)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (bucket_public_read, "no reading without being named"),
        (bucket_public_write, "no writing without being named"),
    ],
    ids=["read", "write"],
)
def test_an_open_bucket_is_told_what_is_right(rule: Rule[BucketPosture], expected: str) -> None:
    """Nothing is expected but names."""
    bucket = BucketPosture(
        "bucket:example", "example", {"acl": GRANTS, "policy": None, "public_access_block": OPEN}
    )

    assert _said(rule.verdict(bucket, Estate("live", {"account:own": account(OPEN)})))[0] == expected


def test_what_only_the_account_closes_is_told_by_switch() -> None:
    """The others are open for both, and told by another rule."""
    bucket = BucketPosture("bucket:example", "example", {"public_access_block": OPEN})
    closed = account(PublicAccessBlock(ignore_acls=False, block_policy=False))

    assert _said(block_by_account_only.verdict(bucket, Estate("live", {closed.address: closed}))) == (
        ALL_ON,
        ["BlockPublicAcls is on for the account only", "RestrictPublicBuckets is on for the account only"],
    )


POINTS: Final[dict[str, tuple[Rule[AccessPointPosture], dict[str, object], str, list[str]]]] = {
    "block": (
        access_point_public_access_block,
        {"public_access_block": PublicAccessBlock(ignore_acls=False, block_policy=False)},
        ALL_ON,
        ["IgnorePublicAcls is off", "BlockPublicPolicy is off"],
    ),
    "network": (access_point_vpc_only, {"network": INTERNET}, "one VPC", ["it answers the internet"]),
    "policy": (
        access_point_policy_public,
        {"network": INTERNET, "policy": TWO},
        NAMED,
        [f"statement 1 ('Open'): {EVERYONE}", f"statement 3: {EVERYONE}"],
    ),
}


@pytest.mark.parametrize(("rule", "facts", "expected", "faults"), POINTS.values(), ids=POINTS)
def test_an_access_point_is_told_all_that_is_wrong(
    rule: Rule[AccessPointPosture], facts: dict[str, object], expected: str, faults: list[str]
) -> None:
    """Each fault names what was seen at this door, and the verdict what would be right."""
    point = AccessPointPosture("access_point:example", "example", facts)

    assert _said(rule.verdict(point, Estate("live", {point.address: point}))) == (expected, faults)


def test_a_policy_that_is_public_outright_is_not_called_latent() -> None:
    """Why the rule has nothing to say is said."""
    bucket = BucketPosture("bucket:example", "example", {"policy": TWO, "public_access_block": OPEN})
    found = latent_public_policy.verdict(bucket, Estate("live", {"account:own": account(OPEN)}))

    assert found == not_applicable("nothing takes away the effect of the policy, which is public outright")
