"""To which host do the requests about one bucket go, and how are they signed now?"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, Generic, NamedTuple, TypeVar

from bucketwright.calls import Call
from bucketwright.s3.limits import Deadline, Limits
from bucketwright.s3.sessions import Sessions
from bucketwright.s3.wire.connection import Done
from bucketwright.s3.wire.credentials import Clock, Purse
from bucketwright.s3.wire.head_lines import Reply
from bucketwright.s3.wire.lanes import Lanes
from bucketwright.s3.wire.signing import Keys, Stamp, stamp
from bucketwright.s3.wire.standing import Atlas

Value = TypeVar("Value")
Headers = tuple[tuple[str, str], ...]
_HEAD: Final = "HEAD"
_MOST_STAMPS: Final = 64


class Question(NamedTuple, Generic[Value]):
    """One request, and how its answer is read."""

    call: Call
    """What it is for, as failures name it."""
    method: str
    path: str
    """From the slash before the key on, encoded; empty where no key is asked about."""
    query: str
    headers: Headers
    read: Callable[[Reply], Value]
    """What was answered; an error of the SDK's or BadAnswerError where that is none."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What all requests of a run share."""

    sessions: Sessions
    deadline: Deadline
    limits: Limits
    lanes: Lanes
    atlas: Atlas
    pause: Callable[[float], Awaitable[None]]
    jitter: Callable[[], float]
    clock: Clock = field(default_factory=Clock)
    _purses: dict[str, Purse] = field(default_factory=dict)

    def purse(self, account: str) -> Purse:
        """The keys of an account; AccessError where no role lets in there."""
        if account not in self._purses:
            self._purses[account] = Purse(self.sessions.session(account))
        return self._purses[account]


class Post:
    """Where the requests about one bucket go."""

    def __init__(
        self, ground: Ground, bucket: str, region: str, account: str, *, in_path: bool = False
    ) -> None:
        self.ground = ground
        self._bucket, self._account, self._in_path = bucket, account, in_path
        self._stamps: dict[Headers, Stamp] = {}
        self.purse = ground.purse(account)
        self._stand(ground.sessions.regions.of(bucket) or region)

    async def exchange(self, question: Question[Value], until: float) -> Reply:
        """The answer to a request that is signed now; an error of the SDK's where none comes."""
        headers = question.headers
        made = self._made(headers) or self._stamped_by(await self.purse.keys(), headers)
        content = self._written(question, made)
        return await self.lane.exchange(content, until, bodiless=question.method == _HEAD)

    def send(self, question: Question[Value], until: float, done: Done) -> bool:
        """Let the answer be told to `done`; False where a signature or a connection has to be waited for."""
        if not self.lane.idle:
            return False
        made = self._made(question.headers)
        if made is None:
            keys = self.purse.ready
            if keys is None:
                return False
            made = self._stamped_by(keys, question.headers)
        content = self._written(question, made)
        return self.lane.send(content, until, done, bodiless=question.method == _HEAD)

    def moved(self, region: str) -> bool:
        """Whether the bucket is elsewhere than it was asked, in a region that an answer named."""
        if not region or region == self.standing.region:
            return False
        self.ground.sessions.regions.heard(self._bucket, region)
        self._stand(region)
        return True

    def forget(self) -> None:
        """Sign the next request anew: what was known of the time was wrong."""
        self._stamps.clear()

    def _stand(self, region: str) -> None:
        self.standing = self.ground.atlas.of(self._bucket, region, self._account, in_path=self._in_path)
        self.lane = self.ground.lanes.to(self.standing.host)
        self._stamps.clear()

    def _made(self, headers: Headers) -> Stamp | None:
        """By what is signed in this second, if that is known already."""
        made = self._stamps.get(headers)
        if made is None or made.second != self.ground.clock.second or made.keys is not self.purse.held:
            return None
        return made

    def _written(self, question: Question[Value], made: Stamp) -> bytes:
        path = f"{self.standing.prefix}{question.path}" or "/"
        return made.request(question.method, path, question.query)

    def _stamped_by(self, keys: Keys, headers: Headers) -> Stamp:
        if len(self._stamps) >= _MOST_STAMPS:
            self._stamps.clear()
        standing = self.standing
        made = stamp(keys, standing.region, standing.host.authority, headers, self.ground.clock.second)
        self._stamps[headers] = made
        return made
