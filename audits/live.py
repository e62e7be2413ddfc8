"""The live lens: what is there in an account, as far as it is needed and can be learned?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from audits.addresses import Addresses, addresses
from audits.assembling import assembled
from audits.buckets import names_declared
from audits.following import everything
from audits.refusing import CannotLookError, no_list, no_such_bucket, nobody
from audits.steps import Asking
from audits.things import Looking, Undiscovered
from bucketwright.calls import Failure, Outcome, Send
from bucketwright.contract.partitions import partition_of
from bucketwright.facets.facet import Form
from bucketwright.facets.reading import Target
from bucketwright.facets.said import Refer
from bucketwright.looking.needs import needs
from bucketwright.looking.scope import Scope
from bucketwright.plain_text import shown
from bucketwright.posture import Estate, Undetermined, Unknown
from bucketwright.s3.identity import identified
from bucketwright.s3.limits import Deadline
from bucketwright.s3.pool import ask

__all__ = ["CannotLookError", "Looked", "Scope", "look"]


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen in one account."""

    estate: Estate
    account: str
    """Its number; empty where the server knows none."""
    subjects: frozenset[str]
    """The addresses that were asked about, also of what is not there; these name whatever else is shown."""
    foreign: frozenset[str]
    """The contract's addresses whose names another account has."""
    targets: Mapping[str, Target]
    """What stands at each address, as calls name it."""
    asked: Mapping[str, tuple[str, ...]]
    """The calls that told of each address, by identity."""
    undiscovered: tuple[Undiscovered, ...]
    outcomes: Mapping[str, Outcome]
    """All that was answered, by the identities of the calls."""
    arns: Mapping[str, str]
    names: Addresses

    def refer(self, address: str) -> Refer:
        """What the texts name that are answered about the thing at an address."""
        return self.names.refer_from(self.targets[address])

    def resolve(self, address: str, form: Form) -> str:
        """What a call needs for an address; Undetermined where nothing stands there."""
        target = self.targets.get(address)
        if target is None:
            raise Undetermined(address, Unknown(self.estate.missing.get(address, "nothing of it is there")))
        if form == "domain":
            ending = ".cn" if partition_of(target.region) == "aws-cn" else ""
            return f"{target.name}.s3.{target.region}.amazonaws.com{ending}"
        return target.name if form == "name" else self.arns[address]


def look(send: Send, scope: Scope, *, concurrency: int = 32, deadline: Deadline | None = None) -> Looked:
    """Looks at one account; CannotLookError where that is the wrong one, or nothing can be seen."""
    looking = Looking(scope, needs(scope), _account(send, scope), {})
    asking = Asking(looking.outcomes)
    ask(send, asking.begin(everything(looking)), asking.answered, concurrency, deadline)
    names = addresses(looking)
    seen = assembled(looking, names)
    _refuse_nothing(looking)
    return Looked(
        estate=seen.estate,
        account=looking.account,
        subjects=seen.subjects,
        foreign=seen.foreign,
        targets=seen.targets,
        asked=seen.asked,
        undiscovered=tuple(sorted({*looking.undiscovered, *_unsettled(looking)}, key=_by_kind)),
        outcomes=looking.outcomes,
        arns=seen.arns,
        names=names,
    )


def _account(send: Send, scope: Scope) -> str:
    """Whose credentials these are, before anything else; empty where the server knows no accounts."""
    found = identified(send, scope.signer, scope.expected_account)
    if isinstance(found, str):
        return found
    if found.kind == "unsupported":
        return ""
    raise nobody(found)


def _refuse_nothing(looking: Looking) -> None:
    """Buckets that somebody named, and that nobody declared, have to be there."""
    named = looking.scope.buckets
    buckets = [thing for place, thing in looking.things.items() if place.kind == "bucket"]
    gone = {one.target.name for one in buckets if one.state == "gone"}
    mistaken = frozenset(named & gone) - names_declared(looking.scope.around.intended)
    if mistaken:
        raise no_such_bucket(mistaken)
    if not looking.subjects and not looking.is_listed:
        raise _unlisted(looking)


def _unsettled(looking: Looking) -> Iterator[Undiscovered]:
    """The buckets that are asked about, and of which it is not even known whether they are there."""
    for place, thing in looking.things.items():
        if place.kind == "bucket" and thing.is_subject and thing.is_open:
            yield Undiscovered(place.kind, f"{shown(thing.target.name)}: {thing.reason}", place.key)


def _by_kind(one: Undiscovered) -> tuple[str, str]:
    return one.kind, one.call


def _unlisted(looking: Looking) -> CannotLookError:
    """Why it is not known which buckets there are."""
    listing = (one for one in looking.undiscovered if one.kind == "bucket")
    first = min(listing, key=lambda one: one.call)
    outcome = looking.outcomes[first.call]
    return no_list(outcome.kind if isinstance(outcome, Failure) else "bad answer", first.reason)
