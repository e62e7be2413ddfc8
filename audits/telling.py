"""Where does a run that nobody watches leave what it found: reports in a bucket, what is new on a topic?

These are its only writes, and an audit has no path to them: it is over before the first of them.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session

from audits.history_store import LARGEST
from bucketwright import __version__
from bucketwright.plain_text import clipped, shown
from bucketwright.s3.redaction import redacted

_FOLDER: Final = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/((?:[^/\x00-\x1f\x7f]+/)*)")
_TOPIC: Final = re.compile(r"arn:aws(?:-[a-z-]+)?:sns:([a-z0-9-]+):([0-9]{12}):[A-Za-z0-9_-]{1,256}")
_MOST_FILES: Final = 1_000
_LONGEST: Final = 300
_CONNECT_SECONDS: Final = 5
_READ_SECONDS: Final = 20


class TellingError(Exception):
    """What was found could not be left where it should be; its text is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A beginning of keys in a bucket."""

    bucket: str
    prefix: str

    @classmethod
    def named(cls, text: str) -> "Folder":
        """The one that `s3://bucket/prefix/` names; ValueError where it names none."""
        found = _FOLDER.fullmatch(text)
        if found is None:
            raise ValueError(f"{shown(text)} is not s3://BUCKET/PREFIX/, closed by a slash")
        return cls(found[1], found[2])

    def url(self, name: str = "") -> str:
        return f"s3://{self.bucket}/{self.prefix}{name}"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of SNS."""

    arn: str
    region: str
    account: str

    @classmethod
    def named(cls, text: str) -> "Topic":
        """The one of this ARN; ValueError where it is none."""
        found = _TOPIC.fullmatch(text)
        if found is None:
            raise ValueError(f"{shown(text)} is not the ARN of a topic")
        return cls(text, found[1], found[2])


class Post:
    """The bucket and the topic, both of the topic's account and region."""

    def __init__(self, topic: Topic, endpoint_url: str = "") -> None:
        self._topic, session = topic, Session()
        self._s3: Any = _client(session, "s3", topic, endpoint_url)
        self._sns: Any = _client(session, "sns", topic, endpoint_url)
        self._ours: Final = {"ExpectedBucketOwner": topic.account}

    def fetch(self, source: Folder, into: Path) -> None:
        """The files that stand right in a folder of the bucket, into one on this machine."""
        with _told(f"what earlier runs found cannot be read from {source.url()}"):
            for key in self._keys(source):
                name = key.removeprefix(source.prefix)
                if name and "/" not in name and not name.startswith("."):
                    (into / name).write_bytes(self._content(source.bucket, key))

    def leave(self, folder: Folder, name: str, file: Path, media_type: str) -> None:
        """A file, under a name in the folder of the bucket."""
        with _told(f"{folder.url(name)} cannot be written"), file.open("rb") as content:
            self._s3.put_object(
                Bucket=folder.bucket,
                Key=f"{folder.prefix}{name}",
                Body=content,
                ContentType=media_type,
                **self._ours,
            )

    def tell(self, subject: str, text: str) -> None:
        """Whoever listens to the topic."""
        with _told(f"nobody can be told by {self._topic.arn}"):
            self._sns.publish(TopicArn=self._topic.arn, Subject=subject, Message=text)

    def _keys(self, source: Folder) -> Iterator[str]:
        listed = self._s3.list_objects_v2(
            Bucket=source.bucket, Prefix=source.prefix, Delimiter="/", MaxKeys=_MOST_FILES, **self._ours
        )
        return (str(one["Key"]) for one in listed.get("Contents", ()))

    def _content(self, bucket: str, key: str) -> bytes:
        with self._s3.get_object(Bucket=bucket, Key=key, **self._ours)["Body"] as body:
            content: bytes = body.read(LARGEST + 1)
        return content


def _client(session: Session, service: str, topic: Topic, endpoint_url: str) -> BaseClient:
    """A client for what is sent and fetched whole; those of an audit hand out no contents of objects."""
    config = Config(
        retries={"mode": "standard", "total_max_attempts": 3},
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        s3={"addressing_style": "path"} if endpoint_url else None,
        ignore_configured_endpoint_urls=True,
        user_agent_extra=f"bucketwright/{__version__}",
    )
    made: BaseClient = session.create_client(
        service, region_name=topic.region, endpoint_url=endpoint_url or None, config=config
    )
    return made


@contextmanager
def _told(what: str) -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError, OSError) as error:
        raise TellingError(f"{what}: {redacted(clipped(str(error), _LONGEST))}") from None
