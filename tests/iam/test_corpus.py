"""Is the corpus of labelled policies well formed, sourced and broad, and does the evaluator agree with it?"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bucketwright.iam.judge import judge_isolation, judge_public

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(CORPUS.glob("*.json"))
VARIATION = "variation of "
DOCUMENTATION = ("https://docs.aws.amazon.com/", "https://aws.amazon.com/premiumsupport/knowledge-center/")
ALWAYS = {"id", "title", "source", "kind", "policy"}
PUBLIC = {"public", "because"}
ISOLATION = {"intended_bucket", "intended_prefix", "isolated", "isolated_because"}
FIXING_KEYS = (
    "aws:sourceip",
    "aws:sourcearn",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourceowner",
    "aws:sourceaccount",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:userid",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "s3:dataaccesspointarn",
    "s3:dataaccesspointaccount",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One labelled policy, with the fields exactly as its file has them."""

    file: str
    fields: dict[str, object]

    @property
    def id(self) -> str:
        return str(self.fields.get("id"))

    @property
    def documented(self) -> bool:
        return str(self.fields.get("source")).startswith("https://")


def refuse_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    twins = {name for name in names if names.count(name) > 1}
    if twins:
        raise ValueError(f"the same name twice in one object: {sorted(twins)}")
    return dict(pairs)


def read(path: Path) -> list[Entry]:
    content: object = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=refuse_twins)
    assert isinstance(content, list)
    assert all(isinstance(fields, dict) for fields in content)
    return [Entry(path.name, fields) for fields in content]


ENTRIES = [entry for path in FILES for entry in read(path)]
EACH = pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.id) for entry in ENTRIES])


def statements(policy: object) -> list[dict[str, object]]:
    assert isinstance(policy, dict)
    found = policy["Statement"]
    listed = found if isinstance(found, list) else [found]
    assert all(isinstance(statement, dict) for statement in listed)
    return listed


def condition_keys(statement: dict[str, object]) -> Iterator[str]:
    condition = statement.get("Condition", {})
    assert isinstance(condition, dict)
    for tests in condition.values():
        assert isinstance(tests, dict)
        yield from (str(key).lower() for key in tests)


def is_told(text: object) -> bool:
    return isinstance(text, str) and text != "" and text == text.strip()


def test_ids_are_unique_and_in_kebab_case() -> None:
    """No two entries share an id, and every id is lower case words joined by hyphens."""
    ids = [entry.id for entry in ENTRIES]
    assert len(ids) == len(set(ids))
    assert all(word.isalnum() and word == word.lower() for name in ids for word in name.split("-"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_stays_readable(path: Path) -> None:
    """A corpus file stays under 300 lines and holds only documented entries or only variations."""
    origin = path.stem.split("-")[0]
    assert origin in {"documented", "variations"}
    assert path.read_text(encoding="utf-8").count("\n") < 300
    assert {entry.documented for entry in read(path)} == {origin == "documented"}


@EACH
def test_an_entry_has_its_fields_and_no_others(entry: Entry) -> None:
    """A bucket policy carries the public label, and an isolation label comes whole or not at all."""
    kind = entry.fields.get("kind")
    assert kind in {"bucket", "identity"}
    wanted = ALWAYS | (PUBLIC if kind == "bucket" else set())
    assert set(entry.fields) in (wanted, wanted | ISOLATION)


@EACH
def test_an_entry_says_where_it_comes_from(entry: Entry) -> None:
    """A source is a documentation page, or another entry of the corpus that it varies."""
    source = entry.fields["source"]
    assert isinstance(source, str)
    if entry.documented:
        assert source.startswith(DOCUMENTATION)
        assert source.partition("#")[0].endswith((".html", "/"))
    else:
        assert source.startswith(VARIATION)
        assert source.removeprefix(VARIATION) in {other.id for other in ENTRIES} - {entry.id}


@EACH
def test_a_label_is_decided_and_explained(entry: Entry) -> None:
    """Every label is true, false or null, and has a reason in words."""
    assert is_told(entry.fields["title"])
    for label, reason in (("public", "because"), ("isolated", "isolated_because")):
        if label in entry.fields:
            assert entry.fields[label] is None or isinstance(entry.fields[label], bool)
            assert is_told(entry.fields[reason])
    if "isolated" in entry.fields:
        assert is_told(entry.fields["intended_bucket"])
        assert is_told(entry.fields["intended_prefix"])


@EACH
def test_a_policy_is_a_policy(entry: Entry) -> None:
    """Every statement has an effect, actions and resources, and principals just where they belong."""
    for statement in statements(entry.fields["policy"]):
        assert statement["Effect"] in {"Allow", "Deny"}
        for element in ("Action", "Resource"):
            assert (element in statement) != (f"Not{element}" in statement)
        principals = ("Principal" in statement) + ("NotPrincipal" in statement)
        assert principals == (entry.fields["kind"] == "bucket")
        assert all(":" in key for key in condition_keys(statement))


@EACH
def test_no_allow_means_not_public(entry: Entry) -> None:
    """A bucket policy without an Allow statement is labelled as not public."""
    allows = [s for s in statements(entry.fields["policy"]) if s["Effect"] == "Allow"]
    if entry.fields["kind"] == "bucket" and not allows:
        assert entry.fields["public"] is False


def test_the_corpus_is_mostly_what_amazon_documents() -> None:
    """At least 60 entries come from documentation, and at least 40 are variations for single clauses."""
    documented = sum(entry.documented for entry in ENTRIES)
    assert documented >= 60
    assert len(ENTRIES) - documented >= 40


@pytest.mark.parametrize(("label", "least"), [("public", 9), ("isolated", 0)], ids=["public", "isolated"])
def test_every_outcome_is_there(label: str, least: int) -> None:
    """Each label is given often enough as true and as false, and the public one as undecided too."""
    given = [entry.fields[label] for entry in ENTRIES if label in entry.fields]
    assert given.count(True) >= 25
    assert given.count(False) >= 25
    assert given.count(None) >= least


@pytest.mark.parametrize("key", FIXING_KEYS)
def test_every_fixing_key_makes_some_policy_not_public(key: str) -> None:
    """Each condition key of the definition is used in an Allow of a policy that is not public."""
    users = [
        entry.id
        for entry in ENTRIES
        if entry.fields.get("public") is False
        for statement in statements(entry.fields["policy"])
        if statement["Effect"] == "Allow" and key in condition_keys(statement)
    ]
    assert users


@pytest.mark.parametrize(
    "entry", [pytest.param(entry, id=entry.id) for entry in ENTRIES if "public" in entry.fields]
)
def test_the_evaluator_agrees_who_is_public(entry: Entry) -> None:
    """Public or not is answered as the label says."""
    answer = judge_public({"id": entry.id, "policy": entry.fields["policy"]})

    assert (answer["public"], answer["because"]) == (entry.fields["public"], answer["because"])


@pytest.mark.parametrize(
    "entry", [pytest.param(entry, id=entry.id) for entry in ENTRIES if "isolated" in entry.fields]
)
def test_the_evaluator_agrees_what_is_isolated(entry: Entry) -> None:
    """Isolated or not is answered as the label says."""
    line = {name: entry.fields[name] for name in ("id", "policy", "intended_prefix")}
    answer = judge_isolation(line)

    assert (answer["isolated"], answer["because"]) == (entry.fields["isolated"], answer["because"])
