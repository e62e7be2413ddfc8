from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from bucketwright.estate import BucketPosture, FunctionPosture, QueuePosture, TopicPosture
from bucketwright.facets.bucket.notifications import Notifications, Service, Target
from bucketwright.facets.naming import NAMINGS
from bucketwright.facets.references import is_address
from bucketwright.plain_text import shown
from bucketwright.posture import Estate, Undetermined, Unknown
from bucketwright.rules.delivering import Destination, delivery_to, lets_in
from bucketwright.rules.example_access import deny
from bucketwright.rules.example_destinations import CALL, function, queue, sends, told, topic
from bucketwright.rules.example_sharing import OWN
from bucketwright.rules.examples import bad, good
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.rule import BASELINE, DEPLOYED, Change, change, rule
from bucketwright.rules.surely_wrong import is_surely_wrong
from bucketwright.verdicts import MEDIUM, Verdict, fails_if, not_applicable

_KINDS: Final[Mapping[Service, type[Destination]]] = {
    "queue": QueuePosture,
    "topic": TopicPosture,
    "function": FunctionPosture,
}
_PLAIN = {"Bool": {"aws:SecureTransport": "false"}}


@rule(
    "event-destination-dangling",
    severity=MEDIUM,
    tier=BASELINE,
    reads=["notifications", "queue.policy", "topic.policy", "function.permissions"],
    lenses=DEPLOYED,
    examples=lambda: [
        good(notifications=Notifications(eventbridge=True)),
        good(queue(sends()), notifications=told("queue")),
        good(queue(sends(), deny("*", "sqs:*", Resource="*", Condition=_PLAIN)), notifications=told("queue")),
        good(topic(sends("*", "sns:*")), notifications=told("topic")),
        good(function(CALL), notifications=told("function")),
        bad(notifications=told("queue", name="gone")),
        bad(queue(sends()), notifications=told("queue", "topic")),
        bad(queue(), notifications=told("queue")),
        bad(OWN, topic(sends(action="sqs:SendMessage")), notifications=told("topic")),
        bad(function(), queue(sends()), notifications=told("function", "queue")),
        bad(queue(sends(), deny("*", "sqs:*", Resource="*")), notifications=told("queue")),
    ],
)
def event_destination_dangling(bucket: BucketPosture, estate: Estate) -> Verdict:
    """Whoever is told of the bucket's objects is there, and lets S3 tell them.

    **Why.** What S3 cannot deliver it drops, and says so nowhere: the uploads are there, and the program that
    should have handled them waits. Anybody may make a queue or topic under a name that is free.

    **Fix.** Take what is gone out of `notifications`. Else let `s3.amazonaws.com` send to the queue, publish
    to the topic or call the function, tied by `aws:SourceArn` to the bucket. A contract gives S3 that right
    for functions of its own account; of a queue or a topic, its owner does. At preview it is judged of those
    that the stack makes: S3 tries the others when they are declared.

    **Exempt it when** the destination is being moved, until that is done.
    """
    targets = _targets(bucket, estate)
    if not targets:
        return not_applicable("no queue, topic or function is told of its objects that can be seen here")
    questions = (partial(_dangling, one, bucket, estate) for one in targets)
    return fails_if(*faults_of(*questions), expected="destinations that are there and let S3 in")


@event_destination_dangling.fix(is_safe=False)
def tell_no_more(bucket: BucketPosture, estate: Estate) -> Change:
    """Takes the destinations that cannot be told out of the notifications; no program is told of anything
    instead."""
    found = bucket.notifications
    questions = {one: partial(_dangling, one, bucket, estate) for one in found.targets}
    kept = tuple(one for one, question in questions.items() if not is_surely_wrong(question))
    return change(bucket, "notifications", replace(found, targets=kept))


def _targets(bucket: BucketPosture, estate: Estate) -> tuple[Target, ...]:
    """One for each destination; a plan shows nothing of those that it does not make."""
    several = {(one.service, one.target): one for one in bucket.notifications.targets}
    return tuple(one for one in several.values() if estate.lens != "planned" or is_address(one.target))


def _dangling(target: Target, bucket: BucketPosture, estate: Estate) -> Iterator[str]:
    """A lens names what it did not read; what it refers to besides, and does not show, is not there."""
    where = target.target
    is_named = is_address(where) or NAMINGS[target.service].named(where) is not None
    if is_named and where not in estate.postures and where not in estate.missing:
        yield f"there is no {shown(where)}"
        return
    destination = estate.follow(where, _KINDS[target.service])
    answer = lets_in(destination, delivery_to(destination, target.service, bucket, estate))
    if answer is None:
        raise Undetermined(where, Unknown("whether it lets S3 in depends on what is not known"))
    if not answer:
        yield f"{shown(where)} does not let S3 in"
