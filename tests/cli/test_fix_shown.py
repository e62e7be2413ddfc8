"""Is a fix told so that people and programs can go by it, however much there is?"""

import json
import sys
from collections.abc import Mapping
from io import StringIO

import pytest

from audits.fixing import Left
from audits.fixing_objects import Planned
from audits.fixing_things import ContentFix, Thing
from bucketwright.findings import Finding, Subject
from bucketwright.rules import catalogue
from cli.fix_progress import Progress, duration, how_far
from cli.fix_sections import Sections
from cli.fix_shown import Shown
from cli.fix_words import call, left_line, planned_lines
from cli.output import Output


def drift(aspect: str) -> Left:
    subject = Subject("bucket", "bucket:files", "shop-files")
    return Left(Finding("config-drift", "fail", "high", subject, aspect=aspect), "`pulumi up` makes it")


@pytest.mark.parametrize(
    ("left", "line"),
    [
        (drift("object_lock"), "config-drift  bucket:files object lock: `pulumi up` makes it"),
        (drift(""), "config-drift  bucket:files: `pulumi up` makes it"),
    ],
    ids=["of one fact", "as a whole"],
)
def test_what_is_left_names_the_fact(left: Left, line: str) -> None:
    """Of several drifts of one thing it is known which is meant."""
    assert left_line(left) == line


def test_a_hostile_key_stays_on_its_line() -> None:
    """No escape, no line feed and no turning of the text reaches the terminal."""
    key = "a\x1b[31m\n\u202e.png"
    before, after = {"ContentType": "text/\x1bhtml"}, {"ContentType": "image/png"}
    fix = ContentFix(1, f"object:b/{key}", "bucket:b", Thing("b", key), before, after, ("a-rule",))
    write = fix.thing.write("PutObjectTagging", {"Tagging": {"TagSet": [{"Key": key, "Value": key}]}})

    lines = [*planned_lines(1, Planned(fix, (write,), (write,)), is_held=True)]

    assert all(one.isprintable() for one in lines)


def test_a_call_is_told_whole() -> None:
    """However long: it can be made by hand as it stands, and is on one line."""
    text = json.dumps({"Statement": [{"Sid": f"S{number}\n\x7f"} for number in range(200)]})
    write = Thing("b", "a.png").write("PutObjectTagging", {"Tagging": text})

    operation, _, params = call(write).partition(" ")

    assert operation == "s3:PutObjectTagging"
    assert call(write).isprintable()
    assert json.loads(params)["Tagging"] == text


def test_a_risk_is_on_one_line() -> None:
    """However the fix's own words are laid out."""
    risks = [one.repair.risk for one in catalogue().values() if one.repair is not None]

    assert any(risks)
    assert all(one.isprintable() for one in risks)
    assert not [one for one in risks if "  " in one]


@pytest.mark.parametrize(
    ("done", "total", "seconds", "line"),
    [
        (0, 4_800, 0.0, "0 of 4,800 changes"),
        (1_200, 4_800, 30.0, "1,200 of 4,800 changes, 40 a second, 90 seconds left"),
        (1, 1_204_331, 4.0, "1 of 1,204,331 changes, 15 a minute, 1338 hours 08 minutes left"),
        (7, 7, 7.0, "7 of 7 changes, 1 a second, 0 seconds left"),
    ],
    ids=["at the start", "a while after", "very many", "at the end"],
)
def test_how_far_and_how_long(done: int, total: int, seconds: float, line: str) -> None:
    """With the rate and the time left."""
    assert how_far(done, total, seconds) == line


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (119, "119 seconds"),
        (120, "2 minutes"),
        (7_199, "120 minutes"),
        (7_260, "2 hours 01 minutes"),
    ],
    ids=["a second", "under two minutes", "minutes", "under two hours", "hours"],
)
def test_time_as_people_say_it(seconds: float, words: str) -> None:
    """In units that fit it."""
    assert duration(seconds) == words


class Terminal(StringIO):
    """What a person sees."""

    def isatty(self) -> bool:
        return True


def test_progress_is_for_terminals_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line now and then, wiped out at the end; a file gets none."""
    clock = iter((0.0, 1.0, 1.1, 2.0))
    terminal, file = Terminal(), StringIO()

    monkeypatch.setattr(sys, "stderr", terminal)
    progress = Progress(Output(), 3, lambda: next(clock))
    for _ in range(3):
        progress.step()
    progress.clear()
    monkeypatch.setattr(sys, "stderr", file)
    Progress(Output(), 3).step()

    assert terminal.getvalue().count("of 3 changes") == 2
    assert terminal.getvalue().endswith("\r\x1b[K")
    assert file.getvalue() == ""


@pytest.mark.parametrize(
    "lists",
    [
        {},
        {"steps": []},
        {"steps": [], "left": [{"why": "a"}], "done": []},
        {
            "steps": [{"address": 'object:b/"\\\n\x1b[31m\u202e\ud800'}, {}, {"calls": [1, None, True]}],
            "left": [{}],
        },
    ],
    ids=["nothing", "an empty list", "lists beside empty ones", "hostile keys"],
)
def test_json_that_is_written_list_by_list_is_json(lists: Mapping[str, list[object]]) -> None:
    """The same as if all of it had been held, empty lists too."""
    sections, lines = Sections(), list[str]()
    for name, entries in lists.items():
        sections.open(name)
        for entry in entries:
            sections.add(name, entry)

    sections.write(lines.append)
    sections.close()

    assert json.loads("\n".join(lines)) == lists
    assert all(one.isprintable() for one in lines)


def test_of_reasons_without_number_few_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A million findings with a reason each are told in some tens of lines, and all are counted."""
    shown = Shown(Output(), "text")
    for number in range(500):
        finding = Finding("a-rule", "fail", "low", Subject("object", f"object:b/{number}", key=str(number)))
        shown.left(Left(finding, f"reason {number}"))
    shown.end_of_plan(applied=False)

    lines = capsys.readouterr().out.splitlines()

    assert len(lines) < 100
    told = sum(1 for one in lines if one.startswith("  a-rule"))
    assert told + sum(int(one.split()[1]) for one in lines if one.startswith("  and ")) == 500
