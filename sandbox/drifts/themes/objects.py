"""Somebody puts objects that are not as the contract wants them."""

from typing import Final

from bucketwright.contract.keys.templates import NameTemplate
from bucketwright.facets.bucket_scope import BucketScope
from sandbox.drifts.drift import Injected, Live, drift
from sandbox.drifts.samples import Sample, key_below, proper, put, put_sample, samples_of
from sandbox.drifts.subjects import PrefixScope, buckets

_NO_TYPE: Final = "binary/octet-stream"
_HTML: Final = "text/html"
_PAGE: Final = b"<!doctype html><title>Not what its name says</title>\n"
_OUTSIDE: Final = "left-behind.pdf"
_CONFIGURATION: Final = ".env"
_COLD: Final = "GLACIER"


_typed = samples_of("a prefix whose names end in a known extension", lambda _, one: one.names_its_type)


def _takes_any_name(at: PrefixScope) -> bool:
    prefix = at.place.prefix
    return not (prefix.types or prefix.extensions or isinstance(at.place.keys, NameTemplate))


@drift(_typed, "object.content_type")
def object_without_type(live: Live, at: PrefixScope) -> Injected:
    """Somebody puts an object and does not say its type: browsers download what they could show."""
    one = proper(at, "without-type")
    undo = put_sample(live, at, one, ContentType=None)
    return Injected(at.address, at.name, one.content_type, _NO_TYPE, undo, one.key)


@drift(_typed, "object.content_type")
def object_of_wrong_type(live: Live, at: PrefixScope) -> Injected:
    """Somebody says that an object is a web page, though its name says otherwise."""
    one = proper(at, "wrong-type")
    undo = put_sample(live, at, one, ContentType=_HTML)
    return Injected(at.address, at.name, one.content_type, _HTML, undo, one.key)


@drift(
    samples_of("a prefix of objects that their first bytes tell", lambda _, one: one.shows_its_type),
    "object.content",
)
def object_with_wrong_content(live: Live, at: PrefixScope) -> Injected:
    """Somebody puts a web page under the name and the type of something else."""
    one = proper(at, "wrong-content")
    undo = put_sample(live, at, one, Body=_PAGE)
    return Injected(at.address, at.name, f"content of {one.content_type}", "a web page", undo, one.key)


@drift(
    samples_of("a prefix whose objects carry tags", lambda _, one: bool(one.tags)),
    "object.tags",
)
def object_untagged(live: Live, at: PrefixScope) -> Injected:
    """Somebody puts an object without the tags by which rules find it."""
    one = proper(at, "untagged")
    undo = put_sample(live, at, one, Tagging=None)
    before = ", ".join(f"{name}={value}" for name, value in one.tags.items())
    return Injected(at.address, at.name, before, "no tags", undo, one.key)


@drift(
    samples_of(
        "a prefix whose objects do not move to Glacier",
        lambda at, _: all(move.to != "glacier" for move in at.place.prefix.archive),
    ),
    "object.storage_class",
)
def object_in_glacier(live: Live, at: PrefixScope) -> Injected:
    """Somebody puts an object straight into Glacier: whoever reads it waits for hours."""
    one = proper(at, "in-glacier")
    undo = put_sample(live, at, one, StorageClass=_COLD)
    return Injected(at.address, at.name, "STANDARD", _COLD, undo, one.key)


@drift(
    buckets(
        "a bucket for data with prefixes, and without object lock",
        lambda at: at.bucket.purpose == "data" and bool(at.bucket.prefixes) and at.bucket.object_lock is None,
    ),
    "object.key",
)
def object_outside_the_layout(live: Live, at: BucketScope) -> Injected:
    """Somebody puts an object under a key that no prefix owns, so nothing ever happens to it."""
    undo = put(live, at, _OUTSIDE, Body=b"%PDF-1.7\n%%EOF\n", ContentType="application/pdf")
    return Injected(at.address, at.name, "no such object", "an object outside every prefix", undo, _OUTSIDE)


@drift(samples_of("a prefix that takes any name and type", lambda at, _: _takes_any_name(at)), "object.key")
def object_named_like_a_secret(live: Live, at: PrefixScope) -> Injected:
    """Somebody copies a folder with the file that holds its program's passwords."""
    key = key_below(at, _CONFIGURATION)
    one = Sample(key, "text/plain", proper(at, "secret").tags)
    undo = put_sample(live, at, one, Body=b"PASSWORD=not-a-real-one\n")
    return Injected(
        at.address, at.name, "no such object", "an object that is named as secrets are", undo, key
    )
