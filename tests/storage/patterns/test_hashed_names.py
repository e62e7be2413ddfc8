"""Does every reader get the file that the manifest names, and is that the last one published?"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from hashlib import sha256
from typing import Final

import pytest

from bucketwright.contract.loading import read
from bucketwright.contract.model import Environment
from bucketwright.storage import Damaged, Misconfigured, Refused, Storage
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.content import given
from bucketwright.storage.opened import Opened
from bucketwright.storage.patterns.hashed_names import HashedNames, hashed_names
from bucketwright.storage.place import Place
from bucketwright.storage.stored import At, Attributes
from tests.storage.patterns.waiting_room import Meddling, calm, contents

TEXT: Final = """
project: shelf
region: eu-west-1
environments: {dev: {}}
buckets:
  files:
    prefixes:
      site: {path: "site/", delivery: cloudfront, extensions: [.css, .js, .tar.gz, .png], max_size: 1 MB}
      pages: {path: "pages/", delivery: cloudfront, write: overwrite}
      pointers: {path: "pointers/", types: [application/json], write: if-unchanged}
    cloudfront:
      signing_keys:
        one: |
          -----BEGIN PUBLIC KEY-----
          MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEW3sa8FwfqhGQtRAsWlEFw4jF6egi
          /pzBxqTuv6T1EVZKhmQqGvgTY0sB7uOrSXu5PgQLusXJ2qcxFgAeqP8EPA==
          -----END PUBLIC KEY-----
"""


@cache
def environment() -> Environment:
    return read(TEXT, "contract.yaml").environments["dev"]


def place(name: str, backend: Memory) -> Place:
    storage = Storage(Opened(environment(), {"files": "shelf"}, lambda: backend))
    return storage.prefix(f"files/{name}").at()


def site(backend: Memory | None = None) -> HashedNames:
    kept = backend or Memory()
    return hashed_names(place("site", kept), place("pointers", kept))


def hashed(stem: str, data: bytes, ending: str) -> str:
    return f"{stem}.{sha256(data).hexdigest()}{ending}"


@pytest.mark.requirement("FP-16")
def test_publishing() -> None:
    """Every file is there under its hash and cached for ever; the manifest is asked for anew each time."""
    here = site()
    names = here.publish({"app.css": b"a {}", "js/app.min.js": b"1", "all.tar.gz": b"\x1f\x8b1"})

    assert names == here.names()
    assert names == {
        "all.tar.gz": hashed("all", b"\x1f\x8b1", ".tar.gz"),
        "app.css": hashed("app", b"a {}", ".css"),
        "js/app.min.js": hashed("js/app.min", b"1", ".js"),
    }
    found = here.files.info(names["app.css"])
    assert (found.type, found.cache_control) == ("text/css; charset=utf-8", "max-age=31536000, immutable")
    assert here.manifest.info("manifest.json").cache_control == "no-cache"


@pytest.mark.requirement("FP-16")
def test_publishing_anew() -> None:
    """What changed has a new name, the old one can still be read, and the others stay."""
    here = site()
    before = here.publish({"app.css": b"a {}", "app.js": b"1"})
    after = here.publish({"app.css": b"b {}"})

    assert after == {**before, "app.css": hashed("app", b"b {}", ".css")}
    assert here.files.get(before["app.css"]) == b"a {}"
    assert here.publish({"app.js": b"1"}, whole=True) == {"app.js": before["app.js"]}


def test_nothing_changed() -> None:
    """Then nothing is written: not even the manifest."""
    here = site()
    here.publish({"app.css": b"a {}"})
    before = here.manifest.info("manifest.json")
    here.publish({"app.css": b"a {}"})

    assert here.manifest.info("manifest.json") == before


@pytest.mark.requirement("FP-16")
@pytest.mark.parametrize("step", range(16))
def test_publishing_is_cut_short(step: int) -> None:
    """At whatever moment: the manifest is whole, and names only what is there; the next one ends it."""
    backend = Meddling()
    here = site(backend)
    here.publish({"app.css": b"old {}", "app.js": b"0"})
    backend.interrupt(step)
    new = {"app.css": b"new {}", "app.js": b"1"}
    with suppress(KeyboardInterrupt):
        here.publish(new)
    backend.before = calm
    texts = [here.files.get(name) for name in here.names().values()]
    assert texts in ([b"old {}", b"0"], [b"new {}", b"1"])
    assert [here.files.get(name) for name in here.publish(new).values()] == [b"new {}", b"1"]


def test_many_publish_at_once() -> None:
    """Nobody's file is lost from the manifest."""
    here = site()
    files: list[Mapping[str, bytes]] = [{f"{number}.js": b"%d" % number} for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(here.publish, files))

    assert {*here.names()} == {f"{number}.js" for number in range(6)}


@pytest.mark.parametrize("name", ["pointers", "pages"])
def test_two_publish_for_the_first_time(name: str) -> None:
    """Whoever writes the first manifest in between is not written over, whatever the contract allows."""
    backend = Meddling()
    here = hashed_names(place("site", backend), place(name, backend), "names.json")
    puts: list[str] = []

    def meddle(told: str) -> None:
        puts.extend([told] if told == "put" else [])
        if len(puts) == 2:
            backend.before = calm
            here.publish({"b.css": b"b {}"})

    backend.before = meddle
    here.publish({"a.css": b"a {}"})

    assert {*here.names()} == {"a.css", "b.css"}


def test_one_place_for_both() -> None:
    """Where the contract lets its objects be replaced; the hashed ones never are."""
    pages = place("pages", Memory())
    here = hashed_names(pages, name="names.json")
    here.publish({"app.css": b"a {}"})
    before = pages.info(here.names()["app.css"])
    here.publish({"app.css": b"a {}", "b.css": b"b {}"})

    assert pages.info(here.names()["app.css"]) == before
    assert len(contents(pages)) == 3


def test_a_manifest_that_nobody_may_replace() -> None:
    """It is refused when it is opened."""
    with pytest.raises(Misconfigured, match="only creates"):
        hashed_names(place("site", Memory()))


@pytest.mark.parametrize("name", ["", "app", "app.exe", "../app.css", ".env", "a//b.css"])
def test_names_that_the_contract_does_not_allow(name: str) -> None:
    """Nothing is published of a set of files with one."""
    here = site()

    with pytest.raises(Refused):
        here.publish({name: b"a"})
    assert here.names() == {}


def test_other_content_under_the_name() -> None:
    """Somebody wrote it there: it is not published."""
    backend = Memory()
    here = site(backend)
    place("site", backend).put(hashed("app", b"a {}", ".css"), b"evil {}")

    with pytest.raises(Damaged, match="not the content"):
        here.publish({"app.css": b"a {}"})
    assert here.names() == {}


def test_the_very_content_of_another_tool() -> None:
    """Which noted no hash of it: it is published, and not called damaged."""
    backend = Memory()
    name = hashed("app", b"a {}", ".css")
    with given(b"a {}") as content:
        backend.put(At("shelf", f"site/{name}"), content, Attributes())

    assert site(backend).publish({"app.css": b"a {}"}) == {"app.css": name}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff", id="no text"),
        pytest.param(b"[" * 9_999, id="nested without end"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"{}", id="empty"),
        pytest.param(b'{"version": 1}', id="without names"),
        pytest.param(b'{"version": 2, "names": {}}', id="of another version"),
        pytest.param(b'{"version": 1, "names": [1]}', id="names in a list"),
        pytest.param(b'{"version": 1, "names": {"a": 1}}', id="a name that is a number"),
    ],
)
def test_what_is_no_manifest(text: bytes) -> None:
    """It is said, and not written over."""
    backend = Memory()
    here = site(backend)
    with given(text) as content:
        backend.put(At("shelf", "pointers/manifest.json"), content, Attributes())

    with pytest.raises(Damaged, match="no manifest"):
        here.names()
    with pytest.raises(Damaged, match="no manifest"):
        here.publish({"app.css": b"a {}"})
    assert here.manifest.get("manifest.json") == text


@pytest.mark.requirement("CS-13")
@pytest.mark.parametrize("name", ["credentials.json", "server.key", ".env", "terraform.tfstate"])
def test_a_hash_hides_no_secret(name: str) -> None:
    """What is called as a secret is refused by its own name, and nothing is stored."""
    kept = Memory()
    names = hashed_names(place("pages", kept), place("pointers", kept))

    with pytest.raises(Refused, match="no secrets are kept"):
        names.publish({name: b"x"})

    assert contents(place("pages", kept)) == {}
