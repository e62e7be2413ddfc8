"""Does an upload that broke go on where it broke, and only if it is the very same?"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from bucketwright.storage import Said
from bucketwright.storage.errors import (
    AlreadyThere,
    Cancelled,
    Denied,
    Refused,
    StorageError,
    Unreachable,
)
from bucketwright.storage.place import Place
from bucketwright.storage.stored import At, Part
from tests.faults.proxy import Proxy
from tests.storage.contracts import asking, place
from tests.storage.transfer.flaky import DATA, PART, Flaky, breaks, heals
from tests.storage.transfer.told import Told

OTHER = DATA[:-1] + b"\xff"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """Where the upload is noted."""
    return tmp_path / "upload.json"


def uploads(there: Place) -> list[str]:
    """The ids of the unfinished ones."""
    return [one.upload_id for one in there.home.backend.uploads(there.there.bucket, "")]


@pytest.mark.requirement("TU-5")
@pytest.mark.requirement("CS-7")
@pytest.mark.parametrize(
    "error",
    [Unreachable("the line is dead"), Denied("the session is over"), KeyboardInterrupt(), OSError("no disk")],
    ids=["unreachable", "denied", "interrupted", "no disk"],
)
def test_it_goes_on(backend: Flaky, note: Path, error: BaseException) -> None:
    """Only what is missing is sent, by whoever names the same note; then neither note nor parts are left."""
    drafts, told = place("files/drafts"), Told()
    breaks(backend, error)
    with pytest.raises(type(error)):
        drafts.put("a.bin", DATA, resume=note)
    there = len(backend.parts(At(drafts.there.bucket, "drafts/a.bin"), uploads(drafts)[0]))
    assert not drafts.exists("a.bin")
    heals(backend)
    written = place("files/drafts").put("a.bin", DATA, resume=note, progress=told)

    assert b"".join(drafts.stream("a.bin")) == DATA
    assert (backend.asked["begin"], backend.asked["send"]) == (0, 4 - there)
    assert (written.key, written.etag) == ("drafts/a.bin", drafts.info("a.bin").etag)
    assert (note.exists(), uploads(drafts)) == (False, [])
    told.keep_sound(len(DATA))


def test_called_off_and_taken_up(backend: Flaky, note: Path) -> None:
    """Whoever calls it off may go on later."""
    drafts, told = place("files/drafts"), Told(cancel_at=2 * PART)
    with pytest.raises(Cancelled):
        drafts.put("a.bin", DATA, progress=told, cancel=told.cancel, resume=note)
    assert (note.exists(), len(uploads(drafts))) == (True, 1)

    drafts.put("a.bin", DATA, resume=note)
    assert backend.asked["begin"] == 1
    assert uploads(drafts) == []


@pytest.mark.parametrize("change", ["content", "headers"])
def test_another_content(backend: Flaky, note: Path, change: str) -> None:
    """Of what is no longer the same nothing is taken: it begins anew, and the old parts go."""
    drafts = place("files/drafts")
    breaks(backend, Unreachable("the line is dead"))
    with pytest.raises(Unreachable):
        drafts.put("a.bin", DATA, resume=note)
    before = uploads(drafts)
    said = Said(metadata={"who": "me"}) if change == "headers" else Said()
    data = OTHER if change == "content" else DATA
    with pytest.raises(Unreachable):
        drafts.put("a.bin", data, said, resume=note)

    assert len(uploads(drafts)) == 1
    assert uploads(drafts) != before
    heals(backend)
    drafts.put("a.bin", data, said, resume=note)
    assert b"".join(drafts.stream("a.bin")) == data
    assert drafts.info("a.bin").metadata.get("who") == ("me" if change == "headers" else None)


@pytest.mark.parametrize(
    "told",
    [lambda part: replace(part, sha256="0" * 64), lambda part: replace(part, size=part.size - 1)],
    ids=["hash", "size"],
)
def test_parts_of_another(
    backend: Flaky, note: Path, monkeypatch: pytest.MonkeyPatch, told: Callable[[Part], Part]
) -> None:
    """A part of which the server says another hash or size than ours has is sent again."""
    drafts = place("files/drafts")
    breaks(backend, Unreachable("the line is dead"), ("finish", 4))
    with pytest.raises(Unreachable):
        drafts.put("a.bin", DATA, resume=note)
    heals(backend)
    real = backend.parts
    monkeypatch.setattr(backend, "parts", lambda *given: [*map(told, real(*given))])
    drafts.put("a.bin", DATA, resume=note)

    assert (backend.asked["begin"], backend.asked["send"]) == (0, 4)
    assert b"".join(drafts.stream("a.bin")) == DATA


@pytest.mark.requirement("AP-4")
def test_an_upload_that_is_over(backend: Flaky, note: Path) -> None:
    """Where it was finished and the program did not live to say so, it is said now, and nothing is sent."""
    pointers = place("files/pointers")
    breaks(backend, Unreachable("the line is dead"), ("finish", 4))
    with pytest.raises(Unreachable):
        pointers.put("latest", DATA, resume=note)
    heals(backend)
    kept = note.read_bytes()
    first = pointers.put("latest", DATA, resume=note)
    note.write_bytes(kept)
    backend.asked.clear()

    assert pointers.put("latest", DATA, resume=note) == first
    assert (backend.asked.total(), note.exists()) == (0, False)
    note.write_bytes(kept)
    pointers.delete("latest")
    pointers.put("latest", OTHER)
    with pytest.raises(AlreadyThere):
        pointers.put("latest", DATA, resume=note)


def test_an_upload_that_somebody_swept(backend: Flaky, note: Path) -> None:
    """It begins anew."""
    drafts = place("files/drafts")
    breaks(backend, Unreachable("the line is dead"))
    with pytest.raises(Unreachable):
        drafts.put("a.bin", DATA, resume=note)
    heals(backend)
    backend.drop(At(drafts.there.bucket, "drafts/a.bin"), uploads(drafts)[0])
    drafts.put("a.bin", DATA, resume=note)

    assert b"".join(drafts.stream("a.bin")) == DATA
    assert (note.exists(), uploads(drafts)) == (False, [])


def test_a_name_with_a_suffix(backend: Flaky, note: Path) -> None:
    """It goes on under the name that it got."""
    messages = place("files/papers")
    data = b"%PDF-1.7\n" + DATA
    messages.put("a.pdf", b"%PDF-1.7\n")
    breaks(backend, Unreachable("the line is dead"))
    with pytest.raises(Unreachable):
        messages.put("a.pdf", data, resume=note)
    under = json.loads(note.read_bytes())["key"]
    heals(backend)

    assert messages.put("a.pdf", data, resume=note).key == under != "papers/a.pdf"
    assert backend.asked["begin"] == 0


@pytest.mark.parametrize(
    "error", [AlreadyThere("others were first"), Refused("too large")], ids=["taken", "refused"]
)
def test_what_would_fail_again(backend: Flaky, note: Path, error: StorageError) -> None:
    """No parts are kept for it, and no note."""
    drafts = place("files/drafts")
    breaks(backend, error, ("finish", 4))
    with pytest.raises(type(error)):
        drafts.put("a.bin", DATA, resume=note)

    assert (note.exists(), uploads(drafts)) == (False, [])


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[1, 2]",
        b'{"key": 1}',
        b"[" * 10_000,
        b"\xff\xfe",
        b'{"about": "", "asked": "drafts/b.bin", "bucket": "b", "key": "k", "upload_id": "", "write_id": ""}',
    ],
    ids=["nothing", "a list", "other things", "deep", "no text", "another object"],
)
def test_a_note_that_is_none(note: Path, text: bytes) -> None:
    """It is refused by its name, left as it is, and nothing is written."""
    note.write_bytes(text)
    drafts = place("files/drafts")

    with pytest.raises(Refused, match="name another file"):
        drafts.put("a.bin", DATA, resume=note)
    assert note.read_bytes() == text
    assert not drafts.exists("a.bin")


def test_a_note_that_leads_elsewhere(backend: Flaky, note: Path) -> None:
    """Names that the contract refuses are refused, wherever they come from."""
    drafts = place("files/drafts")
    breaks(backend, Unreachable("the line is dead"))
    with pytest.raises(Unreachable):
        drafts.put("a.bin", DATA, resume=note)
    noted = json.loads(note.read_bytes())
    heals(backend)
    for key in ("drafts/.env", "drafts/../../b"):
        note.write_text(json.dumps({**noted, "key": key}))
        with pytest.raises(Refused):
            drafts.put("a.bin", DATA, resume=note)
    assert backend.asked.total() == 0


def test_small_content_needs_no_note(note: Path) -> None:
    """It goes at once, and nothing is noted."""
    drafts = place("files/drafts")
    drafts.put("a.bin", b"small", resume=note)

    assert drafts.get("a.bin") == b"small"
    assert not note.exists()


@pytest.mark.requirement("CS-7")
def test_on_a_server(proxy: Proxy, note: Path) -> None:
    """Parts that the server has are not sent again, by another storage, as another program has it."""
    drafts = asking(proxy.url).prefix("files/drafts").at()
    proxy.fault("status:403:AccessDenied", method="PUT", spared=2)
    with pytest.raises(Denied):
        drafts.put("resumed.bin", DATA, resume=note)
    proxy.calm()
    asking(proxy.url).prefix("files/drafts").at().put("resumed.bin", DATA, resume=note)

    assert sum(request.method == "PUT" for request in proxy.seen) == 2
    assert b"".join(drafts.stream("resumed.bin")) == DATA
    assert list(drafts.home.backend.uploads(drafts.there.bucket, "drafts/resumed")) == []


@pytest.mark.parametrize("size", [10, len(DATA)], ids=["at once", "in parts"])
def test_notes_that_can_be_none(tmp_path: Path, size: int) -> None:
    """A folder, a folder that is not there, and no path at all are refused; the name of a file is taken."""
    drafts = place("files/drafts")
    for note in (tmp_path, cast("Path", 7)):
        with pytest.raises(Refused, match=r"can note no upload|path of a file is needed"):
            drafts.put("a.bin", DATA[:size], resume=note)
    if size == len(DATA):
        with pytest.raises(Refused, match="File name too long"):
            drafts.put("a.bin", DATA[:size], resume=tmp_path / ("n" * 300))
    assert uploads(drafts) == []
    assert drafts.put("a.bin", DATA[:size], resume=cast("Path", str(tmp_path / "note"))).size == size
    assert [*tmp_path.iterdir()] == []
