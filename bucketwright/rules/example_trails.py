"""What do trails look like in the examples of rules?"""

from typing import Final

from bucketwright.estate import TrailPosture
from bucketwright.facets.event_selectors import EVERY_BUCKET, MANAGEMENT, Objects, Selector
from bucketwright.rules.examples import Example, bad, good

ALL_OBJECTS: Final = frozenset({Objects(EVERY_BUCKET)})
READS: Final = Selector("objects", writes=False, objects=ALL_OBJECTS)
WRITES: Final = Selector("objects", reads=False, objects=ALL_OBJECTS)
BOTH: Final = Selector("objects", objects=ALL_OBJECTS)
ABROAD: Final = frozenset({"bucket:archive"})
"""The bucket of another account."""
SOME: Final = Selector("objects", objects=frozenset({Objects("bucket:files"), Objects(EVERY_BUCKET, "a/")}))
MOST: Final = Selector("objects", objects=ALL_OBJECTS, narrowed=True)


def trail(*selectors: Selector, name: str = "main", **facts: object) -> TrailPosture:
    """A trail of every region that is recording these events, sent to log group `trail`; or otherwise."""
    usual = {
        "log_group": "log_group:trail",
        "logging": True,
        "multi_region": True,
        "selectors": frozenset(selectors or {MANAGEMENT}),
    }
    return TrailPosture(f"trail:{name}", name, {**usual, **facts})


def recordings(asked: Selector, other: Selector) -> tuple[Example, ...]:
    """Accounts whose trails record the events that are asked for, all of them or not, and the other ones."""
    return (
        good(trail(MANAGEMENT, BOTH)),
        good(trail(asked)),
        good(trail(MOST, SOME, asked)),
        good(trail(BOTH, logging=False), trail(BOTH, name="second")),
        bad(trail()),
        bad(trail(other)),
        bad(trail(SOME)),
        bad(trail(MOST, SOME)),
        bad(trail(BOTH, logging=False)),
        bad(trail(BOTH, multi_region=False), trail(MANAGEMENT, name="second")),
    )
