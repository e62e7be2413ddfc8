"""Which upload was begun and not finished? A small file notes it, for whoever takes it up again.

Nothing of the content is in it: which parts are there, the server knows.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from bucketwright.plain_text import shown
from bucketwright.s3.evidence import write_whole
from bucketwright.storage.backends.records import attributes_json
from bucketwright.storage.disk import saved_as
from bucketwright.storage.errors import Refused
from bucketwright.storage.stored import At, Attributes, Part

_LARGEST: Final = 16 * 1024
_TEXTS: Final = ("about", "asked", "bucket", "key", "upload_id", "write_id")


@dataclass(frozen=True, slots=True)
class Begun:
    """An upload in parts that was begun."""

    at: At
    upload_id: str
    write_id: str
    about: str = ""
    """What was to be sent: see `fingerprint`."""
    parts: tuple[Part, ...] = ()
    """Those that are there already."""


class Notes:
    """The file in which one upload is noted while it is unfinished."""

    def __init__(self, path: Path, asked: At, about: str) -> None:
        self._path, self._asked, self._about = path, asked, about
        self._begun: Begun | None = None

    def read(self) -> Begun | None:
        """What is noted; Refused where it is the upload of another object."""
        noted = _read(self._path)
        if noted is None:
            return None
        if (noted["bucket"], noted["asked"]) != (self._asked.bucket, self._asked.key):
            raise Refused(
                f"{shown(str(self._path), 200)} notes an unfinished upload of {shown(noted['asked'], 120)}: "
                "name another file, or finish that one first",
                self._asked.key,
            )
        at = At(noted["bucket"], noted["key"])
        return Begun(at, noted["upload_id"], noted["write_id"], noted["about"])

    def is_same(self, begun: Begun) -> bool:
        """Whether it is of the very same content."""
        return begun.about == self._about

    def take_up(self, begun: Begun) -> None:
        """Let the next sending to where it leads go on with it."""
        self._begun = begun

    def taken_up(self, at: At) -> Begun | None:
        """The upload to go on with, once."""
        begun, self._begun = self._begun, None
        return begun if begun and begun.at == at else None

    def keep(self, begun: Begun) -> None:
        """Note an upload."""
        noted = {
            "asked": self._asked.key,
            "bucket": begun.at.bucket,
            "key": begun.at.key,
            "upload_id": begun.upload_id,
            "write_id": begun.write_id,
            "about": self._about,
        }
        with saved_as(self._path, self._asked.key):
            write_whole(self._path, json.dumps(noted, indent=1).encode("ascii"), self._path.parent)

    def forget(self) -> None:
        """It is finished, or given up."""
        with saved_as(self._path, self._asked.key):
            self._path.unlink(missing_ok=True)


def fingerprint(attributes: Attributes, digest: str, part_size: int) -> str:
    """The same for the same content that goes in the same parts, and carries the same beside it."""
    told = json.dumps([attributes_json(attributes), digest, part_size], sort_keys=True)
    return sha256(told.encode("ascii")).hexdigest()


def _read(path: Path) -> Mapping[str, str] | None:
    """What a note says; None where there is none, Refused where it is none."""
    try:
        with path.open("rb") as file:
            noted: object = json.loads(file.read(_LARGEST))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Refused(f"{shown(str(path), 200)} can note no upload: {error.strerror}") from None
    except (ValueError, RecursionError):
        noted = None
    texts = noted if isinstance(noted, dict) else {}
    if not all(isinstance(texts.get(name), str) for name in _TEXTS):
        raise Refused(f"{shown(str(path), 200)} notes no unfinished upload: name another file, or delete it")
    return texts
