"""What a team says about one kind of file: its keys, its life, who reads it how, and how it is written."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from bucketwright.contract.form import OneOrMany, Part, Shape, ShortForm
from bucketwright.contract.scalars import Count, Days, Line, PrefixAddress, Size, Slug, Span
from bucketwright.contract.words import ArchiveClass, DataClass, DeliveryWay

MediaType = Annotated[
    str, Shape(r"^[a-z0-9.+-]+/([a-z0-9.+-]+|\*)$", "a content type in lower case", ("image/png", "image/*"))
]
Extension = Annotated[
    str, Shape(r"^\.[a-z0-9]{1,16}(\.[a-z0-9]{1,16})?$", "an extension in lower case with its dot", (".pdf",))
]


class Transition(Part):
    """A move to a cheaper storage class at an age."""

    after: Days
    """Age at which the object moves."""
    to: ArchiveClass
    """The storage class it moves to; each has its minimum days."""


class Noncurrent(Part):
    """What becomes of versions that were overwritten or deleted."""

    expire: Days | None = None
    """Days after which an old version is deleted for good."""
    keep_newest: Count | None = Field(default=None, ge=1, le=100)
    """How many of the newest old versions stay whatever their age."""
    archive: Annotated[tuple[Transition, ...], OneOrMany()] = ()
    """Moves of old versions to cheaper classes, counted from the day they became old."""


class Write(Part):
    """What a write does when the key is already there."""

    mode: Literal["create", "overwrite", "if-unchanged"] = "create"
    """create: never replaces; overwrite: last writer wins; if-unchanged: only over the version read."""
    on_clash: Literal["error", "suffix"] = "error"
    """With create: refuse, or pick a unique suffix."""


class Delivery(Part):
    """How readers outside the account get the objects."""

    via: DeliveryWay = "none"
    """none: roles only; presigned: signed S3 links; cloudfront: signed links of a distribution; compatible:
    links of an S3-compatible endpoint; content-addressed: cached for ever under its hash; archive: restored
    first."""
    expires: Span | None = None
    """How long a signed link lives; by default one hour, through CloudFront one day."""


class Quarantine(Part):
    """Objects wait here for a scan; only clean ones move on, and nobody but the scanner reads them."""

    scanner: Slug
    """The role under access that scans: it reads and deletes here, and writes where clean objects go."""
    release_to: PrefixAddress
    """The prefix that clean objects move to, such as `files/documents`."""
    infected: Literal["delete", "keep"] = "delete"
    """What becomes of an infected object: deleted, or kept here, where only the scanner reads it."""


class Usage(Part):
    """Stated traffic, from which costs are worked out."""

    average_object: Size
    """Size of a typical object."""
    stored: Size = 0
    """Bytes stored already."""
    added: Size = 0
    """Bytes written in a month."""
    reads: Count = Field(default=0, ge=0, le=10**15)
    """GET requests in a month."""
    lists: Count = Field(default=0, ge=0, le=10**15)
    """LIST requests in a month."""
    downloads: Size = 0
    """Bytes sent to the internet in a month."""


class Prefix(Part):
    """One kind of file: where its keys live and for how long."""

    path: Line
    """Template of the keys' beginning, ending in a slash: `{env}/cases/{case_id:int}/documents/`."""
    objects: Line | None = None
    """Template of the name below the path, such as `chunk_{i:int}.txt`; by default any name."""
    keep: Literal["forever"] | None = None
    """Says aloud that nothing is ever deleted here."""
    expire: Days | None = None
    """Age at which objects are deleted."""
    archive: Annotated[tuple[Transition, ...], OneOrMany()] = ()
    """Moves to cheaper storage classes."""
    archive_above: Size | None = None
    """Smallest object worth moving; by default S3's own floor of 128 KiB."""
    noncurrent: Noncurrent | None = None
    """What becomes of old versions."""
    types: Annotated[tuple[MediaType, ...], OneOrMany()] = ()
    """Content types allowed here; `image/*` allows a family. Empty: any."""
    extensions: Annotated[tuple[Extension, ...], OneOrMany()] = ()
    """File name extensions allowed here, such as `.pdf`. Empty: any."""
    max_size: Size | None = None
    """Largest object allowed here."""
    delivery: Annotated[Delivery, ShortForm("via")] = Delivery()
    """How readers outside the account get the objects."""
    write: Annotated[Write, ShortForm("mode")] = Write()
    """What a write does when the key is already there."""
    data_class: DataClass = "internal"
    """How sensitive the content is."""
    tags: Mapping[str, str] = {}
    """Object tags that every write sets."""
    quarantine: Quarantine | None = None
    """Makes it a quarantine of uploads, which shares its keys with no other prefix."""
    overlaps: Annotated[tuple[Slug, ...], OneOrMany()] = ()
    """Other prefixes of this bucket whose keys may be the same, said on purpose; none is a quarantine."""
    usage: Usage | None = None
    """Stated traffic, for costs."""
