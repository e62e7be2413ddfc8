"""Does a file that is made to do harm, or is no whole picture, do any?"""

import subprocess
import sys
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bucketwright.storage import Refused
from bucketwright.storage.patterns.images import Variant
from tests.storage.patterns.picturing import SMALL, corners, one, saved


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
