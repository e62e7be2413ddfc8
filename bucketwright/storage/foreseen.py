"""What would become of a write, as far as that is seen without one?"""

from typing import TYPE_CHECKING

from bucketwright.plain_text import shown
from bucketwright.storage.content import Body, Data, given
from bucketwright.storage.declared import Declared, attributes_for, keep_address, keep_name_rules, key_of
from bucketwright.storage.errors import AlreadyThere, Denied
from bucketwright.storage.said import Said
from bucketwright.storage.stored import IfAbsent
from bucketwright.storage.writing import condition_of

if TYPE_CHECKING:  # a place is what asks here
    from bucketwright.storage.place import Place


def foreseen(place: "Place", name: str, data: Data, said: Said) -> str:
    """The key that `put` would write first; raises what it would be refused for.

    Whether the name is taken is only known where these credentials may look.
    """
    there, key = place.there, key_of(place.there, place.path, name)
    keep_name_rules(there, key)
    condition = condition_of(there, "", key)
    with given(data) as body:
        keep_content(there, key, body, said)
    if isinstance(condition, IfAbsent) and there.prefix.write.on_clash == "error" and _is_seen(place, name):
        raise AlreadyThere(f"there is an object under {shown(key, 120)} already", key)
    return key


def keep_content(there: Declared, key: str, body: Body, said: Said) -> None:
    """Raises where the contract does not take that content under that key."""
    attributes_for(there, key, body, said)
    keep_address(there, key, body.sha256)


def _is_seen(place: "Place", name: str) -> bool:
    try:
        return place.exists(name)
    except Denied:
        return False
