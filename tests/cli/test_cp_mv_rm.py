"""Objects go to other places and away, each as said, and what is kept stays."""

from collections.abc import Mapping, Sequence

import pytest

from bucketwright.storage import NotFound
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.stored import At, Attributes
from tests.cli.shelf import Shelf
from tests.storage.kept import content


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        pytest.param(["files/drafts/a.txt", "files/pages/"], ["drafts/a.txt", "pages/a.txt"], id="a place"),
        pytest.param(
            ["files/drafts/a.txt", "files/pages/b.txt"], ["drafts/a.txt", "pages/b.txt"], id="a name"
        ),
        pytest.param(
            ["-r", "files/drafts/", "files/pages/all"],
            ["drafts/a.txt", "pages/all/a.txt"],
            id="all",
        ),
    ],
)
def test_copies_and_moves(shelf: Shelf, words: list[str], keys: list[str]) -> None:
    """A copy leaves what was there, a move does not; a dry run tells both, and does neither."""
    shelf.holds("files/drafts", a=b"text")
    dry = [shelf(verb, *words, "--dry-run").stdout for verb in ("cp", "mv")]
    before = shelf.keys
    copied = shelf("cp", *words).stdout
    after_copy = shelf.keys
    moved = shelf("mv", *words, "--overwrite").stdout

    assert dry == [f"would {copied}", f"would {moved}"]
    assert (before, after_copy, shelf.keys) == (["drafts/a.txt"], keys, keys[1:])


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        pytest.param(["files/drafts/a.txt"], 2, "where to?", id="no target"),
        pytest.param(["files/drafts/none", "files/pages/"], 1, "nothing is there", id="no such object"),
        pytest.param(["files/drafts/a.txt", "files/drafts/b.txt"], 1, "--overwrite replaces it", id="taken"),
        pytest.param(["files/drafts/", "files/pages/"], 2, "is a place", id="a place without -r"),
        pytest.param(["-r", "files/drafts/", "files/drafts/sub/"], 2, "into itself", id="into itself"),
        pytest.param(
            ["files/drafts/a.txt", "files/drafts/b.txt", "files/pages/x"], 2, "one object", id="two as one"
        ),
        pytest.param(["files/drafts/a.txt", "files/papers/"], 2, "ends in none of .pdf", id="the contract"),
        pytest.param(
            ["files/drafts/a.txt", "files/pointers/a", "--overwrite"],
            2,
            "only what was read",
            id="if unchanged",
        ),
    ],
)
@pytest.mark.parametrize("verb", ["cp", "mv"])
def test_what_is_refused_changes_nothing(
    shelf: Shelf, verb: str, words: list[str], code: int, said: str
) -> None:
    """Nor does its dry run, which is refused the same."""
    shelf.holds("files/drafts", a=b"text", b=b"other")
    results = [shelf(verb, *words, *more) for more in (["--dry-run"], [])]

    assert [(one.exit_code, said in one.stderr) for one in results] == [(code, True)] * 2, results[1].stderr
    assert shelf.keys == ["drafts/a.txt", "drafts/b.txt"]


@pytest.mark.parametrize("verb", ["cp", "mv"])
@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["files/drafts/1/a.txt", "files/drafts/2/a.txt"], id="by name"),
        pytest.param(["-r", "files/drafts/1/", "files/drafts/2/"], id="all"),
    ],
)
def test_no_source_replaces_what_another_has_just_become(shelf: Shelf, verb: str, words: list[str]) -> None:
    """The second is refused, also by a dry run, and stays where it was."""
    shelf.add("drafts/1/a.txt", b"first")
    shelf.add("drafts/2/a.txt", b"second")
    results = [shelf(verb, *words, "files/pages/", "--overwrite", *more) for more in (["--dry-run"], [])]

    assert [one.exit_code for one in results] == [1, 1]
    assert all("files/drafts/2/a.txt: left as it is" in one.stderr for one in results)
    assert shelf.storage.prefix("files/pages").at().get("a.txt") == b"first"
    assert shelf.storage.prefix("files/drafts").at().get("2/a.txt") == b"second"


def test_what_is_named_is_deleted(shelf: Shelf) -> None:
    """And nothing else; what is not there is told."""
    shelf.holds("files/drafts", a=b"text", b=b"other")
    dry = shelf("rm", "files/drafts/a.txt", "--dry-run")
    result = shelf("rm", "files/drafts/a.txt", "files/drafts/none")

    assert dry.stdout == "would delete files/drafts/a.txt (4 B)\n"
    assert (result.exit_code, result.stdout) == (1, "delete files/drafts/a.txt (4 B)\n")
    assert shelf.keys == ["drafts/b.txt"]


@pytest.mark.parametrize("name", ["a//b", "\x01", "a/../b", "e\u0301", "id_rsa"])
def test_what_others_wrote_under_an_odd_key_is_deleted_by_its_name(shelf: Shelf, name: str) -> None:
    """Exactly that one, if it is listed; what is not there is wrong under such a name."""
    shelf.add(f"drafts/{name}", b"text")
    shelf.add(f"drafts/{name}2")
    dry = shelf("rm", f"files/drafts/{name}", "--dry-run")
    before = len(shelf.keys)
    results = [shelf("rm", f"files/drafts/{name}") for _ in range(2)]

    assert (dry.exit_code, dry.stdout.startswith("would delete files/drafts/"), before) == (0, True, 2)
    assert [one.exit_code != 0 for one in results] == [False, True]
    assert shelf.keys == [f"drafts/{name}2"]


def test_a_place_is_emptied_where_that_is_said(shelf: Shelf) -> None:
    """Page by page, also of keys that others wrote; what begins alike beside it stays."""
    for key in (*(f"drafts/sub/{number:04}" for number in range(1_050)), "drafts/sub/\x01", "drafts/subway"):
        shelf.add(key)
    refused = shelf("rm", "files/drafts/sub/")
    dry = shelf("rm", "-r", "files/drafts/sub", "--dry-run")
    there = len(shelf.keys)
    result = shelf("rm", "-r", "files/drafts/sub")

    assert (refused.exit_code, there) == (2, 1_052)
    assert dry.stdout.splitlines()[-1] == "would delete 1051 objects, 1.05 KB"
    assert result.stdout.splitlines()[-1] == "deleted 1051 objects, 1.05 KB"
    assert shelf.keys == ["drafts/subway"]


def test_what_cannot_be_deleted_is_told(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the reason for each, and the others go."""
    shelf.holds("files/drafts", a=b"text", b=b"other")
    delete_many = Memory.delete_many

    def locked(memory: Memory, bucket: str, keys: Sequence[str]) -> Mapping[str, str]:
        delete_many(memory, bucket, [key for key in keys if key != "drafts/a.txt"])
        return {"drafts/a.txt": "it is\x1b locked"}

    monkeypatch.setattr(Memory, "delete_many", locked)
    result = shelf("rm", "-r", "files/drafts/")

    assert (result.exit_code, shelf.keys) == (3, ["drafts/a.txt"])
    assert "files/drafts/a.txt stays: it is\\x1b locked" in result.stderr
    assert result.stdout.endswith("deleted 1 object, 5 B\n")


def test_what_is_kept_for_ever_goes_only_where_that_is_meant(shelf: Shelf) -> None:
    """`rm` and `mv` need --kept there."""
    shelf.add("kept/a.txt")
    shelf.add("kept/b.txt")
    refused = [
        shelf(*words) for words in (("rm", "files/kept/a.txt"), ("mv", "files/kept/a.txt", "files/drafts/"))
    ]

    assert [(one.exit_code, "--kept deletes there" in one.stderr) for one in refused] == [(2, True)] * 2
    assert shelf("rm", "files/kept/a.txt", "--kept").exit_code == 0
    assert shelf("mv", "files/kept/b.txt", "files/drafts/", "--kept").exit_code == 0
    assert shelf.keys == ["drafts/b.txt"]


@pytest.mark.parametrize("words", [("rm", "-r", "logs/delivered/"), ("rm", "logs/delivered/a.txt")])
def test_what_aws_delivered_goes_only_where_that_is_meant(shelf: Shelf, words: tuple[str, ...]) -> None:
    """As what is kept for ever; a dry run says the same."""
    logs = At(shelf.storage.prefix("logs/delivered").there.bucket, "files/a.txt")
    with content(b"a line") as body:
        shelf.backend.put(logs, body, Attributes())

    for more in ((), ("--dry-run",)):
        refused = shelf(*words, *more)
        assert (refused.exit_code, "is for what AWS delivers: --kept" in refused.stderr) == (2, True)
    assert shelf.backend.head(logs).size == 6
    assert shelf(*words, "--kept").exit_code == 0
    with pytest.raises(NotFound):
        shelf.backend.head(logs)
