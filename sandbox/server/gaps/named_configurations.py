"""Settings of which a bucket has several, each with an id: tiering, inventory, metrics, analytics."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from moto.s3.models import FakeBucket

from sandbox.server.bucket_calls import mends_setting
from sandbox.server.calls import Answer, Call
from sandbox.server.documents import DONE, GONE, read, shown
from sandbox.server.elements import Element, element
from sandbox.server.held import documents_of
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.refusals import invalid, refusal

GAPS: Final = (
    Gap(
        "intelligent-tiering",
        "takes a tiering configuration for a new bucket, and its deletion for the bucket's",
        "keeps, returns, lists and deletes the configurations",
    ),
    Gap(
        "inventory-versions",
        "says IncludedObjectVersions All whatever was put",
        "returns the configuration as it was put",
    ),
    Gap(
        "inventory-lists",
        "lists each configuration with the one optional field `Field`",
        "lists them as they were put, 100 at a time",
    ),
    Gap(
        "inventory-deletion",
        "deletes the bucket when one of its inventories is to be deleted",
        "deletes the inventory",
    ),
    Gap(
        "request-metrics",
        "takes a metrics configuration for a new bucket, and its deletion for the bucket's",
        "keeps, returns, lists and deletes the configurations",
    ),
    Gap(
        "storage-analytics",
        "takes an analytics configuration for a new bucket, and its deletion for the bucket's",
        "keeps, returns, lists and deletes the configurations",
    ),
)
_AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class Configurations:
    """One kind of them: its place, the operation that puts one, and what a list of them is called."""

    subresource: str
    operation: str
    listing: str

    @property
    def mendings(self) -> tuple[Mending, ...]:
        """GET of one or all, PUT and DELETE of one."""
        return mends_setting(self.subresource, GET=self.get, PUT=self.put, DELETE=self.delete)

    def get(self, call: Call, _forward: Forward, bucket: FakeBucket) -> Answer:
        """The one with the id, or a page of all."""
        if "id" not in call.query:
            return self._page(call, bucket)
        kept = documents_of(bucket).get((self.subresource, call.query["id"]))
        return _absent(call) if kept is None else shown(kept)

    def put(self, call: Call, _forward: Forward, bucket: FakeBucket) -> Answer:
        """Keep it under its id."""
        sent = read(call, self.operation)
        if isinstance(sent, Answer):
            return sent
        name = call.query.get("id", "")
        if not name or sent.text_at("Id") != name:
            return invalid(call, "InvalidArgument", "The id of the request and the Id of its body differ")
        documents_of(bucket)[self.subresource, name] = sent
        return DONE

    def delete(self, call: Call, _forward: Forward, bucket: FakeBucket) -> Answer:
        """Forget it."""
        gone = documents_of(bucket).pop((self.subresource, call.query.get("id", "")), None)
        return _absent(call) if gone is None else GONE

    def _page(self, call: Call, bucket: FakeBucket) -> Answer:
        """Those after the token, which is the id of the last one shown."""
        after = call.query.get("continuation-token", "")
        names = sorted(name for kind, name in documents_of(bucket) if kind == self.subresource)
        left = [name for name in names if name > after]
        parts: list[Element] = [documents_of(bucket)[self.subresource, name] for name in left[:_AT_ONCE]]
        more = len(left) > _AT_ONCE
        parts.append(element("IsTruncated", "true" if more else "false"))
        if after:
            parts.append(element("ContinuationToken", after))
        if more:
            parts.append(element("NextContinuationToken", left[_AT_ONCE - 1]))
        return shown(element(self.listing, *parts))


def _absent(call: Call) -> Answer:
    message = "The specified configuration does not exist."
    return refusal(call, HTTPStatus.NOT_FOUND, "NoSuchConfiguration", message)


_ALL: Final = (
    Configurations(
        "intelligent-tiering",
        "PutBucketIntelligentTieringConfiguration",
        "ListBucketIntelligentTieringConfigurationsOutput",
    ),
    Configurations("inventory", "PutBucketInventoryConfiguration", "ListInventoryConfigurationsResult"),
    Configurations("metrics", "PutBucketMetricsConfiguration", "ListMetricsConfigurationsResult"),
    Configurations("analytics", "PutBucketAnalyticsConfiguration", "ListBucketAnalyticsConfigurationResult"),
)
MENDINGS: Final = tuple(mending for one in _ALL for mending in one.mendings)
