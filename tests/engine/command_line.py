"""The plain `pulumi` command line, called in a project's folder, with hosts of programs on its PATH."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sandbox.accounts import NOBODY
from sandbox.engine import ROOT, engine_environment
from sandbox.provider.double import serving_double
from sandbox.server import Server

_HOST: Final = "tests.engine.language_host.host"


@dataclass(frozen=True, slots=True)
class Project:
    """A project's folder, and an engine to be called in it."""

    folder: Path
    engine: Path
    variables: dict[str, str]

    def called(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Call the engine's command line."""
        return subprocess.run(  # noqa: S603 - the engine under test
            [self.engine, "--non-interactive", "--color", "never", *words],
            cwd=self.folder,
            env=self.variables,
            capture_output=True,
            text=True,
            check=False,
        )

    def done(self, *words: str) -> str:
        """What a call prints that does what it should."""
        call = self.called(*words)
        assert call.returncode == 0, call.stdout + call.stderr
        return call.stdout


def hosted(folder: Path, variables: dict[str, str], language: str = "python") -> dict[str, str]:
    """The variables, with a host of programs and packs on the PATH."""
    bin_ = folder / "bin"
    bin_.mkdir(exist_ok=True)
    for each in {language, "python"}:
        host = bin_ / f"pulumi-language-{each}"
        host.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {_HOST} "$@"\n')
        host.chmod(0o700)
    path = os.pathsep.join([str(bin_), os.environ["PATH"]])
    return {**variables, "PATH": path, "PYTHONPATH": str(ROOT)}


@contextmanager
def copied(aws: Server, engine: Path, folder: Path) -> Iterator[Project]:
    """Pulumi.yaml and __main__.py of this project in another folder, still without its stacks."""
    copy = folder / "copy"
    copy.mkdir()
    for name in ("Pulumi.yaml", "__main__.py"):
        shutil.copy(ROOT / name, copy)
    with serving_double(aws, account=NOBODY, region="us-east-1") as port:
        variables = {**os.environ, **engine_environment(aws, folder, port)}
        yield Project(copy, engine, hosted(folder, variables))
