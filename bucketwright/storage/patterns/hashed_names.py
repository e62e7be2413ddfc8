"""How do readers get the new file at once, though caches keep the old one for ever? By another name.

`app.css` is stored as `app.HASH.css`, which never changes. One small file, the manifest, says what each is
called now; it is written last, so that it names nothing that is not there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bucketwright.plain_text import shown
from bucketwright.storage.content import Data, Limits, given
from bucketwright.storage.declared import keep_name_rules, key_of, with_suffix
from bucketwright.storage.errors import AlreadyThere, Changed, Damaged, Misconfigured, NotFound
from bucketwright.storage.patterns.creating import creating, put_by_hash
from bucketwright.storage.place import Place
from bucketwright.storage.said import Said
from bucketwright.strict_json import NotJsonError, read_json

MANIFEST: Final = "manifest.json"
_TRIES: Final = 10
_ASKED_FOR_ANEW: Final = Said(content_type="application/json", cache_control="no-cache")


@dataclass(frozen=True, slots=True)
class HashedNames:
    """Public files under names with a hash; safe to share between threads and programs."""

    files: Place
    manifest: Place
    manifest_name: str

    def publish(self, files: Mapping[str, Data], *, whole: bool = False) -> Mapping[str, str]:
        """Store files, then let the manifest name them; what all of it says then.

        Names it had stay, unless these files are the whole of it. What they stood for stays stored: readers
        of old pages ask for it. Nothing is written where nothing has changed.
        """
        new = {name: self._stored(name, data) for name, data in files.items()}
        for _ in range(_TRIES):
            before, etag = self._read()
            after = dict(sorted((new if whole else {**before, **new}).items()))
            if after == before and etag:
                return after
            try:
                self._write(after, etag)
            except (AlreadyThere, Changed, NotFound):
                continue
            return after
        key = self.manifest.path + self.manifest_name
        raise Changed(f"others write {shown(key, 120)} at this very moment: try again", key)

    def names(self) -> Mapping[str, str]:
        """What each file is called now; none where nothing was published."""
        return self._read()[0]

    def _stored(self, name: str, data: Data) -> str:
        """The name under which content is kept, once it is."""
        there = self.files.there
        keep_name_rules(there, key_of(there, self.files.path, name))  # the hash would hide a secret's name
        with given(data, Limits(there.prefix.max_size, there.transfer)) as body:
            hashed = with_suffix(there, self.files.path, name, body.sha256, ".")
            with body.opened() as file:
                put_by_hash(self.files, hashed, file, body.sha256)
        return hashed

    def _read(self) -> tuple[Mapping[str, str], str]:
        """What the manifest says, and its ETag; empty where there is none."""
        try:
            with self.manifest.open(self.manifest_name) as file:
                return _names_in(file.read(), file.info.key), file.info.etag
        except NotFound:
            return {}, ""

    def _write(self, names: Mapping[str, str], etag: str) -> None:
        text = json.dumps({"version": 1, "names": dict(names)}, indent=1).encode("ascii")
        there = self.manifest if etag else creating(self.manifest)
        there.put(self.manifest_name, text, _ASKED_FOR_ANEW, over=etag)


def hashed_names(files: Place, manifest: Place | None = None, name: str = MANIFEST) -> HashedNames:
    """The files of a place, and the manifest at another, or at the same one.

    Misconfigured where the contract lets nobody replace the manifest.
    """
    where = manifest or files
    if where.there.prefix.write.mode == "create":
        raise Misconfigured(
            f"{where.there.address} only creates, and the manifest {shown(name)} is replaced: "
            "name a place for it whose `write` is if-unchanged or overwrite"
        )
    return HashedNames(files, where, name)


def _names_in(text: bytes, key: str) -> Mapping[str, str]:
    try:
        said = read_json(text).value
    except NotJsonError as error:
        raise Damaged(f"{shown(key, 120)} is no manifest: {error}", key) from None
    names = said.get("names") if isinstance(said, dict) and said.get("version") == 1 else None
    if not isinstance(names, dict):
        raise Damaged(f"{shown(key, 120)} is no manifest: it has no names", key)
    if not all(isinstance(one, str) for one in names.values()):
        raise Damaged(f"{shown(key, 120)} is no manifest: its names are no texts", key)
    return names
