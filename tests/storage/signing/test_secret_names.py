"""Does anybody get a link to upload what is called as secrets are?"""

from collections.abc import Callable

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
      drafts: {path: "drafts/", write: overwrite}
      inbox: {path: "inbox/", write: {mode: create, on_clash: suffix}}
"""
SIGNED: tuple[Callable[[Place, str], object], ...] = (Place.signed_put, Place.signed_post)


def place(prefix: str) -> Place:
    settings = Settings(access_key=ACCESS_KEY, secret_key=SECRET_KEY)
    return Storage.open(read(CONTRACT, "contract.yaml"), "dev", settings).prefix(f"files/{prefix}").at()


@pytest.mark.requirement("CS-13")
@pytest.mark.parametrize("prefix", ["drafts", "inbox"])
@pytest.mark.parametrize("signed", SIGNED, ids=["put", "form"])
@pytest.mark.parametrize("name", [".env", "a/.env", "credentials.json", "terraform.tfvars"])
def test_secrets_are_refused_by_the_name_that_was_asked_for(
    prefix: str, signed: Callable[[Place, str], object], name: str
) -> None:
    """Also where a suffix would make it look like another."""
    with pytest.raises(Refused, match="no secrets are kept in buckets"):
        signed(place(prefix), name)


@pytest.mark.parametrize("prefix", ["drafts", "inbox"])
@pytest.mark.parametrize("signed", SIGNED, ids=["put", "form"])
@pytest.mark.parametrize("name", ["env.txt", ".env.example", "credentials-manual.pdf"])
def test_other_names_are_taken(prefix: str, signed: Callable[[Place, str], object], name: str) -> None:
    """What only resembles the name of a secret is none."""
    assert signed(place(prefix), name)
