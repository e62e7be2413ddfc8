"""Is what is read what was written, over connections that break and from disks that rot?"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

import pytest

from bucketwright.storage import reading
from bucketwright.storage.backends.interface import Reading
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.errors import Cancelled, Changed, Damaged, Unreachable
from bucketwright.storage.opened import swapped
from bucketwright.storage.place import Place
from bucketwright.storage.stored import At, Span, Stored
from tests.faults.proxy import Proxy
from tests.storage.contracts import asking, place

DATA = bytes(number % 251 for number in range(500_000))


@dataclass(slots=True)
class _Breaking:
    opened: Reading
    left: int
    ends: bool

    @property
    def stored(self) -> Stored:
        return self.opened.stored

    def read(self, most: int, /) -> bytes:
        if self.left <= 0:
            if self.ends:
                return b""
            raise Unreachable("the connection broke")
        piece = self.opened.read(min(most, self.left))
        self.left -= len(piece)
        return piece

    def close(self) -> None:
        self.opened.close()


@dataclass
class Breaking(Memory):
    """Breaks each connection after so many bytes."""

    after: int
    ends: bool = False
    """Without an error, as if it were over."""
    asked: list[Span | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def get(self, at: At, span: Span | None = None, etag: str = "") -> Reading:
        self.asked.append(span)
        return _Breaking(super().get(at, span, etag), self.after, self.ends)


def _saved(drafts: Place, path: Path) -> bytes:
    drafts.save("a.bin", path)
    return path.read_bytes()


@pytest.mark.requirement("TU-5")
@pytest.mark.parametrize("ends", [False, True], ids=["with an error", "silently"])
@pytest.mark.parametrize("way", ["get", "open", "stream", "save", "range"])
def test_a_read_goes_on_where_it_broke(ends: bool, way: str, tmp_path: Path) -> None:
    """Every byte comes once, however often the connection breaks."""
    with swapped(backend := Breaking(70_001, ends)):
        drafts = place("files/drafts")
        drafts.put("a.bin", DATA)
        ways: dict[str, Callable[[], bytes]] = {
            "get": lambda: drafts.get("a.bin"),
            "open": lambda: drafts.open("a.bin").read(),
            "stream": lambda: b"".join(drafts.stream("a.bin")),
            "save": lambda: _saved(drafts, tmp_path / "a"),
            "range": lambda: drafts.range("a.bin", 0, len(DATA) - 1),
        }
        read = ways[way]()

    assert read == DATA
    assert len(backend.asked) == 8
    assert backend.asked[1] == Span(70_001, len(DATA) - 1)


def test_a_read_that_only_breaks() -> None:
    """After some tries without a single byte it is an error."""
    with swapped(backend := Breaking(0)):
        drafts = place("files/drafts")
        drafts.put("a.bin", DATA)

        with pytest.raises(Unreachable):
            drafts.get("a.bin")
        assert len(backend.asked) == 4


def test_a_read_never_mixes_two_objects(tmp_path: Path) -> None:
    """What is replaced while it is read is an error, and no file is left behind."""
    with swapped(Breaking(70_001)):
        drafts = place("files/drafts")
        drafts.put("a.bin", DATA)
        stream = drafts.stream("a.bin")
        next(stream)
        drafts.put("a.bin", DATA[::-1])

        with pytest.raises(Changed):
            list(stream)
        stream.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.requirement("FP-11")
@pytest.mark.parametrize("way", ["get", "open", "stream", "save"])
def test_content_that_is_not_what_was_written(way: str, tmp_path: Path) -> None:
    """One flipped bit is found by whoever reads all of it."""
    with swapped(backend := Memory()):
        drafts = place("files/drafts")
        drafts.put("a.bin", DATA)
        at = At(drafts.there.bucket, "drafts/a.bin")
        held = backend._objects[at]
        flipped = bytes((DATA[0] ^ 1,)) + DATA[1:]
        backend._objects[at] = replace(held, content=flipped)

        ways: dict[str, Callable[[], object]] = {
            "get": lambda: drafts.get("a.bin"),
            "open": lambda: drafts.open("a.bin").read(),
            "stream": lambda: list(drafts.stream("a.bin")),
            "save": lambda: _saved(drafts, tmp_path / "a"),
        }
        with pytest.raises(Damaged, match="not what was written"):
            ways[way]()
        assert drafts.range("a.bin", 0, 3) == flipped[:4]
    assert list(tmp_path.iterdir()) == []


def test_seeking() -> None:
    """A reader is a file: it can go anywhere, and reads what is there; hashes are compared no more then."""
    drafts = place("files/drafts")
    drafts.put("a.bin", DATA)
    with drafts.open("a.bin") as file:
        assert (file.readable(), file.seekable(), file.writable()) == (True, True, False)
        file.seek(400_000)
        assert file.read(10) == DATA[400_000:400_010]
        file.seek(-10, io.SEEK_CUR)
        assert file.read() == DATA[400_000:]
        assert (file.read(), file.tell()) == (b"", len(DATA))
        file.seek(len(DATA) + 50)
        assert file.read() == b""


def test_an_empty_object() -> None:
    """It is read like any other."""
    drafts = place("files/drafts")
    drafts.put("a.txt", b"")

    assert drafts.get("a.txt") == b""
    assert list(drafts.stream("a.txt")) == []
    with drafts.open("a.txt") as file:
        assert file.read() == b""


@dataclass
class Counted(Breaking):
    """Says how many connections are open, and lets something happen when one is made."""

    open: int = 0
    meanwhile: Callable[[], None] = lambda: None

    def get(self, at: At, span: Span | None = None, etag: str = "") -> Reading:
        opened = super().get(at, span, etag)
        self.open += 1
        self.meanwhile()
        return _Leaving(opened, self)


@dataclass(slots=True)
class _Leaving:
    opened: Reading
    of: Counted

    @property
    def stored(self) -> Stored:
        return self.opened.stored

    def read(self, most: int, /) -> bytes:
        return self.opened.read(most)

    def close(self) -> None:
        self.of.open -= 1


def test_a_stream_that_was_closed() -> None:
    """It asks for nothing more, and says so; one that came to its end just has no more."""
    with swapped(backend := Counted(10**9)):
        drafts = place("files/drafts")
        drafts.put("a.bin", DATA * 3)
        stream, whole = drafts.stream("a.bin"), drafts.stream("a.bin")
        next(stream)
        stream.close()
        list(whole)

        with pytest.raises(ValueError, match=r"'drafts/a\.bin' was closed"):
            next(stream)
        assert next(whole, b"") == b""
    assert (len(backend.asked), backend.open) == (2, 0)


def test_a_stream_that_is_closed_while_it_connects_again() -> None:
    """By another thread, as where a task is cancelled: the new connection does not stay open."""
    with swapped(backend := Counted(70_001)):
        drafts = place("files/drafts")
        drafts.put("a.bin", DATA)
        stream = drafts.stream("a.bin")
        next(stream)
        backend.meanwhile = stream.close

        with pytest.raises(ValueError, match="was closed"):
            next(stream)
    assert (len(backend.asked), backend.open) == (2, 0)


def test_a_span_that_is_streamed() -> None:
    """These bytes, of the very same object however often the connection breaks."""
    with swapped(backend := Breaking(70_001)):
        drafts = place("files/drafts")
        drafts.put("a.bin", DATA)

        assert b"".join(drafts.stream("a.bin", Span(10, 199_999))) == DATA[10:200_000]
        assert backend.asked == [Span(10, 199_999), Span(70_011, 199_999), Span(140_012, 199_999)]


@dataclass(slots=True)
class _Dripping:
    opened: Reading
    clock: list[float]

    @property
    def stored(self) -> Stored:
        return self.opened.stored

    def read(self, most: int, /) -> bytes:
        self.clock[0] += 0.3
        return self.opened.read(min(most, 1))

    def close(self) -> None:
        self.opened.close()


class Dripping(Memory):
    """A byte comes every third of a second, by a clock of its own."""

    def __init__(self, clock: list[float]) -> None:
        super().__init__()
        self.clock = clock

    def get(self, at: At, span: Span | None = None, etag: str = "") -> Reading:
        return _Dripping(super().get(at, span, etag), self.clock)


def test_what_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a minute in which next to nothing came; a reader may take as long as it likes."""
    clock = [0.0]
    monkeypatch.setattr(reading, "monotonic", lambda: clock[0])
    with swapped(Dripping(clock)):
        drafts = place("files/drafts")
        drafts.put("slow.bin", DATA)
        with pytest.raises(Unreachable, match=r"comes too slowly: 20\d bytes in 60 s"):
            drafts.get("slow.bin")
        drafts.put("few.bin", DATA[:100])
        pieces = []
        for piece in drafts.stream("few.bin"):
            clock[0] += 3_600
            pieces.append(piece)

    assert b"".join(pieces) == DATA[:100]


def test_called_off_while_it_drips(proxy: Proxy, tmp_path: Path) -> None:
    """Nobody waits until a whole piece has come."""
    drafts, enough = asking(proxy.url).prefix("files/drafts").at(), Event()
    drafts.put("slow.bin", DATA)
    proxy.fault("drip", method="GET")

    with pytest.raises(Cancelled):
        drafts.save("slow.bin", tmp_path / "a", cancel=enough, progress=lambda _done, _total: enough.set())
    assert [*tmp_path.iterdir()] == []
