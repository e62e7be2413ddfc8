"""A memory that fails where it is told to, and counts what it is asked."""

from collections import Counter
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Final

from bucketwright.storage.backends.interface import Content, Reading
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.stored import At, Attributes, Condition, Part, Span, Stored

PART: Final = 5 * 2**20
"""As the tests' contract has it."""
DATA: Final = b"".join(number.to_bytes(4) for number in range(3 * PART // 4 + 25))
"""Three parts, and a hundred bytes more."""


class Flaky(Memory):
    """Before each call `before` is asked with its name and number, and may raise."""

    def __init__(self, before: Callable[[str, int], object] = lambda *_: None) -> None:
        super().__init__()
        self.before = before
        self.asked: Counter[str] = Counter()

    def send(self, at: At, upload_id: str, number: int, content: Content) -> Part:
        self._ask("send", number)
        return super().send(at, upload_id, number, content)

    def finish(self, at: At, upload_id: str, parts: Sequence[Part], condition: Condition = None) -> Stored:
        self._ask("finish", len(parts))
        return super().finish(at, upload_id, parts, condition)

    def begin(self, at: At, attributes: Attributes) -> str:
        self._ask("begin", 0)
        return super().begin(at, attributes)

    def get(self, at: At, span: Span | None = None, etag: str = "") -> Reading:
        self._ask("get", (span.first // PART + 1) if span else 1)
        return super().get(at, span, etag)

    def _ask(self, what: str, number: int) -> None:
        self.asked[what] += 1
        self.before(what, number)


def breaks(backend: Flaky, error: BaseException, at: tuple[str, int] = ("send", 3)) -> None:
    """Let that happen there from now on."""

    def fails(what: str, number: int) -> None:
        if (what, number) == at:
            raise error

    backend.before = fails


def heals(backend: Flaky) -> None:
    """Let nothing fail any more, and count anew."""
    backend.before = lambda *_: None
    backend.asked.clear()


class Counting(BytesIO):
    """A file that counts the bytes that were read of it."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.bytes_read = 0

    def read(self, most: int | None = -1, /) -> bytes:
        found = super().read(most)
        self.bytes_read += len(found)
        return found
