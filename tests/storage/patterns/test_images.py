"""Is every picture shown as it is meant, small, and silent about whoever took it?"""

import sys
from collections.abc import Mapping
from io import BytesIO
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from bucketwright.storage import Misconfigured, Refused
from bucketwright.storage.patterns.images import VARIANTS, Variant, renditions
from tests.storage.patterns.picturing import BLUE, GREEN, GREY, RED, corners, near, one, saved, seen

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
    monkeypatch.setitem(sys.modules, "PIL", None)
    monkeypatch.delitem(sys.modules, "bucketwright.storage.patterns.pictures", raising=False)

    with pytest.raises(Misconfigured, match=r"bucketwright\[images\]"):
        one(b"")
