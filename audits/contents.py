"""What of all that lies in the buckets breaks a rule, or cannot be decided?

Uploads that nobody finished are always looked at; objects where it is asked for. Each page is judged as it
comes, and only what is to be said of it is kept.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Final

from audits.live import Looked
from audits.object_facts import HIDDEN, Home
from audits.object_scan import Batch, Needed, Scan, Unlooked
from bucketwright.calls import Call, Outcome, Send
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.acl import owner_of
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.reading import Asked
from bucketwright.judging import Judgement, judge
from bucketwright.looking.needs import asked_rules
from bucketwright.looking.scope import Scope
from bucketwright.objects.postures import KeyedPosture, UploadPosture
from bucketwright.posture import Estate, Undetermined
from bucketwright.rules import catalogue
from bucketwright.s3.limits import Deadline
from bucketwright.s3.pool import ask
from bucketwright.verdicts import Fails, Undecided

_BUCKETS_AT_ONCE: Final = 8


@dataclass(frozen=True, slots=True)
class Contents:
    """What is to be said of what lies in the buckets."""

    judgements: tuple[Judgement, ...] = ()
    unlooked: tuple[Unlooked, ...] = ()


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked of the contents, by whom."""

    send: Send
    scope: Scope
    on_aws: bool
    """Whether it is Amazon's own S3."""
    deadline: Deadline

    def ask(self, calls: Iterable[Call]) -> dict[str, Outcome]:
        """Many calls at once."""
        return dict(ask(self.send, calls, deadline=self.deadline))


def contents(looked: Looked, questions: Questions) -> Contents:
    """Of all buckets that were asked about, some at a time."""
    rules = asked_rules(questions.scope)
    if not questions.scope.objects and not any(issubclass(one.kind, UploadPosture) for one in rules):
        return Contents()
    needed = Needed.by(rules)
    buckets = [one for one in looked.estate.every(BucketPosture) if one.address in looked.subjects]
    with ThreadPoolExecutor(_BUCKETS_AT_ONCE) as workers:
        found = list(workers.map(partial(_of_bucket, looked, questions, needed), buckets))
    return Contents(
        tuple(chain.from_iterable(one.judgements for one in found)),
        tuple(chain.from_iterable(one.unlooked for one in found)),
    )


def _of_bucket(looked: Looked, questions: Questions, needed: Needed, bucket: BucketPosture) -> Contents:
    scan = Scan(
        questions.send, questions.ask, home_of(looked, bucket, on_aws=questions.on_aws), looked.estate, needed
    )
    judgements: list[Judgement] = []
    unlooked: list[Unlooked] = []
    for batch in chain(scan.uploads(), scan.objects() if questions.scope.objects else ()):
        judgements += _said_of(batch, looked.estate, questions.scope)
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
    return Home(bucket.address, target, refer, owner, on_aws, locks)


def _said_of(batch: Batch, estate: Estate, scope: Scope) -> Iterator[Judgement]:
    """What fails or is not decided of one page; of what passes nothing is kept."""
    if not batch.postures:
        return
    with_them = {**estate.postures, **{one.address: one for one in batch.postures}}
    around = replace(estate, postures=with_them)
    for one in judge(around, scope.selection, without=_beside_contents()):
        if isinstance(one.verdict, Fails) or (isinstance(one.verdict, Undecided) and not _is_hidden(one)):
            yield one


def _is_hidden(one: Judgement) -> bool:
    """Whether it hangs on a customer's key, which one rule says of the object: no audit ever knows more."""
    return isinstance(one.verdict, Undecided) and one.verdict.reason == HIDDEN.reason


def _beside_contents() -> frozenset[str]:
    """The rules about anything but what lies in a bucket."""
    return frozenset(one.id for one in catalogue().values() if not issubclass(one.kind, KeyedPosture))
