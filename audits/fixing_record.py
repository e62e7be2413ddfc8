"""What does the journal of a fix say: what was planned, how far it came, what can be put back?

It may be very long, and is read line by line; a last line that is torn was never relied on.
"""

import json
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from audits.fixing_journal import FORMAT, JournalError
from audits.fixing_things import ENCRYPTING, GRANTS, TAGS, THERE, ContentFix, State, Thing, stamp
from bucketwright.calls import Call
from bucketwright.facets.writing import SETTING_CALLS, Write
from bucketwright.plain_text import shown

_CONTENT: Final = b'{"is":"content"'
_PLANNED: Final = b'{"is":"planned"'
"""What begins a line of a change, and the one after the last of them."""
_OF_CONTENT: Final = frozenset(
    {"ContentType", "StorageClass", "WebsiteRedirectLocation", *ENCRYPTING, GRANTS, TAGS, THERE}
)
PLANNED, OPEN, HALF, REFUSED, MADE, ENDED, UNDONE = range(7)
"""How far a change came: begun, and its end is not known; not as wanted after calls; none was taken; made by
calls; nothing was to do, or somebody else did something; put back."""
DUE: Final = (PLANNED, OPEN, HALF, REFUSED)
"""What a run that takes it up again tries."""
TOUCHED: Final = (OPEN, HALF, MADE)
"""What may be put back."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that was changed, and what puts it back."""

    number: int
    address: str
    fact: str
    back: tuple[Write, ...]
    irrevocable: str = ""
    """Why no call does."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A change of whose end nothing is known."""

    kept: str = ""
    """Stands for all that is not to change by it."""
    upload: str = ""
    """Of a copy in parts."""
    content: int = 0
    """Stands for that which is known to lie there; 0 where any will do."""
    is_tried: bool = False
    """Whether calls were sent for it before."""


@dataclass(slots=True)
class Record:
    """The journal of one run."""

    path: Path
    about: Mapping[str, object] = field(default_factory=dict)
    settings: list[Setting] = field(default_factory=list)
    contents: int = 0
    """How many changes inside buckets were planned."""
    buckets: set[str] = field(default_factory=set)
    """What the buckets are called in which something is changed."""
    is_planned: bool = False
    """Whether the plan is whole: before that nothing was changed."""
    is_finished: bool = False
    begun: dict[int, Begun] = field(default_factory=dict)
    _states: bytearray = field(default_factory=bytearray)
    _contents: "array[int]" = field(default_factory=lambda: array("Q"))

    def state(self, number: int) -> int:
        """How far a change came."""
        return self._states[number] if number < len(self._states) else PLANNED

    def left(self, fix: ContentFix) -> int:
        """Stands for the content that a change left: as noted, or, where nothing is, as planned."""
        noted = self._contents[fix.number] if fix.number < len(self._contents) else 0
        return noted or (stamp(fix.etag) if fix.etag else 0)

    def known(self, number: int) -> Begun:
        """What is known of an earlier try."""
        return replace(self.begun.get(number, Begun()), is_tried=self.state(number) in (OPEN, HALF))

    @property
    def last(self) -> int:
        """The highest number of a change."""
        return max(0, len(self._states) - 1)

    @property
    def due(self) -> int:
        """How many changes inside buckets are still to be tried."""
        every = sum(self._states[1:].count(bytes([state])) for state in DUE)
        return every - sum(self.state(one.number) in DUE for one in self.settings)

    def fixes(self, *states: int) -> Iterator[ContentFix]:
        """The changes inside buckets that came so far, in the order of the plan."""
        for number, line in _lines(self.path):
            if line.startswith(_PLANNED):
                return
            if line.startswith(_CONTENT):
                fix = _fix(_parsed(self.path, number, line))
                if self.state(fix.number) in states:
                    yield fix

    def _mark(self, number: int, state: int) -> None:
        if number >= len(self._states):
            self._states.extend(bytes(number + 1 - len(self._states)))
        self._states[number] = state

    def _learn(self, line: Mapping[str, object], most: int) -> None:
        number = _whole(line.get("number", 0), most)
        match line["is"]:
            case "run":
                self.about = line
            case "setting":
                self.settings.append(_setting(number, line))
                self._mark(number, PLANNED)
            case "content":
                self.buckets.add(_fix(line).thing.bucket)
                self.contents += 1
                self._mark(number, PLANNED)
            case "planned":
                self.is_planned = True
            case "begin" | "upload":
                self._open(number, line)
            case "end":
                was_begun = self.begun.pop(number, None) is not None
                self._mark(number, _ended(str(line.get("state")), was_begun=was_begun))
            case "left":
                self._leave(number, stamp(_text(line["content"])))
            case "undone" if line.get("state") == "made":
                self._mark(number, UNDONE)
            case "finished":
                self.is_finished = True

    def _leave(self, number: int, content: int) -> None:
        if number >= len(self._contents):
            self._contents.extend([0] * (number + 1 - len(self._contents)))
        self._contents[number] = content

    def _open(self, number: int, line: Mapping[str, object]) -> None:
        known = self.begun.get(number, Begun())
        kept, upload = line.get("kept", known.kept), line.get("upload", known.upload)
        self.begun[number] = Begun(str(kept), str(upload))
        self._mark(number, OPEN)


def read_record(path: Path) -> Record:
    """What a journal says; JournalError where it is none, or was changed."""
    record = Record(path)
    for number, line in _lines(path):
        told = _parsed(path, number, line)
        if number == 1 and (told.get("is"), told.get("format")) != ("run", FORMAT):
            raise JournalError(f"{path} was not written by this version of `fix`")
        try:
            record._learn(told, number)  # noqa: SLF001 - read here, and nowhere else
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise _spoiled(path, number, str(error)) from None
    if not record.about:
        raise JournalError(f"{path} was not written by this version of `fix`")
    return record


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Each that is whole, with its number."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.endswith(b"\n"):
                    yield number, line
    except OSError as error:
        raise JournalError(f"{path}: {error.strerror or 'it cannot be read'}") from None


def _parsed(path: Path, number: int, line: bytes) -> Mapping[str, object]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("is"), str):
        if number == 1:
            raise JournalError(f"{path} was not written by this version of `fix`")
        raise _spoiled(path, number, "it is no line of a journal")
    return found


def _ended(state: str, *, was_begun: bool) -> int:
    """What was begun may have been carried out, also by a run that did not live to hear of it."""
    if was_begun and state != "refused":
        return MADE if state == "made" else HALF
    return ENDED if state in {"made", "changed meanwhile"} else REFUSED


def _fix(line: Mapping[str, object]) -> ContentFix:
    thing = _several(line["thing"])
    before, after = _state(line["before"]), _state(line["after"])
    if before.keys() != after.keys() or after.get(THERE):
        raise TypeError("what was there and what is to be are not of the same things")
    return ContentFix(
        int(str(line["number"])),
        _text(line["address"]),
        _text(line["bucket"]),
        Thing(*map(_text, thing)),
        before,
        after,
        tuple(map(_text, _several(line.get("ends", [])))),
        etag=_text(line.get("etag", "")),
        irrevocable=_text(line.get("irrevocable", "")),
        replaced=_text(line.get("replaced", "")),
    )


def _state(found: object) -> State:
    if not isinstance(found, dict) or not found or not found.keys() <= _OF_CONTENT:
        raise TypeError("it names what no fix changes")
    return found


def _setting(number: int, line: Mapping[str, object]) -> Setting:
    back = tuple(_write(one) for one in _several(line["back"]))
    return Setting(number, _text(line["address"]), _text(line["fact"]), back, _text(line["irrevocable"]))


def _write(found: object) -> Write:
    if not isinstance(found, Mapping) or not isinstance(found.get("params"), Mapping):
        raise TypeError("a call is no object with parameters")
    name = f"{found['service']}:{found['operation']}"
    if name not in SETTING_CALLS:
        raise TypeError(f"{shown(name)} is no call that puts a setting back")
    service, operation, region, account = (
        _text(found[name]) for name in ("service", "operation", "region", "account")
    )
    call = Call(service, operation, found["params"], region, account)
    return Write(call, _text(found["permission"]), frozenset(map(_text, _several(found["harmless"]))))


def _several(found: object) -> list[object]:
    if not isinstance(found, list):
        raise TypeError("a list is none")
    return found


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise TypeError("a text is none")
    return found


def _whole(found: object, most: int) -> int:
    """A change has a line of its own, so that no number is above that of the line."""
    if not isinstance(found, int) or not 0 <= found <= most:
        raise TypeError("a number is none")
    return found


def _spoiled(path: Path, number: int, why: str) -> JournalError:
    return JournalError(f"{path}, line {number}: it was changed since `fix` wrote it: {shown(why, 200)}")
