"""With what is a scanner tried before anybody believes it? With EICAR, the test virus that all know.

It is made when it is needed and stands nowhere in one piece: a scanner would take this file away.
"""

import gzip
import struct
import zlib
from functools import lru_cache
from io import BytesIO
from tarfile import BLOCKSIZE, USTAR_FORMAT, TarInfo
from typing import Final

HARMLESS: Final = b"nothing is wrong with this"
_DEEPER_THAN_ANY_SCANNER: Final = 120
"""ClamAV takes no limit of nesting above 100."""
_PIECE: Final = 1024 * 1024
_BLOCKS_AROUND: Final = 5
"""A header each for the two files, the virus, and two that end the archive."""


def eicar() -> bytes:
    """Its 68 bytes, which do no harm."""
    halves = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STAND", "ARD-ANTIVIRUS-TEST-FILE!$H+H*")
    return "".join(halves).encode("ascii")


@lru_cache(maxsize=1)
def too_deep() -> bytes:
    """The test virus, packed more often than any scanner unpacks."""
    packed = eicar()
    for _ in range(_DEEPER_THAN_ANY_SCANNER):
        packed = gzip.compress(packed, mtime=0)
    return packed


def zeros_in_gzip(size: int) -> bytes:
    """So many bytes that are all zero, or up to one MiB more, packed a thousandfold."""
    packed, whole, checksum = _packed_zeros(size)
    return b"\x1f\x8b\x08" + bytes(6) + b"\xff" + packed + struct.pack("<II", checksum, whole)


def zeros_in_zip(size: int) -> bytes:
    """The same as the only file in a zip file."""
    packed, whole, checksum = _packed_zeros(size)
    # version, flags, method, time, date, checksum, two sizes, lengths of the name and of what follows it
    told = struct.pack("<5H3I2H", 20, 0, 8, 0, 33, checksum, len(packed), whole, 1, 0)
    first = b"PK\3\4" + told + b"0" + packed
    listed = b"PK\1\2" + struct.pack("<H", 20) + told + bytes(14) + b"0"
    return first + listed + b"PK\5\6" + struct.pack("<4H2IH", 0, 0, 1, 1, len(listed), len(first), 0)


def _packed_zeros(size: int) -> tuple[bytes, int, int]:
    """Zeros as deflate packs them; how many they are, and their checksum."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    piece, pieces = bytes(_PIECE), -(-size // _PIECE)
    packed = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(pieces):
        checksum = zlib.crc32(piece, checksum)
    return packed * pieces + packer.flush(), pieces * _PIECE, checksum


class VirusAtTheEnd:
    """An archive of so many bytes, or up to one block fewer, whose last file is the test virus."""

    def __init__(self, size: int) -> None:
        padding = max(0, size // BLOCKSIZE - _BLOCKS_AROUND) * BLOCKSIZE
        virus = eicar()
        end = _header("virus.com", len(virus)) + virus.ljust(BLOCKSIZE, b"\0") + bytes(2 * BLOCKSIZE)
        self._begin, self._padding, self._end = BytesIO(_header("padding", padding)), padding, BytesIO(end)

    def read(self, most: int = -1, /) -> bytes:
        """The next bytes; the padding is made as it is read."""
        piece = self._begin.read(most)
        if not piece and self._padding:
            piece = bytes(self._padding if most < 0 else min(most, self._padding))
            self._padding -= len(piece)
        return piece or self._end.read(most)


def _header(name: str, size: int) -> bytes:
    made = TarInfo(name)
    made.size = size
    return made.tobuf(USTAR_FORMAT)
