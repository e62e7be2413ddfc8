"""A filter of several conditions. Pulumi says them side by side; S3 wants one, or several inside an `And`."""

from collections.abc import Mapping
from typing import Final

from sandbox.provider.spelling import Codec, UnspelledError

_WORDS: Final = {"prefix": "Prefix", "accessPoint": "AccessPointArn"}


def _told(value: object) -> object:
    said = value if isinstance(value, Mapping) else {}
    tags = said.get("tags", {})
    pairs = [{"Key": key, "Value": content} for key, content in tags.items()]
    strange = set(said) - {*_WORDS, "tags"}
    if strange:
        raise UnspelledError(f"a filter has no {', '.join(sorted(strange))}")
    plain = {_WORDS[name]: content for name, content in said.items() if name in _WORDS}
    if len(plain) + len(pairs) > 1:
        return {"And": {**plain, **({"Tags": pairs} if pairs else {})}}
    return {**plain, **({"Tag": pairs[0]} if pairs else {})}


def _read(value: object) -> object:
    live = value if isinstance(value, Mapping) else {}
    parts = {**live, **live.get("And", {})}
    pairs = [*parts.get("Tags", ()), *([parts["Tag"]] if "Tag" in parts else [])]
    plain = {name: parts[word] for name, word in _WORDS.items() if word in parts}
    tags = {pair["Key"]: pair["Value"] for pair in pairs}
    return {**plain, **({"tags": tags} if tags else {})}


CONDITIONS: Final = Codec(_told, _read)
