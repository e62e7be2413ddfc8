"""`bucketwright judge`: every line is answered, in order, whatever stands in it."""

import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.judge import KINDS, Kind
from cli.main import program
from tests.cli.running import run, spawned, talking_to

GOOD = {
    "overlap": {"id": "x", "a": "a/*", "b": "a/b*", "unknown": True},
    "isolation": {"id": "x", "policy": {"Statement": []}, "intended_prefix": "a/", "unknown": True},
    "public": {"id": "x", "policy": {"Statement": []}, "unknown": True},
    "fate": {
        "id": "x",
        "rules": [{"ID": "r", "Status": "Enabled", "Filter": {}, "Expiration": {"Days": 1}}],
        "object": {"key": "a", "size": 1, "created": "2024-01-01T00:00:00Z"},
        "unknown": True,
    },
    "lifecycle": {
        "id": "x",
        "rules": [{"ID": "r", "Status": "Enabled", "Filter": {}, "Expiration": {"Days": 1}}],
        "unknown": True,
    },
}
KEYS = {
    "overlap": ["id", "overlap", "a_contains_b", "b_contains_a", "example"],
    "isolation": ["id", "isolated"],
    "public": ["id", "public"],
    "fate": ["id", "events"],
    "lifecycle": ["id", "valid", "errors"],
}
RAISING = """
def judge(line):
    if line["id"] == "odd":
        return {"id": "odd", "public": float("nan")}
    raise KeyError("policy\\n")
"""


@pytest.mark.parametrize("kind", KINDS)
def test_a_good_line_is_decided(kind: str) -> None:
    """Each kind answers under the line's id, ignores what it does not know, and exits 0."""
    result = run("judge", kind, stdin=json.dumps(GOOD[kind]))

    answer = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert answer["id"] == "x"
    assert list(answer)[: len(KEYS[kind])] == KEYS[kind]
    assert all(answer[key] is not None for key in KINDS[kind].verdicts)


@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_line_is_answered_with_null_and_the_rest_goes_on(kind: str) -> None:
    """All keys of the verdict are there, null, with the reason; the lines around it are judged."""
    good = json.dumps(GOOD[kind])

    result = run("judge", kind, stdin=f"{good}\n\n{{\n{good}\n")

    first, bad, last = map(json.loads, result.stdout.splitlines())
    assert first == last
    assert list(bad) == [*KEYS[kind], "because"]
    assert all(bad[key] is None for key in KEYS[kind])
    assert bad["because"].startswith("line 3: not JSON: ")
    assert result.exit_code == 3
    assert result.stderr == "3 lines judged, 1 with an undecided verdict\n"


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_that_says_nothing_is_undecided(kind: str) -> None:
    """A missing field is the judge's to name, never a guess."""
    result = run("judge", kind, stdin='{"id": 5}')

    answer = json.loads(result.stdout)
    assert answer["id"] == 5
    assert [answer[key] for key in KINDS[kind].verdicts] == [None] * len(KINDS[kind].verdicts)
    assert answer.get("because") or answer.get("errors")
    assert result.exit_code == 3


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, deadline=None)
@given(lines=st.lists(st.text(st.characters(exclude_characters="\n"), max_size=60) | st.sampled_from(
    ["{}", "[]", '{"id": {}}', '{"policy": {"Statement": {"Effect": "Allow"}}, "intended_prefix": "x"}',
     '{"a": "*", "b": "?"}', '{"rules": [], "object": {}}', '{"rules": {"Rules": [{}]}, "versioning": 1}']
)))  # fmt: skip
def test_any_text_is_answered_line_by_line(kind: str, lines: list[str]) -> None:
    """As many answers as lines that are not blank, each one JSON object in printable ASCII."""
    text = "\n".join(lines).encode("utf-8", "surrogatepass")

    result = run("judge", kind, stdin=text)

    answers = result.stdout.splitlines()
    asked = text.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    assert len(answers) == sum(bool(line.strip()) for line in asked)
    assert all(line.isascii() and line.isprintable() for line in answers)
    assert all(set(KEYS[kind]) <= set(json.loads(line)) for line in answers)
    assert result.exit_code in (0, 3)
    assert "Traceback" not in result.stderr
    assert "internal error" not in result.output


def test_no_lines_are_no_error() -> None:
    """An empty input has no answers."""
    result = run("judge", "public")

    assert (result.exit_code, result.output) == (0, "")


def test_a_file_may_be_named(tmp_path: Path) -> None:
    """A file is read as stdin is, and `-` names stdin."""
    (tmp_path / "lines.jsonl").write_text(json.dumps(GOOD["public"]), "utf-8")

    from_file = run("judge", "public", str(tmp_path / "lines.jsonl"))

    assert from_file.exit_code == 0
    assert from_file.stdout == run("judge", "public", "-", stdin=json.dumps(GOOD["public"])).stdout


@pytest.mark.parametrize("name", ["missing.jsonl", "."], ids=["missing", "a folder"])
def test_a_file_that_cannot_be_read_is_wrong_use(name: str, tmp_path: Path) -> None:
    """The message names the file, and nothing is printed on stdout."""
    result = run("judge", "public", str(tmp_path / name))

    assert (result.exit_code, result.stdout) == (2, "")
    assert str(tmp_path / name) in result.stderr


def test_a_closed_stdin_is_wrong_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program started without stdin says so."""
    said = io.StringIO()
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stderr", said)

    code = program.main(["judge", "public"], standalone_mode=False)

    assert (code, said.getvalue().splitlines()[0]) == (
        2,
        "error: Invalid value for '[FILE]': stdin is closed",
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["-q"], "", id="quiet"),
        pytest.param([], "1 line judged, 1 with an undecided verdict\n", id="as usual"),
    ],
)
def test_undecided_verdicts_are_counted_on_stderr(words: list[str], said: str) -> None:
    """A note says how many verdicts are missing; -q leaves it out."""
    assert run("judge", "public", *words, stdin="x").stderr == said


def test_verbose_counts_decided_lines_too() -> None:
    """With -v the count is always there."""
    result = run("judge", "public", "-v", stdin=json.dumps(GOOD["public"]))

    assert result.stderr == "1 line judged, 0 with an undecided verdict\n"


def test_a_judge_that_fails_does_not_stop_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of ours costs one verdict and is owned up to; an answer that is no JSON does too."""
    (tmp_path / "raising_judge.py").write_text(RAISING, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(dict_of_kinds(), "public", Kind("raising_judge", "judge", ("public",)))

    result = run("judge", "public", stdin='{"id": 1}\n{"id": "odd"}\n')

    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"id": 1, "public": None, "because": "internal error: KeyError"},
        {"id": "odd", "public": None, "because": "internal error: ValueError"},
    ]
    assert result.exit_code == 3
    assert result.stderr.count("error: internal error: ") == 2
    assert "Traceback" not in result.stderr


def dict_of_kinds() -> dict[str, Kind]:
    """The table of kinds, as what it is."""
    assert isinstance(KINDS, dict)
    return KINDS


def test_each_line_is_answered_before_the_next_is_read() -> None:
    """An editor may keep one process and talk to it."""
    answers = []
    with talking_to("judge", "overlap") as program:
        for number in range(3):
            program.say(json.dumps({"id": number, "a": "*", "b": "x"}).encode() + b"\n")
            answers.append(json.loads(program.stdout.readline())["id"])
        program.stdin.close()
        end = program.ended()

    assert (answers, end) == ([0, 1, 2], (0, b""))


def test_piped_as_a_shell_would() -> None:
    """As a real process: bytes in, one line each out, exit code 3 for the undecided one."""
    done = spawned("judge", "public", stdin=b'\xff\n{"id": 2, "policy": {"Statement": []}}\n')

    assert [json.loads(line)["public"] for line in done.stdout.splitlines()] == [None, False]
    assert done.returncode == 3
    assert done.stderr == b"2 lines judged, 1 with an undecided verdict\n"
