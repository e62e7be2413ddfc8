"""Objects in Glacier: their tags. Their ACLs are shown as any other."""

from typing import Final

from moto.s3.models import FakeBucket
from moto.s3.utils import ARCHIVE_STORAGE_CLASSES

from sandbox.server.bucket_calls import in_bucket
from sandbox.server.calls import Answer, Call
from sandbox.server.documents import shown
from sandbox.server.elements import element
from sandbox.server.held import tags_on, version_of, with_version
from sandbox.server.mending import Forward, Gap, Mending

GAPS: Final = (
    Gap(
        "archived-objects",
        "refuses the tags and the ACL of objects in Glacier with InvalidObjectState",
        "returns them; it is the content that has to be restored first",
    ),
)


def get_tags(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """moto's answer, but of an object in Glacier its tags."""
    stored = version_of(bucket, call.key, call.query.get("versionId"))
    if stored is None or stored.storage_class not in ARCHIVE_STORAGE_CLASSES:
        return forward(call)
    tags = tags_on(stored, bucket).items()
    pairs = (element("Tag", element("Key", key), element("Value", value)) for key, value in tags)
    return with_version(shown(element("Tagging", element("TagSet", *pairs))), stored)


MENDINGS: Final = (Mending(in_bucket(get_tags), "object", "GET", "tagging"),)
