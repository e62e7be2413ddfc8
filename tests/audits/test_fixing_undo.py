"""Is only that put back which the fix left, and nothing changed that others put there meanwhile?"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from audits.fixing_apply import Hands
from audits.fixing_journal import Journal, fix_line
from audits.fixing_lanes import Lanes
from audits.fixing_one import ContentDone
from audits.fixing_record import DUE, read_record
from audits.fixing_things import ContentFix
from audits.fixing_undo import Yard, apply_contents, can_be_undone, put_contents_back
from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.facets.grants import ALL_USERS
from bucketwright.s3.limits import Deadline
from tests.audits.fixing_model import BUCKET, NOW, OWNER, Model, Stored, ground, thing

OWN: Final = ["owner", "FULL_CONTROL"]
PRIVATE: Final = frozenset({(f"id:{OWNER}", "FULL_CONTROL")})
PUBLIC: Final = PRIVATE | {(ALL_USERS, "READ")}
CHANGES: Final[Mapping[str, tuple[Mapping[str, object], Mapping[str, object]]]] = {
    "type": ({"ContentType": "text/html"}, {"ContentType": "image/png"}),
    "tags": ({"Tags": {}}, {"Tags": {"a": "b"}}),
    "ACL": ({"Grants": [[ALL_USERS, "READ"], OWN]}, {"Grants": [OWN]}),
}


class Bucket(Model):
    """One object, as it is wrong; `renames`: a copy has an ETag of its own, as under KMS."""

    renames = False

    def wrong(self, what: str) -> "Bucket":
        stored = self.put({"ContentType": "text/html"})
        stored.grants = PUBLIC if what == "ACL" else PRIVATE
        return self

    def overwrite(self, what: str) -> None:
        """Somebody puts another object, in which nothing is wrong."""
        tags = {"a": "b"} if what == "tags" else {}
        self.put({"ContentType": "image/png", "ETag": '"theirs"'}, tags=tags)

    def __call__(self, call: Call) -> Outcome:
        outcome = super().__call__(call)
        if self.renames and call.operation == "CopyObject" and isinstance(outcome, Answer):
            self.stored.head["ETag"] = f'"copy {self.stored.copies}"'
        return outcome

    @property
    def stored(self) -> Stored:
        return self.objects["a.png"]

    def state(self) -> object:
        """What may have been changed of it."""
        return self.stored.head["ContentType"], dict(self.stored.tags), self.stored.grants


class Run:
    """One run of a fix of that object, and what puts it back."""

    def __init__(self, bucket: Bucket, folder: Path, what: str = "type", **more: object) -> None:
        self.bucket, self.path = bucket.wrong(what), folder / "fixes" / "run.jsonl"
        before, after = CHANGES[what]
        address = "object:shop/a.png"
        fix = ContentFix(1, address, "bucket:shop", thing(), before, after, ("a-rule",), '"a.png"')
        journal = Journal(self.path, lambda: NOW, is_new=True)
        journal.plan({"is": "run", "format": 2, "run": "run"})
        journal.plan(fix_line(replace(fix, **more)))  # type: ignore[arg-type]  # a table of fields
        journal.keep({"is": "planned", "contents": 1})
        journal.close()

    def make(self) -> ContentDone:
        return self._run(back=False)

    def undo(self) -> ContentDone:
        return self._run(back=True)

    def _run(self, *, back: bool) -> ContentDone:
        journal, record = Journal(self.path, lambda: NOW, is_new=False), read_record(self.path)
        hands = Hands(self.bucket, self.bucket, lambda _: None)
        yard = Yard({BUCKET: ground()}, hands, journal, Lanes(1), Deadline())
        [done] = put_contents_back(record, yard) if back else apply_contents(record, yard, *DUE)
        journal.close()
        return done

    def forget(self, *kinds: str) -> None:
        """As a journal is that was written before such lines were, or up to a cut."""
        lines = self.path.read_text().splitlines(keepends=True)
        self.path.write_text(
            "".join(line for line in lines if not line.startswith(tuple(f'{{"is":"{one}"' for one in kinds)))
        )


@pytest.mark.parametrize("renames", [False, True], ids=["the copy's ETag stays", "it is another"])
@pytest.mark.parametrize("what", CHANGES)
def test_what_the_fix_left_is_put_back(what: str, renames: bool, tmp_path: Path) -> None:
    """Also where the copy has another ETag than what was copied."""
    run = Run(Bucket(), tmp_path, what)
    run.bucket.renames = renames
    before = run.bucket.state()

    made, back = run.make(), run.undo()

    assert (made.state, back.state, run.bucket.state()) == ("made", "made", before)


@pytest.mark.parametrize("renames", [False, True], ids=["the copy's ETag stays", "it is another"])
@pytest.mark.parametrize("what", CHANGES)
def test_what_others_put_there_stays_theirs(what: str, renames: bool, tmp_path: Path) -> None:
    """An object that is put after the fix and looks as the fix wanted is neither mistyped nor made public."""
    run = Run(Bucket(), tmp_path, what)
    run.bucket.renames = renames
    run.make()
    run.bucket.overwrite(what)
    theirs = run.bucket.state()

    back = run.undo()

    assert (back.state, run.bucket.state()) == ("changed meanwhile", theirs)
    assert "other content" in back.reason


@pytest.mark.parametrize(
    ("renames", "state"), [(False, "made"), (True, "changed meanwhile")], ids=["the same", "another"]
)
@pytest.mark.parametrize("kinds", [("left",), ("left", "end")], ids=["written before", "cut off"])
def test_where_no_content_was_noted_the_one_that_was_looked_at_counts(
    kinds: tuple[str, ...],
    renames: bool,
    state: str,
    tmp_path: Path,
) -> None:
    """The journal is read as ever; what may be anybody's is left alone."""
    run = Run(Bucket(), tmp_path)
    run.bucket.renames = renames
    run.make()
    run.forget(*kinds)

    assert run.undo().state == state


def test_without_any_content_noted_all_is_put_back(tmp_path: Path) -> None:
    """As a journal of tags and ACLs was written before."""
    run = Run(Bucket(), tmp_path, "tags", etag="")
    run.make()
    run.bucket.overwrite("tags")

    assert (run.undo().state, run.bucket.stored.tags) == ("made", {})


def test_a_content_that_cannot_be_read_is_nobody_s_to_change(tmp_path: Path) -> None:
    """Of tags and an ACL the content is asked for only where they are put back."""
    run = Run(Bucket(), tmp_path, "ACL")
    bucket = run.bucket
    refusing = type("Refusing", (Bucket,), {"_HeadObject": lambda *_: Failure("refused", "400")})
    run.bucket = refusing(objects=bucket.objects)

    assert (run.make().state, run.undo().state, run.bucket.stored.grants) == ("made", "not tried", PRIVATE)


def test_a_version_s_content_is_its_own(tmp_path: Path) -> None:
    """Nothing else comes to lie under its id, so that nothing is asked; under `null` it does."""
    heads = []
    for version in ("v1", "null"):
        run = Run(Bucket(), tmp_path / version, "ACL", thing=thing(version=version))
        assert (run.make().state, run.undo().state) == ("made", "made")
        heads.append(sum(call.operation == "HeadObject" for call in run.bucket.sent))

    assert heads == [0, 1]


def test_an_undo_that_came_to_something_else_is_tried_again(tmp_path: Path) -> None:
    """What its own copy left is no content of others."""
    run = Run(Bucket(), tmp_path)
    run.bucket.renames = True
    run.make()
    right = run.bucket._CopyObject

    def deaf(call: Call, one: Stored) -> Outcome:
        return right(Call("s3", call.operation, {**call.params, "ContentType": "image/png"}), one)

    run.bucket._CopyObject = deaf  # type: ignore[method-assign]  # a server that does something else once
    wrong = run.undo()
    run.bucket._CopyObject = right  # type: ignore[method-assign]  # and then what it is told

    assert (wrong.state, run.undo().state) == ("not as wanted", "made")
    assert run.bucket.stored.head["ContentType"] == "text/html"


@pytest.mark.parametrize(
    ("irrevocable", "make", "expected"),
    [("", True, True), ("", False, False), ("gone is gone", True, False)],
    ids=["made", "nothing made", "irrevocable"],
)
def test_what_can_be_undone(irrevocable: str, make: bool, expected: bool, tmp_path: Path) -> None:
    """Only what was changed, and what something puts back."""
    run = Run(Bucket(), tmp_path, irrevocable=irrevocable)
    if make:
        run.make()

    assert can_be_undone(read_record(run.path)) is expected
