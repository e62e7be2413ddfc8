"""Who reads what waits for a scan, who is kept from it, and how does the scanner learn of it?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bucketwright.contract.access.size import policy
from bucketwright.contract.access.statement import Condition, Json, Statement, allow, deny
from bucketwright.contract.names import bucket_region, derived_name, role_arn
from bucketwright.contract.partitions import partition_of
from bucketwright.contract.placement import Place, bucket_arn, places
from bucketwright.contract.remembering import remembered
from bucketwright.iam.patterns import matches
from bucketwright.iam.wildcards import without_variables

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment

LONGEST_QUEUE_NAME: Final = 80
_READ: Final = ("s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectVersionForReplication")
_RECEIVE: Final = (
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ReceiveMessage",
)


def quarantined(environment: "Environment", bucket_id: str) -> Iterator[Statement]:
    """For each quarantine a Deny for everybody but its scanner, whatever other policies say.

    A service comes without the ARN of a role, and a negated operator also holds where there is none: services
    are kept out, too.
    """
    arn, account = bucket_arn(environment, bucket_id), environment.account or "*"
    by_scanner: dict[str, list[str]] = {}
    for place in places(environment, bucket_id):
        if place.prefix.quarantine is not None:
            by_scanner.setdefault(place.prefix.quarantine.scanner, []).append(f"{arn}/{place.key_pattern}")
    for number, (scanner, keys) in enumerate(by_scanner.items(), start=1):
        role = role_arn(environment, scanner, account)
        but = {"ArnNotLike": {"aws:PrincipalArn": (role,)}}
        reading = deny(f"Quarantine{number}", _READ, keys, but)
        yield replace(reading, principal="*")


def quarantines(environment: "Environment", among: Iterable[str] | None = None) -> Iterator[Place]:
    """The prefixes where objects wait for a scan, in every bucket or in these."""
    for bucket_id in environment.buckets if among is None else sorted({*among} & environment.buckets.keys()):
        if any(prefix.quarantine for prefix in environment.buckets[bucket_id].prefixes.values()):
            found = places(environment, bucket_id)
            yield from (place for place in found if place.prefix.quarantine is not None)


@remembered
def quarantine_of(environment: "Environment", bucket_id: str) -> Callable[[str], Place | None]:
    """In which quarantine of the bucket a key waits: the policy lets nobody but its scanner read it."""
    shut = [(without_variables(one.key_pattern), one) for one in quarantines(environment, (bucket_id,))]

    def where(key: str) -> Place | None:
        return next((place for pattern, place in shut if matches(pattern, key)), None)

    return where


def queue_name(environment: "Environment", place: Place, *, dead: bool = False) -> str:
    """The name of the queue of arrivals in a quarantine, or of the one for those nobody could handle.

    A queue's name has no dot, and no id of the contract has an underscore.
    """
    what = f"{place.bucket_id}_{place.prefix_id}{'_dead' if dead else ''}"
    return derived_name(environment, what, LONGEST_QUEUE_NAME)


def queue_arn(environment: "Environment", place: Place, *, dead: bool = False) -> str:
    """The ARN of that queue; of any account where none is given."""
    region = bucket_region(environment, environment.buckets[place.bucket_id])
    name = queue_name(environment, place, dead=dead)
    return f"arn:{partition_of(region)}:sqs:{region}:{environment.account or '*'}:{name}"


def rule_name(environment: "Environment", place: Place) -> str:
    """The name of the rule that sends arrivals to the queue."""
    return derived_name(environment, f"{place.bucket_id}_{place.prefix_id}")


def queue_policy(environment: "Environment", place: Place, *, dead: bool = False) -> Json:
    """Only the rule of this quarantine sends to its queue; what it cannot deliver, to the other one."""
    region = bucket_region(environment, environment.buckets[place.bucket_id])
    account, name = environment.account, rule_name(environment, place)
    rule = f"arn:{partition_of(region)}:events:{region}:{account or '*'}:rule/{name}"
    tie: Condition = {
        "ArnLike": {"aws:SourceArn": rule},
        "StringEquals": {"aws:SourceAccount": account or "${aws:ResourceAccount}"},
    }
    sending = allow("Arrivals", ("sqs:SendMessage",), (queue_arn(environment, place, dead=dead),), tie)
    return policy([replace(sending, principal={"Service": ("events.amazonaws.com",)})])


def queue_statements(environment: "Environment", access_id: str) -> Iterator[Statement]:
    """What a scanner needs of the queues of its quarantines, which are among what it reads."""
    read = {ref.partition("/")[0] for ref in environment.access[access_id].refs("read")}
    watched = [
        queue_arn(environment, place)
        for place in quarantines(environment, read)
        if place.prefix.quarantine is not None and place.prefix.quarantine.scanner == access_id
    ]
    if watched:
        same_account: Condition = {"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}}
        yield allow("Queue", _RECEIVE, watched, {} if environment.account else same_account)
