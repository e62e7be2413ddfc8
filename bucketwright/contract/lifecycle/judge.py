"""What do the judges `fate` and `lifecycle` answer to one line of JSON?"""

from collections.abc import Mapping
from typing import Final

from bucketwright.contract.lifecycle.classes import REACHABLE, SMALL_OBJECT_TARGETS, MinimumSize
from bucketwright.contract.lifecycle.doubts import doubts
from bucketwright.contract.lifecycle.parsing import MalformedRules, parse_rules
from bucketwright.contract.lifecycle.reading import (
    ReadingError,
    mapping,
    moment,
    optional,
    text,
    truth,
    whole_number,
)
from bucketwright.contract.lifecycle.rules import Rule
from bucketwright.contract.lifecycle.simulator import (
    VERSIONING,
    Event,
    StoredObject,
    Versioning,
    fate,
)
from bucketwright.contract.lifecycle.validity import refusals
from bucketwright.plain_text import clipped, shown

_MINIMUM_SIZE: Final = "transition_default_minimum_object_size"


def judge_fate(line: object) -> dict[str, object]:
    """Answer what becomes of the line's object: its events, or null and the reason none can be told."""
    try:
        source = mapping(line, "the line")
    except ReadingError as fault:
        return {"id": None, "events": None, "because": str(fault)}
    try:
        events = _events(source)
    except (ReadingError, MalformedRules) as fault:
        return {"id": source.get("id"), "events": None, "because": str(fault)}
    return {"id": source.get("id"), "events": [_as_json(event) for event in events]}


def judge_lifecycle(line: object) -> dict[str, object]:
    """Answer whether S3 would accept the line's rules, with all reasons why not; null where it asks amiss."""
    try:
        source = mapping(line, "the line")
    except ReadingError as fault:
        return {"id": None, "valid": None, "errors": None, "because": str(fault)}
    try:
        _versioning(source)
        errors = refusals(_required(source, "rules"))
    except ReadingError as fault:
        return {"id": source.get("id"), "valid": None, "errors": None, "because": str(fault)}
    return {"id": source.get("id"), "valid": not errors, "errors": list(errors)}


def _events(line: Mapping[str, object]) -> tuple[Event, ...]:
    written = _required(line, "rules")
    rules = parse_rules(written)
    versioning = _versioning(line)
    source = mapping(_required(line, "object"), "object")
    stored = _stored(source, _default_size(line))
    if rules:
        _refuse_what_s3_refuses(written)
    _refuse_unknown_size(stored, source, rules)
    events = fate(rules, versioning, stored)
    for doubt in doubts(stored, source):
        if doubt.matters(rules, versioning, events):
            raise ReadingError(f"object.{doubt.field}", doubt.problem)
    return events


def _required(source: Mapping[str, object], name: str, inside: str = "") -> object:
    value = source.get(name)
    if value is None:
        raise ReadingError(f"{inside}{name}", "is missing")
    return value


def _versioning(line: Mapping[str, object]) -> Versioning:
    word = optional(line, "versioning", text)
    if word is None:
        return "Disabled"
    known = VERSIONING.get(word.lower())
    if known is None:
        allowed = ", ".join(VERSIONING.values())
        raise ReadingError("versioning", f"must be one of {allowed}; found {shown(word)}")
    return known


def _default_size(line: Mapping[str, object]) -> MinimumSize:
    """What the line says of its bucket goes before what an answer of S3 says around the rules."""
    said = optional(line, _MINIMUM_SIZE, _minimum_size)
    answer = line.get("rules")
    if said is None and isinstance(answer, Mapping):
        said = optional(answer, "TransitionDefaultMinimumObjectSize", _minimum_size, "rules.")
    return said or "all_storage_classes_128K"


def _stored(source: Mapping[str, object], default: MinimumSize) -> StoredObject:
    def count(name: str) -> int:
        return optional(source, name, _count, "object.") or 0

    def flag(name: str) -> bool:
        return optional(source, name, truth, "object.") or False

    created = moment(_required(source, "created", "object."), "object.created")
    noncurrent = flag("noncurrent")
    replaced = optional(source, "successor_created", moment, "object.")
    return StoredObject(
        key=text(_required(source, "key", "object."), "object.key"),
        created=created,
        size=count("size"),
        storage_class=optional(source, "class", _storage_class, "object.") or "STANDARD",
        tags=optional(source, "tags", _tags, "object.") or {},
        version_id=optional(source, "version_id", text, "object.") or None,
        noncurrent=noncurrent,
        successor_created=created if noncurrent and replaced is None else replaced,
        newer_noncurrent_versions=count("newer_noncurrent_versions"),
        delete_marker=flag("delete_marker"),
        noncurrent_versions=count("noncurrent_versions"),
        multipart_upload=flag("multipart_upload"),
        minimum_transition_size=optional(source, _MINIMUM_SIZE, _minimum_size, "object.") or default,
    )


def _refuse_what_s3_refuses(written: object) -> None:
    """Let pass only what can be the rules of a bucket; one that has none is no matter."""
    found = refusals(written)
    if found:
        more = f"; and {len(found) - 1} more" if len(found) > 1 else ""
        raise ReadingError("rules", f"would be refused by S3: {found[0]}{more}")


def _refuse_unknown_size(stored: StoredObject, source: Mapping[str, object], rules: tuple[Rule, ...]) -> None:
    """Let an unknown size pass only where no rule could ask for it."""
    sizeless = stored.delete_marker or stored.multipart_upload
    asked = any(rule.has_size or rule.transitions or rule.noncurrent_transitions for rule in rules)
    if source.get("size") is None and asked and not sizeless:
        raise ReadingError("object.size", "is missing; a rule asks for it")


def _count(value: object, field: str) -> int:
    number = whole_number(value, field)
    if number < 0:
        raise ReadingError(field, "must not be negative")
    return number


def _tags(value: object, field: str) -> Mapping[str, str]:
    return {key: text(tag, f"{field}.{clipped(key)}") for key, tag in mapping(value, field).items()}


def _storage_class(value: object, field: str) -> str:
    name = text(value, field)
    if name not in REACHABLE:
        raise ReadingError(field, f"must be one of {', '.join(REACHABLE)}; found {shown(name)}")
    return name


def _minimum_size(value: object, field: str) -> MinimumSize:
    name = text(value, field)
    known = next((size for size in SMALL_OBJECT_TARGETS if size == name), None)
    if known is None:
        raise ReadingError(field, f"must be one of {', '.join(SMALL_OBJECT_TARGETS)}; found {shown(name)}")
    return known


def _as_json(event: Event) -> dict[str, object]:
    at = event.at.isoformat().replace("+00:00", "Z")
    return {"at": at, "event": event.event, "to": event.to}
