"""A drift for the time of a block."""

from collections.abc import Iterator
from contextlib import contextmanager

from sandbox.drifts import Injected, Live, drift_named, inject


@contextmanager
def drifted(name: str, live: Live, bucket_id: str | None = None) -> Iterator[Injected]:
    """Within it the drift has happened; afterwards what it did is taken back."""
    done = inject(drift_named(name), live, bucket_id)
    assert done.undo is not None
    try:
        yield done
    finally:
        done.undo()
