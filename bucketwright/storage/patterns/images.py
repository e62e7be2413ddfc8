"""How does an uploaded picture become what pages show? Upright, small, in WebP, without what else it told.

Pillow does it: `pip install "bucketwright[images]"`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final

from bucketwright.contract.keys.variable_types import TYPES, Value
from bucketwright.plain_text import shown
from bucketwright.storage.content import Data, Limits, given
from bucketwright.storage.errors import Misconfigured, Refused
from bucketwright.storage.extras import brought_by
from bucketwright.storage.patterns.creating import put_by_hash
from bucketwright.storage.place import Place

if TYPE_CHECKING:
    from PIL.Image import Image

    from bucketwright.storage.patterns.pictures import Picture

LARGEST: Final = 100_000_000
"""Bytes of a file that is read."""
_MOST_SIDE: Final = 16_383
"""WebP holds no longer one."""
_NAMING: Final = frozenset({TYPES["str"], TYPES["slug"]})


@dataclass(frozen=True, slots=True)
class Variant:
    """One size of a picture: the largest that fits into a box, and never larger than it was."""

    name: str
    width: int
    height: int
    quality: int = 80

    def __post_init__(self) -> None:
        sides = 1 <= self.width <= _MOST_SIDE and 1 <= self.height <= _MOST_SIDE
        if not sides or not 1 <= self.quality <= 100 or not TYPES["slug"].fits(self.name):
            raise Refused(
                f"{shown(self.name)} is no variant: its name is a slug, its sides are 1 to {_MOST_SIDE:,}, "
                "its quality is 1 to 100"
            )


VARIANTS: Final = (
    Variant("main", 1920, 1080, 85),
    Variant("large", 1200, 1200),
    Variant("medium", 600, 600),
    Variant("thumb", 150, 150),
)


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture in one size."""

    variant: str
    content: bytes
    width: int
    height: int
    frames: int
    """More than one where it moves."""


@dataclass(frozen=True, slots=True)
class Published:
    """A rendition that is stored."""

    name: str
    key: str
    width: int
    height: int


def renditions(data: Data, variants: Sequence[Variant] = VARIANTS) -> Iterator[Rendition]:
    """A picture in several sizes, one after the other; Refused where it is none, is damaged, or a bomb.

    The file is decoded once. Held are the pixels of one frame, and all frames in the largest size.
    """
    if not variants:
        raise Refused("a picture in no size at all is asked for")
    box = max(one.width for one in variants), max(one.height for one in variants)
    with given(data, Limits(LARGEST)) as body, body.opened() as file:
        seen = _reader()(file, box)
    for variant in variants:
        yield _rendered(seen, variant)


def put_renditions(
    place: Place, data: Data, variants: Sequence[Variant] = VARIANTS
) -> Mapping[str, Published]:
    """Store a picture in several sizes, each under a name with its hash; by the names of the variants.

    Where a place has names of its own, such as `{size:slug}.{hash:sha256}.webp`, they are taken.
    """
    return {one.variant: _published(place, one) for one in renditions(data, variants)}


def _reader() -> "Callable[[BinaryIO, tuple[int, int]], Picture]":
    with brought_by("images", "PIL", "reads pictures"):
        from bucketwright.storage.patterns.pictures import picture  # noqa: PLC0415 - brings Pillow
    return picture


def _rendered(seen: "Picture", variant: Variant) -> Rendition:
    frames = [_shrunk(frame, variant) for frame in seen.frames]
    first, *others = frames
    made = BytesIO()
    moving = {
        "save_all": True,
        "append_images": others,
        "duration": list(seen.durations),
        "loop": 0 if seen.loops else 1,
    }
    first.save(made, "WEBP", quality=variant.quality, **(moving if others else {}))
    return Rendition(variant.name, made.getvalue(), first.width, first.height, len(frames))


def _shrunk(frame: "Image", variant: Variant) -> "Image":
    if frame.width <= variant.width and frame.height <= variant.height:
        return frame
    small = frame.copy()
    small.thumbnail((variant.width, variant.height))
    return small


def _published(place: Place, one: Rendition) -> Published:
    digest = sha256(one.content).hexdigest()
    name = _name(place, one.variant, digest)
    put_by_hash(place, name, one.content, digest)
    return Published(name, place.path + name, one.width, one.height)


def _name(place: Place, variant: str, digest: str) -> str:
    if place.there.prefix.objects is None:
        return f"{variant}.{digest}.webp"
    keys = place.there.place.keys.variables
    free = {name: kind for name, kind in keys.items() if name not in place.values}
    values: dict[str, Value] = {name: digest for name, kind in free.items() if kind == TYPES["sha256"]}
    naming = [name for name, kind in free.items() if kind in _NAMING]
    if not values or len(naming) != 1 or len(values) + 1 != len(free):
        raise Misconfigured(
            f"{place.there.address} has no names for renditions: give it "
            'objects: "{size:slug}.{hash:sha256}.webp", or none'
        )
    return place.named(**values, **{naming[0]: variant})
