"""What values in a plan refer to: names, ARNs and ids, of this program's things and of strangers."""

import json

import pytest

from bucketwright.facets.access_point.policy import KIND as ACCESS_POINT_POLICY
from bucketwright.facets.account.public_access_block import KIND as ACCOUNT_BLOCK
from bucketwright.facets.bucket.encryption import KIND as ENCRYPTION
from bucketwright.facets.bucket.logging import KIND as LOGGING
from bucketwright.facets.bucket.policy import KIND as BUCKET_POLICY
from bucketwright.facets.bucket.policy import policy_of
from bucketwright.facets.bucket.replication import KIND as REPLICATION
from bucketwright.facets.bucket.versioning import KIND as VERSIONING
from bucketwright.facets.tokens import ACCESS_POINT, ALIAS, BUCKET, DISTRIBUTION, KEY, ROLE
from bucketwright.plan import Resource
from bucketwright.posture import Undetermined, Unknown
from policies.belonging import wholes
from policies.planned import planned
from policies.things import things_of
from tests.policies.programs import COMPONENT, LATER, Program, allowing, tagged
from tests.policies.told import bucket

ACCOUNT = "111122223333"
KEY_ID = "12345678-1234-1234-1234-123456789012"
KEY_ARN = f"arn:aws:kms:us-west-2:{ACCOUNT}:key/{KEY_ID}"
ROLE_ARN = f"arn:aws:iam::{ACCOUNT}:role/service/shop-copier"
RULE = {"status": "Enabled", "destination": {"bucket": "arn:aws:s3:::elsewhere"}}


def encrypted(program: Program, of: Resource, key: object, computed: Resource | None = None) -> None:
    """Encrypt a bucket under a key that is named so."""
    default = {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": key}
    rules = [{"applyServerSideEncryptionByDefault": default, "bucketKeyEnabled": True}]
    sources: dict[str, Resource | tuple[Resource, ...]] = {"bucket": of}
    if computed is not None:
        sources["rules"] = computed
    program.make(ENCRYPTION, "encryption", {"bucket": LATER, "rules": rules}, sources)


@pytest.mark.parametrize(
    ("named", "key"),
    [
        pytest.param(KEY_ARN, "key:own", id="its ARN, computed from it"),
        pytest.param(KEY_ID, "key:own", id="its id, computed from it"),
        pytest.param("alias/shop", "key:own", id="its alias"),
        pytest.param("alias/other", "alias/other", id="an alias of others"),
    ],
)
def test_a_key_is_named_in_many_ways(named: str, key: str) -> None:
    """Also where its id is known by now, because the program has run before."""
    program = Program()
    files, own = program.bucket("files"), program.make(KEY, "own", {})
    program.make(ALIAS, "alias", {"name": "alias/shop", "targetKeyId": LATER}, {"targetKeyId": own})
    encrypted(program, files, named, own)

    assert bucket(planned(program.plan)).encryption.key == key


def test_an_alias_that_nobody_gave_a_key_is_a_strangers() -> None:
    """Even where the text that names it is computed from that key."""
    program = Program()
    files, own = program.bucket("files"), program.make(KEY, "own", {})
    encrypted(program, files, "alias/other", own)

    assert bucket(planned(program.plan)).encryption.key == "alias/other"


def test_a_key_by_its_arn_alone_is_a_stranger() -> None:
    """No plan says which id a key of its own will have."""
    program = Program()
    files = program.bucket("files")
    program.make(KEY, "own", {})
    encrypted(program, files, KEY_ARN)

    assert bucket(planned(program.plan)).encryption.key == KEY_ARN


def test_a_key_that_is_taken_over_is_known_by_its_id() -> None:
    """The import says which one it is."""
    program = Program()
    files = program.bucket("files")
    program.make(KEY, "own", {}, import_id=KEY_ID)
    encrypted(program, files, KEY_ARN)

    assert bucket(planned(program.plan)).encryption.key == "key:own"


@pytest.mark.parametrize(
    ("named", "account", "role"),
    [
        pytest.param(ROLE_ARN, ACCOUNT, "role:copier", id="in the account that deploys"),
        pytest.param(ROLE_ARN, None, ROLE_ARN, id="in an account nobody told"),
        pytest.param(ROLE_ARN.replace(ACCOUNT, "444455556666"), ACCOUNT, None, id="in another account"),
    ],
)
def test_a_role_of_the_same_name_is_another_in_another_account(
    named: str, account: str | None, role: str | None
) -> None:
    """An ARN says the account, and only what deploys there is of this program."""
    program = Program()
    files = program.bucket("files")
    program.make(ROLE, "copier", {"name": "shop-copier", "assumeRolePolicy": allowing("*")})
    program.make(REPLICATION, "copies", {"bucket": LATER, "role": named, "rules": [RULE]}, {"bucket": files})
    found = bucket(planned(program.plan, account=account)).replication

    assert found is not None
    assert found.role == (role or named)


@pytest.mark.parametrize(
    "host",
    [
        "shop-files.s3.us-west-2.amazonaws.com",
        "shop-files.s3.amazonaws.com",
        "shop-files.s3-website-us-west-2.amazonaws.com",
        "shop-files.s3-us-west-2.amazonaws.com",
        "shop-files.s3.cn-north-1.amazonaws.com.cn",
        "shop-files.s3.dualstack.us-west-2.amazonaws.com",
    ],
)
def test_an_origin_is_a_bucket_by_its_host_name(host: str) -> None:
    """In every form S3 has had."""
    program = Program()
    program.bucket("files", {"bucket": "shop-files"})
    origin = {"domainName": host, "originId": "one"}
    program.make(DISTRIBUTION, "delivery", {"origins": [origin]})
    found = planned(program.plan).postures["distribution:delivery"].told("origins")

    assert "target='bucket:files'" in repr(found)


def test_an_arn_in_a_document_is_a_distribution_of_the_program() -> None:
    """Known by now, and computed from it; a second one in the document leaves it open which is which."""
    program = Program()
    files = program.bucket("files")
    delivery = program.make(DISTRIBUTION, "delivery", tagged("distribution:files"))
    arn = f"arn:aws:cloudfront::{ACCOUNT}:distribution/E1ABCDEFGHIJ"
    document = json.loads(allowing({"Service": "cloudfront.amazonaws.com"}))
    document["Statement"][0]["Condition"] = {"StringEquals": {"aws:SourceArn": arn}}
    text = json.dumps(document)
    program.make(
        BUCKET_POLICY, "policy", {"bucket": LATER, "policy": text}, {"bucket": files, "policy": delivery}
    )
    found = bucket(planned(program.plan)).policy

    assert found is not None
    assert "distribution/{files}" in repr(found.document)
    assert found == policy_of(
        text.replace(f"{ACCOUNT}:distribution/E1ABCDEFGHIJ", "000000000000:distribution/{files}")
    )


def test_the_policy_of_an_access_point_is_found_by_its_arn() -> None:
    """A resource of its own, that names the access point by output or by ARN."""
    program = Program()
    files = program.bucket("files")
    door = program.make(ACCESS_POINT, "door", {"bucket": LATER, "name": "shop-door"}, {"bucket": files})
    said = {"accessPointArn": LATER, "policy": allowing("*")}
    program.make(ACCESS_POINT_POLICY, "policy", said, {"accessPointArn": door})
    found = planned(program.plan).postures["access_point:door"]

    assert (found.name, found.told("bucket")) == ("shop-door", "bucket:files")
    assert found.told("policy") == policy_of(allowing("*"))


@pytest.mark.parametrize(
    ("inputs", "account", "address"),
    [
        pytest.param({}, None, "account:own", id="the one that deploys"),
        pytest.param({}, ACCOUNT, f"account:{ACCOUNT}", id="the one that deploys, known"),
        pytest.param({"accountId": ACCOUNT}, None, f"account:{ACCOUNT}", id="one by its number"),
    ],
)
def test_a_block_is_of_an_account(inputs: dict[str, object], account: str | None, address: str) -> None:
    """Under the address that a contract has for it."""
    program = Program()
    program.make(ACCOUNT_BLOCK, "block", {"blockPublicAcls": True, **inputs})
    estate = planned(program.plan, account=account)

    assert estate.postures.keys() == {address}
    assert "block_acls=True" in repr(estate.postures[address].told("public_access_block"))


def test_two_buckets_of_one_name_are_not_guessed_between() -> None:
    """In two accounts they may be called alike."""
    program = Program()
    program.bucket("one", {"bucket": "shop-files"})
    program.bucket("two", {"bucket": "shop-files"})
    program.versioning("shop-files")
    estate = planned(program.plan)

    for address in ("bucket:one", "bucket:two"):
        assert isinstance(bucket(estate, address).told("versioning"), Unknown)


def test_what_a_name_is_computed_from_tells_two_of_that_name_apart() -> None:
    """The name of one of them, by its output."""
    program = Program()
    one = program.bucket("one", {"bucket": "shop-files"})
    program.bucket("two", {"bucket": "shop-files"})
    said = {"bucket": "shop-files", "versioningConfiguration": {"status": "Enabled"}}
    program.make(VERSIONING, "versioning", said, {"bucket": one})
    estate = planned(program.plan)

    assert bucket(estate, "bucket:one").versioning == "Enabled"
    assert bucket(estate, "bucket:two").versioning == "Disabled"


@pytest.mark.parametrize("beside", [True, False], ids=["beside the bucket", "alone"])
def test_what_a_component_hides_is_not_guessed(beside: bool) -> None:
    """A value computed from a component may come from anything in it."""
    program = Program()
    component = program.make(COMPONENT, "team", {})
    files = program.bucket("files")
    said = {"bucket": LATER, "versioningConfiguration": {"status": "Enabled"}}
    program.make(VERSIONING, "versioning", said, {"bucket": (files, component) if beside else component})

    assert isinstance(bucket(planned(program.plan)).told("versioning"), Unknown)


def test_a_stranger_is_referred_to_by_its_address_where_it_has_one() -> None:
    """Else by its name."""
    program = Program()
    files = program.bucket("files")
    program.make(LOGGING, "logging", {"bucket": LATER, "targetBucket": "old-logs"}, {"bucket": files})
    before = bucket(planned(program.plan)).logging
    program.versioning("old-logs")
    after = bucket(planned(program.plan)).logging

    assert before is not None
    assert after is not None
    assert (before.target, after.target) == ("old-logs", "bucket:old-logs")


def test_a_doubtful_resource_refuses_to_be_read() -> None:
    """In whichever way somebody tries."""
    program = Program()
    program.make(BUCKET, "files", {})
    program.make(VERSIONING, "versioning", {"bucket": LATER})
    [files] = wholes(program.plan, things_of(program.plan))
    part, _provider = files.parts

    for reading in (len, list, lambda inputs: inputs["bucket"], lambda inputs: inputs.get("other")):
        with pytest.raises(Undetermined, match="whether versioning is about this bucket"):
            reading(part.inputs)
