"""What may somebody outside write by a form, which no server takes a condition with?"""

import pytest

from bucketwright.contract.keys.variable_types import Value
from bucketwright.storage import Refused, Said, Settings, Storage
from bucketwright.storage.signing.link import Link
from tests.storage.signing.signed import (
    ACCESS_KEY,
    SECRET_KEY,
    conditions,
    contract,
    place,
    query,
    storage,
)

SHA = "0" * 64


@pytest.mark.requirement("FP-4")
def test_what_a_form_holds_the_server_to() -> None:
    """Bucket, key, exact type, largest size, tags: each field has its condition."""
    uploads = storage().prefix("files/uploads").fresh()
    form = uploads.signed_post(uploads.fresh(suffix=".pdf"), said=Said(metadata={"by": "me"}))
    tags = "<Tagging><TagSet><Tag><Key>kind</Key><Value>upload</Value></Tag></TagSet></Tagging>"

    for wanted in (
        ["eq", "$bucket", "shelf-dev-files"],
        ["eq", "$key", form.key],
        ["eq", "$Content-Type", "application/pdf"],
        ["eq", "$tagging", tags],
        ["eq", "$x-amz-meta-by", "me"],
        ["content-length-range", 0, 1_000_000],
    ):
        assert wanted in conditions(form)
    named = {field for _, field, *_ in conditions(form)}
    assert {f"${name}" for name in form.fields} - named == {"$policy", "$x-amz-signature"}
    assert form.most == 1_000_000


@pytest.mark.requirement("FP-4")
@pytest.mark.parametrize(
    ("address", "name", "said", "condition", "shown_as"),
    [
        ("files/pictures", "a.png", Said(), ["eq", "$Content-Type", "image/png"], ""),
        ("files/pictures", "a", Said(), ["starts-with", "$Content-Type", "image/"], "attachment"),
        ("files/pictures", "a.png", Said("image/*"), ["eq", "$Content-Type", "image/png"], ""),
        ("files/mirrored", "a", Said("video/*"), ["starts-with", "$Content-Type", "video/"], "attachment"),
        ("files/raw", "a", Said("video/*"), ["starts-with", "$Content-Type", "video/"], ""),
        ("files/mirrored", "a", Said(), ["eq", "$Content-Type", "application/octet-stream"], ""),
        ("files/mirrored", "a.svg", Said(), ["eq", "$Content-Type", "image/svg+xml"], "attachment"),
        ("files/plans", "a", Said(), ["eq", "$Content-Type", "application/pdf"], ""),
    ],
    ids=[
        "by its name", "a family", "name goes before family", "a family that is said", "read by programs",
        "nothing known", "what browsers run", "the only type",
    ],
)  # fmt: skip
def test_the_type_of_a_form(address: str, name: str, said: Said, condition: object, shown_as: str) -> None:
    """Exact where it is known; where a page names it (video/x+xml, say), it is saved, and not shown."""
    form = place(address).signed_post(name, said=said)

    assert condition in conditions(form)
    assert form.fields.get("Content-Disposition", "") == shown_as


@pytest.mark.parametrize(
    ("address", "name", "said", "told"),
    [
        ("files/plans", "a", Said("image/*"), "the contract allows application/pdf"),
        ("files/mirrored", "a", Said("text/*"), "name the type of text, with its charset"),
        ("files/mirrored", "a.png", Said("video/*"), "is no content type"),
        ("files/mirrored", "a", Said("vid\neo/*"), "is no content type"),
        ("files/mirrored", "${filename}", Said(), "in place of which servers put what a page says"),
        ("files/mirrored", "a/${filename}.pdf", Said(), "in place of which servers put what a page says"),
        ("files/documents", "a.pdf", Said(), "takes? no condition"),
        ("files/pointers", "a", Said(), "takes? no condition"),
        ("files/blobs", SHA, Said(), "takes? no condition"),
    ],
    ids=[
        "family not allowed", "text", "family against name", "no family",
        "a name that servers fill in", "inside a name",
        "create", "if-unchanged", "content-addressed",
    ],
)  # fmt: skip
def test_forms_that_are_not_made(address: str, name: str, said: Said, told: str) -> None:
    """They could write what the contract, or whoever signs, never meant."""
    values: dict[str, dict[str, Value]] = {
        "files/documents": {"case_id": 7},
        "files/blobs": {"head": SHA[:2]},
    }
    with pytest.raises(Refused, match=told):
        place(address, **values.get(address, {})).signed_post(name, said=said)


@pytest.mark.requirement("AP-4")
def test_forms_where_the_contract_only_creates() -> None:
    """The key is new by itself: by a suffix, or by an id in the contract's template of names."""
    papers, uploads = place("files/papers"), storage().prefix("files/uploads").fresh()

    assert papers.signed_post("a.pdf").key != papers.signed_post("a.pdf").key
    assert uploads.signed_post(uploads.fresh(suffix=".pdf")).key.startswith(uploads.path)


def test_a_form_for_less() -> None:
    """The caller may allow less than the contract, and never more."""
    assert place("files/papers").signed_post("a.pdf", Link(size=10)).most == 10
    assert place("files/plans").signed_post("a.pdf").most == 5 * 10**9
    with pytest.raises(Refused, match="larger than 2,000,000 bytes"):
        place("files/papers").signed_post("a.pdf", Link(size=2_000_001))


@pytest.mark.requirement("FP-9")
def test_r2_takes_no_forms() -> None:
    """It is said here, and not by its server."""
    keys = {"access_key": ACCESS_KEY, "secret_key": SECRET_KEY}
    on_r2 = Settings(endpoint_url="https://acc.eu.r2.cloudflarestorage.com", **keys)  # type: ignore[arg-type]  # mypy takes texts for any field
    plans = Storage.open(contract(), "dev", on_r2).prefix("files/plans").at()

    assert plans.signed_put("a.pdf").url.startswith(
        "https://acc.eu.r2.cloudflarestorage.com/shelf-dev-files/plans/"
    )
    assert query(plans.signed_put("a.pdf").url)["X-Amz-Credential"].split("/")[2] == "auto"
    with pytest.raises(Refused, match="R2 takes no forms: sign a PUT"):
        plans.signed_post("a.pdf")
