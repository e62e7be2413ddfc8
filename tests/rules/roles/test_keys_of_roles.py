"""When is a role let use the key of a bucket it reads, and when is a key granted that it has no use for?"""

import json
from collections.abc import Mapping
from typing import Final

import pytest

from bucketwright.estate import BucketPosture, KeyPosture, RolePosture
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.policy import Policy, policy_of
from bucketwright.facets.role.policies import Policies
from bucketwright.posture import Estate, Posture
from bucketwright.rules import catalogue
from bucketwright.verdicts import Fails, Passes, Verdict

_REGION, _ID = "eu-west-1", "1234abcd-12ab-34cd-56ef-1234567890ab"
_ARN: Final = f"arn:aws:kms:{_REGION}:111122223333:key/{_ID}"
_OTHER: Final = _ARN.replace("1234abcd", "ffffffff")
_ROLE: Final = "arn:aws:iam::111122223333:role/loader"
READS: Final = {"Action": "s3:GetObject", "Resource": "arn:aws:s3:::files/*"}
USES: Final = {"Action": "kms:Decrypt", "Resource": _ARN}


def _through(service: str) -> dict[str, object]:
    return {"Condition": {"StringEquals": {"kms:ViaService": service}}}


HERE: Final = _through(f"s3.{_REGION}.amazonaws.com")
ELSEWHERE: Final = _through("s3.us-west-2.amazonaws.com")


def _document(*statements: Mapping[str, object]) -> Policy:
    written = [
        {name: value for name, value in {"Effect": "Allow", **one}.items() if value is not None}
        for one in statements
    ]
    return policy_of(json.dumps({"Version": "2012-10-17", "Statement": written}))


def _bucket(key: str, name: str = "files", region: str = _REGION) -> BucketPosture:
    return BucketPosture(f"bucket:{name}", name, {"encryption": Encryption("aws:kms", key), "region": region})


def _key(policy: Policy | None = None, name: str = _ARN, *aliases: str) -> KeyPosture:
    facts = {"aliases": frozenset(aliases or ("alias/files",)), "policy": policy}
    return KeyPosture(f"key:{name[-4:]}", name, facts)


def _judged(statements: tuple[Mapping[str, object], ...], *beside: Posture) -> Verdict:
    granted = Policies(frozenset(_document(*statements).document.statements))
    role = RolePosture("role:loader", "loader", {"policies": granted, "managed": frozenset()})
    several = {one.address: one for one in (role, *beside)}
    return catalogue()["iam-kms-missing"].verdict(role, Estate("live", several))


KEPT: Final = {
    "the key's ARN": (USES,),
    "all keys but another": ({**USES, "Resource": None, "NotResource": _OTHER},),
    "two keys": ({**USES, "Resource": [_OTHER, _ARN]},),
    "through S3": ({**USES, **HERE},),
    "an alias": ({**USES, "Condition": {"StringEquals": {"kms:ResourceAliases": "alias/files"}}},),
    "a condition that may hold": ({**USES, **_through("${aws:PrincipalTag/service}")},),
    "another key denied": (USES, {**USES, "Effect": "Deny", "Resource": _OTHER}),
    "another action denied": (USES, {"Effect": "Deny", "Action": "kms:Encrypt", "Resource": "*"}),
    "denied elsewhere": (USES, {**USES, **ELSEWHERE, "Effect": "Deny"}),
}
BROKEN: Final = {
    "no action of KMS": (),
    "another key": ({**USES, "Resource": _OTHER},),
    "the alias itself": ({**USES, "Resource": f"arn:aws:kms:{_REGION}:111122223333:alias/files"},),
    "all keys but this": ({**USES, "Resource": None, "NotResource": _ARN},),
    "no key at all": ({**USES, "Resource": None},),
    "another action": ({**USES, "Action": "kms:Encrypt"},),
    "through another region": ({**USES, **ELSEWHERE},),
    "another alias": ({**USES, "Condition": {"StringEquals": {"kms:ResourceAliases": "alias/more"}}},),
    "denied": (USES, {**USES, "Effect": "Deny"}),
    "denied at times, and never allowed": (
        {**USES, "Effect": "Deny", "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}}},
    ),
    "denied through S3": (USES, {**USES, **HERE, "Effect": "Deny", "Resource": "*"}),
}


@pytest.mark.parametrize("statements", KEPT.values(), ids=KEPT)
def test_its_own_documents_let_it(statements: tuple[Mapping[str, object], ...]) -> None:
    """An Allow that may hold is enough, where no Deny is certain."""
    assert isinstance(_judged((READS, *statements), _bucket("key:90ab"), _key()), Passes)


@pytest.mark.parametrize("statements", BROKEN.values(), ids=BROKEN)
def test_its_own_documents_do_not_let_it(statements: tuple[Mapping[str, object], ...]) -> None:
    """An Allow of something else does not help, and a certain Deny takes it all."""
    assert isinstance(_judged((READS, *statements), _bucket("key:90ab"), _key()), Fails)


def test_china_has_its_own_name_of_s3() -> None:
    """There S3 asks under another name."""
    arn = _ARN.replace("aws:kms:eu-west-1", "aws-cn:kms:cn-north-1")
    use = {**USES, "Resource": arn, **_through("s3.cn-north-1.amazonaws.com.cn")}

    assert isinstance(_judged((READS, use), _bucket("key:90ab", region="cn-north-1"), _key(name=arn)), Passes)


NAMED: Final = {"Principal": {"AWS": _ROLE}, "Action": "kms:*", "Resource": "*"}
LETS_IN: Final = {
    "the role": NAMED,
    "among others": {**NAMED, "Principal": {"AWS": ["arn:aws:iam::111122223333:role/other", _ROLE]}},
    "below a path": {**NAMED, "Principal": {"AWS": "arn:aws:iam::111122223333:role/team/loader"}},
    "everybody": {**NAMED, "Principal": "*"},
    "everybody but another": {**NAMED, "Principal": None, "NotPrincipal": {"AWS": "999988887777"}},
    "through S3": {**NAMED, **HERE},
}
LEAVES_OUT: Final = {
    "the account": {**NAMED, "Principal": {"AWS": "111122223333"}},
    "another role": {**NAMED, "Principal": {"AWS": f"{_ROLE}-2"}},
    "a role that ends alike": {**NAMED, "Principal": {"AWS": "arn:aws:iam::111122223333:role/up-loader"}},
    "a user of that name": {**NAMED, "Principal": {"AWS": "arn:aws:iam::111122223333:user/loader"}},
    "nobody": {**NAMED, "Principal": None},
    "a Deny": {**NAMED, "Effect": "Deny"},
    "another action": {**NAMED, "Action": "kms:Encrypt"},
    "another region": {**NAMED, **ELSEWHERE},
}


@pytest.mark.parametrize("statement", LETS_IN.values(), ids=LETS_IN)
def test_the_policy_of_the_key_lets_it(statement: Mapping[str, object]) -> None:
    """Who is named there needs no Allow of its own; a Deny of its own still counts."""
    key = _key(_document(statement))

    assert isinstance(_judged((READS,), _bucket("key:90ab"), key), Passes)
    assert isinstance(_judged((READS, {**USES, "Effect": "Deny"}), _bucket("key:90ab"), key), Fails)


@pytest.mark.parametrize("statement", LEAVES_OUT.values(), ids=LEAVES_OUT)
def test_the_policy_of_the_key_does_not_let_it(statement: Mapping[str, object]) -> None:
    """To name the account leaves it to the role's own documents."""
    assert isinstance(_judged((READS,), _bucket("key:90ab"), _key(_document(statement))), Fails)


@pytest.mark.parametrize("named", ["alias/files", f"arn:aws:kms:{_REGION}:111122223333:alias/files", _ARN])
def test_a_key_goes_by_several_names(named: str) -> None:
    """A bucket may name its key by an alias or its ARN, and others are not taken for it."""
    other = _key(None, _OTHER.replace("90ab", "0000"), "alias/more")
    key = _key(_document(NAMED))

    assert isinstance(_judged((READS,), _bucket(named), other, key), Passes)
    assert isinstance(_judged((READS,), _bucket(named), key, other), Passes)


BY_ALIAS: Final = {
    **USES,
    "Resource": "*",
    "Condition": {"StringEquals": {"kms:ResourceAliases": "alias/files"}},
}
IN_USE: Final = {
    "another action": {**USES, "Action": "kms:DescribeKey"},
    "a Deny": {**USES, "Effect": "Deny"},
    "every key": {**USES, "Resource": "*"},
    "a pattern of keys": {**USES, "Resource": f"arn:aws:kms:{_REGION}:111122223333:key/????abcd*"},
    "all keys but this": {**USES, "Resource": None, "NotResource": _ARN},
    "no key": {**USES, "Resource": None},
    "the key of no bucket": {**USES, "Resource": _OTHER},
    "another condition": {**USES, "Resource": "*", **_through("alias/files")},
}


@pytest.mark.parametrize("statement", [USES, BY_ALIAS], ids=["by ARN", "by alias"])
def test_a_key_without_its_bucket_is_idle(statement: Mapping[str, object]) -> None:
    """The key is named, the bucket is not reached; that the role reaches another makes no difference."""
    more = {"Action": "s3:GetObject", "Resource": "arn:aws:s3:::more/*"}
    beside = (_bucket("key:90ab"), _key(), BucketPosture("bucket:more", "more", {"encryption": Encryption()}))

    assert isinstance(_judged((statement,), *beside), Fails)
    assert isinstance(_judged((statement, more), *beside), Fails)


@pytest.mark.parametrize("statement", IN_USE.values(), ids=IN_USE)
def test_what_names_no_key_of_a_bucket_is_no_idle_grant(statement: Mapping[str, object]) -> None:
    """Only a key that is named one by one can be told to be for nothing."""
    assert isinstance(_judged((statement,), _bucket("key:90ab"), _key()), Passes)


@pytest.mark.parametrize(
    "resource",
    ["arn:aws:s3:::files/*", "arn:aws:s3:::f*", "arn:aws:s3:::second/*"],
    ids=["named", "met", "shared"],
)
def test_a_key_is_in_use_where_one_of_its_buckets_is_reached(resource: str) -> None:
    """By whatever action on objects, and whichever of the buckets under the key."""
    deletes = {"Action": "s3:DeleteObject", "Resource": resource}

    verdict = _judged((USES, deletes), _bucket("key:90ab"), _bucket("key:90ab", "second"), _key())

    assert isinstance(verdict, Passes), verdict
