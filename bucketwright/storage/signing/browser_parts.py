"""How does a page send a large object in parts? Begun here, each part by a link of its own, finished here.

A page names parts by the ETags it got, which it can only read where CORS exposes them. What it names is held
against what the server has, and so is the size.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from bucketwright.plain_text import shown
from bucketwright.storage.declared import Declared, keep_address, keep_name_rules, key_of
from bucketwright.storage.errors import AlreadyThere, Changed, NotFound, Refused, StorageError
from bucketwright.storage.said import Said
from bucketwright.storage.signing.announced import Announced, announced, keep_without_hash
from bucketwright.storage.signing.lifetimes import life
from bucketwright.storage.signing.pages import keep_page
from bucketwright.storage.signing.signed import BrowserUpload, SignedUrl
from bucketwright.storage.signing.terms import signer_of, terms_of_upload
from bucketwright.storage.signing.uploads import keep_upload_size
from bucketwright.storage.stored import WRITE_ID, At, Attributes, Condition, Part, Stored
from bucketwright.storage.transfer.sizes import part_size, spans
from bucketwright.storage.writing import Target, Written, condition_of, made_by, result, settled

if TYPE_CHECKING:  # a place is what asks here
    from bucketwright.storage.place import Place

_NOTHING: Final = Said()


def begin_upload(
    place: "Place", name: str, size: int, said: Said = _NOTHING, *, over: str = ""
) -> BrowserUpload:
    """Begin an upload of exactly so many bytes in parts, which are sent by the links of `signed_parts`."""
    there, made = place.there, announced(place.there, place.path, name, said, over)
    keep_upload_size(there, size, made.at.key)
    keep_address(there, made.at.key, "")
    keep_without_hash(there, made.at.key)
    write_id = uuid4().hex
    upload_id = signer_of(place).server.begin(_noted(made, write_id))
    return BrowserUpload(made.name, upload_id, size, write_id, over)


def signed_parts(
    place: "Place",
    upload: BrowserUpload,
    numbers: Collection[int] = (),
    *,
    lasts: timedelta | None = None,
    origin: str = "",
) -> tuple[SignedUrl, ...]:
    """A PUT for each of these parts, counted from 1, or for all; each takes its exact bytes of the whole.

    The first part begins at byte 0, and every other where the one before it ends: their sizes are the values
    of Content-Length. Links may be asked for again while the upload is unfinished. `origin` is that of the
    page that sends them: Refused where the bucket's CORS does not let it, or not let it read ETags.
    """
    at, server = _at(place, upload), signer_of(place).server
    if origin:
        keep_page(place.there.settings.cors, origin, "PUT", {}, reads_etag=True)
    sizes = _sizes(place.there, upload.size)
    unknown = sorted(set(numbers) - set(range(1, len(sizes) + 1)))
    if unknown:
        raise Refused(f"the upload has the parts 1 to {len(sizes):,}, and no {unknown[0]}", at.key)
    terms = terms_of_upload(place.there, upload.size)
    end = server.end(at)
    found = life(lasts, terms, end, datetime.now(UTC))
    links = []
    for number in sorted(set(numbers)) or range(1, len(sizes) + 1):
        said = {"UploadId": upload.upload_id, "PartNumber": number, "ContentLength": sizes[number - 1]}
        made = server.request("UploadPart", at, said, found.seconds)
        links.append(
            SignedUrl(
                "PUT", upload.name, at.key, made.url, made.headers, end.first(made.until), found.warnings
            )
        )
    return tuple(links)


def finish_upload(place: "Place", upload: BrowserUpload, etags: Sequence[str] = ()) -> Written:
    """Make the object of what was sent; with `etags`, those that the page got, in the order of the parts.

    Refused where parts are missing, or are not those of the page, or have not the size that was announced.
    Whoever was not told that it is finished may finish it again.
    """
    at, backend = _at(place, upload), place.home.backend
    condition = condition_of(place.there, upload.over, at.key)
    target = Target(backend, place.there, place.path, upload.name, condition)
    try:
        parts = backend.parts(at, upload.upload_id)
    except NotFound:
        before = _finished(target, upload)
        if before is None:
            raise
        return result(target, before, before.attributes, "")
    _keep_whole(_sizes(place.there, upload.size), parts, at.key)
    _keep_etags(parts, etags, at.key)

    def finish(where: At, _: Attributes, condition: Condition) -> Stored:
        return backend.finish(where, upload.upload_id, parts, condition)

    noted = Attributes(metadata={WRITE_ID: upload.write_id})
    try:
        stored = settled(target, noted, finish)
    except (AlreadyThere, Changed):
        with suppress(StorageError):
            backend.drop(at, upload.upload_id)
        raise
    stored = replace(_finished(target, upload) or stored, etag=stored.etag, version=stored.version)
    return result(target, stored, stored.attributes, "")


def _finished(target: Target, upload: BrowserUpload) -> Stored | None:
    """The object that the upload has become, as far as anybody may look."""
    with suppress(StorageError):
        return made_by(target, upload.write_id)
    return None


def drop_upload(place: "Place", upload: BrowserUpload) -> None:
    """Give the upload up, with all its parts; nothing happens where it is over already."""
    place.home.backend.drop(_at(place, upload), upload.upload_id)


def _at(place: "Place", upload: BrowserUpload) -> At:
    """Where the upload leads, which an application may have kept, so that it is looked at again."""
    key = key_of(place.there, place.path, upload.name)
    keep_name_rules(place.there, key)
    keep_upload_size(place.there, upload.size, key)
    return At(place.there.bucket, key)


def _noted(made: Announced, write_id: str) -> Announced:
    metadata = {**made.attributes.metadata, WRITE_ID: write_id}
    return replace(made, attributes=replace(made.attributes, metadata=metadata))


def _sizes(there: Declared, size: int) -> Sequence[int]:
    """How many bytes each part has."""
    each = part_size(size, there.transfer) or max(size, 1)
    return [length for _, length in spans(size, each)] or [0]


def _keep_whole(sizes: Sequence[int], parts: Sequence[Part], key: str) -> None:
    sent = {part.number: part.size for part in parts}
    wanted = dict(enumerate(sizes, start=1))
    if sent.keys() != wanted.keys():
        odd = min(sent.keys() ^ wanted.keys())
        what = "was not sent" if odd in wanted else "belongs to no upload of this size"
        raise Refused(f"part {odd} of {shown(key, 120)} {what}: nothing was written", key)
    wrong = next((number for number, size in wanted.items() if sent[number] != size), None)
    if wrong is not None:
        told = f"part {wrong} of {shown(key, 120)} has {sent[wrong]:,} bytes, and not {wanted[wrong]:,}"
        raise Refused(f"{told}: nothing was written", key)


def _keep_etags(parts: Sequence[Part], etags: Sequence[str], key: str) -> None:
    if not etags:
        return
    named = [etag.strip('"') for etag in etags]
    there = [part.etag for part in sorted(parts, key=lambda part: part.number)]
    if named != there:
        raise Refused(
            f"the parts of {shown(key, 120)} are not those that are named: nothing was written", key
        )
