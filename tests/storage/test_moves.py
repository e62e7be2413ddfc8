"""Does an object get to another place by its rules, and is none lost on the way?"""

import pytest

from bucketwright.storage import NotFound, Refused, Said
from bucketwright.storage.errors import AlreadyThere, Changed, Denied
from bucketwright.storage.stored import At, Attributes
from tests.storage.contracts import PDF, beside, place
from tests.storage.kept import content


def test_copying_takes_the_rules_of_the_new_place() -> None:
    """Its tags, types and modes hold; metadata and type come along; the old one stays."""
    drafts = place("files/drafts")
    drafts.put("a.txt", b"text", Said(metadata={"who": "me"}, file_name="b.txt"))
    exports = beside(drafts, "files/exports", case_id=7)
    copied = drafts.copy("a.txt", to=exports, as_name="b.txt")
    found = exports.info("b.txt")

    assert (copied.name, copied.sha256) == ("b.txt", drafts.info("a.txt").sha256)
    assert exports.tags("b.txt")["kind"] == "export"
    assert (found.metadata["who"], found.content_disposition) == ("me", 'attachment; filename="b.txt"')
    assert found.metadata["bucketwright-write"] != drafts.info("a.txt").metadata["bucketwright-write"]
    with pytest.raises(AlreadyThere):
        drafts.copy("a.txt", to=exports, as_name="b.txt")
    drafts.put("a.zip", b"PK\x03\x04")
    with pytest.raises(Refused, match="contract allows"):
        drafts.copy("a.zip", to=beside(drafts, "files/documents", case_id=7))
    with pytest.raises(Refused, match="onto itself"):
        drafts.copy("a.txt", to=drafts)


def test_a_copy_is_kept_by_caches_as_it_was() -> None:
    """But where the contract says how long, that holds."""
    drafts = place("files/drafts")
    drafts.put("a.txt", b"text", Said(cache_control="max-age=7"))
    pages, site = beside(drafts, "files/pages"), beside(drafts, "files/site")
    drafts.copy("a.txt", to=pages)
    drafts.copy("a.txt", to=site)

    assert pages.info("a.txt").cache_control == "max-age=7"
    assert site.info("a.txt").cache_control == "max-age=7200"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("inline", "attachment"),
        ("", "attachment"),
        ('inline; filename="attachment"', "attachment"),
        ('Attachment; filename="a.html"', 'Attachment; filename="a.html"'),
    ],
    ids=["inline", "not said", "inline under a name", "saved"],
)
def test_a_copy_of_a_page_is_saved(before: str, after: str) -> None:
    """What a browser would run is not shown where outsiders read, whatever others wrote with it."""
    drafts = place("files/drafts")
    with content(b"<!doctype html><script>alert(1)</script>") as body:
        said = Attributes("text/html; charset=utf-8", content_disposition=before)
        drafts.home.backend.put(At(drafts.there.bucket, "drafts/a.html"), body, said)
    pages = beside(drafts, "files/pages")
    drafts.copy("a.html", to=pages)

    assert pages.info("a.html").content_disposition == after


def test_moving() -> None:
    """It is at its new place and no longer at the old one."""
    drafts = place("files/drafts")
    papers = beside(drafts, "files/papers")
    drafts.put("a.pdf", PDF)

    assert drafts.move("a.pdf", to=papers).name == "a.pdf"
    assert (papers.get("a.pdf"), drafts.exists("a.pdf")) == (PDF, False)
    with pytest.raises(NotFound):
        drafts.move("a.pdf", to=papers)


@pytest.mark.requirement("TU-5")
def test_a_move_that_fails_halfway_is_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the old object cannot be deleted, the new one goes, and the error says why."""
    drafts = place("files/drafts")
    papers = beside(drafts, "files/papers")
    drafts.put("a.pdf", PDF)
    real = drafts.home.backend.delete

    def fails(at: object, condition: object = None) -> None:
        if "drafts" in str(at):
            raise Denied("these credentials may not delete 'drafts/a.pdf'")
        real(at, condition)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(drafts.home.backend, "delete", fails)
    with pytest.raises(Denied):
        drafts.move("a.pdf", to=papers)
    assert (drafts.exists("a.pdf"), papers.exists("a.pdf")) == (True, False)


def test_a_move_over_what_others_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes between copy and deletion is not lost."""
    drafts = place("files/drafts")
    papers = beside(drafts, "files/papers")
    drafts.put("a.pdf", PDF)
    real = drafts.home.backend.copy

    def then_written(*given: object) -> object:
        copied = real(*given)  # type: ignore[arg-type]  # passed on as they came
        drafts.put("a.pdf", PDF + b"newer")
        return copied

    monkeypatch.setattr(drafts.home.backend, "copy", then_written)
    with pytest.raises(Changed):
        drafts.move("a.pdf", to=papers)
    assert (drafts.get("a.pdf"), papers.exists("a.pdf")) == (PDF + b"newer", False)


def test_copying_to_another_storage() -> None:
    """The content goes through this program, under the rules of where it comes to."""
    drafts, other = place("files/drafts"), place("files/exports", case_id=7)
    drafts.put("a.txt", b"text" * 1000)

    assert drafts.copy("a.txt", to=other).size == 4000
    assert other.get("a.txt") == b"text" * 1000
    assert drafts.move("a.txt", to=other, as_name="b.txt").name == "b.txt"
    assert not drafts.exists("a.txt")
