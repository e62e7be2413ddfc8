"""How is the sandbox called? By clients that cannot reach anything else."""

import json
import os
import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http.client import HTTPConnection
from threading import Lock
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import boto3
from botocore.config import Config
from botocore.session import Session as Core

from sandbox.server.accounts import is_account
from sandbox.server.addresses import loopback_url

_CREATING: Final = Lock()
_TIMEOUT_SECONDS: Final = 30
_ACCOUNT_IN_HOST: Final = re.compile(r"//[0-9]{12}\.")
_ELSEWHERE: Final = re.compile(
    "AWS_ENDPOINT_URL_.+|AWS_IGNORE_CONFIGURED_ENDPOINT_URLS|AWS_USE_(FIPS|DUALSTACK)_ENDPOINT"
    "|AWS_(DEFAULT_)?PROFILE|AWS_(SESSION|SECURITY)_TOKEN|no_proxy"
)
"""Endpoints and credentials that go before those for all services, and the spelling that hides NO_PROXY."""
_SETTINGS: Final = Config(
    inject_host_prefix=False,
    proxies={},
    retries={"total_max_attempts": 2},
    s3={"addressing_style": "path"},
)


class SandboxError(RuntimeError):
    """The sandbox refused an admin call, or is not there."""


@dataclass(frozen=True, slots=True)
class Clients:
    """AWS clients of one account, made once each and safe to share between threads."""

    url: str
    account: str
    region: str
    _made: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False, compare=False)

    def client(self, service: str, region: str | None = None) -> Any:
        """A boto3 client of this account, in its own region unless another is asked."""
        where = region or self.region
        with _CREATING:
            if (service, where) not in self._made:
                self._made[service, where] = self._new(service, where)
            return self._made[service, where]

    def _new(self, service: str, region: str) -> Any:
        made = _session().client(
            service,
            region_name=region,
            endpoint_url=self.url,
            aws_access_key_id=self.account,
            aws_secret_access_key=self.account,
            config=_SETTINGS,
        )
        made.meta.events.register("before-call.s3-control", _without_account_in_host)
        return made

    @property
    def environment(self) -> dict[str, str]:
        """The same for programs: variables that make any AWS SDK call the sandbox and nothing else."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": self.account,
            "AWS_SECRET_ACCESS_KEY": self.account,
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
            "NO_PROXY": urlsplit(self.url).hostname or "",
        }

    @property
    def unwanted(self) -> tuple[str, ...]:
        """Variables of this process that would lead a program elsewhere in spite of that environment."""
        return tuple(sorted(filter(_ELSEWHERE.fullmatch, os.environ)))


@dataclass(frozen=True, slots=True)
class Server:
    """A running sandbox: where it answers, and the token that its admin calls need."""

    url: str
    token: str = field(repr=False)

    def clients(self, *, account: str, region: str) -> Clients:
        """Clients that speak for an account; its id is their access key, and no signature is checked."""
        if not is_account(account):
            raise ValueError(f"{account!r} is not an account id of twelve digits")
        return _clients(self.url, account, region)

    def healthy(self) -> bool:
        """Whether the very sandbox this token belongs to answers there."""
        try:
            self._admin("GET", "health")
        except (SandboxError, OSError):
            return False
        return True

    def buckets(self) -> list[dict[str, Any]]:
        """Every bucket of every account: its owner, documents, objects with their dates, and uploads."""
        found: list[dict[str, Any]] = self._admin("GET", "buckets")["buckets"]
        return found

    def set_object_date(self, bucket: str, key: str, modified: datetime, version: str = "") -> None:
        """Let an object, or the named version of it, have been put at that time."""
        self._admin("POST", "object-date", bucket=bucket, key=key, modified=str(modified), version=version)

    def make_unencrypted(self, bucket: str, key: str, version: str = "") -> None:
        """Let an object, or the named version of it, be one of before January 2023 that nothing encrypted."""
        self._admin("POST", "object-unencrypted", bucket=bucket, key=key, version=version)

    def set_upload_date(self, bucket: str, upload: str, initiated: datetime) -> None:
        """Let an upload that is not complete have been begun at that time."""
        self._admin("POST", "upload-date", bucket=bucket, upload=upload, initiated=str(initiated))

    def reset(self) -> None:
        """Forget everything, in every account."""
        self._admin("POST", "reset")

    def _admin(self, method: str, path: str, **query: str) -> dict[str, Any]:
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=_TIMEOUT_SECONDS)
        try:
            headers = {"x-sandbox-token": self.token}
            connection.request(method, f"/_sandbox/{path}?{urlencode(query)}", headers=headers)
            response = connection.getresponse()
            answer: dict[str, Any] = json.loads(response.read())
        finally:
            connection.close()
        if response.status != 200:
            raise SandboxError(f"{method} /_sandbox/{path}: {answer.get('error')}")
        return answer


def connect(url: str, token: str) -> Server:
    """A sandbox that already runs, perhaps in another process; only a loopback address is taken."""
    return Server(loopback_url(url), token)


@cache
def _clients(url: str, account: str, region: str) -> Clients:
    return Clients(url, account, region)


@cache
def _session() -> boto3.Session:
    """Reads no profile, no configuration file and no credentials of the person who runs it."""
    nowhere = (None, None, os.devnull, None)
    variables = {
        "profile": (None, None, None, None),
        "config_file": nowhere,
        "credentials_file": nowhere,
    }
    return boto3.Session(botocore_session=Core(session_vars=variables))


def _without_account_in_host(params: dict[str, str], **_rest: object) -> None:
    """The endpoint rules of S3 Control put the account before any host, and no such host is known."""
    params["url"] = _ACCOUNT_IN_HOST.sub("//", params["url"], count=1)
