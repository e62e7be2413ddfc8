"""A rule of EventBridge: which events it picks, or when it fires."""

from typing import Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.partitions import arn
from sandbox.provider.retelling import retold
from sandbox.provider.tagging import pairs, removed, said_tags, tags_of, unpaired
from sandbox.provider.words import Words

_TYPE: Final = "aws:cloudwatch/eventRule:EventRule"
_WORDS: Final = Words(_TYPE)
DEFAULT_BUS: Final = "default"
GONE: Final = ("ResourceNotFoundException",)


class EventRule:
    """Known by its name, or by `bus/name` on a bus that is not the default one."""

    type = _TYPE
    names = "name"
    replaces = frozenset({"eventBusName", "name"})
    refuses = frozenset({"isEnabled", "namePrefix"})

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Put it."""
        events = clients.client("events")
        events.put_rule(**_WORDS.tell(events, "put_rule", inputs))
        return now_live(self, clients, rule_id(inputs, str(inputs["name"])), inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """The rule and its tags; `forceDestroy` is the program's own."""
        events = clients.client("events")
        bus, name = bus_and_rule(id_)
        rule = ask(events.describe_rule, GONE, Name=name, EventBusName=bus)
        if rule is None:
            return None
        tags = events.list_tags_for_resource(ResourceARN=rule["Arn"])["Tags"]
        live = {
            **_WORDS.hear(events, "describe_rule", rule),
            **said_tags(unpaired(tags)),
            **{name: said[name] for name in ("forceDestroy",) if name in said},
        }
        defaults = {"eventBusName": DEFAULT_BUS, "state": "ENABLED"}
        return Made(id_, retold(live, said, defaults), {"arn": rule["Arn"]})

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Put it anew; tags have calls of their own."""
        events = clients.client("events")
        events.put_rule(**_WORDS.tell(events, "put_rule", {**new, "tags": {}}))
        where = arn(clients, "events", f"rule/{id_}")
        if removed(old, new):
            events.untag_resource(ResourceARN=where, TagKeys=removed(old, new))
        if tags_of(new):
            events.tag_resource(ResourceARN=where, Tags=pairs(tags_of(new)))
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, said: Plain) -> None:
        """EventBridge refuses to delete a rule that has targets, unless they are to be removed first."""
        events = clients.client("events")
        bus, name = bus_and_rule(id_)
        if said.get("forceDestroy"):
            targets = ask(events.list_targets_by_rule, GONE, Rule=name, EventBusName=bus) or {"Targets": []}
            ids = [target["Id"] for target in targets["Targets"]]
            if ids:
                events.remove_targets(Rule=name, EventBusName=bus, Ids=ids)
        ask(events.delete_rule, GONE, Name=name, EventBusName=bus)


def rule_id(inputs: Plain, name: str) -> str:
    """A rule's id: its name, after its bus if that is not the default one."""
    bus = str(inputs.get("eventBusName", DEFAULT_BUS))
    return name if bus == DEFAULT_BUS else f"{bus}/{name}"


def bus_and_rule(id_: str) -> tuple[str, str]:
    """The bus and the name in a rule's id."""
    bus, _, name = id_.rpartition("/")
    return bus or DEFAULT_BUS, name


HANDLER: Final = EventRule()
