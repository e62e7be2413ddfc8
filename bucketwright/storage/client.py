"""Where does an application begin? With a Storage: opened once, asked for places, shared by all threads."""

import os
from typing import TYPE_CHECKING, Final

from bucketwright.storage.settings import Settings, settings_of

if TYPE_CHECKING:  # what an application does not open, it does not load
    from bucketwright.storage.opened import Opened
    from bucketwright.storage.opening import AnyContract
    from bucketwright.storage.place import DeclaredPrefix


class Storage:
    """The storage of one environment of a contract."""

    def __init__(self, opened: "Opened") -> None:
        self.opened: Final = opened
        """What stands behind it."""

    @classmethod
    def open(
        cls, contract: "AnyContract | None" = None, environment: str = "", settings: Settings | None = None
    ) -> "Storage":
        """A storage on AWS, or on another server with S3's protocol.

        What is not given, the environment's variables say. Nothing is asked of the server yet: see `check`.
        """
        from bucketwright.storage.opening import on_a_server  # noqa: PLC0415 - brings the contract

        said = settings_of(os.environ) if settings is None else settings
        return cls(on_a_server(contract, environment, said))

    @classmethod
    def in_memory(cls, contract: "AnyContract", environment: str = "") -> "Storage":
        """One that is gone with the program; the environment is needed where the contract has several."""
        from bucketwright.storage.opening import in_memory  # noqa: PLC0415 - brings the contract

        return cls(in_memory(contract, environment))

    @classmethod
    def in_folder(cls, contract: "AnyContract", path: os.PathLike[str], environment: str = "") -> "Storage":
        """One in a folder of this machine, which the first write makes; the environment as there."""
        from bucketwright.storage.opening import in_folder  # noqa: PLC0415 - brings the contract

        return cls(in_folder(contract, path, environment))

    def prefix(self, address: str) -> "DeclaredPrefix":
        """A prefix of the contract, such as `files/documents`: with values for its variables, a place."""
        return self.opened.prefix(address)

    def check(self) -> None:
        """See that every bucket of data answers; the error says in a sentence why one does not."""
        self.opened.check()
