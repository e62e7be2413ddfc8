"""Where do places lie, what is there, and what is told of it?"""

from uuid import UUID

import pytest

from bucketwright.contract.keys.variable_types import Value
from bucketwright.storage import Misconfigured, Refused
from bucketwright.storage.errors import Denied, StorageError
from bucketwright.storage.place import Place
from tests.storage.contracts import place, storage


@pytest.mark.requirement("CS-1")
@pytest.mark.requirement("CS-2")
@pytest.mark.requirement("AP-1")
@pytest.mark.parametrize(
    ("address", "values", "path"),
    [
        ("files/documents", {"case_id": 7}, "dev/cases/7/documents/"),
        ("files/documents", {"case_id": "7"}, "dev/cases/7/documents/"),
        ("files/exports", {"case_id": 0}, "dev/cases/0/exports/"),
        ("files/papers", {}, "papers/"),
        ("files/chunks", {"document_id": "a b"}, "chunks/a b/"),
        ("sessions/incoming", {"session_id": UUID(int=1)}, f"sessions/{UUID(int=1)}/"),
    ],
    ids=["number", "spelled number", "zero", "no variables", "text", "uuid"],
)
def test_where_a_place_lies(address: str, values: dict[str, Value], path: str) -> None:
    """Environment and values stand in the path as the contract spells it."""
    assert place(address, **values).path == path


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, r"needs case_id: its path is dev/cases/\{case_id:int\}/documents/"),
        ({"case": 7}, "needs case_id and knows no 'case'"),
        ({"case_id": 7, "batch": 1}, "knows no 'batch'"),
        ({"case_id": "07"}, "case_id must be a whole number without leading zeros, found '07'"),
        ({"case_id": -1}, "case_id must be a whole number"),
        ({"case_id": True}, "case_id must be a whole number"),
        ({"case_id": "1/../2"}, "case_id must be a whole number"),
        ({"case_id": None}, "case_id must be a whole number.*found nothing"),
    ],
    ids=["missing", "misspelt", "unknown", "zeros", "negative", "boolean", "a path", "nothing"],
)
def test_values_that_make_no_place(values: dict[str, Value], told: str) -> None:
    """Missing, unknown and unfit values are named, with what is wanted."""
    with pytest.raises(Refused, match=told):
        place("files/documents", **values)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("files/docments", "did you mean 'files/documents'"),
        ("documents", "has no prefix 'documents'"),
        ("files/\x1b[31m", r"has no prefix 'files/\\x1b"),
    ],
    ids=["misspelt", "no bucket", "hostile"],
)
def test_prefixes_that_are_not_declared(address: str, told: str) -> None:
    """The contract has the last word on what there is."""
    with pytest.raises(Misconfigured, match=told):
        storage().prefix(address)


@pytest.mark.requirement("CS-12")
def test_whether_something_is_there() -> None:
    """True, or False where nothing is; whatever else keeps from knowing is an error."""
    drafts = place("files/drafts")
    drafts.put("a.txt", b"text")
    assert drafts.exists("a.txt")
    assert not drafts.exists("b.txt")

    class Closed(Place):
        def info(self, name: str) -> None:  # type: ignore[override]  # it answers nobody
            raise Denied("these credentials may not read 'b.txt'")

    closed = Closed(drafts.there, drafts.path, {}, drafts.home)
    with pytest.raises(Denied):
        closed.exists("b.txt")


def test_lists() -> None:
    """Names below the place, in the order of their bytes; some by how they begin or where they come."""
    exports = place("files/exports", case_id=7)
    for name in ("b", "a/2", "a/1", "é", "B"):
        exports.put(name, b"text")
    storage().prefix("files/exports").at(case_id=70).put("other", b"text")

    assert [row.name for row in exports.list()] == ["B", "a/1", "a/2", "b", "é"]
    assert [row.name for row in exports.list("a/")] == ["a/1", "a/2"]
    assert [row.name for row in exports.list(after="a/1")] == ["a/2", "b", "é"]
    assert next(exports.list()).key == "dev/cases/7/exports/B"


def test_names_from_values() -> None:
    """A template of names makes them, and reads back what it made."""
    chunks = place("files/chunks", document_id="d")

    assert chunks.named(i=12) == "chunk_12.txt"
    chunks.put(chunks.named(i=12), b"text")
    assert chunks.get("chunk_12.txt") == b"text"
    with pytest.raises(Refused, match="i must be a whole number"):
        chunks.named(i="../x")
    with pytest.raises(Refused, match="i needs a value"):
        chunks.named()


@pytest.mark.requirement("CS-10")
def test_tags_that_lifecycle_goes_by() -> None:
    """Every write sets those the contract declares, and the one its lifecycle selects by."""
    exports = place("files/exports", case_id=7)
    exports.put("a.txt", b"text")

    assert exports.tags("a.txt") == {"kind": "export", "bucketwright:prefix": "exports"}


def test_every_error_is_a_storage_error() -> None:
    """One name catches them all, and each knows the key it is about."""
    with pytest.raises(StorageError) as caught:
        place("files/drafts").get("a.txt")
    assert caught.value.key == "drafts/a.txt"


def test_environments_share_no_place() -> None:
    """The same place in another environment is another one."""
    dev, prod = (storage(name).prefix("files/documents") for name in ("dev", "prod"))

    assert dev.at(case_id=7).path != prod.at(case_id=7).path
    assert dev.at(case_id=7).there.bucket != prod.at(case_id=7).there.bucket
    assert (dev.address, dev.variables) == ("files/documents", ("case_id",))
