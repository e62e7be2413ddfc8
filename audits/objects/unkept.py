"""What can be said of what lies in buckets by a run that kept no answers about it? That it cannot be told."""

from collections.abc import Sequence

from audits.object_facts import Home
from audits.object_scan import Unlooked
from audits.objects.bucket import Wanted
from audits.objects.running import Found


class Unkept:
    """Stands for the engine when such a run is judged again."""

    def look(self, homes: Sequence[Home], wanted: Wanted) -> Found:
        """Nothing is decided of any bucket."""
        del wanted
        why = "what lies in the buckets was not kept of that run"
        return Found([], [Unlooked(home.address, "objects and unfinished uploads", why) for home in homes])
