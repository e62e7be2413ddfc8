"""What puts back what a fix changed: what its journal holds, the last change first, each one once."""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass

from audits.fixing_apply import Hands, refusal
from audits.fixing_journal import Journal
from audits.fixing_lanes import Lanes, each
from audits.fixing_one import ContentDone, Told, made
from audits.fixing_record import TOUCHED, Begun, Record, Setting
from audits.fixing_things import ContentFix, Ground
from bucketwright.calls import Failure
from bucketwright.s3.limits import Deadline


@dataclass(frozen=True, slots=True)
class PutBack:
    """What became of a setting."""

    setting: Setting
    reason: str = ""
    """Why it is not put back."""


def settings_of(record: Record) -> Iterator[Setting]:
    """Those that were changed, or may have been, the last first."""
    return (one for one in reversed(record.settings) if record.state(one.number) in TOUCHED)


def contents_of(record: Record) -> Iterator[ContentFix]:
    """The changes inside buckets that were made, or may have been."""
    return record.fixes(*TOUCHED)


def can_be_undone(record: Record) -> bool:
    """Whether anything was changed, or may have been, that something puts back."""
    return any(one.back for one in settings_of(record)) or any(
        not one.irrevocable for one in contents_of(record)
    )


def put_settings_back(record: Record, hands: Hands, journal: Journal) -> Iterator[PutBack]:
    """Each as it is done."""
    for setting in settings_of(record):
        if not setting.back:
            yield PutBack(setting, setting.irrevocable)
            continue
        journal.undoing(setting.number)
        reason = _put_back(setting, hands)
        journal.undone(setting.number, "refused" if reason else "made", reason)
        yield PutBack(setting, reason)


def _put_back(setting: Setting, hands: Hands) -> str:
    for write in setting.back:
        outcome = hands.write(write.call)
        if isinstance(outcome, Failure) and outcome.code not in write.harmless:
            return refusal(write, outcome)
    return ""


@dataclass(frozen=True, slots=True)
class Yard:
    """Where things in buckets are changed, by whom, some at a time."""

    grounds: Mapping[str, Ground]
    """By what the buckets are called."""
    hands: Hands
    journal: Journal
    lanes: Lanes
    deadline: Deadline

    def ground(self, fix: ContentFix) -> Ground | ContentDone:
        """That of a change."""
        missing = ContentDone(fix, "not tried", "its bucket is not there, or was not looked at")
        return self.grounds.get(fix.thing.bucket, missing)

    def each(
        self, work: Callable[[ContentFix], ContentDone], fixes: Iterator[ContentFix]
    ) -> Generator[ContentDone, None, None]:
        """What comes of each change, as it comes."""
        return each(work, fixes, self.lanes, self.deadline)


def apply_contents(record: Record, yard: Yard, *states: int) -> Generator[ContentDone, None, None]:
    """The changes inside buckets that came no further than that, each as it is made."""
    journal = yard.journal
    told = Told(journal.begin, journal.upload)

    def work(fix: ContentFix) -> ContentDone:
        ground = yard.ground(fix)
        if isinstance(ground, ContentDone):
            return ground
        done = made(fix, ground, yard.hands, told, record.known(fix.number))
        if done.content not in ("", fix.etag):
            journal.left(fix.number, done.content)
        journal.end(fix.number, done.state, done.reason, done.calls)
        return done

    return yard.each(work, record.fixes(*states))


def put_contents_back(record: Record, yard: Yard) -> Generator[ContentDone, None, None]:
    """Each as it is done; what somebody changed since is left alone."""
    journal = yard.journal
    told = Told(lambda number, _: journal.undoing(number), journal.upload)

    def work(fix: ContentFix) -> ContentDone:
        ground = yard.ground(fix)
        if isinstance(ground, ContentDone):
            return ground
        if fix.irrevocable:
            return ContentDone(fix, "not tried", fix.irrevocable)
        begun = Begun(upload=record.begun.get(fix.number, Begun()).upload, content=record.left(fix))
        done = made(fix.back, ground, yard.hands, told, begun)
        if done.content and not done.is_made:
            journal.left(fix.number, done.content)
        journal.undone(fix.number, done.state, done.reason)
        return done

    return yard.each(work, contents_of(record))
