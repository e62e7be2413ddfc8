"""What goes wrong in a run? A seed gives a schedule: the same seed always the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final, Literal, TypeAlias, get_args

from tests.servers.toxiproxy import Stream, Toxic

Extent: TypeAlias = Literal["account", "stack", "whole", "sound", "objects", "role"]
"""What is audited: see tests/faults/auditing.py."""
Engine: TypeAlias = Literal["fast", "sdk"]
"""What asks S3."""
Event: TypeAlias = Literal["a bucket vanishes", "a bucket appears", "a policy toggles"]
Kind: TypeAlias = Literal[
    "permission", "throttle", "bad answer", "lost answer", "corruption", "network", "time", "state"
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
EVENTS: Final[tuple[Event, ...]] = get_args(Event)
EXTENTS: Final[tuple[Extent, ...]] = get_args(Extent)
ENGINES: Final[tuple[Engine, ...]] = get_args(Engine)
_SETTINGS: Final = (
    "acl", "encryption", "lifecycle", "logging", "notification", "object-lock", "ownershipControls", "policy",
    "publicAccessBlock", "tagging", "uploads", "versioning", "website",
)  # fmt: skip
_OURS: Final = ("/small-prod-notes", "/small-prod-letters")
_ALL: Final = (*_OURS, "/left-alone", "/passing-by")
_BUCKETS: Final[Mapping[Extent, tuple[str, ...]]] = {
    "account": _ALL,
    "stack": _OURS,
    "whole": _ALL,
    "sound": ("/small-prod-letters",),
    "objects": ("/small-prod-notes", "/left-alone"),
    "role": _ALL,
}
"""Those that an audit of that extent looks at."""
_SERVICES: Final = ("sts", "cloudtrail", "cloudfront", "iam", "tagging")
_LISTINGS: Final = ("max-buckets", "uploads", "list-type")
_ATTEMPTS: Final = 3
_ROOMY: Final = 300
"""Seconds, for a run that is over long before."""
_SELDOM: Final = 0.3
_SLOW: Final = ("stall", "drip", "endless", "circle", "status:503", "status:429")
"""What ends by a clock: the deadline, or the rate at which whoever was throttled asks again."""
_MOST_REQUESTS: Final = 90
"""About as many as the longest of these audits makes."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that goes wrong, as tests/faults/proxy.py spells it."""

    spelling: str
    where: Mapping[str, str] = field(default_factory=dict)
    times: int | None = None
    """None: always."""
    spared: int = 0
    """So many of those that it is for go well before."""

    @property
    def is_steady(self) -> bool:
        """Whether it is the same in every run: it hangs on the request alone, and on no clock."""
        counted = self.times is not None or self.spared > 0
        return not counted and not self.spelling.startswith(_SLOW)


@dataclass(frozen=True, slots=True)
class Toxin:
    """One thing that is wrong with the network, as tests/servers/toxiproxy.py spells it."""

    kind: Toxic
    how: Mapping[str, int]
    stream: Stream = "downstream"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A run, and what goes wrong in it."""

    seed: int
    kind: Kind
    extent: Extent
    wrongs: tuple[Wrong, ...] = ()
    events: Mapping[int, tuple[Event, bool]] = field(default_factory=dict)
    """What happens before which request, and whether it is taken back there."""
    toxins: tuple[Toxin, ...] = ()
    cuts: tuple[int, ...] = ()
    """Before which requests the network breaks down, and is mended, by turns."""
    engine: Engine = "fast"
    deadline: int = 3
    """Seconds that the run is told to take at most."""
    hurried: bool = False
    """Whether the waiting between attempts is cut short, so that none falls behind the deadline."""

    @property
    def is_steady(self) -> bool:
        """Whether two runs under it see the same."""
        return (
            self.hurried
            and not (self.events or self.toxins or self.cuts)
            and all(one.is_steady for one in self.wrongs)
        )


def schedule(seed: int) -> Schedule:
    """The one of this seed. Eight that follow each other are of all kinds."""
    draw = Random(seed)  # noqa: S311 - to be the same again is what it is for
    kind = KINDS[seed % len(KINDS)]
    extent, engine = draw.choice(EXTENTS), draw.choice(ENGINES)
    if kind == "state":
        extent = draw.choice(("account", "whole", "sound"))
        return Schedule(seed, kind, extent, events=_events(draw), engine=engine)
    several = tuple(_DRAWN[kind](draw, extent) for _ in range(draw.choice((1, 1, 2, 3))))
    if all(one.is_steady for one in several):
        return Schedule(seed, kind, extent, several, engine=engine, deadline=_ROOMY, hurried=True)
    return Schedule(seed, kind, extent, several, engine=engine, hurried=draw.random() > _SELDOM)


def toxic(seed: int) -> Schedule:
    """The one of this seed in which the network is at fault, below all that speaks HTTP."""
    draw = Random(seed)  # noqa: S311 - to be the same again is what it is for
    extent, engine = draw.choice(EXTENTS), draw.choice(ENGINES)
    made = Schedule(seed, "network", extent, engine=engine, hurried=draw.random() > _SELDOM)
    if seed % 8 == 0:
        cuts = sorted(draw.sample(range(2, _MOST_REQUESTS), draw.choice((1, 2, 4))))
        return replace(made, cuts=tuple(cuts))
    toxins = (draw.choice(_TOXINS) for _ in range(draw.choice((1, 1, 2))))
    return replace(made, toxins=tuple({one.kind: one for one in toxins}.values()))


def _events(draw: Random) -> Mapping[int, tuple[Event, bool]]:
    """One thing that happens, and is taken back now and then."""
    event = draw.choice(EVENTS)
    moments = sorted(draw.sample(range(1, _MOST_REQUESTS), draw.choice((1, 2, 5))))
    return {moment: (event, number % 2 == 1) for number, moment in enumerate(moments)}


def _where(draw: Random, extent: Extent) -> Mapping[str, str]:
    """All requests, those of a bucket, those about a setting, or those to a service."""
    where = draw.choice(
        (
            {},
            {"path": draw.choice(_BUCKETS[extent])},
            {"query": draw.choice(_SETTINGS)},
            {"query": draw.choice(_SETTINGS), "path": draw.choice(_BUCKETS[extent])},
            {"query": draw.choice(_LISTINGS)},
            {"service": draw.choice(_SERVICES)},
            {"method": "HEAD"} if extent == "objects" else {"service": "s3"},
        )
    )
    return where | ({"action": "AssumeRole"} if extent == "role" and draw.random() < _SELDOM else {})


def _times(draw: Random) -> int | None:
    """Now and then for ever, or so often that some calls outlast it."""
    return draw.choice((None, None, None, 1, _ATTEMPTS, 10))


def _permission(draw: Random, extent: Extent) -> Wrong:
    return Wrong("status:403:AccessDenied", _where(draw, extent), _times(draw))


def _throttle(draw: Random, extent: Extent) -> Wrong:
    spelling = draw.choice(("status:503:SlowDown", "status:429:TooManyRequests", "status:503:"))
    return Wrong(spelling, _where(draw, extent), _times(draw))


def _bad_answer(draw: Random, extent: Extent) -> Wrong:
    spelling = draw.choice(
        (
            "empty200", "error200", "garbage", "html200", "html502", "wrongroot", "nan", "deep", "entity",
            "entityerror", "notoken", "noend", "sametoken", "circle", "endless", "bigbody:65",
            "status:404:", "status:500:InternalError", "status:501:NotImplemented", "status:409:Weird",
        )
    )  # fmt: skip
    return Wrong(spelling, _where(draw, extent), 1 if spelling.startswith("bigbody") else _times(draw))


def _lost_answer(draw: Random, extent: Extent) -> Wrong:
    return Wrong(draw.choice(("after", "dup", "reset")), _where(draw, extent), _times(draw))


def _corruption(draw: Random, extent: Extent) -> Wrong:
    return Wrong(draw.choice(("flip", "cut", "cutok", "cuthead")), _where(draw, extent), _times(draw))


def _network(draw: Random, extent: Extent) -> Wrong:
    spelling = draw.choice(("latency:10", "latency:150", "reset", "stall", "drip", "driphead"))
    return Wrong(spelling, _where(draw, extent), _times(draw), draw.choice((0, 0, 20)))


def _time(draw: Random, _extent: Extent) -> Wrong:
    """From some moment on nothing that is signed holds any more; a HEAD has no body to say so."""
    spelling = draw.choice(
        ("status:400:ExpiredToken", "status:403:RequestTimeTooSkewed", "status:403:RequestExpired")
    )
    return Wrong(spelling, spared=draw.randrange(_MOST_REQUESTS))


_TOXINS: Final = (
    Toxin("latency", {"latency": 20, "jitter": 20}),
    Toxin("latency", {"latency": 250, "jitter": 200}),
    Toxin("latency", {"latency": 60}, "upstream"),
    Toxin("bandwidth", {"rate": 2}),
    Toxin("bandwidth", {"rate": 30}),
    Toxin("slow_close", {"delay": 400}),
    Toxin("timeout", {"timeout": 0}),
    Toxin("timeout", {"timeout": 100}, "upstream"),
    Toxin("reset_peer", {"timeout": 0}),
    Toxin("reset_peer", {"timeout": 60}),
    Toxin("slicer", {"average_size": 8, "size_variation": 4, "delay": 1_000}),
    Toxin("slicer", {"average_size": 64, "size_variation": 32, "delay": 100}),
    Toxin("limit_data", {"bytes": 300}),
    Toxin("limit_data", {"bytes": 2_000}),
    Toxin("limit_data", {"bytes": 20_000}),
)
_DRAWN: Final[Mapping[Kind, Callable[[Random, Extent], Wrong]]] = {
    "permission": _permission,
    "throttle": _throttle,
    "bad answer": _bad_answer,
    "lost answer": _lost_answer,
    "corruption": _corruption,
    "network": _network,
    "time": _time,
}
