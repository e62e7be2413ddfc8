"""With which keys is signed now, and what time is it where they are checked?"""

import asyncio
from contextlib import suppress
from datetime import UTC
from email.utils import parsedate_to_datetime
from time import time
from typing import Final

from botocore.credentials import Credentials
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
from botocore.session import Session

from bucketwright.s3.sendable import keep_sendable
from bucketwright.s3.wire.signing import Keys

_NAMED: Final = "explicit"
"""What the SDK calls keys that it did not find, but was given."""
_BETWEEN_LOADS: Final = 30
"""Seconds; who is refused again and again need not look at every refusal whether there are new keys."""
_MOST_SKEW: Final = 300
"""Seconds that a clock may be wrong without any service minding."""


class Clock:
    """The time of the service, as far as it said so."""

    def __init__(self) -> None:
        self._ahead = 0.0

    @property
    def second(self) -> int:
        """Of the service's time, since 1970."""
        return int(time() + self._ahead)

    def learned(self, date: str) -> bool:
        """Whether the time that an answer names is so far from what was held that it explains a refusal."""
        with suppress(ValueError):
            named = parsedate_to_datetime(date)
            aware = named if named.tzinfo else named.replace(tzinfo=UTC)
            ahead = aware.timestamp() - time()
            if abs(ahead - self._ahead) > _MOST_SKEW:
                self._ahead = ahead
                return True
        return False


class Purse:
    """The keys of one account; what needs asking for them is asked beside the loop."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._found: Credentials | None = None
        self._loading = asyncio.Lock()
        self._failed: BotoCoreError | ClientError | None = None
        self._not_before = 0.0
        self.held = Keys("", "")
        """Those that are signed with now."""

    async def keys(self) -> Keys:
        """Fresh ones; an error of the SDK's where there are none, which is not asked for twice."""
        ready = self.ready
        if ready is not None:
            return ready
        async with self._loading:
            await self._look()
        return self._hold()

    @property
    def ready(self) -> Keys | None:
        """Fresh ones, where nothing has to be asked for them."""
        return None if self._found is None or _is_waning(self._found) else self._hold()

    async def renewed(self, refused: Keys) -> bool:
        """Whether there are other keys by now than those that were refused."""
        async with self._loading:
            if self.held != refused:
                return True
            now = asyncio.get_running_loop().time()
            if now < self._not_before or self._found is None or self._found.method == _NAMED:
                return False
            self._not_before = now + _BETWEEN_LOADS
            self._found = await asyncio.to_thread(_looked_up, self._session)
        return self._hold() != refused

    async def _look(self) -> None:
        if self._failed is not None:
            raise self._failed
        if self._found is not None:
            await asyncio.to_thread(_checked, self._found)
            return
        try:
            self._found = await asyncio.to_thread(_held, self._session)
        except (BotoCoreError, ClientError) as error:
            self._failed = error
            raise

    def _hold(self) -> Keys:
        if self._found is None:
            raise NoCredentialsError
        frozen = self._found.get_frozen_credentials()
        keys = Keys(frozen.access_key, frozen.secret_key, frozen.token or "")
        if keys != self.held:
            self.held = keys
        return self.held


def _is_waning(found: Credentials) -> bool:
    needed = getattr(found, "refresh_needed", None)
    return needed is not None and bool(needed())


def _held(session: Session) -> Credentials:
    return _checked(session.get_credentials())


def _looked_up(session: Session) -> Credentials:
    """All anew, as the SDK looks for them: a file may have changed, a role is asked again."""
    return _checked(session.get_component("credential_provider").load_credentials())


def _checked(found: Credentials | None) -> Credentials:
    if found is None:
        raise NoCredentialsError
    frozen = found.get_frozen_credentials()
    keep_sendable(frozen.access_key, frozen.secret_key, frozen.token)
    return found
