"""Where the browser and the checker are looked for, and what is said where they are not found."""

from pathlib import Path

import pytest

from tests.browser.needing import NAMED, axe, chromium


def program(path: Path) -> Path:
    """A program that could be a browser."""
    path.write_text("#!/bin/sh\n")
    path.chmod(0o700)
    return path


def test_the_named_browser_goes_before_that_of_the_path(tmp_path: Path) -> None:
    """Each is found."""
    found, named = program(tmp_path / "chromium"), program(tmp_path / "other")

    assert chromium({"PATH": str(tmp_path)}) == str(found)
    assert chromium({"PATH": str(tmp_path), NAMED: str(named)}) == str(named)


def test_without_a_browser_the_tests_fail_and_say_what_to_install(tmp_path: Path) -> None:
    """They are not left out in silence."""
    with pytest.raises(pytest.fail.Exception, match=f"install the package chromium, or name .* {NAMED}"):
        chromium({"PATH": str(tmp_path)})


def test_a_named_browser_that_is_not_there_is_told(tmp_path: Path) -> None:
    """No other is taken in its place."""
    program(tmp_path / "chromium")
    with pytest.raises(pytest.fail.Exception, match="names /nowhere/chromium, and there is no such file"):
        chromium({"PATH": str(tmp_path), NAMED: "/nowhere/chromium"})


def test_without_a_checker_the_tests_fail_and_say_what_to_do(tmp_path: Path) -> None:
    """The newest of several is taken."""
    with pytest.raises(pytest.fail.Exception, match=r"install Node\.js with npm, then say make browser"):
        axe(tmp_path)
    (tmp_path / "axe-4.13.0.min.js").touch()
    (tmp_path / "axe-4.14.1.min.js").touch()

    assert axe(tmp_path).name == "axe-4.14.1.min.js"
