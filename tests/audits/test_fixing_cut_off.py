"""A fix that is cut off at any point is taken up again, harms nothing twice, and can be put back."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from unittest.mock import patch

import pytest

from audits.fixing_apply import Hands
from audits.fixing_journal import Journal, fix_line
from audits.fixing_lanes import Lanes
from audits.fixing_record import DUE, OPEN, Record, read_record
from audits.fixing_things import LARGEST_COPY, ContentFix
from audits.fixing_undo import Yard, apply_contents, put_contents_back
from bucketwright.calls import Call, Outcome
from bucketwright.facets.grants import ALL_USERS
from bucketwright.s3.limits import Deadline
from tests.audits.fixing_model import BUCKET, NOW, OWNER, Model, Stored, ground, thing

KEY: Final = "arn:aws:kms:us-west-2:111122223333:key/1234"
WHERE: Final = ground(in_place=True)
_OWNER: Final = ["owner", "FULL_CONTROL"]
TYPED: Final = ({"ContentType": "text/html"}, {"ContentType": "image/png"})
CHANGES: Final[Mapping[str, tuple[Mapping[str, object], Mapping[str, object]]]] = {
    "type.png": TYPED,
    "large.png": TYPED,
    "versions.png": TYPED,
    "tags and acl.png": (
        {"Tags": {"a": "b"}, "Grants": [[ALL_USERS, "READ"], _OWNER]},
        {"Tags": {"a": "b", "c": "d"}, "Grants": [_OWNER]},
    ),
    "key.png": (
        {"ServerSideEncryption": "AES256", "SSEKMSKeyId": None},
        {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KEY},
    ),
}
READS: Final = ("Get", "Head", "List")


@pytest.fixture(scope="module", autouse=True)
def _no_disk() -> Iterator[None]:
    """The order of what is written and sent matters here, not the time that a disk takes for it."""
    with patch("audits.fixing_journal.os.fsync"):
        yield


class CutError(BaseException):
    """The process is no more."""


@dataclass
class Cut:
    """The point at which a process ends; after it nothing happens any more."""

    at: int
    passed: int = 0

    def point(self) -> None:
        """One point more."""
        self.passed += 1
        if self.passed > self.at:
            raise CutError


class Cuttable(Journal):
    """A journal whose process may end before each line and after it."""

    cut: Cut

    def keep(self, entry: Mapping[str, object]) -> None:
        self.cut.point()
        super().keep(entry)
        self.cut.point()


@dataclass
class Run:
    """One process that fixes what is in the model."""

    model: Model
    journal: Cuttable
    cut: Cut
    unannounced: list[str] = field(default_factory=list)

    def send(self, call: Call) -> Outcome:
        """A call that the process may not live to make, or to hear the answer of."""
        self.cut.point()
        if not call.operation.startswith((*READS, "Abort")) and not self._is_announced(call):
            self.unannounced.append(call.operation)
        outcome = self.model(call)
        self.cut.point()
        return outcome

    def _is_announced(self, call: Call) -> bool:
        record = read_record(self.journal.path)
        return str(call.params["Key"]) in {one.thing.key for one in record.fixes(OPEN)}

    @property
    def yard(self) -> Yard:
        hands = Hands(self.send, self.send, lambda _: None)
        return Yard({BUCKET: WHERE}, hands, self.journal, Lanes(1), Deadline())


def shop() -> Model:
    """The objects, as they are wrong."""
    model = Model()
    for key, (before, _) in CHANGES.items():
        size: dict[str, object] = {"ContentLength": LARGEST_COPY + 1} if key == "large.png" else {}
        size |= {"VersionId": "v0"} if key == "versions.png" else {}
        head = {"CacheControl": "no-store", "Metadata": {"who": "me"}, "ContentType": "text/html", **size}
        grants = frozenset({(f"id:{OWNER}", "FULL_CONTROL"), (ALL_USERS, "READ")})
        stored = model.put(head, key, {"a": "b"})
        stored.grants = grants if "Grants" in before else stored.grants
    return model


def planned(folder: Path) -> Path:
    """A journal with the plan, as a run writes it."""
    path = folder / "fixes" / "run.jsonl"
    journal = Journal(path, lambda: NOW, is_new=True)
    journal.plan({"is": "run", "format": 2, "run": "run"})
    for number, (key, (before, after)) in enumerate(CHANGES.items(), 1):
        fix = ContentFix(
            number,
            f"object:shop/{key}",
            "bucket:shop",
            thing(key),
            before,
            after,
            ("a-rule",),
            f'"{key}"',
            replaced="v0" if key == "versions.png" else "",
        )
        journal.plan(fix_line(fix))
    journal.keep({"is": "planned", "contents": len(CHANGES)})
    journal.close()
    return path


def run(model: Model, path: Path, at: int, *, back: bool = False) -> Run:
    """One process, up to its end; whether it is cut off before is told by the points that it passed."""
    journal = Cuttable(path, lambda: NOW, is_new=False)
    journal.cut = Cut(at)
    going = Run(model, journal, journal.cut)
    record = read_record(path)
    several = put_contents_back(record, going.yard) if back else apply_contents(record, going.yard, *DUE)
    try:
        list(several)
    except CutError:
        pass
    finally:
        journal.close()
    return going


def looks(model: Model) -> Mapping[str, tuple[object, ...]]:
    """All that is there, but for its age."""
    return {key: (_ageless(one), one.tags, one.grants) for key, one in model.objects.items()}


def _ageless(one: Stored) -> Mapping[str, object]:
    return {name: value for name, value in one.head.items() if name not in {"LastModified", "VersionId"}}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Mapping[str, tuple[object, ...]], int]:
    """What a run leaves that nothing cuts off, and how many points it passes."""
    model, path = shop(), planned(tmp_path_factory.mktemp("calm"))
    going = run(model, path, 10**6)
    assert not going.unannounced
    assert not model.older
    return looks(model), going.cut.passed


def _states(record: Record) -> list[int]:
    return [record.state(number) for number in range(1, len(CHANGES) + 1)]


def test_all_of_it_is_made(undisturbed: tuple[Mapping[str, tuple[object, ...]], int]) -> None:
    """Each as wanted, and all else of it as it was."""
    found, points = undisturbed
    html: dict[str, object] = {
        "CacheControl": "no-store",
        "Metadata": {"who": "me"},
        "ContentType": "text/html",
    }

    assert points > 60
    for key, (head, tags, grants) in found.items():
        assert isinstance(head, dict)
        assert {
            **html,
            **{name: CHANGES[key][1].get(name, value) for name, value in html.items()},
        }.items() <= head.items()
        assert tags == CHANGES[key][1].get("Tags", {"a": "b"})
        assert grants == frozenset({(f"id:{OWNER}", "FULL_CONTROL")})
    assert found["key.png"][0]["SSEKMSKeyId"] == KEY  # type: ignore[index]  # a head


def test_cut_off_anywhere_it_is_taken_up_again(
    undisturbed: tuple[Mapping[str, tuple[object, ...]], int], tmp_path: Path
) -> None:
    """At each point of the run: the next one leaves what an undisturbed run leaves, copies nothing twice,
    and no part lies about; what was changed can be put back."""
    wanted, points = undisturbed
    for at in range(points):
        model, path = shop(), planned(tmp_path / str(at))
        before = looks(model)

        first = run(model, path, at)
        second = run(model, path, 10**6)

        assert not [*first.unannounced, *second.unannounced], at
        assert looks(model) == wanted, at
        assert holding(model) == [], at
        assert model.older == {}, at
        assert [one.copies for one in model.objects.values()] == [1, 1, 1, 0, 0], at
        assert read_record(path).due == 0, at
        run(model, path, 10**6, back=True)
        assert looks(model) == before, at


def test_cut_off_while_it_is_put_back(tmp_path: Path) -> None:
    """An undo is taken up again, too; what it has put back already it leaves alone."""
    calm = planned(tmp_path / "calm")
    model = shop()
    before = looks(model)
    run(model, calm, 10**6)
    points = run(deepcopy_of(model), copied(calm, tmp_path / "count.jsonl"), 10**6, back=True).cut.passed

    for at in range(0, points, 3):
        again, path = deepcopy_of(model), copied(calm, tmp_path / f"{at}.jsonl")
        run(again, path, at, back=True)
        run(again, path, 10**6, back=True)
        assert looks(again) == before, at
        assert holding(again) == [], at
        assert max(one.copies for one in again.objects.values()) <= 2, at


def test_half_of_a_run_can_be_put_back(tmp_path: Path) -> None:
    """Whatever was changed when it was cut off is as it was, and nothing else was touched."""
    for at in range(1, 120, 7):
        model, path = shop(), planned(tmp_path / str(at))
        before = looks(model)
        run(model, path, at)

        run(model, path, 10**6, back=True)

        assert looks(model) == before, at
        assert holding(model) == [], at


def holding(model: Model) -> list[str]:
    """The uploads that hold parts; one of which nobody heard is empty, and the next audit tells of it."""
    return [upload for upload in model.uploads if upload in model.parts]


def deepcopy_of(model: Model) -> Model:
    """The same objects in a model of their own."""
    return Model(objects=deepcopy(model.objects), older=deepcopy(model.older))


def copied(journal: Path, path: Path) -> Path:
    """The same journal in a file of its own."""
    path.write_bytes(journal.read_bytes())
    return path
