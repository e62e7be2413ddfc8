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
from sandbox.server.documents import read_xml
from sandbox.server.elements import Element, document, element
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


_NAMESPACE: Final = "http://cloudfront.amazonaws.com/doc/2020-05-31/"
_STATE: Final[MutableMapping[TaggingService, dict[tuple[str, str], Kept]]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class EdgeDocuments:
    """The documents of one path: what an element of them is called, and the moment that is told of each."""

    path: str
    noun: str
    moment: str

    @property
    def mendings(self) -> tuple[Mending, ...]:
        """All calls about them."""
        all_of_them, one, its_config = self.path, f"{self.path}/*", f"{self.path}/*/config"
        calls = (
            ("POST", all_of_them, self.create),
            ("GET", all_of_them, self.list_all),
            ("GET", one, self.get),
            ("GET", its_config, self.get_config),
            ("PUT", one, self.update),
            ("PUT", its_config, self.update),
            ("DELETE", one, self.delete),
        )
        return tuple(
            Mending(mend, method=method, subresource=place, service="cloudfront")
            for method, place, mend in calls
        )

    def create(self, call: Call, _forward: Forward) -> Answer:
        """Keep it under an id of its own."""
        sent = self._sent(call)
        if isinstance(sent, Answer):
            return sent
        name = sent.text_at("Name")
        if any(kept.config.text_at("Name") == name for kept in self._all(call)):
            message = f"A {self.noun} with this name is there already."
            return refusal(call, HTTPStatus.CONFLICT, f"{self.noun}AlreadyExists", message)
        kept = Kept(self._new_id(), _new_tag(), _now(), sent)
        _documents_of(call)[self.path, kept.id] = kept
        return _told(kept, self._whole(kept), HTTPStatus.CREATED)

    def list_all(self, call: Call, _forward: Forward) -> Answer:
        """Every one of the account."""
        found = [self._summary(kept) for kept in self._all(call)]
        items = [element("Items", *found)] if found else []
        counted = (element("MaxItems", "100"), element("Quantity", str(len(found))))
        return _written(Answer(HTTPStatus.OK), element(f"{self.noun}List", *counted, *items))

    def get(self, call: Call, _forward: Forward) -> Answer:
        """The one that is named, with its id."""
        kept = self._named(call)
        return self._absent(call) if kept is None else _told(kept, self._whole(kept))

    def get_config(self, call: Call, _forward: Forward) -> Answer:
        """What was put, alone."""
        kept = self._named(call)
        return self._absent(call) if kept is None else _told(kept, kept.config)

    def update(self, call: Call, _forward: Forward) -> Answer:
        """Keep it anew, for who has seen its state."""
        sent = self._sent(call)
        kept = self._seen(call)
        if isinstance(sent, Answer):
            return sent
        if isinstance(kept, Answer):
            return kept
        changed = replace(kept, config=sent, etag=_new_tag())
        _documents_of(call)[self.path, kept.id] = changed
        return _told(changed, self._whole(changed))

    def delete(self, call: Call, _forward: Forward) -> Answer:
        """Forget it, for who has seen its state."""
        kept = self._seen(call)
        if isinstance(kept, Answer):
            return kept
        del _documents_of(call)[self.path, kept.id]
        return Answer(HTTPStatus.NO_CONTENT)

    def _all(self, call: Call) -> list[Kept]:
        return [kept for (path, _), kept in sorted(_documents_of(call).items()) if path == self.path]

    def _named(self, call: Call) -> Kept | None:
        return _documents_of(call).get((self.path, call.name))

    def _seen(self, call: Call) -> Kept | Answer:
        """The document, if it is there and still in the state the caller saw."""
        kept = self._named(call)
        if kept is None:
            return self._absent(call)
        if call.header("if-match") != kept.etag:
            message = "The If-Match version is missing or not valid for the resource."
            return refusal(call, HTTPStatus.PRECONDITION_FAILED, "InvalidIfMatchVersion", message)
        return kept

    def _sent(self, call: Call) -> Element | Answer:
        sent = read_xml(call)
        if isinstance(sent, Answer):
            return sent
        if sent.name != f"{self.noun}Config":
            return malformed_xml(call, f"the root element is {sent.name}, not {self.noun}Config")
        return replace(sent, attributes=())

    def _whole(self, kept: Kept) -> Element:
        """The document with its id."""
        return element(self.noun, element("Id", kept.id), element(self.moment, kept.made), kept.config)

    def _summary(self, kept: Kept) -> Element:
        """The document as lists show it."""
        if self.noun == "PublicKey":
            flat = [kept.config.find(name) for name in ("Name", "EncodedKey", "Comment")]
            known = (element("Id", kept.id), element("CreatedTime", kept.made))
            return element("PublicKeySummary", *known, *(part for part in flat if part is not None))
        policy = [element("Type", "custom")] if self.noun == "ResponseHeadersPolicy" else []
        return element(f"{self.noun}Summary", *policy, self._whole(kept))

    def _new_id(self) -> str:
        """An id as CloudFront makes them."""
        if self.noun == "PublicKey":
            return "K" + "".join(choice(ascii_uppercase + digits) for _ in range(13))
        return str(uuid4())

    def _absent(self, call: Call) -> Answer:
        code = "NoSuchResource" if self.noun == "KeyGroup" else f"NoSuch{self.noun}"
        return refusal(call, HTTPStatus.NOT_FOUND, code, f"The specified {self.noun} does not exist.")


def _documents_of(call: Call) -> dict[tuple[str, str], Kept]:
    """The documents of an account by path and id; a reset of moto forgets them."""
    return _STATE.setdefault(cloudfront_backends[call.account]["aws"].tagger, {})


def _told(kept: Kept, root: Element, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    return _written(Answer(status, (("ETag", kept.etag),)), root)


def _written(answer: Answer, root: Element) -> Answer:
    """The answer with this document as its body, in CloudFront's own name space."""
    return answer.with_body(document(replace(root, attributes=(("xmlns", _NAMESPACE),))))


def _new_tag() -> str:
    return token_hex(7).upper()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


_ALL: Final = (
    EdgeDocuments("public-key", "PublicKey", "CreatedTime"),
    EdgeDocuments("key-group", "KeyGroup", "LastModifiedTime"),
    EdgeDocuments("response-headers-policy", "ResponseHeadersPolicy", "LastModifiedTime"),
)
MENDINGS: Final = tuple(mending for one in _ALL for mending in one.mendings)
