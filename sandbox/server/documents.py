"""Bucket settings kept as they were put: what GET returns is what PUT brought, whatever moto thinks of it."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from moto.s3.models import FakeBucket

from sandbox.server.calls import Answer, Call
from sandbox.server.elements import Element, NotXmlError, document, parsed
from sandbox.server.held import documents_of
from sandbox.server.mending import Forward
from sandbox.server.refusals import malformed_xml
from sandbox.server.schema import objection

DONE: Final = Answer(HTTPStatus.OK)
GONE: Final = Answer(HTTPStatus.NO_CONTENT)

Absent = Callable[[Call, FakeBucket], Answer]
Judge = Callable[[Call, FakeBucket, Element], Answer | None]
Tell = Callable[[Call, Forward, FakeBucket, Element], Answer]


@dataclass(frozen=True, slots=True)
class KeptSetting:
    """One setting of which a bucket has at most one.

    `absent` answers GET where nothing was put. `judge` refuses what S3 refuses. `normal` makes of what was
    sent what S3 returns. `tell` lets moto know, so that it acts on the setting.
    """

    subresource: str
    operation: str
    absent: Absent
    judge: Judge = lambda _call, _bucket, _sent: None
    normal: Callable[[Element], Element] = lambda sent: sent
    tell: Tell = lambda _call, _forward, _bucket, _sent: DONE

    def get(self, call: Call, _forward: Forward, bucket: FakeBucket) -> Answer:
        """What was put."""
        kept = kept_in(bucket, self.subresource)
        return self.absent(call, bucket) if kept is None else shown(kept)

    def put(self, call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
        """Keep it, once it is judged and moto knows."""
        sent = read(call, self.operation)
        if isinstance(sent, Answer):
            return sent
        refused = self.judge(call, bucket, sent)
        told = refused or self.tell(call, forward, bucket, sent)
        if told.status < HTTPStatus.BAD_REQUEST:
            documents_of(bucket)[self.subresource, ""] = self.normal(sent)
        return told

    def delete(self, _call: Call, _forward: Forward, bucket: FakeBucket) -> Answer:
        """Forget it; what is not there is gone already."""
        documents_of(bucket).pop((self.subresource, ""), None)
        return GONE


def kept_in(bucket: FakeBucket, subresource: str) -> Element | None:
    """A setting as GET would return it, or None where nothing was put."""
    return documents_of(bucket).get((subresource, ""))


def shown(kept: Element) -> Answer:
    """A document as an answer."""
    return DONE.with_body(document(kept))


def read(call: Call, operation: str) -> Element | Answer:
    """The document that was sent, or why it is none of the published form."""
    sent = read_xml(call)
    if isinstance(sent, Answer):
        return sent
    complaint = objection(operation, sent, call.service)
    return sent if complaint is None else malformed_xml(call, complaint)


def read_xml(call: Call) -> Element | Answer:
    """The document that was sent, of whatever form, or why it is none."""
    try:
        return parsed(call.body())
    except NotXmlError as broken:
        return malformed_xml(call, str(broken))
