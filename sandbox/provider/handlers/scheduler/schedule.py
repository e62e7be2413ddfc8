"""A schedule: what EventBridge Scheduler calls, when, and with which role."""

from collections.abc import Mapping
from typing import Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.partitions import arn
from sandbox.provider.retelling import retold
from sandbox.provider.schema import kinds_of
from sandbox.provider.spelling import Codec, Spelling
from sandbox.provider.words import Words

_TYPE: Final = "aws:scheduler/schedule:Schedule"
_GONE: Final = ("ResourceNotFoundException",)
_DEFAULT: Final = "default"
_DEFAULTS: Final = {
    "groupName": _DEFAULT,
    "scheduleExpressionTimezone": "UTC",
    "state": "ENABLED",
    "target": {
        "ecsParameters": {"taskCount": 1},
        "retryPolicy": {"maximumEventAgeInSeconds": 86_400, "maximumRetryAttempts": 185},
    },
}
_CARRIED: Final = frozenset(
    {
        "description", "flexibleTimeWindow", "groupName", "name", "region", "scheduleExpression",
        "scheduleExpressionTimezone", "state", "target",
    }
)  # fmt: skip
_PUBLIC: Final = {True: "ENABLED", False: "DISABLED"}


def _network_told(said: object) -> object:
    """AWS keeps it in a box, and says yes and no in words."""
    network = said if isinstance(said, Mapping) else {}
    told = {
        "Subnets": network["subnets"],
        "SecurityGroups": network.get("securityGroups"),
        "AssignPublicIp": _PUBLIC[bool(network.get("assignPublicIp"))],
    }
    return {"awsvpcConfiguration": {name: value for name, value in told.items() if value is not None}}


def _network_read(live: object) -> object:
    network = live.get("awsvpcConfiguration", {}) if isinstance(live, Mapping) else {}
    said = {
        "subnets": network.get("Subnets"),
        "securityGroups": network.get("SecurityGroups"),
        "assignPublicIp": network.get("AssignPublicIp") == _PUBLIC[True],
    }
    return {name: value for name, value in said.items() if value is not None}


_WORDS: Final = Words(_TYPE, Spelling(codecs={"networkConfiguration": Codec(_network_told, _network_read)}))


class Schedule:
    """Known by group and name, `group/name`."""

    type = _TYPE
    names = "name"
    replaces = frozenset({"groupName", "name"})

    @property
    def refuses(self) -> frozenset[str]:
        """All that is not carried here."""
        return frozenset(kinds_of(_TYPE)) - _CARRIED

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Make it."""
        scheduler = clients.client("scheduler")
        scheduler.create_schedule(**_WORDS.tell(scheduler, "create_schedule", inputs))
        return now_live(self, clients, f"{inputs.get('groupName', _DEFAULT)}/{inputs['name']}", inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """What it calls, and when."""
        group, _, name = id_.rpartition("/")
        scheduler = clients.client("scheduler")
        found = ask(scheduler.get_schedule, _GONE, Name=name, GroupName=group or _DEFAULT)
        if found is None:
            return None
        live = _WORDS.hear(scheduler, "get_schedule", found)
        where = arn(clients, "scheduler", f"schedule/{group}/{name}")
        return Made(id_, retold(live, said, _DEFAULTS), {"arn": where})

    def update(self, clients: Clients, id_: str, _old: Plain, new: Plain) -> Made:
        """Say all of it anew: what is left out is as by default."""
        scheduler = clients.client("scheduler")
        scheduler.update_schedule(**_WORDS.tell(scheduler, "update_schedule", {"state": "ENABLED", **new}))
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Take it away."""
        group, _, name = id_.rpartition("/")
        ask(clients.client("scheduler").delete_schedule, _GONE, Name=name, GroupName=group or _DEFAULT)


HANDLER: Final = Schedule()
