"""The examples load, satisfy the schema, and do what the requirements of their systems ask of a contract."""

from pathlib import Path

import pytest

from bucketwright.contract.access.matrix import access_matrix
from bucketwright.contract.composing import compose
from bucketwright.contract.loading import load
from bucketwright.contract.model import Environment
from bucketwright.contract.problems import ContractError
from bucketwright.contract.remarks import remarks
from tests.contract.schema_cases import VALIDATOR

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(ROOT.glob("examples/*/contract.yaml"))
STACK = ROOT / "stacks" / "contract.yaml"
STARTER = ROOT / "cli" / "starter.yaml"


def example(name: str, environment: str = "prod") -> Environment:
    """One environment of one example."""
    return load(ROOT / "examples" / name / "contract.yaml").environments[environment]


@pytest.mark.parametrize("path", [*EXAMPLES, STACK], ids=lambda path: path.parent.name)
def test_an_example_loads_and_satisfies_the_schema(path: Path) -> None:
    """Loader and schema agree on every example, and its modeline points at the schema."""
    contract = load(path)
    root = compose(path.read_text(), path.name).root
    assert root is not None
    assert [error.message for error in VALIDATOR.iter_errors(root.value)] == []
    assert len(contract.environments) >= 2
    modeline = path.read_text().split("\n")[0].partition("$schema=")[2]
    assert (path.parent / modeline).resolve() == ROOT / "bucketwright" / "contract" / "contract.schema.json"


def test_there_is_an_example_for_each_system() -> None:
    """Five systems, five examples; some prefixes of each state their usage (TC-5)."""
    assert [path.parent.name for path in EXAMPLES] == [
        "app-prefixes",
        "case-operations",
        "checkpoints",
        "file-storage",
        "upload-sessions",
    ]
    for path in (*EXAMPLES, STACK):
        buckets = next(iter(load(path).environments.values())).buckets.values()
        assert any(prefix.usage for bucket in buckets for prefix in bucket.prefixes.values())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_an_example_with_a_slip_is_refused(path: Path, tmp_path: Path) -> None:
    """A wrong word in an example is noticed by the loader and by the schema."""
    slipped = tmp_path / "contract.yaml"
    slipped.write_text(path.read_text().replace("trusts:", "trust:", 1))
    with pytest.raises(ContractError, match="did you mean 'trusts'"):
        load(slipped)
    root = compose(slipped.read_text(), "contract.yaml").root
    assert root is not None
    assert not VALIDATOR.is_valid(root.value)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_what_is_read_in_an_example_is_written_there(path: Path) -> None:
    """Whoever reads a prefix finds something in it, and who signs links to it reads it."""
    for environment in load(path).environments.values():
        rows = access_matrix(environment)
        read, written = (
            {(row.bucket_id, row.prefix_id) for row in rows if verb in row.verbs}
            for verb in ("read", "write")
        )
        signed = {
            (bucket_id, prefix_id)
            for bucket_id, bucket in environment.buckets.items()
            for prefix_id, prefix in bucket.prefixes.items()
            if prefix.delivery.via == "presigned"
        }
        assert signed <= read <= written


@pytest.mark.parametrize("path", [*EXAMPLES, STACK, STARTER], ids=lambda path: path.parent.name)
def test_nothing_in_an_example_does_less_than_it_sounds(path: Path) -> None:
    """But for the certificate of CloudFront's own, which is right where no host name is."""
    said = {str(one) for environment in load(path).environments.values() for one in remarks(environment)}

    assert {one for one in said if not one.startswith("buckets.media.cloudfront: ")} == set()


@pytest.mark.requirement("CS-1")
@pytest.mark.requirement("CS-2")
@pytest.mark.requirement("CS-3")
@pytest.mark.requirement("CS-7")
@pytest.mark.requirement("CS-10")
def test_case_operations() -> None:
    """CS-1 to CS-4, CS-7, CS-8, CS-10: keys by environment, lives by kind, parts of 50 MB, short links."""
    cases = example("case-operations").buckets["cases"].prefixes
    assert all(prefix.path.startswith("{env}/") for prefix in cases.values())
    assert cases["documents"].keep == "forever"
    assert [(step.after, step.to) for step in cases["exports"].archive] == [(90, "glacier")]
    assert (cases["batch"].expire, cases["staging"].expire) == (7, 3)
    transfer = example("case-operations").transfer
    assert (transfer.threshold, transfer.part_size, transfer.concurrency) == (100 * 10**6, 50 * 10**6, 4)
    assert cases["documents"].delivery.expires is not None
    assert cases["documents"].delivery.expires.total_seconds() == 3600


@pytest.mark.requirement("FP-1")
@pytest.mark.requirement("FP-2")
@pytest.mark.requirement("FP-8")
@pytest.mark.requirement("FP-12")
@pytest.mark.requirement("FP-13")
@pytest.mark.requirement("FP-14")
def test_file_storage() -> None:
    """FP-1, FP-2, FP-6 to FP-8, FP-11 to FP-14: every delivery, and lives that S3 takes."""
    buckets = example("file-storage").buckets
    ways = {prefix.delivery.via for bucket in buckets.values() for prefix in bucket.prefixes.values()}
    assert ways == {"none", "presigned", "cloudfront", "compatible", "content-addressed", "archive"}
    uploads = buckets["uploads"]
    steps = uploads.prefixes["uploads"].archive
    assert [(step.after, step.to) for step in steps] == [(30, "standard-ia"), (90, "glacier")]
    assert (uploads.prefixes["tmp"].expire, uploads.abort_uploads) == (1, 7)
    assert all("*" not in origin for rule in uploads.cors for origin in rule.origins)
    assert uploads.transfer is not None
    assert (uploads.transfer.part_size, uploads.transfer.concurrency) == (100 * 10**6, 10)
    scanner = example("file-storage").access["scanner"]
    assert scanner.delete == ("uploads/quarantine",)
    assert scanner.read == (*scanner.delete, *scanner.write)  # so that it knows its own release again


@pytest.mark.requirement("TU-1")
@pytest.mark.requirement("TU-2")
def test_upload_sessions() -> None:
    """TU-1, TU-2, TU-4: a day, keys of S3, keys by session, 350 MB."""
    sessions = example("upload-sessions").buckets["sessions"]
    assert sessions.temp is not None
    assert sessions.temp.session_ttl.total_seconds() == 24 * 3600
    assert sessions.encryption.type == "s3"
    assert all("{session_id" in prefix.path for prefix in sessions.prefixes.values())
    assert sessions.prefixes["incoming"].max_size == 350 * 10**6


@pytest.mark.requirement("AP-1")
@pytest.mark.requirement("AP-7")
def test_app_prefixes() -> None:
    """AP-1, AP-7: the seven kinds of key, private."""
    files = example("app-prefixes").buckets["files"]
    assert [prefix.path for prefix in files.prefixes.values()] == [
        "documents/",
        "scraped/{source_id}/",
        "chunks/{document_id}/",
        "rfp_info_documents/{rfp_id:int}/",
        "rfp_question_documents/{rfp_id:int}/",
        "rfp_exports/{rfp_id:int}/",
        "orgs/logos/",
    ]
    assert files.prefixes["chunks"].objects == "chunk_{i:int}.txt"
    assert (files.ownership, files.acl) == ("enforced", None)


@pytest.mark.requirement("TC-2")
@pytest.mark.requirement("TC-3")
@pytest.mark.requirement("TC-8")
def test_checkpoints() -> None:
    """TC-2, TC-3, TC-8: tuned transfers beside the machines, closed to the public."""
    prod = example("checkpoints")
    transfer = prod.transfer
    assert (transfer.threshold, transfer.part_size, transfer.concurrency) == (64 * 10**6, 16 * 10**6, 20)
    assert prod.region == prod.compute_region == "us-west-2"
    assert all(all(dict(bucket.public_access_block).values()) for bucket in prod.buckets.values())
