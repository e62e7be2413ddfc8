"""Of which changes of a bucket's settings does somebody learn at once?"""

from collections.abc import Iterator
from functools import partial

from bucketwright.estate import AccountPosture, TrailPosture
from bucketwright.facets.account.policy_change_alarm import CHANGES, Watch
from bucketwright.plain_text import shown
from bucketwright.posture import Estate, Undetermined, Unknown
from bucketwright.rules.one_of_several import faults_of_every
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.recording import changes_missed, trail_faults
from bucketwright.rules.surely_wrong import is_surely_wrong


def unwatched(account: AccountPosture, estate: Estate) -> tuple[str, ...]:
    """The calls that set off no alarm, wherever they are made."""
    watches = account.policy_change_alarm
    return faults_of(*(partial(_unwatched, call, watches, estate) for call in sorted(CHANGES)))


def shortcomings(account: AccountPosture, estate: Estate) -> Iterator[str]:
    """What keeps filters that count such calls from being of use, where all of them are known."""
    for one in sorted(account.policy_change_alarm, key=lambda watch: watch.log_group):
        group = shown(one.log_group.rpartition(":")[2])
        if not one.alarmed:
            yield f"what the filter on log group {group} counts sets off no alarm at once"
        if is_surely_wrong(partial(_unfed, one.log_group, estate)):
            yield f"no trail sends all changes of every region to log group {group}"


def _unwatched(call: str, watches: frozenset[Watch], estate: Estate) -> tuple[str, ...]:
    missed = faults_of_every(partial(_missed, call, one, estate) for one in watches)
    return (call,) if missed or not watches else ()


def _missed(call: str, watch: Watch, estate: Estate) -> tuple[str, ...]:
    """Whether this watch tells nobody of the call."""
    if watch.doubt:
        raise Undetermined("policy_change_alarm", Unknown(watch.doubt))
    if call not in watch.calls or not watch.alarmed:
        return (call,)
    return _unfed(watch.log_group, estate)


def _unfed(log_group: str, estate: Estate) -> tuple[str, ...]:
    """Whether no trail sends all of it to a log group."""
    trails = tuple(estate.every(TrailPosture))
    missed = faults_of_every(partial(_kept_from, log_group, one) for one in trails)
    return (log_group,) if missed or not trails else ()


def _kept_from(log_group: str, trail: TrailPosture) -> tuple[str, ...]:
    return trail_faults(
        trail,
        partial(changes_missed, trail),
        lambda: () if trail.log_group == log_group else ("sends nothing there",),
    )
