"""How is an upload taken up again where it broke, by this program or another?

The parts that are there are asked of the server, and count only for the very same content: same hash, same
parts, same headers. Of an upload that is over it is looked whether its object is there.
"""

from dataclasses import replace
from pathlib import Path

from bucketwright.storage.declared import keep_name_rules, key_of
from bucketwright.storage.errors import NotFound
from bucketwright.storage.stored import WRITE_ID, Attributes, Stored
from bucketwright.storage.transfer.notes import Begun, Notes, fingerprint
from bucketwright.storage.transfer.sending import Sending
from bucketwright.storage.writing import Target, Written, made_by, result, written


def sent_on(target: Target, attributes: Attributes, sending: Sending, path: Path) -> Written:
    """What is stored, with as little sent as is missing; `path` notes the upload while it is unfinished."""
    digest = sending.body.sha256
    notes = Notes(path, target.at, fingerprint(attributes, digest, sending.part_size))
    noted = replace(sending, notes=notes)
    begun = notes.read()
    if begun is not None and not notes.is_same(begun):
        sending.backend.drop(begun.at, begun.upload_id)
        begun = None
    if begun is not None:
        target = replace(target, name=_name(target, begun))
        attributes = replace(attributes, metadata={**attributes.metadata, WRITE_ID: begun.write_id})
        stored = _over(target, begun, notes)
        if stored is not None:
            notes.forget()
            return result(target, stored, attributes, digest)
    done = written(target, attributes, digest, noted)
    notes.forget()
    return done


def _name(target: Target, begun: Begun) -> str:
    """Under which name the noted upload goes on: the one that was asked for, or that with a suffix."""
    name = begun.at.key.removeprefix(target.path)
    keep_name_rules(target.there, key_of(target.there, target.path, name))
    return name


def _over(target: Target, begun: Begun, notes: Notes) -> Stored | None:
    """The object that the noted upload has become; else it is gone on with, where it is still there."""
    try:
        parts = target.backend.parts(begun.at, begun.upload_id)
    except NotFound:
        return made_by(target, begun.write_id)
    notes.take_up(replace(begun, parts=tuple(parts)))
    return None
