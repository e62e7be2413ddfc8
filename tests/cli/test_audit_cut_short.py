"""An audit that is ended, or has little to live on, leaves nothing half done and says how it ended."""

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import monotonic
from types import MappingProxyType

import pytest

from audits.history_store import read_history
from bucketwright.s3.evidence import Evidence
from bucketwright.s3.replaying import run_of
from tests.cli.running import LISTENING, PATIENCE, ROOT
from tests.faults.estate import LiveEstate, estate
from tests.faults.proxy import Proxy, proxy_before

FINDINGS, INCOMPLETE = 1, 3
EARLIER = "what an earlier run found"
OBJECTS = ("-q", "--objects", "full", "--bucket", "left-alone", "--bucket", "small-prod-notes")
PROMPTLY = 30
"""Seconds; without an interruption these runs last for minutes."""
_MIB = 2**20
_DAC_OVERRIDE = 1
_DROP = 24


@dataclass(frozen=True)
class Runs:
    """The command as a process, and where it writes."""

    live: LiveEstate
    proxy: Proxy
    folder: Path

    @property
    def report(self) -> Path:
        return self.folder / "report.json"

    @property
    def kept(self) -> Path:
        return self.folder / "runs"

    def begin(
        self,
        *words: str,
        limited: Callable[[], object] = int,
        cwd: Path | None = None,
        stdout: int = subprocess.PIPE,
        surroundings: Mapping[str, str] = MappingProxyType({}),
    ) -> "subprocess.Popen[bytes]":
        """Start an audit that nobody watches."""
        told = {**self.live.environment, "AWS_ENDPOINT_URL": self.proxy.url, "PYTHONPATH": str(ROOT)}
        kept = {name: text for name, text in os.environ.items() if not name.startswith("AWS_")}
        environment = {**kept, **told, **surroundings}
        return subprocess.Popen(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-c", LISTENING, "audit", *words],
            env={name: text for name, text in environment.items() if text},
            cwd=self.folder if cwd is None else cwd,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=limited,  # noqa: PLW1509 - it only sets limits, before any thread is there
        )

    def told(self, *words: str) -> tuple[str, ...]:
        """These words, a report in the place of an earlier one, and lines."""
        self.report.write_text(EARLIER, "utf-8")
        out = ("--format", "json", "--out", str(self.report), "--format", "jsonl", "--runs", str(self.kept))
        return (*words, *out)

    def assert_nothing_is_half_done(self) -> None:
        """The report is the earlier one, and what was kept of answers is whole."""
        assert self.report.read_text("utf-8") == EARLIER
        assert {one.name for one in self.folder.iterdir()} <= {"report.json", "runs"}
        assert Evidence(self.kept).runs() == ()
        answers = [one for one in self.kept.glob("answers/*/*.json") if not one.name.startswith(".")]
        assert answers
        assert [
            one for one in answers if sha256(one.read_bytes()).hexdigest() != one.parent.name + one.stem
        ] == []


@pytest.fixture(scope="module")
def live() -> Iterator[LiveEstate]:
    """An account with something to find, also under keys that are not ASCII."""
    with estate() as made:
        made.s3.put_object(Bucket="left-alone", Key="\u00e9/\u202e\u00fc.html", Body=b"")
        yield made


@pytest.fixture
def runs(live: LiveEstate, tmp_path: Path) -> Iterator[Runs]:
    """A folder of its own, and a proxy that can be told to stall."""
    with proxy_before(live.server.url) as proxy:
        yield Runs(live, proxy, tmp_path)


def ended(process: "subprocess.Popen[bytes]") -> tuple[int, str, str]:
    """How it ended, and what it said."""
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, (out or b"").decode(), err.decode()


def fingerprints(out: str) -> set[str]:
    return {json.loads(line)["fingerprint"] for line in out.splitlines()}


@pytest.mark.parametrize(
    ("words", "stalled", "how", "code"),
    [
        pytest.param((), "encryption", signal.SIGINT, 130, id="while it asks for settings"),
        pytest.param((), "uploads", signal.SIGINT, 130, id="while it lists uploads"),
        pytest.param(OBJECTS, "list-type", signal.SIGTERM, 143, id="while it asks for objects"),
    ],
)
def test_a_run_that_is_ended_leaves_nothing_half_done(
    runs: Runs, words: tuple[str, ...], stalled: str, how: signal.Signals, code: int
) -> None:
    """At once, quietly and with a code of its own; the earlier report stays."""
    fault = runs.proxy.fault("stall", query=stalled)
    process = runs.begin(*runs.told(*words))
    assert fault.hit.wait(PATIENCE)
    began = monotonic()

    process.send_signal(how)

    assert ended(process) == (code, "", "")
    assert monotonic() - began < PROMPTLY
    runs.assert_nothing_is_half_done()


def test_a_reader_that_stops_is_no_error(runs: Runs) -> None:
    """`bucketwright audit | head -1`: the run goes on to its end, and says with its code what it found."""
    with runs.begin(*runs.told("-q")) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()

        assert (process.wait(PATIENCE), process.stderr.read()) == (FINDINGS, b"")
    assert json.loads(runs.report.read_text("utf-8"))["version"]


def test_a_screen_that_is_full(runs: Runs) -> None:
    """What cannot be shown is said to be missing; the report is written all the same."""
    with Path("/dev/full").open("wb") as full:
        process = runs.begin(*runs.told("-q"), stdout=full.fileno())

        code, _, said = ended(process)

    assert (code, said) == (INCOMPLETE, "error: could not be completed: No space left on device\n")
    assert json.loads(runs.report.read_text("utf-8"))["version"]


def limit(what: int, most: int) -> None:
    """Let this process have no more of it."""
    resource.setrlimit(what, (most, most))


@pytest.fixture(scope="module")
def plenty(live: LiveEstate, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What is found where nothing is short."""
    with proxy_before(live.server.url) as proxy:
        runs = Runs(live, proxy, tmp_path_factory.mktemp("plenty"))
        return fingerprints(ended(runs.begin(*runs.told(*OBJECTS)))[1])


BARE = {
    **dict.fromkeys(("HOME", "USER", "LOGNAME", "LANGUAGE"), ""),
    **dict.fromkeys(("LANG", "LC_ALL"), "C"),
    **dict.fromkeys(("PYTHONUTF8", "PYTHONCOERCECLOCALE"), "0"),
}
"""No home, and no language but ASCII."""
FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}
"""Else glibc reserves 64 MiB of addresses for each thread, uses little of it, and a limit counts it all."""


@pytest.mark.parametrize(
    ("limited", "surroundings"),
    [
        pytest.param(int, BARE, id="no home and no language"),
        pytest.param(partial(limit, resource.RLIMIT_NOFILE, 64), {}, id="64 open files"),
        pytest.param(partial(limit, resource.RLIMIT_AS, 256 * _MIB), FEW_ARENAS, id="256 MiB of memory"),
    ],
)
def test_little_is_enough(
    runs: Runs, plenty: set[str], limited: Callable[[], object], surroundings: Mapping[str, str]
) -> None:
    """The same is found as with plenty."""
    process = runs.begin(*runs.told("-q", *OBJECTS), limited=limited, surroundings=surroundings)

    code, out, said = ended(process)

    assert (code, said) == (FINDINGS, "")
    assert fingerprints(out) == plenty


def test_a_full_disk(runs: Runs) -> None:
    """The findings are shown, the earlier report stays, and it is said which file could not be written."""
    process = runs.begin(*runs.told(), limited=partial(limit, resource.RLIMIT_FSIZE, 1000))

    code, out, said = ended(process)

    assert code == INCOMPLETE
    assert fingerprints(out)
    assert f"error: could not be completed: {runs.report}: File too large" in said
    assert "nothing of this run is kept for the next" in said
    runs.assert_nothing_is_half_done()


def without_override() -> None:
    """Let what a folder forbids hold for this process too, where it is one of root."""
    import ctypes

    ctypes.CDLL(None).prctl(_DROP, _DAC_OVERRIDE)


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Path]:
    """A folder in which nobody may write."""
    folder = tmp_path / "sealed"
    folder.mkdir(mode=0o555)
    yield folder
    folder.chmod(0o755)


def test_a_report_where_nobody_may_write(runs: Runs, sealed: Path) -> None:
    """It is said before anything is asked."""
    out = str(sealed / "report.json")
    process = runs.begin("--format", "json", "--out", out, limited=without_override)

    assert ended(process) == (
        INCOMPLETE,
        "",
        f"error: could not be completed: {sealed}: Permission denied\n",
    )
    assert runs.proxy.seen == []


def test_a_working_directory_where_nobody_may_write(runs: Runs, sealed: Path) -> None:
    """All is found and said; nothing can be kept, which is said too."""
    process = runs.begin("--format", "jsonl", cwd=sealed, limited=without_override)

    code, out, said = ended(process)

    assert code == FINDINGS
    assert fingerprints(out)
    assert said.startswith("nothing of this run is kept for the next: ")
    assert len(said.splitlines()) == 1


def test_two_runs_at_once_share_one_history(runs: Runs) -> None:
    """Both find the same; both are kept whole, and what is remembered is whole."""
    several = [runs.begin("-q", "--format", "jsonl", "--runs", str(runs.kept)) for _ in range(2)]

    endings = [ended(one) for one in several]

    assert [(code, said) for code, _, said in endings] == [(FINDINGS, "")] * 2
    found = {frozenset(fingerprints(out)) for _, out, _ in endings}
    assert len(found) == 1
    evidence = Evidence(runs.kept)
    assert len(evidence.runs()) == 2
    for name in evidence.runs():
        digests = run_of(evidence, name).digests.values()
        assert all(evidence.answer_of(one).is_file() for one in digests)
    [history] = (runs.kept / "history").glob("*.json")
    assert {one.fingerprint for one in read_history(history)} == set(*found)
