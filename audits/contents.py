"""What of all that lies in the buckets breaks a rule, or cannot be decided?

Uploads that nobody finished are always looked at; objects where it is asked for. Each page is judged as it
comes, and only what is to be said of it is kept. There are two ways that find the same: the fast one
(audits/objects), and the SDK's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import Final

from audits import object_facts as facts_of
from audits import object_listing as listing
from audits.left_out import Apart
from audits.live import Looked
from audits.object_facts import Home
from audits.object_scan import Batch, Needed, Scan, Unlooked
from audits.objects.bucket import Wanted
from audits.objects.running import Engine
from audits.side_by_side import side_by_side
from bucketwright.calls import Call, Outcome, Send
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.acl import owner_of
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.reading import Asked
from bucketwright.judging import Judgement, judge
from bucketwright.left_out import LeftOut
from bucketwright.looking.needs import asked_rules
from bucketwright.looking.scope import Scope
from bucketwright.objects.layout import quarantine_of
from bucketwright.objects.postures import KeyedPosture, UploadPosture
from bucketwright.posture import Estate, Posture, Undetermined
from bucketwright.rules import catalogue
from bucketwright.rules.rule import Rule
from bucketwright.s3.limits import Deadline
from bucketwright.s3.pool import ask

_BUCKETS_AT_ONCE: Final = 8
_FIRST_PAGES_AT_ONCE: Final = 32


@dataclass(frozen=True, slots=True)
class Contents:
    """What is to be said of what lies in the buckets."""

    judgements: tuple[Judgement, ...] = ()
    unlooked: tuple[Unlooked, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    """What the contract keeps everybody from looking into."""


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked of the contents, by whom."""

    send: Send
    scope: Scope
    on_aws: bool
    """Whether it is Amazon's own S3."""
    deadline: Deadline
    fast: Engine | None = None
    """What looks at objects past the SDK; None where the SDK does."""
    silent: Mapping[str, str] = field(default_factory=dict)
    """The facts of which the server says nothing even where there is something to say, and why."""

    def home(self, looked: Looked, bucket: BucketPosture) -> Home:
        """A bucket on that server."""
        return replace(home_of(looked, bucket, on_aws=self.on_aws), silent=self.silent)

    def ask(self, calls: Iterable[Call]) -> dict[str, Outcome]:
        """Many calls at once."""
        return dict(ask(self.send, calls, deadline=self.deadline))

    def one(self, call: Call, known: dict[str, Outcome] | None = None) -> Outcome:
        """What came of a call, if that is not known already; what is known is handed out once.

        It is late at the deadline, whatever it waits for: an answer, or its turn.
        """
        found = None if known is None else known.pop(call.identity, None)
        return found or self.ask((call,))[call.identity]


def contents(looked: Looked, questions: Questions) -> Contents:
    """Of all buckets that were asked about, some at a time."""
    rules = asked_rules(questions.scope)
    if not questions.scope.objects and not any(issubclass(one.kind, UploadPosture) for one in rules):
        return Contents()
    buckets = [one for one in looked.estate.every(BucketPosture) if one.address in looked.subjects]
    if questions.fast is not None and questions.scope.objects:
        homes = [questions.home(looked, bucket) for bucket in buckets]
        found = questions.fast.look(homes, Wanted(_of_contents(rules), looked.estate, looked.account))
        told = _in_order(looked.estate, found.judgements, found.unlooked)
        return replace(told, left_out=(*found.left_out, *told.left_out))
    several = [one for some in _batches(buckets) for one in _of_buckets(looked, questions, rules, some)]
    return _in_order(
        looked.estate,
        chain.from_iterable(one.judgements for one in several),
        chain.from_iterable(one.unlooked for one in several),
    )


def _batches(buckets: Sequence[BucketPosture]) -> Iterator[Sequence[BucketPosture]]:
    """So many that the first pages of all may be kept."""
    several = _FIRST_PAGES_AT_ONCE
    return (buckets[at : at + several] for at in range(0, len(buckets), several))


def _of_buckets(
    looked: Looked, questions: Questions, rules: Iterable[Rule[Posture]], buckets: Sequence[BucketPosture]
) -> list[Contents]:
    """All that lies in some buckets. Most hold no uploads, which one answer tells.

    The first page of each is kept until it is looked at: a thousand uploads, if the server keeps to that.
    """
    homes = [questions.home(looked, bucket) for bucket in buckets]
    begun = questions.ask(listing.page_at(home.target, listing.UPLOADS) for home in homes)
    of_one = partial(_of_bucket, looked, questions, Needed.by(rules), begun)
    return side_by_side(of_one, homes, _BUCKETS_AT_ONCE)


def _in_order(estate: Estate, judgements: Iterable[Judgement], unlooked: Iterable[Unlooked]) -> Contents:
    """The same whatever the order in which answers came."""
    told: list[Judgement] = []
    apart = Apart(estate, told.append)
    for one in sorted(judgements, key=lambda one: (one.posture.address, one.rule.id)):
        apart.take(one)
    in_order = sorted(unlooked, key=lambda one: (one.bucket, one.what, one.reason))
    return Contents(tuple(told), tuple(in_order), tuple(apart.told()))


def _of_contents(rules: Iterable[Rule[Posture]]) -> tuple[Rule[Posture], ...]:
    """Those about what lies in a bucket."""
    return tuple(one for one in rules if issubclass(one.kind, KeyedPosture))


def _of_bucket(
    looked: Looked, questions: Questions, needed: Needed, begun: dict[str, Outcome], home: Home
) -> Contents:
    """`begun`: what is answered already."""
    scan = Scan(partial(questions.one, known=begun), questions.ask, home, looked.estate, needed)
    judgements: list[Judgement] = []
    unlooked: list[Unlooked] = []
    for batch in chain(scan.uploads(), scan.objects() if questions.scope.objects else ()):
        judgements += said_of(batch, looked.estate, questions.scope)
        unlooked += batch.unlooked
    return Contents(tuple(judgements), tuple(unlooked))


def home_of(looked: Looked, bucket: BucketPosture, *, on_aws: bool) -> Home:
    """A bucket, as what lies in it is asked about."""
    lock, target = bucket.told("object_lock"), looked.targets[bucket.address]
    refer = looked.refer(bucket.address)
    try:
        owner: str | None = owner_of(Asked(target, looked.outcomes, refer))
    except Undetermined:
        owner = None
    locks = lock.enabled if isinstance(lock, ObjectLock) else None
    waits = quarantine_of(looked.estate, bucket.address.partition(":")[2])
    return Home(
        bucket.address, target, refer, owner, on_aws, locks, is_shut=lambda key: waits(key) is not None
    )


def said_of(batch: Batch, estate: Estate, scope: Scope) -> Iterator[Judgement]:
    """What fails or is not decided of one page; of what passes nothing is kept."""
    if not batch.postures:
        return
    with_them = {**estate.postures, **{one.address: one for one in batch.postures}}
    around = replace(estate, postures=with_them)
    for one in judge(around, scope.selection, without=_beside_contents()):
        if facts_of.is_worth_saying(one.verdict):
            yield one


def _beside_contents() -> frozenset[str]:
    """The rules about anything but what lies in a bucket."""
    return frozenset(one.id for one in catalogue().values() if not issubclass(one.kind, KeyedPosture))
