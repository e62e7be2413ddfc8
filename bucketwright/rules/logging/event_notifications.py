from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.notifications import FRESH, Notifications, Target
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.rule import CHOSEN, Change, change, rule
from bucketwright.rules.statements import some_of
from bucketwright.verdicts import MEDIUM, Verdict, fails_if

_LONGEST: Final = 120
_QUEUE: Final = "arn:aws:sqs:us-west-2:111122223333:uploads"
_MADE: Final = ("s3:ObjectCreated:*",)
_PUT: Final = ("s3:ObjectCreated:Put",)
_BRIDGE: Final = Notifications(eventbridge=True)
_DECLARED: Final = declares(
    buckets={"example": {"notifications": {"targets": {"arn": _QUEUE, "events": [*_PUT, *_MADE]}}}}
)
_BRIDGED: Final = declares(buckets={"example": {"notifications": {"eventbridge": True}}})


def _told(*events: str, queue: str = _QUEUE, below: str = "", suffix: str = "") -> Notifications:
    return Notifications(targets=(Target("queue", queue, events, below, suffix),))


@rule(
    "event-notifications",
    severity=MEDIUM,
    tier=CHOSEN,
    maps_to=["FSBP S3.11"],
    reads=["notifications"],
    examples=lambda: [
        good(notifications=_BRIDGE),
        good(notifications=_told(*_PUT)),
        good(notifications=_told(*_MADE, *_PUT), around=_DECLARED),
        good(notifications=_told(*_MADE), around=_DECLARED),
        good(
            notifications=Notifications(
                targets=(*_told(*_PUT).targets, *_told("s3:ObjectRemoved:*", *_MADE).targets)
            ),
            around=_DECLARED,
        ),
        good(notifications=_BRIDGE, around=_BRIDGED),
        good(notifications=_BRIDGE, around=declares(buckets={"example": {}})),
        bad(notifications=FRESH),
        bad(notifications=FRESH, around=declares(buckets={"example": {}})),
        bad(notifications=FRESH, around=_BRIDGED),
        bad(notifications=_told(*_MADE), around=_BRIDGED),
        bad(notifications=_BRIDGE, around=_DECLARED),
        bad(notifications=_told(*_PUT), around=_DECLARED),
        bad(notifications=_told(*_MADE, queue=f"{_QUEUE}-2"), around=_DECLARED),
        bad(notifications=_told(*_MADE, below="tmp/"), around=_DECLARED),
        bad(notifications=_told(*_MADE, suffix=".pdf"), around=_DECLARED),
    ],
)
def event_notifications(bucket: BucketPosture, estate: Estate) -> Verdict:
    """Somebody is told when objects change, and everybody whom the contract names.

    **Why.** What nobody is told of is found when it is too late: a file that was never processed, a delete
    that nobody ordered. A listener that was taken out by hand leaves its queue empty, which looks like a
    quiet day.

    **Fix.** Name queues, topics and functions under `notifications: {targets: …}`, with their `events`, or
    say `notifications: {eventbridge: true}` and choose the listeners there. Then deploy again.

    **Exempt it when** nothing has to happen upon an object, as with logs that people search.
    """
    told, wanted = bucket.notifications, estate.intended(bucket)
    missing = tuple(_missing(told, FRESH if wanted is None else wanted.notifications))
    nobody = not missing and told == FRESH and "nobody is told of anything"
    return fails_if(*missing, nobody, expected="events told to EventBridge or a target, as declared")


@event_notifications.fix()
def tell(bucket: BucketPosture, estate: Estate) -> Change:
    """Tells all whom the contract names, or else EventBridge; whoever is told already goes on being told."""
    told, wanted = bucket.notifications, estate.intended(bucket)
    meant = FRESH if wanted is None else wanted.notifications
    bridge = told.eventbridge or meant.eventbridge or not (told.targets or meant.targets)
    return change(bucket, "notifications", Notifications(bridge, _merged(*told.targets, *meant.targets)))


def _merged(*targets: Target) -> tuple[Target, ...]:
    """Each once, told of all that it is told of."""
    events: dict[Target, set[str]] = defaultdict(set)
    for one in targets:
        events[_place(one)].update(one.events)
    return tuple(sorted(replace(place, events=tuple(sorted(told))) for place, told in events.items()))


def _missing(told: Notifications, meant: Notifications) -> Iterator[str]:
    if meant.eventbridge and not told.eventbridge:
        yield "EventBridge is told of nothing"
    for one in meant.targets:
        events = {event for other in told.targets if _place(other) == _place(one) for event in other.events}
        if lost := [event for event in one.events if events.isdisjoint({event, _family(event)})]:
            yield f"the {one.service} {shown(one.target, _LONGEST)} is not told of {some_of(lost)}"


def _place(one: Target) -> Target:
    """Who is told, of which objects."""
    return replace(one, events=())


def _family(event: str) -> str:
    """The event that means all of its kind."""
    return f"{event.rpartition(':')[0]}:*"
