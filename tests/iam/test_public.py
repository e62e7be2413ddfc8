"""Is a bucket policy public wherever S3's definition says so, clause by clause?"""

import pytest

from tests.iam.bucket_policies import DENY, POINT, ROLE, Raw, allow, everyone_else, verdict, when

PUBLIC = {
    "everyone": [allow()],
    "everyone of AWS": [allow({"AWS": "*"})],
    "everyone beside a fixed role": [allow({"AWS": [ROLE, "*"]})],
    "every canonical user": [allow({"CanonicalUser": "*"})],
    "every service": [allow({"Service": "*"})],
    "every provider": [allow({"Federated": "*"})],
    "everyone else": [everyone_else()],
    "everyone else, who came securely": [everyone_else(Bool={"aws:SecureTransport": True})],
    "any role of an account": [allow({"AWS": "arn:aws:iam::111122223333:role/*"})],
    "a role with a question mark": [allow({"AWS": "arn:aws:iam::111122223333:role/reade?"})],
    "a role with a variable": [allow({"AWS": "arn:aws:iam::111122223333:user/${aws:username}"})],
    "any account's role": [allow({"AWS": "arn:aws:iam::*:role/reader"})],
    "an account with a question mark": [allow({"AWS": "11112222333?"})],
    "services of a pattern": [allow({"Service": "*.amazonaws.com"})],
    "users of a web provider": [allow({"Federated": "accounts.google.com"})],
    "users of Facebook": [allow({"Federated": "graph.facebook.com"})],
    "users of Cognito": [allow({"Federated": "cognito-identity.amazonaws.com"})],
    "users of a provider with a wildcard in its ARN": [
        allow({"Federated": "arn:aws:iam::111122223333:saml-provider/*"})
    ],
    "a claim of another provider": [
        allow({"Federated": "accounts.google.com"}, StringEquals={"graph.facebook.com:app_id": "1"})
    ],
    "a claim without a provider": [when("StringEquals", "accounts.google.com:aud", "app")],
    "a claim for everyone but a provider": [
        {
            "Effect": "Allow",
            "NotPrincipal": {"Federated": "accounts.google.com"},
            "Action": "s3:*",
            "Resource": "*",
            "Condition": {"StringEquals": {"accounts.google.com:aud": "app"}},
        }
    ],
    "a claim with a wildcard": [
        allow({"Federated": "accounts.google.com"}, StringLike={"accounts.google.com:aud": "app*"})
    ],
    "one public statement after a fixed one": [allow({"AWS": ROLE}), allow()],
    "one public statement before a fixed one": [allow(), allow({"AWS": ROLE})],
    "one public statement beside an undecided one": [
        when("StringEqualsIfExists", "aws:SourceVpc", "vpc-1"),
        allow(),
    ],
    "everyone, but a Deny for all": [allow(), DENY],
    "everyone, but a Deny outside a network": [
        allow(),
        {**DENY, "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}},
    ],
    "only over TLS": [when("Bool", "aws:SecureTransport", True)],
    "only with a referer": [when("StringEquals", "aws:Referer", "https://example.com/")],
    "only one user agent": [when("StringEquals", "aws:UserAgent", "x")],
    "only of a kind of principal": [when("StringEquals", "aws:PrincipalType", "User")],
    "only with a tag": [when("StringEquals", "aws:PrincipalTag/team", "red")],
    "only one user name": [when("StringEquals", "aws:username", "bob")],
    "only in a year": [when("DateLessThan", "aws:CurrentTime", "2030-01-01T00:00:00Z")],
    "only AWS services": [when("Bool", "aws:PrincipalIsAWSService", True)],
    "only below a prefix": [when("StringEquals", "s3:prefix", "public/")],
    "any address": [when("IpAddress", "aws:SourceIp", "0.0.0.0/0")],
    "half of all addresses": [when("IpAddress", "aws:SourceIp", "0.0.0.0/1")],
    "a network wider than /8": [when("IpAddress", "aws:SourceIp", "10.0.0.0/7")],
    "a network wider than /8 beside a narrow one": [
        when("IpAddress", "aws:SourceIp", "203.0.113.0/24", "64.0.0.0/2")
    ],
    "any address of the new kind": [when("IpAddress", "aws:SourceIp", "::/0")],
    "a network wider than /32": [when("IpAddress", "aws:SourceIp", "2001:db8::/31")],
    "an address with a wildcard": [when("StringLike", "aws:SourceIp", "203.0.113.*")],
    "an address with a variable": [when("IpAddress", "aws:SourceIp", "${aws:SourceIp}")],
    "any address, compared as text": [when("StringEquals", "aws:SourceIp", "0.0.0.0/0")],
    "all other addresses": [when("NotIpAddress", "aws:SourceIp", "203.0.113.0/24")],
    "an address operator for a network's name": [when("IpAddress", "aws:SourceVpc", "203.0.113.0/24")],
    "any network": [when("StringLike", "aws:SourceVpc", "vpc-*")],
    "any network, compared as text": [when("StringEquals", "aws:SourceVpc", "vpc-*")],
    "a network with a question mark": [when("StringLike", "aws:SourceVpc", "vpc-?")],
    "a network or any": [when("StringLike", "aws:SourceVpc", "vpc-1", "*")],
    "all other networks": [when("StringNotEquals", "aws:SourceVpc", "vpc-1")],
    "all networks unlike one": [when("StringNotLike", "aws:SourceVpc", "vpc-1")],
    "some network": [when("Null", "aws:SourceVpc", False)],
    "any endpoint": [when("StringLike", "aws:SourceVpce", "vpce-*")],
    "any organisation": [when("StringLike", "aws:PrincipalOrgID", "o-*")],
    "all other organisations": [when("StringNotEquals", "aws:PrincipalOrgID", "o-1")],
    "any path of an organisation": [when("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-1/*")],
    "any role's session": [when("StringLike", "aws:userid", "AROAEXAMPLE:*")],
    "any role's session, compared as text": [when("StringEquals", "aws:userid", "AROAEXAMPLE:*")],
    "a session with a variable": [when("StringEquals", "aws:userid", "AROAEXAMPLE:${aws:username}")],
    "one session beside any": [when("StringLike", "aws:userid", "AROAEXAMPLE:me", "AROAEXAMPLE:*")],
    "any address within a network": [when("IpAddress", "aws:VpcSourceIp", "0.0.0.0/0")],
    "half of all addresses within a network": [when("IpAddress", "aws:VpcSourceIp", "10.0.0.0/7")],
    "all other addresses within a network": [when("NotIpAddress", "aws:VpcSourceIp", "10.1.0.0/16")],
    "any role by its ARN": [when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/*")],
    "all other roles": [when("ArnNotEquals", "aws:PrincipalArn", ROLE)],
    "all roles unlike one": [when("ArnNotLike", "aws:PrincipalArn", ROLE)],
    "any access point, as a source": [when("ArnLike", "aws:SourceArn", f"{POINT}/*")],
    "no network, or any": [when("IpAddress", "aws:SourceIp", "nowhere", "0.0.0.0/0")],
    "any source": [when("ArnLike", "aws:SourceArn", "arn:aws:s3:::*")],
    "an account that is a variable": [when("StringEquals", "aws:SourceAccount", "${aws:PrincipalAccount}")],
    "an account that is a variable of the older language": [
        when("StringEquals", "aws:SourceAccount", "${$}{aws:x}")
    ],
    "any key": [when("StringLike", "s3:x-amz-server-side-encryption-aws-kms-key-id", "arn:aws:kms:*")],
    "some encryption": [when("StringEquals", "s3:x-amz-server-side-encryption", "aws:kms")],
    "access points of any account": [
        when("StringLike", "s3:DataAccessPointArn", "arn:aws:s3:us-west-2:*:accesspoint/a")
    ],
    "access points of an account with a question mark": [
        when("StringLike", "s3:DataAccessPointArn", "arn:aws:s3:us-west-2:11112222333?:accesspoint/*")
    ],
    "an access point that is a variable": [
        when("StringLike", "s3:DataAccessPointArn", f"{POINT}/${{aws:username}}")
    ],
    "an access point of any kind": [when("StringLike", "s3:DataAccessPointArn", f"{POINT}*")],
    "anything of an account": [
        when("StringLike", "s3:DataAccessPointArn", "arn:aws:s3:us-west-2:111122223333:*")
    ],
    "an access point cut short": [when("StringLike", "s3:DataAccessPointArn", "arn:aws:s3:*")],
    "an access point's account with a wildcard": [when("StringLike", "s3:DataAccessPointAccount", "1111*")],
    "a wildcard that an IfExists cannot mend": [when("StringLikeIfExists", "aws:SourceVpc", "vpc-*")],
    "an absent condition block": [{key: value for key, value in allow().items() if key != "Condition"}],
}


@pytest.mark.parametrize("statements", PUBLIC.values(), ids=PUBLIC)
def test_a_policy_that_is_not_tied_to_fixed_values_is_public(statements: list[Raw]) -> None:
    """S3 starts from public: wildcards, variables, wide networks and other keys do not change that."""
    assert verdict(*statements).holds is True


def test_a_variable_is_not_fixed_in_the_older_language_either() -> None:
    """There it would be plain text, but S3 does not say so."""
    statement = when("StringEquals", "aws:SourceVpc", "${aws:SourceVpc}")

    assert verdict(statement, version="2008-10-17").holds is True
