"""A group of schedules."""

from typing import Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.partitions import arn
from sandbox.provider.retelling import retold
from sandbox.provider.tagging import pairs, removed, said_tags, tags_of, unpaired

_GONE: Final = ("ResourceNotFoundException",)


class ScheduleGroup:
    """Known by its name; only its tags can change."""

    type = "aws:scheduler/scheduleGroup:ScheduleGroup"
    names = "name"
    replaces = frozenset({"name"})
    refuses = frozenset({"namePrefix"})

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Make it."""
        name = str(inputs["name"])
        clients.client("scheduler").create_schedule_group(Name=name, Tags=pairs(tags_of(inputs)))
        return now_live(self, clients, name, inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """The group and its tags."""
        scheduler = clients.client("scheduler")
        found = ask(scheduler.get_schedule_group, _GONE, Name=id_)
        if found is None:
            return None
        tags = scheduler.list_tags_for_resource(ResourceArn=found["Arn"])["Tags"]
        live = {"name": id_, **said_tags(unpaired(tags))}
        return Made(id_, retold(live, said), {"arn": found["Arn"], "state": found["State"]})

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Set its tags."""
        scheduler, where = clients.client("scheduler"), arn(clients, "scheduler", f"schedule-group/{id_}")
        if removed(old, new):
            scheduler.untag_resource(ResourceArn=where, TagKeys=removed(old, new))
        if tags_of(new):
            scheduler.tag_resource(ResourceArn=where, Tags=pairs(tags_of(new)))
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, said: Plain) -> None:
        """Take it away with its schedules."""
        if self.read(clients, id_, said) is not None:
            clients.client("scheduler").delete_schedule_group(Name=id_)


HANDLER: Final = ScheduleGroup()
