"""Are the generated parts of a page, and only they, made anew?"""

import sys
from pathlib import Path

import pytest

from tools.generated import ROOT, difference, refreshed, run

PAGE = """# Title

<!-- generated: $ tool look --env dev -->
{0}<!-- end -->

Between. <!-- a remark -->

<!-- generated: pyproject.toml -->
{1}<!-- end -->
"""


def shouted(command: str) -> str:
    return f"{command.upper()}\n\n"


def test_a_block_shows_the_command_and_its_output() -> None:
    """A command stands above what it prints, in one fence."""
    shown = "```console\n$ tool look --env dev\nTOOL LOOK --ENV DEV\n```\n"

    assert f"<!-- generated: $ tool look --env dev -->\n{shown}<!-- end -->" in refreshed(PAGE, shouted)


def test_a_block_shows_a_file_in_its_language() -> None:
    """A file of the repository stands there as it is."""
    text = (ROOT / "pyproject.toml").read_text().rstrip()

    assert f"<!-- generated: pyproject.toml -->\n```toml\n{text}\n```\n<!-- end -->" in refreshed(
        PAGE, shouted
    )


def test_the_rest_of_the_page_is_left_alone() -> None:
    """What people wrote stays, letter for letter."""
    blank = PAGE.format("", "")

    assert refreshed(blank, shouted).startswith("# Title\n\n<!-- generated")
    assert "\n\nBetween. <!-- a remark -->\n\n" in refreshed(blank, shouted)
    assert refreshed("no block\n<!-- generated: half", shouted) == "no block\n<!-- generated: half"


@pytest.mark.parametrize(
    "old", ["", "stale\n", "```console\n<!-- odd -->\n```\n"], ids=["new", "stale", "odd"]
)
def test_making_anew_ends_at_the_same_page(old: str) -> None:
    """Whatever stood in a block, the page comes out the same, and stays so."""
    page = refreshed(PAGE.format(old, old), shouted)

    assert page == refreshed(PAGE.format("", ""), shouted) == refreshed(page, shouted)


def test_dates_alone_make_nothing_stale() -> None:
    """Output that counts from today stays until something else in it changes; a file's dates count."""
    page = refreshed(PAGE, lambda _: "2026-11-21 is written")

    assert refreshed(page, lambda _: "2027-01-02 is written") == page
    assert "2027-01-02 was" in refreshed(page, lambda _: "2027-01-02 was written")
    assert refreshed(page.replace("requires-python", "2026-01-01"), shouted) == refreshed(page, shouted)


def test_output_may_look_like_a_group_reference() -> None:
    """Backslashes in an output are characters."""
    assert r"\1 \g<head>" in refreshed(PAGE, lambda _: r"\1 \g<head>")


def test_a_page_that_is_fresh_shows_no_difference(tmp_path: Path) -> None:
    """Only what changed is stale; a file that is missing is stale from its first line."""
    readme = ROOT / "README.md"

    assert difference(readme, readme.read_text()) == []
    assert "+one more line" in difference(readme, readme.read_text() + "one more line\n")
    assert difference(ROOT / "docs" / "absent.md", "text\n")[-1] == "+text"


def test_commands_run_in_the_repository_without_colour_and_with_a_fixed_width() -> None:
    """Whoever makes the pages gets the same ones."""
    program = "import os; print(os.getcwd(), os.environ['COLUMNS'], os.environ['NO_COLOR'])"

    assert run(f'{Path(sys.executable).name} -c "{program}"') == f"{ROOT} 100 1\n"


def test_notes_are_shown_where_they_came_but_kept_out_of_files() -> None:
    """A page shows what a terminal shows; a file holds the result alone."""
    program = "import sys; print(1); print(2, file=sys.stderr); print(3)"
    command = f'{Path(sys.executable).name} -c "{program}"'

    assert run(command) == "1\n2\n3\n"
    assert run(command, notes=False) == "1\n3\n"


def test_a_command_that_fails_is_no_documentation(capsys: pytest.CaptureFixture[str]) -> None:
    """A failing command ends the run with what it said, before any file is written."""
    program = "import sys; print('it broke'); sys.exit(2)"
    with pytest.raises(SystemExit) as ended:
        run(f'{Path(sys.executable).name} -c "{program}"')

    assert ended.value.code == 1
    assert "exit code 2\nit broke\n" in capsys.readouterr().err
