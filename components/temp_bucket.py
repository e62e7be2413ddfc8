"""A bucket of upload sessions, whose objects are gone when the session's days are over."""

from typing import ClassVar

from components.bucket import Bucket


class TempBucket(Bucket):
    """A bucket that forgets: S3's lifecycle removes what the sweeper of sessions has not removed before."""

    KIND: ClassVar[str] = "bucketwright:index:TempBucket"
