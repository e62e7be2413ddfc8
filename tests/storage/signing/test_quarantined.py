"""Does a link lead into a quarantine by way of another prefix that the contract lets overlap it?"""

import pytest

from bucketwright.contract.loading import read
from bucketwright.storage import Refused, Settings, Storage
from bucketwright.storage.place import Place
from tests.storage.signing.signed import ACCESS_KEY, SECRET_KEY

CONTRACT = """
project: intake
region: eu-west-1
environments: {dev: {}}
buckets:
  files:
    prefixes:
      all: {path: "x/", delivery: presigned, write: overwrite, overlaps: [waiting, clean]}
      waiting: {path: "x/waiting/{case_id:int}/", quarantine: {scanner: scanner, release_to: files/clean}}
      clean: {path: "x/clean/{case_id:int}/"}
access:
  scanner: {trusts: lambda.amazonaws.com, read: files/waiting, write: files/clean, delete: files/waiting}
"""


def everything() -> Place:
    settings = Settings(access_key=ACCESS_KEY, secret_key=SECRET_KEY)
    return Storage.open(read(CONTRACT, "contract.yaml"), "dev", settings).prefix("files/all").at()


@pytest.mark.requirement("FP-13")
@pytest.mark.parametrize("name", ["waiting/7/brief.pdf", "waiting/7/sub/brief.pdf"])
def test_no_link_leads_into_a_quarantine(name: str) -> None:
    """By the key and not by the prefix that it is asked of."""
    with pytest.raises(Refused, match=r"lies in the quarantine files/waiting"):
        everything().signed_get(name)


@pytest.mark.parametrize("name", ["clean/7/brief.pdf", "waiting/brief.pdf", "waiting/none/brief.pdf"])
def test_what_lies_beside_a_quarantine_has_links(name: str) -> None:
    """Keys that are not the quarantine's are none of its business."""
    assert everything().signed_get(name).key == f"x/{name}"
