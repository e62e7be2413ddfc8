"""A revision of a task: its containers, and with which roles and where they run."""

import json
from collections.abc import Iterable, Mapping
from typing import Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.retelling import COMPUTED, retold
from sandbox.provider.schema import kinds_of
from sandbox.provider.tagging import pairs, removed, said_tags, tags_of, unpaired
from sandbox.provider.words import Words

_TYPE: Final = "aws:ecs/taskDefinition:TaskDefinition"
_GONE: Final = ("ClientException",)
_CONTAINERS: Final = "containerDefinitions"
_WORDS: Final = Words(_TYPE)
_CARRIED: Final = frozenset(
    {
        _CONTAINERS, "cpu", "executionRoleArn", "family", "memory", "networkMode", "region",
        "requiresCompatibilities", "runtimePlatform", "tags", "taskRoleArn", "volumes",
    }
)  # fmt: skip
_DEFAULTS: Final = {"networkMode": COMPUTED}
_LOWER: Final = ("key", "value")
_SAYS_NOTHING: Final[tuple[object, ...]] = (0, [], {}, None)


class TaskDefinition:
    """Known by its ARN, with the revision in it. Anything but its tags is another revision."""

    type = _TYPE
    names = None
    replaces = _CARRIED - {"region", "tags"}

    @property
    def refuses(self) -> frozenset[str]:
        """All that is not carried here."""
        return frozenset(kinds_of(_TYPE)) - _CARRIED

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Register it."""
        ecs = clients.client("ecs")
        plain = {name: value for name, value in inputs.items() if name not in (_CONTAINERS, "tags")}
        told = _WORDS.tell(ecs, "register_task_definition", plain)
        containers = json.loads(str(inputs[_CONTAINERS]))
        made = ecs.register_task_definition(
            **told, containerDefinitions=containers, tags=pairs(tags_of(inputs), *_LOWER)
        )
        return now_live(self, clients, made["taskDefinition"]["taskDefinitionArn"], inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """The revision and its tags, unless it was given up."""
        ecs = clients.client("ecs")
        found = ask(ecs.describe_task_definition, _GONE, taskDefinition=id_, include=["TAGS"])
        if found is None or found["taskDefinition"]["status"] != "ACTIVE":
            return None
        task = found["taskDefinition"]
        plain = {name: value for name, value in task.items() if name != _CONTAINERS}
        live = {
            **_WORDS.hear(ecs, "describe_task_definition", plain, "taskDefinition"),
            _CONTAINERS: _containers(task[_CONTAINERS], said.get(_CONTAINERS)),
            **said_tags(unpaired(found.get("tags", ()), *_LOWER)),
        }
        return Made(id_, retold(live, said, _DEFAULTS), {"arn": id_, "revision": task["revision"]})

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Set its tags."""
        ecs = clients.client("ecs")
        if removed(old, new):
            ecs.untag_resource(resourceArn=id_, tagKeys=removed(old, new))
        if tags_of(new):
            ecs.tag_resource(resourceArn=id_, tags=pairs(tags_of(new), *_LOWER))
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, said: Plain) -> None:
        """Give it up: ECS keeps it, and runs no new task of it."""
        if self.read(clients, id_, said) is not None:
            clients.client("ecs").deregister_task_definition(taskDefinition=id_)


def _containers(live: Iterable[Mapping[str, object]], said: object) -> object:
    """As the program says them where that is what is live; ECS writes out what was left unsaid."""
    told = json.loads(said) if isinstance(said, str) else None
    plain = [_telling(one) for one in live]
    if told is not None and [_telling(one) for one in told] == plain:
        return said
    return json.dumps(plain)


def _telling(container: Mapping[str, object]) -> Mapping[str, object]:
    return {name: value for name, value in container.items() if value not in _SAYS_NOTHING}


HANDLER: Final = TaskDefinition()
