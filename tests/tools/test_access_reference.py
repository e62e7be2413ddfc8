"""Does the page about access say what the compiler does, as a part of the page?"""

from bucketwright.contract.access.matrix import NOT_CONSIDERED
from bucketwright.contract.words import VERBS
from tools.access_reference import not_considered, verbs
from tools.generated import ROOT, refreshed

PAGE = "# Title\n\n<!-- generated: markdown tool table -->\n{0}<!-- end -->\n"


def rows() -> dict[str, list[list[str]]]:
    """The cells of the table, each as its actions, by verb."""
    found = {}
    for line in list(verbs())[2:]:
        verb, *cells = (cell.strip().replace("`", "") for cell in line.strip("|").split("|"))
        found[verb] = [cell.split(", ") if cell else [] for cell in cells]
    return found


def test_every_verb_has_its_row() -> None:
    """In the contract's order, each with as many cells as the head."""
    head, rule, *_ = verbs()

    assert tuple(rows()) == VERBS
    assert {line.count("|") for line in verbs()} == {head.count("|")}
    assert set(rule) == {"|", "-"}


def test_writers_decrypt_readers_restore_and_encrypt_nothing() -> None:
    """A multipart upload needs both keys, an archive its restore, and no verb has an action for nothing."""
    read, listed, write, delete = rows().values()

    assert read == [
        ["s3:GetObject", "s3:ListBucket"],
        ["s3:GetObjectVersion"],
        ["s3:RestoreObject"],
        [],
        ["kms:Decrypt"],
    ]
    assert listed == [["s3:ListBucket"], [], [], [], []]
    assert write == [
        ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"],
        [],
        [],
        ["s3:PutObjectTagging"],
        ["kms:Decrypt", "kms:GenerateDataKey"],
    ]
    assert delete == [["s3:DeleteObject"], [], [], [], []]


def test_what_is_not_considered_is_a_list() -> None:
    """Each of them once, as the command says it."""
    assert list(not_considered()) == [f"- {what}" for what in NOT_CONSIDERED]


def test_markdown_stands_in_the_page_as_it_is() -> None:
    """No fence and no command around it; made anew, the page stays the same."""
    page = refreshed(PAGE.format("stale\n"), lambda command: f"| {command} |\n\n")

    assert page == PAGE.format("| tool table |\n")
    assert refreshed(page, lambda command: f"| {command} |\n\n") == page


def test_the_page_about_access_has_both() -> None:
    """Neither the table nor the list is kept by hand."""
    page = (ROOT / "docs" / "access.md").read_text()

    assert "\n".join(verbs()) in page
    assert "\n".join(not_considered()) in page
