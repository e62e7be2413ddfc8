"""CloudFront distributions."""

from collections.abc import MutableMapping
from dataclasses import replace
from http import HTTPStatus
from typing import Final
from weakref import WeakKeyDictionary

from moto.cloudfront.models import Distribution, cloudfront_backends

from sandbox.server.calls import Answer, Call
from sandbox.server.elements import Element, NotXmlError, document, parsed
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.refusals import malformed_xml

GAPS: Final = (
    Gap(
        "distribution-settings",
        "drops OriginAccessControlId and S3OriginConfig of an origin",
        "returns the settings as they were put, with moto's defaults for what was not",
    ),
)
_CONFIG: Final = "DistributionConfig"
_SENT: Final[MutableMapping[Distribution, Element]] = WeakKeyDictionary()


def put(call: Call, forward: Forward) -> Answer:
    """moto's answer to a new or a changed distribution, and its settings kept."""
    try:
        sent = parsed(call.body())
    except NotXmlError as broken:
        return malformed_xml(call, str(broken))
    config = sent if sent.name == _CONFIG else sent.find(_CONFIG)
    answer = forward(call)
    if config is None or answer.status >= HTTPStatus.BAD_REQUEST:
        return answer
    made = _distributions(call).get(parsed(answer.body).said("Id") or "")
    if made is not None:
        _SENT[made] = replace(config, attributes=())
    return _restored(answer, made)


def get(call: Call, forward: Forward) -> Answer:
    """moto's answer, with the settings that were put."""
    return _restored(forward(call), _distributions(call).get(call.name))


def _distributions(call: Call) -> dict[str, Distribution]:
    return cloudfront_backends[call.account]["aws"].distributions


def _restored(answer: Answer, made: Distribution | None) -> Answer:
    sent = _SENT.get(made) if made is not None else None
    if sent is None or answer.status >= HTTPStatus.BAD_REQUEST:
        return answer
    root = parsed(answer.body)
    if root.name == _CONFIG:
        return answer.with_body(document(overlaid(root, sent)))
    parts = (overlaid(part, sent) if part.name == _CONFIG else part for part in root.children)
    return answer.with_body(document(replace(root, children=tuple(parts))))


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
    (get, "GET", "distribution/*"),
    (get, "GET", "distribution/*/config"),
)
MENDINGS: Final = tuple(
    Mending(mend, method=method, subresource=place, service="cloudfront") for mend, method, place in _PLACES
)
