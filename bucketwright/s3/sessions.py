"""With whose credentials is a service asked, and where? One client for each account, service and region."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from typing import Final

from botocore.client import BaseClient
from botocore.credentials import CredentialResolver
from botocore.exceptions import BotoCoreError, ProfileNotFound
from botocore.loaders import Loader, create_loader
from botocore.model import OperationModel
from botocore.session import Session

from bucketwright.plain_text import clipped, did_you_mean, shown
from bucketwright.s3.addresses import AccessError, endpoint
from bucketwright.s3.clients import Manner, new_client, new_signing_client
from bucketwright.s3.hooks import Regions
from bucketwright.s3.limits import Limits
from bucketwright.s3.paging import Paging, paging_of
from bucketwright.s3.redaction import redacted
from bucketwright.s3.roles import AssumedRole, RoleCredentials
from bucketwright.s3.sdk_logs import keep_secrets_out
from bucketwright.s3.sendable import keep_sendable

__all__ = ["Access", "AccessError", "AssumedRole", "Keys", "Sessions"]
_RUN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,47}")
_REGION: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_ANYWHERE: Final = "us-east-1"
"""Where AWS is asked first when nothing says where."""
_ENDPOINTS: Final = ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3")
_MOST_CONCURRENT: Final = 256
_NO_PROFILES: Final = (
    "the AWS configuration names none: write it there with `aws configure`, or leave it out and give the "
    "credentials in the environment"
)


@dataclass(frozen=True, slots=True)
class Keys:
    """Credentials that somebody names, in place of those that the SDK would find."""

    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    token: str = field(default="", repr=False)
    """That of a session; empty where they are for good."""

    def __post_init__(self) -> None:
        keep_sendable(self.access_key, self.secret_key, self.token)


@dataclass(frozen=True, slots=True)
class Access:
    """How to get in, as the person who runs it says."""

    profile: str = ""
    """Empty: what the environment says."""
    region: str = ""
    """Where what has no region of its own is asked; empty: what the profile or the environment says."""
    endpoint_url: str = ""
    """One address that serves S3, S3 Control, IAM, KMS, STS and all others; empty: the one that the
    environment or the profile names, else AWS."""
    plain_http: bool = False
    """Whether http:// to another machine is wanted."""
    concurrency: int = 32
    run: str = ""
    """A short name of the run, without personal data; it stands in the names of assumed roles' sessions."""
    keys: Keys | None = None
    """None: what the SDK finds."""
    verify: bool = True
    """Whether the server's certificate has to hold."""

    def __post_init__(self) -> None:
        if self.run and not _RUN.fullmatch(self.run):
            raise AccessError(
                f"{shown(self.run)} is no name of a run: letters, digits, dots and dashes, at most 48"
            )
        if self.region and not _REGION.fullmatch(self.region):
            raise AccessError(f"{shown(self.region)} is no region, such as eu-west-1")
        if not 1 <= self.concurrency <= _MOST_CONCURRENT:
            raise AccessError(f"{self.concurrency} requests at a time: it can be 1 to {_MOST_CONCURRENT}")


class Sessions:
    """The clients of one run; safe to share between threads."""

    def __init__(
        self, access: Access, roles: tuple[AssumedRole, ...] = (), limits: Limits | None = None
    ) -> None:
        self.limits: Final = Limits() if limits is None else limits
        keep_secrets_out()
        self._access, self._roles = access, {role.account: role for role in roles}
        with _plainly():
            self._own = _session(access.profile)
            if access.keys is not None:
                keys = access.keys
                self._own.set_credentials(keys.access_key, keys.secret_key, keys.token or None)
            self.region: Final = access.region or self._own.get_config_variable("region") or _ANYWHERE
            self.endpoint_url: Final = _endpoint(access, self._own)
        self.regions: Final = Regions()
        self._manner = Manner(self.endpoint_url, access.concurrency, self.limits, self.regions, access.verify)
        self._sessions = {"": self._own}
        self._clients: dict[tuple[str, str, str], BaseClient] = {}
        self._making = Lock()

    def client(self, service: str, region: str = "", account: str = "") -> BaseClient:
        """The client that asks a service in a region with an account's credentials."""
        key = (service, region or self.region, account)
        made = self._clients.get(key)
        if made is not None:
            return made
        with self._making:
            if key not in self._clients:
                self._clients[key] = new_client(self._session_of(account), service, key[1], self._manner)
            return self._clients[key]

    def signing_client(self, region: str = "") -> BaseClient:
        """The client that signs requests to S3 which others send, in a region."""
        key = ("to sign", region or self.region, "")
        with self._making:
            if key not in self._clients:
                self._clients[key] = new_signing_client(self._own, key[1], self._manner)
            return self._clients[key]

    def session(self, account: str = "") -> Session:
        """The SDK's session with an account's credentials; AccessError where no role lets in there."""
        with self._making:
            return self._session_of(account)

    @property
    def believed(self) -> str | bool:
        """The file of those whose certificates are believed; True: the SDK's own, False: no matter whose."""
        return self._access.verify and (self._own.get_config_variable("ca_bundle") or True)

    def paging(self, service: str, model: OperationModel) -> Paging | None:
        """How the pages of an operation are turned; None where it has but one."""
        return paging_of(self._own, service, model, self.limits.pages)

    def _session_of(self, account: str) -> Session:
        if account not in self._sessions:
            self._sessions[account] = self._assuming(account)
        return self._sessions[account]

    def _assuming(self, account: str) -> Session:
        role = self._roles.get(account)
        if role is None:
            raise AccessError(f"no role is named that lets in to account {shown(account)}")
        session = _session(self._access.profile)
        provider = RoleCredentials(role, self._access.run, lambda: self.client("sts"))
        session.register_component("credential_provider", CredentialResolver([provider]))
        return session


def _session(profile: str) -> Session:
    session = Session(profile=profile or None)
    try:
        session.get_scoped_config()
    except ProfileNotFound:
        known = session.available_profiles
        name = profile or str(session.profile)
        near = did_you_mean(name, known)
        others = f"there are: {clipped(', '.join(known))}" if known else _NO_PROFILES
        raise AccessError(f"there is no profile {shown(name)}; {near or others}") from None
    session.register_component("data_loader", _loader(session.get_config_variable("data_path")))
    return session


@cache
def _loader(data_path: str | None) -> Loader:
    """The SDK's descriptions of the services, read once for all accounts."""
    return create_loader(data_path)


def _endpoint(access: Access, session: Session) -> str:
    """The address that serves all services; empty: AWS."""
    url = access.endpoint_url or _configured(os.environ, session.get_scoped_config())
    return endpoint(url, plain_http=access.plain_http) if url else ""


def _configured(environment: Mapping[str, str], profile: Mapping[str, object]) -> str:
    if environment.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "").lower() == "true":
        return ""
    named = (environment.get(variable, "") for variable in _ENDPOINTS)
    return next(filter(None, named), "") or str(profile.get("endpoint_url", ""))


@contextmanager
def _plainly() -> Iterator[None]:
    """What the SDK cannot read of a person's configuration, said in a sentence."""
    try:
        yield
    except BotoCoreError as error:
        raise AccessError(
            f"the AWS configuration cannot be read: {redacted(clipped(str(error), 300))}"
        ) from None
