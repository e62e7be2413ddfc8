"""Where a rule of EventBridge sends what it picks."""

from typing import Any, Final

from sandbox.provider.handler import Clients, Made, Plain, RefusedError, ask, now_live
from sandbox.provider.handlers.events.event_rule import DEFAULT_BUS, GONE, bus_and_rule, rule_id
from sandbox.provider.retelling import retold
from sandbox.provider.spelling import Spelling
from sandbox.provider.words import Words

_TYPE: Final = "aws:cloudwatch/eventTarget:EventTarget"
_WORDS: Final = Words(
    _TYPE,
    Spelling({"targetId": "Id", "sqsTarget": "SqsParameters", "inputPaths": "InputPathsMap"}),
)


class EventTarget:
    """Known by rule and target, `rule;target`."""

    type = _TYPE
    names = "targetId"
    replaces = frozenset({"eventBusName", "rule", "targetId"})
    refuses = frozenset(
        {
            "appsyncTarget", "batchTarget", "ecsTarget", "forceDestroy", "httpTarget", "kinesisTarget",
            "redshiftTarget", "runCommandTargets", "sagemakerPipelineTarget",
        }
    )  # fmt: skip

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Put it."""
        events = clients.client("events")
        target = _WORDS.tell(events, "put_targets", inputs, "Targets")
        bus = inputs.get("eventBusName", DEFAULT_BUS)
        answer = events.put_targets(Rule=inputs["rule"], EventBusName=bus, Targets=[target])
        if answer["FailedEntryCount"]:
            raise RefusedError(answer["FailedEntries"][0]["ErrorMessage"])
        return now_live(self, clients, f"{rule_id(inputs, str(inputs['rule']))};{inputs['targetId']}", inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """The target, if its rule still has it."""
        events = clients.client("events")
        rule, _, name = id_.partition(";")
        bus, rule_name = bus_and_rule(rule)
        target = _target(events, (bus, rule_name), name)
        if target is None:
            return None
        heard = _WORDS.hear(events, "list_targets_by_rule", target, "Targets")
        live = {**heard, "rule": rule_name, "eventBusName": bus}
        return Made(id_, retold(live, said, {"eventBusName": DEFAULT_BUS}), {})

    def update(self, clients: Clients, _id: str, _old: Plain, new: Plain) -> Made:
        """Put it anew."""
        return self.create(clients, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Remove it from its rule."""
        rule, _, name = id_.partition(";")
        bus, rule_name = bus_and_rule(rule)
        ask(clients.client("events").remove_targets, GONE, Rule=rule_name, EventBusName=bus, Ids=[name])


def _target(events: Any, rule: tuple[str, str], name: str) -> Plain | None:
    bus, rule_name = rule
    found = ask(events.list_targets_by_rule, GONE, Rule=rule_name, EventBusName=bus) or {"Targets": []}
    return next((target for target in found["Targets"] if target["Id"] == name), None)


HANDLER: Final = EventTarget()
