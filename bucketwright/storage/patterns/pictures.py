"""What is to be seen in a file that somebody says is a picture? Within bounds, upright, nothing beside it.

Pillow reads it. Its own guard against bombs only warns at first, animations have none, and a file may make it
go over the same pixels again and again: here is a bound on each.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from typing import BinaryIO, Final

from PIL import Image, ImageCms, UnidentifiedImageError

from bucketwright.plain_text import clipped
from bucketwright.storage.errors import Refused

MOST_PIXELS: Final = 50_000_000
"""Of one picture, or of one frame of a moving one."""
MOST_PIXELS_AT_ONCE: Final = 20_000_000
"""The same in formats that are held several times while they are decoded."""
_AT_ONCE: Final = frozenset({"AVIF", "WEBP"})
MOST_FRAMES: Final = 1_000
_MOST_READ: Final = 200_000_000
"""Pixels of all frames, as they are in the file."""
_MOST_HELD: Final = 40_000_000
"""Pixels of all frames, as they are held: four bytes each."""
_MOST_SCANS: Final = 64
"""How often a JPEG file may go over all of its pixels; cameras and editors need about ten."""
_FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF")
_MOVING: Final = frozenset({"PNG", "GIF", "WEBP", "AVIF"})
_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING: Final = frozenset({5, 6, 7, 8})
_DEEP: Final = ("I", "I;16", "I;16L", "I;16B", "I;16N")
_STRIP: Final = 64
_DEFAULT_DURATION: Final = 100
_CHUNK: Final = 1024 * 1024
_BROKEN: Final = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, OSError,
    RuntimeError, SyntaxError, TypeError, ValueError, Warning, struct.error, Image.DecompressionBombError,
)  # fmt: skip
"""What Pillow raises of files that are not as they should be."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is to be seen: one frame, or several of a moving picture."""

    frames: tuple[Image.Image, ...]
    """In RGB or RGBA, by the colours of the web, upright."""
    durations: tuple[int, ...]
    """In milliseconds."""
    loops: bool
    """Whether it begins again for ever."""


def picture(file: BinaryIO, box: tuple[int, int]) -> Picture:
    """The picture, shrunk to fit into a box; Refused where it is none, is damaged or beyond all bounds."""
    _keep_scans(file)
    with _plainly(), Image.open(file, formats=_FORMATS) as image:
        _keep_pixels(image, _said_frames(image))
        frames, durations, held = [], [], 0
        for number in _frame_numbers(image):
            _keep_pixels(image, number + 1)
            frame = _frame(image, box)
            held += frame.width * frame.height
            if held > _MOST_HELD:
                raise Refused(
                    f"the picture has {number + 1} frames or more of {frame.width} by {frame.height}"
                )
            frames.append(frame)
            durations.append(_duration(image))
        return Picture(tuple(frames), tuple(durations), loops=image.info.get("loop", 1) == 0)


@contextmanager
def _plainly() -> Iterator[None]:
    """Whatever a decoder stumbles over is one thing to say."""
    try:
        yield
    except UnidentifiedImageError:
        known = ", ".join(_FORMATS)
        raise Refused(f"the file is no picture that can be read: {known} are") from None
    except _BROKEN as error:
        told = clipped(str(error) or type(error).__name__, 120)
        raise Refused(f"the picture is cut off or damaged: {told}") from None


def _frame_numbers(image: Image.Image) -> Iterator[int]:
    """Stands on one frame after the other; never asks how many there are, for that is to read all of them."""
    for number in count() if image.format in _MOVING else range(1):
        if number == MOST_FRAMES:
            raise Refused(f"the picture has more than {MOST_FRAMES:,} frames")
        if number:
            try:
                image.seek(number)
            except EOFError:
                return
        yield number


def _said_frames(image: Image.Image) -> int:
    """How many frames it says it has; GIF files do not."""
    said = getattr(image, "n_frames", 1) if image.format in _MOVING - {"GIF"} else 1
    return said if isinstance(said, int) else 1


def _keep_pixels(image: Image.Image, frames: int) -> None:
    """Raises where it has too many pixels in a frame, or in this many."""
    pixels, most = (
        image.width * image.height,
        MOST_PIXELS_AT_ONCE if image.format in _AT_ONCE else MOST_PIXELS,
    )
    if pixels > most:
        raise Refused(f"the picture has {image.width:,} by {image.height:,} pixels: {most:,} are the most")
    if pixels * frames > _MOST_READ:
        raise Refused(
            f"the picture has {frames:,} frames or more of {image.width:,} by {image.height:,} pixels"
        )


def _frame(image: Image.Image, box: tuple[int, int]) -> Image.Image:
    """The frame it stands on."""
    width, height = _fitting(image, _lying(image, box))
    image.draft(None, (2 * width, 2 * height))
    image.load()
    room = _lying(image, box)  # TIFF files are upright once they are loaded
    small = _reduced(image, _factor(image, room))
    small.thumbnail(room, Image.Resampling.LANCZOS)
    seen = _in_srgb(small, image.info.get("icc_profile"))
    turn = _TURNS.get(_orientation(image))
    upright = seen if turn is None else seen.transpose(turn)
    upright.info.clear()
    return upright


def _orientation(image: Image.Image) -> int:
    said = image.getexif().get(_ORIENTATION)
    return said if isinstance(said, int) else 1


def _lying(image: Image.Image, box: tuple[int, int]) -> tuple[int, int]:
    """The box as the picture lies in the file."""
    return (box[1], box[0]) if _orientation(image) in _LYING else box


def _fitting(image: Image.Image, room: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, room[0] / image.width, room[1] / image.height)
    return max(1, round(image.width * scale)), max(1, round(image.height * scale))


def _factor(image: Image.Image, room: tuple[int, int]) -> int:
    """By how much it can be reduced, and still be twice as large as it has to be."""
    return max(
        1,
        min(image.width // (2 * min(room[0], image.width)), image.height // (2 * min(room[1], image.height))),
    )


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """A smaller copy in a mode that can be shrunk well, made strip by strip: no other full one is held."""
    mode = _mode(image)
    size = -(-image.width // factor), -(-image.height // factor)
    small = Image.new(mode, size)
    for top in range(0, image.height, _STRIP * factor):
        strip = image.crop((0, top, image.width, min(top + _STRIP * factor, image.height)))
        small.paste(_plain(strip, mode).reduce(factor), (0, top // factor))
    return small


def _mode(image: Image.Image) -> str:
    if image.mode == "F":
        raise Refused("the picture is measured in fractions, which no page shows")
    if image.mode in {"CMYK", "L", "RGB"} and not image.has_transparency_data:
        return image.mode
    if image.mode in _DEEP:
        return "L"
    return "RGBA" if image.has_transparency_data else "RGB"


def _plain(strip: Image.Image, mode: str) -> Image.Image:
    """In that mode; of sixteen bits the upper eight."""
    if strip.mode in _DEEP:
        return strip.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return strip if strip.mode == mode else strip.convert(mode)


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """By the colours of the web; as they stand there where the file's own are not to be understood."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if isinstance(profile, bytes):
        with suppress(ImageCms.PyCMSError, *_BROKEN):
            own, web = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(image, own, web, outputMode=mode)
            if turned is not None:
                return turned
    return image if image.mode == mode else image.convert(mode)


def _duration(image: Image.Image) -> int:
    said: object = image.info.get("duration")
    return int(said) if isinstance(said, int | float) and 1 <= said < 2**24 else _DEFAULT_DURATION


def _keep_scans(file: BinaryIO) -> None:
    """Raises where a JPEG file would have its pixels gone over far too often."""
    file.seek(0)
    is_jpeg, scans, last = file.read(2) == b"\xff\xd8", 0, b""
    while is_jpeg and (piece := file.read(_CHUNK)):
        scans += (last + piece).count(b"\xff\xda")
        last = piece[-1:]
        if scans > _MOST_SCANS:
            raise Refused(f"the picture goes over its pixels more than {_MOST_SCANS} times")
    file.seek(0)
