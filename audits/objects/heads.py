"""What do the headers of an answer to HEAD say of an object?

Most answers of a bucket say the same in all that matters, and are read once.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from audits import object_facts as facts_of
from audits.object_facts import HEADED, Facts, Home
from audits.object_locks import HELD_BACK
from audits.objects.alike import Unasked
from bucketwright.calls import Answer, Failure, Outcome
from bucketwright.facets.said import Said
from bucketwright.objects.postures import ObjectPosture
from bucketwright.objects.sources import SOURCES

RETENTION: Final = "retention"
LEGAL_HOLD: Final = "legal-hold"
KEY_ID: Final = "x-amz-server-side-encryption-aws-kms-key-id"
_TAG_COUNT: Final = "x-amz-tagging-count"
_COUNTS: Final[Mapping[str, int]] = {str(number): number for number in range(11)}
"""No object has more tags."""
_HEADERS: Final[Mapping[str, str]] = {
    "BucketKeyEnabled": "x-amz-server-side-encryption-bucket-key-enabled",
    "CacheControl": "cache-control",
    "ContentDisposition": "content-disposition",
    "ContentEncoding": "content-encoding",
    "ContentType": "content-type",
    "ObjectLockLegalHoldStatus": "x-amz-object-lock-legal-hold",
    "ObjectLockMode": "x-amz-object-lock-mode",
    "ObjectLockRetainUntilDate": "x-amz-object-lock-retain-until-date",
    "ReplicationStatus": "x-amz-replication-status",
    "Restore": "x-amz-restore",
    "SSECustomerAlgorithm": "x-amz-server-side-encryption-customer-algorithm",
    "SSEKMSKeyId": KEY_ID,
    "ServerSideEncryption": "x-amz-server-side-encryption",
    "WebsiteRedirectLocation": "x-amz-website-redirect-location",
}
"""As the SDK names what each tells."""
_FLAGS: Final = frozenset({"BucketKeyEnabled"})
_MOST_KEPT: Final = 4_096


class Heads:
    """The facts that are asked for of the objects of one bucket."""

    def __init__(self, home: Home, facts: Iterable[str]) -> None:
        self._home: Final = home
        needed = frozenset(facts)
        self._facts: Final = tuple(name for name in HEADED if name in needed and _needs_head(name))
        several = {one for name in self._facts for one in _fields_of(name)}
        self._headers: Final = tuple(header for one, header in _HEADERS.items() if one in several)
        self._known: Final[dict[tuple[str | None, ...], Facts]] = {}

    def facts(self, headers: Mapping[str, str]) -> Facts:
        """Those that are asked for."""
        said = tuple(map(headers.get, self._headers))
        found = self._known.get(said)
        if found is None:
            found = self._read(answer_of(headers))
            if len(self._known) < _MOST_KEPT:
                self._known[said] = found
        return found

    def unanswered(self, key: str, failure: Failure, beside: Outcome | None) -> Facts:
        """What is to be made of none."""
        return self._read(failure, beside, key)

    def _read(self, outcome: Outcome, beside: Outcome | None = None, key: str = "") -> Facts:
        found = facts_of.headed(outcome, self._home, beside, key)
        return {name: _to_ask(name, found) for name in self._facts}


def told_by(headers: Mapping[str, str]) -> tuple[str | None, ...]:
    """All in them that says anything of an object."""
    return tuple(map(headers.get, _HEADERS.values()))


def tag_count(headers: Mapping[str, str], *, is_shown: bool) -> int | None:
    """How many tags there are; none counted says that there are none where `is_shown`, else nothing."""
    said = headers.get(_TAG_COUNT)
    if said is None:
        return 0 if is_shown else None
    return _COUNTS.get(said)


def answer_of(headers: Mapping[str, str]) -> Answer:
    """What the SDK would have answered."""
    told = {name: headers[header] for name, header in _HEADERS.items() if header in headers}
    flags: Mapping[str, object] = {name: told[name] == "true" for name in _FLAGS & told.keys()}
    return Answer({**told, **flags})


def _to_ask(name: str, found: Facts) -> object:
    """What of a lock is held back is told by calls of its own."""
    if found[name] is not HELD_BACK:
        return found[name]
    if name == "legal_hold":
        return Unasked(HELD_BACK.reason, LEGAL_HOLD)
    return Unasked(HELD_BACK.reason, RETENTION) if found["lock_mode"] is HELD_BACK else HELD_BACK


def _needs_head(fact: str) -> bool:
    """Whether no list tells it: a list that does will do."""
    return SOURCES[ObjectPosture.kind][fact][0] == "head"


@cache
def _fields_of(fact: str) -> frozenset[str]:
    """What of an answer is looked at for a fact: of one that says nothing, all that could tell it."""
    asked = _Noting()
    HEADED[fact](Said(asked, lambda *_: None))
    return frozenset(asked.names)


class _Noting(dict[str, object]):
    """Nothing, noting what was looked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: Final[list[str]] = []

    def get(self, name: str, default: object = None) -> object:
        self.names.append(name)
        return default
