"""Do the calls that change something of an object keep all else of it?"""

from collections.abc import Mapping
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.fixing_calls import writes
from audits.fixing_seeing import seen
from audits.fixing_things import LARGEST_COPY, Ground
from bucketwright.calls import Answer
from bucketwright.facets.grants import ALL_USERS
from bucketwright.facets.writing import Unsettable
from tests.audits.fixing_model import OWNER, Model, ground, thing

KEY: Final = "arn:aws:kms:us-west-2:111122223333:key/1234"
OTHER: Final = "arn:aws:kms:us-west-2:111122223333:key/5678"
UNDER_KMS: Final = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KEY, "BucketKeyEnabled": True}
PNG: Final = {"ContentType": "image/png"}
WORDS: Final = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=9)
HEADS: Final = st.fixed_dictionaries(
    {"ETag": st.just('"e"'), "ContentLength": st.integers(0, 2 * LARGEST_COPY)},
    optional={
        "CacheControl": WORDS,
        "ContentDisposition": WORDS,
        "ContentEncoding": WORDS,
        "ContentLanguage": WORDS,
        "ContentType": WORDS,
        "Expires": st.just("2031-01-01T00:00:00Z"),
        "Metadata": st.dictionaries(WORDS, WORDS, max_size=3),
        "StorageClass": st.sampled_from(["STANDARD_IA", "GLACIER_IR", "INTELLIGENT_TIERING"]),
        "WebsiteRedirectLocation": WORDS,
        "ObjectLockMode": st.just("GOVERNANCE"),
        "ObjectLockRetainUntilDate": st.just("2031-01-01T00:00:00Z"),
        "ObjectLockLegalHoldStatus": st.just("ON"),
        "ChecksumSHA256": st.just("c3Vt"),
    },
)
ENCRYPTIONS: Final = st.sampled_from(
    [
        {"ServerSideEncryption": "AES256"},
        UNDER_KMS,
        {**UNDER_KMS, "BucketKeyEnabled": False},
        {**UNDER_KMS, "SSEKMSKeyId": OTHER},
        {"ServerSideEncryption": "aws:kms:dsse", "SSEKMSKeyId": KEY},
    ]
)
GRANTS: Final = st.frozensets(
    st.tuples(
        st.sampled_from([f"id:{OWNER}", "id:" + "a" * 64, ALL_USERS]),
        st.sampled_from(["FULL_CONTROL", "READ", "READ_ACP", "WRITE_ACP"]),
    ),
    min_size=1,
)
WANTED: Final = st.fixed_dictionaries(
    {},
    optional={
        "ContentType": st.just("image/png"),
        "StorageClass": st.sampled_from(["STANDARD", "ONEZONE_IA"]),
        "WebsiteRedirectLocation": st.sampled_from([None, "/x"]),
        "Tags": st.dictionaries(WORDS, WORDS, max_size=3),
    },
).filter(bool)


@given(
    head=HEADS,
    encryption=ENCRYPTIONS,
    default=ENCRYPTIONS,
    grants=GRANTS,
    tags=st.dictionaries(st.text(min_size=1, max_size=9), st.text(max_size=9), max_size=3),
    wanted=WANTED,
)
def test_what_is_not_to_change_stays(
    head: Mapping[str, object],
    encryption: Mapping[str, object],
    default: Mapping[str, object],
    grants: frozenset[tuple[str, str]],
    tags: Mapping[str, str],
    wanted: Mapping[str, object],
) -> None:
    """A copy that S3 makes as it is told has all that the object had, and what was wanted."""
    model = Model(default=default)
    stored = model.put({**dict.fromkeys(default), **encryption, **head}, tags=tags)
    stored.grants = grants
    was = {name: value for name, value in stored.head.items() if value is not None}
    usual = {"ServerSideEncryption": None, "SSEKMSKeyId": None, "BucketKeyEnabled": False, **default}
    where = ground(default=usual)

    for write in writes(thing(), seen(thing(), wanted, where, model), wanted, where):
        assert isinstance(model(write.call), Answer)

    meant = {**was, **wanted, "StorageClass": wanted.get("StorageClass", was.get("StorageClass", "STANDARD"))}
    found = {"StorageClass": "STANDARD", "Tags": stored.tags, **stored.head}
    assert {name for name in {*meant, *found} if (found.get(name) or None) != (meant.get(name) or None)} <= {
        "LastModified",
        *(() if "Tags" in wanted else ("Tags",)),
    }
    assert stored.tags == wanted.get("Tags", dict(tags))
    assert stored.grants == grants
    assert stored.copies <= 1


IN_PLACE: Final = ground(in_place=True)


@pytest.mark.parametrize(
    ("head", "wanted", "where", "operation"),
    [
        ({}, UNDER_KMS, IN_PLACE, "UpdateObjectEncryption"),
        (UNDER_KMS, {"SSEKMSKeyId": OTHER}, IN_PLACE, "UpdateObjectEncryption"),
        (UNDER_KMS, {"BucketKeyEnabled": False}, IN_PLACE, "UpdateObjectEncryption"),
        ({}, UNDER_KMS, ground(), "CopyObject"),
        ({}, {**UNDER_KMS, **PNG}, IN_PLACE, "CopyObject"),
        (UNDER_KMS, {"ServerSideEncryption": "AES256"}, IN_PLACE, "CopyObject"),
        ({"ServerSideEncryption": None}, {"ServerSideEncryption": "AES256"}, IN_PLACE, "CopyObject"),
        ({"ServerSideEncryption": "aws:kms:dsse"}, UNDER_KMS, IN_PLACE, "CopyObject"),
        ({}, {**UNDER_KMS, "SSEKMSKeyId": "alias/own"}, IN_PLACE, "CopyObject"),
        ({"ObjectLockLegalHoldStatus": "ON"}, UNDER_KMS, IN_PLACE, "CopyObject"),
        ({}, {"Tags": {"a": "b"}}, IN_PLACE, "PutObjectTagging"),
        ({}, {"Grants": [["owner", "FULL_CONTROL"]]}, IN_PLACE, "PutObjectAcl"),
        ({}, PNG, IN_PLACE, "CopyObject"),
    ],
    ids=[
        "a key of KMS",
        "another key",
        "without the bucket's data key",
        "a server that cannot in place",
        "a type besides",
        "back under S3's own key",
        "not encrypted so far",
        "two layers so far",
        "a key that has no full name",
        "a legal hold",
        "tags",
        "an ACL",
        "a type",
    ],
)
def test_the_gentlest_call_that_does(
    head: Mapping[str, object], wanted: Mapping[str, object], where: Ground, operation: str
) -> None:
    """In place where S3 can, which keeps even the age; by one copy where it cannot."""
    model = Model()
    model.put(head)

    [write] = writes(thing(), seen(thing(), wanted, where, model), wanted, where)

    assert write.call.operation == operation


def test_an_older_version_is_changed_in_place_alone() -> None:
    """A copy of it would be the current one."""
    old, model = thing(version="v1"), Model()
    model.put()
    now = seen(old, {**UNDER_KMS, "Tags": {}}, IN_PLACE, model)

    [encrypted, tagged] = writes(old, now, {**UNDER_KMS, "Tags": {"a": "b"}}, IN_PLACE)
    assert [one.call.params["VersionId"] for one in (encrypted, tagged)] == ["v1", "v1"]
    assert tagged.permission == "s3:PutObjectVersionTagging"
    with pytest.raises(Unsettable, match="older version"):
        writes(old, now, PNG, IN_PLACE)


def test_on_aws_nothing_newer_is_overwritten() -> None:
    """The copy is made of what was looked at, and only onto it."""
    model = Model()
    model.put()
    where = ground(on_aws=True)

    [write] = writes(thing(), seen(thing(), PNG, where, model), PNG, where)

    assert (write.call.params["CopySourceIfMatch"], write.call.params["IfMatch"]) == ('"a.png"', '"a.png"')


@pytest.mark.parametrize(
    ("told", "named"),
    [
        (UNDER_KMS, False),
        ({**UNDER_KMS, "SSEKMSKeyId": OTHER}, True),
        ({**UNDER_KMS, "BucketKeyEnabled": False}, True),
        ({"ServerSideEncryption": "AES256"}, True),
    ],
    ids=["as the bucket does", "another key", "without the data key", "S3's own key"],
)
def test_the_bucket_s_own_encryption_is_not_named(told: Mapping[str, object], *, named: bool) -> None:
    """Its policy may refuse whoever names a key; anything else has to be said."""
    model, where = Model(), ground(default=UNDER_KMS)
    model.put({**dict.fromkeys(UNDER_KMS), **told})

    [write] = writes(thing(), seen(thing(), PNG, where, model), PNG, where)

    assert ("ServerSideEncryption" in write.call.params) is named


def test_what_is_gone_is_not_put_back() -> None:
    """An upload is aborted and a version deleted for good."""
    upload, version = thing(upload="u"), thing(version="v")

    assert [writes(one, {}, {"There": False}, IN_PLACE)[0].call.operation for one in (upload, version)] == [
        "AbortMultipartUpload",
        "DeleteObject",
    ]
    with pytest.raises(Unsettable, match="what is gone is gone"):
        writes(upload, {}, {"There": True}, IN_PLACE)
