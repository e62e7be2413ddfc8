"""What is known of everything that lies in a bucket? Asked by the SDK: thorough, not fast.

Each object costs a HEAD, and its ACL, tags or lock where some rule looks at them and they can matter.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from audits import object_facts as facts_of
from audits import object_listing as listing
from audits.object_facts import Facts, Home
from audits.object_listing import Versions
from audits.object_locks import HELD_BACK, legal_hold, retention
from audits.still_listed import StillListed, is_gone, why_missing
from bucketwright.calls import Call, Failure, Outcome, Send
from bucketwright.estate import BucketPosture
from bucketwright.facets.reading import Read
from bucketwright.facets.said import Said
from bucketwright.looking import object_reads
from bucketwright.looking.object_reads import LEGAL_HOLD, RETENTION
from bucketwright.objects.layout import declared_tags
from bucketwright.objects.postures import DeleteMarkerPosture, KeyedPosture, ObjectPosture, UploadPosture
from bucketwright.objects.sources import Source, calls_for
from bucketwright.posture import Estate, Undetermined, Unknown
from bucketwright.rules.rule import Rule, SomePosture

Ask = Callable[[Iterable[Call]], Mapping[str, Outcome]]
"""Many calls at once; the outcomes by the calls' identities."""


@dataclass(frozen=True, slots=True)
class Unlooked:
    """What of a bucket could not be looked at, or not to its end."""

    bucket: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Some of what lies in a bucket; the last one says where looking broke off."""

    postures: tuple[KeyedPosture, ...] = ()
    unlooked: tuple[Unlooked, ...] = ()


@dataclass(frozen=True, slots=True)
class Needed:
    """Which facts of objects the rules that are asked for look at."""

    facts: Mapping[str, frozenset[str]]

    @classmethod
    def by(cls, rules: Iterable[Rule[SomePosture]]) -> "Needed":
        kinds: dict[str, set[str]] = {one.kind: set() for one in (ObjectPosture, DeleteMarkerPosture)}
        for rule in rules:
            if rule.kind.kind in kinds:
                kinds[rule.kind.kind] |= {name for name in rule.reads if "." not in name}
        return cls({kind: frozenset(names) for kind, names in kinds.items()})

    def sources(self, at_hand: Source) -> frozenset[Source]:
        return calls_for(ObjectPosture.kind, self.facts[ObjectPosture.kind], (at_hand,))


@dataclass(frozen=True, slots=True)
class _Row:
    """One version of an object, as the list tells it."""

    key: str
    version: str
    """As calls name it; empty where the bucket keeps none."""
    facts: Facts

    @property
    def params(self) -> Mapping[str, object]:
        return {"Key": self.key, **({"VersionId": self.version} if self.version else {})}

    def address(self, home: Home) -> str:
        is_latest = self.facts["is_latest"] is True
        return facts_of.object_address(home, self.key, self.version, is_latest=is_latest)


@dataclass(frozen=True, slots=True)
class Scan:
    """One bucket, whose objects are looked at."""

    send: Send
    ask: Ask
    home: Home
    estate: Estate
    """What is known of the buckets, to tell which answers can matter."""
    needed: Needed = field(default_factory=lambda: Needed.by(()))
    still_listed: StillListed = field(default_factory=StillListed)

    def uploads(self) -> Iterator[Batch]:
        """The uploads that nobody finished, with the size of their parts."""
        return self._whole("unfinished uploads", self._uploads())

    def objects(self) -> Iterator[Batch]:
        """Every object; where the bucket may hold older versions, every version and delete marker."""
        posture = self.estate.follow(self.home.address, BucketPosture)
        has_one = posture.told("versioning") == "Disabled"
        return self._whole("objects", self._current() if has_one else self._all_versions())

    def _whole(self, what: str, batches: Iterator[tuple[KeyedPosture, ...]]) -> Iterator[Batch]:
        try:
            for postures in batches:
                yield Batch(postures)
        except Undetermined as broken:
            yield Batch(unlooked=(Unlooked(self.home.address, what, str(broken)),))

    def _uploads(self) -> Iterator[tuple[KeyedPosture, ...]]:
        for page in listing.uploads(self.send, self.home.target):
            calls = [(one, self._call(object_reads.PARTS, _named_upload(one))) for one in page]
            outcomes = self.ask([call for _, call in calls])
            yield tuple(self._upload(one, outcomes.get(call.identity)) for one, call in calls)

    def _upload(self, one: Said, parts: Outcome | None) -> UploadPosture:
        facts = facts_of.upload(one, self.home, parts)
        key = str(facts["key"])
        address = facts_of.beside_address(UploadPosture.kind, self.home, key, str(facts["upload_id"]))
        return UploadPosture(address, key, facts)

    def _current(self) -> Iterator[tuple[KeyedPosture, ...]]:
        for page in listing.keys(self.send, self.home.target):
            rows = [
                _Row(str(facts["key"]), "", facts)
                for one in page
                for facts in [facts_of.listed(one, self.home)]
            ]
            yield tuple(self._objects(rows, "list"))

    def _all_versions(self) -> Iterator[tuple[KeyedPosture, ...]]:
        """Every version; all that there is, where the server keeps none."""
        try:
            yield from self._versions()
        except listing.NotKeptError:
            yield from self._current()

    def _versions(self) -> Iterator[tuple[KeyedPosture, ...]]:
        for page in listing.versions(self.send, self.home.target):
            rows: list[_Row] = []
            markers: list[KeyedPosture] = []
            for of_key in page:
                rows += self._rows(of_key)
                markers += [self._marker(one, len(of_key[0])) for one in of_key[1]]
            yield (*self._objects(rows, "list-versions"), *markers)

    def _rows(self, of_key: Versions) -> Iterator[_Row]:
        """The versions of one key, each with those that came after it."""
        found, markers = of_key
        everything = sorted((*found, *markers), key=_newest_first)
        for number, one in enumerate(everything):
            if one in found:
                facts = facts_of.version(one, self.home, tuple(everything[:number]))
                yield _Row(str(facts["key"]), one.text("VersionId") or "", facts)

    def _marker(self, one: Said, versions: int) -> DeleteMarkerPosture:
        facts = facts_of.delete_marker(one, self.home, versions)
        key, version = str(facts["key"]), one.text("VersionId") or ""
        address = facts_of.beside_address(DeleteMarkerPosture.kind, self.home, key, version)
        return DeleteMarkerPosture(address, key, facts)

    def _objects(self, rows: list[_Row], at_hand: Source) -> Iterator[ObjectPosture]:
        sources = self.needed.sources(at_hand)
        outcomes = self.ask([call for row in rows for call in self._calls(row, sources)])
        outcomes = {**outcomes, **self._missing(rows, outcomes, sources)}
        if "head" in sources:
            outcomes = {**outcomes, **self.ask(self._calls_beside(rows, outcomes))}
        if self.home.locks is not False and "head" in sources:
            outcomes = {
                **outcomes,
                **self.ask([call for row in rows for call in self._lock_calls(row, outcomes)]),
            }
        for row in rows:
            facts = self._facts(row, outcomes, sources)
            if facts is not None:
                yield ObjectPosture(row.address(self.home), row.key, facts)

    def _calls(self, row: _Row, sources: frozenset[Source]) -> Iterator[Call]:
        if "head" in sources:
            yield self._call(object_reads.HEAD, row.params)
        if self._acl_matters(sources):
            yield self._call(object_reads.ACL, row.params)
        if self._tags_matter(row, sources):
            yield self._call(object_reads.TAGGING, row.params)

    def _missing(
        self, rows: list[_Row], outcomes: Mapping[str, Outcome], sources: frozenset[Source]
    ) -> Mapping[str, Outcome]:
        """What is to be made of answers that something listed is not there: none where it is so."""
        instead: dict[str, Outcome] = {}
        for row in rows:
            asked = (one.identity for one in self._calls(row, sources))
            missing = [one for one in asked if is_gone(outcomes.get(one))]
            why = self._why_missing(row) if missing else None
            instead |= dict.fromkeys(missing, why) if why is not None else {}
        return instead

    def _why_missing(self, row: _Row) -> Failure | None:
        call = self.still_listed.call(self.home, row.key, row.version)
        return why_missing(row.key, row.version, None if call is None else self.send(call))

    def _calls_beside(self, rows: list[_Row], outcomes: Mapping[str, Outcome]) -> list[Call]:
        """Of what a HEAD does not explain, what tells whether the request itself was at fault."""
        puzzling = (
            row for row in rows if facts_of.wants_key(self._outcome(object_reads.HEAD, row, outcomes))
        )
        calls = (self._call(object_reads.TAGGING, row.params) for row in puzzling)
        return [call for call in calls if call.identity not in outcomes]

    def _headed(self, row: _Row, outcomes: Mapping[str, Outcome]) -> Facts:
        head, beside = (
            self._outcome(read, row, outcomes) for read in (object_reads.HEAD, object_reads.TAGGING)
        )
        return facts_of.headed(head, self.home, beside, row.key)

    def _lock_calls(self, row: _Row, outcomes: Mapping[str, Outcome]) -> Iterator[Call]:
        """Of what a HEAD shows only to whoever may read it."""
        headed = self._headed(row, outcomes)
        if headed["lock_mode"] is HELD_BACK:
            yield self._call(RETENTION, row.params)
        if headed["legal_hold"] is HELD_BACK:
            yield self._call(LEGAL_HOLD, row.params)

    def _facts(self, row: _Row, outcomes: Mapping[str, Outcome], sources: frozenset[Source]) -> Facts | None:
        """All that is known of one; None where it is gone meanwhile."""
        if any(is_gone(outcomes.get(one.identity)) for one in self._calls(row, sources)):
            return None
        facts = dict(row.facts)
        if "head" in sources:
            headed = self._headed(row, outcomes)
            facts |= {name: value for name, value in headed.items() if not _is_known(row.facts, name)}
            facts |= self._locks(row, facts, outcomes)
        if self._acl_matters(sources):
            acl = self._outcome(object_reads.ACL, row, outcomes)
            facts |= {"acl": facts_of.acl(acl, self.home)}
            if not isinstance(facts["owner"], str):
                facts["owner"] = facts_of.owner_in_acl(acl, self.home)
        if self._tags_matter(row, sources):
            facts["tags"] = facts_of.tags(self._outcome(object_reads.TAGGING, row, outcomes), self.home)
        return facts

    def _locks(self, row: _Row, facts: Facts, outcomes: Mapping[str, Outcome]) -> Facts:
        found: Facts = {}
        if facts["lock_mode"] is HELD_BACK:
            found |= retention(self._outcome(RETENTION, row, outcomes), self.home.refer)
        if facts["legal_hold"] is HELD_BACK:
            found["legal_hold"] = legal_hold(self._outcome(LEGAL_HOLD, row, outcomes), self.home.refer)
        return found

    def _acl_matters(self, sources: frozenset[Source]) -> bool:
        """Under enforced ownership no ACL means anything."""
        posture = self.estate.follow(self.home.address, BucketPosture)
        return "acl" in sources and posture.told("ownership") != "BucketOwnerEnforced"

    def _tags_matter(self, row: _Row, sources: frozenset[Source]) -> bool:
        """Where the contract declares none nobody looks at them."""
        if "tagging" not in sources:
            return False
        where = ObjectPosture("", row.key, row.facts)
        try:
            return bool(declared_tags(where, self.estate))
        except Undetermined:
            return True

    def _outcome(self, read: Read, row: _Row, outcomes: Mapping[str, Outcome]) -> Outcome | None:
        return outcomes.get(self._call(read, row.params).identity)

    def _call(self, read: Read, params: Mapping[str, object]) -> Call:
        target = self.home.target
        named = {param: target.handles[param] for param in read.handles}
        return Call(read.service, read.operation, {**named, **params}, target.region, target.signer)


def _is_known(facts: Facts, name: str) -> bool:
    """Whether a list has told it already, which will do."""
    return name in facts and not isinstance(facts[name], Unknown)


def _newest_first(one: Said) -> tuple[bool, float]:
    """In the order of S3; of two put in one second the later list entry is the older."""
    put = facts_of.modified(one)
    return (not one.flag("IsLatest"), -put.timestamp() if put else 0.0)


def _named_upload(one: Said) -> Mapping[str, object]:
    return {
        "Key": one.needed("Key", one.text("Key")),
        "UploadId": one.needed("UploadId", one.text("UploadId")),
    }
