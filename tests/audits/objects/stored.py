"""A bucket in memory: it lists its objects in pages, answers what it is asked, and counts that."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Final

from audits.object_facts import Home
from audits.object_scan import Unlooked
from audits.objects.bucket import Contents, Listener, Wanted
from audits.objects.place import Told
from audits.objects.purse import Purse
from audits.objects.visits import Visits
from bucketwright.calls import Answer, Call, Failure, Outcome, not_asked
from bucketwright.circumstances import circumstances
from bucketwright.contract.loading import read
from bucketwright.estate import BucketPosture
from bucketwright.facets.reading import Target
from bucketwright.judging import Judgement
from bucketwright.posture import Estate
from bucketwright.rules import catalogue
from bucketwright.s3.wire.rows import Marker, Page, Row, Upload
from tests.audits.objects.told import tell_head

CONTRACT: Final = """
project: shop
region: us-west-2
environments: {prod: {}}
buckets:
  files:
    prefixes:
      docs: {path: "docs/", keep: forever, types: application/pdf, tags: {team: red}}
      tmp: {path: "tmp/", expire: 30 days}
"""
PAGE: Final = 100
THEN: Final = datetime(2026, 1, 1, tzinfo=UTC)
AROUND: Final = circumstances(read(CONTRACT, "contract.yaml"), datetime.now(UTC))["prod"]
HOME: Final = Home(
    "bucket:files", Target("bucket", "files", {"Bucket": "files"}), lambda *_: None, "me", on_aws=True
)


@dataclass(frozen=True)
class Thing:
    """One object."""

    modified: datetime = THEN
    etag: str = "1"
    content_type: str = "application/pdf"
    encryption: str = "AES256"
    storage_class: str = "STANDARD"
    kms_key: str = ""
    """The KMS key that it is under."""
    locked: datetime | None = None
    """Until when, in compliance mode."""
    restoring: bool = False
    is_gone: bool = False
    """Whether it is listed, and no longer there when it is asked about."""
    is_denied: bool = False
    """Whether nobody may read it."""
    tags: Mapping[str, str] = field(default_factory=lambda: {"team": "red"})


class KilledError(BaseException):
    """The process is no more."""


@dataclass
class Stored:
    """What lies in the bucket, by key."""

    things: dict[str, Thing] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    killed_at: int = 0
    """After so many questions."""
    has_clock: bool = True
    """Whether its answers say when they were given."""
    shows_tags: bool = True
    """Whether whoever asks may read tags."""
    broken: bool = False
    """Whether a part of the list does not come."""
    open_heads: int = 0
    most_at_once: int = 0
    heads_while_listing: int = 0

    def changed(self, key: str, **to: object) -> None:
        """Let an object be another in this respect."""
        self.things[key] = replace(self.things[key], **to)  # type: ignore[arg-type]  # by name

    async def keys(self) -> AsyncIterator[Page[Row]]:
        """In two ranges, of which the second comes first."""
        several = sorted(self.things)
        middle = several[len(several) // 2] if several else ""
        for low, high in ((middle, None), ("", middle)):
            part = [key for key in several if key > low and (high is None or key <= high)]
            for start in range(0, max(1, len(part)), PAGE):
                page = part[start : start + PAGE]
                is_last = start + PAGE >= len(part)
                until = high if is_last else page[-1]
                self._count("list")
                if self.broken and high is not None:
                    yield Page([], low, high, Failure("throttled", "SlowDown"))
                    return
                self.heads_while_listing = self.asked["head"]
                yield Page([self._row(key) for key in page], low, until)
                low = until or low  # noqa: PLW2901 - the next page begins where this one ends

    async def versions(self) -> AsyncIterator[Page[Row | Marker]]:
        """It is known to keep none."""
        yield Page([], "", None, not_asked("it keeps none"))

    async def uploads(self) -> AsyncIterator[Page[Upload]]:
        """There are none."""
        none: tuple[Page[Upload], ...] = ()
        for page in none:
            yield page

    async def head(self, key: str, version: str = "") -> Mapping[str, str] | Failure:
        """The headers of now."""
        self._count("head")
        self.open_heads += 1
        self.most_at_once = max(self.most_at_once, self.open_heads)
        await asyncio.sleep(0)
        self.open_heads -= 1
        if key not in self.things or self.things[key].is_gone:
            return Failure("gone")
        one = self.things[key]
        if one.is_denied:
            return Failure("denied", "403")
        told = {"content-type": one.content_type}
        if self.has_clock:
            told["date"] = format_datetime(datetime.now(UTC), usegmt=True)
        if one.tags and self.shows_tags:
            told["x-amz-tagging-count"] = str(len(one.tags))
        if one.encryption:
            told["x-amz-server-side-encryption"] = one.encryption
        if one.kms_key:
            told["x-amz-server-side-encryption-aws-kms-key-id"] = one.kms_key
        if one.locked is not None:
            told["x-amz-object-lock-mode"] = "COMPLIANCE"
            told["x-amz-object-lock-retain-until-date"] = one.locked.isoformat()
        return told

    def begin_head(self, key: str, version: str, told: Told) -> None:
        """The same, told."""
        tell_head(self.head, key, version, told)

    async def ask(self, call: Call) -> Outcome:
        """Tags, and whether a key is still listed."""
        self._count(call.operation)
        await asyncio.sleep(0)
        if call.operation == "ListObjectsV2":
            keys = [
                key for key in self.things if key == call.params["Prefix"] and not self.things[key].is_gone
            ]
            return Answer({"Contents": [{"Key": key} for key in keys], "IsTruncated": False})
        if not self.shows_tags:
            return Failure("denied", "AccessDenied")
        tags = self.things[str(call.params["Key"])].tags
        return Answer({"TagSet": [{"Key": name, "Value": value} for name, value in tags.items()]})

    def _row(self, key: str) -> Row:
        one = self.things[key]
        modified = one.modified.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        return Row(
            key, f'"{one.etag}"', modified, 3, one.storage_class, "me", "CRC32", restoring=one.restoring
        )

    def _count(self, what: str) -> None:
        self.asked[what] += 1
        if self.killed_at and self.asked.total() >= self.killed_at:
            raise KilledError


def wanted(*rule_ids: str, versioning: object = "Disabled") -> Wanted:
    """By these rules, in a bucket of the contract that keeps no versions, or of which that is not known."""
    assert AROUND.intended is not None
    meant = AROUND.intended.postures[HOME.address]
    there = BucketPosture(HOME.address, "files", {**meant.facts, "versioning": versioning})
    estate = Estate("live", {HOME.address: there}, circumstances=AROUND)
    return Wanted(tuple(catalogue()[one] for one in rule_ids), estate)


def found(stored: Stored, about: Wanted, visits: Visits | None = None) -> list[Judgement]:
    """What is to be said, sorted, of a bucket that can be looked at whole."""
    said, skipped = looked(stored, about, visits=visits)
    assert not skipped
    return said


def looked(
    stored: Stored, about: Wanted, purse: Purse | None = None, visits: Visits | None = None, home: Home = HOME
) -> tuple[list[Judgement], list[Unlooked]]:
    """What is to be said, and what was not looked at; what is asked for that is counted anew."""
    stored.asked.clear()
    said: list[Judgement] = []
    skipped: list[Unlooked] = []
    listener = Listener(said.append, skipped.append, purse=purse or Purse())
    asyncio.run(Contents(stored, home, about, listener, visits).objects())
    return sorted(said, key=lambda one: (one.posture.address, one.rule.id)), skipped


def full_of(number: int) -> Stored:
    """So many objects, all as they should be, half of them in each prefix."""
    names = (f"{('docs', 'tmp')[one % 2]}/{one:05}.pdf" for one in range(number))
    return Stored({name: Thing(datetime.now(UTC) - timedelta(days=20)) for name in names})
