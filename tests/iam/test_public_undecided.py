"""What does S3's definition of public leave open, and which clause decides the rest?"""

import pytest

from bucketwright.iam.documents import Document, Names, Principals, Statement
from bucketwright.iam.public import Answer, is_public
from tests.iam.bucket_policies import DENY, ROLE, Raw, allow, everyone_else, verdict, when

UNDECIDED = {
    "IfExists": [when("StringEqualsIfExists", "aws:SourceVpc", "vpc-1")],
    "IfExists with an address": [when("IpAddressIfExists", "aws:SourceIp", "203.0.113.0/24")],
    "IfExists and any value": [when("ForAnyValue:StringEqualsIfExists", "aws:PrincipalOrgPaths", "o-1/")],
    "all values": [when("ForAllValues:StringEquals", "aws:PrincipalOrgPaths", "o-1/r-1/")],
    "an undecided statement beside a fixed one": [
        allow({"AWS": ROLE}),
        when("StringEqualsIfExists", "aws:SourceVpc", "vpc-1"),
    ],
    "an undecided condition beside a loose one": [
        allow("*", Bool={"aws:SecureTransport": True}, StringEqualsIfExists={"aws:SourceVpc": "vpc-1"})
    ],
    "no value": [when("StringEquals", "aws:SourceVpc")],
    "an operator nobody knows": [when("StringSounds", "aws:SourceVpc", "vpc-1")],
    "a network that is none": [when("IpAddress", "aws:SourceIp", "vpc-1")],
    "a network with too many bits": [when("IpAddress", "aws:SourceIp", "203.0.113.0/33")],
    "a network by its mask": [when("IpAddress", "aws:SourceIp", "10.0.0.0/255.0.0.0")],
    "a network with a zone": [when("IpAddress", "aws:SourceIp", "fe80::1%eth0/64")],
    "an empty network": [when("IpAddress", "aws:SourceIp", "")],
    "a good network beside one that is none": [when("IpAddress", "aws:SourceIp", "203.0.113.0/24", "x")],
    "a claim of the provider": [
        allow({"Federated": "accounts.google.com"}, StringEquals={"accounts.google.com:aud": "app"})
    ],
    "a claim of the provider, in other letters": [
        allow({"Federated": "Accounts.Google.com"}, StringEquals={"accounts.google.com:sub": "7"})
    ],
    "a provider by its newer key": [when("StringEquals", "aws:FederatedProvider", "accounts.google.com")],
    "an endpoint's account": [when("StringEquals", "aws:VpceAccount", "111122223333")],
    "an endpoint's organisation": [when("StringEquals", "aws:VpceOrgID", "o-1")],
    "an endpoint's path": [when("ForAnyValue:StringEquals", "aws:VpceOrgPaths", "o-1/")],
    "a network's ARN": [when("ArnEquals", "aws:SourceVpcArn", "arn:aws:ec2:us-west-2:1:vpc/vpc-1")],
    "an address within a network": [when("StringEquals", "aws:VpcSourceIp", "10.0.0.1")],
    "addresses within a network": [when("IpAddress", "aws:VpcSourceIp", "10.1.0.0/16")],
    "the widest addresses within a network": [when("IpAddress", "aws:VpcSourceIp", "10.0.0.0/8")],
    "addresses within a network, if any": [when("IpAddressIfExists", "aws:VpcSourceIp", "10.1.0.0/16")],
    "a session of a role": [when("StringEquals", "aws:userid", "AROAEXAMPLE:me")],
    "a session of a role by a pattern without wildcards": [
        when("StringLike", "aws:userid", "AROAEXAMPLE:me")
    ],
    "a session without a name": [when("StringEquals", "aws:userid", "AROAEXAMPLE:")],
    "a session of a role beside a user": [
        when("StringEquals", "aws:userid", "AIDAEXAMPLE", "AROAEXAMPLE:me")
    ],
    "access points of an account in any region": [
        when("StringLike", "s3:DataAccessPointArn", "arn:aws:s3:*:111122223333:accesspoint/a")
    ],
    "a name that is no principal": [allow({"AWS": "reader"})],
    "an account with a digit too few": [allow({"AWS": "11112222333"})],
    "an account with a digit too many": [allow({"AWS": "1111222233334"})],
    "a unique id that is too short": [allow({"AWS": "AROA12345678901"})],
    "a bucket as principal": [allow({"AWS": "arn:aws:s3:us-west-2:111122223333:x"})],
    "an empty principal": [allow({"AWS": ""})],
    "a service of one word": [allow({"Service": "cloudtrail"})],
    "an empty service": [allow({"Service": ""})],
    "an empty provider": [allow({"Federated": ""})],
    "an empty canonical user": [allow({"CanonicalUser": ""})],
    "a fixed principal beside one that is none": [allow({"AWS": [ROLE, "reader"]})],
    "no principal": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}],
    "no principal beside a fixed one": [
        allow({"AWS": ROLE}),
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
    ],
}


@pytest.mark.parametrize("statements", UNDECIDED.values(), ids=UNDECIDED)
def test_what_the_definition_leaves_open_is_undecided(statements: list[Raw]) -> None:
    """Neither a pass nor an alarm where S3 does not say how it takes a clause."""
    assert verdict(*statements).holds is None


PROVIDER = "Federated principal 'accounts.google.com' lets in every user of that provider"
ANY_REGION = "arn:aws:s3:*:111122223333:accesspoint/a"
ABSENT = "StringEqualsIfExists 'aws:sourcevpc' also holds where the key is absent, which S3 does not define"
PRINCIPALS = {
    "everyone": (allow(), "everyone is let in, and there is no condition"),
    "everyone else": (everyone_else(), "NotPrincipal lets in everyone else, and there is no condition"),
    "a wildcard": (
        allow({"AWS": "a*"}),
        "AWS principal 'a*' is not a fixed one, and there is no condition",
    ),
    "a provider": (allow({"Federated": "accounts.google.com"}), f"{PROVIDER}, and there is no condition"),
    "a role": (allow({"AWS": ROLE}), f"AWS principal '{ROLE}' is fixed"),
    "nobody": (allow({"AWS": "me"}), "AWS principal 'me' names nobody that S3 knows"),
    "a tie": (
        when("ForAnyValue:StringEquals", "aws:PrincipalOrgPaths", "o-1/"),
        "everyone is let in, tied by ForAnyValue:StringEquals 'aws:principalorgpaths'",
    ),
}


@pytest.mark.parametrize(("statement", "because"), PRINCIPALS.values(), ids=PRINCIPALS)
def test_the_reason_names_the_principal(statement: Raw, because: str) -> None:
    """People learn which statement it is, whom it lets in and what ties them."""
    assert verdict(statement).because == f"statement 1: {because}"


CONDITIONS = {
    "two that do not tie": (
        allow("*", Bool={"aws:SecureTransport": True}, StringLike={"aws:SourceVpc": "vpc-*"}),
        (
            "Bool 'aws:securetransport' does not tie the caller; "
            "StringLike 'aws:sourcevpc' 'vpc-*' is not a fixed value"
        ),
    ),
    "a negation": (
        when("StringNotEquals", "aws:SourceVpc", "vpc-1"),
        "StringNotEquals 'aws:sourcevpc' does not tie the caller to a value",
    ),
    "a wide network": (
        when("IpAddress", "aws:SourceIp", "10.0.0.0/7"),
        "IpAddress 'aws:sourceip' '10.0.0.0/7' is wider than /8",
    ),
    "a wide network of the newer kind": (
        when("IpAddress", "aws:SourceIp", "2001::/16"),
        "IpAddress 'aws:sourceip' '2001::/16' is wider than /32",
    ),
    "no network": (
        when("IpAddress", "aws:SourceIp", "x"),
        "IpAddress 'aws:sourceip' 'x' is no address range",
    ),
    "no value": (when("StringEquals", "aws:SourceVpc"), "StringEquals 'aws:sourcevpc' has no value"),
    "an unknown operator": (
        when("StringSounds\x1b", "aws:SourceVpc", "x"),
        "'stringsounds\\x1b' is an operator IAM does not know",
    ),
    "addresses within a network": (
        when("IpAddress", "aws:VpcSourceIp", "10.1.0.0/16"),
        "IpAddress 'aws:vpcsourceip' is not in S3's published definition",
    ),
    "a session of a role": (
        when("StringEquals", "aws:userid", "AROAEXAMPLE:me"),
        (
            "StringEquals 'aws:userid' 'AROAEXAMPLE:me' is a session of a role, "
            "which S3 does not define as fixed"
        ),
    ),
    "an unsettled key": (
        when("StringEquals", "aws:VpceOrgID", "o-1"),
        "StringEquals 'aws:vpceorgid' is not in S3's published definition",
    ),
    "IfExists": (when("StringEqualsIfExists", "aws:SourceVpc", "x"), ABSENT),
    "any region": (
        when("ArnLike", "s3:DataAccessPointArn", ANY_REGION),
        (
            f"ArnLike 's3:dataaccesspointarn' '{ANY_REGION}' fixes the account but not the region, "
            "which S3 does not define"
        ),
    ),
    "the undecided one of two": (
        allow("*", Bool={"aws:SecureTransport": True}, StringEqualsIfExists={"aws:SourceVpc": "x"}),
        ABSENT,
    ),
}


@pytest.mark.parametrize(("statement", "because"), CONDITIONS.values(), ids=CONDITIONS)
def test_the_reason_names_the_condition(statement: Raw, because: str) -> None:
    """People learn which operator, key and value leaves the statement open."""
    assert verdict(statement).because == f"statement 1: everyone is let in, and {because}"


def test_the_reason_names_the_first_of_the_worst_statements() -> None:
    """Of two public statements the first is named, by its Sid where it has one."""
    open_one = {**allow(), "Sid": "Open"}

    assert verdict(allow({"AWS": ROLE}), open_one, allow({"AWS": "*a"})).because == (
        "statement 2 ('Open'): everyone is let in, and there is no condition"
    )


def test_a_policy_that_allows_nothing_says_so() -> None:
    """A Deny alone is no reason for anything."""
    assert verdict(DENY).because == "no statement allows anything"


def test_a_statement_without_a_principal_belongs_to_no_bucket() -> None:
    """An identity policy was given, perhaps."""
    statement: Raw = {"Effect": "Allow", "Action": "*", "Resource": "*"}

    assert verdict(statement).because == "statement 1 has no Principal, so this is no bucket policy"


def test_a_statement_made_without_a_document_may_name_nobody() -> None:
    """Who is meant by an empty list of principals cannot be said."""
    nobody = Statement("statement 1", True, Principals(()), Names(("*",)), None, ())

    assert is_public(Document("2012-10-17", (nobody,))) == Answer(None, "statement 1: nobody is named")
