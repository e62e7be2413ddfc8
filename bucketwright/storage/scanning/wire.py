"""How is a file sent to ClamAV's daemon, and what does it answer? One connection a file, by INSTREAM.

The daemon ends a stream that is too long for it with an answer in mid-sending: it is read all the same.
"""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

from bucketwright.plain_text import clipped, shown
from bucketwright.storage.errors import Misconfigured
from bucketwright.storage.pieces import Readable
from bucketwright.storage.scanning.verdicts import Clean, Infected, Unscanned, Verdict

_PIECE: Final = 64 * 1024
_LONGEST_ANSWER: Final = 4 * 1024
_LONGEST_NAME: Final = 120
_CONNECTS_WITHIN: Final = 30.0
_FOUND: Final = re.compile(r"stream: (.+) FOUND")
_IN_PART: Final = ("Heuristics.Limits.", "Heuristics.Encrypted.")
"""How the names begin of what is no virus: the daemon says that it did not look into all of the file."""
_TOO_LONG: Final = "INSTREAM size limit exceeded"
_PORT: Final = re.compile(r"[1-9][0-9]{0,4}")


@dataclass(frozen=True, slots=True)
class Address:
    """Where the daemon listens: a socket in the file system, or a port of a host."""

    path: str = ""
    host: str = ""
    port: int = 0

    def __str__(self) -> str:
        return f"unix:{self.path}" if self.path else f"{self.host}:{self.port}"


def address(text: str) -> Address:
    """The address that a text spells: `unix:/run/clamav/clamd.ctl` or `127.0.0.1:3310`."""
    path = text.removeprefix("unix:")
    if path.startswith("/") and "\0" not in path:
        return Address(path)
    host, _, port = text.rpartition(":")
    if text != path or not host or not _PORT.fullmatch(port) or int(port) > 65_535:
        raise Misconfigured(
            f"{shown(text)} is no address of a clamd: unix:/run/clamav/clamd.ctl or 127.0.0.1:3310"
        )
    return Address(host=host.removeprefix("[").removesuffix("]"), port=int(port))


def scanned(where: Address, file: Readable, largest: int, patience: float) -> Verdict:
    """What the daemon says of a file; never more of one than `largest` bytes are sent.

    `patience` is how many seconds it may be silent.
    """
    try:
        with _connected(where, patience) as connection:
            whole = _sent(connection, file, largest)
            return _verdict(_answer(connection), whole=whole)
    except _TooLargeError:
        return Unscanned(f"it has more than {largest:,} bytes, the most that is scanned", may_pass=False)
    except OSError as error:
        told = clipped(error.strerror or str(error) or type(error).__name__)
        return Unscanned(f"the scanner at {where} does not answer: {told}", may_pass=True)


class _TooLargeError(Exception):
    """The file has more bytes than are sent of one."""


@contextmanager
def _connected(where: Address, patience: float) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) if where.path else _reached(where) as connection:
        if where.path:
            connection.settimeout(_CONNECTS_WITHIN)
            connection.connect(where.path)
        connection.settimeout(patience)
        yield connection


def _reached(where: Address) -> socket.socket:
    return socket.create_connection((where.host, where.port), _CONNECTS_WITHIN)


def _sent(connection: socket.socket, file: Readable, largest: int) -> bool:
    """Send the file; whether all of it went, for the daemon may have had enough before."""
    left = largest
    try:
        connection.sendall(b"zINSTREAM\0")
        while piece := file.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise _TooLargeError
            connection.sendall(len(piece).to_bytes(4, "big") + piece)
        connection.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True


def _answer(connection: socket.socket) -> str:
    """Everything before the first NUL; empty where the daemon ended before it came to that."""
    said = b""
    with suppress(ConnectionResetError):
        while len(said) <= _LONGEST_ANSWER and (piece := connection.recv(_LONGEST_ANSWER)):
            said += piece
            if b"\0" in said:
                return said.partition(b"\0")[0].decode("utf-8", "replace")
    return ""


def _verdict(said: str, *, whole: bool) -> Verdict:
    """What an answer means; clean is only what says so of a file that was sent to its end."""
    if said == "stream: OK" and whole:
        return Clean()
    found = _FOUND.fullmatch(said)
    if found:
        name = clipped(found[1], _LONGEST_NAME)
        if name.startswith(_IN_PART):
            return Unscanned(f"the scanner did not look into all of it: {name}", may_pass=False)
        return Infected(name)
    if said.startswith(_TOO_LONG):
        return Unscanned("the scanner takes no stream of that size", may_pass=False)
    if not said:
        return Unscanned("the scanner ended the connection without an answer", may_pass=True)
    return Unscanned(f"the scanner answered {shown(said, 120)}", may_pass=True)
