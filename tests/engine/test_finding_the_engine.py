"""Where the engine is looked for, and what becomes of its tests where it is not found."""

from pathlib import Path

import pytest

from sandbox.engine import engine_binary
from sandbox.server.clients import SandboxError
from tests.engine.needing import WISH, needed


def program(folder: Path, name: str) -> Path:
    """A program that could be an engine."""
    made = folder / name
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_text("#!/bin/sh\n")
    made.chmod(0o700)
    return made


def test_the_named_engine_goes_before_all_others(tmp_path: Path) -> None:
    """PULUMI_BIN, then what was built here, then the PATH."""
    named, built = program(tmp_path, "named"), program(tmp_path, "built/pulumi")
    on_path = program(tmp_path, "bin/pulumi")
    path, missing = {"PATH": str(on_path.parent)}, tmp_path / "missing"

    assert engine_binary({"PULUMI_BIN": str(named), **path}, built) == named
    assert engine_binary({"PULUMI_BIN": "", **path}, built) == built
    assert engine_binary(path, missing) == on_path
    assert engine_binary({"PATH": str(tmp_path)}, missing) is None


def test_a_named_engine_that_is_not_there_is_told(tmp_path: Path) -> None:
    """No other is taken in its place."""
    with pytest.raises(SandboxError, match="PULUMI_BIN names /nowhere/pulumi, and there is no such file"):
        engine_binary({"PULUMI_BIN": "/nowhere/pulumi"}, program(tmp_path, "pulumi"))


def test_tests_run_with_the_engine_that_is_there(tmp_path: Path) -> None:
    """Whether it is required or not."""
    found = tmp_path / "pulumi"

    assert [needed(found, {}), needed(found, {WISH: "required"})] == [found, found]


def test_tests_without_an_engine_are_left_out(tmp_path: Path) -> None:
    """The reason says how to get one."""
    with pytest.raises(pytest.skip.Exception, match=r"tools/engine\.sh builds one, PULUMI_BIN names one"):
        needed(None, {WISH: ""})


def test_tests_without_an_engine_fail_where_it_is_required(tmp_path: Path) -> None:
    """The build server says so."""
    with pytest.raises(pytest.fail.Exception, match="there is no Pulumi engine"):
        needed(None, {WISH: "required"})
