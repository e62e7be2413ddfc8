"""What opens a door stands in no log, no trace and no cache."""

import copy
import json
import logging
import pickle
from collections.abc import Callable, Mapping
from dataclasses import fields

import pytest

from bucketwright.storage import Storage
from bucketwright.storage.signing.link import Link
from bucketwright.storage.signing.signed import BrowserUpload, SignedCookies, SignedForm, SignedUrl
from tests.storage.signing.signed import ORIGIN, SECRET_KEY, edge_place, elliptic, place, private, storage

Signed = SignedUrl | SignedForm | SignedCookies
SIGNED: Mapping[str, Callable[[], Signed]] = {
    "link": lambda: place("files/documents", case_id=7).signed_get("a.pdf"),
    "PUT": lambda: place("files/documents", case_id=7).signed_put("a.pdf", Link(size=3)),
    "form": lambda: place("files/papers").signed_post("a.pdf"),
    "link of CloudFront": lambda: edge_place("media/site", elliptic(), name="a").signed_get("a.css"),
    "cookies": lambda: edge_place("media/site", elliptic(), name="a").signed_cookies(),
}


def secrets(value: Signed) -> list[str]:
    """Whatever signs, and the addresses that carry it."""
    parts = [getattr(value, one.name) for one in fields(value)]
    texts = [one for one in parts if isinstance(one, str) and "://" in one]
    held = [text for one in parts if isinstance(one, dict) for text in one.values()]
    signatures = [text.rpartition("ignature=")[2].partition("&")[0] for text in texts if "ignature=" in text]
    return [*texts, *signatures, *(text for text in held if len(text) > 40 and "/" not in text)]


@pytest.mark.requirement("AP-7")
@pytest.mark.parametrize("kind", SIGNED)
def test_nobody_sees_it_by_chance(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    """Not as text, in a container or formatted, and in no log, also not in those of the SDK."""
    with caplog.at_level(logging.DEBUG):
        value = SIGNED[kind]()
        logging.getLogger("app").warning("made %s, %r", value, {"link": value})
    shown = [
        str(value),
        repr(value),
        f"{value}",
        f"{[value]}",
        caplog.text,
        json.dumps({"a": value}, default=str),
    ]

    assert secrets(value)
    assert not [one for one in secrets(value) for text in shown if one in text]
    assert value.until.isoformat() in repr(value)


@pytest.mark.parametrize("kind", SIGNED)
@pytest.mark.parametrize(
    "kept", [pickle.dumps, copy.copy, copy.deepcopy], ids=["pickle", "copy", "deep copy"]
)
def test_it_is_not_kept(kind: str, kept: object) -> None:
    """Neither pickled nor copied."""
    assert callable(kept)
    with pytest.raises(TypeError, match="not pickled or copied"):
        kept(SIGNED[kind]())


def test_what_a_page_needs_is_json() -> None:
    """Asked for by name, and nothing else in it."""
    link = place("files/documents", case_id=7).signed_put("a.pdf", Link(size=3))
    form = place("files/papers").signed_post("a.pdf")

    assert json.loads(json.dumps(link.for_page())).keys() == {"method", "url", "headers", "until"}
    assert json.loads(json.dumps(form.for_page())).keys() == {"url", "fields", "most", "until"}


def test_the_keys_that_sign_are_hidden_too() -> None:
    """In the settings, in the storage and in what it holds."""
    told: Storage = storage(deliveries="{}", signing_key=private(elliptic()))
    signer = told.opened.backend.signer  # type: ignore[attr-defined]  # only servers have one

    for one in (told, signer, signer.edge, told.prefix("media/site")):
        assert "PRIVATE" not in repr(one)
        assert SECRET_KEY not in repr(one)


def test_an_unfinished_upload_may_be_kept() -> None:
    """It opens nothing by itself, so an application can note it."""
    upload = BrowserUpload("a.pdf", "id", 3, "write")

    assert pickle.loads(pickle.dumps(upload)) == upload  # noqa: S301 - our own bytes
    assert "write" not in repr(upload)
    assert ORIGIN not in repr(upload)
