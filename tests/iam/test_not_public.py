"""Is a bucket policy not public wherever every Allow is tied to fixed values, clause by clause?"""

import pytest

from tests.iam.bucket_policies import DENY, POINT, ROLE, Raw, allow, everyone_else, verdict, when

FIXED = {
    "no statement": [],
    "only a Deny": [DENY],
    "an account": [allow({"AWS": "111122223333"})],
    "an account's root": [allow({"AWS": "arn:aws:iam::111122223333:root"})],
    "a role": [allow({"AWS": ROLE})],
    "a role's session": [allow({"AWS": "arn:aws:sts::111122223333:assumed-role/reader/me"})],
    "a user": [allow({"AWS": "arn:aws:iam::111122223333:user/division/bob"})],
    "a role in China": [allow({"AWS": "arn:aws-cn:iam::111122223333:role/reader"})],
    "a CloudFront identity": [
        allow({"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1ABCDEFGHIJKL"})
    ],
    "a unique id": [allow({"AWS": "AROAEXAMPLEEXAMPLE123"})],
    "a canonical user": [
        allow({"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"})
    ],
    "a service": [allow({"Service": "cloudtrail.amazonaws.com"})],
    "two services": [allow({"Service": ["logging.s3.amazonaws.com", "delivery.logs.amazonaws.com"]})],
    "a SAML provider": [allow({"Federated": "arn:aws:iam::111122223333:saml-provider/work"})],
    "an OIDC provider": [allow({"Federated": "arn:aws:iam::111122223333:oidc-provider/accounts.google.com"})],
    "several kinds": [allow({"AWS": ["111122223333", ROLE], "Service": "ec2.amazonaws.com"})],
    "a role, whatever the condition": [allow({"AWS": ROLE}, StringLike={"aws:SourceVpc": "*"})],
    "two fixed statements": [allow({"AWS": ROLE}), allow({"Service": "cloudtrail.amazonaws.com"})],
    "an address": [when("IpAddress", "aws:SourceIp", "203.0.113.9")],
    "a network": [when("IpAddress", "aws:SourceIp", "203.0.113.0/24")],
    "a network of the widest kind": [when("IpAddress", "aws:SourceIp", "11.0.0.0/8")],
    "a private network of the widest kind": [when("IpAddress", "aws:SourceIp", "10.0.0.0/8")],
    "a network by an address within": [when("IpAddress", "aws:SourceIp", "203.0.113.9/24")],
    "a network of the newer, widest kind": [when("IpAddress", "aws:SourceIp", "2001:DB8::/32")],
    "networks of both kinds": [when("IpAddress", "aws:SourceIp", "203.0.113.0/24", "2001:db8:1::/48")],
    "any of these networks": [when("ForAnyValue:IpAddress", "aws:SourceIp", "203.0.113.0/24")],
    "a network by name": [when("StringEquals", "aws:SourceVpc", "vpc-1")],
    "a network by name, in any case": [when("StringEqualsIgnoreCase", "aws:SourceVpc", "VPC-1")],
    "a network by a pattern without wildcards": [when("StringLike", "aws:SourceVpc", "vpc-1")],
    "two networks": [when("StringEquals", "aws:SourceVpc", "vpc-1", "vpc-2")],
    "an endpoint": [when("StringEquals", "aws:SourceVpce", "vpce-1")],
    "an organisation": [when("StringEquals", "aws:PrincipalOrgID", "o-1")],
    "an organisation, its key in small letters": [when("stringequals", "aws:principalorgid", "o-1")],
    "an organisation, its key in capitals": [when("STRINGEQUALS", "AWS:PRINCIPALORGID", "o-1")],
    "an organisation's path": [when("ForAnyValue:StringEquals", "aws:PrincipalOrgPaths", "o-1/r-1/ou-1/")],
    "a source's organisation": [when("StringEquals", "aws:SourceOrgID", "o-1")],
    "a source's path": [when("ForAnyValue:StringEquals", "aws:SourceOrgPaths", "o-1/r-1/ou-1/")],
    "a role by its ARN": [when("ArnEquals", "aws:PrincipalArn", ROLE)],
    "a role by a pattern without wildcards": [when("ArnLike", "aws:PrincipalArn", ROLE)],
    "an account by a key": [when("StringEquals", "aws:PrincipalAccount", "111122223333")],
    "an account by a number": [when("StringEquals", "aws:PrincipalAccount", 111122223333)],
    "a service by a key": [when("StringEquals", "aws:PrincipalServiceName", "cloudtrail.amazonaws.com")],
    "a service by its names": [
        when("ForAnyValue:StringEquals", "aws:PrincipalServiceNamesList", "cloudtrail.amazonaws.com")
    ],
    "a source": [when("ArnEquals", "aws:SourceArn", "arn:aws:s3:::source")],
    "a source's account": [when("StringEquals", "aws:SourceAccount", "111122223333")],
    "a source's owner": [when("StringEquals", "aws:SourceOwner", "111122223333")],
    "a user's id": [when("StringEquals", "aws:userid", "AIDAEXAMPLE")],
    "a role's id without a session": [when("StringEquals", "aws:userid", "AROAEXAMPLE")],
    "a federated user's id": [when("StringEquals", "aws:userid", "111122223333:me")],
    "a key": [
        when(
            "StringEquals", "s3:x-amz-server-side-encryption-aws-kms-key-id", "arn:aws:kms:us-west-2:1:key/1"
        )
    ],
    "an access point": [when("StringEquals", "s3:DataAccessPointArn", f"{POINT}/a")],
    "every access point of an account": [when("StringLike", "s3:DataAccessPointArn", f"{POINT}/*")],
    "every access point, of ARNs": [when("ArnLike", "s3:DataAccessPointArn", f"{POINT}/team-?")],
    "access points of two accounts": [
        when("StringLike", "s3:DataAccessPointArn", f"{POINT}/*", "arn:aws:s3::111122223333:accesspoint/*")
    ],
    "an access point's account": [when("StringEquals", "s3:DataAccessPointAccount", "111122223333")],
    "one of two conditions": [
        allow("*", StringEquals={"aws:SourceVpc": "vpc-1"}, StringLike={"aws:PrincipalOrgID": "*"})
    ],
    "one of two conditions, the later": [
        allow("*", StringLike={"aws:PrincipalOrgID": "*"}, StringEquals={"aws:SourceVpc": "vpc-1"})
    ],
    "one of two keys": [allow("*", StringEquals={"aws:Referer": "x", "aws:SourceVpc": "vpc-1"})],
    "a fixed condition beside an undecided one": [
        allow("*", StringEqualsIfExists={"aws:SourceVpc": "vpc-1"}, StringEquals={"aws:SourceAccount": "1"})
    ],
    "everyone else in an organisation": [everyone_else(StringEquals={"aws:PrincipalOrgID": "o-1"})],
    "a provider's users from a network": [
        allow({"Federated": "accounts.google.com"}, IpAddress={"aws:SourceIp": "203.0.113.0/24"})
    ],
    "a role, and a Deny": [allow({"AWS": ROLE}), DENY],
}


@pytest.mark.parametrize("statements", FIXED.values(), ids=FIXED)
def test_a_policy_that_is_tied_to_fixed_values_is_not_public(statements: list[Raw]) -> None:
    """Every Allow names fixed principals, or holds one condition that fixes them."""
    assert verdict(*statements).holds is False
