"""What does an upload carry that somebody else sends? All that the contract decides without the content."""

import re
from dataclasses import dataclass, replace
from typing import Final
from uuid import uuid4

from bucketwright.contract.keys.variable_types import TYPES
from bucketwright.contract.media_types import allows, types_of
from bucketwright.objects.content_types import extension, fitting
from bucketwright.plain_text import shown
from bucketwright.storage.content_type import READ_BY_PROGRAMS, announced_type
from bucketwright.storage.declared import (
    Declared,
    attributes_of_type,
    keep_name_rules,
    key_of,
    wanted_type,
    with_suffix,
)
from bucketwright.storage.dispositions import attachment
from bucketwright.storage.errors import Refused
from bucketwright.storage.said import Said
from bucketwright.storage.stored import At, Attributes, Condition, IfAbsent
from bucketwright.storage.writing import condition_of

_FAMILY: Final = re.compile(r"[a-z0-9.+-]+/\*")
_FILLED_IN: Final = "${filename}"
"""What servers replace in the key of a form by the name of the file that is sent."""


@dataclass(frozen=True, slots=True)
class Announced:
    """Where an upload goes, what it carries, and on which condition it is written."""

    at: At
    name: str
    attributes: Attributes
    condition: Condition
    family: str = ""
    """How the content type begins, where the page says the rest: `image/`."""


def announced(there: Declared, path: str, name: str, said: Said, over: str = "") -> Announced:
    """An upload whose content is known by what is said of it; Refused where the contract does not take it."""
    made = _placed(there, path, name, over)
    key = made.at.key
    found = announced_type(wanted_type(there, key, _with_the_only_type(there, key, said)))
    return replace(made, attributes=attributes_of_type(there, key, said, found))


def keep_without_hash(there: Declared, key: str) -> None:
    """Raises where a server takes no upload without its hash."""
    lock = there.settings.object_lock
    if lock is not None and lock.retain is not None:
        raise Refused(
            f"{there.address} is under a retention, and S3 takes no upload there without its hash: sign a "
            "PUT with its SHA-256",
            key,
        )


def announced_form(there: Declared, path: str, name: str, said: Said) -> Announced:
    """The same of a form, which takes no condition: Refused where it could replace what nobody meant."""
    if _FILLED_IN in path + name:
        told = f"{shown(name, 120)} holds {_FILLED_IN}, in place of which servers put what a page says"
        raise Refused(told, path + name)
    made = _placed(there, path, name, "")
    keep_without_hash(there, made.at.key)
    if made.condition is not None and made.name == name and not _is_named_anew(there):
        raise Refused(_no_condition(there), made.at.key)
    family, said = _family(there, made.at.key, said)
    if not family:
        found = announced_type(wanted_type(there, made.at.key, _with_the_only_type(there, made.at.key, said)))
        return replace(made, attributes=attributes_of_type(there, made.at.key, said, found))
    attributes = _of_family(there, attributes_of_type(there, made.at.key, said, family))
    return replace(made, attributes=attributes, family=family)


def _placed(there: Declared, path: str, name: str, over: str) -> Announced:
    """Where it goes; with a suffix at once where the contract wants one at a clash: a link cannot look."""
    key = key_of(there, path, name)
    condition = condition_of(there, over, key)
    keep_name_rules(there, key)  # before the suffix, which makes the name of a secret look like another
    if isinstance(condition, IfAbsent) and there.prefix.write.on_clash == "suffix":
        name = _suffixed(there, path, name)
    keep_name_rules(there, path + name)
    return Announced(At(there.bucket, path + name), name, Attributes(), condition)


def _suffixed(there: Declared, path: str, name: str) -> str:
    """The name with a suffix that no other has, where a template of names leaves room for one."""
    made = with_suffix(there, path, name, uuid4().hex)
    try:
        key_of(there, path, made)
    except Refused:
        return name
    return made


def _is_named_anew(there: Declared) -> bool:
    """Whether the contract names each object of its own by an id that no other has."""
    of_path, of_key = there.place.path.variables, there.place.keys.variables
    return any(kind == TYPES["uuid"] for name, kind in of_key.items() if name not in of_path)


def _no_condition(there: Declared) -> str:
    return (
        f"servers take no condition with a form, so it could replace what is there, and {there.address} does "
        "not let that be: sign a PUT, or declare a uuid in its names, or write: {mode: create, "
        "on_clash: suffix}, or write: overwrite"
    )


def _with_the_only_type(there: Declared, key: str, said: Said) -> Said:
    """Where neither caller nor name say a type, and the contract allows only one, it is that."""
    only = there.prefix.types[0] if len(there.prefix.types) == 1 else ""
    if said.content_type or not only or only.endswith("/*") or types_of(extension(key)):
        return said
    return replace(said, content_type=only)


def _family(there: Declared, key: str, said: Said) -> tuple[str, Said]:
    """How the type begins that a page may say the rest of, empty for none; and what is said without it."""
    allowed, named = there.prefix.types, types_of(extension(key))
    only = allowed[0] if len(allowed) == 1 and not said.content_type and not named else ""
    family = said.content_type or only
    if not _FAMILY.fullmatch(family):
        return "", said
    if named:
        return "", replace(said, content_type=next(iter(fitting(named, (family,))), family))
    if allowed and not allows(allowed, family):
        told = f"the type is {shown(family)}, and the contract allows {', '.join(allowed)} there"
        raise Refused(told, key)
    if family == "text/*" and there.prefix.delivery.via not in READ_BY_PROGRAMS:
        raise Refused("name the type of text, with its charset, as in 'text/csv; charset=utf-8'", key)
    return family.removesuffix("*"), replace(said, content_type="")


def _of_family(there: Declared, attributes: Attributes) -> Attributes:
    """Saved, not shown: in every family a page could name a type that a browser runs, such as video/x+xml."""
    has_readers = there.prefix.delivery.via not in READ_BY_PROGRAMS
    shown_as = attributes.content_disposition or (attachment() if has_readers else "")
    return replace(attributes, content_disposition=shown_as)
