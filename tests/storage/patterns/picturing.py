"""Pictures for the tests of renditions, and what a reader sees of one."""

from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from bucketwright.storage.patterns.images import Rendition, Variant, renditions

RED, GREEN, BLUE, GREY = (250, 0, 0), (0, 250, 0), (0, 0, 250), (128, 128, 128)
SMALL: Final = Variant("small", 60, 40)


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
