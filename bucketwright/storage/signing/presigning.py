"""How is a request to S3 signed that somebody else will send, and when does it end? As it says itself."""

import json
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qs, urlsplit

from botocore import xform_name
from botocore.client import BaseClient
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from bucketwright.s3.addresses import AccessError
from bucketwright.s3.sendable import keep_sendable_those_of
from bucketwright.storage.backends.s3_requests import (
    Asking,
    Params,
    as_base64,
    attribute_params,
    condition_params,
)
from bucketwright.storage.signing.announced import Announced
from bucketwright.storage.signing.lifetimes import End
from bucketwright.storage.signing.quiet import quietly
from bucketwright.storage.stored import At

_ERRORS: Final = (AccessError, BotoCoreError, ClientError)


@dataclass(frozen=True, slots=True, repr=False)
class Presigned:
    """A request as it was signed."""

    url: str
    headers: Mapping[str, str]
    until: datetime


@dataclass(frozen=True, slots=True, repr=False)
class PresignedForm:
    """A form as it was signed."""

    url: str
    fields: Mapping[str, str]
    until: datetime


@dataclass(frozen=True, slots=True)
class Presigner:
    """Signs with the credentials of a backend; safe to share between threads."""

    asking: Asking

    def end(self, at: At) -> End:
        """When the credentials end that would sign now, renewed where it is time."""
        try:
            session = self.asking.sessions.session()
            keep_sendable_those_of(session)
            credentials = session.get_credentials()
            if credentials is None:
                raise NoCredentialsError
            token = credentials.get_frozen_credentials().token
        except _ERRORS as error:
            raise self.asking.error(error, "GetObject", at) from None
        found: object = getattr(credentials, "_expiry_time", None)
        known = found if isinstance(found, datetime) else None
        return End(known, is_unknown=known is None and bool(token))

    def request(self, operation: str, at: At, params: Params, seconds: int) -> Presigned:
        """A request for an object, good for so many seconds."""
        client = self._client(at)
        named = {"Bucket": at.bucket, "Key": at.key, **params}
        try:
            with quietly():
                url: str = client.generate_presigned_url(
                    xform_name(operation), Params=named, ExpiresIn=seconds
                )
        except _ERRORS as error:
            raise self.asking.error(error, operation, at) from None
        return Presigned(url, sent_headers(client, operation, named), _until(url))

    def put(self, made: Announced, size: int | None, sha256: str, seconds: int) -> Presigned:
        """A PUT of content that was announced: of that size and with that hash, where they are known.

        Where the owner of the buckets is known it says that, too: whoever takes the name of one that is gone
        gets nothing.
        """
        owned = {"ExpectedBucketOwner": self.asking.owner} if self.asking.owner else {}
        checked = {"ChecksumSHA256": as_base64(sha256)} if sha256 else {}
        sized = {} if size is None else {"ContentLength": size}
        told = {**attribute_params(made.attributes), **condition_params(made.condition)}
        return self.request("PutObject", made.at, {**told, **checked, **sized, **owned}, seconds)

    def begin(self, made: Announced) -> str:
        """The id of a new upload in parts, which carry no checksums that a page would have to work out."""
        wanted = {"Key": made.at.key, **attribute_params(made.attributes)}
        return str(self.asking.asked("CreateMultipartUpload", made.at, wanted)["UploadId"])

    def form(
        self, at: At, fields: Mapping[str, str], conditions: Sequence[object], seconds: int
    ) -> PresignedForm:
        """A form whose fields are these, and which meets these conditions."""
        try:
            with quietly():
                made = self._client(at).generate_presigned_post(
                    at.bucket, at.key, Fields=dict(fields), Conditions=[*conditions], ExpiresIn=seconds
                )
        except _ERRORS as error:
            raise self.asking.error(error, "PutObject", at) from None
        policy = json.loads(b64decode(made["fields"]["policy"]))
        return PresignedForm(made["url"], made["fields"], datetime.fromisoformat(policy["expiration"]))

    def _client(self, at: At) -> BaseClient:
        return self.asking.sessions.signing_client(self.asking.region_of(at.bucket))


def sent_headers(client: BaseClient, operation: str, params: Params) -> Mapping[str, str]:
    """The headers in which these parameters of a request are sent."""
    members = client.meta.service_model.operation_model(operation).input_shape.members
    headers: dict[str, str] = {}
    for name, value in params.items():
        spelled = members[name].serialization
        if spelled.get("location") == "header":
            headers[spelled["name"]] = str(value)
        if spelled.get("location") == "headers" and isinstance(value, Mapping):
            headers |= {f"{spelled['name']}{one}": str(text) for one, text in value.items()}
    return headers


def _until(url: str) -> datetime:
    """When a signed address ends, as it says itself."""
    query = parse_qs(urlsplit(url).query)
    signed = datetime.strptime(query["X-Amz-Date"][0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return signed + timedelta(seconds=int(query["X-Amz-Expires"][0]))
