"""Services that keep a resource as attributes want every value as text, and give text back."""

from collections.abc import Mapping

from sandbox.provider.handler import Plain
from sandbox.provider.retelling import COMPUTED
from sandbox.provider.schema import kinds_of
from sandbox.provider.value_kinds import Kind, Scalar


def told(inputs: Plain, words: Mapping[str, str]) -> dict[str, str]:
    """The attributes that the inputs say; `words` is the service's word for each input."""
    return {word: _text(inputs[name]) for name, word in words.items() if name in inputs}


def said(token: str, attributes: Mapping[str, str], words: Mapping[str, str]) -> dict[str, object]:
    """The inputs that the attributes say; an empty attribute says nothing."""
    kinds = kinds_of(token)
    return {
        name: _value(kinds[name], attributes[word]) for name, word in words.items() if attributes.get(word)
    }


def unsaid(old: Plain, new: Plain, defaults: Plain) -> Plain:
    """What to tell for inputs that are said no more: their default, or nothing; what AWS computes stays."""
    gone = (name for name in old if name not in new)
    return {name: defaults.get(name, "") for name in gone if defaults.get(name) is not COMPUTED}


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _value(kind: Kind, text: str) -> object:
    wanted = kind.type if isinstance(kind, Scalar) else str
    if wanted is bool:
        return text == "true"
    return int(text) if wanted is int else text
