"""The sandbox by the real engine: what happens behind its back is repaired, and Ctrl-C breaks nothing."""

import json
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pulumi.automation import EngineEvent, OpType

from sandbox.engine import engine_stack
from sandbox.engine_command import Interrupted
from sandbox.server import Server
from tests.cli.running import run

pytestmark = pytest.mark.engine

CONTRACT = """
project: shop
region: us-west-2
environments: {dev: {account: 111122223333}}
buckets:
  files: {encryption: kms, versioning: enabled, prefixes: {notes: {path: "{env}/notes/"}}}
"""
DRIFTS = ("versioning-suspended", "policy-deleted", "website-on", "object-without-type")
BY_ENGINE = "by the Pulumi engine: "


@pytest.fixture
def folder(engine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a contract and an engine to deploy it; no sandbox outlives the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PULUMI_BIN", str(engine))
    (tmp_path / "contract.yaml").write_text(CONTRACT)
    yield tmp_path
    run("sandbox", "down")


def test_what_was_changed_behind_its_back_is_repaired(folder: Path) -> None:
    """And said; what nothing of the program holds is named as it is, until somebody takes it back."""
    first = run("sandbox", "up").stdout
    for name in DRIFTS:
        assert run("sandbox", "drift", name).exit_code == 0
    drifted = run("sandbox", "status").stdout
    second = run("sandbox", "up").stdout
    repaired = run("sandbox", "status").stdout
    third = run("sandbox", "up").stdout

    *tree, ended = first.splitlines()
    assert ended.endswith(f"{BY_ENGINE}13 create")
    assert "unknown" not in first
    assert drifted.splitlines()[3:8] == [
        "4 drifts injected and not repaired:",
        "  versioning-suspended at bucket:files",
        "  policy-deleted at bucket:files",
        "  website-on at bucket:files",
        "  object-without-type at prefix:files/notes",
    ]
    assert set(second.splitlines()[len(tree) : -4]) == {
        "repaired: s3.BucketVersioning files: versioningConfiguration",
        "repaired: s3.BucketPolicy files: was gone",
    }
    left = ["  website-on at bucket:files", "  object-without-type at prefix:files/notes"]
    assert second.splitlines()[-4:-1] == [
        "2 drifts injected and not repaired, for nothing that the program makes holds it:",
        *left,
    ]
    assert second.splitlines()[-1].endswith(f"{BY_ENGINE}1 create, 11 same, 1 update")
    assert repaired.splitlines()[3:6] == ["2 drifts injected and not repaired:", *left]
    assert "repaired:" not in third.replace("not repaired", "")
    assert third.splitlines()[-1].endswith(f"{BY_ENGINE}13 same")


def test_the_engine_knows_when_its_deployment_is_gone(folder: Path) -> None:
    """What the stand-in put in its place is not taken for what the engine had deployed."""
    first = run("sandbox", "up")
    other = run("sandbox", "up", "--no-engine")
    run("sandbox", "drift", "website-on")
    again = run("sandbox", "up")
    status = run("sandbox", "status")

    assert first.stdout.splitlines()[-1].endswith(f"{BY_ENGINE}13 create")
    assert other.stdout.splitlines()[-1].endswith("by the engine's stand-in: 13 create")
    assert again.stdout.splitlines()[-1].endswith(f"{BY_ENGINE}13 create")
    assert "the engine knows nothing of what its stand-in had made" in again.stderr
    assert "drift" not in status.stdout


def test_both_show_the_same_tree(folder: Path) -> None:
    """The engine and its stand-in make the same things, but for the ids that AWS makes up."""
    shown = [run("sandbox", "up", *words).stdout.splitlines()[:-1] for words in ([], ["--no-engine"])]
    (key,) = {line.split()[-1] for line in shown[0] if "kms.Alias" in line}
    (other,) = {line.split()[-1] for line in shown[1] if "kms.Alias" in line}

    assert [line.replace(key, other) for line in shown[0]] == shown[1]
    assert f"    kms.Key files: {other}; rotates; policy of 1 statement" in shown[1]


@pytest.mark.parametrize("cut", ["a lock", "a damaged state"])
def test_what_a_killed_run_left_is_cleared(folder: Path, cut: str) -> None:
    """Its lock belongs to nobody and its state may be cut off: all is begun anew, and that is said."""
    run("sandbox", "up")
    kept = folder / ".sandbox" / "engine" / "state" / ".pulumi"
    (state,) = kept.glob("stacks/bucketwright/*.json")
    if cut == "a lock":
        lock = kept / "locks" / "organization" / "bucketwright" / state.stem / "of-nobody.json"
        lock.parent.mkdir(parents=True, exist_ok=True)
        lock.write_text('{"pid": 1, "username": "me", "hostname": "x", "timestamp": "2026-01-01T00:00:00Z"}')
    else:
        state.write_text("")
    running = folder / ".sandbox" / "state.json"
    running.write_text(json.dumps({**json.loads(running.read_text()), "by": "", "unfinished": True}))
    again = run("sandbox", "up")

    assert again.exit_code == 0, again.output
    assert again.stdout.splitlines()[-1].endswith(f"{BY_ENGINE}13 create")
    assert "the last 'up' was broken off: this one began with an empty sandbox" in again.stderr


def test_interrupted_the_engine_puts_its_state_in_order(folder: Path, aws: Server, engine: Path) -> None:
    """What was made until then is known, nothing is locked, and the next run makes the rest."""
    made: list[str] = []
    main = threading.main_thread().ident
    assert main is not None

    def interrupt_at_the_third(event: EngineEvent) -> None:
        told = event.res_outputs_event
        if told is not None and told.metadata.op is OpType.CREATE and told.metadata.type.startswith("aws:"):
            made.append(told.metadata.urn)
            if len(made) == 3:
                signal.pthread_kill(main, signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    config = {"contract": str(folder / "contract.yaml"), "environment": "dev"}
    try:
        with pytest.raises(Interrupted), engine_stack(aws, folder, engine, "dev", config) as stack:
            stack.up(on_event=interrupt_at_the_third)
    finally:
        signal.signal(signal.SIGINT, before)
    with engine_stack(aws, folder, engine, "dev", config) as stack:
        changes = stack.up().summary.resource_changes

    assert changes is not None
    counts = {str(word): count for word, count in changes.items()}
    assert sum(counts.values()) == 13
    assert 3 <= counts["same"] <= 13
    assert list((folder / "state" / ".pulumi" / "locks").rglob("*.json")) == []
