"""Objects that a browser sends as a form."""

from http import HTTPStatus
from io import BytesIO
from typing import Final

from moto.s3.models import FakeBucket
from werkzeug.formparser import parse_form_data

from sandbox.server.bucket_calls import in_bucket
from sandbox.server.calls import Answer, Call
from sandbox.server.elements import NotXmlError, parsed
from sandbox.server.gaps.object_locks import lock_as_usual
from sandbox.server.held import storage_of, version_of
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.refusals import malformed_xml, refusal

GAPS: Final = (
    Gap(
        "form-tags",
        "drops the tags that a form gives its object",
        "gives them to it",
    ),
    Gap(
        "form-locks",
        "does not lock what came by a form, though the bucket locks everything for a while",
        "locks it as any other object",
    ),
)


def post(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """moto's answer; the object has the tags of the form, and the bucket's lock."""
    environ = {**call.environ, "wsgi.input": BytesIO(call.body())}
    _, fields, _ = parse_form_data(environ, stream_factory=lambda *_, **__: BytesIO())
    try:
        tags = {
            one.text_at("Key") or "": one.text_at("Value") or ""
            for several in parsed(fields.get("tagging", "<Tagging/>").encode()).all("TagSet")
            for one in several.all("Tag")
        }
    except NotXmlError:
        return malformed_xml(call, "the tags of a form are XML: <Tagging><TagSet><Tag>")
    held = storage_of(bucket.account_id, bucket.region_name)
    if fault := held.tagger.validate_tags(held.tagger.convert_dict_to_tags_input(tags)):
        return refusal(call, HTTPStatus.BAD_REQUEST, "InvalidTag", fault)
    before = version_of(bucket, fields.get("key", ""))
    answer = forward(call)
    stored = version_of(bucket, fields.get("key", ""))
    if stored is not None and stored is not before and answer.status < HTTPStatus.BAD_REQUEST:
        held.put_object_tagging(stored, tags)
        lock_as_usual(stored, bucket)
    return answer


MENDINGS: Final = (Mending(in_bucket(post), "bucket", "POST", ""),)
