"""Does each answer of S3 tell of an object what it says, and nothing that it does not say?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import pytest

from audits import object_facts
from audits.object_facts import Home
from audits.object_locks import HELD_BACK, LOCK_FACTS, legal_hold, retention
from bucketwright.calls import Answer, Failure, Outcome
from bucketwright.facets.grants import ALL_USERS, Grant
from bucketwright.facets.reading import Target
from bucketwright.facets.said import Said
from bucketwright.posture import Unknown

OURS: Final = "0e0e"
KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1"
WHEN: Final = datetime(2026, 3, 1, tzinfo=UTC)
DENIED: Final = Failure("denied", "AccessDenied")


def refer(kind: str, _: str, found: object) -> str | None:
    return "key:files" if (kind, found) == ("key", KEY) else None


def home(
    owner: str | None = OURS, *, locks: bool | None = False, silent: Mapping[str, str] | None = None
) -> Home:
    target = Target("bucket", "files", {"Bucket": "files"})
    return Home("bucket:files", target, refer, owner, on_aws=True, locks=locks, silent=silent or {})


def said(**values: object) -> Said:
    return Said(values, refer)


LISTED: Final[Mapping[str, object]] = {
    "Key": "a.txt",
    "LastModified": "2026-03-01T00:00:00Z",
    "ETag": '"1"',
    "Size": 3,
    "StorageClass": "STANDARD_IA",
    "Owner": {"ID": OURS},
    "ChecksumAlgorithm": ["CRC64NVME"],
}


def test_a_list_tells_of_an_object() -> None:
    """Each field is the fact of its name."""
    assert object_facts.listed(said(**LISTED), home()) == {
        "bucket": "bucket:files",
        "key": "a.txt",
        "modified": WHEN,
        "checksum_algorithms": ("CRC64NVME",),
        "etag": '"1"',
        "is_latest": True,
        "is_newest": True,
        "on_aws": True,
        "owner": "owner",
        "restoring": False,
        "size": 3,
        "storage_class": "STANDARD_IA",
    }


@pytest.mark.parametrize("name", ["LastModified", "ETag", "Size", "Owner"])
def test_what_a_list_leaves_out_is_not_known(name: str) -> None:
    """A field that is always there, and is not, is no zero and no default."""
    left = {field: value for field, value in LISTED.items() if field != name}
    fact = {"LastModified": "modified", "ETag": "etag", "Size": "size", "Owner": "owner"}[name]

    assert isinstance(object_facts.listed(said(**left), home())[fact], Unknown)


@pytest.mark.parametrize(
    ("user", "owner", "whose"),
    [(OURS, OURS, "owner"), ("f0f0", OURS, "id:f0f0")],
    ids=["the bucket's owner", "a stranger"],
)
def test_whose_it_is(user: str, owner: str, whose: str) -> None:
    """An object is the bucket owner's, or named by its stranger."""
    facts = object_facts.listed(said(**{**LISTED, "Owner": {"ID": user}}), home(owner))

    assert facts["owner"] == whose


def test_whose_it_is_takes_knowing_whose_the_bucket_is() -> None:
    """Where the bucket's owner is not known, nobody is taken for them."""
    assert isinstance(object_facts.listed(said(**LISTED), home(None))["owner"], Unknown)


@pytest.mark.parametrize("time", ["yesterday", "2026-03-01T00:00:00"], ids=["a word", "no zone"])
def test_a_time_that_is_none(time: str) -> None:
    """What is no moment is not known."""
    assert isinstance(
        object_facts.listed(said(**{**LISTED, "LastModified": time}), home())["modified"], Unknown
    )


HEADS: Final[Mapping[str, tuple[Mapping[str, object], str, object]]] = {
    "a type": ({"ContentType": "text/plain"}, "content_type", "text/plain"),
    "no type": ({}, "content_type", None),
    "a key of S3": ({"ServerSideEncryption": "AES256"}, "encryption", "AES256"),
    "twice": ({"ServerSideEncryption": "aws:kms:dsse"}, "encryption", "aws:kms:dsse"),
    "no encryption": ({}, "encryption", None),
    "a key of ours": ({"SSEKMSKeyId": KEY}, "encryption_key", "key:files"),
    "a stranger's key": ({"SSEKMSKeyId": f"{KEY}2"}, "encryption_key", f"{KEY}2"),
    "a bucket key": ({"BucketKeyEnabled": True}, "bucket_key", True),
    "no bucket key": ({}, "bucket_key", False),
    "copied, as one page spells it": ({"ReplicationStatus": "COMPLETE"}, "replication_status", "COMPLETED"),
    "copied, as another does": ({"ReplicationStatus": "COMPLETED"}, "replication_status", "COMPLETED"),
    "never to be copied": ({}, "replication_status", None),
    "being restored": ({"Restore": 'ongoing-request="true"'}, "restoring", True),
    "restored": ({"Restore": 'ongoing-request="false", expiry-date="x"'}, "restoring", False),
    "locked": ({"ObjectLockMode": "COMPLIANCE"}, "lock_mode", "COMPLIANCE"),
    "held": ({"ObjectLockLegalHoldStatus": "ON"}, "legal_hold", True),
    "locked until": ({"ObjectLockRetainUntilDate": "2026-03-01T00:00:00Z"}, "retain_until", WHEN),
    "sent on": ({"WebsiteRedirectLocation": "/b"}, "website_redirect", "/b"),
    "the customer's key": ({"SSECustomerAlgorithm": "AES256"}, "customer_key", True),
    "no key of S3 under the customer's": ({"SSECustomerAlgorithm": "AES256"}, "encryption", None),
}


@pytest.mark.parametrize(("answer", "fact", "value"), HEADS.values(), ids=HEADS)
def test_a_head_tells(answer: Mapping[str, object], fact: str, value: object) -> None:
    """Each header is the fact of its name."""
    assert object_facts.headed(Answer(answer), home())[fact] == value


@pytest.mark.parametrize("answer", [{"ServerSideEncryption": "rot13"}, {"ServerSideEncryption": 1}], ids=str)
def test_an_odd_encryption_is_not_known(answer: Mapping[str, object]) -> None:
    """What nobody has heard of is no encryption, and not none either."""
    assert isinstance(object_facts.headed(Answer(answer), home())["encryption"], Unknown)


@pytest.mark.parametrize("beside", [Answer({"TagSet": []}), DENIED], ids=["answered", "denied"])
def test_a_head_that_asks_for_a_key(beside: Outcome) -> None:
    """S3 answers 400 to whoever lacks the customer's key, and tells nothing else."""
    facts = object_facts.headed(Failure("refused", "400"), home(), beside)

    assert (facts["customer_key"], facts["encryption"], facts["encryption_key"]) == (True, None, None)
    assert (facts["lock_mode"], facts["legal_hold"]) == (None, False)
    assert facts["content_type"] == object_facts.HIDDEN


def test_a_lock_is_told_without_the_customers_key() -> None:
    """Where there may be one it is asked for by itself."""
    facts = object_facts.headed(Failure("refused", "400"), home(locks=True), Answer({}))

    assert {facts[name] for name in LOCK_FACTS} == {HELD_BACK}


@pytest.mark.parametrize(
    "beside",
    [
        None,
        Failure("credentials", "ExpiredToken"),
        Failure("refused", "InvalidArgument", "Invalid version id specified"),
        Failure("unsupported", "NotAsked"),
        Failure("gone", "NoSuchVersion"),
    ],
    ids=["not asked", "credentials that have expired", "no such version id", "no such question", "gone"],
)
def test_a_head_that_does_not_say_why(beside: Outcome | None) -> None:
    """A request that is wrong by itself is answered with 400, too: then nothing is known of the object."""
    facts = object_facts.headed(Failure("refused", "400"), home(), beside)

    assert {str(one) for one in facts.values()} == {
        str(Unknown("HeadObject was answered with 400, which does not say why"))
    }


def test_a_denied_head_names_the_permission() -> None:
    """All that a HEAD tells is unknown, for want of this."""
    facts = object_facts.headed(DENIED, home())

    assert {str(one) for one in facts.values()} == {str(Unknown("HeadObject: s3:GetObject is denied"))}


def test_a_head_that_is_denied_in_a_quarantine() -> None:
    """The contract itself keeps everybody out; a lock is asked for by itself. Elsewhere it is not known."""
    waits = replace(home(locks=True), is_shut=lambda key: key.startswith("quarantine/"))
    facts = object_facts.headed(DENIED, waits, key="quarantine/7/a.pdf")

    assert {str(facts[name]) for name in facts.keys() - {*LOCK_FACTS}} == {str(object_facts.QUARANTINED)}
    assert {facts[name] for name in LOCK_FACTS} == {HELD_BACK}
    assert object_facts.headed(DENIED, waits, key="clean/7/a.pdf") == object_facts.headed(DENIED, home())
    read = object_facts.headed(Answer({"ContentType": "a/b"}), waits, key="quarantine/7/a.pdf")
    assert read["content_type"] == "a/b"


@pytest.mark.parametrize(
    ("locks", "known"), [(False, True), (True, False), (None, False)], ids=["none", "some", "not known"]
)
def test_no_lock_in_a_head_where_there_may_be_one(*, locks: bool | None, known: bool) -> None:
    """Only where the bucket has no locks does a HEAD without one say that there is none."""
    facts = object_facts.headed(Answer({}), home(locks=locks))

    assert [isinstance(facts[name], Unknown) for name in ("lock_mode", "retain_until", "legal_hold")] == [
        not known
    ] * 3


def test_a_server_that_says_nothing_of_encryption() -> None:
    """Where a server is silent either way, its silence is no answer; what it does say holds."""
    odd = home(silent={"encryption": "this server does not say"})

    assert object_facts.headed(Answer({}), odd)["encryption"] == Unknown("this server does not say")
    assert object_facts.headed(Answer({"ServerSideEncryption": "AES256"}), odd)["encryption"] == "AES256"


NO_LOCK: Final = Failure("refused", "NoSuchObjectLockConfiguration")
LOCKS: Final[Mapping[str, tuple[Outcome, object, object]]] = {
    "none": (NO_LOCK, None, None),
    "one": (
        Answer({"Retention": {"Mode": "GOVERNANCE", "RetainUntilDate": "2026-03-01T00:00:00Z"}}),
        "GOVERNANCE",
        WHEN,
    ),
}


@pytest.mark.parametrize(("outcome", "mode", "until"), LOCKS.values(), ids=LOCKS)
def test_retention_is_asked_for(outcome: Outcome, mode: object, until: object) -> None:
    """The one code means that it is not locked."""
    assert retention(outcome, refer) == {"lock_mode": mode, "retain_until": until}


@pytest.mark.parametrize("outcome", [DENIED, Answer({}), Failure("refused", "NoSuchKey"), None], ids=str)
def test_retention_that_is_not_told(outcome: Outcome | None) -> None:
    """Nothing else means it."""
    assert all(isinstance(one, Unknown) for one in retention(outcome, refer).values())


def test_a_legal_hold_is_asked_for() -> None:
    """On, off, never set, and not to be seen."""
    on, off = (Answer({"LegalHold": {"Status": status}}) for status in ("ON", "OFF"))

    assert [legal_hold(one, refer) for one in (on, off, NO_LOCK)] == [True, False, False]
    assert isinstance(legal_hold(DENIED, refer), Unknown)


def test_grants_of_an_object() -> None:
    """The bucket's owner, a stranger and everybody, each with what they get."""
    grants = [
        {"Grantee": {"Type": "CanonicalUser", "ID": OURS}, "Permission": "FULL_CONTROL"},
        {"Grantee": {"Type": "CanonicalUser", "ID": "f0f0"}, "Permission": "WRITE_ACP"},
        {"Grantee": {"Type": "Group", "URI": ALL_USERS}, "Permission": "READ"},
    ]
    told = Answer({"Owner": {"ID": "f0f0"}, "Grants": grants})

    assert object_facts.acl(told, home()) == frozenset(
        {
            Grant("owner", "FULL_CONTROL"),
            Grant("id:f0f0", "WRITE_ACP"),
            Grant(ALL_USERS, "READ"),
        }
    )
    assert object_facts.owner_in_acl(told, home()) == "id:f0f0"


ODD_ACLS: Final[Mapping[str, Outcome | None]] = {
    "no list": Answer({}),
    "nobody": Answer({"Grants": [{"Grantee": {}, "Permission": "READ"}]}),
    "no permission": Answer({"Grants": [{"Grantee": {"URI": ALL_USERS}}]}),
    "an odd permission": Answer({"Grants": [{"Grantee": {"URI": ALL_USERS}, "Permission": "EAT"}]}),
    "denied": DENIED,
    "not asked": None,
}


@pytest.mark.parametrize("outcome", ODD_ACLS.values(), ids=ODD_ACLS)
def test_grants_that_are_not_told(outcome: Outcome | None) -> None:
    """What cannot be read is not taken for a private object."""
    assert isinstance(object_facts.acl(outcome, home()), Unknown)


def test_tags_of_an_object() -> None:
    """An empty value is one; no list of tags is no answer."""
    told = Answer({"TagSet": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": ""}]})

    assert object_facts.tags(told, home()) == {"a": "1", "b": ""}
    assert object_facts.tags(Answer({"TagSet": []}), home()) == {}
    assert all(isinstance(object_facts.tags(one, home()), Unknown) for one in (Answer({}), DENIED, None))


def test_an_upload_and_its_parts() -> None:
    """The size is that of the parts; not to be let list them leaves the rest known."""
    one = said(Key="a", UploadId="u", Initiated="2026-03-01T00:00:00Z", Initiator={"ID": "arn:x"})
    parts = Answer({"Parts": [{"Size": 5}, {"Size": 7}]})

    told = object_facts.upload(one, home(), parts)

    assert told == {
        "bucket": "bucket:files",
        "key": "a",
        "initiated": WHEN,
        "initiator": "arn:x",
        "size": 12,
        "upload_id": "u",
    }
    assert object_facts.upload(one, home(), Answer({}))["size"] == 0
    denied = object_facts.upload(one, home(), DENIED)
    assert denied["size"] == Unknown("ListParts: s3:ListMultipartUploadParts is denied")
    assert denied["initiated"] == WHEN


def test_an_old_version_knows_what_came_after_it() -> None:
    """The next newer version or marker made it noncurrent; only versions crowd it."""
    current = said(**LISTED, VersionId="3", IsLatest=True)
    marker = said(Key="a.txt", VersionId="2", IsLatest=False, LastModified="2026-03-01T00:00:00Z")
    older = said(**{**LISTED, "VersionId": "1", "IsLatest": False, "LastModified": "2026-02-01T00:00:00Z"})
    oldest = said(**{**LISTED, "VersionId": "null", "IsLatest": False})

    assert "noncurrent_since" not in object_facts.version(current, home(), ())
    told = object_facts.version(older, home(), (current, marker))
    assert (told["is_latest"], told["version_id"]) == (False, "1")
    assert (told["newer_noncurrent"], told["noncurrent_since"]) == (0, WHEN)
    assert told["is_newest"] is False
    last = object_facts.version(oldest, home(), (current, marker, older))
    assert (last["newer_noncurrent"], last["version_id"]) == (1, None)


def test_the_newest_version_of_a_deleted_key_stands_for_it() -> None:
    """Of what only delete markers hide something is still to be said, once."""
    markers = tuple(said(Key="a.txt", VersionId=one, LastModified="2026-03-01T00:00:00Z") for one in "32")
    newest = said(**LISTED, VersionId="1", IsLatest=False)
    older = said(**LISTED, VersionId="0", IsLatest=False)

    assert object_facts.version(newest, home(), markers)["is_newest"] is True
    assert object_facts.version(older, home(), (*markers, newest))["is_newest"] is False


def test_a_delete_marker() -> None:
    """With how many versions are left under it."""
    one = said(Key="a", VersionId="1", IsLatest=True, LastModified="2026-03-01T00:00:00Z")

    assert object_facts.delete_marker(one, home(), 2) == {
        "bucket": "bucket:files",
        "key": "a",
        "modified": WHEN,
        "is_latest": True,
        "version_id": "1",
        "versions": 2,
    }
