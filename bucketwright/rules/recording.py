"""Does some trail record what is done, in every region and of every bucket?"""

from collections.abc import Iterator
from functools import partial
from typing import Final, Literal

from bucketwright.estate import TrailPosture
from bucketwright.facets.event_selectors import EVERY_BUCKET, Objects
from bucketwright.plain_text import shown
from bucketwright.posture import Estate, Undetermined, Unknown
from bucketwright.rules.one_of_several import faults_of_every
from bucketwright.rules.partly_known import Question, faults_of
from bucketwright.verdicts import Verdict, fails_if, not_applicable

Direction = Literal["reads", "writes"]
_EVERY_OBJECT: Final = Objects(EVERY_BUCKET)


def object_recording(estate: Estate, direction: Direction) -> Verdict:
    """Whether one trail records all reads, or all writes, of objects."""
    trails = tuple(estate.every(TrailPosture))
    if not trails and estate.lens == "planned":
        return not_applicable("the stack declares no trail")
    missed = faults_of_every(partial(_missed, one, direction) for one in trails)
    expected = f"a trail of every region that records {direction} of all objects"
    return fails_if(*missed, not trails and "there is no trail", expected=expected)


def trail_faults(trail: TrailPosture, *questions: Question) -> tuple[str, ...]:
    """What keeps a trail from recording wherever something happens, and what else is asked of it."""
    return faults_of(
        lambda: () if trail.logging else ("is stopped",),
        lambda: () if trail.multi_region else ("records one region alone",),
        *questions,
    )


def changes_missed(trail: TrailPosture) -> Iterator[str]:
    """Whether a trail leaves out calls that change settings of buckets."""
    about = [one for one in trail.selectors if one.about == "management" and one.writes]
    if not about:
        yield "records no changes of settings"
    elif all(one.narrowed for one in about):
        raise Undetermined("selectors", Unknown("which management events are left out is not told"))


def _missed(trail: TrailPosture, direction: Direction) -> tuple[str, ...]:
    missed = trail_faults(trail, partial(_objects_missed, trail, direction))
    return (f"trail {shown(trail.name)} {' and '.join(missed)}",) if missed else ()


def _objects_missed(trail: TrailPosture, direction: Direction) -> Iterator[str]:
    about = [one for one in trail.selectors if one.about == "objects" and getattr(one, direction)]
    every = [one for one in about if _EVERY_OBJECT in one.objects]
    if not about:
        yield f"records no {direction} of objects"
    elif not every:
        yield f"records {direction} of some objects only"
    elif all(one.narrowed for one in every):
        yield f"leaves out some {direction} of objects"
