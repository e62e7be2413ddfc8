"""What Pulumi says and what AWS is told are the same, in two spellings."""

from collections.abc import Mapping
from datetime import UTC, datetime

import boto3
import pytest
from botocore.model import Shape
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.provider.conditions import CONDITIONS
from sandbox.provider.schema import kinds_of, resource_type
from sandbox.provider.spelling import Spelling, UnspelledError, text_of
from sandbox.provider.value_kinds import Anything, Either, Kind, Listing, Record, Scalar, Table

S3 = boto3.session.Session().client("s3", region_name="us-east-1").meta.service_model
EDGE = boto3.session.Session().client("cloudfront", region_name="us-east-1").meta.service_model
LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
WEBSITE = "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration"
HEADERS = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"
DISTRIBUTION = "aws:cloudfront/distribution:Distribution"
PLAIN = Spelling()


def shape(name: str) -> Shape:
    """A shape of S3 or CloudFront."""
    return S3.shape_for(name) if name in S3.shape_names else EDGE.shape_for(name)


@pytest.mark.parametrize(
    ("kind", "shape_name", "spelling", "said", "told"),
    [
        pytest.param(
            Record(resource_type("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs.arguments),
            "PublicAccessBlockConfiguration",
            PLAIN,
            {"blockPublicAcls": True},
            {"BlockPublicAcls": True},
            id="capitals",
        ),
        pytest.param(
            kinds_of(
                "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
            )["rules"],
            "ServerSideEncryptionRules",
            PLAIN,
            [
                {
                    "applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": "k"},
                    "blockedEncryptionTypes": ["SSE-C"],
                }
            ],
            [
                {
                    "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "k"},
                    "BlockedEncryptionTypes": {"EncryptionType": ["SSE-C"]},
                }
            ],
            id="abbreviations, and a list in a box of its own",
        ),
        pytest.param(
            kinds_of("aws:s3/bucketOwnershipControls:BucketOwnershipControls")["rule"],
            "OwnershipControlsRules",
            PLAIN,
            {"objectOwnership": "ObjectWriter"},
            [{"ObjectOwnership": "ObjectWriter"}],
            id="one rule in a list",
        ),
        pytest.param(
            Table(Scalar(str)), "TagSet", PLAIN, {"a": "b"}, [{"Key": "a", "Value": "b"}], id="tags as pairs"
        ),
        pytest.param(
            Listing(Scalar(str)),
            "TrustedKeyGroups",
            PLAIN,
            ["g", "h"],
            {"Enabled": True, "Quantity": 2, "Items": ["g", "h"]},
            id="a list in a box with its length",
        ),
        pytest.param(
            Listing(Scalar(str)), "Aliases", PLAIN, [], {"Quantity": 0}, id="an empty list in a box"
        ),
        pytest.param(
            kinds_of(DISTRIBUTION)["restrictions"],
            "Restrictions",
            Spelling({"locations": "Items"}),
            {"geoRestriction": {"restrictionType": "whitelist", "locations": ["US"]}},
            {"GeoRestriction": {"RestrictionType": "whitelist", "Quantity": 1, "Items": ["US"]}},
            id="a box with more than a list",
        ),
        pytest.param(Scalar(int), "string", PLAIN, 200, "200", id="a number that AWS takes as text"),
        pytest.param(
            Scalar(str),
            "Date",
            PLAIN,
            "2031-01-01T00:00:00Z",
            datetime(2031, 1, 1, tzinfo=UTC),
            id="a moment",
        ),
        pytest.param(
            kinds_of("aws:s3/bucketMetric:BucketMetric")["filter"],
            "MetricsConfiguration",
            Spelling({}, {"filter": CONDITIONS}),
            {},
            {},
            id="nothing",
        ),
    ],
)
def test_both_spellings_mean_the_same(
    kind: Kind, shape_name: str, spelling: Spelling, said: object, told: object
) -> None:
    """AWS is told just that, and what it answers reads as it was said."""
    there = shape(shape_name)

    assert spelling.to_aws(kind, there, said) == told
    assert spelling.from_aws(kind, there, told) == said


def test_a_word_that_aws_does_not_have_is_refused() -> None:
    """Nothing that a program says inside a document is dropped in silence."""
    kind = kinds_of(LIFECYCLE)["rules"]

    with pytest.raises(UnspelledError, match="LifecycleRule has no member for colour, size"):
        PLAIN.to_aws(kind, shape("LifecycleRules"), [{"id": "a", "colour": "red", "size": 1}])


@pytest.mark.parametrize(
    ("kind", "shape_name", "said", "message"),
    [
        pytest.param(
            Table(Scalar(str)), "LifecycleRules", {"a": "b"}, "LifecycleRules is no list of pairs", id="pairs"
        ),
        pytest.param(
            Listing(Scalar(str)), "LifecycleRule", ["a"], "LifecycleRule holds more than a list", id="a list"
        ),
    ],
)
def test_a_nesting_that_aws_does_not_have_is_refused(
    kind: Kind, shape_name: str, said: object, message: str
) -> None:
    """The refusal names AWS's shape."""
    with pytest.raises(UnspelledError, match=message):
        PLAIN.to_aws(kind, shape(shape_name), said)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        pytest.param({"prefix": "a/"}, {"Prefix": "a/"}, id="one"),
        pytest.param({"tags": {"a": "b"}}, {"Tag": {"Key": "a", "Value": "b"}}, id="one tag"),
        pytest.param(
            {"prefix": "a/", "tags": {"a": "b"}},
            {"And": {"Prefix": "a/", "Tags": [{"Key": "a", "Value": "b"}]}},
            id="a prefix and a tag",
        ),
        pytest.param(
            {"tags": {"a": "b", "c": "d"}},
            {"And": {"Tags": [{"Key": "a", "Value": "b"}, {"Key": "c", "Value": "d"}]}},
            id="two tags",
        ),
        pytest.param(
            {"prefix": "a/", "accessPoint": "arn"},
            {"And": {"Prefix": "a/", "AccessPointArn": "arn"}},
            id="a prefix and an access point",
        ),
        pytest.param({}, {}, id="none"),
    ],
)
def test_several_conditions_stand_in_an_and(said: object, told: object) -> None:
    """One condition stands alone, as S3 wants it."""
    assert CONDITIONS.told(said) == told
    assert CONDITIONS.read(told) == said


def test_a_condition_that_is_none_is_refused() -> None:
    """A misspelt condition would widen the filter."""
    with pytest.raises(UnspelledError, match="a filter has no prefx"):
        CONDITIONS.told({"prefx": "a/"})


def test_a_document_may_be_said_as_text_or_as_a_mapping() -> None:
    """AWS takes text."""
    assert text_of('{"a":1}') == '{"a":1}'
    assert text_of({"a": 1}) == '{"a": 1}'


def anything_of(kind: Kind) -> st.SearchStrategy[object]:
    """Everything a program can say of a kind. Nothing is empty, for AWS forgets what is."""
    words = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=5)
    match kind:
        case Scalar(type=plain):
            return {str: words, bool: st.booleans(), int: st.integers(0, 99), float: st.integers(0, 99)}[
                plain
            ]
        case Listing(item):
            return st.lists(anything_of(item), min_size=1, max_size=2)
        case Table(value):
            return st.dictionaries(words, anything_of(value), min_size=1, max_size=2)
        case Record():
            return record_of(kind)
        case Either(kinds):
            return anything_of(kinds[0])
        case Anything():
            return words


def record_of(kind: Record, without: frozenset[str] = frozenset()) -> st.SearchStrategy[object]:
    """All that is required, and any of the rest."""
    left = {name: anything_of(member) for name, member in kind.members.items() if name not in without}
    dates = {"date": st.just("2031-01-01T00:00:00Z")} if "date" in left else {}
    left = {**left, **dates}
    needed = {name: value for name, value in left.items() if name in kind.required}
    return st.fixed_dictionaries(needed, optional={k: v for k, v in left.items() if k not in needed})


@pytest.mark.parametrize(
    ("token", "shape_name", "without"),
    [
        pytest.param(
            LIFECYCLE,
            "BucketLifecycleConfiguration",
            {"bucket", "region", "expectedBucketOwner", "timeouts", "transitionDefaultMinimumObjectSize"},
            id="lifecycle",
        ),
        pytest.param(
            REPLICATION, "ReplicationConfiguration", {"bucket", "region", "token"}, id="replication"
        ),
        pytest.param(
            WEBSITE,
            "WebsiteConfiguration",
            {"bucket", "region", "expectedBucketOwner", "routingRuleDetails"},
            id="website",
        ),
        pytest.param(HEADERS, "ResponseHeadersPolicyConfig", set(), id="response headers"),
    ],
)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_is_told_reads_as_it_was_said(
    token: str, shape_name: str, without: set[str], data: st.DataObject
) -> None:
    """Whatever the SDK's classes admit survives the way to AWS's words and back."""
    kind = resource_type(token).inputs
    said = data.draw(record_of(kind, frozenset(without)))
    assert isinstance(said, Mapping)

    told = PLAIN.to_aws(kind, shape(shape_name), said)

    assert PLAIN.from_aws(kind, shape(shape_name), told) == said
