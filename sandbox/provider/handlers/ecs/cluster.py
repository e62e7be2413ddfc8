"""A cluster of ECS."""

from typing import Final

from sandbox.provider.handler import Clients, Made, Plain, now_live
from sandbox.provider.partitions import arn
from sandbox.provider.retelling import retold
from sandbox.provider.tagging import pairs, removed, said_tags, tags_of, unpaired

_LOWER: Final = ("key", "value")


class Cluster:
    """Known by its name; only its tags can change here. A deleted one is still told for a while."""

    type = "aws:ecs/cluster:Cluster"
    names = "name"
    replaces = frozenset({"name"})
    refuses = frozenset({"configuration", "serviceConnectDefaults", "settings"})

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Make it."""
        name = str(inputs["name"])
        clients.client("ecs").create_cluster(clusterName=name, tags=pairs(tags_of(inputs), *_LOWER))
        return now_live(self, clients, name, inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """The cluster and its tags."""
        found = clients.client("ecs").describe_clusters(clusters=[id_], include=["TAGS"])["clusters"]
        if not found or found[0]["status"] != "ACTIVE":
            return None
        live = {"name": id_, **said_tags(unpaired(found[0].get("tags", ()), *_LOWER))}
        return Made(id_, retold(live, said), {"arn": found[0]["clusterArn"]})

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Set its tags."""
        ecs, where = clients.client("ecs"), arn(clients, "ecs", f"cluster/{id_}")
        if removed(old, new):
            ecs.untag_resource(resourceArn=where, tagKeys=removed(old, new))
        if tags_of(new):
            ecs.tag_resource(resourceArn=where, tags=pairs(tags_of(new), *_LOWER))
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, said: Plain) -> None:
        """Take it away."""
        if self.read(clients, id_, said) is not None:
            clients.client("ecs").delete_cluster(cluster=id_)


HANDLER: Final = Cluster()
