"""The example application hands out forms and links; the files themselves go past it."""

import re
from collections.abc import Iterator, Mapping
from typing import cast
from urllib.parse import urlsplit

import httpx2 as httpx
import pytest
from fastapi.testclient import TestClient

from bucketwright.storage import Settings, Storage
from sandbox.regions import located
from tests.examples.serving import FOLDER, asking
from tests.sandbox.drifts.deploying import sandbox
from tests.storage.contracts import PDF

ACCOUNT, REGION, BUCKET = "444455556666", "us-east-1", "filehouse-staging-uploads"
FILE = "uploads/2026/11/21/0b6a1f6e-7d5e-4f0e-9a51-2f1f6f6d0c11.pdf"


@pytest.fixture(scope="module")
def storage() -> Iterator[Storage]:
    """Of the example's contract, in a sandbox."""
    with sandbox() as server:
        client = server.clients(account=ACCOUNT, region=REGION).client("s3")
        client.create_bucket(Bucket=BUCKET, **located(REGION))
        settings = Settings(endpoint_url=server.url, access_key=ACCOUNT, secret_key=ACCOUNT)
        yield Storage.open(FOLDER / "contract.yaml", "staging", settings)


@pytest.fixture(scope="module")
def browser(storage: Storage) -> TestClient:
    """Somebody who uses the application."""
    return asking(storage)


def form_of(answer: httpx.Response) -> Mapping[str, object]:
    """What the page uploads with."""
    assert answer.status_code == 200, answer.text
    found = answer.json()["form"]
    assert isinstance(found, dict)
    return found


@pytest.mark.requirement("FP-4")
def test_a_file_goes_from_the_browser_to_quarantine(browser: TestClient, storage: Storage) -> None:
    """By the form that the application gave, under the key that it said."""
    answer = browser.post("/uploads", json={"name": "brief.pdf", "size": len(PDF)})
    form = form_of(answer)
    fields = cast("dict[str, str]", form["fields"])
    sent = httpx.post(str(form["url"]), data=fields, files={"file": PDF}, trust_env=False)
    key = answer.json()["key"]
    stored = [row.key for row in storage.opened.backend.rows(BUCKET, "quarantine/")]

    assert sent.status_code < 300, sent.text
    assert stored == [key]
    assert re.fullmatch(r"quarantine/[0-9a-f-]{36}/brief-[0-9a-f]{32}\.pdf", key)
    assert fields["Content-Type"] == "application/pdf"
    assert form["most"] == len(PDF)


@pytest.mark.parametrize(
    ("announced", "status"),
    [
        pytest.param({"name": "id_rsa", "size": 5}, 422, id="a secret"),
        pytest.param({"name": "a.pdf", "size": 6 * 10**9}, 422, id="too large"),
        pytest.param({"name": "a.pdf", "size": 0}, 422, id="no bytes"),
        pytest.param({"name": "..", "size": 5}, 422, id="no name"),
        pytest.param({"size": 5}, 422, id="nothing said"),
    ],
)
def test_what_may_not_be_uploaded_gets_no_form(
    browser: TestClient, announced: dict[str, object], status: int
) -> None:
    """The answer says why, and names no bucket."""
    answer = browser.post("/uploads", json=announced)

    assert answer.status_code == status
    assert "filehouse" not in answer.text


def test_a_page_of_strangers_gets_no_form(browser: TestClient) -> None:
    """The contract's CORS would not let it upload anyway."""
    headers = {"Origin": "https://elsewhere.example"}
    answer = browser.post("/uploads", json={"name": "a.pdf", "size": 5}, headers=headers)

    assert (answer.status_code, "elsewhere.example" in answer.json()["error"]) == (422, True)


def test_a_path_in_a_name_is_cut_off(browser: TestClient) -> None:
    """Only the last part of it counts."""
    answer = browser.post("/uploads", json={"name": "../../x/brief.pdf", "size": 5})

    assert re.search(r"/brief-[0-9a-f]{32}\.pdf$", answer.json()["key"])


@pytest.mark.requirement("FP-5")
def test_a_released_file_is_read_by_a_link(browser: TestClient, storage: Storage) -> None:
    """Which the application redirects to, and which S3 answers."""
    place = storage.prefix("uploads/uploads").at(year=2026, month=11, day=21)
    place.put(FILE.rpartition("/")[2], PDF)
    answer = browser.get(f"/files/{FILE.removeprefix('uploads/')}")
    link = answer.headers["location"]

    assert answer.status_code == 307
    assert "X-Amz-Expires=7200" in urlsplit(link).query
    assert httpx.get(link, trust_env=False).content == PDF
    assert browser.get("/files/2026/11/21/none.pdf").status_code in {404, 422}
    assert browser.get("/files/nothing").status_code in {404, 422}


def test_the_page_loads_nothing_from_elsewhere(browser: TestClient) -> None:
    """And uses what the application answers."""
    page = browser.get("/").text

    assert "http://" not in page
    assert "https://" not in page
    assert 'fetch("/uploads"' in page
