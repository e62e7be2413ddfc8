"""Is every picture shown as it is meant, small, and silent about whoever took it? Does no file do harm?"""

import subprocess
import sys
import zlib
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from bucketwright.contract.loading import read
from bucketwright.contract.model import Environment
from bucketwright.storage import Misconfigured, Refused, Storage
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.opened import Opened
from bucketwright.storage.patterns.images import VARIANTS, Rendition, Variant, put_renditions, renditions
from bucketwright.storage.place import Place

RED, GREEN, BLUE, GREY = (250, 0, 0), (0, 250, 0), (0, 0, 250), (128, 128, 128)
SMALL: Final = Variant("small", 60, 40)
TEXT: Final = """
project: shelf
region: eu-west-1
environments: {dev: {}}
buckets:
  media:
    prefixes:
      renditions:
        path: renditions/{image_id:uuid}/
        objects: "{size:slug}.{hash:sha256}.webp"
        types: [image/webp]
      any: {path: any/, write: overwrite}
      texts: {path: texts/, types: [text/plain]}
      numbered: {path: numbered/, objects: "{number:int}.webp"}
"""
_BACK: Final = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How an upright picture comes to lie in a file that says it has to be turned."""


def corners(size: tuple[int, int] = (240, 160)) -> Image.Image:
    """Red, green and blue in three corners, grey elsewhere."""
    made = Image.new("RGB", size, GREY)
    width, height = size
    draw = ImageDraw.Draw(made)
    draw.rectangle((0, 0, width // 3, height // 3), RED)
    draw.rectangle((width - width // 3, 0, width, height // 3), GREEN)
    draw.rectangle((0, height - height // 3, width // 3, height), BLUE)
    return made


def saved(image: Image.Image, form: str, **more: object) -> bytes:
    made = BytesIO()
    image.save(made, form, **more)
    return made.getvalue()


def one(data: bytes, variant: Variant = SMALL) -> Rendition:
    (made,) = renditions(data, [variant])
    return made


def seen(data: bytes, variant: Variant = SMALL) -> Image.Image:
    """What a reader sees of a rendition."""
    image = Image.open(BytesIO(one(data, variant).content))
    image.load()
    assert image.format == "WEBP"
    return image


def near(found: object, wanted: tuple[int, ...], by: int = 24) -> bool:
    return isinstance(found, tuple) and all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


@pytest.mark.requirement("FP-10")
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", _BACK)
def test_pictures_are_upright(form: str, orientation: int) -> None:
    """However the camera was held: as the EXIF says, and within the box as they are seen."""
    back = _BACK[orientation]
    upright = corners()
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = seen(saved(upright if back is None else upright.transpose(back), form, exif=exif))

    assert image.size == (60, 40)
    found = [image.convert("RGB").getpixel(at) for at in ((4, 4), (55, 4), (4, 35), (55, 35))]
    assert all(map(near, found, (RED, GREEN, BLUE, GREY)))


@pytest.mark.requirement("FP-10")
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "TIFF"])
def test_pictures_tell_nothing_else(form: str) -> None:
    """Not where they were taken, not by what, and no remark."""
    told = b"SECRET-PLACE"
    exif = Image.Exif()
    exif[0x010F] = told.decode()
    exif.get_ifd(0x8825)[29] = told.decode()
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", told.decode())
    xmp = b"<x:xmpmeta>" + told + b"</x:xmpmeta>"
    more: Mapping[str, Mapping[str, object]] = {
        "JPEG": {"exif": exif, "xmp": xmp, "comment": told},
        "PNG": {"exif": exif, "pnginfo": note},
        "WEBP": {"exif": exif, "xmp": xmp},
        "GIF": {"comment": told},
        "TIFF": {"exif": exif, "description": told.decode()},
    }
    data = saved(corners(), form, **more[form])
    made = one(data).content

    assert told in data
    assert told not in made
    assert chunks(made) <= {"ALPH", "VP8 ", "VP8L", "VP8X"}


def chunks(webp: bytes) -> set[str]:
    found, at = set(), 12
    while at < len(webp):
        size = int.from_bytes(webp[at + 4 : at + 8], "little")
        found.add(webp[at : at + 4].decode())
        at += 8 + size + size % 2
    return found


@pytest.mark.requirement("FP-10")
@given(
    st.integers(1, 300), st.integers(1, 300), st.integers(1, 200), st.integers(1, 200), st.sampled_from("RLP")
)
def test_pictures_fit_into_their_box(width: int, height: int, across: int, up: int, mode: str) -> None:
    """As large as fits, in their own shape, and never larger than they were."""
    modes = {"R": "RGB", "L": "L", "P": "P"}
    made = one(saved(Image.new(modes[mode], (width, height)), "PNG"), Variant("v", across, up))

    scale = min(1.0, across / width, up / height)
    assert abs(made.width - max(1, width * scale)) < 1
    assert abs(made.height - max(1, height * scale)) < 1
    assert (made.width, made.height) == (width, height) or made.width == across or made.height == up
    assert made.width <= across
    assert made.height <= up


@pytest.mark.requirement("FP-10")
def test_the_usual_variants() -> None:
    """A full picture at 1920 by 1080, and three smaller ones; decoded once."""
    data = saved(corners((3000, 2000)), "JPEG")

    assert [(made.variant, made.width, made.height) for made in renditions(BytesIO(data))] == [
        ("main", 1620, 1080),
        ("large", 1200, 800),
        ("medium", 600, 400),
        ("thumb", 150, 100),
    ]
    assert [(one.name, one.quality) for one in VARIANTS] == [
        ("main", 85),
        ("large", 80),
        ("medium", 80),
        ("thumb", 80),
    ]


@pytest.mark.requirement("FP-10")
@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_sixteen_bits(form: str) -> None:
    """Of each measure the upper eight bits, and not white for whatever is above 255."""
    assert near(seen(saved(Image.new("I;16", (90, 60), 0x4000), form)).getpixel((30, 20)), (64, 64, 64), 2)


@pytest.mark.requirement("FP-10")
@pytest.mark.parametrize(
    ("ink", "colour"),
    [((255, 0, 0, 0), (0, 255, 255)), ((0, 0, 0, 255), (0, 0, 0)), ((0, 0, 0, 0), (255,) * 3)],
)
def test_pictures_for_print(ink: tuple[int, ...], colour: tuple[int, ...]) -> None:
    """Four inks become three lights."""
    data = saved(Image.new("CMYK", (90, 60), ink), "JPEG")

    assert near(seen(data).getpixel((30, 20)), colour, 8)


@pytest.mark.requirement("FP-10")
def test_palettes_with_transparency() -> None:
    """What one can see through stays so."""
    image = corners().quantize(8)
    data = saved(image, "PNG", transparency=image.getpixel((230, 150)))
    found = seen(data)

    assert found.mode == "RGBA"
    assert near(found.getpixel((4, 4)), (*RED, 255))
    pixel = found.getpixel((50, 35))
    assert isinstance(pixel, tuple)
    assert pixel[3] == 0


@pytest.mark.requirement("FP-10")
def test_colours_of_another_space() -> None:
    """They are turned into those of the web before their profile goes; one that is broken is left out."""
    web = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = web.replace(b"rXYZ", b"swap", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"swap", b"gXYZ", 1)
    image = Image.new("RGB", (90, 60), (255, 0, 0))

    for profile, colour in ((web, (255, 0, 0)), (swapped, (0, 255, 0)), (b"no profile", (255, 0, 0))):
        assert near(seen(saved(image, "PNG", icc_profile=profile)).getpixel((30, 20)), colour, 8)


@pytest.mark.requirement("FP-10")
@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_moving_pictures_move(form: str) -> None:
    """All frames, as long as each is shown, over and over again."""
    frames = [Image.new("RGB", (120, 80), colour) for colour in (RED, GREEN, BLUE)]
    more = {"save_all": True, "append_images": frames[1:], "duration": [200, 100, 300], "loop": 0}
    made = one(saved(frames[0], form, **more))
    shown = Image.open(BytesIO(made.content))

    assert (made.frames, getattr(shown, "n_frames", 0), shown.size, shown.info["loop"]) == (3, 3, (60, 40), 0)
    for number, (colour, duration) in enumerate(zip((RED, GREEN, BLUE), (200, 100, 300), strict=True)):
        shown.seek(number)
        assert near(shown.convert("RGB").getpixel((30, 20)), colour)
        assert shown.info["duration"] == duration


def png(width: int, height: int, *extra: tuple[bytes, bytes]) -> bytes:
    """A PNG file that says it is so large, whatever is in it."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 2, 0, 0, 0))
    pieces = ((b"IHDR", head), *extra, (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    told = (
        len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
        for kind, body in pieces
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


def scans(number: int) -> bytes:
    """A JPEG file that goes over its pixels so often."""
    data = saved(corners(), "JPEG", progressive=True)
    start = data.rindex(b"\xff\xda")
    return data[:-2] + data[start:-2] * number + data[-2:]


def gif(number: int, size: tuple[int, int] = (1, 1)) -> bytes:
    frames = [Image.new("P", size, index % 2) for index in range(number)]
    return saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=20, optimize=False)


def apng(frames: int) -> bytes:
    """A moving PNG file that says it has so many frames of nine million pixels."""
    return png(3_000, 3_000, (b"acTL", frames.to_bytes(4, "big") + bytes(4)), (b"fcTL", bytes(26)))


@pytest.mark.requirement("FP-10")
@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(png(60_000, 60_000), "pixels|bomb", id="pixels in thousands of millions"),
        pytest.param(png(10_000, 5_001), "50,000,000 are the most", id="a little too many pixels"),
        pytest.param(saved(Image.new("L", (5_000, 4_001)), "WEBP", quality=1), "20,000,000 are", id="WebP"),
        pytest.param(
            png(9, 9, (b"iTXt", b"a\0\1\0\0\0" + zlib.compress(bytes(99_000_000)))),
            "damaged",
            id="a text of zeros",
        ),
        pytest.param(scans(80), "goes over its pixels", id="a JPEG that never ends"),
        pytest.param(gif(1_001), "more than 1,000 frames", id="frames without end"),
        pytest.param(apng(23), "23 frames or more", id="frames of many pixels"),
        pytest.param(gif(60, (1_000, 1_000)), "41 frames or more of 1000", id="frames that would be held"),
    ],
)
def test_bombs(data: bytes, why: str) -> None:
    """Small files that would be large are refused before they are."""
    assert len(data) < 2_000_000
    with pytest.raises(Refused, match=why):
        one(data, Variant("full", 1_000, 1_000))


@pytest.mark.requirement("FP-10")
@pytest.mark.parametrize("part", [0.05, 0.5, 0.98])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP"])
def test_pictures_that_are_cut_off(form: str, part: float) -> None:
    """They are said to be."""
    noise = Image.effect_noise((200, 150), 90).convert("RGB")
    data = saved(noise, form)

    with pytest.raises(Refused, match=r"cut off or damaged|no picture"):
        one(data[: int(len(data) * part)])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        b"%PDF-1.7",
        b"BM",
    ],
    ids=["nothing", "text", "SVG", "a program", "PDF", "hardly begun"],
)
def test_what_is_no_picture(data: bytes) -> None:
    """It is said which are."""
    with pytest.raises(Refused, match="no picture that can be read: JPEG, PNG"):
        one(data)


@cache
def samples() -> tuple[bytes, ...]:
    still = corners((40, 30))
    moving = {"save_all": True, "append_images": [still.rotate(90)]}
    return (
        *(saved(still, form) for form in ("JPEG", "PNG", "WEBP", "TIFF", "BMP")),
        *(saved(still, form, **moving) for form in ("GIF", "WEBP", "PNG")),
        saved(still.quantize(4), "GIF"),
        saved(still.convert("CMYK"), "TIFF", compression="tiff_lzw"),
    )


@settings(max_examples=200)
@given(st.data())
def test_no_file_brings_it_down(data: st.DataObject) -> None:
    """Whatever stands in a file: it is a picture, or it is refused."""
    sample = bytearray(data.draw(st.sampled_from(samples())))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(sample) - 1))
        sample[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    with suppress(Refused):
        assert one(bytes(sample)).width <= SMALL.width


_MEASURED: Final = """
import sys
from resource import RUSAGE_SELF, getrusage
from pathlib import Path
from bucketwright.storage.patterns.images import Variant, renditions
import bucketwright.storage.patterns.pictures
before = getrusage(RUSAGE_SELF).ru_maxrss
made = list(renditions(Path(sys.argv[1]), [Variant("small", 150, 150)]))
print(made[0].width, made[0].height, (getrusage(RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.requirement("FP-10")
def test_memory_is_bounded(tmp_path: Path) -> None:
    """Of a picture of 36 million pixels its own are held, one byte each here, and not once more in colour."""
    path = tmp_path / "large.png"
    Image.new("P", (6_000, 6_000)).save(path, compress_level=1)
    run = subprocess.run(  # noqa: S603 - this Python
        [sys.executable, "-c", _MEASURED, str(path)], capture_output=True, text=True, check=True
    )
    width, height, megabytes = map(int, run.stdout.split())

    assert (width, height) == (150, 150)
    assert megabytes < 110


def place(name: str, backend: Memory | None = None, **values: UUID) -> Place:
    storage = Storage(Opened(environment(), {"media": "media"}, lambda: backend or Memory()))
    return storage.prefix(f"media/{name}").at(**values)


@cache
def environment() -> Environment:
    return read(TEXT, "contract.yaml").environments["dev"]


@pytest.mark.requirement("FP-10")
@pytest.mark.requirement("FP-16")
@pytest.mark.parametrize(("name", "values"), [("renditions", {"image_id": UUID(int=7)}), ("any", {})])
def test_publishing(name: str, values: dict[str, UUID]) -> None:
    """Each variant is stored under its name and the hash of its content, however often it is published."""
    there = place(name, Memory(), **values)
    data = saved(corners(), "PNG")
    first, second = put_renditions(there, data), put_renditions(there, data)

    assert first == second
    assert {*first} == {"main", "large", "medium", "thumb"}
    thumb = first["thumb"]
    found = there.info(thumb.name)
    assert thumb.name == f"thumb.{found.sha256}.webp"
    assert (thumb.width, thumb.height, found.type) == (150, 100, "image/webp")
    assert found.cache_control == "max-age=31536000, immutable"
    assert len([*there.list()]) == 4


@pytest.mark.parametrize(("name", "error"), [("texts", Refused), ("numbered", Misconfigured)])
def test_places_for_something_else(name: str, error: type[Exception]) -> None:
    """The contract decides."""
    with pytest.raises(error):
        put_renditions(place(name), saved(corners(), "PNG"))


@pytest.mark.parametrize(
    ("name", "width", "height", "quality"),
    [
        ("", 1, 1, 80),
        ("A", 1, 1, 80),
        ("a", 0, 1, 80),
        ("a", 1, 16_384, 80),
        ("a", 1, 1, 0),
        ("a", 1, 1, 101),
    ],
)
def test_no_variants(name: str, width: int, height: int, quality: int) -> None:
    """They are refused before a picture is read."""
    with pytest.raises(Refused):
        Variant(name, width, height, quality)
    with pytest.raises(Refused):
        list(renditions(b"", []))


def test_without_pillow(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said what to install."""
    monkeypatch.setitem(sys.modules, "bucketwright.storage.patterns.pictures", None)

    with pytest.raises(Misconfigured, match=r"bucketwright\[images\]"):
        one(b"")
