"""Which facts does an unchanged row of a list prove, so that they need not be asked again?

A row is unchanged where key, version, ETag, LastModified and size are as they were. What comes with the
content is proved by that on servers that date every rewrite. Encryption can be changed in place, but only
upwards: what is at least so strong stays that, and some stays as it is. Tags, ACL, lock and replication leave
no trace in a list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bucketwright.facets.words import Algorithm
from bucketwright.objects.postures import ObjectPosture
from bucketwright.objects.sources import SOURCES, Source

UNCHANGED: Final = ("key", "version_id", "etag", "modified", "size")
"""What has to be as it was. Where a bucket may hold versions, they have to be listed."""
UPLOADS_LIVE: Final = timedelta(days=8)
"""How long an upload in parts can go on where no lifecycle says so: a week, and the midnight after."""
SETTLING: Final = timedelta(seconds=2)
"""LastModified has whole seconds: what was read sooner after it may have been overwritten unseen."""
LONGEST: Final = timedelta(days=7)
"""How old a fact may be that is not asked again; so everything is looked at in full once a week."""
Possible = tuple[object, ...]
"""The values that a fact can have now."""

_WITH_THE_CONTENT: Final = frozenset(
    {"cache_control", "content_disposition", "content_encoding", "content_type", "website_redirect"}
)
"""Only a rewrite changes them."""
_STRONGER: Final[Mapping[Algorithm, tuple[Algorithm, ...]]] = {
    "AES256": ("AES256", "aws:kms"),
    "aws:kms": ("aws:kms",),
}
"""What each encryption can have become by UpdateObjectEncryption, which keeps ETag and LastModified."""
OF_ENCRYPTION: Final = frozenset({"bucket_key", "encryption", "encryption_key"})
"""What UpdateObjectEncryption changes."""
_LEFT_ALONE: Final = (None, "aws:kms:dsse")
"""Encryptions that it refuses to change: none at all, and two layers."""
_REPLACED: Final = frozenset({"", "null"})
"""The versions of a bucket that keeps none, or did not."""
_LISTED: Final[frozenset[Source]] = frozenset({"endpoint", "list", "list-versions"})


@dataclass(frozen=True, slots=True)
class Terms:
    """By what is judged whether something is still known. All times are those of the server."""

    dates_rewrites: bool
    """Whether LastModified is new whenever the content or what comes with it is."""
    now: datetime
    longest: timedelta = LONGEST
    locks_encryption: bool = False
    """Whether a lock in compliance mode keeps the encryption as it is."""
    counts_tags: bool = False
    """Whether headers count tags, for whoever may read them."""
    uploads_live: timedelta = UPLOADS_LIVE
    """How long an upload in parts can go on: LastModified of what it makes is when it was begun."""

    @property
    def latest(self) -> datetime:
        """What was said to last longer was said before the clock was set back."""
        return self.now + self.longest

    def lasts(self, until: datetime) -> bool:
        """Whether what was said to last until then does now."""
        return self.now < until <= self.latest

    def settles(self, modified: datetime | None, read_at: datetime, *, in_parts: bool) -> bool:
        """Whether an answer that was read then is that of every row that is unchanged later."""
        if not self.dates_rewrites or modified is None:
            return False
        return modified + (self.uploads_live if in_parts else SETTLING) <= read_at

    def trusts(self, modified: datetime | None, read_at: datetime | None, *, in_parts: bool) -> bool:
        """Whether an answer that was read then says anything of an unchanged row now."""
        if read_at is None or not self.settles(modified, read_at, in_parts=in_parts):
            return False
        return read_at <= self.now and self.now - read_at < self.longest

    def keeps_encryption(self, row: Mapping[str, object]) -> bool:
        """Whether how a row says that it is encrypted is how it is encrypted now, if its answer is trusted.

        A lock counts from the answer that told it: one in compliance mode nobody lifts or shortens.
        """
        if row["customer_key"] is False and row["encryption"] in _LEFT_ALONE:
            return True
        until, locked, read = (row[name] for name in ("retain_until", "lock_read_at", "head_read_at"))
        if not (isinstance(until, datetime) and isinstance(locked, datetime) and isinstance(read, datetime)):
            return False
        return (
            self.locks_encryption and row["lock_mode"] == "COMPLIANCE" and locked <= read <= self.now < until
        )


def possible_now(fact: str, kept: object, *, stays: bool = False) -> Possible | None:
    """What a fact of an unchanged row can be now, if its answer is trusted; None: whatever there is.

    One value is known as if it were read today. Of several a verdict holds only where it is that of each.
    `stays`: whether nobody can have changed the encryption.
    """
    if fact in _WITH_THE_CONTENT or (stays and fact in OF_ENCRYPTION):
        return (kept,)
    if fact == "encryption":
        return next((after for before, after in _STRONGER.items() if before == kept), None)
    if fact == "customer_key" and kept is False:
        return (kept,)
    return None


def is_in_parts(etag: str | None, version: str) -> bool:
    """Whether another upload in parts may take its place unseen, as S3 ends the ETag of such with their
    number. What is a version of its own stays what it is."""
    return version in _REPLACED and (etag is None or "-" in etag)


def can_be_kept(fact: str) -> bool:
    """Whether any value of it can stay known: others are asked each time."""
    return fact in _WITH_THE_CONTENT or fact in {"encryption", "customer_key"}


def to_ask(facts: Iterable[str]) -> frozenset[Source]:
    """The sources that a rule needs anew even where all rows are unchanged, for what cannot be kept."""
    sources = (SOURCES[ObjectPosture.kind][fact] for fact in facts if not can_be_kept(fact))
    return frozenset(several[0] for several in sources if _LISTED.isdisjoint(several))
