"""Is an object left alone whenever a copy of it would lose something, and told when one did?"""

from collections.abc import Mapping
from typing import Final

import pytest

from audits.fixing_losses import losses, lost
from audits.fixing_seeing import UnseenError, seen
from audits.fixing_things import LARGEST_COPY, Ground
from bucketwright.calls import Answer, Call, Failure, Outcome
from tests.audits.fixing_model import Model, ground, thing

PNG: Final = {"ContentType": "image/png"}
UNTIL: Final = "2031-01-01T00:00:00Z"
LOCKS: Final = ground(has_locks=True, locks_new="GOVERNANCE, 30 days")
HELD: Final = {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": UNTIL}
COMPLIES: Final = {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": UNTIL}
IN_GLACIER: Final = {"StorageClass": "GLACIER"}
TIERED: Final = {"StorageClass": "INTELLIGENT_TIERING", "ArchiveStatus": "DEEP_ARCHIVE_ACCESS"}
RESTORED: Final = 'ongoing-request="false", expiry-date="Fri, 21 Dec 2029 00:00:00 GMT"'
COPIES: Final = ground(replicates=True)
SAME: Final = {"StorageClass": "STANDARD"}


@pytest.mark.parametrize(
    ("head", "where", "says"),
    [
        (IN_GLACIER, ground(), "lies in GLACIER: restore it first"),
        ({"StorageClass": "DEEP_ARCHIVE", "Restore": 'ongoing-request="true"'}, ground(), "DEEP_ARCHIVE"),
        (TIERED, ground(), "DEEP_ARCHIVE_ACCESS: restore it first"),
        (COMPLIES, ground(), "compliance mode until 2031"),
        ({}, LOCKS, "by the bucket's default (GOVERNANCE, 30 days)"),
        ({"Owner": "id:abc"}, ground(), "another account owns it"),
        ({"Grants": [["id:abc", "WRITE"]]}, ground(), "its ACL gives WRITE"),
        ({"Grants": [['id:a",uri="b', "READ"]]}, ground(), "whom no copy can name"),
        ({"Metadata": {"who": "caf\u00e9"}}, ground(), "who holds characters"),
        ({"Metadata": {"who": "a\x01"}}, ground(), "who holds characters"),
        ({"ContentDisposition": "\u202etxt"}, ground(), "ContentDisposition holds characters"),
        ({"MissingMeta": 2}, ground(), "metadata that S3 does not show"),
        ({"ExpiresString": "soon"}, ground(), "Expires is no date"),
        ({"ReplicationStatus": "REPLICA"}, COPIES, "it is a replica"),
        ({"ReplicationStatus": "PENDING"}, COPIES, "under way"),
        ({"ReplicationStatus": "COMPLETED"}, ground(), "nothing would copy it again"),
        ({"OtherNull": True}, ground(), "versioning is suspended"),
        ({"Annotations": 1}, ground(), "annotations"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_copy_would_lose(head: Mapping[str, object], where: Ground, says: str) -> None:
    """One reason for each, for people."""
    [reason] = losses({**SAME, **head}, where)

    assert says in reason


@pytest.mark.parametrize(
    ("head", "where"),
    [
        ({}, ground()),
        ({**IN_GLACIER, "Restore": RESTORED}, ground()),
        ({**TIERED, "Restore": RESTORED}, ground()),
        ({"StorageClass": "GLACIER_IR"}, ground()),
        (HELD, LOCKS),
        ({"ObjectLockLegalHoldStatus": "ON"}, ground(has_locks=True)),
        ({"Owner": "owner", "Grants": [["id:abc", "READ"], ["owner", "FULL_CONTROL"]]}, ground()),
        ({"Metadata": {"who": "=?UTF-8?B?w6k=?="}}, ground()),
        ({"ExpiresString": "Wed, 01 Jan 2031 00:00:00 GMT", "Expires": UNTIL}, ground()),
        ({"ReplicationStatus": "COMPLETED"}, COPIES),
        ({"ReplicationStatus": "FAILED"}, COPIES),
    ],
    ids=[
        "nothing special",
        "restored from an archive",
        "restored from a tier",
        "an archive that is read at once",
        "a lock of its own",
        "a legal hold",
        "grants",
        "metadata in mail's spelling",
        "Expires",
        "copied, and copied again",
        "not copied, and tried again",
    ],
)
def test_what_no_copy_loses(head: Mapping[str, object], where: Ground) -> None:
    """Nothing stands against it."""
    assert [*losses({**SAME, **head}, where)] == []


@pytest.mark.parametrize(
    ("after", "wanted", "names"),
    [
        ({}, PNG, ()),
        ({"ContentType": "image/png"}, PNG, ()),
        ({"CacheControl": None}, PNG, ("CacheControl",)),
        ({"SSEKMSKeyId": "other"}, PNG, ("SSEKMSKeyId",)),
        ({"SSEKMSKeyId": "other"}, {"ServerSideEncryption": "aws:kms"}, ()),
        ({"TagCount": 2}, PNG, ("TagCount",)),
        ({"TagCount": 2}, {"Tags": {}}, ()),
        ({"Checksum": "other"}, PNG, ("Checksum",)),
        ({"Checksum": "other", "ChecksumAlgorithm": "SHA1"}, PNG, ("ChecksumAlgorithm",)),
        ({"ContentLength": 8}, PNG, ("ContentLength",)),
        ({"ETag": "other", "LastModified": "now"}, PNG, ()),
    ],
    ids=[
        "nothing",
        "what was wanted",
        "a header",
        "the key",
        "the key with the encryption",
        "tags",
        "tags that were wanted",
        "the content",
        "the checksum",
        "bytes",
        "its age",
    ],
)
def test_what_was_lost(
    after: Mapping[str, object], wanted: Mapping[str, object], names: tuple[str, ...]
) -> None:
    """All that is another, but for what was to be."""
    before = {"CacheControl": "no-store", "TagCount": 1, "Checksum": "sum", "ChecksumAlgorithm": "CRC32"}

    assert lost(before, {**before, **after}, wanted) == names


class Answering(Model):
    """A server that answers some calls otherwise."""

    def __init__(self, **answers: Outcome) -> None:
        super().__init__()
        self.answers = answers

    def __call__(self, call: Call) -> Outcome:
        if call.params.get("VersionId") == "null" and "Null" in self.answers:
            return self.answers["Null"]
        return self.answers.get(call.operation) or super().__call__(call)


DENIED: Final = Failure("denied", "AccessDenied")


@pytest.mark.parametrize(
    ("answers", "where", "says"),
    [
        ({"HeadObject": Failure("refused", "400")}, ground(), "only its uploader has the key"),
        ({"HeadObject": DENIED}, ground(), "s3:GetObject is denied"),
        ({"GetObjectAcl": DENIED}, ground(), "its ACL cannot be read: s3:GetObjectAcl is denied"),
        ({}, ground(owner=""), "whose the bucket is"),
        ({"GetObjectRetention": DENIED}, LOCKS, "whether it is locked cannot be read"),
        (
            {
                "GetObjectRetention": Failure("refused", "NoSuchObjectLockConfiguration"),
                "GetObjectLegalHold": DENIED,
            },
            LOCKS,
            "s3:GetObjectLegalHold is denied",
        ),
        ({"Null": DENIED}, ground(versions="Suspended"), "its version without a name"),
        ({"GetObjectTagging": DENIED}, ground(), "its tags cannot be read"),
        (
            {"GetObjectTagging": Answer({"TagSet": []}), "ListObjectAnnotations": DENIED},
            ground(on_aws=True),
            "annotations",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_not_lost(answers: dict[str, Outcome], where: Ground, says: str) -> None:
    """What is not known to be there may be there: no copy without knowing."""
    server = Answering(**answers)
    server.put({"ContentLength": LARGEST_COPY + 1, "VersionId": "v7"})

    with pytest.raises(UnseenError, match=says):
        seen(thing(), PNG, where, server)


def test_what_a_server_has_not_is_not_lost() -> None:
    """Where there are no ACLs, locks or annotations at all there are none of them to keep."""
    none = Failure("unsupported", "NotImplemented")
    unknown = ("GetObjectAcl", "GetObjectRetention", "GetObjectLegalHold", "ListObjectAnnotations")
    server = Answering(**dict.fromkeys(unknown, none), Null=Failure("gone", "404"))
    server.put({"ContentLength": LARGEST_COPY + 1, "VersionId": "v7"})
    where = ground(on_aws=True, has_locks=True, versions="Suspended")

    found = seen(thing(), PNG, where, server)

    assert [*losses(found, where)] == []
    assert not found["OtherNull"]


def test_a_lock_that_is_over_is_none() -> None:
    """Nor is a hold that was lifted: S3 takes neither in a copy."""
    over = {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": "2026-11-20T00:00:00Z"}
    server = Answering()
    server.put({**over, "ObjectLockLegalHoldStatus": "OFF"})
    where = ground(has_locks=True)

    found = seen(thing(), PNG, where, server)

    assert [*losses(found, where)] == []
    assert not found.keys() & {*over, "ObjectLockLegalHoldStatus"}
