"""Do renditions get where the contract wants them, under names that tell their content?"""

from functools import cache
from typing import Final
from uuid import UUID

import pytest

from bucketwright.contract.loading import read
from bucketwright.contract.model import Environment
from bucketwright.storage import Misconfigured, Refused, Storage
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.opened import Opened
from bucketwright.storage.patterns.images import put_renditions
from bucketwright.storage.place import Place
from tests.storage.patterns.picturing import corners, saved

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
