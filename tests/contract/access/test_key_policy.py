"""Who may use the KMS key that a bucket gets from us: as far as its verbs go, and for which objects?"""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings

from bucketwright.contract.access.findings import Oversize
from bucketwright.contract.access.isolation import check_isolation
from bucketwright.contract.access.key_policy import given_keys, key_policy
from bucketwright.contract.access.role_policy import role_policies
from bucketwright.contract.access.size import KEY_POLICY, TooLarge, size
from bucketwright.contract.model import Environment
from tests.contract.access.encrypted import (
    ABOUT,
    ARN,
    BY_READER,
    BY_TRAIL,
    DECRYPT,
    GIVEN,
    NEW_KEY,
    PARTNERS,
    READER,
    SERVICE,
    TRAIL,
    VIA,
    WITHOUT_BUCKET_KEYS,
    encrypted,
    lent,
    may,
    statements,
)
from tests.contract.access.environments import ACCOUNT, PARTNER, environment
from tests.contract.access.test_services import environments_of
from tests.contract.strategies import contracts


@pytest.mark.parametrize("encryption", ["kms", "dsse"])
def test_the_account_itself_administers(encryption: str) -> None:
    """Its roles use the key by their own policies, so none of them stands in the key's."""
    subject = encrypted(encryption, app={"trusts": "lambda.amazonaws.com", "read": "files/a"})

    assert lent(subject) == []
    assert DECRYPT in json.dumps(role_policies(subject, "app"))


@pytest.mark.parametrize(
    ("region", "root"),
    [
        pytest.param("cn-north-1", f"arn:aws-cn:iam::{ACCOUNT}:root", id="China"),
        pytest.param("us-gov-west-1", f"arn:aws-us-gov:iam::{ACCOUNT}:root", id="GovCloud"),
    ],
)
def test_the_partition_is_the_region_s(region: str, root: str) -> None:
    """The account is named in the partition where the bucket lies."""
    subject = environment(region=region, buckets={"files": {"encryption": "kms"}})
    (account,) = statements(key_policy(subject, "files"))

    assert account["Principal"] == {"AWS": root}


@pytest.mark.parametrize("encryption", ["s3", {"type": "kms", "key": GIVEN}], ids=["of S3", "given"])
def test_only_a_key_of_ours_has_a_policy_of_ours(encryption: object) -> None:
    """The keys of S3 have none, and a given key's is its owner's."""
    with pytest.raises(ValueError, match=r"this project makes no key for buckets\.files"):
        key_policy(encrypted(encryption), "files")


def test_without_an_account_nobody_could_administer() -> None:
    """KMS refuses a policy that locks its account out, so none is written."""
    with pytest.raises(ValueError, match=r"the key policy of buckets\.files: the account .* is needed"):
        key_policy(encrypted(account=None), "files")
    assert check_isolation(encrypted(account=None)) == ()


@pytest.mark.parametrize(
    ("verb", "actions"),
    [
        pytest.param("read", {DECRYPT}, id="readers decrypt"),
        pytest.param("write", {DECRYPT, NEW_KEY}, id="writers decrypt, too, for multipart uploads"),
        pytest.param("list", set(), id="a list needs no key"),
        pytest.param("delete", set(), id="nor does a deletion"),
    ],
)
@pytest.mark.parametrize(
    ("who", "name", "known"),
    [
        pytest.param(PARTNERS, READER, BY_READER, id="a principal"),
        pytest.param(SERVICE, TRAIL, BY_TRAIL, id="a service"),
    ],
)
def test_verbs_decide(
    verb: str, actions: set[str], who: Mapping[str, object], name: str, known: Mapping[str, str]
) -> None:
    """Each grantee that comes by itself may use the key as its verbs need, and in no other way."""
    written = lent(encrypted(one={**who, verb: "files/a"}))
    request = {**known, ABOUT: ARN}

    for action in (DECRYPT, NEW_KEY, "kms:Encrypt", "kms:PutKeyPolicy", "kms:CreateGrant"):
        assert may(written, name, action, request) == (action in actions)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, True, id="as it comes"),
        pytest.param({VIA: None}, False, id="not through S3"),
        pytest.param({VIA: "s3.us-east-1.amazonaws.com"}, False, id="through S3 elsewhere"),
        pytest.param({"aws:PrincipalAccount": ACCOUNT}, False, id="of another account"),
        pytest.param({ABOUT: f"{ARN}/a/1/x"}, True, id="about an object without the bucket key"),
        pytest.param({ABOUT: "arn:aws:s3:::shop-prod-more"}, False, id="about another bucket"),
        pytest.param({ABOUT: None}, False, id="about nothing"),
    ],
)
def test_principals_come_through_s3(changes: Mapping[str, str | None], expected: bool) -> None:
    """For this bucket alone, and from their own account."""
    written = lent(encrypted(one={**PARTNERS, "read": "files/a"}))
    asked = {**BY_READER, ABOUT: ARN, **changes}

    request = {key: value for key, value in asked.items() if value is not None}
    assert may(written, READER, DECRYPT, request) == expected


@pytest.mark.parametrize(
    ("service", "known", "expected"),
    [
        pytest.param({}, {"aws:SourceAccount": ACCOUNT}, True, id="for this account"),
        pytest.param({}, {"aws:SourceAccount": PARTNER}, False, id="for another account"),
        pytest.param({}, {}, False, id="for nobody"),
        pytest.param({"accounts": PARTNER}, {"aws:SourceAccount": PARTNER}, True, id="for a named account"),
        pytest.param(
            {"sources": "arn:aws:cloudtrail:us-west-2:111122223333:trail/all"},
            {
                "aws:SourceAccount": ACCOUNT,
                "aws:SourceArn": "arn:aws:cloudtrail:us-west-2:111122223333:trail/other",
            },
            False,
            id="for another source",
        ),
    ],
)
def test_a_service_acts_for_named_ones(
    service: Mapping[str, object], known: Mapping[str, str], expected: bool
) -> None:
    """It is tied in the key's policy as in the bucket's."""
    written = lent(encrypted(one={"service": {"name": TRAIL, **service}, "write": "files/a"}))

    assert may(written, TRAIL, NEW_KEY, {ABOUT: ARN, **known}) == expected


@pytest.mark.parametrize("encryption", [WITHOUT_BUCKET_KEYS, "dsse"], ids=["bucket keys off", "dsse"])
def test_without_bucket_keys_the_granted_objects_alone(encryption: object) -> None:
    """S3 then names the object to KMS, so that each verb holds for the objects it is granted on."""
    written = lent(
        encrypted(encryption, one={**PARTNERS, "read": ["files/a", "files/b"], "write": "files/b"})
    )

    def uses(about: str) -> set[str]:
        request = {**BY_READER, ABOUT: about}
        return {action for action in (DECRYPT, NEW_KEY) if may(written, READER, action, request)}

    assert uses(f"{ARN}/a/1/x") == {DECRYPT}
    assert uses(f"{ARN}/b/x") == {DECRYPT, NEW_KEY}
    assert uses(f"{ARN}/images/x") == uses(ARN) == uses("arn:aws:s3:::shop-prod-more/b/x") == set()


def test_a_whole_bucket_is_all_of_its_objects() -> None:
    """A grant on `files/*` names no prefix."""
    written = lent(encrypted(WITHOUT_BUCKET_KEYS, one={**PARTNERS, "read": "files/*", "write": "files/*"}))

    assert len(written) == 1
    assert may(written, READER, NEW_KEY, {**BY_READER, ABOUT: f"{ARN}/anything"})


def test_grants_in_other_buckets_do_not_count() -> None:
    """A grantee of another bucket has no part in this one's key."""
    assert lent(encrypted(more={"prefixes": {"c": {"path": "c/"}}}, one={**PARTNERS, "read": "more/c"})) == []


def crowded(count: int) -> Environment:
    """A bucket without bucket keys, and a partner that may read many of its prefixes."""
    prefixes = {f"p{n}": {"path": f"{'x' * 100}-{n}/"} for n in range(count)}
    bucket = {"encryption": WITHOUT_BUCKET_KEYS, "prefixes": prefixes}
    access = {f"one{n}": {**PARTNERS, "read": [f"files/p{n}" for n in range(count)]} for n in range(2)}
    return environment(buckets={"files": bucket}, access=access)


def test_a_key_policy_too_large_is_a_finding() -> None:
    """KMS would refuse it only when it is deployed; the check says so before."""
    with pytest.raises(TooLarge, match=r"the key policy of buckets\.files would be .* 32,768 are allowed"):
        key_policy(crowded(150), "files")
    found = [one for one in check_isolation(crowded(150)) if isinstance(one, Oversize)]
    assert [(one.path, "key policy" in str(one)) for one in found] == [
        (("buckets", "files"), False),
        (("buckets", "files"), True),
    ]
    assert size(key_policy(crowded(50), "files")) <= KEY_POLICY
    assert check_isolation(crowded(50)) == ()


@settings(max_examples=60, deadline=None)
@given(contracts())
def test_nobody_is_let_in_without_a_tie(contract: dict[str, Any]) -> None:
    """In every key policy of a generated contract, and in all that owners add, whoever is not the account."""
    for one in environments_of(contract):
        if one.account is None:
            assert all(key.because for key in given_keys(one))
            continue
        ours = [each for each, bucket in one.buckets.items() if bucket.encryption.type != "s3"]
        ours = [each for each in ours if one.buckets[each].encryption.key == "managed"]
        written = [statement for each in ours for statement in statements(key_policy(one, each))[1:]]
        written += [statement for key in given_keys(one) for statement in statements(key.statements)]
        for statement in written:
            tied = {name for keys in statement["Condition"].values() for name in keys}
            assert ABOUT in tied
            assert tied & (
                {"aws:SourceAccount", "aws:SourceArn"}
                if "Service" in statement["Principal"]
                else {"aws:PrincipalAccount", "aws:PrincipalArn"}
            )
            assert "Service" in statement["Principal"] or VIA in tied
