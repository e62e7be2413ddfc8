"""Do keys that nothing has yet come about, whatever the contract calls its variables?"""

from bucketwright.contract.loading import read
from bucketwright.storage import AsyncStorage, Storage
from bucketwright.storage.patterns.awaited import AsyncUploadSessions
from bucketwright.storage.patterns.content_addressed import content_addressed
from bucketwright.storage.patterns.sessions import UploadSessions

CONTRACT = """
project: shelf
region: eu-west-1
environments: {dev: {}}
buckets:
  files:
    prefixes:
      drafts: {path: "drafts/{prefix:slug}/", objects: "{place:slug}-{draft_id:uuid}.txt"}
      own: {path: "own/{self:slug}/", objects: "{place:slug}.txt"}
      blobs: {path: "cas/{prefix:slug}/{head:hex2}/", objects: "{hash:sha256}", delivery: content-addressed}
  sessions:
    temp: {session_ttl: 24 hours}
    prefixes: {incoming: {path: "sessions/{session_id:uuid}/{prefix:slug}/{self:slug}/"}}
"""


def test_variables_called_as_parameters_are() -> None:
    """The names of variables are the contract's own."""
    place = Storage.in_memory(read(CONTRACT, "contract.yaml")).prefix("files/drafts").fresh(prefix="red")
    name = place.fresh(place="desk")

    assert place.path == "drafts/red/"
    assert name.startswith("desk-")


def test_no_name_of_a_variable_is_taken() -> None:
    """Whatever Python calls its own, a contract may say, also for who awaits and in sessions."""
    storage = Storage.in_memory(read(CONTRACT, "contract.yaml"))
    waiting = AsyncStorage(storage, concurrency=1)
    session = UploadSessions(storage).begin()
    values = {"prefix": "red", "self": "me"}

    for prefix in (storage.prefix("files/own"), waiting.prefix("files/own")):
        for place in (prefix.at(self="me"), prefix.fresh(self="me")):
            assert place.named(place="desk") == place.fresh(place="desk") == "desk.txt"
    assert session.place("incoming", **values).path == f"sessions/{session.id}/red/me/"
    again = AsyncUploadSessions(waiting).of(session.id)
    assert again.place("incoming", **values).place.path == f"sessions/{session.id}/red/me/"
    blobs = content_addressed(storage.prefix("files/blobs"), prefix="red")
    assert blobs.exists(blobs.put(b"x").sha256)
