"""How does somebody outside write one object? By a PUT with exact headers, or by a form with limits."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Final

from bucketwright.contract.limits import MOST_PARTS
from bucketwright.contract.quantities import spell_size
from bucketwright.plain_text import shown
from bucketwright.s3.addresses import is_r2
from bucketwright.storage.declared import Declared, keep_address, keep_size
from bucketwright.storage.errors import Refused
from bucketwright.storage.said import Said
from bucketwright.storage.signing.announced import Announced, announced, announced_form, keep_without_hash
from bucketwright.storage.signing.lifetimes import life
from bucketwright.storage.signing.link import Link, keep_unhashed
from bucketwright.storage.signing.pages import keep_page
from bucketwright.storage.signing.signed import SignedForm, SignedUrl
from bucketwright.storage.signing.terms import signer_of, terms_of_upload
from bucketwright.storage.stored import SHA256, Attributes
from bucketwright.storage.transfer.sizes import LARGEST_AT_ONCE

if TYPE_CHECKING:  # a place is what asks here
    from bucketwright.storage.place import Place

_ANY: Final = Link()
_NOTHING: Final = Said()
_DIGITS: Final = re.compile(r"[0-9a-f]{64}")


def signed_put(
    place: "Place", name: str, link: Link = _ANY, said: Said = _NOTHING, *, over: str = ""
) -> SignedUrl:
    """One PUT, with the headers that it has to carry; the server refuses every other.

    `link.size` is the exact size, needed where the contract has a limit: nothing else holds a PUT to it. With
    `link.sha256` the server takes that content alone. `over` is the ETag of what was read, where only that
    may be replaced.
    """
    there, made = place.there, announced(place.there, place.path, name, said, over)
    _keep_exact_size(there, link.size, made.at.key)
    made = _with_hash(made, link.sha256)
    if not link.sha256:
        keep_without_hash(there, made.at.key)
    keep_address(there, made.at.key, link.sha256)
    server = signer_of(place).server
    end = server.end(made.at)
    found = life(link.lasts, terms_of_upload(there, link.size), end, datetime.now(UTC))
    signed = server.put(made, link.size, link.sha256, found.seconds)
    if link.origin:
        keep_page(there.settings.cors, link.origin, "PUT", signed.headers)
    until = end.first(signed.until)
    return SignedUrl("PUT", made.name, made.at.key, signed.url, signed.headers, until, found.warnings)


def signed_post(place: "Place", name: str, link: Link = _ANY, said: Said = _NOTHING) -> SignedForm:
    """A form for one upload: key, type, tags and largest size stand in it, and the server holds it to them.

    The type is that of the name; where the name says none and the contract, or `said`, allows a family such
    as `image/*`, the page says the rest. Refused where the contract only creates and the key is not sure to
    be new, for no server takes a condition with a form.
    """
    there, made = place.there, announced_form(place.there, place.path, name, said)
    keep_unhashed(link, "a form", made.at.key)
    most = _most(there, link.size, made.at.key)
    server = signer_of(place).server
    if is_r2(server.asking.sessions.endpoint_url):
        raise Refused("Cloudflare R2 takes no forms: sign a PUT, with its size", made.at.key)
    if link.origin:
        keep_page(there.settings.cors, link.origin, "POST", {})
    fields = _fields(made.attributes)
    terms = terms_of_upload(there, link.size or there.prefix.max_size)
    end = server.end(made.at)
    found = life(link.lasts, terms, end, datetime.now(UTC))
    conditions = [*_conditions(made, fields), ["content-length-range", 0, most]]
    signed = server.form(made.at, fields, conditions, found.seconds)
    until = end.first(signed.until)
    return SignedForm(made.name, made.at.key, signed.url, signed.fields, most, until, found.warnings)


def keep_upload_size(there: Declared, size: int, key: str) -> None:
    """Raises where so many bytes are none, or more than the contract allows there."""
    if size < 0:
        raise Refused(f"{shown(size)} is no size", key)
    keep_size(there, size)
    if size > MOST_PARTS * LARGEST_AT_ONCE:
        raise Refused(f"no object can have {shown(size)} bytes", key)


def _keep_exact_size(there: Declared, size: int | None, key: str) -> None:
    most = there.prefix.max_size
    if size is None:
        if most is not None:
            raise Refused(
                f"the contract allows {spell_size(most)} at {there.address}, and only its exact size holds a "
                "PUT to that: say the size, or sign a form",
                key,
            )
        return
    keep_upload_size(there, size, key)
    if size > LARGEST_AT_ONCE:
        raise Refused(f"one PUT takes {spell_size(LARGEST_AT_ONCE)} at most: send it in parts", key)


def _most(there: Declared, asked: int | None, key: str) -> int:
    """The most bytes that a form takes."""
    if asked is not None:
        keep_upload_size(there, asked, key)
    limits = (asked, there.prefix.max_size, LARGEST_AT_ONCE)
    return min(one for one in limits if one is not None)


def _with_hash(made: Announced, sha256: str) -> Announced:
    """The same with its hash noted, where one is announced."""
    if not sha256:
        return made
    if not _DIGITS.fullmatch(sha256):
        raise Refused(f"{shown(sha256)} is no SHA-256 in 64 hexadecimal digits", made.at.key)
    metadata = {**made.attributes.metadata, SHA256: sha256}
    return replace(made, attributes=replace(made.attributes, metadata=metadata))


def _fields(attributes: Attributes) -> Mapping[str, str]:
    """What a form says beside the file, without what it does not say."""
    tags = "".join(
        f"<Tag><Key>{escape(name, quote=False)}</Key><Value>{escape(text, quote=False)}</Value></Tag>"
        for name, text in attributes.tags.items()
    )
    said = {
        "Content-Type": attributes.content_type,
        "Cache-Control": attributes.cache_control,
        "Content-Disposition": attributes.content_disposition,
        "Content-Encoding": attributes.content_encoding,
        "tagging": f"<Tagging><TagSet>{tags}</TagSet></Tagging>" if tags else "",
        **{f"x-amz-meta-{name}": text for name, text in attributes.metadata.items()},
    }
    return {name: text for name, text in said.items() if text}


def _conditions(made: Announced, fields: Mapping[str, str]) -> Iterator[object]:
    """Each field as it stands there, but for a type of which the page says the rest."""
    for name, text in fields.items():
        how = "starts-with" if made.family and name == "Content-Type" else "eq"
        yield [how, f"${name}", text]
