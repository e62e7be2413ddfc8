"""Replication rules."""

from dataclasses import replace
from http import HTTPStatus
from secrets import token_hex
from typing import Final

from moto.s3.models import FakeBucket

from sandbox.server.bucket_calls import mends_setting
from sandbox.server.calls import Answer, Call
from sandbox.server.documents import KeptSetting
from sandbox.server.elements import Element, element
from sandbox.server.mending import Gap
from sandbox.server.refusals import invalid, refusal

GAPS: Final = (
    Gap(
        "replication-criteria",
        "drops Filter, SourceSelectionCriteria, DeleteMarkerReplication and ExistingObjectReplication",
        "returns the rules as they were put",
    ),
)


def _absent(call: Call, _bucket: FakeBucket) -> Answer:
    code = "ReplicationConfigurationNotFoundError"
    return refusal(call, HTTPStatus.NOT_FOUND, code, "The replication configuration was not found")


def _judge(call: Call, bucket: FakeBucket, _sent: Element) -> Answer | None:
    if bucket.is_versioned:
        return None
    message = "Versioning must be 'Enabled' on the bucket to apply a replication configuration"
    return invalid(call, "InvalidRequest", message)


def _with_ids(sent: Element) -> Element:
    return replace(sent, children=tuple(map(_with_id, sent.children)))


def _with_id(part: Element) -> Element:
    if part.name != "Rule" or part.text_at("ID"):
        return part
    return replace(part, children=(element("ID", token_hex(24)), *part.without("ID").children))


_RULES: Final = KeptSetting("replication", "PutBucketReplication", _absent, _judge, _with_ids)
MENDINGS: Final = mends_setting("replication", GET=_RULES.get, PUT=_RULES.put, DELETE=_RULES.delete)
