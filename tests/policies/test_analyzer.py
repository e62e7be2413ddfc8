"""The pack, asked as the engine asks it: what it says, of which resource, and how much that matters."""

import inspect
from pathlib import Path
from typing import Final

import pytest
from pulumi.runtime.proto import analyzer_pb2 as pb
from pulumi_policy.policy import _PolicyAnalyzerServicer

from policies.pack import EXEMPTED, EXPIRED, NOT_EVALUATED
from policies.project import Here
from tests.policies.asking import Call, Engine, Refused, contract_at, heard
from tests.policies.programs import LATER, Program
from tests.policies.settings import SETTINGS, bucket_with

CONTRACT: Final = """\
project: shop
environments: {dev: {}}
buckets:
  files: {versioning: enabled}
  logs: {}
exemptions:
  - {rule: acl-public-read, bucket: files, reason: for everybody, owner: web, expires: 2026-12-31}
  - {rule: tls-only, bucket: logs, reason: old clients, owner: web, expires: 2026-10-31}
  - {rule: cors-open, bucket: logs, reason: old pages, owner: web, expires: 2026-12-31}
"""


@pytest.fixture
def by_contract(tmp_path: Path) -> Here:
    """A project with a contract."""
    path = tmp_path / "contract.yaml"
    path.write_text(CONTRACT)
    return contract_at(path)


def test_a_resource_is_told_alone_and_once() -> None:
    """What it breaks by itself is said before it is made, of it, and not again in the end."""
    made = bucket_with("ACL for everyone")
    acl = made.resources[-1]
    found = heard(made.plan)

    assert [(one.policy, one.level, one.urn) for one in found.alone] == [
        ("acl-public-read", "mandatory", acl.urn)
    ]
    assert "acl-public-read" not in {one.policy for one in found.together}


def test_what_takes_all_is_told_in_the_end() -> None:
    """On the resource that says it, where there is one; else on the bucket."""
    made = bucket_with("no versions", "ACLs off")
    bucket, versions, _ = made.resources
    levels = {"versioning-enabled": pb.MANDATORY}
    found = heard(made.plan, Engine(levels=levels))
    urns = {one.policy: one.urn for one in found.together if one.level == "mandatory"}

    assert found.alone == ()
    assert urns == {"tls-only": bucket.urn, "versioning-enabled": versions.urn}


def test_where_the_bucket_has_no_name_yet_the_end_tells() -> None:
    """In a preview, of a bucket that the provider names."""
    made = bucket_with("ACL for everyone", name="")
    found = heard(made.plan)

    assert found.alone == ()
    assert [one.urn for one in found.together if one.policy == "acl-public-read"] == [made.resources[-1].urn]


def test_inputs_are_judged_and_not_outputs() -> None:
    """A provider adds properties of a bucket that nobody knows in a preview, such as its policy."""
    found = heard(bucket_with("TLS alone", "closed", "ACLs off").plan)

    assert "tls-only" not in {one.policy for one in found.all}
    assert "policy-wildcard-principal" not in {one.policy for one in found.all}


def test_a_line_says_what_is_wrong_and_what_to_do() -> None:
    """Whom it is about, what was seen and expected; the fix of what stops a deployment."""
    found = heard(bucket_with("ACL for everyone").plan)
    [stops] = found.by("acl-public-read")
    title, seen, expected, fix = stops.split("\n")

    assert title == "The ACL lets nobody list the bucket or read its ACL without being named."
    assert seen == "bucket shop-files: the ACL gives everyone READ"
    assert expected.startswith("expected: ")
    assert fix.startswith("fix: ")
    assert not any("\nfix: " in one.text for one in found.all if one.level == "advisory")


def test_exemptions_hold_and_are_said(by_contract: Here) -> None:
    """What is exempted stops nothing and is told; one that ended or exempts nothing is told, too."""
    found = heard(bucket_with("ACL for everyone").plan, Engine(by_contract))

    assert "acl-public-read" not in {one.policy for one in found.all}
    [used] = found.by(EXEMPTED)
    assert used.splitlines() == [
        "Every exemption that is used is said.",
        "exempted: acl-public-read for files until 2026-12-31, web: for everybody",
        "bucket files: the ACL gives everyone READ",
    ]
    assert [one.splitlines()[1] for one in found.by(EXPIRED)] == [
        "exemption: tls-only for logs ended 1 day ago, on 2026-10-31, web: old clients"
    ]


def test_an_exemption_that_exempts_nothing_is_told(by_contract: Here) -> None:
    """Where its rule was judged and kept."""
    made = bucket_with("TLS alone", name="shop-logs", address="bucket:logs")
    found = heard(made.plan, Engine(by_contract))

    assert [one.splitlines()[1:] for one in found.by(EXPIRED)][-1] == [
        "exemption: cors-open for logs until 2026-12-31, web: old pages",
        "it exempts nothing here",
    ]


def test_a_finding_names_its_line_of_the_contract(by_contract: Here) -> None:
    """Where the contract speaks of the setting."""
    found = heard(bucket_with("no versions").plan, Engine(by_contract))
    [text] = found.by("versioning-enabled")

    assert "\ncontract: contract.yaml:4" in text


def test_what_the_contract_declares_is_asked_for(by_contract: Here) -> None:
    """A chosen rule is judged where the contract keeps it, and nowhere else."""
    files = heard(bucket_with("no versions").plan, Engine(by_contract))
    logs = heard(
        bucket_with("no versions", name="shop-logs", address="bucket:logs").plan, Engine(by_contract)
    )

    assert len(files.by("versioning-enabled")) == 1
    assert logs.by("versioning-enabled") == []
    assert logs.not_applicable["versioning-enabled"] == "nothing in the stack is judged by it"


def test_what_is_not_known_is_said_of_the_rule() -> None:
    """A rule that would stop the deployment says on its own why it is not decided; nothing stops for that."""
    made = bucket_with("closed")
    made.policy("shop-files", LATER)
    found = heard(made.plan)
    undecided = {one.policy for one in found.together if "is not decided" in one.text}

    assert {"tls-only", "policy-wildcard-principal"} <= undecided
    assert found.of("mandatory") == set()
    assert "policy: is known only after deployment" in found.by("tls-only")[0]
    assert found.not_applicable["tls-only"] == "not everything is decided"


def test_what_is_not_known_and_would_not_stop_is_said_together() -> None:
    """One line for all that lack the same."""
    made = bucket_with("closed")
    made.policy("shop-files", LATER)
    texts = heard(made.plan).by(NOT_EVALUATED)

    assert any("tls-minimum-version" in one and "is known only after deployment" in one for one in texts)
    assert all("so these are not decided: " in one for one in texts)


def test_what_was_there_before_is_one_line() -> None:
    """What the program leaves open of all such things; in an update nobody can tell, and nothing is said."""
    made = bucket_with("TLS alone")
    other = made.bucket("logs", {"bucket": "shop-logs"})
    there = frozenset({made.resources[0].urn, other.urn})
    before = heard(made.plan, Engine(there=there)).by(NOT_EVALUATED)
    update = heard(made.plan, Engine(there=there, is_preview=False)).by(NOT_EVALUATED)

    assert len(before) == 1
    assert update == []
    assert "\nbucket files: " in before[0]
    assert "\nbucket logs: " in before[0]


def test_what_does_not_apply_is_said_so() -> None:
    """By the protocol's own words, alone and in the end."""
    engine = Engine()
    made = bucket_with("versions")
    alone = engine.started().Analyze(engine.request(made.resources[0]), Call())
    found = heard(made.plan, engine)

    assert {one.reason for one in alone.not_applicable} == {"decided when all of the stack is known"}
    assert found.not_applicable["kms-key-by-alias"] == "no key is named: S3 or AWS keeps it"
    assert "tls-only" not in found.not_applicable


def test_what_only_others_made_is_no_part_of_it() -> None:
    """A bucket that the program reads is told of in the end alone."""
    engine = Engine()
    analyzer = engine.started()
    read = pb.AnalyzerResource(type="aws:s3/bucket:Bucket", urn="urn:read", name="read")
    read.properties.update({"bucket": "theirs", "arn": "arn:aws:s3:::theirs"})

    assert list(analyzer.AnalyzeStack(pb.AnalyzeStackRequest(resources=[read]), Call()).diagnostics) == []


def test_a_new_stack_begins_anew() -> None:
    """The engine may ask of several with one pack."""
    made = bucket_with("ACL for everyone")
    engine = Engine()
    analyzer = engine.started()
    first = [analyzer.Analyze(engine.request(one), Call()).diagnostics for one in made.resources]
    analyzer.ConfigureStack(pb.AnalyzerStackConfigureRequest(project="shop", stack="other"), Call())
    answer = analyzer.AnalyzeStack(pb.AnalyzeStackRequest(), Call())

    assert any(first)
    assert list(answer.diagnostics) == []


def test_it_is_said_by_what_is_judged(by_contract: Here, capsys: pytest.CaptureFixture[str]) -> None:
    """Once, for whoever wonders why nothing was found."""
    Engine(by_contract).started()
    Engine().started()
    told = capsys.readouterr().out.splitlines()

    assert told[0].startswith("bucketwright: the contract is ")
    assert told[0].endswith("contract.yaml, its environment dev")
    assert told[1] == "bucketwright: no contract is found, so the usual terms hold"


def test_a_contract_that_is_not_sound_stops_the_engine(by_contract: Here) -> None:
    """Before anything is judged or made, with all that is wrong with it."""
    with pytest.raises(Refused, match=r"contract\.yaml has no environment 'test'; it has: dev"):
        Engine(by_contract).started(stack="test")


def test_settings_may_hang_on_one_another() -> None:
    """A bucket is found by way of another setting of it, in whatever order the engine tells the two."""
    made = bucket_with("ACLs off", name="")
    controls = made.resources[-1]
    said = {"bucket": LATER, "versioningConfiguration": {"status": "Suspended"}}
    made.make("aws:s3/bucketVersioning:BucketVersioning", "versions", said, {"bucket": controls})
    found = heard(made.plan, Engine(levels={"versioning-enabled": pb.MANDATORY}))

    assert "versioning is suspended" in found.by("versioning-enabled")[0]


def test_the_sdk_is_the_one_this_was_written_for() -> None:
    """What is used of its inside is there and takes what it took."""
    parameters = {
        name: list(inspect.signature(getattr(_PolicyAnalyzerServicer, name)).parameters)
        for name in ("Analyze", "AnalyzeStack", "Configure", "ConfigureStack", "Remediate")
    }
    report = inspect.signature(_PolicyAnalyzerServicer._create_report_violation).parameters

    assert all(len(several) == 3 for several in parameters.values())
    assert list(report) == [
        "self", "response", "policy_name", "policy_description", "enforcement_level", "severity"
    ]  # fmt: skip
    assert list(inspect.signature(_PolicyAnalyzerServicer._get_enforcement_level).parameters) == [
        "self",
        "policy",
    ]


@pytest.mark.timed
def test_a_large_stack_is_judged_in_time() -> None:
    """It is read once: eight hundred resources take some seconds, not minutes."""
    from time import process_time

    made = Program()
    for number in range(200):
        name = f"shop-{number}"
        bucket = made.bucket(name, {"bucket": name})
        for place, setting in enumerate(("closed", "versions", "TLS alone")):
            SETTINGS[setting].of(made, bucket, name, place)
    began = process_time()
    found = heard(made.plan)

    assert len({one.urn for one in found.all}) >= 200
    assert process_time() - began < 15


def test_resources_of_other_kinds_cost_nothing() -> None:
    """They are no business of the pack."""
    made = Program()
    for number in range(1000):
        made.make("random:index/randomId:RandomId", f"id-{number}", {"byteLength": 8})

    assert heard(made.plan).all == ()
