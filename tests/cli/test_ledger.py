"""`bucketwright ledger`: what it says, what it removes, and how it ends."""

import json
from pathlib import Path
from typing import Final

import pytest

from audits.ledger import BucketIdentity, Span, open_ledger
from audits.ledger.manifest import UploadsSeen
from cli.exits import Exit
from tests.audits.ledger.rows import BUCKET, columns_of, day, keep, opened, row
from tests.cli.running import run, spawned

ELSEWHERE: Final = BucketIdentity("other", "http://127.0.0.1:9000")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ledger with one bucket: three objects, of which one was headed, and a delete marker."""
    rows = [
        row("a", head_read_at=day(3), content_type="text/plain"),
        row("b"),
        row("c", version="v1"),
        row("c", version="v2", kind="delete_marker"),
    ]
    with opened(tmp_path) as ledger:
        keep(ledger, "first", rows)
    return tmp_path


def test_stats_count_what_is_kept(folder: Path) -> None:
    """Objects and their bytes, what was asked, and which run told it last."""
    shown = run("ledger", "stats", str(folder))

    assert shown.exit_code == Exit.CLEAN
    lines = shown.output.splitlines()
    assert lines[:4] == [
        "files",
        "  3 objects, 4 B; 1 delete marker",
        "  HEAD known of 1",
        "  oldest HEAD of 2026-03-04 12:00 UTC",
    ]
    assert lines[5].startswith("  last run first, ended 20")


def test_stats_as_json(folder: Path) -> None:
    """The same, for programs."""
    shown = run("ledger", "stats", str(folder), "--format", "json")

    [bucket] = json.loads(shown.output)["buckets"]
    assert (bucket["objects"], bucket["delete_markers"], bucket["complete"]) == (3, 1, True)
    assert bucket["asked"] == {"head": 1, "acl": 0, "tagging": 0, "lock": 0}
    assert bucket["last_run"]["name"] == "first"


def test_unfinished_uploads_are_told(folder: Path) -> None:
    """As the last run saw them that listed them, and what of them nobody knows."""
    with opened(folder) as ledger, ledger.writing(BUCKET, "second") as writer:
        writer.uploads = UploadsSeen(day(4), 2, 30, 1)

    shown, data = run("ledger", "stats", str(folder)), run("ledger", "stats", str(folder), "--format", "json")

    assert "  2 unfinished uploads of at least 30 B, on 2026-03-05 12:00 UTC\n" in shown.output
    [bucket] = json.loads(data.output)["buckets"]
    assert bucket["unfinished_uploads"]["of_unknown_size"] == 1


def test_a_run_that_was_killed_is_told(folder: Path) -> None:
    """And a bucket that nobody saw to its end makes the run incomplete."""
    other = BucketIdentity("other", "http://127.0.0.1:9000")
    with opened(folder) as ledger:
        killed = ledger.writing(other, "killed")
        killed.add(Span("", "m", day(0)), columns_of([row("a")]))
        killed.flush()

    shown = run("ledger", "stats", str(folder))

    assert shown.exit_code == Exit.INCOMPLETE
    assert "other at http://127.0.0.1:9000" in shown.output
    assert "run killed is not finished: it goes on, or was killed" in shown.output
    assert "not all keys were seen yet" in shown.output


def test_verify_says_that_all_is_whole(folder: Path) -> None:
    """And ends with 0."""
    shown = run("ledger", "verify", str(folder))

    assert (shown.exit_code, shown.output) == (Exit.CLEAN, "2 files, all whole\n")


def test_verify_names_what_is_damaged(folder: Path) -> None:
    """And ends with 1."""
    [part] = folder.rglob("*.parquet")
    part.write_bytes(part.read_bytes()[:-9] + b"PAR1damag")

    shown = run("ledger", "verify", str(folder))
    told = json.loads(run("ledger", "verify", str(folder), "--format", "json").output)

    assert shown.exit_code == Exit.FINDINGS
    assert f"{part.name}: was changed or damaged" in shown.output
    assert [one["file"].rpartition("/")[2] for one in told["damaged"]] == [part.name]


def test_forget_needs_to_be_told_twice(folder: Path) -> None:
    """Without --yes it says what would go, and nothing goes."""
    shown = run("ledger", "forget", str(folder), "--bucket", "files")

    assert shown.exit_code == Exit.WRONG_USE
    assert "all that is kept of 'files' would go: say so with --yes" in shown.output
    assert run("ledger", "verify", str(folder)).exit_code == Exit.CLEAN


def test_forget_removes_one_bucket(folder: Path) -> None:
    """All of it, and nothing of another."""
    with opened(folder) as ledger, ledger.writing(BucketIdentity("other"), "one") as writer:
        writer.replace(Span("", None, day(0)), columns_of([row("x")]))

    shown = run("ledger", "forget", str(folder), "--bucket", "files", "--yes")

    assert (shown.exit_code, shown.output) == (Exit.CLEAN, "nothing is kept of files any more\n")
    with opened(folder) as ledger:
        assert ledger.buckets() == (BucketIdentity("other"),)
    assert list(folder.glob("files-*")) == []


def test_forget_asks_which_of_several(folder: Path) -> None:
    """The same name on two servers is two buckets."""
    server = "http://127.0.0.1:9000"
    with opened(folder) as ledger, ledger.writing(BucketIdentity("files", server), "one") as writer:
        writer.replace(Span("", None, day(0)), columns_of([row("x")]))

    asked = run("ledger", "forget", str(folder), "--bucket", "files", "--yes")
    told = run("ledger", "forget", str(folder), "--bucket", "files", "--at", server, "--yes")

    assert asked.exit_code == Exit.WRONG_USE
    assert f'choose with --at: "", {server}' in asked.output
    assert told.exit_code == Exit.CLEAN
    with opened(folder) as ledger:
        assert ledger.buckets() == (BUCKET,)


def test_what_is_not_kept_cannot_be_forgotten(folder: Path) -> None:
    """What there is is named."""
    shown = run("ledger", "forget", str(folder), "--bucket", "file", "--yes")

    assert shown.exit_code == Exit.WRONG_USE
    assert "nothing is kept of 'file'; there is: files" in shown.output


@pytest.mark.parametrize("words", [["stats"], ["verify"]], ids=" ".join)
def test_where_no_ledger_is_none_is_made(tmp_path: Path, words: list[str]) -> None:
    """To look is not to write."""
    shown = run("ledger", *words, str(tmp_path / "none"))

    assert shown.exit_code == Exit.WRONG_USE
    assert "nothing is kept in" in shown.output
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "words", [["stats"], ["verify"], ["forget", "--bucket", "x"]], ids=lambda words: words[0]
)
@pytest.mark.parametrize(
    ("url", "said"),
    [("ftp://x/y", "is no ledger"), ("s3://", "names no bucket")],
    ids=["another way", "no bucket"],
)
def test_what_is_no_ledger_is_said(url: str, said: str, words: list[str]) -> None:
    """In a sentence."""
    shown = run("ledger", words[0], url, *words[1:])

    assert shown.exit_code == Exit.WRONG_USE
    assert said in shown.output
    assert "Traceback" not in shown.output


def test_a_newer_ledger_is_refused(folder: Path) -> None:
    """By what has to be done."""
    [manifest] = folder.rglob("manifest.json")
    manifest.write_text('{"format": 2}')

    shown = run("ledger", "stats", str(folder))

    assert shown.exit_code == Exit.INCOMPLETE
    assert "use a newer bucketwright" in shown.output


@pytest.fixture
def half_broken(folder: Path) -> Path:
    """The same ledger with a second bucket, on another server, whose manifest is junk."""
    with opened(folder) as ledger, ledger.writing(ELSEWHERE, "one") as writer:
        writer.replace(Span("", None, day(0)), columns_of([row("x")]))
    (folder / ELSEWHERE.folder / "manifest.json").write_text("{nothing")
    return folder


def test_a_broken_bucket_does_not_hide_the_others(half_broken: Path) -> None:
    """They are counted; what is broken is named, with what takes it away, and the run is not complete."""
    shown = run("ledger", "stats", str(half_broken))
    data = run("ledger", "stats", str(half_broken), "--format", "json")

    assert shown.exit_code == data.exit_code == Exit.INCOMPLETE
    assert "  3 objects, 4 B; 1 delete marker" in shown.output
    assert f"{ELSEWHERE.folder} cannot be read\n  {ELSEWHERE.folder}/manifest.json is no" in shown.output
    command = f"bucketwright ledger forget {half_broken} --bucket {ELSEWHERE.folder} --yes"
    assert command in " ".join(shown.output.split())
    told = json.loads(data.output)
    assert [one["bucket"] for one in told["buckets"]] == ["files"]
    assert [one["folder"] for one in told["unreadable"]] == [ELSEWHERE.folder]


def test_a_bucket_whose_rows_are_damaged_is_told_beside_the_others(folder: Path) -> None:
    """Its manifest is whole, and it can be forgotten by its name."""
    with opened(folder) as ledger, ledger.writing(ELSEWHERE, "one") as writer:
        writer.replace(Span("", None, day(0)), columns_of([row("x")]))
    [part] = (folder / ELSEWHERE.folder).rglob("*.parquet")
    part.unlink()

    shown = run("ledger", "stats", str(folder))

    assert shown.exit_code == Exit.INCOMPLETE
    assert "  3 objects, 4 B; 1 delete marker" in shown.output
    assert f"{ELSEWHERE.folder} cannot be read" in shown.output
    assert run("ledger", "forget", str(folder), "--bucket", "other", "--yes").exit_code == Exit.CLEAN


@pytest.mark.parametrize(
    "which",
    [["--bucket", "other", "--at", "http://127.0.0.1:9000"], ["--bucket", ELSEWHERE.folder]],
    ids=["by name", "by folder"],
)
def test_a_broken_bucket_can_be_forgotten(half_broken: Path, which: list[str]) -> None:
    """And nothing of another goes with it."""
    asked = run("ledger", "forget", str(half_broken), *which)
    shown = run("ledger", "forget", str(half_broken), *which, "--yes")

    assert (asked.exit_code, "say so with --yes" in asked.output) == (Exit.WRONG_USE, True)
    assert shown.exit_code == Exit.CLEAN
    assert not (half_broken / ELSEWHERE.folder).exists()
    assert run("ledger", "stats", str(half_broken)).exit_code == Exit.CLEAN


def test_a_broken_bucket_hinders_no_other_from_being_forgotten(half_broken: Path) -> None:
    """What is not there is still wrong use, and the folder that cannot be read is named."""
    missing = run("ledger", "forget", str(half_broken), "--bucket", "file", "--yes")
    shown = run("ledger", "forget", str(half_broken), "--bucket", "files", "--yes")

    assert missing.exit_code == Exit.WRONG_USE
    assert f"there is: files, {ELSEWHERE.folder}" in " ".join(missing.output.split())
    assert shown.exit_code == Exit.CLEAN
    assert (half_broken / ELSEWHERE.folder / "manifest.json").exists()


def test_what_a_newer_program_keeps_is_not_forgotten(folder: Path) -> None:
    """It is never written to."""
    [manifest] = folder.rglob("manifest.json")
    manifest.write_text('{"format": 2}')

    shown = run("ledger", "forget", str(folder), "--bucket", "files", "--yes")

    assert shown.exit_code == Exit.INCOMPLETE
    assert "use a newer bucketwright" in shown.output
    assert manifest.exists()


def test_hostile_names_do_not_reach_the_terminal(tmp_path: Path) -> None:
    """Whatever a bucket or a file is said to be called."""
    with open_ledger(str(tmp_path)) as ledger, ledger.writing(BucketIdentity("a\x1b[31m"), "one") as writer:
        writer.replace(Span("", None, day(0)), columns_of([row("x")]))

    assert "\x1b" not in run("ledger", "stats", str(tmp_path)).output
    assert "\x1b" not in run("ledger", "forget", str(tmp_path), "--bucket", "b").output


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    """Neither for the help nor by what names a ledger: other commands do both."""
    code = "import audits.ledger, cli.ledger, cli.ledger_run, sys; print(*sys.modules)"
    loaded = set(spawned(code=code).stdout.decode().split())

    assert "audits.ledger" in loaded
    assert loaded.isdisjoint({"pyarrow", "duckdb", "boto3", "botocore"})


def test_without_pyarrow_it_is_said_what_brings_it(tmp_path: Path) -> None:
    """In a sentence."""
    code = "import sys; sys.modules['pyarrow'] = None; from cli.main import main; main()"
    ended = spawned("ledger", "stats", str(tmp_path), code=code)

    assert ended.returncode == Exit.INCOMPLETE
    assert b"pyarrow is not installed: the extra `ledger` brings it" in ended.stderr
