"""A Django project keeps its files by the contract, and its tests do without a server by one line."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.test import override_settings

from bucketwright.storage import AlreadyThere, Refused, Storage
from bucketwright.storage.frameworks.django_backend import ContractStorage
from bucketwright.storage.testing import in_memory
from tests.storage.contracts import PDF

Make = Callable[..., ContractStorage]


@pytest.fixture
def kept(contract_file: Path) -> Make:
    """The storage of a prefix."""

    def make(prefix: str) -> ContractStorage:
        return ContractStorage(prefix, contract_file, "dev")

    return make


@pytest.mark.requirement("AP-5")
def test_files_are_kept_as_the_contract_says(kept: Make) -> None:
    """Names begin with the values of the path, and come back as they were given."""
    begun, files = datetime.now(UTC), kept("files/documents")
    name = files.save("7/brief.pdf", ContentFile(PDF))
    with files.open(name) as file:
        content = file.read()

    assert (name, content, files.size(name)) == ("7/brief.pdf", PDF, len(PDF))
    assert files.prefix.at(case_id=7).info("brief.pdf").type == "application/pdf"
    assert files.exists(name)
    assert begun <= files.get_modified_time(name) <= datetime.now(UTC)
    files.delete(name)
    assert not files.exists(name)


@pytest.mark.parametrize("text", ["", "café ☃", "é" * 2_000_000], ids=["none", "short", "long"])
def test_text_is_written_as_bytes(kept: Make, text: str) -> None:
    """As Django's own storage does it."""
    files = kept("files/drafts")
    name = files.save("notes.txt", ContentFile(text))

    assert files.open(name).read() == text.encode()
    assert files.prefix.at().info(name).type == "text/plain; charset=utf-8"


def test_what_a_browser_says_of_a_type_is_not_believed(kept: Make) -> None:
    """Windows calls a table that Excel opens by Excel's type: it is what its name and its content say."""
    files = kept("files/drafts")
    name = files.save("rows.csv", SimpleUploadedFile("rows.csv", b"a,b\n1,2\n", "application/vnd.ms-excel"))

    assert files.prefix.at().info(name).type.startswith("text/csv")


@pytest.mark.requirement("AP-4")
def test_a_clash_is_the_contracts_to_decide(kept: Make) -> None:
    """An error, a suffix, or the newer one; never one of Django's own."""
    strict, suffixed, loose = kept("files/documents"), kept("files/papers"), kept("files/drafts")
    for one, name in ((strict, "7/a.pdf"), (suffixed, "a.pdf"), (loose, "a.pdf")):
        assert one.save(name, ContentFile(PDF)) == name
    with pytest.raises(AlreadyThere):
        strict.save("7/a.pdf", ContentFile(PDF))
    second = suffixed.save("a.pdf", ContentFile(PDF), max_length=20)

    assert second.startswith("a-")
    assert second.endswith(".pdf")
    assert loose.save("a.pdf", ContentFile(PDF + b"2")) == "a.pdf"
    assert loose.size("a.pdf") == len(PDF) + 1


def test_a_name_fits_into_its_column(kept: Make) -> None:
    """Also with the suffix that the contract may add."""
    files = kept("files/papers")
    given = ["a" * length + ".pdf" for length in (30, 26, 26, 17, 17)]
    names = [files.save(name, ContentFile(PDF), max_length=30) for name in given]

    assert max(map(len, names)) <= 30
    assert len(set(names)) == len(given)
    with pytest.raises(SuspiciousFileOperation):
        files.save("a" * 30 + ".pdf", ContentFile(PDF), max_length=12)


@pytest.mark.parametrize(
    ("prefix", "name", "content", "said"),
    [
        pytest.param("files/documents", "7/a.pdf", b"no pdf", "", id="content of another type"),
        pytest.param("files/documents", "x/a.pdf", PDF, "case_id must be", id="a value that does not fit"),
        pytest.param("files/documents", "7", PDF, "names are {case_id:int}/NAME", id="no name"),
        pytest.param("files/papers", "a.txt", b"text", "ends in none of .pdf", id="an extension"),
        pytest.param("files/drafts", "id_rsa", b"key", "no secrets", id="a secret"),
    ],
)
def test_what_the_contract_refuses_is_refused(
    kept: Make, prefix: str, name: str, content: bytes, said: str
) -> None:
    """With its own words."""
    with pytest.raises(Refused) as refused:
        kept(prefix).save(name, ContentFile(content))

    assert said in str(refused.value)


def test_folders_are_listed(kept: Make) -> None:
    """Those that values make, and those that names make."""
    files = kept("files/documents")
    for name in ("7/a.pdf", "7/x/b.pdf", "7/x/c.pdf", "9/d.pdf"):
        files.save(name, ContentFile(PDF))

    assert files.listdir("") == (["7", "9"], [])
    assert files.listdir("7") == (["x"], ["a.pdf"])
    assert files.listdir("7/x/") == ([], ["b.pdf", "c.pdf"])
    assert files.listdir("8") == ([], [])


def test_text_is_read_as_text_and_nothing_is_written_by_open(kept: Make) -> None:
    """What is not there is no file, as in any storage of Django."""
    files = kept("files/drafts")
    files.save("a.txt", ContentFile("één".encode()))
    with files.open("a.txt", "r") as file:
        assert file.read() == "één"

    with pytest.raises(Refused, match="save"):
        files.open("a.txt", "wb")
    for look in (files.open, files.size, files.get_modified_time):
        with pytest.raises(FileNotFoundError):
            look("none.txt")


@pytest.mark.requirement("AP-9")
def test_tests_of_a_project_swap_its_storage_by_one_line(
    contract_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The settings stay as they are, and so does what was kept before."""
    monkeypatch.setenv("BUCKETWRIGHT_CONTRACT", str(contract_file))
    monkeypatch.setenv("BUCKETWRIGHT_ENVIRONMENT", "dev")
    backend = f"{ContractStorage.__module__}.ContractStorage"
    default = {"BACKEND": backend, "OPTIONS": {"prefix": "files/drafts"}}
    with override_settings(STORAGES={"default": default}):
        default_storage.save("before.txt", ContentFile(b"text"))
        with in_memory():
            default_storage.save("note.txt", ContentFile(b"text"))

            assert not default_storage.exists("before.txt")
            assert Storage.open().prefix("files/drafts").at().get("note.txt") == b"text"

        assert default_storage.listdir("") == ([], ["before.txt"])


def test_a_field_of_a_model_keeps_its_file_there(kept: Make) -> None:
    """From the form to the row in the database and back."""
    files = kept("files/documents")

    class Brief(models.Model):
        file = models.FileField(storage=files, upload_to="7/")

        class Meta:
            app_label = "shelf"

        def __str__(self) -> str:
            return str(self.file)

    with connection.schema_editor() as editor:
        editor.create_model(Brief)
    Brief.objects.create(file=File(ContentFile(PDF), "my brief.pdf"))
    brief = Brief.objects.get()

    assert brief.file.name == "7/my_brief.pdf"
    assert brief.file.read() == PDF
    brief.file.close()


def test_a_migration_can_spell_it() -> None:
    """By its path and what it was made with, and without a contract at hand."""
    path, given, named = ContractStorage("files/drafts", environment="dev").deconstruct()  # type: ignore[attr-defined]  # the decorator adds it

    assert path == "bucketwright.storage.frameworks.django_backend.ContractStorage"
    assert (given, named) == (("files/drafts",), {"environment": "dev"})
