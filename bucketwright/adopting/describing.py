"""Which contract describes what was found: its buckets with their prefixes, and whoever is let in?"""

from collections.abc import Mapping

from bucketwright.adopting.entries import Entry, entries, grants
from bucketwright.adopting.found import Data, Live, account_number, known, short
from bucketwright.adopting.one_bucket import Examined, examined, told
from bucketwright.facets.bucket.inventory import Inventory

_SEVERAL = 2


def described(live: Live) -> Data:
    """The contract, as YAML holds it. It may say what no contract takes, or what is not quite as it is."""
    naming, found = live.naming, entries(live)
    buckets = {one.address.partition(":")[2]: examined(one, live, found) for one in live.buckets}
    said = {bucket_id: told(one, _purpose(one, buckets)) for bucket_id, one in buckets.items()}
    shared = _shared_tags(said)
    return {
        "project": naming.project,
        "region": naming.region,
        "environments": {
            naming.environment: {"account": account_number(naming.account)} if naming.account else {}
        },
        **short(tags=shared),
        "buckets": {bucket_id: _without_shared(one, shared) for bucket_id, one in said.items()},
        **short(access=_access(found, buckets)),
    }


def _access(found: Mapping[str, Entry], buckets: Mapping[str, Examined]) -> Data:
    """Each entry with its grants; one that is granted nothing here is left out."""
    several: Data = {}
    for name, entry in found.items():
        held = {bucket_id: (one.held[name], one.layout) for bucket_id, one in buckets.items()}
        granted = grants(entry, held)
        if granted:
            several[name] = {**entry.told, **granted}
    return several


def _purpose(one: Examined, buckets: Mapping[str, Examined]) -> str:
    """Logs where others log to it; reports where nothing but their inventories comes."""
    address = one.bucket.address
    if any(address == _logs_to(each) for each in buckets.values()):
        return "access-logs"
    listed = any(value.target == address for each in buckets.values() for value in _lists(each))
    is_written = any("write" in each.verbs for each in one.held.values())
    return "reports" if listed and not is_written else ""


def _logs_to(one: Examined) -> str:
    logging = known(lambda: one.bucket.logging)
    return "" if logging is None else logging.target


def _lists(one: Examined) -> tuple[Inventory, ...]:
    return known(lambda: one.bucket.inventory) or ()


def _shared_tags(said: Mapping[str, Data]) -> Mapping[str, object]:
    """The tags that all of several buckets have alike."""
    several = [one.get("tags") for one in said.values()]
    first = several[0] if len(several) >= _SEVERAL else None
    if not isinstance(first, dict):
        return {}
    return {
        key: value
        for key, value in first.items()
        if all(isinstance(tags, dict) and tags.get(key) == value for tags in several)
    }


def _without_shared(said: Data, shared: Mapping[str, object]) -> Data:
    tags = said.get("tags")
    own = {key: value for key, value in tags.items() if key not in shared} if isinstance(tags, dict) else {}
    several = {**said, "tags": own}
    return {name: several[name] for name in said if name != "tags" or own}
