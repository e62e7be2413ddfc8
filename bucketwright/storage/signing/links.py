"""How does somebody outside read? By a link to one object, or cookies for a place, as the contract says."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from bucketwright.contract.delivery import link_life
from bucketwright.contract.keys.overlap import templates_overlap
from bucketwright.plain_text import shown
from bucketwright.storage.content_type import READ_BY_PROGRAMS
from bucketwright.storage.declared import Declared, key_of
from bucketwright.storage.dispositions import attachment
from bucketwright.storage.errors import Refused
from bucketwright.storage.signing.lifetimes import End, Terms, life
from bucketwright.storage.signing.link import Link, keep_unhashed
from bucketwright.storage.signing.pages import keep_page
from bucketwright.storage.signing.signed import SignedCookies, SignedUrl
from bucketwright.storage.signing.terms import signer_of
from bucketwright.storage.stored import At

if TYPE_CHECKING:  # a place is what asks here
    from bucketwright.storage.place import Place
    from bucketwright.storage.signing.presigning import Presigner
    from bucketwright.storage.signing.signer import Signer

_ANY: Final = Link()
_EDGE: Final = "cloudfront"
_LONGEST: Final = timedelta(days=3650)
"""CloudFront takes any end; what is to be read for longer is no secret."""


def signed_get(place: "Place", name: str, link: Link = _ANY, *, file_name: str = "") -> SignedUrl:
    """A link by which whoever has it may read one object, there or not, until it ends.

    With `file_name` browsers save it under that name. Refused where the contract delivers to nobody outside.
    """
    key = key_of(place.there, place.path, name)
    keep_unhashed(link, "a link to read", key)
    _keep_readers(place.there)
    _keep_out_of_quarantine(place.there, key)
    signer = signer_of(place)
    if not _by_edge(place.there, signer):
        return _by_server(place, name, link, file_name, signer.server)
    if file_name:
        told = "CloudFront hands on no wishes: name the file when the object is written"
        raise Refused(told, key)
    if link.origin:
        raise Refused(f"{place.there.address} is read through CloudFront, which knows no CORS", key)
    from bucketwright.storage.signing.cloudfront import path_of, signed_link  # noqa: PLC0415 - brings the SDK

    until, warnings = _until(place.there, link)
    url = signed_link(signer.edge.key(place.there), path_of(key), until)
    return SignedUrl("GET", name, key, url, {}, until, warnings)


def signed_cookies(place: "Place", lasts: timedelta | None = None) -> SignedCookies:
    """Cookies with which a browser may read all of a place through CloudFront, until they end."""
    there = place.there
    _keep_readers(there)
    signer = signer_of(place)
    if not _by_edge(there, signer):
        raise Refused(f"only CloudFront takes cookies, and {there.address} is not delivered by it")
    _keep_alone(place)
    from bucketwright.storage.signing import cloudfront  # noqa: PLC0415 - brings the SDK

    until, _ = _until(there, Link(lasts))
    key, path = signer.edge.key(there), cloudfront.path_of(place.path)
    return SignedCookies(key.host, path, cloudfront.signed_cookies(key, path, until), until)


def _by_server(place: "Place", name: str, link: Link, file_name: str, server: "Presigner") -> SignedUrl:
    there, at = place.there, At(place.there.bucket, place.path + name)
    if link.origin:
        keep_page(there.settings.cors, link.origin, "GET", {})
    delivery = there.prefix.delivery
    usual = Terms(link_life(delivery), delivery.expires, large=there.transfer.threshold, size=link.size)
    end = server.end(at)
    found = life(link.lasts, usual, end, datetime.now(UTC))
    wishes = {"ResponseContentDisposition": attachment(file_name)} if file_name else {}
    made = server.request("GetObject", at, wishes, found.seconds)
    return SignedUrl("GET", name, at.key, made.url, made.headers, end.first(made.until), found.warnings)


def _keep_readers(there: Declared) -> None:
    if there.prefix.quarantine is not None:
        raise Refused(f"{there.address} is a quarantine: nobody but its scanner reads there")
    via = there.prefix.delivery.via
    if via in READ_BY_PROGRAMS:
        raise Refused(
            f"the contract delivers {there.address} to nobody outside: its delivery is {via}; "
            "with delivery: presigned there are links"
        )


def _keep_out_of_quarantine(there: Declared, key: str) -> None:
    """Raises where the key lies below the path of a quarantine, under a name that is none of its own."""
    for other in there.beside:
        if other.prefix.quarantine is not None and other.path.owns(key):
            told = f"{shown(key, 120)} lies in the quarantine {other.address}"
            raise Refused(f"{told}: nobody but its scanner reads there", key)


def _by_edge(there: Declared, signer: "Signer") -> bool:
    """Whether CloudFront delivers; before other servers than AWS only where a deployment says so."""
    is_aws = not signer.server.asking.sessions.endpoint_url
    return there.prefix.delivery.via == _EDGE and (is_aws or signer.edge.is_told)


def _until(there: Declared, link: Link) -> tuple[datetime, tuple[str, ...]]:
    delivery, now = there.prefix.delivery, datetime.now(UTC)
    usual = Terms(link_life(delivery), delivery.expires, _LONGEST, there.transfer.threshold, link.size)
    found = life(link.lasts, usual, End(), now)
    return now.replace(microsecond=0) + timedelta(seconds=found.seconds), found.warnings


def _keep_alone(place: "Place") -> None:
    """Raises where cookies for the place would open another prefix of the distribution as well."""
    path = place.there.place.path
    for other in place.there.beside:
        is_read = other.prefix.delivery.via == _EDGE or other.prefix.quarantine is not None
        if is_read and templates_overlap(path, other.keys) is not None:
            raise Refused(
                f"cookies for {shown(place.path, 120)} would open {other.address} as well: sign links"
            )
