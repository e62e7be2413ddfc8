"""How does a run get the credentials of another account? By a role there that lets it in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Final

from botocore.client import BaseClient
from botocore.credentials import CredentialProvider, DeferredRefreshableCredentials
from botocore.exceptions import BotoCoreError, ClientError

from bucketwright.plain_text import shown
from bucketwright.s3.addresses import AccessError

TOOL: Final = "bucketwright"
_ACCOUNT: Final = re.compile("[0-9]{12}")
_ROLE: Final = re.compile(r"arn:aws[a-z-]*:iam::([0-9]{12}):role/[\w+=,.@/-]+")
_EXTERNAL_ID: Final = re.compile(r"[\w+=,.@:/-]{2,1224}")
_SECONDS: Final = 3600


@dataclass(frozen=True, slots=True)
class AssumedRole:
    """The role that lets in to an account, and with what."""

    account: str
    role: str
    """Its ARN."""
    external_id: str = field(default="", repr=False)
    policy: str = ""
    """A policy as JSON that narrows what the role may do, for this run; empty: nothing does."""

    def __post_init__(self) -> None:
        found = _ROLE.fullmatch(self.role)
        if not _ACCOUNT.fullmatch(self.account):
            raise AccessError(f"{shown(self.account)} is no account id: twelve digits")
        if found is None:
            raise AccessError(f"{shown(self.role)} is no role: arn:aws:iam::ACCOUNT:role/NAME")
        if found[1] != self.account:
            raise AccessError(f"{shown(self.role)} is no role of account {self.account}")
        if self.external_id and not _EXTERNAL_ID.fullmatch(self.external_id):
            raise AccessError(f"the external id for {shown(self.role)} has characters that AWS does not take")


class RoleCredentials(CredentialProvider):  # type: ignore[misc]  # botocore carries no types
    """Credentials of a role, asked for when first needed and again before they expire.

    What failed once fails again without being asked: a role that lets nobody in is asked once in a run.
    """

    METHOD = CANONICAL_NAME = "custom-bucketwright-role"

    def __init__(self, role: AssumedRole, run: str, sts: Callable[[], BaseClient]) -> None:
        super().__init__()
        self._role, self._run, self._sts = role, run, sts
        self._asking = Lock()
        self._failed: ClientError | BotoCoreError | None = None

    def load(self) -> DeferredRefreshableCredentials:
        return DeferredRefreshableCredentials(self._assumed, self.METHOD)

    def _assumed(self) -> Mapping[str, str]:
        with self._asking:
            if self._failed is not None:
                raise self._failed
            try:
                answer = self._sts().assume_role(**self._wishes())
            except (ClientError, BotoCoreError) as error:
                self._failed = error
                raise
        return _as_botocore_spells(answer["Credentials"])

    def _wishes(self) -> Mapping[str, object]:
        role = self._role
        name = f"{TOOL}-{self._run}" if self._run else TOOL
        wishes: dict[str, object] = {
            "RoleArn": role.role,
            "RoleSessionName": name,
            "DurationSeconds": _SECONDS,
        }
        return wishes | {
            param: value
            for param, value in (("ExternalId", role.external_id), ("Policy", role.policy))
            if value
        }


def _as_botocore_spells(credentials: Mapping[str, str | datetime]) -> Mapping[str, str]:
    until = credentials["Expiration"]
    return {
        "access_key": str(credentials["AccessKeyId"]),
        "secret_key": str(credentials["SecretAccessKey"]),
        "token": str(credentials["SessionToken"]),
        "expiry_time": until.isoformat() if isinstance(until, datetime) else until,
    }
