"""Tags of a resource: what to set and what to take away, whatever the service calls it."""

from collections.abc import Iterable, Mapping

Tags = Mapping[str, str]


def tags_of(said: Mapping[str, object]) -> Tags:
    """The tags that inputs say."""
    tags = said.get("tags")
    return {str(key): str(value) for key, value in tags.items()} if isinstance(tags, Mapping) else {}


def pairs(tags: Tags, key: str = "Key", value: str = "Value") -> list[dict[str, str]]:
    """Tags as most services want them."""
    return [{key: name, value: content} for name, content in tags.items()]


def unpaired(listed: Iterable[Mapping[str, str]], key: str = "Key", value: str = "Value") -> dict[str, str]:
    """Tags as a program says them."""
    return {pair[key]: pair[value] for pair in listed}


def said_tags(tags: Tags) -> Mapping[str, object]:
    """The input that says these tags; no tags need no input."""
    return {"tags": dict(tags)} if tags else {}


def removed(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    """The keys that are no longer said."""
    return sorted(set(tags_of(old)) - set(tags_of(new)))
