"""Are links there for who awaits, too?"""

import asyncio

from bucketwright.storage import AsyncStorage, BrowserUpload, Link, Said
from bucketwright.storage.signing.signed import SignedForm, SignedUrl
from tests.storage.signing.signed import edge_place, elliptic, storage


def test_signing_awaited() -> None:
    """The same links, with nobody kept waiting."""

    async def work() -> tuple[SignedUrl, SignedUrl, SignedForm]:
        async with AsyncStorage(storage()) as waiting:
            documents = waiting.prefix("files/documents").at(case_id=7)
            plans = waiting.prefix("files/plans").at()
            return (
                await documents.signed_get("a.pdf", file_name="b.pdf"),
                await documents.signed_put("a.pdf", Link(size=3), Said(metadata={"by": "me"})),
                await plans.signed_post("a.pdf"),
            )

    read, written, form = asyncio.run(work())

    assert (read.key, written.headers["x-amz-meta-by"], form.key) == (
        "dev/cases/7/documents/a.pdf",
        "me",
        "plans/a.pdf",
    )


def test_parts_awaited() -> None:
    """Parts and cookies as well."""

    async def work() -> tuple[int, str]:
        async with AsyncStorage(storage()) as waiting:
            plans = waiting.prefix("files/plans").at()
            parts = await plans.signed_parts(BrowserUpload("a.pdf", "id", 12_000_000, "write"))
            site = edge_place("media/site", elliptic(), name="a")
            return len(parts), site.signed_cookies().path

    assert asyncio.run(work()) == (3, "/site/a/")
