"""What can go wrong with storage? One tree, so that a program catches as much of it as it means to.

StorageError
├── NotFound         nothing is there under that key
├── AlreadyThere     the place only creates, and another object has the key
├── Changed          the object is no longer what was read, or others write it at this very moment
├── Damaged          the content is not what was written, or not what was sent
├── Refused          the contract says no, or the server does: key, type, extension, size, secret name
├── Denied           these credentials may not
├── Unreachable      nobody answered, or nobody could for now
├── Misconfigured    contract, environment or credentials do not fit what is there
├── Cancelled        the caller called it off, and nothing was written
└── InDoubt          a write or a deletion whose answer was lost: nobody can tell whether it was done

A message is one plain sentence or two; what it quotes from outside is cut and escaped.
"""

from typing import Final


class StorageError(Exception):
    """Anything that went wrong with storage; the message is for people."""

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.key = key
        """Which key it is about; empty where it is about none."""


class NotFound(StorageError):
    """Nothing is there under that key."""


class AlreadyThere(StorageError):
    """The place only creates, and another object has the key."""


class Changed(StorageError):
    """The object is no longer what was read, or others write it at this very moment."""


class Damaged(StorageError):
    """The content is not what was written, or not what was sent."""


class Refused(StorageError):
    """The contract says no, or the server does."""


class Denied(StorageError):
    """These credentials may not."""


class Unreachable(StorageError):
    """Nobody answered, or nobody could for now; the same may work later."""


class Misconfigured(StorageError):
    """Contract, environment or credentials do not fit what is there."""


class Cancelled(StorageError):
    """The caller called it off, and nothing was written."""


class InDoubt(StorageError):
    """A write or a deletion whose answer was lost, and nobody can tell whether it was done."""


ENDS_ALL: Final = (Denied, Misconfigured, Unreachable)
"""Of several steps, what the next one would run into as well."""
