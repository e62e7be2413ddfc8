"""On a server that holds requests against policies: can a session, or a role, reach another's keys?

MinIO judges what the contract's role may and what a session's policy leaves of it, as AWS does.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from botocore.exceptions import ClientError

from bucketwright.contract.access.role_policy import role_policies
from bucketwright.contract.loading import read
from bucketwright.storage import Denied, Settings, Storage
from bucketwright.storage.patterns.sessions import Session, UploadSessions
from bucketwright.storage.place import Place
from bucketwright.storage.stored import At, Attributes
from tests.engine.needing import needed
from tests.servers.minio_users import make_user
from tests.servers.running import REGION, Running, minio, peer

if TYPE_CHECKING:
    from botocore.client import BaseClient

TEXT: Final = """
project: shelf
region: us-east-1
environments: {prod: {account: "111122223333"}}
buckets:
  files:
    prefixes:
      papers: {path: "papers/", write: overwrite}
      minutes: {path: "minutes/", write: overwrite}
  sessions:
    temp: {session_ttl: 24 hours}
    prefixes:
      incoming: {path: "sessions/{session_id:uuid}/incoming/", write: overwrite}
      pages: {path: "sessions/{session_id:uuid}/pages/", write: overwrite}
access:
  worker:
    trusts: arn:aws:iam::111122223333:role/app
    read: [sessions/incoming, sessions/pages, files/papers]
    write: [sessions/incoming, sessions/pages, files/papers]
    delete: [sessions/incoming, sessions/pages]
  clerk:
    trusts: arn:aws:iam::111122223333:role/app
    read: files/minutes
    write: files/minutes
    delete: files/minutes
"""
CONTRACT: Final = read(TEXT, "contract.yaml")
ENVIRONMENT: Final = CONTRACT.environments["prod"]
BUCKETS: Final = {"files": "shelf-prod-files", "sessions": "shelf-prod-sessions"}
SECRET: Final = "the-secret-of-the-worker"  # noqa: S105 - it opens a server that ends with the block
NAME: Final = "a.txt"


@dataclass(frozen=True, slots=True)
class Worker:
    """One that has the credentials of one session and no others."""

    session: Session
    storage: Storage
    s3: "BaseClient"
    """The SDK's client with the same credentials."""

    @property
    def own(self) -> Place:
        return self.of(self)

    def of(self, other: "Worker") -> Place:
        """Where a session keeps its files, asked for by this one."""
        there = self.storage.prefix("sessions/incoming")
        return there.at(session_id=other.session.id)

    def key_of(self, other: "Worker", prefix: str = "incoming") -> dict[str, str]:
        """One of another's keys, as the SDK takes it."""
        return {"Bucket": BUCKETS["sessions"], "Key": f"sessions/{other.session.id}/{prefix}/{NAME}"}


@dataclass(frozen=True, slots=True)
class Workers:
    """Two sessions of one role, and the role itself."""

    one: Worker
    other: Worker
    role: Storage


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    """MinIO with the contract's buckets, and a user for each of its roles."""
    found = peer("minio") and peer("mc")
    needed(found, {}, "there is no MinIO, which holds requests against policies: make minio builds it")
    with minio() as running:
        for name in BUCKETS.values():
            running.client().create_bucket(Bucket=name)
        for role in ENVIRONMENT.access:
            make_user(running, role, SECRET, role_policies(ENVIRONMENT, role))
        yield running


def of_role(server: Running, name: str) -> Settings:
    """As a role of the contract."""
    return Settings(endpoint_url=server.url, region=REGION, access_key=name, secret_key=SECRET)


@pytest.fixture(scope="module")
def workers(server: Running) -> Workers:
    """Each with a file of its own in every prefix."""
    settings = of_role(server, "worker")
    role = Storage.open(CONTRACT, "prod", settings)
    sessions = UploadSessions(role)

    def worker() -> Worker:
        session = sessions.begin()
        lent = session.credentials("worker", "incoming")
        theirs = lent.settings(settings)
        s3 = server.client(keys=(lent.access_key, lent.secret_key, lent.session_token))
        return Worker(session, Storage.open(CONTRACT, "prod", theirs), s3)

    made = Workers(worker(), worker(), role)
    for one in (made.one, made.other):
        one.session.place("incoming").put(NAME, one.session.id.encode())
        one.session.place("pages").put(NAME, b"a page")
    role.prefix("files/papers").at().put(NAME, b"a paper")
    return made


OWN: Final[dict[str, Callable[[Place], object]]] = {
    "put": lambda place: place.put("b.txt", b"text"),
    "put in parts": lambda place: place.home.backend.drop(_at(place), _begun(place)),
    "get": lambda place: place.get(NAME),
    "info": lambda place: place.info(NAME),
    "list": lambda place: next(place.list()),
    "copy": lambda place: place.copy(NAME, to=place, as_name="c.txt"),
    "move": lambda place: place.move("c.txt", to=place, as_name="d.txt"),
    "delete": lambda place: place.delete("d.txt"),
}
"""What a worker may do where it is at home, in this order."""


def _at(place: Place) -> At:
    return At(place.there.bucket, f"{place.path}parts.bin")


def _begun(place: Place) -> str:
    return place.home.backend.begin(_at(place), Attributes())


@pytest.mark.requirement("TU-2")
def test_a_session_does_its_work(workers: Workers) -> None:
    """All that its role may, below its own path."""
    for deed in OWN.values():
        deed(workers.one.own)

    assert workers.one.own.get(NAME) == workers.one.session.id.encode()
    assert {row.name for row in workers.one.own.list()} == {NAME, "b.txt"}


@pytest.mark.requirement("TU-2")
@pytest.mark.parametrize("deed", OWN)
def test_a_session_cannot_reach_another_s_keys(workers: Workers, deed: str) -> None:
    """Whatever the client is told to do there, both ways."""
    for one, other in ((workers.one, workers.other), (workers.other, workers.one)):
        with pytest.raises(Denied):
            OWN[deed](one.of(other))


@pytest.mark.requirement("TU-2")
def test_a_session_gets_nothing_out_of_another(workers: Workers) -> None:
    """By a copy into its own place, or from there into the other's."""
    one, other = workers.one, workers.one.of(workers.other)

    with pytest.raises(Denied):
        other.copy(NAME, to=one.own, as_name="stolen.txt")
    with pytest.raises(Denied):
        one.own.copy(NAME, to=other, as_name="planted.txt")
    with pytest.raises(Denied):
        other.move(NAME, to=one.own, as_name="stolen.txt")
    assert workers.other.own.get(NAME) == workers.other.session.id.encode()
    assert {row.name for row in workers.other.own.list()} == {NAME}


def _all_deleted(s3: "BaseClient", its: dict[str, str]) -> None:
    told = s3.delete_objects(Bucket=its["Bucket"], Delete={"Objects": [{"Key": its["Key"]}]})
    [refused] = told["Errors"]
    raise ClientError({"Error": refused}, "DeleteObjects")


def _part_of(s3: "BaseClient", own: dict[str, str], its: dict[str, str]) -> object:
    """A part of one's own upload, copied from there."""
    upload = s3.create_multipart_upload(**own)["UploadId"]
    try:
        return s3.upload_part_copy(**own, UploadId=upload, PartNumber=1, CopySource=its)
    finally:
        s3.abort_multipart_upload(**own, UploadId=upload)


Deed = Callable[["BaseClient", dict[str, str], dict[str, str]], object]
"""What somebody tries with a client, one key of theirs, and one that is not."""
CRAFTED: Final[dict[str, Deed]] = {
    "all keys": lambda s3, _own, its: s3.list_objects_v2(Bucket=its["Bucket"]),
    "all sessions": lambda s3, _own, its: s3.list_objects_v2(Bucket=its["Bucket"], Prefix="sessions/"),
    "another's list": lambda s3, _own, its: s3.list_objects_v2(Bucket=its["Bucket"], Prefix=its["Key"][:-5]),
    "uploads": lambda s3, _own, its: s3.list_multipart_uploads(Bucket=its["Bucket"]),
    "versions": lambda s3, _own, its: s3.list_object_versions(Bucket=its["Bucket"]),
    "many deletions": lambda s3, _own, its: _all_deleted(s3, its),
    "tags": lambda s3, _own, its: s3.get_object_tagging(**its),
    "tagging": lambda s3, _own, its: s3.put_object_tagging(**its, Tagging={"TagSet": []}),
    "attributes": lambda s3, _own, its: s3.get_object_attributes(**its, ObjectAttributes=["ETag"]),
    "a copy": lambda s3, own, its: s3.copy_object(**{**own, "Key": own["Key"] + "-2"}, CopySource=its),
    "a part of it": _part_of,
    "a policy": lambda s3, _own, its: s3.put_bucket_policy(Bucket=its["Bucket"], Policy="{}"),
    "the policy": lambda s3, _own, its: s3.get_bucket_policy(Bucket=its["Bucket"]),
    "the bucket": lambda s3, _own, its: s3.delete_bucket(Bucket=its["Bucket"]),
}


@pytest.mark.requirement("TU-2")
@pytest.mark.parametrize("deed", CRAFTED)
def test_no_request_gets_past_it(workers: Workers, deed: str) -> None:
    """Nor what the SDK can be told and the client cannot."""
    one, other = workers.one, workers.other
    with pytest.raises(ClientError) as refused:
        CRAFTED[deed](one.s3, one.key_of(one), one.key_of(other))

    assert refused.value.response["Error"]["Code"] == "AccessDenied"


@pytest.mark.requirement("TU-2")
def test_nothing_else_of_the_role_is_lent(workers: Workers) -> None:
    """Neither another prefix of the same session nor another bucket, both of which the role reaches."""
    one = workers.one
    pages, papers = one.storage.prefix("sessions/pages"), one.storage.prefix("files/papers").at()

    for place in (pages.at(session_id=one.session.id), papers):
        with pytest.raises(Denied):
            place.get(NAME)
        with pytest.raises(Denied):
            place.put("b.txt", b"")
    assert workers.role.prefix("files/papers").at().get(NAME) == b"a paper"
    assert one.session.place("pages").get(NAME) == b"a page"


@pytest.mark.requirement("TU-2")
def test_the_role_alone_reaches_both(workers: Workers) -> None:
    """So it is the session's policy, and nothing else, that keeps them apart."""
    for one in (workers.one, workers.other):
        assert one.session.place("incoming").get(NAME) == one.session.id.encode()


@pytest.mark.requirement("AP-1")
@pytest.mark.parametrize(
    ("role", "own", "other"), [("clerk", "minutes", "papers"), ("worker", "papers", "minutes")]
)
def test_no_role_reaches_what_is_not_granted(server: Running, role: str, own: str, other: str) -> None:
    """Its own prefix, and not the one beside it in the same bucket."""
    storage = Storage.open(CONTRACT, "prod", of_role(server, role))
    mine, theirs = storage.prefix(f"files/{own}").at(), storage.prefix(f"files/{other}").at()
    mine.put(NAME, b"text")

    assert mine.get(NAME) == b"text"
    for deed in ("put", "put in parts", "get", "info", "list", "delete"):
        with pytest.raises(Denied):
            OWN[deed](theirs)
    with pytest.raises(Denied):
        mine.copy(NAME, to=theirs)
