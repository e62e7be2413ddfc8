"""The lists of S3: what asks for a page, which rows are on it, and what asks for the next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import le
from typing import Final, Generic, NamedTuple, TypeAlias, TypeVar

from bucketwright.calls import Call
from bucketwright.s3.wholeness import BadAnswerError
from bucketwright.s3.wire.head_lines import Reply
from bucketwright.s3.wire.layouts import Entry, Fields, Table, texts
from bucketwright.s3.wire.pages import Form, Leaf
from bucketwright.s3.wire.refusals import refused, with_true_status
from bucketwright.s3.wire.rows import Marker, Row, Rows, Upload

Item = TypeVar("Item", bound=Row | Marker | Upload)
Params = Mapping[str, str]
Make: TypeAlias = Callable[[slice], Sequence[Item]]
_OWNER: Final = "Owner/ID"
_OBJECT: Final = (
    "Key",
    "ETag",
    "LastModified",
    "Size",
    "StorageClass",
    _OWNER,
    "ChecksumAlgorithm",
    "RestoreStatus/IsRestoreInProgress",
)
_VERSIONED: Final = ("VersionId", "IsLatest")
_NEEDED: Final = frozenset({"Key", "ETag", "LastModified", "Size"})
_BEGUN: Final = frozenset({"Key", "UploadId", "Initiated"})
_SIZE: Final = frozenset({"Size"})
_ETAG: Final = frozenset({"ETag"})
_REPEATED: Final = frozenset({"ChecksumAlgorithm"})
_PUT: Final = (2, 1)
"""Where a version and a marker say when they were put."""
_FINE: Final = 200
_TRUE: Final = "true"
_FORM_OF_KEYS: Final = Form("ListObjectsV2", Entry("Contents", _OBJECT, _NEEDED, _SIZE, _ETAG, _REPEATED))
_FORM_OF_VERSIONS: Final = Form(
    "ListObjectVersions",
    Entry("Version", (*_OBJECT, *_VERSIONED), _NEEDED.union(_VERSIONED), _SIZE, _ETAG, _REPEATED),
    Entry(
        "DeleteMarker",
        ("Key", "LastModified", _OWNER, *_VERSIONED),
        frozenset({"Key", "LastModified", *_VERSIONED}),
    ),
)


class Turned(NamedTuple, Generic[Item]):
    """One page of a list, as it came."""

    keys: list[str]
    rows: Make[Item]
    """Made when they are wanted: a page may hold more than its reader is to tell."""
    next: Params | None
    """What asks for the next; None where this is the last."""


@dataclass(frozen=True, slots=True)
class Listing(Generic[Item]):
    """One way to list a bucket."""

    call: Call
    query: Params
    """What always asks."""
    start: str
    """The parameter after whose value the list begins."""
    turning: Mapping[str, str]
    """What a page says of the next, and the parameter that asks for it; the first has to be said."""
    form: Form
    rows: Callable[[list[str], Leaf, slice], Sequence[Item]]
    whole_keys: bool
    """Whether all that there is of a key is on one page."""
    apart: str
    """The field that tells the rows of one key apart."""
    arranged: Callable[[Leaf], Leaf] = lambda leaf: leaf
    """The same page in the order of the keys, where servers have an order of their own."""

    def turned(self, reply: Reply) -> Turned[Item]:
        """What a page says; an error where it is none, or does not say how the list goes on."""
        leaf = self.arranged(leaf_of(self.form, reply, self.call.operation))
        keys = leaf.keys()
        rows = partial(self.rows, keys, leaf)
        if not leaf.goes_on:
            return Turned(keys, rows, None)
        following = {param: leaf.text(said) for said, param in self.turning.items()}
        if not following[next(iter(following))]:
            raise BadAnswerError("more is said to follow, and not how to ask for it")
        return Turned(keys, rows, {param: text for param, text in following.items() if text})


def leaf_of(form: Form, reply: Reply, operation: str) -> Leaf:
    """What a page says; what the SDK would raise where there is none."""
    if reply.status != _FINE:
        raise refused(reply, operation)
    try:
        return form.read(reply.body)
    except BadAnswerError:
        told = with_true_status(reply) if reply.body.strip() else reply
        if told.status != _FINE:
            raise refused(told, operation) from None
        raise


def _objects(keys: list[str], leaf: Leaf, part: slice) -> Sequence[Row]:
    entries = leaf.entries[part]
    if not entries:
        return []
    count = len(entries)
    fields = entries.columns if isinstance(entries, Table) else zip(*entries, strict=True)
    _, etags, puts, sizes, kinds, owners, sums, restores = fields
    columns = (
        keys[part],
        etags,
        puts,
        tuple(map(int, sizes)),
        kinds,
        tuple(owner or None for owner in owners) if any(owners) else (None,) * count,
        tuple(map(texts, sums)) if any(sums) else sums,
        tuple(restoring == _TRUE for restoring in restores) if any(restores) else (False,) * count,
        ("",) * count,
        (True,) * count,
    )
    return Rows(columns)


def _version(key: str, fields: Fields) -> Row:
    _, etag, put, size, kind, owner, sums, restores, version, latest = fields
    said = (key, etag, put, int(size), kind, owner or None, sums and texts(sums), restores == _TRUE)
    return Row(*said, version, latest == _TRUE)


def _marker(key: str, fields: Fields) -> Marker:
    _, put, owner, version, latest = fields
    return Marker(key, put, owner or None, version, latest == _TRUE)


def _versions(keys: list[str], leaf: Leaf, part: slice) -> list[Row | Marker]:
    makers: tuple[Callable[[str, Fields], Row | Marker], ...] = (_version, _marker)
    return [
        makers[kind](key, fields)
        for kind, key, fields in zip(leaf.kinds[part], keys[part], leaf.entries[part], strict=True)
    ]


def _newest_first(leaf: Leaf) -> Leaf:
    """Versions and markers by key, the newest of each first; some servers list all markers at the end."""
    said = [(key, fields[-1] != _TRUE) for key, fields in zip(leaf.keys(), leaf.entries, strict=True)]
    if all(map(le, said, said[1:])):
        return leaf
    when = [fields[_PUT[kind]] for kind, fields in zip(leaf.kinds, leaf.entries, strict=True)]
    order = sorted(range(len(said)), key=when.__getitem__, reverse=True)
    order.sort(key=said.__getitem__)
    return leaf._replace(kinds=[leaf.kinds[n] for n in order], entries=[leaf.entries[n] for n in order])


def _uploads(keys: list[str], leaf: Leaf, part: slice) -> list[Upload]:
    return [
        Upload(key, upload, begun, who or None, kind, 0)
        for key, (_, upload, begun, who, kind) in zip(keys[part], leaf.entries[part], strict=True)
    ]


KEYS: Final = Listing(
    call=Call("s3", "ListObjectsV2"),
    query={"list-type": "2", "encoding-type": "url", "max-keys": "1000"},
    start="start-after",
    turning={"NextContinuationToken": "continuation-token"},
    form=_FORM_OF_KEYS,
    rows=_objects,
    whole_keys=True,
    apart="version",
)
VERSIONS: Final = Listing(
    call=Call("s3", "ListObjectVersions"),
    query={"versions": "", "encoding-type": "url", "max-keys": "1000"},
    start="key-marker",
    turning={"NextKeyMarker": "key-marker", "NextVersionIdMarker": "version-id-marker"},
    form=_FORM_OF_VERSIONS,
    rows=_versions,
    whole_keys=False,
    apart="version",
    arranged=_newest_first,
)
UPLOADS: Final = Listing(
    call=Call("s3", "ListMultipartUploads"),
    query={"uploads": "", "encoding-type": "url", "max-uploads": "1000"},
    start="key-marker",
    turning={"NextKeyMarker": "key-marker", "NextUploadIdMarker": "upload-id-marker"},
    form=Form(
        "ListMultipartUploads",
        Entry("Upload", ("Key", "UploadId", "Initiated", "Initiator/ID", "StorageClass"), _BEGUN),
    ),
    rows=_uploads,
    whole_keys=False,
    apart="upload",
)
