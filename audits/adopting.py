"""What is live, seen under the addresses of a contract that does not exist yet, and then under its own."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from threading import Lock
from typing import TYPE_CHECKING, Final

from audits.live import CannotLookError, Looked, look
from bucketwright.adopting.accepting import LeftOut, accepted, without
from bucketwright.adopting.describing import described
from bucketwright.adopting.draft import draft
from bucketwright.adopting.found import Live, Naming, SeenBucket
from bucketwright.adopting.gaps import Gap, gaps, own_tags_missing
from bucketwright.adopting.naming import naming
from bucketwright.adopting.proving import unproven
from bucketwright.calls import Answer, Call, Outcome, Send
from bucketwright.circumstances import circumstances
from bucketwright.contract.ids import nearest_id
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.encryption import FRESH as UNDER_KEYS_OF_S3
from bucketwright.facets.bucket.tags import FRESH as NO_TAGS
from bucketwright.facets.role_answers import DETAILS
from bucketwright.intended import intended
from bucketwright.judging import Selection
from bucketwright.looking.scope import Scope
from bucketwright.s3.limits import Deadline

if TYPE_CHECKING:
    from bucketwright.contract.model import Contract, Environment

_UNPROVEN: Final = "what a contract would grant is not proven to be what this role or visitor may do"
_FOREIGN: Final = "a contract names its roles {project}-{environment}-id, so that it cannot say this one"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be adopted, and as what."""

    day: datetime
    buckets: frozenset[str] = frozenset()
    """None: all of the account."""
    project: str = ""
    environment: str = ""
    """Empty: as tags or names of the buckets say."""
    region: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Adoption:
    """The contract that describes what is live, and what it leaves open."""

    text: str
    contract: "Contract"
    environment: "Environment"
    gaps: tuple[Gap, ...]
    untagged: int
    """How many buckets do not carry bucketwright's own tags yet."""
    looked: Looked


def adopt(send: Send, wish: Wish, heading: str = "", deadline: Deadline | None = None) -> Adoption:
    """Looks, describes, and looks again with what is written; CannotLookError where nothing can be seen."""
    remembering = _Remembering(send)
    first = look(remembering, _scope(wish), deadline=deadline)
    named = _named(remembering, first, wish)
    live, refused = _drafted(remembering, (first, named), wish, deadline)
    data, told = described(live), list(refused)
    while True:
        taken = accepted(data, heading)
        told += taken.left_out
        looked = _looked(remembering, taken.contract, wish, deadline)
        (environment,) = taken.contract.environments.values()
        wanted = intended(environment)
        found = gaps(wanted, looked.estate)
        wrong = tuple(unproven(environment, wanted, looked.estate, found))
        if not wrong:
            open_still = (
                *found,
                *_left_out(told, named),
                *_strange_roles(remembering, live.naming, environment, wish.signer),
            )
            untagged = own_tags_missing(wanted, looked.estate)
            return Adoption(taken.text, taken.contract, environment, open_still, untagged, looked)
        told += [LeftOut(("access", one), _UNPROVEN) for one in wrong]
        data = reduce(lambda left, one: without(left, ("access", one)), wrong, taken.data)


class _Remembering:
    """A Send that asks nothing twice."""

    def __init__(self, send: Send) -> None:
        self._send: Final = send
        self.known: Final[dict[str, Outcome]] = {}
        self._lock: Final = Lock()

    def __call__(self, call: Call) -> Outcome:
        with self._lock:
            known = self.known.get(call.identity)
        if known is not None:
            return known
        outcome = self._send(call)
        with self._lock:
            return self.known.setdefault(call.identity, outcome)


def _scope(wish: Wish) -> Scope:
    return Scope(
        selection=Selection(), buckets=wish.buckets, region=wish.region or "us-east-1", signer=wish.signer
    )


def _looked(send: Send, contract: "Contract", wish: Wish, deadline: Deadline | None) -> Looked:
    (around,) = circumstances(contract, wish.day).values()
    return look(
        send, Scope(around=around, region=wish.region or "us-east-1", signer=wish.signer), deadline=deadline
    )


def _named(send: Send, first: Looked, wish: Wish) -> Naming:
    """What everything that was found is going to be called."""
    seen = [_seen(one, first) for one in first.estate.every(BucketPosture) if one.address in first.subjects]
    if not seen:
        raise CannotLookError("bucket", "there is no bucket to adopt: look at the account and the endpoint")
    named = naming(seen, first.account, wish.project, wish.environment, wish.region)
    return replace(named, roles=tuple(_role_ids(send, named, wish.signer)))


def _drafted(
    send: Send, found: tuple[Looked, Naming], wish: Wish, deadline: Deadline | None
) -> tuple[Live, tuple[LeftOut, ...]]:
    """Everything under the addresses it is going to have; and the buckets that no contract can name."""
    first, named = found
    buckets = {one.name: one for one in first.estate.every(BucketPosture)}
    by_id = {bucket_id: buckets[name] for bucket_id, name in named.buckets.items()}
    under_s3_keys = (one for one in by_id if by_id[one].told("encryption") == UNDER_KEYS_OF_S3)
    seen = {bucket_id: _seen(one, first) for bucket_id, one in by_id.items()}
    taken = accepted(draft(named, seen, frozenset(under_s3_keys)))
    looked = _looked(send, taken.contract, wish, deadline)
    (environment,) = taken.contract.environments.values()
    kept = {bucket_id: name for bucket_id, name in named.buckets.items() if bucket_id in environment.buckets}
    arns = {
        address: place.key for place, address in looked.names.given.items() if place.key.startswith("arn:")
    }
    live = Live(replace(named, buckets=kept), looked.estate, {**arns, **looked.arns}, wish.day.date())
    return live, taken.left_out


def _seen(bucket: BucketPosture, first: Looked) -> SeenBucket:
    tags = bucket.told("tags")
    region = first.targets[bucket.address].region
    return SeenBucket(bucket.name, region, tags if isinstance(tags, Mapping) else NO_TAGS)


def _details(send: Send, named: Naming, signer: str) -> Iterator[Mapping[str, object]]:
    """Every role of the account, as IAM tells of it; none where that is not told."""
    outcome = send(Call(DETAILS.service, DETAILS.operation, dict(DETAILS.fixed), named.region, signer))
    roles = outcome.values.get("RoleDetailList") if isinstance(outcome, Answer) else None
    yield from (one for one in roles if isinstance(one, Mapping)) if isinstance(roles, list) else ()


def _role_ids(send: Send, named: Naming, signer: str) -> Iterator[str]:
    for one in _details(send, named, signer):
        role_id = named.role_id(str(one.get("RoleName", "")))
        if role_id and nearest_id(role_id) == role_id:
            yield role_id


def _strange_roles(send: Send, named: Naming, environment: "Environment", signer: str) -> Iterator[Gap]:
    """Roles whose policies name a bucket that is adopted, and that the contract does not say."""
    own = {named.role_id(str(one.get("RoleName", ""))): one for one in _details(send, named, signer)}
    for one in _details(send, named, signer):
        name = str(one.get("RoleName", ""))
        if named.role_id(name) in environment.access and named.role_id(name) in own:
            continue
        spelled = json.dumps(one.get("RolePolicyList", ()), default=str)
        reached = sorted(each for each in named.buckets.values() if f":::{each}" in spelled)
        if reached and "." not in name:
            why = _FOREIGN.format(project=named.project, environment=named.environment)
            yield Gap("left out", f"role:{name}", name, "policies", f"it names {', '.join(reached)}", why)


def _left_out(told: list[LeftOut], named: Naming) -> Iterator[Gap]:
    for one in told:
        head, bucket_id, *rest = (*map(str, one.path), "")
        setting = ".".join(filter(None, rest)) or "all of it"
        name = named.buckets.get(bucket_id, bucket_id) if head == "buckets" else bucket_id
        yield Gap("left out", f"{head}:{bucket_id}", name, setting, "no contract takes it", one.why)
