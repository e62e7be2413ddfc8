"""Do keys that nothing has yet come about, whatever the contract calls its variables?"""

from bucketwright.contract.loading import read
from bucketwright.storage import Storage

CONTRACT = """
project: shelf
region: eu-west-1
environments: {dev: {}}
buckets:
  files:
    prefixes:
      drafts: {path: "drafts/{prefix:slug}/", objects: "{place:slug}-{draft_id:uuid}.txt"}
"""


def test_variables_called_as_parameters_are() -> None:
    """The names of variables are the contract's own."""
    place = Storage.in_memory(read(CONTRACT, "contract.yaml")).prefix("files/drafts").fresh(prefix="red")
    name = place.fresh(place="desk")

    assert place.path == "drafts/red/"
    assert name.startswith("desk-")
