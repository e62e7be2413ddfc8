"""Does the page of the example application upload from a browser, past the application?"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from bucketwright.contract.loading import read
from bucketwright.facets.bucket_scope import BucketScope
from bucketwright.storage import Settings, Storage
from tests.browser.pages import PATIENCE
from tests.browser.uploading import make_bucket
from tests.examples.serving import FOLDER, ORIGIN, address, asking
from tests.servers.running import KEY, REGION, SECRET, known_alone, versitygw
from tests.storage.contracts import PDF


@dataclass(frozen=True, slots=True)
class Shown:
    """The page, and where its uploads go."""

    page: Page
    storage: Storage

    def upload(self, name: str, content: bytes) -> str:
        """Choose a file and send it; what the page says then."""
        self.page.set_input_files(
            "input[name=file]", {"name": name, "mimeType": "application/pdf", "buffer": content}
        )
        self.page.evaluate("document.getElementById('said').textContent = ''")
        self.page.click("button")
        said = self.page.locator("#said")
        expect(said).not_to_have_text("", timeout=PATIENCE)
        expect(said).not_to_have_text("…", timeout=PATIENCE)
        return said.inner_text()

    @property
    def stored(self) -> list[str]:
        """The keys of all that was uploaded."""
        bucket = self.storage.prefix("uploads/quarantine").there.bucket
        return [row.key for row in self.storage.opened.backend.rows(bucket, "quarantine/")]


@pytest.fixture(scope="module")
def shown(browser: Browser) -> Iterator[Shown]:
    """With the CORS that the example's contract deploys, but for the page's own address."""
    with versitygw() as server, known_alone(server), address() as own:
        text = (FOLDER / "contract.yaml").read_text().replace(ORIGIN, own.origin)
        contract = read(text, "contract.yaml")
        scope = BucketScope(contract.environments["staging"], "uploads")
        make_bucket(server, scope)
        settings = Settings(endpoint_url=server.url, access_key=KEY, secret_key=SECRET, region=REGION)
        storage = Storage.open(contract, "staging", settings)
        own.app = asking(storage)
        context = browser.new_context()
        page = context.new_page()
        page.goto(own.origin)
        yield Shown(page, storage)
        context.close()


@pytest.mark.requirement("FP-4")
@pytest.mark.requirement("FP-14")
def test_a_chosen_file_arrives_in_quarantine(shown: Shown) -> None:
    """Under the key that the page tells, with nothing changed on the way."""
    said = shown.upload("brief.pdf", PDF)
    [key] = shown.stored
    bucket = shown.storage.prefix("uploads/quarantine").there.bucket

    assert said == f"uploaded as {key}; it is scanned now"
    assert next(shown.storage.opened.backend.rows(bucket, key)).size == len(PDF)


def test_what_is_refused_is_told_to_the_user(shown: Shown) -> None:
    """In the contract's words, and nothing is sent."""
    before = shown.stored
    said = shown.upload("id_rsa", b"key")

    assert "no secrets" in said
    assert shown.stored == before
