"""How does content reach a backend: at once, or in parts where it is large?"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from bucketwright.contract.buckets import Transfer
from bucketwright.storage.backends.interface import Backend
from bucketwright.storage.backends.like_s3 import MOST_PARTS
from bucketwright.storage.content import Body
from bucketwright.storage.errors import StorageError
from bucketwright.storage.stored import At, Attributes, Condition, Part, Stored

_LARGEST_AT_ONCE: Final = 5 * 10**9


@dataclass(frozen=True, slots=True)
class Sending:
    """Content on its way to a backend, by the contract's terms for large files."""

    backend: Backend
    body: Body
    transfer: Transfer

    def __call__(self, at: At, attributes: Attributes, condition: Condition) -> Stored:
        """The object of this content; an upload that fails leaves no parts behind."""
        if self.body.size <= min(self.transfer.threshold, _LARGEST_AT_ONCE):
            return self.backend.put(at, self.body, attributes, condition)
        upload_id = self.backend.begin(at, attributes)
        try:
            return self.backend.finish(at, upload_id, self._parts(at, upload_id), condition)
        except BaseException:
            with suppress(StorageError):
                self.backend.drop(at, upload_id)
            raise

    def _parts(self, at: At, upload_id: str) -> list[Part]:
        size = max(self.transfer.part_size, -(-self.body.size // MOST_PARTS))

        def send(number: int) -> Part:
            return self.backend.send(at, upload_id, number, self.body.part((number - 1) * size, size))

        pool = ThreadPoolExecutor(self.transfer.concurrency, "bucketwright-part")
        try:
            return list(pool.map(send, range(1, -(-self.body.size // size) + 1)))
        finally:
            pool.shutdown(cancel_futures=True)
