"""Does a journal say what was planned and how far it came, whatever happened to it?"""

import json
import stat
from collections.abc import Callable
from os import fsync, write
from pathlib import Path
from threading import Thread
from typing import Any, Final
from unittest.mock import patch

import pytest

from audits.fixing_journal import Journal, JournalError, call_line, fix_line
from audits.fixing_record import DUE, ENDED, HALF, MADE, OPEN, PLANNED, REFUSED, TOUCHED, UNDONE, read_record
from audits.fixing_things import ContentFix
from bucketwright.calls import Call
from bucketwright.facets.writing import SETTING_CALLS, Write
from tests.audits.fixing_model import NOW, thing

HOSTILE: Final = "\x1b[31m<b>\u202e&amp; %2F+ ../\n" + "k" * 900
BACK: Final = Write(
    Call("s3", "PutBucketVersioning", {"Bucket": "b", "VersioningConfiguration": {"Status": "Suspended"}}),
    "s3:PutBucketVersioning",
    frozenset({"Harmless"}),
)
SETTING: Final = {
    "is": "setting",
    "number": 1,
    "address": "bucket:files",
    "fact": "versioning",
    "calls": [],
    "back": [call_line(BACK)],
    "irrevocable": "",
}


def fix(number: int = 2, key: str = HOSTILE) -> ContentFix:
    """A change of one object."""
    before, after = {"ContentType": None, "Tags": {"a": "b"}}, {"ContentType": "image/png", "Tags": {}}
    return ContentFix(
        number, f"object:files/{key}", "bucket:files", thing(key), before, after, ("a-rule",), '"e"'
    )


def journal(folder: Path, *, is_new: bool = True) -> Journal:
    return Journal(folder / "fixes" / "run.jsonl", lambda: NOW, is_new=is_new)


def planned(folder: Path) -> Journal:
    """A journal with one setting and one object."""
    made = journal(folder)
    made.plan({"is": "run", "format": 2, "run": "run", "account": "111122223333"})
    made.plan(SETTING)
    made.plan(fix_line(fix()))
    made.keep({"is": "planned", "contents": 1})
    return made


def test_what_was_planned_is_read_again(tmp_path: Path) -> None:
    """Whatever the key, byte for byte; the file is its owner's alone."""
    going = planned(tmp_path)
    going.close()

    record = read_record(going.path)

    assert list(record.fixes(PLANNED)) == [fix()]
    assert [one.back for one in record.settings] == [(BACK,)]
    assert (record.contents, record.is_planned, record.is_finished, record.due) == (1, True, False, 1)
    assert record.buckets == {"shop"}
    assert stat.S_IMODE(going.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(going.path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ([], PLANNED),
        (["begin"], OPEN),
        (["begin", "made"], MADE),
        (["made"], ENDED),
        (["begin", "refused"], REFUSED),
        (["not tried"], REFUSED),
        (["begin", "half made"], HALF),
        (["begin", "not as wanted"], HALF),
        (["changed meanwhile"], ENDED),
        (["begin", "made", "undoing", "undone"], UNDONE),
        (["begin", "made", "undoing", "refused back"], MADE),
        (["begin", "upload", "not tried"], HALF),
    ],
    ids=lambda value: ", ".join(value) or "planned" if isinstance(value, list) else "",
)
def test_how_far_a_change_came(lines: list[str], state: int, tmp_path: Path) -> None:
    """What may have been carried out may be put back; what was not, is tried again."""
    going = planned(tmp_path)
    for line in lines:
        match line:
            case "begin":
                going.begin(2, "kept")
            case "upload":
                going.upload(2, "u")
            case "undoing":
                going.undoing(2)
            case "undone":
                going.undone(2, "made", "")
            case "refused back":
                going.undone(2, "refused", "denied")
            case _:
                going.end(2, line, "why")
    going.close()

    record = read_record(going.path)

    assert record.state(2) == state
    assert record.due == (state in DUE)
    assert [one.number for one in record.fixes(*TOUCHED)] == ([2] if state in TOUCHED else [])
    assert ("kept" in {one.kept for one in record.begun.values()}) is (state == OPEN)


def test_a_torn_line_was_never_relied_on(tmp_path: Path) -> None:
    """What a killed process wrote half is passed over, and cut off by the one that goes on."""
    going = planned(tmp_path)
    going.close()
    whole = going.path.read_bytes()
    going.path.write_bytes(whole + b'{"is":"begin","num')

    assert read_record(going.path).state(2) == PLANNED
    again = journal(tmp_path, is_new=False)
    again.begin(2)
    again.close()

    assert going.path.read_bytes().startswith(whole + b'{"is":"begin","number":2')
    assert read_record(going.path).state(2) == OPEN


def test_a_line_for_which_there_is_no_room_leaves_nothing(tmp_path: Path) -> None:
    """What another thread writes once there is room again is a line of its own."""
    going = planned(tmp_path)
    whole = going.path.read_bytes()

    with (
        patch("audits.fixing_journal.os.write", lambda file, line: write(file, line[:9])),
        pytest.raises(OSError, match="no room"),
    ):
        going.begin(2)
    going.begin(2)
    going.close()

    assert going.path.read_bytes().startswith(whole + b'{"is":"begin","number":2')
    assert read_record(going.path).state(2) == OPEN


def test_a_plan_that_is_not_whole_is_none(tmp_path: Path) -> None:
    """Before its last line nothing was changed."""
    going = journal(tmp_path)
    going.plan({"is": "run", "format": 2})
    going.plan(fix_line(fix(1)))
    going.close()

    assert not read_record(going.path).is_planned


def test_two_do_not_go_on_with_one(tmp_path: Path) -> None:
    """Whoever comes second is told; a name is taken once."""
    going = planned(tmp_path)

    with pytest.raises(JournalError, match="another fix is still at work"):
        journal(tmp_path, is_new=False)
    with pytest.raises(FileExistsError):
        journal(tmp_path)
    going.close()
    journal(tmp_path, is_new=False).close()


def test_a_line_is_on_the_disk_before_anybody_goes_on(tmp_path: Path) -> None:
    """And one write to the disk serves all who wait for it."""
    going = planned(tmp_path)
    kept: list[int] = []

    def keep(file: int) -> None:
        fsync(file)
        kept.append(going.path.read_bytes().count(b'"begin"'))

    def begin(number: int) -> None:
        before = len(kept)
        going.begin(number)
        assert max(kept[before:], default=0) >= 1

    with patch("audits.fixing_journal.os.fsync", keep):
        threads = [Thread(target=begin, args=(2,)) for _ in range(40)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    going.close()

    assert kept[-1] == 40
    assert len(kept) <= 40


def _changed(change: Callable[[dict[str, Any]], object], line: int) -> Callable[[Path], None]:
    def spoil(file: Path) -> None:
        lines = file.read_text().splitlines()
        found = json.loads(lines[line])
        change(found)
        lines[line] = json.dumps(found)
        file.write_text("\n".join((*lines, "")))

    return spoil


def _leaving(content: str) -> Callable[[Path], object]:
    line = f'{{"is":"left","number":2,"content":{content}}}\n'
    return lambda file: file.write_text(file.read_text() + line)


def _back(**told: str) -> Callable[[dict[str, Any]], object]:
    return lambda found: found["back"][0].update(told)


SPOILED: Final[dict[str, Callable[[Path], object]]] = {
    "there is none": lambda file: file.unlink(),
    "nothing in it": lambda file: file.write_text(""),
    "no JSON": lambda file: file.write_text("{\n"),
    "a list": lambda file: file.write_text("[]\n"),
    "a bomb of brackets": lambda file: file.write_text("[" * 100_000 + "\n"),
    "another format": _changed(lambda found: found.update(format=1), 0),
    "a call that deletes": _changed(_back(operation="DeleteBucket"), 1),
    "a call that reads data": _changed(_back(operation="GetObject"), 1),
    "a call that makes a user": _changed(_back(service="iam", operation="CreateUser"), 1),
    "no parameters": _changed(lambda found: found["back"][0].update(params=[]), 1),
    "no call": _changed(lambda found: found.update(back=[1]), 1),
    "a number that fills the memory": _changed(lambda found: found.update(number=2**31), 2),
    "a number below none": _changed(lambda found: found.update(number=-1), 2),
    "something that no fix changes": _changed(lambda found: found["after"].update(Body="x"), 2),
    "nothing to change": _changed(lambda found: found.update(before={}, after={}), 2),
    "another thing after than before": _changed(lambda found: found["after"].pop("Tags"), 2),
    "a thing that comes to be": _changed(
        lambda found: found.update(before={"There": False}, after={"There": True}), 2
    ),
    "a thing without a name": _changed(lambda found: found.update(thing=["b"]), 2),
    "a content that is no text": _leaving("7"),
    "a content that no text holds": _leaving('"\\ud800"'),
    "a key that is a number": _changed(lambda found: found["thing"].__setitem__(1, 7), 2),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_a_file_that_says_anything_else_is_refused(spoil: Callable[[Path], object], tmp_path: Path) -> None:
    """Nothing is sent because somebody changed a file."""
    going = planned(tmp_path)
    going.close()
    spoil(going.path)

    with pytest.raises(JournalError, match=r"run\.jsonl"):
        read_record(going.path)


def test_a_journal_of_every_call_that_sets_something_is_read(tmp_path: Path) -> None:
    """What a plan may hold never makes its own journal unreadable: a role's policies as a bucket's."""
    names = (name.partition(":") for name in sorted(SETTING_CALLS))
    several = tuple(Write(Call(service, what, {"Name": "a"}), what) for service, _, what in names)
    going = journal(tmp_path)
    going.plan({"is": "run", "format": 2, "run": "run", "account": "111122223333"})
    going.plan({**SETTING, "back": [call_line(one) for one in several]})
    going.close()

    assert [one.back for one in read_record(going.path).settings] == [several]


def test_a_run_of_which_nothing_came_leaves_nothing(tmp_path: Path) -> None:
    """Its journal goes with it."""
    going = planned(tmp_path)

    going.drop()

    assert not going.path.exists()
