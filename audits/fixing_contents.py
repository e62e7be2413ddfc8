"""Which changes would end the findings about what lies in the buckets? Page after page, none of them held."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, groupby

from audits.contents import Questions, said_of
from audits.fixing import NOT_DECLARED, Left
from audits.fixing_ground import ground_of
from audits.fixing_lanes import Lanes, each
from audits.fixing_objects import Broken, Planned, Within, plan_one
from audits.fixing_things import Ground
from audits.live import Looked
from audits.object_scan import Needed, Scan, Unlooked
from bucketwright.calls import Send
from bucketwright.estate import BucketPosture
from bucketwright.findings import Finding, finding_of
from bucketwright.looking.needs import asked_rules
from bucketwright.objects.postures import KeyedPosture
from bucketwright.posture import Estate

KINDS = frozenset(one.kind for one in KeyedPosture.__subclasses__())


@dataclass(frozen=True, slots=True)
class Page:
    """What is to be said of some of what lies in a bucket."""

    bucket: BucketPosture
    broken: tuple[Broken, ...] = ()
    """What counts."""
    undecided: int = 0
    unlooked: tuple[Unlooked, ...] = ()

    @property
    def unknown(self) -> int:
        """How much of it is not known."""
        return self.undecided + len(self.unlooked)


@dataclass(frozen=True, slots=True)
class Planning:
    """By what changes inside buckets are planned."""

    looked: Looked
    now: datetime
    on_aws: bool
    in_place: bool
    """Whether the server changes the encryption of an object without a copy."""
    read: Send
    lanes: Lanes
    delete_old: bool = False
    intended: Estate | None = None
    """What the contract declares; None where there is none."""

    def ground(self, bucket: BucketPosture) -> Ground:
        """A bucket, as its things are changed."""
        return ground_of(self.looked, bucket, self.now, on_aws=self.on_aws, in_place=self.in_place)

    def planned(self, page: Page) -> Iterator[Planned | Left]:
        """What ends the findings of a page, in the order of the page."""
        looked, intended = self.looked, self.intended
        if intended is not None and page.bucket.address not in intended.postures:
            yield from (Left(finding, NOT_DECLARED) for _, finding in page.broken)
            return
        within = Within(
            self.ground(page.bucket),
            looked.estate,
            lambda address: looked.resolve(address, "arn"),
            self.read,
            self.delete_old,
        )
        by_thing = sorted(page.broken, key=lambda one: one[0].posture.address)
        groups = [tuple(group) for _, group in groupby(by_thing, lambda one: one[0].posture.address)]
        made = dict(each(lambda one: (one[0], _plan(one[1], within)), enumerate(groups), self.lanes))
        for number, group in enumerate(groups):
            yield from made.get(number, (Left(finding, self.lanes.why_closed) for _, finding in group))


def pages(looked: Looked, questions: Questions, is_meant: Callable[[Finding], bool]) -> Iterator[Page]:
    """Bucket after bucket; of no page anything is held once the next one comes."""
    rules = [one for one in asked_rules(questions.scope) if one.kind.kind in KINDS]
    for bucket in looked.estate.every(BucketPosture):
        if rules and bucket.address in looked.subjects:
            home = questions.home(looked, bucket)
            scan = Scan(questions.send, questions.ask, home, looked.estate, Needed.by(rules))
            for batch in chain(scan.uploads(), scan.objects() if questions.scope.objects else ()):
                said = ((one, finding_of(one)) for one in said_of(batch, looked.estate, questions.scope))
                meant = [pair for pair in said if is_meant(pair[1])]
                yield Page(
                    bucket,
                    tuple(pair for pair in meant if pair[1].status == "fail"),
                    sum(finding.status == "unknown" for _, finding in meant),
                    batch.unlooked,
                )


def _plan(broken: tuple[Broken, ...], within: Within) -> tuple[Planned | Left, ...]:
    posture = broken[0][0].posture
    return plan_one(posture, broken, within) if isinstance(posture, KeyedPosture) else ()
