"""Does every prefix's stated life make sense: nothing moved too early or upwards, or deleted before?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bucketwright.contract.contradictions.scope import readable
from bucketwright.contract.lifecycle.classes import EARLIEST_DAYS, MINIMUM_STAY, REACHABLE, TARGETS, s3_class
from bucketwright.contract.lifecycle.validity import MOST_RULES
from bucketwright.contract.problems import Fault
from bucketwright.contract.temp import effective_expiry

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.prefixes import Prefix, Transition


def lives(bucket: "Bucket") -> Iterator[Fault]:
    """Contradictions within the retention of each prefix."""
    yield from readable(_aborts(bucket))
    for prefix_id, prefix in bucket.prefixes.items():
        for fault in readable(_life(prefix)):
            yield fault.under("prefixes", prefix_id)
    needed = _rules(bucket)
    if needed > MOST_RULES:
        message = f"these need {needed:,} lifecycle rules, and S3 takes {MOST_RULES:,} for a bucket"
        yield Fault(("prefixes",), message, (), "a retention of its own for fewer of them, or two buckets")


def _aborts(bucket: "Bucket") -> Iterator[Fault]:
    if bucket.abort_uploads < 1:
        yield Fault(("abort_uploads",), "unfinished uploads are removed after at least 1 day")


def _rules(bucket: "Bucket") -> int:
    """How many a bucket needs: moves that ask for a size stand apart, and two may speak of the whole bucket.

    Those two remove unfinished uploads, and delete markers with nothing below them.
    """
    if bucket.mfa_delete:
        return 0
    of_prefixes, ends_somewhere = 0, False
    for prefix in bucket.prefixes.values():
        old = prefix.noncurrent
        moves = bool(prefix.archive or (old is not None and old.archive))
        ends = effective_expiry(bucket, prefix) is not None or (old is not None and old.expire is not None)
        of_prefixes += moves + ends if prefix.archive_above is not None else (moves or ends)
        ends_somewhere = ends_somewhere or ends
    return of_prefixes + 1 + (ends_somewhere and bucket.versioning != "disabled")


def _life(prefix: "Prefix") -> Iterator[Fault]:
    if prefix.keep == "forever" and prefix.expire is not None:
        message = f"kept for ever, and deleted after {prefix.expire} days"
        yield Fault(("expire",), message, (), "remove keep or expire")
    yield from _course(prefix.archive, prefix.expire)
    noncurrent = prefix.noncurrent
    if noncurrent is not None:
        for fault in _course(noncurrent.archive, noncurrent.expire):
            yield fault.under("noncurrent")
        if noncurrent.expire is None and not noncurrent.archive:
            yield Fault(
                ("noncurrent",),
                "nothing is said of what becomes of old versions",
                ("expire", "archive"),
                "say expire, such as expire: 30 days",
            )
    yield from _archive_floor(prefix)


def _archive_floor(prefix: "Prefix") -> Iterator[Fault]:
    floor = prefix.archive_above
    if floor is None:
        return
    if not prefix.archive and not (prefix.noncurrent and prefix.noncurrent.archive):
        yield Fault(
            ("archive_above",), "a size for moving, and nothing moves", (), "say archive, or remove this"
        )
    elif prefix.max_size is not None and floor >= prefix.max_size:
        message = "nothing larger than this is allowed here, so nothing would ever move"
        yield Fault(("archive_above",), message, (), "a size below max_size")


def _course(steps: tuple["Transition", ...], expire: int | None) -> Iterator[Fault]:
    """The moves of one kind of object from class to class, and its end."""
    if expire == 0:
        yield Fault(("expire",), "the shortest life is 1 day")
    before: Transition | None = None
    for index, step in enumerate(steps):
        yield from (fault.under("archive", index) for fault in _step(before, step))
        before = step
    if before is None or not expire:
        return
    stay = MINIMUM_STAY.get(s3_class(before.to), 0)
    if expire <= before.after:
        message = (
            f"deleted after {expire} days, before or when it moves to {before.to} at {before.after} days"
        )
        yield Fault(("expire",), message, (), f"at least {before.after + max(stay, 1)} days, or no such move")
    elif expire - before.after < stay:
        message = (
            f"{before.to} is charged for at least {stay} days, and this deletes after {expire - before.after}"
        )
        yield Fault(("expire",), message, (), f"at least {before.after + stay} days")


def _step(before: "Transition | None", step: "Transition") -> Iterator[Fault]:
    target = s3_class(step.to)
    earliest = EARLIEST_DAYS.get(target, 0)
    if step.after < earliest:
        message = f"S3 moves objects to {step.to} only from {earliest} days on"
        yield Fault(("after",), message, (), f"at least {earliest} days")
    if before is None:
        return
    source = s3_class(before.to)
    stay = MINIMUM_STAY.get(source, 0)
    if target not in REACHABLE[source]:
        reachable = tuple(_word(name) for name in TARGETS if name in REACHABLE[source])
        yield Fault(("to",), f"S3 moves nothing from {before.to} to {step.to}", reachable)
    elif step.after <= before.after:
        message = f"moves must follow each other: {step.after} days is not after {before.after} days"
        yield Fault(("after",), message, (), f"at least {before.after + max(stay, 1)} days")
    elif step.after - before.after < stay:
        message = (
            f"{before.to} is charged for at least {stay} days, and this moves on after "
            f"{step.after - before.after}"
        )
        yield Fault(("after",), message, (), f"at least {before.after + stay} days")


def _word(name: str) -> str:
    return name.lower().replace("_", "-")
