"""What CloudFront keeps beside distributions: public keys, key groups, headers policies."""

from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from secrets import choice, token_hex
from string import ascii_uppercase, digits
from typing import Final
from uuid import uuid4
from weakref import WeakKeyDictionary

from moto.cloudfront.models import cloudfront_backends
from moto.utilities.tagging_service import TaggingService

from sandbox.server.calls import Answer, Call
from sandbox.server.edge import VERSION, edge_document, segments
from sandbox.server.elements import Element, NotXmlError, element, parsed
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.refusals import malformed_xml, refusal

GAPS: Final = (
    Gap(
        "public-key-updates",
        "drops the comment of a public key and has no call that changes one",
        "keeps and changes the whole document",
    ),
    Gap(
        "key-group-updates",
        "drops the comment of a key group and has no call that changes or deletes one",
        "keeps, changes and deletes the whole document",
    ),
    Gap(
        "response-headers-policies",
        "has none of the calls",
        "makes, returns, lists, changes and deletes them",
    ),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """One document: its id, the tag of its state, when it was made, and what was put."""

    id: str
    etag: str
    made: str
    config: Element


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document: its path, what its element is called, and what of it lists show."""

    path: str
    noun: str
    moment: str

    def summary(self, kept: Kept) -> Element:
        """The document as lists show it."""
        if self.noun == "PublicKey":
            flat = [kept.config.find(name) for name in ("Name", "EncodedKey", "Comment")]
            shown = [part for part in flat if part is not None]
            return element(
                "PublicKeySummary", element("Id", kept.id), element("CreatedTime", kept.made), *shown
            )
        policy = [element("Type", "custom")] if self.noun == "ResponseHeadersPolicy" else []
        return element(f"{self.noun}Summary", *policy, self.shown(kept))

    def shown(self, kept: Kept) -> Element:
        """The document with its id."""
        return element(self.noun, element("Id", kept.id), element(self.moment, kept.made), kept.config)

    def new_id(self) -> str:
        """An id as CloudFront makes them."""
        if self.noun == "PublicKey":
            return "K" + "".join(choice(ascii_uppercase + digits) for _ in range(13))
        return str(uuid4())


_KINDS: Final = {
    kind.path: kind
    for kind in (
        Kind("public-key", "PublicKey", "CreatedTime"),
        Kind("key-group", "KeyGroup", "LastModifiedTime"),
        Kind("response-headers-policy", "ResponseHeadersPolicy", "LastModifiedTime"),
    )
}
_STATE: Final[MutableMapping[TaggingService, dict[tuple[str, str], Kept]]] = WeakKeyDictionary()


def mend(call: Call, forward: Forward) -> Answer:
    """The layer's own answer where the call is about one of these documents."""
    path = segments(call)
    kind = _KINDS.get(path[1]) if len(path) > 1 and path[0] == VERSION else None
    if kind is None:
        return forward(call)
    match call.method, path[2:]:
        case "POST", ():
            return _create(call, kind)
        case "GET", ():
            return _listed(call, kind)
        case ("GET", (name,)) | ("GET", (name, "config")):
            return _get(call, kind, name, whole=len(path) == len((VERSION, kind.path, name)))
        case ("PUT", (name,)) | ("PUT", (name, "config")):
            return _update(call, kind, name)
        case "DELETE", (name,):
            return _delete(call, kind, name)
        case _:
            return forward(call)


def _create(call: Call, kind: Kind) -> Answer:
    sent = _sent(call, kind)
    if isinstance(sent, Answer):
        return sent
    name = sent.said("Name")
    if any(kept.config.said("Name") == name for kept in _all(call, kind)):
        said = f"A {kind.noun} with this name is there already."
        return refusal(call, HTTPStatus.CONFLICT, f"{kind.noun}AlreadyExists", said)
    kept = Kept(kind.new_id(), token_hex(7).upper(), _now(), sent)
    _kept(call)[kind.path, kept.id] = kept
    return _answer(kept, kind.shown(kept), HTTPStatus.CREATED)


def _get(call: Call, kind: Kind, name: str, *, whole: bool) -> Answer:
    kept = _kept(call).get((kind.path, name))
    if kept is None:
        return _absent(call, kind)
    return _answer(kept, kind.shown(kept) if whole else kept.config)


def _update(call: Call, kind: Kind, name: str) -> Answer:
    sent = _sent(call, kind)
    if isinstance(sent, Answer):
        return sent
    kept = _matching(call, kind, name)
    if isinstance(kept, Answer):
        return kept
    changed = replace(kept, config=sent, etag=token_hex(7).upper())
    _kept(call)[kind.path, name] = changed
    return _answer(changed, kind.shown(changed))


def _delete(call: Call, kind: Kind, name: str) -> Answer:
    kept = _matching(call, kind, name)
    if isinstance(kept, Answer):
        return kept
    del _kept(call)[kind.path, name]
    return Answer(HTTPStatus.NO_CONTENT)


def _listed(call: Call, kind: Kind) -> Answer:
    found = [kind.summary(kept) for kept in _all(call, kind)]
    items = [element("Items", *found)] if found else []
    counted = (element("MaxItems", "100"), element("Quantity", str(len(found))))
    return edge_document(Answer(HTTPStatus.OK), element(f"{kind.noun}List", *counted, *items))


def _matching(call: Call, kind: Kind, name: str) -> Kept | Answer:
    """The document, if it is there and still in the state the caller saw."""
    kept = _kept(call).get((kind.path, name))
    if kept is None:
        return _absent(call, kind)
    if call.header("if-match") != kept.etag:
        said = "The If-Match version is missing or not valid for the resource."
        return refusal(call, HTTPStatus.PRECONDITION_FAILED, "InvalidIfMatchVersion", said)
    return kept


def _sent(call: Call, kind: Kind) -> Element | Answer:
    try:
        sent = parsed(call.body())
    except NotXmlError as broken:
        return malformed_xml(call, str(broken))
    if sent.name != f"{kind.noun}Config":
        return malformed_xml(call, f"the root element is {sent.name}, not {kind.noun}Config")
    return replace(sent, attributes=())


def _absent(call: Call, kind: Kind) -> Answer:
    code = "NoSuchResource" if kind.noun == "KeyGroup" else f"NoSuch{kind.noun}"
    return refusal(call, HTTPStatus.NOT_FOUND, code, f"The specified {kind.noun} does not exist.")


def _answer(kept: Kept, shown: Element, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    return edge_document(Answer(status, (("ETag", kept.etag),)), shown)


def _all(call: Call, kind: Kind) -> list[Kept]:
    return [kept for (path, _), kept in sorted(_kept(call).items()) if path == kind.path]


def _kept(call: Call) -> dict[tuple[str, str], Kept]:
    """The documents of an account; a reset of moto forgets them."""
    return _STATE.setdefault(cloudfront_backends[call.account]["aws"].tagger, {})


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


MENDINGS: Final = (Mending(mend, service="cloudfront"),)
