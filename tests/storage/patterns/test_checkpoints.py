"""Does a run always find a whole checkpoint, and do exactly those stay that should?"""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.storage import (
    AlreadyThere,
    Changed,
    Damaged,
    Misconfigured,
    NotFound,
    Refused,
    Storage,
    Unreachable,
)
from bucketwright.storage.backends.interface import Content
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.opened import swapped
from bucketwright.storage.patterns.checkpoints import Better, Checkpoint, Checkpoints
from bucketwright.storage.stored import At, Attributes, Condition, Stored
from tests.storage.kept import content as held
from tests.storage.patterns.runs import contents, in_memory, place


def checkpoints(storage: Storage, keep_last: int = 3, best: Better | None = "lowest") -> Checkpoints:
    """Those of a run of the contract."""
    stored, pointers = (place(storage, f"files/{name}", run_id="r1") for name in ("checkpoints", "pointers"))
    return Checkpoints(stored, pointers, keep_last=keep_last, best=best)


def pointers(storage: Storage) -> Mapping[str, object]:
    """Which step each pointer names."""
    found = contents(place(storage, "files/pointers", run_id="r1"))
    return {name: json.loads(text)["step"] for name, text in found.items()}


@pytest.mark.requirement("TC-4")
def test_the_latest_and_the_best() -> None:
    """Pointers lead to them, and each is what was saved."""
    storage = in_memory()
    run = checkpoints(storage)
    assert (run.latest(), run.best(), run.resume()) == (None, None, None)
    for step, metric in ((1, 0.5), (2, 0.25), (3, 0.75)):
        run.save(step, b"state %d" % step, metric)

    latest, best = run.latest(), run.best()
    assert latest == run.resume() == Checkpoint(3, "step_3.ckpt", 7, sha256(b"state 3").hexdigest(), 0.75)
    assert best == Checkpoint(2, "step_2.ckpt", 7, sha256(b"state 2").hexdigest(), 0.25)
    with run.open() as file, run.open(best) as other:
        assert (file.read(), other.read()) == (b"state 3", b"state 2")
    assert pointers(storage) == {"best": 2, "latest": 3}


@pytest.mark.requirement("TC-4")
@settings(max_examples=40)
@given(
    st.lists(st.one_of(st.none(), st.integers(0, 5).map(float)), max_size=8),
    st.integers(1, 4),
    st.sampled_from([None, "lowest", "highest"]),
)
def test_which_stay(metrics: Sequence[float | None], keep_last: int, better: Better | None) -> None:
    """Against the definition: the last so many, and the first of the best."""
    storage = in_memory()
    run = checkpoints(storage, keep_last, better)
    for step, metric in enumerate(metrics):
        run.save(step, b"x", metric)
    sign = 1 if better == "lowest" else -1
    known = [(sign * metric, step) for step, metric in enumerate(metrics) if metric is not None]
    best = min(known)[1] if known and better else None
    kept = {*range(len(metrics))[-keep_last:], *([] if best is None else [best])}

    assert run.steps() == sorted(kept)
    found = run.best()
    assert (found.step if found else None) == best


@pytest.mark.requirement("TC-4")
def test_a_run_that_was_killed_before_it_could_publish() -> None:
    """Its last checkpoint is whole, and the next run goes on from it: pointers follow, metric included."""
    storage = in_memory()
    run = checkpoints(storage, keep_last=1)
    run.save(1, b"one", 0.5)
    there = place(storage, "files/checkpoints", run_id="r1")
    with_metric = storage.opened.backend.head(At(there.there.bucket, f"{there.path}step_1.ckpt"))
    assert with_metric.metadata["checkpoint-metric"] == "0.5"
    there.copy("step_1.ckpt", to=there, as_name="step_2.ckpt")

    found = checkpoints(storage, keep_last=1).resume()
    assert found is not None
    assert (found.step, found.metric) == (2, 0.5)
    assert pointers(storage) == {"best": 1, "latest": 2}
    assert run.steps() == [1, 2]


@pytest.mark.requirement("TC-4")
def test_the_same_checkpoint_again() -> None:
    """It only moves the pointers; another one of the same step is refused, and what is there stays."""
    storage = in_memory()
    run = checkpoints(storage)
    place(storage, "files/checkpoints", run_id="r1").put("step_5.ckpt", b"five")

    with pytest.raises(AlreadyThere, match="resume before saving"):
        run.save(5, b"FIVE")
    with pytest.raises(AlreadyThere):
        run.save(5, BytesIO(b"five"))
    assert run.save(5, b"five").step == 5
    assert pointers(storage) == {"latest": 5}


@pytest.mark.requirement("TC-4")
def test_a_run_that_is_behind() -> None:
    """It learns that another has gone further, and stores nothing."""
    storage = in_memory()
    checkpoints(storage).save(7, b"seven")

    with pytest.raises(Changed, match="step 7 already"):
        checkpoints(storage).save(6, b"six")
    assert checkpoints(storage).steps() == [7]


@pytest.mark.requirement("TC-4")
def test_the_latest_was_deleted() -> None:
    """Whoever opens it is told; `resume` goes back to the one before, and the run goes on from there."""
    storage = in_memory()
    run = checkpoints(storage)
    run.save(1, b"one")
    run.save(2, b"two")
    place(storage, "files/checkpoints", run_id="r1").delete("step_2.ckpt")

    with pytest.raises(NotFound, match="resume from the one before"):
        run.open()
    found = run.resume()
    assert (found.step if found else None, run.latest()) == (1, found)
    run.save(2, b"two again")
    with run.open() as file:
        assert file.read() == b"two again"


@pytest.mark.requirement("TC-4")
def test_writing_and_loading(tmp_path: Path) -> None:
    """A file that is written is a checkpoint once its block ends well, and nothing is there otherwise."""
    storage = in_memory()
    run = checkpoints(storage)

    def fails() -> None:
        with run.writing(1) as file:
            file.write(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert (run.latest(), run.steps()) == (None, [])
    with run.writing(1, 0.5) as file:
        file.write(b"whole")
    told: list[tuple[int, int]] = []
    assert run.load(tmp_path / "state", progress=lambda *far: told.append(far)).step == 1
    assert told[-1] == (5, 5)
    assert (tmp_path / "state").read_bytes() == b"whole"
    with pytest.raises(AlreadyThere), run.writing(1) as file:
        file.write(b"again")


def test_before_the_first() -> None:
    """There is none to open."""
    with pytest.raises(NotFound, match="no checkpoint"):
        checkpoints(in_memory()).open()


def reasons(run: Checkpoints) -> list[str]:
    """Why old checkpoints are still there."""
    return [one.reason for one in run.left]


class Moving(Memory):
    """Others move the pointer just before we would: so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def put(self, at: At, content: Content, attributes: Attributes, condition: Condition = None) -> Stored:
        if at.key.endswith("/latest") and self.times:
            self.times -= 1
            theirs = json.dumps({"step": 1, "name": "step_1.ckpt", "size": self.times})
            with held(theirs.encode()) as other:
                super().put(at, other, Attributes())
        return super().put(at, content, attributes, condition)


@pytest.mark.requirement("TC-4")
@pytest.mark.parametrize("times", [1, 4, 5])
def test_others_move_the_pointer(times: int) -> None:
    """It is moved from where it is then, and never by chance over what nobody has read."""
    with swapped(Moving(times)):
        storage = in_memory()
        if times == 5:
            with pytest.raises(Changed, match="the checkpoint is stored"):
                checkpoints(storage).save(9, b"nine")
            assert checkpoints(storage).steps() == [9]
        else:
            checkpoints(storage).save(9, b"nine")
            assert pointers(storage) == {"latest": 9}


class Full(Memory):
    """Nothing can be deleted."""

    def delete_many(self, bucket: str, keys: Sequence[str]) -> Mapping[str, str]:
        raise Unreachable("no answer")


def test_old_ones_that_cannot_be_deleted() -> None:
    """The new one is saved all the same; what is left is told."""
    with swapped(Full()):
        run = checkpoints(in_memory(), keep_last=1)
        run.save(1, b"one")
        assert reasons(run) == []
        run.save(2, b"two")

    assert reasons(run) == ["no answer"]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"step": 1}',
        b'{"step": true, "name": "step_1.ckpt", "size": 1}',
        b'{"step": 1, "name": "../../kept/x", "size": 1}',
        b'{"step": 1, "name": "step_2.ckpt", "size": 1}',
        b'{"step": -1, "name": "step_-1.ckpt", "size": 1}',
        b'{"step": 1%s, "name": "x", "size": 1}' % (b"0" * 9_000),
    ],
    ids=["empty", "no text", "a list", "only a step", "a flag", "elsewhere", "another", "negative", "huge"],
)
def test_pointers_that_are_none(text: bytes) -> None:
    """They are damaged, and lead nowhere else."""
    storage = in_memory()
    place(storage, "files/pointers", run_id="r1").put("latest", text)

    with pytest.raises(Damaged):
        checkpoints(storage).latest()


@pytest.mark.parametrize("metric", [float("nan"), float("inf"), "0.5"])
def test_metrics_that_cannot_be_compared(metric: float) -> None:
    """They are refused before anything is stored."""
    run = checkpoints(in_memory())

    with pytest.raises(Refused, match="can be compared"):
        run.save(1, b"x", metric)
    with pytest.raises(Refused, match="counted from 0"):
        run.save(-1, b"x")
    assert run.steps() == []


@pytest.mark.parametrize(
    "step", [10**19, 10**5_000, True, "5", 1.0], ids=["20 digits", "many", "a flag", "a text", "a fraction"]
)
def test_steps_that_nobody_could_read_back(step: int) -> None:
    """They are refused; the largest that is taken is read back."""
    run = checkpoints(in_memory())
    saved = run.save(10**19 - 1, b"x")

    with pytest.raises(Refused, match="whole numbers, counted from 0, of at most 19 digits"):
        run.save(step, b"x")
    assert run.latest() == run.resume() == saved


@pytest.mark.parametrize("best", ["min", "max", "Lowest", ""])
def test_words_that_say_no_best(best: str) -> None:
    """None of them is taken for the other one, by which the best would be deleted."""
    with pytest.raises(Refused, match="the 'lowest' or the 'highest' metric"):
        checkpoints(in_memory(), best=cast("Better", best))


def test_places_by_the_contract() -> None:
    """Any name is taken where the contract leaves names open; what is no checkpoint there is left alone."""
    storage = in_memory()
    stored, pointing = (
        place(storage, "files/loose", run_id="r1"),
        place(storage, "files/pointers", run_id="r1"),
    )
    for name in ("notes.txt", "step_x", "step_01", "step_7.tmp"):
        stored.put(name, b"mine")
    run = Checkpoints(stored, pointing, keep_last=1)
    for step in (1, 2):
        run.save(step, b"%d" % step)
    with pytest.raises(AlreadyThere):
        run.save(2, b"other")

    assert sorted(contents(stored)) == ["notes.txt", "step_01", "step_2", "step_7.tmp", "step_x"]
    with pytest.raises(Misconfigured, match="if-unchanged"):
        Checkpoints(stored, stored)
    with pytest.raises(Misconfigured, match=r"\{step:int\}"):
        Checkpoints(place(storage, "files/staging"), pointing)
    with pytest.raises(Refused, match="keep_last is 0"):
        Checkpoints(stored, pointing, keep_last=0)


def test_a_place_that_keeps_for_ever() -> None:
    """No checkpoints are kept there: old ones could not go."""
    storage = in_memory()

    with pytest.raises(Misconfigured, match="files/kept keeps its objects for ever, and of checkpoints only"):
        Checkpoints(place(storage, "files/kept"), place(storage, "files/pointers", run_id="r1"))
