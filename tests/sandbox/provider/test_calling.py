"""What every type has in common: where it is, what it is called, what is known of it beforehand."""

from collections.abc import Iterator

import pytest

from bucketwright.plan import UNKNOWN_INPUT
from sandbox.provider.calling import (
    NotCarriedError,
    create,
    delete,
    foreseen,
    handler_of,
    named,
    problems,
    read,
    replaces,
    update,
)
from sandbox.provider.functions import NoSuchFunctionError, call_function
from sandbox.provider.handler import RefusedError
from sandbox.server import Clients, serving

BUCKET = "aws:s3/bucket:Bucket"
VERSIONING = "aws:s3/bucketVersioning:BucketVersioning"
QUEUE = "aws:sqs/queue:Queue"
ROLE = "aws:iam/role:Role"
TRUST = '{"Version": "2012-10-17", "Statement": []}'
ENABLED = {"versioningConfiguration": {"status": "Enabled"}}


@pytest.fixture(scope="module")
def clients() -> Iterator[Clients]:
    """Clients of an account of a sandbox."""
    with serving() as server:
        yield server.clients(account="610000000004", region="us-west-2")


def test_a_resource_may_name_a_region_of_its_own(clients: Clients) -> None:
    """It is made there, says so, and is found and deleted there."""
    inputs = {"bucket": "calling-far-away", "region": "eu-west-1", "tags": {"a": "b"}}

    made = create(clients, BUCKET, inputs)

    assert made.inputs == inputs
    assert made.outputs["bucketRegionalDomainName"] == "calling-far-away.s3.eu-west-1.amazonaws.com"
    assert (
        clients.client("s3", "eu-west-1").head_bucket(Bucket="calling-far-away")["BucketRegion"]
        == "eu-west-1"
    )
    changed = update(clients, BUCKET, made.id, inputs, {"bucket": "calling-far-away", "region": "eu-west-1"})
    assert read(clients, BUCKET, made.id, changed.inputs) == changed
    delete(clients, BUCKET, made.id, changed.inputs)
    assert read(clients, BUCKET, made.id, changed.inputs) is None


def test_an_import_is_told_the_region(clients: Clients) -> None:
    """It says nothing yet, and the region is among what a program would say; a type without one has none."""
    bucket = create(clients, BUCKET, {"bucket": "calling-imported"})
    role = create(clients, ROLE, {"name": "calling-imported", "assumeRolePolicy": TRUST})
    known = [read(clients, BUCKET, bucket.id, {}), read(clients, ROLE, role.id, {})]

    assert [one and one.inputs.get("region") for one in known] == ["us-west-2", None]


def test_outputs_hold_what_aws_computes(clients: Clients) -> None:
    """Beside the inputs: ARN, region, and the tags with those of the provider."""
    made = create(clients, BUCKET, {"bucket": "calling-near", "tags": {"a": "b"}})

    assert made.outputs == {
        "arn": "arn:aws:s3:::calling-near",
        "bucket": "calling-near",
        "bucketDomainName": "calling-near.s3.amazonaws.com",
        "bucketRegion": "us-west-2",
        "bucketRegionalDomainName": "calling-near.s3.us-west-2.amazonaws.com",
        "region": "us-west-2",
        "tags": {"a": "b"},
        "tagsAll": {"a": "b"},
    }


def test_a_name_that_is_taken_is_refused(clients: Clients) -> None:
    """Two resources of a program cannot be one bucket, not even where S3 would shrug."""
    create(clients, BUCKET, {"bucket": "calling-mine"})

    with pytest.raises(RefusedError, match="bucket calling-mine is there already"):
        create(clients, BUCKET, {"bucket": "calling-mine"})


def test_a_bucket_is_emptied_only_if_it_may_be(clients: Clients) -> None:
    """Versions, markers and unfinished uploads go with it; without `forceDestroy` S3's refusal stands."""
    made = create(clients, BUCKET, {"bucket": "calling-full"})
    create(clients, VERSIONING, {"bucket": "calling-full", **ENABLED})
    s3 = clients.client("s3")
    for _ in range(2):
        s3.put_object(Bucket="calling-full", Key="a", Body=b"a")
    s3.delete_object(Bucket="calling-full", Key="a")
    s3.create_multipart_upload(Bucket="calling-full", Key="b")

    with pytest.raises(s3.exceptions.ClientError, match="BucketNotEmpty"):
        delete(clients, BUCKET, made.id, {"bucket": "calling-full"})
    delete(clients, BUCKET, made.id, {"bucket": "calling-full", "forceDestroy": True})

    assert read(clients, BUCKET, made.id, {}) is None


@pytest.mark.parametrize(
    ("token", "inputs", "before", "expected"),
    [
        pytest.param(QUEUE, {"name": "mine"}, {"name": "old"}, {"name": "mine"}, id="said"),
        pytest.param(QUEUE, {}, {"name": "old"}, {"name": "old"}, id="made up before"),
        pytest.param(QUEUE, {}, {}, {"name": "Files-5e884b1"}, id="made up now"),
        pytest.param(BUCKET, {}, {}, {"bucket": "files-5e884b1"}, id="a bucket in small letters"),
        pytest.param(VERSIONING, ENABLED, {}, ENABLED, id="a type without a name"),
        pytest.param(
            QUEUE, {"name": UNKNOWN_INPUT}, {}, {"name": UNKNOWN_INPUT}, id="a name nobody knows yet"
        ),
    ],
)
def test_a_name_is_made_up_once(
    token: str, inputs: dict[str, object], before: dict[str, object], expected: dict[str, object]
) -> None:
    """From the resource's own name and the engine's seed, and kept."""
    found = named(token, inputs, before, "Files", b"seed")

    assert {k: str(v)[:6] for k, v in found.items()} == {k: str(v)[:6] for k, v in expected.items()}
    assert found == named(token, inputs, before, "Files", b"seed")
    if "name" in before or "name" in inputs:
        assert found == expected


def test_what_is_foreseen_is_what_is_known() -> None:
    """Inputs as they are said; what only AWS knows is unknown, and so are tags with an unknown one."""
    clients = Clients("http://127.0.0.1:1", "111122223333", "us-west-2")

    known = foreseen(clients, BUCKET, {"bucket": "b", "tags": {"a": "b"}})
    unknown = foreseen(clients, BUCKET, {"region": UNKNOWN_INPUT, "tags": {"a": UNKNOWN_INPUT}})

    assert (known["bucket"], known["arn"], known["tagsAll"]) == ("b", UNKNOWN_INPUT, {"a": "b"})
    assert (known["region"], unknown["tagsAll"]) == ("us-west-2", UNKNOWN_INPUT)


@pytest.mark.parametrize(
    ("token", "inputs", "expected"),
    [
        pytest.param(BUCKET, {"bucket": "b"}, [], id="fine"),
        pytest.param(
            BUCKET,
            {"bucket": "b", "acl": "private", "versioning": {"enabled": True}},
            [
                "acl is a property the double does not carry",
                "versioning is a property the double does not carry",
            ],
            id="inline settings",
        ),
        pytest.param(
            VERSIONING,
            {"bucket": "b", **ENABLED, "expectedBucketOwner": "111122223333", "bukcet": "b"},
            [
                "bukcet is no property here; did you mean bucket?",
                "expectedBucketOwner is a property the double does not carry",
            ],
            id="both unknown and not carried",
        ),
        pytest.param(
            "aws:ec2/instance:Instance",
            {},
            ["the double has no handler for aws:ec2/instance:Instance"],
            id="a type without a handler",
        ),
    ],
)
def test_what_would_be_dropped_is_refused(token: str, inputs: dict[str, object], expected: list[str]) -> None:
    """The double carries a property whole or refuses it."""
    assert problems(token, inputs) == expected


def test_a_type_without_a_handler_is_named() -> None:
    """Whoever asks for it hears so."""
    with pytest.raises(NotCarriedError, match="no handler for aws:ec2/instance:Instance"):
        handler_of("aws:ec2/instance:Instance")


def test_another_region_is_another_resource() -> None:
    """Of whatever type."""
    assert replaces(VERSIONING) == {"bucket", "region"}


@pytest.mark.parametrize(
    ("token", "arguments", "expected"),
    [
        pytest.param(
            "aws:index/getCallerIdentity:getCallerIdentity", {}, {"accountId": "610000000004"}, id="caller"
        ),
        pytest.param(
            "aws:index/getPartition:getPartition",
            {},
            {"partition": "aws", "dnsSuffix": "amazonaws.com", "reverseDnsPrefix": "com.amazonaws"},
            id="partition",
        ),
        pytest.param("aws:index/getRegion:getRegion", {}, {"region": "us-west-2"}, id="region"),
        pytest.param(
            "aws:index/getRegion:getRegion",
            {"region": "eu-west-1"},
            {"name": "eu-west-1"},
            id="another region",
        ),
    ],
)
def test_functions_answer_of_the_provider(
    clients: Clients, token: str, arguments: dict[str, object], expected: dict[str, object]
) -> None:
    """Who it is and where."""
    answer = call_function(clients, token, arguments)

    assert {name: answer[name] for name in expected} == expected


def test_the_canonical_user_is_whom_buckets_belong_to(clients: Clients) -> None:
    """The same id that S3 names as the owner."""
    owner = clients.client("s3").list_buckets()["Owner"]["ID"]

    assert call_function(clients, "aws:s3/getCanonicalUserId:getCanonicalUserId", {})["id"] == owner


@pytest.mark.parametrize(
    ("region", "partition", "suffix"),
    [
        pytest.param("cn-north-1", "aws-cn", "amazonaws.com.cn", id="China"),
        pytest.param("us-gov-west-1", "aws-us-gov", "amazonaws.com", id="government"),
    ],
)
def test_partitions_follow_from_regions(region: str, partition: str, suffix: str) -> None:
    """Without a call."""
    clients = Clients("http://127.0.0.1:1", "111122223333", region)

    answer = call_function(clients, "aws:index/getPartition:getPartition", {})

    assert (answer["id"], answer["dnsSuffix"]) == (partition, suffix)


def test_a_function_without_an_answer_is_refused(clients: Clients) -> None:
    """The refusal lists those that are answered."""
    with pytest.raises(
        NoSuchFunctionError, match="does not answer aws:ec2/getVpc:getVpc; it answers aws:index"
    ):
        call_function(clients, "aws:ec2/getVpc:getVpc", {})
