"""What do the answers of S3 say of one object, one version, one delete marker, one unfinished upload?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final, TypeGuard, get_args

from audits.object_answers import answered, known, time_of, when
from audits.object_locks import HELD_BACK, LOCK_FACTS, NO_LOCK
from bucketwright.calls import Answer, Failure, Outcome
from bucketwright.facets.grants import OWNER, Acl, answered_grants
from bucketwright.facets.reading import Target, told
from bucketwright.facets.said import Refer, Said
from bucketwright.facets.words import Algorithm, Mode
from bucketwright.looking.object_reads import ACL, HEAD, PARTS, TAGGING
from bucketwright.objects.postures import ObjectPosture, ReplicationStatus
from bucketwright.posture import Undetermined, Unknown, reference, reference_beside
from bucketwright.verdicts import Fails, Undecided, Verdict

NO_VERSION: Final = "null"
"""What S3 calls the version of an object that was put while the bucket kept none."""
_CUSTOMERS_KEY: Final = frozenset({"400", "BadRequest", "InvalidRequest"})
"""A HEAD has no body to say that the key is missing."""
_REPLICATION: Final[Mapping[str, ReplicationStatus]] = {
    "PENDING": "PENDING",
    "COMPLETE": "COMPLETED",
    "COMPLETED": "COMPLETED",
    "FAILED": "FAILED",
    "REPLICA": "REPLICA",
}
"""S3's documents spell one of them in two ways."""
HIDDEN: Final = Unknown("S3 tells it only to whoever has the customer's key")
QUARANTINED: Final = Unknown("the contract lets nobody but the scanner read what waits in a quarantine")
_UNEXPLAINED: Final = Unknown("HeadObject was answered with 400, which does not say why")
Facts = dict[str, object]


@dataclass(frozen=True, slots=True)
class Home:
    """A bucket whose objects are looked at."""

    address: str
    target: Target
    refer: Refer
    owner: str | None
    """The canonical id of its owner; None where it is not known."""
    on_aws: bool
    """Whether it is Amazon's own S3."""
    locks: bool | None = False
    """Whether its objects can be locked; None where that is not known."""
    silent: Mapping[str, str] = field(default_factory=dict)
    """The facts of which this server says nothing even where there is something to say, and why."""
    is_shut: Callable[[str], bool] = field(default=lambda _: False, compare=False)
    """Whether the contract keeps a key from all readers but a scanner."""

    @property
    def bucket_id(self) -> str:
        return self.address.partition(":")[2]

    def spoken(self, facts: Facts) -> Facts:
        """The facts; that there is nothing is not known where the server would not say otherwise."""
        return {
            name: Unknown(self.silent[name]) if name in self.silent and not value else value
            for name, value in facts.items()
        }

    def whose(self, user: str | None) -> object:
        if user is None:
            return Unknown("the list names no owner")
        if self.owner is None:
            return Unknown("whose the bucket is is not known")
        return OWNER if user == self.owner else f"id:{user}"


def listed(one: Said, home: Home) -> Facts:
    """What a list says of an object or a version."""
    facts = {
        **_placed(one, home),
        "checksum_algorithms": known(lambda: one.texts("ChecksumAlgorithm")),
        "etag": known(lambda: one.needed("ETag", one.text("ETag"))),
        "is_latest": True,
        "is_newest": True,
        "on_aws": home.on_aws,
        "owner": known(lambda: home.whose(one.inside("Owner").text("ID"))),
        "restoring": known(lambda: bool(one.inside("RestoreStatus").flag("IsRestoreInProgress"))),
        "size": known(lambda: one.needed("Size", one.number("Size"))),
        "storage_class": known(lambda: one.text("StorageClass") or "STANDARD"),
    }
    return home.spoken(facts)


def version(one: Said, home: Home, newer: tuple[Said, ...]) -> Facts:
    """What a list of versions says of one, and of what was put there after it, newest first."""
    facts = {**listed(one, home), "version_id": _version_id(one)}
    facts["is_latest"] = known(lambda: one.needed("IsLatest", one.flag("IsLatest")))
    if newer:
        versions = [other for other in newer if "Size" in other.values]
        noncurrent = sum(not other.flag("IsLatest") for other in versions)
        facts |= {"newer_noncurrent": noncurrent, "noncurrent_since": time_of(newer[-1], "LastModified")}
        facts["is_newest"] = not versions
    return facts


def delete_marker(one: Said, home: Home, versions: int) -> Facts:
    """What it says of a delete marker, under which so many versions are left."""
    return {
        **_placed(one, home),
        "is_latest": known(lambda: one.needed("IsLatest", one.flag("IsLatest"))),
        "version_id": known(lambda: one.needed("VersionId", one.text("VersionId"))),
        "versions": versions,
    }


def upload(one: Said, home: Home, parts: Outcome | None) -> Facts:
    """What a list of uploads says of one, and the list of its parts of its size."""
    return {
        "bucket": home.address,
        "key": one.needed("Key", one.text("Key")),
        "initiated": time_of(one, "Initiated"),
        "initiator": known(lambda: _initiator(one)),
        "size": known(lambda: _size_of_parts(parts)),
        "upload_id": one.needed("UploadId", one.text("UploadId")),
    }


def is_worth_saying(verdict: Verdict) -> TypeGuard[Fails | Undecided]:
    """Whether something is wrong or not decided; not where that hangs on a customer's key.

    One rule says of the object that it does, and no audit ever knows more.
    """
    return isinstance(verdict, Fails) or (isinstance(verdict, Undecided) and verdict.reason != HIDDEN.reason)


def is_left_out(verdict: Verdict) -> bool:
    """Whether it is not decided because the contract itself keeps everybody from looking."""
    return isinstance(verdict, Undecided) and verdict.reason == QUARANTINED.reason


def wants_key(outcome: Outcome | None) -> bool:
    """Whether a HEAD may have been answered so for want of the customer's key."""
    return isinstance(outcome, Failure) and outcome.code in _CUSTOMERS_KEY


def headed(outcome: Outcome | None, home: Home, beside: Outcome | None = None, key: str = "") -> Facts:
    """What a HEAD says; one that wants the customer's key tells so, if nothing else can be wrong.

    One that is denied in a quarantine is as the contract declares it. A HEAD that is answered with 400 does
    not say why: credentials that have expired are answered so, too.
    `beside` is what GetObjectTagging answered of the same version: it needs no key, and does say why.
    """
    if wants_key(outcome):
        return _locked_up(home) if _was_understood(beside) else dict.fromkeys(HEADED, _UNEXPLAINED)
    if isinstance(outcome, Failure) and outcome.kind == "denied" and home.is_shut(key):
        return {**dict.fromkeys(HEADED, QUARANTINED), **_lock_to_ask(home)}
    facts = {name: known(partial(_headed, read, outcome, home)) for name, read in HEADED.items()}
    if home.locks is not False:
        facts |= {name: HELD_BACK for name in LOCK_FACTS if not facts[name]}
    return home.spoken(facts)


def acl(outcome: Outcome | None, home: Home) -> Acl | Unknown:
    """What an object's access control list gives to whom."""
    found = known(lambda: _grants(answered(outcome, ACL, home.refer), home))
    return found if isinstance(found, frozenset | Unknown) else Unknown("it is no list of grants")


def owner_in_acl(outcome: Outcome | None, home: Home) -> object:
    """Whose an object is, as its access control list says."""
    return known(lambda: home.whose(answered(outcome, ACL, home.refer).inside("Owner").text("ID")))


def tags(outcome: Outcome | None, home: Home) -> object:
    """The tags of an object."""

    def read() -> Mapping[str, str]:
        said = answered(outcome, TAGGING, home.refer)
        said.needed("TagSet", said.values.get("TagSet"))
        return {one.needed("Key", one.text("Key")): one.text("Value") or "" for one in said.parts("TagSet")}

    return known(read)


def object_address(home: Home, key: str, version: str, *, is_latest: bool) -> str:
    """The current object under its key alone; another version beside it."""
    if is_latest:
        return reference(ObjectPosture.kind, f"{home.bucket_id}/{key}")
    return beside_address(ObjectPosture.kind, home, key, version)


def beside_address(kind: str, home: Home, key: str, told: str) -> str:
    """Of what is known by more than its key: a delete marker by its version, an upload by its id."""
    return reference_beside(kind, home.bucket_id, key, told)


def modified(one: Said) -> datetime | None:
    """When a version or marker was put there, to order them by."""
    found = time_of(one, "LastModified")
    return found if isinstance(found, datetime) else None


def _locked_up(home: Home) -> Facts:
    """Under a customer's key: S3 does not encrypt it besides, and its lock is told without the key."""
    told: Facts = {"customer_key": True, "encryption": None, "encryption_key": None, "bucket_key": False}
    return {**dict.fromkeys(HEADED, HIDDEN), **told, **_lock_to_ask(home)}


def _lock_to_ask(home: Home) -> Facts:
    """Calls of its own tell of a lock, whoever may read the object."""
    return {**NO_LOCK} if home.locks is False else dict.fromkeys(LOCK_FACTS, HELD_BACK)


def _was_understood(outcome: Outcome | None) -> bool:
    return isinstance(outcome, Answer) or (isinstance(outcome, Failure) and outcome.kind == "denied")


def _placed(one: Said, home: Home) -> Facts:
    key = one.needed("Key", one.text("Key"))
    return {"bucket": home.address, "key": key, "modified": time_of(one, "LastModified")}


def _version_id(one: Said) -> object:
    found = known(lambda: one.needed("VersionId", one.text("VersionId")))
    return None if found == NO_VERSION else found


def _initiator(one: Said) -> str:
    initiator = one.inside("Initiator")
    return initiator.needed("ID", initiator.text("ID") or initiator.text("DisplayName"))


def _size_of_parts(outcome: Outcome | None) -> int:
    said = told(outcome, PARTS, lambda *_: None)
    if said is None:
        raise Undetermined("size", Unknown("nothing was answered"))
    return sum(one.needed("Size", one.number("Size")) for one in said.parts("Parts"))


def _headed(read: Callable[[Said], object], outcome: Outcome | None, home: Home) -> object:
    return read(answered(outcome, HEAD, home.refer))


def _grants(said: Said, home: Home) -> Acl:
    """The bucket owner's are the owner's, whoever owns the object."""
    if home.owner is None:
        raise Undetermined("acl", Unknown("whose the bucket is is not known"))
    return answered_grants(said, home.owner)


def _encryption(said: Said) -> Algorithm | None:
    if said.text("SSECustomerAlgorithm"):
        return None
    return said.word("ServerSideEncryption", get_args(Algorithm))


def _replication(said: Said) -> ReplicationStatus | None:
    return said.choice("ReplicationStatus", _REPLICATION)


def _restoring(said: Said) -> bool:
    return 'ongoing-request="true"' in (said.text("Restore") or "")


HEADED: Final[Mapping[str, Callable[[Said], object]]] = {
    "bucket_key": lambda said: bool(said.flag("BucketKeyEnabled")),
    "cache_control": lambda said: said.text("CacheControl"),
    "content_disposition": lambda said: said.text("ContentDisposition"),
    "content_encoding": lambda said: said.text("ContentEncoding"),
    "content_type": lambda said: said.text("ContentType"),
    "customer_key": lambda said: bool(said.text("SSECustomerAlgorithm")),
    "encryption": _encryption,
    "encryption_key": lambda said: said.reference("key", "SSEKMSKeyId"),
    "legal_hold": lambda said: said.text("ObjectLockLegalHoldStatus") == "ON",
    "lock_mode": lambda said: said.word("ObjectLockMode", get_args(Mode)),
    "replication_status": _replication,
    "restoring": _restoring,
    "retain_until": lambda said: when(said, "ObjectLockRetainUntilDate"),
    "website_redirect": lambda said: said.text("WebsiteRedirectLocation"),
}
"""What a HEAD tells, and how it is read from its answer."""
