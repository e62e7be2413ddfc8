"""Does the checker of import edges see every import, and object to just those that the table forbids?"""

import sys
from collections.abc import Mapping
from dataclasses import replace
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tools.import_edges import TABLE, Table, objections

REAL = Table.read(TABLE.read_text())
FREE = {"tests", "bench", "sandbox"}
ADAPTERS = ("components", "policies", "audits", "bucketwright.storage")


def judged(root: Path, files: Mapping[str, str]) -> list[str]:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return list(objections(root, REAL))


ALLOWED = {
    "an allowed edge": ("bucketwright/contract/cost.py", "import bucketwright.iam.patterns"),
    "a layer as a name": ("bucketwright/contract/cost.py", "from bucketwright import iam"),
    "a file beside it": ("bucketwright/iam/reach.py", "from .patterns import Pattern"),
    "a package from itself": ("bucketwright/iam/__init__.py", "from . import patterns"),
    "the version": ("bucketwright/iam/reach.py", "from bucketwright import __version__"),
    "named packages": ("bucketwright/contract/model.py", "import pydantic, re, yaml"),
    "sys, not its path": ("bucketwright/iam/reach.py", "import sys\nWIDEST = sys.maxunicode"),
    "beside an effect": ("bucketwright/iam/reach.py", "from urllib.parse import quote"),
    "the harmless part of an effect": ("bucketwright/iam/reach.py", "from os.path import commonprefix"),
    "rules find their own files": ("bucketwright/rules/__init__.py", "import_module(name)"),
    "the launcher": ("bucketwright/__main__.py", "def main():\n    from cli.main import main"),
    "the command line": ("cli/audit.py", "import audits, components, bucketwright.storage"),
    "the sandbox": ("sandbox/stack.py", "import moto, policies"),
    "a pure path": ("bucketwright/iam/reach.py", "from pathlib import PurePosixPath"),
    "the file that reads contracts": (
        "bucketwright/contract/loading.py",
        "from pathlib import Path\ndef load(path):\n    with path.open() as file: return path.stat()",
    ),
    "the file that reads prices": (
        "bucketwright/contract/cost/loading.py",
        "from importlib.resources import files\nfiles('x').joinpath('y').read_bytes()",
    ),
    "a time that was handed in": ("bucketwright/contract/explain.py", "def f(at): return at.now, today()"),
    "names that only sound like acts": ("bucketwright/iam/reach.py", "opened = text.reads(prints)"),
    "what no pure layer is": ("cli/init.py", "from pathlib import Path\nPath('x').write_text(input())"),
    "a test": ("tests/iam/test_reach.py", "import hypothesis, components, audits"),
    "a component": ("components/bucket.py", "import pulumi_aws\nimport bucketwright.facets"),
    "a mutated copy": ("mutants/bucketwright/iam/x.py", "import boto3"),
    "somebody's installed file": (".venv/lib/x.py", "import boto3"),
}


@pytest.mark.parametrize(("file", "text"), ALLOWED.values(), ids=ALLOWED)
def test_allowed_imports_pass(tmp_path: Path, file: str, text: str) -> None:
    """What the table allows draws no objection."""
    assert judged(tmp_path, {file: text}) == []


FORBIDDEN = {
    "back": ("bucketwright/iam", "import bucketwright.contract", "bucketwright.contract"),
    "back, by name": ("bucketwright/iam", "from bucketwright import contract", "bucketwright.contract"),
    "back, relative": ("bucketwright/iam", "from ..contract import keys", "bucketwright.contract.keys"),
    "inside a function": ("bucketwright/contract", "def f():\n    import boto3", "boto3"),
    "for types only": ("bucketwright/contract", "if TYPE_CHECKING:\n    import pulumi", "pulumi"),
    "where it may fail": ("bucketwright/contract", "try:\n    import moto\nexcept ImportError: ...", "moto"),
    "by import_module": ("bucketwright/contract", "importlib.import_module('boto3')", "boto3"),
    "by __import__": ("bucketwright/contract", "__import__('boto3')", "boto3"),
    "an effect": ("bucketwright/contract", "import os.path", "os.path"),
    "an effect within a package": ("bucketwright/contract", "from urllib import request", "urllib.request"),
    "a package nobody named": ("bucketwright/contract", "import requests", "requests"),
    "a package of another layer": ("bucketwright/iam", "import pydantic", "pydantic"),
    "pure on impure": ("bucketwright/reports", "import bucketwright.s3", "bucketwright.s3"),
    "the library on the command line": ("bucketwright/rules", "import cli", "cli"),
    "a client in the command line": ("cli", "import boto3", "boto3"),
    "the product on its tests": ("bucketwright/storage", "import tests.kit", "tests.kit"),
}


@pytest.mark.parametrize("name", ["x.py", "__init__.py"])
@pytest.mark.parametrize(("folder", "text", "edge"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_forbidden_imports_are_named(tmp_path: Path, folder: str, name: str, text: str, edge: str) -> None:
    """What the table does not allow is reported with the edge."""
    (complaint,) = judged(tmp_path, {f"{folder}/{name}": f"{text}\n"})

    assert complaint.startswith(f"{folder}/{name}:")
    assert f" -> {edge}: " in complaint


ACTS = {
    "open": ("open('x')", "names open"),
    "open by another name": ("read = open", "names open"),
    "print": ("print('x')", "names print"),
    "a path read": ("def f(path): return path.read_text()", "names .read_text"),
    "a path's method passed on": ("map(Path.read_bytes, paths)", "names .read_bytes"),
    "a path written": ("f().g.write_text('x')", "names .write_text"),
    "a path asked": ("def f(path): return path.exists()", "names .exists"),
    "stdin": ("import sys\nsys.stdin.read()", "names sys.stdin"),
    "the day": ("from datetime import date\ndate.today()", "names date.today"),
    "the hour": ("import datetime\ndatetime.datetime.now(UTC)", "names datetime.now"),
    "real paths": ("from pathlib import Path", "-> pathlib.Path"),
    "every path": ("import pathlib", "-> pathlib"),
    "a file object": ("import io", "-> io"),
    "the environment": ("from os import environ", "-> os.environ"),
    "a process": ("import subprocess", "-> subprocess"),
    "a socket": ("from socket import create_connection", "-> socket.create_connection"),
    "a file of the package": ("from importlib.resources import files", "-> importlib.resources.files"),
}


@pytest.mark.parametrize(
    "file",
    ["bucketwright/contract/prefixes.py", "bucketwright/iam/x.py", "bucketwright/contract/keys/loading.py"],
)
@pytest.mark.parametrize(("text", "named"), ACTS.values(), ids=ACTS)
def test_a_pure_layer_does_not_act(tmp_path: Path, file: str, text: str, named: str) -> None:
    """Files, streams, clocks and processes are out of reach, imported or named."""
    (complaint,) = judged(tmp_path, {file: f"{text}\n"})

    assert complaint.startswith(f"{file}:")
    assert complaint.endswith(f" {named}: a pure layer does not act")


def test_the_files_that_may_act_may_do_only_what_they_do(tmp_path: Path) -> None:
    """The file that reads contracts may not write one, or read the clock."""
    text = "def f(path): path.write_text('x')\ndatetime.now()\nimport os\n"

    assert len(judged(tmp_path, {"bucketwright/contract/loading.py": text})) == 3


@pytest.mark.parametrize("adapter", ADAPTERS)
@pytest.mark.parametrize("other", ADAPTERS)
def test_adapters_never_import_one_another(tmp_path: Path, adapter: str, other: str) -> None:
    """Components, policies, audits and storage know nothing of each other."""
    file = f"{adapter.replace('.', '/')}/x.py"

    assert bool(judged(tmp_path, {file: f"import {other}.y\n"})) == (adapter != other)


def test_message_says_where_and_what_is_allowed(tmp_path: Path) -> None:
    """A complaint can be acted on without opening the checker."""
    complaints = judged(tmp_path, {"bucketwright/verdicts.py": "x = 1\nimport bucketwright.iam\n"})

    expected = (
        "bucketwright/verdicts.py:2: bucketwright.verdicts -> bucketwright.iam: "
        "allowed layers are bucketwright, bucketwright.contract, bucketwright.verdicts"
    )
    assert complaints == [expected]


def test_every_objection_of_a_file_is_reported_in_order(tmp_path: Path) -> None:
    """One run names everything there is to repair."""
    complaints = judged(tmp_path, {"policies/x.py": "def f():\n    import boto3\nimport audits\n"})

    assert [complaint.split(":")[1] for complaint in complaints] == ["2", "3"]


@pytest.mark.parametrize(
    "file", ["helpers/x.py", "bucketwright/extra.py", "bucketwright/extra/x.py", "setup.py"]
)
def test_a_layer_that_the_table_does_not_know_is_an_error(tmp_path: Path, file: str) -> None:
    """A new folder says first what it may import."""
    (complaint,) = judged(tmp_path, {file: "import re\n"})

    assert complaint.startswith(f"{file}:1: the layer ")
    assert "is unknown" in complaint


def test_importing_an_unknown_layer_is_an_error(tmp_path: Path) -> None:
    """A folder without an entry cannot be reached through another."""
    complaints = judged(
        tmp_path, {"bucketwright/extra.py": "", "bucketwright/iam/x.py": "import bucketwright.extra\n"}
    )

    assert len(complaints) == 2


@pytest.mark.parametrize(
    "text",
    [
        "import sys\nsys.path.insert(0, '.')\n",
        "from sys import path\n",
        "import sys\nsys.path += ['x']\n",
    ],
    ids=["inserted into", "imported", "added to"],
)
@pytest.mark.parametrize("file", ["tests/x.py", "cli/x.py", "bucketwright/iam/x.py"])
def test_the_import_path_is_left_alone(tmp_path: Path, file: str, text: str) -> None:
    """No file, not even a test, changes where imports come from."""
    (complaint,) = judged(tmp_path, {file: text})

    assert "sys.path" in complaint


def test_a_name_made_at_run_time_cannot_be_checked(tmp_path: Path) -> None:
    """An import that nobody can read is refused where the table does not expect it."""
    (complaint,) = judged(tmp_path, {"audits/x.py": "import importlib\nimportlib.import_module(name)\n"})

    assert complaint == "audits/x.py:2: audits imports a name made at run time; write it out"


def test_arrows_of_the_table_never_turn_back() -> None:
    """No layer reaches itself through others: the table itself has no cycle."""
    waiting = {layer: reached for layer, reached in REAL.layers.items() if layer not in FREE}
    order = TopologicalSorter({layer: reached - {"any"} for layer, reached in waiting.items()})

    assert set(order.static_order()) >= REAL.pure


def test_pure_layers_know_only_pure_layers() -> None:
    """Nothing pure can reach a client, an engine or the outside."""
    assert REAL.pure <= REAL.layers.keys()
    assert all(REAL.layers[layer] <= REAL.pure for layer in REAL.pure)
    packages = {package for layer in REAL.pure for package in REAL.packages[layer]}
    assert packages == {"jinja2", "markupsafe", "pydantic", "pydantic_core", "yaml"}
    assert {effect.partition(".")[0] for effect in REAL.effects} <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("file", "allowed"),
    [(file, one) for file, several in REAL.outside.items() for one in sorted(several)],
)
def test_nothing_is_allowed_that_is_not_used(tmp_path: Path, file: str, allowed: str) -> None:
    """Each allowance of a file that may act is needed: without it there is something to object to."""
    narrower = {**REAL.outside, file: REAL.outside[file] - {allowed}}
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_bytes((Path(__file__).parents[2] / file).read_bytes())

    assert list(objections(tmp_path, REAL)) == []
    assert list(objections(tmp_path, replace(REAL, outside=narrower))) != []


def test_this_repository_keeps_its_own_table() -> None:
    """The layers of this very checkout import only what they may."""
    root = Path(__file__).parents[2]

    assert list(objections(root, REAL)) == []
