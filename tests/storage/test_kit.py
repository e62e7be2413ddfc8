"""Do the tests of an application need no more than one line?"""

from pathlib import Path

import pytest

from bucketwright.storage import Settings, Storage
from bucketwright.storage.testing import in_folder, in_memory
from tests.storage.contracts import contract

APPLICATION = Storage.open(contract(), "dev", Settings(endpoint_url="http://127.0.0.1:1"))
"""Opened on a server that is not there, as applications open theirs when they are loaded."""


def save() -> None:
    """What an application does."""
    APPLICATION.prefix("files/drafts").at().put("a.txt", b"text")


@pytest.mark.requirement("AP-5")
@pytest.mark.requirement("AP-9")
def test_one_line_for_memory() -> None:
    """What is open already, and what is opened then, keeps its objects there, and nowhere afterwards."""
    with in_memory():
        save()
        APPLICATION.check()
        again = Storage.open(contract(), "dev", Settings())
        assert again.prefix("files/drafts").at().get("a.txt") == b"text"
    with in_memory():
        assert not APPLICATION.prefix("files/drafts").at().exists("a.txt")


@pytest.mark.requirement("AP-9")
def test_one_line_for_a_folder(tmp_path: Path) -> None:
    """The same, and the objects stay in the folder."""
    with in_folder(tmp_path):
        save()
    with in_folder(tmp_path):
        assert APPLICATION.prefix("files/drafts").at().get("a.txt") == b"text"

    kept = Storage.in_folder(contract(), tmp_path, "dev")
    assert kept.prefix("files/drafts").at().get("a.txt") == b"text"


def test_blocks_within_blocks() -> None:
    """The inner one holds, and then the outer one again."""
    drafts = APPLICATION.prefix("files/drafts").at()
    with in_memory():
        save()
        with in_memory():
            assert not drafts.exists("a.txt")
        assert drafts.exists("a.txt")


def test_a_block_that_fails_is_over() -> None:
    """Whatever ends it, the storage is again where it was."""

    def fails() -> None:
        with in_memory():
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    with in_memory() as backend:
        assert APPLICATION.opened.backend is backend
    assert APPLICATION.opened.backend is not backend
