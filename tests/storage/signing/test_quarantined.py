"""Does a link lead into a quarantine by way of another prefix whose names differ, and whose path does not?"""

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
      waiting:
        path: "x/{case_id:int}/"
        objects: "{name}.bin"
        quarantine: {scanner: scanner, release_to: files/clean}
      all: {path: "x/", objects: "{case}/{name}.pdf", delivery: presigned, write: overwrite}
      clean: {path: "clean/{case_id:int}/"}
access:
  scanner: {trusts: lambda.amazonaws.com, read: files/waiting, write: files/clean, delete: files/waiting}
"""


def everything() -> Place:
    settings = Settings(access_key=ACCESS_KEY, secret_key=SECRET_KEY)
    return Storage.open(read(CONTRACT, "contract.yaml"), "dev", settings).prefix("files/all").at()


@pytest.mark.requirement("FP-13")
def test_no_link_leads_into_a_quarantine() -> None:
    """By the key and not by the prefix that it is asked of."""
    with pytest.raises(Refused, match=r"lies in the quarantine files/waiting"):
        everything().signed_get("7/brief.pdf")


def test_what_lies_beside_a_quarantine_has_links() -> None:
    """Keys that are not the quarantine's are none of its business."""
    assert everything().signed_get("none/brief.pdf").key == "x/none/brief.pdf"
