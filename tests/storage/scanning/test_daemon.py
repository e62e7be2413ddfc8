"""Where the daemon of the tests is looked for, and what is said where it is not found."""

from pathlib import Path

import pytest

from tests.storage.scanning.daemon import NAMED, program


def test_the_named_daemon_goes_before_the_installed_one(tmp_path: Path) -> None:
    """It may lie anywhere."""
    named = tmp_path / "clamd"
    named.touch()

    assert program({NAMED: str(named)}) == str(named)
    with pytest.raises(pytest.fail.Exception, match="there is no such file"):
        program({NAMED: str(tmp_path / "other")})


def test_without_a_daemon_the_tests_fail_and_say_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are not left out in silence."""
    monkeypatch.setattr("tests.storage.scanning.daemon.FOLDERS", str(tmp_path))

    with pytest.raises(pytest.fail.Exception, match=f"install the package clamav-daemon, or name .* {NAMED}"):
        program({"PATH": str(tmp_path)})
