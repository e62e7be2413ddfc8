"""What is to become of one object, upload or delete marker that breaks rules, and by which calls?

All that is wrong with it is mended at once: no second copy takes back what the first one set.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, cast

from audits.fixing import Left
from audits.fixing_calls import goes_in_place, writes
from audits.fixing_losses import needs_parts
from audits.fixing_older import breaks_as_older, fate, removal
from audits.fixing_parts import parts_of
from audits.fixing_seeing import GoneError, UnseenError, seen
from audits.fixing_things import (
    CONTENT,
    ENCRYPTING,
    GRANTS,
    MARKER,
    NULL,
    TAGS,
    THERE,
    ContentFix,
    Ground,
    State,
    Thing,
)
from bucketwright.calls import Send
from bucketwright.facets.grants import Acl
from bucketwright.facets.references import is_address
from bucketwright.facets.writing import Unsettable, Write
from bucketwright.findings import Finding
from bucketwright.judging import Judgement
from bucketwright.objects.postures import (
    DeleteMarkerPosture,
    KeyedPosture,
    ObjectPosture,
    UploadPosture,
)
from bucketwright.posture import Estate, Posture, Undetermined
from bucketwright.rules.home_bucket import meant_home
from bucketwright.rules.rule import PRESENCE, Rule, changed
from bucketwright.verdicts import Fails, NotApplicable, Passes

_ALGORITHM, _KEY, _BUCKET_KEY = ENCRYPTING
NAMES: Final[Mapping[str, str]] = {
    "acl": GRANTS,
    "bucket_key": _BUCKET_KEY,
    "content_type": "ContentType",
    "encryption": _ALGORITHM,
    "encryption_key": _KEY,
    "storage_class": "StorageClass",
    "tags": TAGS,
    "website_redirect": "WebsiteRedirectLocation",
}
"""What a HEAD calls each fact that a fix may change."""
_OLD: Final = "S3 changes no older version; --delete-old-versions deletes it"
_SEVERAL: Final = frozenset({"Enabled", "Suspended"})
"""Where a key may have several versions."""
_DECIDE: Final = "people have to decide: `bucketwright explain {}`"
_CONDITIONS: Final = frozenset({"CopySourceIfMatch", "IfMatch"})
Broken = tuple[Judgement, Finding]
"""A rule that something breaks, and the finding that says so."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One change, and the calls that make it and put it back, as things are now."""

    fix: ContentFix
    writes: tuple[Write, ...]
    undo: tuple[Write, ...] = ()


@dataclass(frozen=True, slots=True)
class Within:
    """Where things are changed, and by what they are read."""

    ground: Ground
    estate: Estate
    arn: Callable[[str], str]
    """Of a key's address."""
    read: Send
    delete_old: bool = False
    """Whether older versions that break a rule may be deleted where S3 changes none of them."""


@dataclass(slots=True)
class _Wanted:
    """A thing as it is to be, and why."""

    posture: KeyedPosture
    kept: list[Rule[Posture]] = field(default_factory=list)
    """The rules that are kept then."""
    risks: list[str] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    is_gone: bool = False

    @property
    def ends(self) -> tuple[str, ...]:
        """The same by their names."""
        return tuple(dict.fromkeys(rule.id for rule in self.kept))

    def repair(self, judgement: Judgement, finding: Finding, estate: Estate) -> None:
        """Let one rule more be kept."""
        rule, before = judgement.rule, self.posture
        if not isinstance(rule.verdict(before, estate), Fails):
            self.kept.append(rule)
            return
        if rule.repair is None:
            self.left.append(Left(finding, _DECIDE.format(rule.id)))
            return
        try:
            made = rule.repair.make(before, estate)
        except Undetermined as reason:
            self.left.append(Left(finding, str(reason)))
            return
        self.is_gone = self.is_gone or made.fact == PRESENCE
        after = before if made.fact == PRESENCE else changed(before, made)
        if made.fact != PRESENCE and not isinstance(rule.verdict(after, estate), Passes | NotApplicable):
            self.left.append(Left(finding, f"its fix knows no better: {_DECIDE.format(rule.id)}"))
            return
        self.posture = after
        self.kept.append(rule)
        self.risks += [rule.repair.risk] if rule.repair.risk else []


def plan_one(posture: KeyedPosture, broken: Iterable[Broken], within: Within) -> tuple[Planned | Left, ...]:
    """The change that ends what can be ended, and why the rest cannot."""
    several, wanted = tuple(broken), _Wanted(posture)
    for judgement, finding in several:
        wanted.repair(judgement, finding, within.estate)
    if not wanted.ends:
        return tuple(wanted.left)
    try:
        return (_planned(posture, wanted, within), *wanted.left)
    except (Unsettable, Undetermined, UnseenError) as reason:
        why = str(reason)
    except GoneError:
        why = "it is not there any more"
    ended = (Left(finding, why) for judgement, finding in several if judgement.rule.id in wanted.ends)
    return (*ended, *wanted.left)


def _planned(posture: KeyedPosture, wanted: _Wanted, within: Within) -> Planned:
    fix = ContentFix(
        number=0,
        address=posture.address,
        bucket=within.ground.address,
        thing=_thing(posture, within.ground),
        before={},
        after={},
        ends=wanted.ends,
        etag=_etag(posture),
        risk=" ".join(dict.fromkeys(wanted.risks)),
    )
    if wanted.is_gone:
        return _removal(fix, posture, within)
    facts = [fact for fact in NAMES if posture.told(fact) != wanted.posture.told(fact)]
    try:
        is_wrong = breaks_as_older(posture, wanted.kept, within.estate, within.ground.now)
        was, after = _raw(posture, facts, within), _after(wanted.posture, facts, within)
        if after.keys() <= {TAGS, GRANTS}:
            version = posture.told("version_id")
            fix = replace(fix, thing=_exactly(fix.thing, NULL if version is None else version, within.ground))
        return _change(fix, was, after, within, has_wrong_older=is_wrong)
    except Unsettable:
        if not fix.thing.version:
            raise
        if not within.delete_old:
            raise Unsettable(_OLD) from None
    deleting = replace(fix, risk="Deletes the older version for good; the current one stays.")
    return _removal(deleting, posture, within)


def _thing(posture: KeyedPosture, ground: Ground) -> Thing:
    """The current object by its key alone: so it is copied."""
    version, upload = "", posture.told("upload_id")
    if not isinstance(posture, UploadPosture) and not _is_current_object(posture):
        found = posture.told("version_id")
        version = found if isinstance(found, str) else NULL
    named = upload if isinstance(upload, str) else ""
    key = cast("str", posture.told("key"))
    return Thing(ground.name, key, ground.region, ground.signer, version, named)


def _exactly(thing: Thing, version: object, ground: Ground) -> Thing:
    """The version that was looked at, where there may be others: what is put meanwhile is not meant."""
    if thing.version or ground.versions not in _SEVERAL or not isinstance(version, str):
        return thing
    return replace(thing, version=version)


def _is_current_object(posture: KeyedPosture) -> bool:
    return isinstance(posture, ObjectPosture) and posture.told("is_latest") is True


def _removal(fix: ContentFix, posture: KeyedPosture, within: Within) -> Planned:
    """That it goes away for good."""
    why = {
        "upload": "an upload that was aborted cannot be taken up again",
        "delete_marker": "nothing makes the same delete marker again",
    }.get(posture.kind, "a version that is gone is gone")
    etag = MARKER if isinstance(posture, DeleteMarkerPosture) else _etag(posture)
    gone = replace(fix, before={THERE: True}, after={THERE: False}, etag=etag, irrevocable=why)
    return Planned(gone, writes(gone.thing, {}, gone.after, within.ground))


def _etag(posture: KeyedPosture) -> str:
    """As it was listed; empty where that does not tell."""
    found = posture.told("etag")
    return found if isinstance(found, str) else ""


def _change(fix: ContentFix, was: State, after: State, within: Within, *, has_wrong_older: bool) -> Planned:
    ground = within.ground
    now = seen(fix.thing, after, ground, within.read)
    if any(now.get(name) != value for name, value in was.items()):
        raise UnseenError("somebody changed it while it was looked at")
    after = {name: value for name, value in after.items() if now.get(name) != value}
    before = {name: now.get(name) for name in after}
    if goes_in_place(now, after, ground) and goes_in_place({**now, **after}, before, ground):
        fix = replace(fix, thing=_exactly(fix.thing, now.get("VersionId"), ground))
    several = writes(fix.thing, now, after, ground)
    made = replace(
        fix,
        before=before,
        after=after,
        etag=str(now.get(CONTENT, fix.etag)),
    )
    if any(one.call.operation == "CopyObject" for one in several):
        goes, told = fate(now, ground, is_wrong=has_wrong_older, deletes=within.delete_old)
        made = replace(made, replaced=goes, beside="; ".join(filter(None, (_in_parts(now), told))))
    if made.replaced:
        several = (*several, removal(fix.thing, made.replaced))
    try:
        undo = writes(fix.thing, {**now, **after}, before, ground)
    except Unsettable as reason:
        return Planned(replace(made, irrevocable=str(reason)), several)
    return Planned(made, several, tuple(map(_unconditional, undo)))


def _in_parts(now: State) -> str:
    """That it takes several calls."""
    size = now.get("ContentLength")
    return f"it is copied in {parts_of(size)} parts" if needs_parts(now) and isinstance(size, int) else ""


def _after(then: KeyedPosture, facts: list[str], within: Within) -> State:
    """What is to be, by the names of a HEAD."""
    after = _raw(then, facts, within)
    if str(after.get(_ALGORITHM)).startswith("aws:kms"):
        return {**_keys(cast("ObjectPosture", then), str(after[_ALGORITHM]), within), **after}
    return after


def _keys(one: ObjectPosture, algorithm: str, within: Within) -> State:
    """Those of the bucket as it is meant: under KMS without a key S3 would take AWS's own."""
    try:
        meant = meant_home(one, within.estate).encryption
    except Undetermined:
        return {}
    if meant.algorithm != algorithm or meant.key is None:
        return {}
    return {_KEY: _value("encryption_key", meant.key, within), _BUCKET_KEY: meant.bucket_key}


def _raw(posture: KeyedPosture, facts: Iterable[str], within: Within) -> State:
    """Facts by the names of a HEAD, and with its values."""
    return {NAMES[fact]: _value(fact, posture.told(fact), within) for fact in facts}


def _value(fact: str, value: object, within: Within) -> object:
    if fact == "encryption_key" and isinstance(value, str):
        return within.arn(value) if is_address(value) else value
    if fact == "acl":
        return sorted([one.grantee, one.permission] for one in cast("Acl", value))
    return dict(value) if isinstance(value, Mapping) else value


def _unconditional(write: Write) -> Write:
    """What an undo goes by is not there yet."""
    params = {name: value for name, value in write.call.params.items() if name not in _CONDITIONS}
    return replace(write, call=replace(write.call, params=params))
