"""CloudFront distributions."""

from collections.abc import MutableMapping
from dataclasses import replace
from http import HTTPStatus
from typing import Final
from weakref import WeakKeyDictionary

from moto.cloudfront.models import Distribution, cloudfront_backends

from sandbox.server.calls import Answer, Call
from sandbox.server.documents import read_xml
from sandbox.server.elements import Element, document, element, parsed
from sandbox.server.mending import Forward, Gap, Mending

GAPS: Final = (
    Gap(
        "distribution-settings",
        "drops OriginAccessControlId and S3OriginConfig of an origin",
        "returns the settings as they were put, with moto's defaults for what was not",
    ),
    Gap(
        "distribution-certificates",
        "says CloudFrontDefaultCertificate true beside a certificate of one's own",
        "says false and whose the certificate is; under CloudFront's own one TLSv1, whatever was put",
    ),
    Gap(
        "distribution-lists",
        "lists distributions without what it drops of their settings",
        "lists them with it",
    ),
)
_CONFIG: Final = "DistributionConfig"
_CERTIFICATE: Final = "ViewerCertificate"
_OWN: Final = {"ACMCertificateArn": "acm", "IAMCertificateId": "iam"}
"""Where CloudFront says a certificate of one's own is from, by what names it."""
_CLOUDFRONTS: Final = element(
    _CERTIFICATE,
    element("CloudFrontDefaultCertificate", "true"),
    element("SSLSupportMethod", "vip"),
    element("MinimumProtocolVersion", "TLSv1"),
    element("CertificateSource", "cloudfront"),
)
_SENT: Final[MutableMapping[Distribution, Element]] = WeakKeyDictionary()


def put(call: Call, forward: Forward) -> Answer:
    """moto's answer to a new or a changed distribution, and its settings kept."""
    sent = read_xml(call)
    if isinstance(sent, Answer):
        return sent
    config = sent if sent.name == _CONFIG else sent.find(_CONFIG)
    answer = forward(call)
    if config is None or answer.status >= HTTPStatus.BAD_REQUEST:
        return answer
    made = _distributions(call).get(parsed(answer.body).text_at("Id") or "")
    if made is not None:
        _SENT[made] = replace(config, attributes=())
    return _restored(answer, made)


def get(call: Call, forward: Forward) -> Answer:
    """moto's answer, with the settings that were put."""
    return _restored(forward(call), _distributions(call).get(call.name))


def _distributions(call: Call) -> dict[str, Distribution]:
    return cloudfront_backends[call.account]["aws"].distributions


def list_all(call: Call, forward: Forward) -> Answer:
    """moto's list, with the settings that were put of each."""
    answer = forward(call)
    if answer.status >= HTTPStatus.BAD_REQUEST:
        return answer
    root, made = parsed(answer.body), _distributions(call)

    def listed(summary: Element) -> Element:
        one = made.get(summary.text_at("Id") or "")
        sent = None if one is None else _SENT.get(one)
        if sent is None:
            return summary
        shown = (part for part in sent.children if summary.find(part.name))
        return _settled(summary, replace(sent, children=tuple(shown)))

    items = root.find("Items")
    if items is None:
        return answer
    mended = replace(items, children=tuple(map(listed, items.children)))
    parts = (mended if part.name == "Items" else part for part in root.children)
    return answer.with_body(document(replace(root, children=tuple(parts))))


def _restored(answer: Answer, made: Distribution | None) -> Answer:
    sent = _SENT.get(made) if made is not None else None
    if sent is None or answer.status >= HTTPStatus.BAD_REQUEST:
        return answer
    root = parsed(answer.body)
    if root.name == _CONFIG:
        return answer.with_body(document(_settled(root, sent)))
    parts = (_settled(part, sent) if part.name == _CONFIG else part for part in root.children)
    return answer.with_body(document(replace(root, children=tuple(parts))))


def _settled(under: Element, over: Element) -> Element:
    """What was put over what moto says, with what CloudFront makes of the certificate."""
    whole = overlaid(under, over)
    parts = (_certified(part) if part.name == _CERTIFICATE else part for part in whole.children)
    return replace(whole, children=tuple(parts))


def _certified(put_one: Element) -> Element:
    for name, source in _OWN.items():
        named = put_one.text_at(name)
        if named:
            kept = (put_one.find(part) for part in ("SSLSupportMethod", "MinimumProtocolVersion"))
            return element(
                _CERTIFICATE,
                element("CloudFrontDefaultCertificate", "false"),
                element(name, named),
                *(part for part in kept if part is not None),
                element("Certificate", named),
                element("CertificateSource", source),
            )
    return _CLOUDFRONTS


def overlaid(under: Element, over: Element) -> Element:
    """What is over, and of what is under all that is not also over; items one by one."""
    if not over.children or under.name == "Items":
        return over if under.name != "Items" else _items(under, over)
    named = {part.name: part for part in over.children}
    kept = (overlaid(part, named.pop(part.name)) if part.name in named else part for part in under.children)
    return replace(under, children=(*kept, *named.values()))


def _items(under: Element, over: Element) -> Element:
    """The items that are over, each with what the item in the same place under it has besides."""
    if len(under.children) != len(over.children):
        return over
    pairs = zip(under.children, over.children, strict=True)
    return replace(over, children=tuple(overlaid(low, high) for low, high in pairs))


_PLACES: Final = (
    (put, "POST", "distribution"),
    (put, "PUT", "distribution/*/config"),
    (list_all, "GET", "distribution"),
    (get, "GET", "distribution/*"),
    (get, "GET", "distribution/*/config"),
)
MENDINGS: Final = tuple(
    Mending(mend, method=method, subresource=place, service="cloudfront") for mend, method, place in _PLACES
)
