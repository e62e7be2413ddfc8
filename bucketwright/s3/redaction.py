"""What may not be kept or shown: keys, tokens, signatures, external ids. One place for all."""

import re
from collections.abc import Mapping
from typing import Final

REDACTED: Final = "[redacted]"
_ENDS: Final = r"""(?!\[redacted])[^\s&"'<>,;)\]}\\]+"""
_SECRETS: Final = "awsaccesskeyid|signature|security-?token|session-?token|secret-?access-?key|external-?id"
_BLANK: Final = r"(?:\s|\\+[nrt])*+"
_VALUE: Final = r"""(?P=quote)[^"'\\]*(?P=quote)"""
_IN_JSON: Final = re.compile(
    rf"""(?P<name>\b(?:{_SECRETS})(?P<quote>\\*["']){_BLANK}:{_BLANK})"""
    rf"(?P<values>{_VALUE}|\[{_BLANK}(?:{_VALUE}{_BLANK},?{_BLANK})*)",
    re.IGNORECASE,
)
"""In JSON, and in JSON in a text in JSON: quotes say where a value ends, and there may be a list of them."""
_DONE: Final = rf"""(?!\\*["']{_BLANK}:{_BLANK}\[?{_BLANK}\\*["']\[redacted])"""
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # an address or a header that was signed, and what stands for it in messages
        r"(x-amz-(?:signature|credential|security-token|server-side-encryption-customer-key)(?:%3d|[=:\s])+)"
        + _ENDS,
        rf"(\b(?:{_SECRETS}){_DONE}\\?[\"']?\s*(?:%3d|[=:>])\s*+(?!\[redacted])(?:\[\s*+)?\\?(?:b?[\"'])?)"
        + _ENDS,
        r"(\bcredential=)" + _ENDS,
        r"(\bauthorization:\s*).+",
    )
)
_KEY_ID: Final = re.compile(r"(?<![A-Za-z0-9])A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16}(?![A-Za-z0-9])")
_SECRET_FIELDS: Final = frozenset(
    {
        "accesskeyid",
        "customheadervalue",
        "externalid",
        "headervalue",
        "secretaccesskey",
        "sessiontoken",
        "ssecustomerkey",
        "sts:externalid",
    }
)
_SECRET_MAPPINGS: Final = frozenset({"variables"})
"""Of a function: what its environment holds is nobody's business here."""


def redacted(text: str) -> str:
    """The text without what opens a door."""
    text = _IN_JSON.sub(_without_values, text)
    for pattern in _PATTERNS:
        text = pattern.sub(rf"\1{REDACTED}", text)
    return _KEY_ID.sub(REDACTED, text)


def _without_values(found: re.Match[str]) -> str:
    """The name, and each of its values blotted out between its quotes."""
    quote = re.escape(found["quote"])
    values = re.sub(rf"""({quote})[^"'\\]*({quote})""", rf"\1{REDACTED}\2", found["values"])
    return f"{found['name']}{values}"


def redacted_values(value: object) -> object:
    """The same of all texts in a value as JSON holds it, and of all fields named as secrets are."""
    match value:
        case str():
            return redacted(value)
        case Mapping():
            return {str(name): _field(str(name), inner) for name, inner in value.items()}
        case list() | tuple():
            return [redacted_values(inner) for inner in value]
    return value


def _field(name: str, value: object) -> object:
    if name.lower() in _SECRET_FIELDS:
        return _blotted(value)
    if name.lower() in _SECRET_MAPPINGS and isinstance(value, Mapping):
        return {str(inner): REDACTED for inner in value}
    return redacted_values(value)


def _blotted(value: object) -> object:
    """As many texts as there were, none of them readable."""
    return [REDACTED for _ in value] if isinstance(value, list | tuple) else REDACTED
