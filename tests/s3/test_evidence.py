"""What was answered can be judged again later: the same answers, whole, without secrets."""

import errno
import json
import os
import threading
from pathlib import Path
from queue import SimpleQueue

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.calls import Answer, Begins, Call, Done, Failure, Outcome
from bucketwright.s3 import evidence as module
from bucketwright.s3.evidence import About, Evidence, KeptError, canonical, recorded
from bucketwright.s3.replaying import replayed, run_of

READ = Call("s3", "GetBucketVersioning", {"Bucket": "b"}, "eu-west-1", "123456789012")
POLICY = Call("s3", "GetBucketPolicy", {"Bucket": "b"}, "eu-west-1")
ABOUT = About("run-1", "2026-03-01T00:00:00Z", "0.1.0", "123456789012", {"stack": "prod"})
EMPTY = {"format": 1, "run": "r", "time": "t", "version": "v", "account": "a", "scope": {}, "calls": []}
ENTRY = {"service": "s3", "operation": "O", "region": "", "account": "", "params": {}}
ENABLED = Answer({"Status": "Enabled"})
NO_POLICY = Failure("refused", "NoSuchBucketPolicy", "there is none")
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=8,
)


def evidence_of(folder: Path, *pairs: tuple[Call, Outcome], run: str = "run-1") -> Evidence:
    """A folder with a run in which these calls had these outcomes."""
    evidence = Evidence(folder / "evidence")
    outcomes = {call.identity: outcome for call, outcome in pairs}
    send = recorded(lambda call: outcomes[call.identity], evidence)
    for call, _ in pairs:
        send(call)
    send.finish(About(run, ABOUT.time, ABOUT.version, ABOUT.account, ABOUT.scope))
    return evidence


def files(evidence: Evidence) -> list[Path]:
    """All that is kept."""
    return sorted(path for path in evidence.folder.rglob("*") if path.is_file())


def test_the_same_again(tmp_path: Path) -> None:
    """A run that was kept answers as the service did, failures too, and says what it was."""
    evidence = evidence_of(tmp_path, (READ, ENABLED), (POLICY, NO_POLICY))

    send = replayed(evidence, "run-1")

    assert (send(READ), send(POLICY)) == (ENABLED, NO_POLICY)
    assert run_of(evidence, "run-1").about == ABOUT
    assert evidence.runs() == ("run-1",)


def test_what_was_not_asked(tmp_path: Path) -> None:
    """A call that was not made in that run, or with other parameters, is not answered."""
    evidence = evidence_of(tmp_path, (READ, ENABLED))

    outcome = replayed(evidence, "run-1")(Call("s3", "GetBucketVersioning", {"Bucket": "c"}, "eu-west-1"))

    assert outcome == Failure("refused", "NotKept", "this was not asked in that run")


@settings(max_examples=40)
@given(values=st.dictionaries(st.sampled_from("abcd"), json_values, max_size=4))
def test_every_answer_again(tmp_path_factory: pytest.TempPathFactory, values: dict[str, object]) -> None:
    """Whatever was answered is answered again."""
    evidence = evidence_of(tmp_path_factory.mktemp("run"), (READ, Answer(values)))

    assert replayed(evidence, "run-1")(READ) == Answer(values)


def test_each_answer_once(tmp_path: Path) -> None:
    """The same answer to several calls, in several runs, is one file."""
    evidence_of(tmp_path, (READ, ENABLED), (POLICY, ENABLED))
    evidence = evidence_of(tmp_path, (READ, ENABLED), run="run-2")

    assert len(files(evidence)) == 3
    assert evidence.runs() == ("run-1", "run-2")


def test_for_one_pair_of_eyes(tmp_path: Path) -> None:
    """Files and folders are for their owner alone, whatever the mask of new files is."""
    before = os.umask(0)
    try:
        evidence = evidence_of(tmp_path, (READ, ENABLED))
    finally:
        os.umask(before)

    folders = [evidence.folder, *(path for path in evidence.folder.rglob("*") if path.is_dir())]
    assert {path.stat().st_mode & 0o777 for path in files(evidence)} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}


def test_no_secrets(tmp_path: Path) -> None:
    """No external id, key or token of an answer is in any file."""
    trust = {"Condition": {"StringEquals": {"sts:ExternalId": "hush-hush"}}}
    policy = '{"Condition":{"StringEquals":{"sts:ExternalId":["hush-hush"]}}}'
    answer = Answer({"Role": {"AssumeRolePolicyDocument": trust}, "Policy": policy, "Key": "AKIA" + "A" * 16})
    evidence = evidence_of(tmp_path, (READ, answer))

    text = b"".join(path.read_bytes() for path in files(evidence))
    assert b"hush-hush" not in text
    assert b"AKIA" not in text


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda text: text.replace(b"Enabled", b"Suspend"), id="changed"),
        pytest.param(lambda text: text[:-1], id="cut"),
        pytest.param(lambda _: b"", id="emptied"),
    ],
)
def test_changed_answers(tmp_path: Path, spoil: object) -> None:
    """An answer that somebody changed since is not believed."""
    evidence = evidence_of(tmp_path, (READ, ENABLED))
    path = next((evidence.folder / "answers").rglob("*.json"))
    assert callable(spoil)
    path.write_bytes(spoil(path.read_bytes()))

    outcome = replayed(evidence, "run-1")(READ)

    assert isinstance(outcome, Failure)
    assert outcome.code == "Changed"


def test_lost_answers(tmp_path: Path) -> None:
    """An answer whose file is gone is as one that was not kept."""
    evidence = evidence_of(tmp_path, (READ, ENABLED))
    next((evidence.folder / "answers").rglob("*.json")).unlink()

    outcome = replayed(evidence, "run-1")(READ)

    assert isinstance(outcome, Failure)
    assert outcome.code == "NotKept"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "null",
        '{"format":2}',
        json.dumps({**EMPTY, "calls": {}}),
        json.dumps({**EMPTY, "scope": []}),
        json.dumps({**EMPTY, "time": 7}),
        json.dumps({**EMPTY, "calls": [1]}),
        json.dumps({**EMPTY, "calls": [{**ENTRY, "answer": "../../../etc/passwd"}]}),
        "[" * 100_000,
    ],
)
def test_hostile_indexes(tmp_path: Path, text: str) -> None:
    """An index that is none is said to be none, in a sentence, and no path in it is followed."""
    evidence = evidence_of(tmp_path, (READ, ENABLED))
    evidence.index_of("run-1").write_text(text)

    with pytest.raises(KeptError, match=r"run-1\.json"):
        replayed(evidence, "run-1")


@pytest.mark.parametrize("name", ["", "../run-1", "/etc/passwd", "a b", ".hidden", "x" * 200])
def test_names_of_runs(tmp_path: Path, name: str) -> None:
    """A name that could lead out of the folder is no name."""
    with pytest.raises(KeptError, match="no name of a run"):
        replayed(evidence_of(tmp_path, (READ, ENABLED)), name)


def test_runs_that_there_are_not(tmp_path: Path) -> None:
    """A run that was not kept is answered with the one that was."""
    with pytest.raises(KeptError, match="did you mean 'run-1'"):
        replayed(evidence_of(tmp_path, (READ, ENABLED)), "run-7")
    with pytest.raises(KeptError, match="holds none"):
        replayed(Evidence(tmp_path / "nothing"), "run-1")


@pytest.mark.parametrize("lost", ["answers", "runs"])
def test_full_disks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str) -> None:
    """Where the disk is full calls are answered all the same, no run is there, and no half-written file."""
    whole = module.write_whole

    def full(path: Path, content: bytes, private: Path) -> None:
        if lost in path.parts:
            monkeypatch.setattr(Path, "replace", _no_space)
        whole(path, content, private)

    monkeypatch.setattr(module, "write_whole", full)
    evidence = Evidence(tmp_path / "evidence")
    send = recorded(lambda _call: ENABLED, evidence)

    assert send(READ) == ENABLED
    with pytest.raises(KeptError, match=r"this run is not kept: .*No space left on device"):
        send.finish(ABOUT)
    assert evidence.runs() == ()
    assert [path.name for path in files(evidence) if path.suffix != ".json"] == []


def _no_space(_from: Path, _to: Path) -> Path:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_answers_that_were_cut(tmp_path: Path) -> None:
    """An answer that a machine cut when it went down is written anew by the next run that has it."""
    evidence = evidence_of(tmp_path, (READ, ENABLED))
    next((evidence.folder / "answers").rglob("*.json")).write_bytes(b"")

    evidence_of(tmp_path, (READ, ENABLED), run="run-2")

    assert replayed(evidence, "run-1")(READ) == ENABLED


def test_an_earlier_run_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that cannot be written over an earlier one of its name leaves that whole."""
    evidence = evidence_of(tmp_path, (READ, ENABLED))
    before = evidence.index_of("run-1").read_bytes()
    monkeypatch.setattr(Path, "replace", _no_space)

    with pytest.raises(KeptError):
        evidence_of(tmp_path, (POLICY, NO_POLICY))
    assert evidence.index_of("run-1").read_bytes() == before


def test_one_text_for_one_value() -> None:
    """The order in which a service names fields makes no other answer."""
    assert canonical({"b": 1, "a": {"d": "é", "c": None}}) == b'{"a":{"c":null,"d":"\\u00e9"},"b":1}'


def test_the_format(tmp_path: Path) -> None:
    """An index is plain JSON that says which call had which answer."""
    index = json.loads(evidence_of(tmp_path, (READ, ENABLED)).index_of("run-1").read_text())

    assert index["calls"][0] == {
        "account": "123456789012",
        "answer": index["calls"][0]["answer"],
        "operation": "GetBucketVersioning",
        "params": {"Bucket": "b"},
        "region": "eu-west-1",
        "service": "s3",
    }
    assert {name: index[name] for name in ("format", "run", "time", "scope")} == {
        "format": 1,
        "run": "run-1",
        "time": ABOUT.time,
        "scope": {"stack": "prod"},
    }


def test_what_was_found_is_kept_with_the_run_without_secrets(tmp_path: Path) -> None:
    """As it was told, but for what opens a door."""
    evidence = Evidence(tmp_path)
    told = {"findings": [{"key": "a/b.txt", "seen": "externalId=hush-hush"}]}

    evidence.keep_run(About("run-1", ABOUT.time, ABOUT.version, found=told), {})

    kept = {"findings": [{"key": "a/b.txt", "seen": "externalId=[redacted]"}]}
    assert run_of(evidence, "run-1").about.found == kept
    assert b"hush" not in evidence.index_of("run-1").read_bytes()


class _Elsewhere:
    """Answers in a thread of its own, and must not wait there."""

    def __init__(self) -> None:
        self.threads: list[str] = []

    def __call__(self, _call: Call) -> Outcome:
        return ENABLED

    def begin(self, call: Call, done: Done) -> None:
        """Tell at once."""
        self.threads.append(threading.current_thread().name)
        done(self(call))


def test_kept_by_another_thread(tmp_path: Path) -> None:
    """Whoever makes the calls does not wait for a disk; what is told of is kept."""
    evidence = Evidence(tmp_path / "evidence")
    send = recorded(_Elsewhere(), evidence)
    assert isinstance(send, Begins)
    came: SimpleQueue[tuple[object, str]] = SimpleQueue()

    for call in (READ, POLICY):
        send.begin(call, lambda outcome: came.put((outcome, threading.current_thread().name)))
    told = [came.get(), came.get()]

    assert [outcome for outcome, _ in told] == [ENABLED, ENABLED]
    assert threading.current_thread().name not in {thread for _, thread in told}
    send.finish(ABOUT)
    assert replayed(evidence, "run-1")(POLICY) == ENABLED


def test_a_mistake_in_keeping_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for an answer in vain."""

    def mistaken(_path: Path, _content: bytes, _private: Path) -> None:
        raise AssertionError

    monkeypatch.setattr(module, "write_whole", mistaken)
    send = recorded(_Elsewhere(), Evidence(tmp_path / "evidence"))
    assert isinstance(send, Begins)
    came: SimpleQueue[object] = SimpleQueue()

    send.begin(READ, came.put)

    assert isinstance(came.get(), AssertionError)
