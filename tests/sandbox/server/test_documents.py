"""Settings come back as they were put; what S3 refuses is refused, and replaces nothing."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.server import Clients
from tests.sandbox.server.asking import ACCOUNT, REGION, code, keys, made, opened, sent, signature, versioned

IDS = st.text("abcXYZ-_ é<&'\"", min_size=1, max_size=20)
PREFIXES = st.text("ab/<&\r\n \té€", max_size=12)
TAGS = st.lists(
    st.fixed_dictionaries(
        {"Key": st.text("abc", min_size=1, max_size=4), "Value": st.text("de<", max_size=4)}
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda tag: tag["Key"],
)
FILTERS = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"Prefix": PREFIXES}),
    st.fixed_dictionaries({"ObjectSizeGreaterThan": st.integers(0, 2**40)}),
    st.builds(lambda prefix, tags: {"And": {"Prefix": prefix, "Tags": tags}}, PREFIXES.filter(bool), TAGS),
)
RULES = st.lists(
    st.fixed_dictionaries(
        {
            "ID": IDS,
            "Status": st.sampled_from(["Enabled", "Disabled"]),
            "Filter": FILTERS,
            "NoncurrentVersionExpiration": st.fixed_dictionaries(
                {"NoncurrentDays": st.integers(1, 9), "NewerNoncurrentVersions": st.integers(1, 100)}
            ),
        }
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda rule: rule["ID"],
)


@pytest.fixture
def bucket(clients: Clients, name: str) -> tuple[Any, str]:
    """A new bucket, and a client for it."""
    return made(clients, name), name


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rules=RULES)
def test_rules_come_back_as_they_were_put(bucket: tuple[Any, str], rules: list[dict[str, Any]]) -> None:
    """Whatever rules S3 takes, it returns: every filter, number and character, in order."""
    s3, name = bucket
    put = code(
        lambda: s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": rules})
    )
    if put != "taken":
        return

    assert s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"] == rules


def test_a_setting_is_replaced_and_deleted(bucket: tuple[Any, str]) -> None:
    """A later document replaces the former; after deletion there is none, and deleting again is fine."""
    s3, name = bucket
    for days in (1, 2):
        rule = {"ID": "r", "Status": "Enabled", "Filter": {}, "Expiration": {"Days": days}}
        s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": [rule]})
    kept = s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"][0]["Expiration"]
    for _ in range(2):
        s3.delete_bucket_lifecycle(Bucket=name)

    assert kept == {"Days": 2}
    assert code(lambda: s3.get_bucket_lifecycle_configuration(Bucket=name)) == "NoSuchLifecycleConfiguration"


def test_what_is_refused_replaces_nothing(bucket: tuple[Any, str]) -> None:
    """After a refused document the former one still stands."""
    s3, name = bucket
    good = {"ID": "r", "Status": "Enabled", "Filter": {}, "Expiration": {"Days": 1}}
    s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": [good]})
    twice = {"Rules": [good, good]}
    refused = code(lambda: s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration=twice))

    assert refused == "InvalidArgument"
    assert s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"] == [good]


def test_settings_go_with_their_bucket(bucket: tuple[Any, str], clients: Clients) -> None:
    """A bucket made anew under an old name has none of the old one's settings."""
    s3, name = bucket
    s3.put_bucket_request_payment(Bucket=name, RequestPaymentConfiguration={"Payer": "Requester"})
    s3.delete_bucket(Bucket=name)
    made(clients, name)

    assert s3.get_bucket_request_payment(Bucket=name)["Payer"] == "BucketOwner"


@pytest.mark.parametrize(
    "subresource",
    [
        "abac", "accelerate", "acl", "analytics&id=a", "cors", "encryption", "intelligent-tiering&id=a",
        "inventory&id=a", "lifecycle", "logging", "metrics&id=a", "notification", "object-lock",
        "ownershipControls", "policy", "publicAccessBlock", "replication", "requestPayment", "tagging",
        "versioning", "website",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<", id="broken"),
        pytest.param(b"<Frob/>", id="another root"),
        pytest.param(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", id="entities"),
        pytest.param(b"\xff\x00", id="bytes"),
    ],
)
def test_what_is_no_such_document_is_refused(
    bucket: tuple[Any, str], clients: Clients, subresource: str, body: bytes
) -> None:
    """Each setting refuses what is not its document with 400 and says why."""
    _, name = bucket
    opened(clients, f"{name}-open")
    answer = sent(clients.url, "PUT", f"/{name}-open?{subresource}", body, Authorization=signature(REGION))

    assert answer.status == 400
    assert b"<Code>Malformed" in answer.read()


READ = "abac encryption inventory inventory&id=a lifecycle logging policy policyStatus replication uploads"
WRITTEN = "abac encryption inventory&id=a lifecycle logging notification object-lock policy replication"
DELETED = "encryption inventory&id=a lifecycle policy replication"


@pytest.mark.parametrize(
    ("method", "subresource"),
    [
        (method, subresource)
        for method, listed in (("GET", READ), ("PUT", WRITTEN), ("DELETE", DELETED))
        for subresource in f"{listed} {'requestPayment versioning' if method != 'DELETE' else ''}".split()
    ],
)
def test_settings_of_no_bucket_are_refused(clients: Clients, method: str, subresource: str) -> None:
    """A setting of a bucket that is not there is neither read, put nor deleted."""
    path = f"/none-here?{subresource}"
    answer = sent(clients.url, method, path, b"<a/>", Authorization=signature(REGION))

    assert answer.status == 404
    assert b"<Code>NoSuchBucket</Code>" in answer.read()


def test_an_unknown_minimum_size_is_refused(clients: Clients, name: str) -> None:
    """The minimum size of transitions has two values, the first if none is asked for."""
    s3 = made(clients, name)
    rules = {"Rules": [{"ID": "r", "Status": "Enabled", "Filter": {}, "Expiration": {"Days": 1}}]}
    put = {"Bucket": name, "LifecycleConfiguration": rules}
    said = s3.put_bucket_lifecycle_configuration(**put)["TransitionDefaultMinimumObjectSize"]
    frob = "frob"

    assert said == "all_storage_classes_128K"
    assert (
        code(lambda: s3.put_bucket_lifecycle_configuration(**put, TransitionDefaultMinimumObjectSize=frob))
        == "InvalidArgument"
    )


def test_named_configurations_are_listed_in_pages(bucket: tuple[Any, str]) -> None:
    """A list shows a hundred at a time, and all of them once."""
    s3, name = bucket
    for number in range(103):
        ident = f"m{number:03}"
        s3.put_bucket_metrics_configuration(Bucket=name, Id=ident, MetricsConfiguration={"Id": ident})
    first = s3.list_bucket_metrics_configurations(Bucket=name)
    token = first["NextContinuationToken"]
    rest = s3.list_bucket_metrics_configurations(Bucket=name, ContinuationToken=token)
    found = keys(first["MetricsConfigurationList"] + rest["MetricsConfigurationList"], "Id")

    assert (first["IsTruncated"], rest["IsTruncated"]) == (True, False)
    assert len(first["MetricsConfigurationList"]) == 100
    assert found == [(f"m{number:03}",) for number in range(103)]


def test_a_configuration_has_one_id(bucket: tuple[Any, str]) -> None:
    """The id of the request and that of the document must agree; deleting what is not there is refused."""
    s3, name = bucket
    put = code(
        lambda: s3.put_bucket_metrics_configuration(Bucket=name, Id="a", MetricsConfiguration={"Id": "b"})
    )

    assert put == "InvalidArgument"
    assert code(lambda: s3.delete_bucket_metrics_configuration(Bucket=name, Id="a")) == "NoSuchConfiguration"


def test_replication_needs_versioning(clients: Clients, bucket: tuple[Any, str]) -> None:
    """Without versioning a replication is refused; with it, rules without an ID get one."""
    s3, name = bucket
    rule = {"Status": "Enabled", "Prefix": "", "Destination": {"Bucket": "arn:aws:s3:::there"}}
    put = {"Role": f"arn:aws:iam::{ACCOUNT}:role/r", "Rules": [rule]}
    refused = code(lambda: s3.put_bucket_replication(Bucket=name, ReplicationConfiguration=put))
    versioned(clients, f"{name}-v").put_bucket_replication(Bucket=f"{name}-v", ReplicationConfiguration=put)
    kept = s3.get_bucket_replication(Bucket=f"{name}-v")["ReplicationConfiguration"]["Rules"][0]

    assert refused == "InvalidRequest"
    assert kept.pop("ID")
    assert kept == rule


def test_tags_can_be_changed_while_they_decide_nothing(bucket: tuple[Any, str], clients: Clients) -> None:
    """PutBucketTagging works without access by tags, TagResource with it as well."""
    s3, name = bucket
    s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": [{"Key": "a", "Value": "1"}]})
    s3.put_bucket_abac(Bucket=name, AbacStatus={"Status": "Enabled"})
    clients.client("s3control").tag_resource(
        AccountId=ACCOUNT, ResourceArn=f"arn:aws:s3:::{name}", Tags=[{"Key": "b", "Value": "2"}]
    )

    assert sorted(keys(s3.get_bucket_tagging(Bucket=name)["TagSet"], "Key", "Value")) == [
        ("a", "1"),
        ("b", "2"),
    ]
