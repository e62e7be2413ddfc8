"""Metadata tables: which of them a bucket has. What would stand in them is nowhere."""

from http import HTTPStatus
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from moto.s3.models import FakeBucket
from moto.utilities.utils import get_partition

from sandbox.server.bucket_calls import mends_setting
from sandbox.server.calls import Answer, Call
from sandbox.server.documents import DONE, GONE, kept_in, read, shown
from sandbox.server.elements import Element, element
from sandbox.server.held import documents_of
from sandbox.server.mending import Forward, Gap
from sandbox.server.refusals import refusal

GAPS: Final = (
    Gap(
        "metadata-tables",
        "takes a configuration of metadata tables for a new bucket, and its deletion for the bucket's",
        "keeps, changes, returns and deletes it; 404 MetadataConfigurationNotFound where there is none",
    ),
)
_SUBRESOURCE: Final = "metadataConfiguration"
_INVENTORY, _JOURNAL = "InventoryTableConfiguration", "JournalTableConfiguration"
_ROOT: Final = "GetBucketMetadataConfigurationResult"
_RESULT: Final = "MetadataConfigurationResult"
_TOLD: Final = frozenset({"ConfigurationState", "RecordExpiration"})
"""What GET returns of what was put; the encryption of a table is the table's."""
_OFF: Final = element(_INVENTORY, element("ConfigurationState", "DISABLED"))


def get(call: Call, _forward: Forward, bucket: FakeBucket) -> Answer:
    """What was put, with where the tables are."""
    kept = kept_in(bucket, _SUBRESOURCE)
    return _absent(call) if kept is None else shown(kept)


def create(call: Call, _forward: Forward, bucket: FakeBucket) -> Answer:
    """The first configuration; a second is refused."""
    sent = read(call, "CreateBucketMetadataConfiguration")
    if isinstance(sent, Answer):
        return sent
    if kept_in(bucket, _SUBRESOURCE) is not None:
        message = "The bucket has a metadata configuration already"
        return refusal(call, HTTPStatus.CONFLICT, "InvalidBucketState", message)
    journal, inventory = sent.find(_JOURNAL), sent.find(_INVENTORY)
    _keep(bucket, *(_told(one, bucket) for one in (journal, inventory or _OFF) if one))
    return DONE


def update_inventory(call: Call, _forward: Forward, bucket: FakeBucket) -> Answer:
    """The list of what is there turned on or off."""
    return _update(call, bucket, _INVENTORY)


def update_journal(call: Call, _forward: Forward, bucket: FakeBucket) -> Answer:
    """How long the journal keeps what it recorded."""
    return _update(call, bucket, _JOURNAL)


def delete(_call: Call, _forward: Forward, bucket: FakeBucket) -> Answer:
    """Forget it; what is not there is gone already."""
    documents_of(bucket).pop((_SUBRESOURCE, ""), None)
    return GONE


def _update(call: Call, bucket: FakeBucket, table: str) -> Answer:
    sent = read(call, f"UpdateBucketMetadata{table}")
    if isinstance(sent, Answer):
        return sent
    kept = kept_in(bucket, _SUBRESOURCE)
    result = None if kept is None else kept.find(_RESULT)
    if result is None:
        return _absent(call)
    _keep(
        bucket, *result.without("DestinationResult").without(f"{table}Result").children, _told(sent, bucket)
    )
    return DONE


def _keep(bucket: FakeBucket, *tables: Element) -> None:
    result = element(_RESULT, _destination(bucket), *tables)
    documents_of(bucket)[_SUBRESOURCE, ""] = element(_ROOT, result)


def _destination(bucket: FakeBucket) -> Element:
    return element(
        "DestinationResult",
        element("TableBucketType", "aws"),
        element("TableBucketArn", _tables(bucket)),
        element("TableNamespace", f"b_{bucket.name}"),
    )


def _told(table: Element, bucket: FakeBucket) -> Element:
    """A table as GET returns it; one that is switched off is none."""
    said = (one for one in table.children if one.name in _TOLD)
    if table.text_at("ConfigurationState") == "DISABLED":
        return element(f"{table.name}Result", *said)
    name = table.name.removesuffix("TableConfiguration").lower()
    arn = f"{_tables(bucket)}/table/{uuid5(NAMESPACE_URL, f'{bucket.name}/{name}')}"
    where = element("TableStatus", "ACTIVE"), element("TableName", name), element("TableArn", arn)
    return element(f"{table.name}Result", *said, *where)


def _tables(bucket: FakeBucket) -> str:
    """The bucket of tables that AWS keeps in each region of an account."""
    home = f"{bucket.region_name}:{bucket.account_id}"
    return f"arn:{get_partition(bucket.region_name)}:s3tables:{home}:bucket/aws-s3"


def _absent(call: Call) -> Answer:
    message = "The metadata configuration does not exist"
    return refusal(call, HTTPStatus.NOT_FOUND, "MetadataConfigurationNotFound", message)


MENDINGS: Final = (
    *mends_setting(_SUBRESOURCE, GET=get, POST=create, DELETE=delete),
    *mends_setting("metadataInventoryTable", PUT=update_inventory),
    *mends_setting("metadataJournalTable", PUT=update_journal),
)
