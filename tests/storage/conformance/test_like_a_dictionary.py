"""Law: whatever is done in whatever order, a local backend holds what a dictionary would."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.storage.backends.folder import Folder
from bucketwright.storage.backends.interface import Backend
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.errors import StorageError
from bucketwright.storage.stored import At, Attributes, Condition, IfAbsent, IfMatch
from tests.storage.kept import BUCKET, content

KEYS = ("a", "a/b", "A", "é", "con")
LOCAL: dict[str, Callable[[Path], Backend]] = {"memory": lambda _: Memory(), "folder": Folder}


class Step(NamedTuple):
    """What is done: with which key, which content, and on what condition."""

    what: str
    key: str
    other: str
    data: bytes
    condition: str


STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(("put", "delete", "copy")),
        st.sampled_from(KEYS),
        st.sampled_from(KEYS),
        st.binary(max_size=4),
        st.sampled_from(("none", "absent", "same", "stale")),
    ),
    max_size=12,
)


def etag_of(backend: Backend, key: str) -> str:
    with suppress(StorageError):
        return backend.head(At(BUCKET, key)).etag
    return "nothing"


def condition_of(backend: Backend, step: Step, key: str) -> Condition:
    return {
        "none": None,
        "absent": IfAbsent(),
        "same": IfMatch(etag_of(backend, key)),
        "stale": IfMatch("stale"),
    }[step.condition]


def holds(step: Step, model: dict[str, bytes], key: str) -> bool:
    """Whether the condition holds in the dictionary."""
    return {"none": True, "absent": key not in model, "same": key in model, "stale": False}[step.condition]


def in_backend(backend: Backend, step: Step) -> None:
    at, target = At(BUCKET, step.key), At(BUCKET, step.other)
    with suppress(StorageError):
        if step.what == "put":
            with content(step.data) as body:
                backend.put(at, body, Attributes(), condition_of(backend, step, step.key))
        elif step.what == "copy":
            condition = condition_of(backend, step, step.other)
            backend.copy(at, target, Attributes(), etag_of(backend, step.key), condition)
        else:
            condition = condition_of(backend, step, step.key)
            backend.delete(at, condition if isinstance(condition, IfMatch) else None)


def in_model(model: dict[str, bytes], step: Step) -> None:
    if step.what == "put" and holds(step, model, step.key):
        model[step.key] = step.data
    elif step.what == "copy" and step.key in model and holds(step, model, step.other):
        model[step.other] = model[step.key]
    elif step.what == "delete" and (step.condition in {"none", "absent"} or holds(step, model, step.key)):
        model.pop(step.key, None)


def all_in(backend: Backend) -> dict[str, bytes]:
    found = {}
    for row in backend.rows(BUCKET, ""):
        opened = backend.get(At(BUCKET, row.key))
        found[row.key] = opened.read(100)
        opened.close()
    return found


@pytest.mark.parametrize("name", LOCAL)
@settings(deadline=None)  # disks take their time
@given(steps=STEPS)
def test_it_holds_what_a_dictionary_holds(name: str, steps: list[Step]) -> None:
    """Writes, copies and deletions, with conditions and without, that hold or do not."""
    model: dict[str, bytes] = {}
    with TemporaryDirectory() as path:
        backend = LOCAL[name](Path(path))
        for step in steps:
            in_backend(backend, step)
            in_model(model, step)

        assert all_in(backend) == model
        assert list(all_in(backend)) == sorted(model, key=str.encode)
