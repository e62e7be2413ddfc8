"""Does anything notice that a file is wrong?

Each trial is a process of its own, forked from one that has everything loaded: only what the changed file
reaches is loaded anew. First the examples of the rules are judged, then pytest runs. The file itself stays as
it is.
"""

import ast
import gc
import math
import os
import resource
import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from types import CodeType
from typing import Final

import hypothesis.strategies  # noqa: F401 - loaded once, for all trials
import pytest

from bucketwright.rules import catalogue
from bucketwright.verdicts import Fails, NotApplicable, Passes

SURVIVED: Final = 0
KILLED: Final = 1
UNTESTED: Final = 33
"""Exit codes, as `tools/mutants_killed.py` counts them."""
_MEMORY: Final = 4 << 30
_OPTIONS: Final = (
    "-x",
    "-q",
    "-p",
    "no:cacheprovider",
    "-p",
    "tools.mutants_plugin",
    "--hypothesis-profile=mutants",
    "-m",
    "not timed",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
)


@dataclass(frozen=True, slots=True)
class Trial:
    """What is to be tried of one file, and with what."""

    module: str
    file: Path
    anew: frozenset[str]
    """It, and the modules that its change reaches."""
    rules: frozenset[str]
    """Ids of the rules among them, whose examples are judged."""
    tests: tuple[str, ...]
    """Files of tests."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of CPU."""

    examples: float
    tests: float


@dataclass(frozen=True, slots=True)
class End:
    """How a trial ended, after so many seconds of CPU."""

    code: int
    seconds: float


class _OfRules:
    """Leaves out the tests of other rules."""

    def __init__(self, rules: frozenset[str]) -> None:
        self.rules = rules

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [one for one in items if self._is_meant(one)]

    def _is_meant(self, item: pytest.Item) -> bool:
        call = getattr(item, "callspec", None)
        rule = call.params.get("rule") if call else None
        return getattr(rule, "id", None) in {None, *self.rules}


def warm_up() -> None:
    """Load what no trial shall have to load."""
    catalogue()
    gc.collect()
    gc.freeze()


def end_of(trial: Trial, code: CodeType, limits: Limits, output: Path) -> End:
    """How the tests end with this code in the place of the file; what they say goes into `output`."""
    child = os.fork()
    if not child:
        _be_the_child(trial, code, limits, output)
    _, status, used = os.wait4(child, 0)
    return End(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime)


def unbroken(trial: Trial) -> CodeType:
    """The file as it is, compiled as a mutant is."""
    return compile(ast.parse(trial.file.read_bytes()), str(trial.file), "exec")


def _be_the_child(trial: Trial, code: CodeType, limits: Limits, output: Path) -> None:
    """Never returns."""
    ended = KILLED
    try:
        written = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(written, sys.stdout.fileno())
        os.dup2(written, sys.stderr.fileno())
        ended = _tried(trial, code, limits)
    except BaseException as error:  # noqa: BLE001 - whatever a mutant raises
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
    finally:
        sys.stdout.flush()
        os._exit(ended)


def _tried(trial: Trial, code: CodeType, limits: Limits) -> int:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    _allow(limits.examples)
    _load(trial, code)
    if not _examples_hold(trial.rules):
        return KILLED
    if not trial.tests:
        return SURVIVED if trial.rules else UNTESTED
    used = resource.getrusage(resource.RUSAGE_SELF)
    _allow(used.ru_utime + used.ru_stime + limits.tests)
    ended = pytest.main([*_OPTIONS, *trial.tests], plugins=[_OfRules(trial.rules)])
    return SURVIVED if ended is pytest.ExitCode.NO_TESTS_COLLECTED else int(ended)


def _load(trial: Trial, code: CodeType) -> None:
    """The changed file instead of what is loaded; what it reaches follows when it is asked for."""
    for name in trial.anew:
        sys.modules.pop(name, None)
    for package, _, last in (name.rpartition(".") for name in trial.anew):
        if package in sys.modules:
            vars(sys.modules[package]).pop(last, None)
    spec = find_spec(trial.module)
    if spec is None:
        raise ModuleNotFoundError(trial.module)
    module = sys.modules[trial.module] = module_from_spec(spec)
    exec(code, vars(module))  # noqa: S102 - as an import would run it
    package, _, last = trial.module.rpartition(".")
    setattr(sys.modules[package], last, module)


def _allow(seconds: float) -> None:
    """So many seconds from the start; who takes longer is ended by the system."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds), most))


def _examples_hold(rules: frozenset[str]) -> bool:
    """Whether each rule judges its examples as they say, through each of its lenses."""
    loaded = import_module("bucketwright.rules").catalogue()
    for rule in (loaded[one] for one in sorted(rules)):
        for example in rule.examples:
            expected = (Passes, NotApplicable) if example.is_good else (Fails,)
            posture = example.posture(rule.kind)
            for lens in sorted(rule.lenses):
                verdict = rule.verdict(posture, example.estate(rule.kind, lens))
                if not isinstance(verdict, expected):
                    print(f"{rule.id}: {verdict}")
                    return False
    return True
