"""A bucket that is asked without any wire: it answers by the SDK's calls, as the thorough scan asks them."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime

from botocore.loaders import Loader
from botocore.model import ServiceModel

from audits import object_listing as listing
from audits.objects.place import Told
from bucketwright.calls import Answer, Call, Failure, Outcome, Send
from bucketwright.facets.reading import Target
from bucketwright.facets.said import Said
from bucketwright.posture import Undetermined
from bucketwright.s3.wire.rows import Marker, Page, Row, Upload
from tests.audits.objects.told import tell_head


def _headers() -> Iterator[tuple[str, str]]:
    """As the SDK's description of S3 names what a HEAD tells, and the header that tells it."""
    service = ServiceModel(Loader().load_service_model("s3", "service-2"), "s3")
    for name, shape in service.operation_model("HeadObject").output_shape.members.items():
        if shape.serialization.get("location") == "header":
            yield name, shape.serialization["name"].lower()


HEADERS = dict(_headers())


@dataclass
class SdkPlace:
    """One bucket by the SDK, counting what is asked."""

    send: Send
    target: Target
    asked: Counter[str] = field(default_factory=Counter)

    async def keys(self) -> AsyncIterator[Page[Row]]:
        """In one range."""
        try:
            for page in listing.keys(self._counted, self.target):
                yield Page([_row(one) for one in page], "", None)
        except Undetermined:
            yield Page([], "", None, self._why(listing.OBJECTS))

    async def versions(self) -> AsyncIterator[Page[Row | Marker]]:
        """In one range, the versions before the markers of each key."""
        try:
            for page in listing.versions(self._counted, self.target):
                rows: list[Row | Marker] = []
                for versions, markers in page:
                    rows += [_row(one) for one in versions]
                    rows += [_marker(one) for one in markers]
                yield Page(rows, "", None)
        except Undetermined:
            yield Page([], "", None, self._why(listing.VERSIONS))

    async def uploads(self) -> AsyncIterator[Page[Upload]]:
        """In one range."""
        try:
            for page in listing.uploads(self._counted, self.target):
                yield Page([self._upload(one) for one in page], "", None)
        except Undetermined:
            yield Page([], "", None, self._why(listing.UPLOADS))

    async def head(self, key: str, version: str = "") -> Mapping[str, str] | Failure:
        """As headers."""
        await asyncio.sleep(0)
        more = {"VersionId": version} if version else {}
        outcome = self._counted(self._call("HeadObject", {"Key": key, **more}))
        if isinstance(outcome, Failure):
            return outcome
        told = {header: outcome.values[name] for name, header in HEADERS.items() if name in outcome.values}
        now = format_datetime(datetime.now(UTC), usegmt=True)
        return {"date": now, **{header: _spelled(value) for header, value in told.items()}}

    def begin_head(self, key: str, version: str, told: Told) -> None:
        """The same, told."""
        tell_head(self.head, key, version, told)

    async def ask(self, call: Call) -> Outcome:
        """Whatever it is."""
        await asyncio.sleep(0)
        return self._counted(call)

    def _counted(self, call: Call) -> Outcome:
        self.asked[call.operation] += 1
        return self.send(call)

    def _why(self, one: listing.Listing) -> Failure:
        outcome = self.send(self._call(one.read.operation, {**one.read.fixed, one.limit: listing.PAGE}))
        assert isinstance(outcome, Failure)
        return outcome

    def _upload(self, one: Said) -> Upload:
        named = {"Key": one.text("Key"), "UploadId": one.text("UploadId")}
        parts = self._counted(self._call("ListParts", named))
        size: int | Failure
        if isinstance(parts, Answer):
            size = sum(part.number("Size") or 0 for part in Said(parts.values, _nothing).parts("Parts"))
        else:
            size = parts
        initiated = one.text("Initiated") or ""
        who = one.inside("Initiator").text("ID")
        return Upload(
            one.text("Key") or "",
            one.text("UploadId") or "",
            initiated,
            who,
            one.text("StorageClass") or "",
            size,
        )

    def _call(self, operation: str, params: Mapping[str, object]) -> Call:
        bucket = {"Bucket": self.target.handles["Bucket"]}
        return Call("s3", operation, {**bucket, **params}, self.target.region, self.target.signer)


def _row(one: Said) -> Row:
    return Row(
        one.text("Key") or "",
        one.text("ETag") or "",
        one.text("LastModified") or "",
        one.number("Size") or 0,
        one.text("StorageClass") or "",
        one.inside("Owner").text("ID"),
        ",".join(one.texts("ChecksumAlgorithm")),
        bool(one.inside("RestoreStatus").flag("IsRestoreInProgress")),
        one.text("VersionId") or "",
        one.flag("IsLatest") is not False,
    )


def _marker(one: Said) -> Marker:
    return Marker(
        one.text("Key") or "",
        one.text("LastModified") or "",
        one.inside("Owner").text("ID"),
        one.text("VersionId") or "",
        one.flag("IsLatest") is True,
    )


def _spelled(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _nothing(_kind: str, _name: str, _value: object) -> None:
    return None
