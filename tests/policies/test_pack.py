"""The pack is the catalogue: what a rule says of itself is what the engine is told."""

import re
from datetime import date
from pathlib import Path
from typing import Final

import pytest
import yaml
from pulumi.runtime.proto import analyzer_pb2 as pb
from pulumi_policy import EnforcementLevel
from pulumi_policy.policy import _PolicyAnalyzerServicer

import bucketwright
from bucketwright.contract.loading import read
from bucketwright.contract.words import Enforcement, Severity
from bucketwright.rules import catalogue
from bucketwright.rules.frameworks import controls
from policies.alone import sayers
from policies.analyzer import Analyzer
from policies.judged import Measure, measure
from policies.pack import EXEMPTED, EXPIRED, NOT_EVALUATED, level, policies, url
from policies.project import CONTRACT, Here
from tests.policies.asking import NOWHERE, Engine, info_of

PACK: Final = Path(__file__).parents[2] / "policies"
BESIDE: Final = {EXEMPTED, EXPIRED, NOT_EVALUATED}
PLANNED: Final = {one.id: one for one in catalogue().values() if "planned" in one.lenses}


def terms(**said: object) -> Measure:
    """The terms of a contract that says this under `rules`."""
    rules = yaml.safe_dump({"rules": said}) if said else ""
    text = f"project: shop\nenvironments: {{dev: {{}}}}\n{rules}"
    return measure(read(text, "contract.yaml"), "dev", date(2026, 11, 1))


@pytest.fixture(scope="module")
def info() -> pb.AnalyzerInfo:
    """What the pack tells the engine of itself."""
    return info_of(Analyzer(NOWHERE))


def test_every_rule_of_plans_is_a_policy(info: pb.AnalyzerInfo) -> None:
    """And beside them what the pack itself has to say."""
    assert {one.name for one in info.policies} == PLANNED.keys() | BESIDE
    assert len(info.policies) == len(PLANNED) + len(BESIDE)
    assert info.supportsConfig


@pytest.mark.parametrize("rule_id", PLANNED)
def test_a_policy_says_what_the_rule_says(info: pb.AnalyzerInfo, rule_id: str) -> None:
    """Title, severity, frameworks, and how it is put right."""
    rule = PLANNED[rule_id]
    [policy] = [one for one in info.policies if one.name == rule_id]
    severity = f"POLICY_SEVERITY_{rule.severity.upper()}"
    kind = pb.POLICY_TYPE_RESOURCE if rule_id in sayers() else pb.POLICY_TYPE_STACK

    assert policy.description == policy.displayName == rule.manual.title
    assert pb.PolicySeverity.Name(policy.severity) == severity
    assert policy.remediation_steps == rule.manual.fix
    assert policy.policy_type == kind
    assert {str(one) for one in controls(rule.maps_to)} <= set(policy.tags)
    assert policy.HasField("framework") == bool(rule.maps_to)
    if rule.maps_to:
        assert policy.framework.reference == rule.maps_to[0].partition(" ")[2]


@pytest.mark.parametrize(
    ("maps_to", "page"),
    [
        pytest.param(["FSBP S3.14"], "s3-controls.html#s3-14", id="of S3"),
        pytest.param(["CIS 4.8", "FSBP CloudTrail.6"], "cloudtrail-controls.html#cloudtrail-6", id="second"),
        pytest.param(["FSBP CloudFront.12"], "cloudfront-controls.html#cloudfront-12", id="of CloudFront"),
    ],
)
def test_the_page_is_that_of_its_control(maps_to: list[str], page: str) -> None:
    """In AWS's own guide."""
    assert url(maps_to) == f"https://docs.aws.amazon.com/securityhub/latest/userguide/{page}"


@pytest.mark.parametrize("maps_to", [[], ["CIS 4.8"]])
def test_without_such_a_control_there_is_no_page(maps_to: list[str]) -> None:
    """None is made up."""
    assert url(maps_to) is None


@pytest.mark.parametrize("rule_id", [one for one in PLANNED if PLANNED[one].maps_to])
def test_pages_are_addresses(rule_id: str) -> None:
    """Whatever a rule maps to."""
    page = url(PLANNED[rule_id].maps_to)

    assert page is None or re.fullmatch(
        r"https://docs\.aws\.amazon\.com/\S+-controls\.html#[a-z0-9]+-\d+", page
    )


@pytest.mark.parametrize(
    ("severity", "said", "does"),
    [
        pytest.param("high", {}, "mandatory", id="usually high stops"),
        pytest.param("medium", {}, "advisory", id="usually medium does not"),
        pytest.param("medium", {"mandatory_from": "medium"}, "mandatory", id="unless it is to"),
        pytest.param(
            "critical", {"enforcement": {"tls-only": "advisory"}}, "advisory", id="a rule by itself"
        ),
        pytest.param("low", {"enforcement": {"tls-only": "mandatory"}}, "mandatory", id="a rule made graver"),
        pytest.param("high", {"enforcement": {"tls-only": "disabled"}}, "disabled", id="a rule off"),
    ],
)
def test_terms_say_what_a_finding_does(
    severity: Severity, said: dict[str, object], does: Enforcement
) -> None:
    """By its severity, unless the contract says something of the rule."""
    assert level("tls-only", severity, terms(**said)).value == does


def test_a_rule_that_nothing_can_ask_for_is_off() -> None:
    """Without a contract, chosen rules wait for the configuration; with one, it may ask for them."""
    assert level("versioning-enabled", "high", measure(None, "", date(2026, 11, 1))).value == "disabled"
    assert level("versioning-enabled", "high", terms()).value == "mandatory"


@pytest.mark.parametrize("name", [EXEMPTED, NOT_EVALUATED])
def test_what_only_informs_never_stops(name: str) -> None:
    """However grave what it is about."""
    assert level(name, "critical", terms(mandatory_from="low")).value == "advisory"


def test_levels_come_from_the_environment_of_the_stack(tmp_path: Path) -> None:
    """The same contract, another environment, another level."""
    text = "project: shop\nenvironments: {dev: {rules: {mandatory_from: critical}}, prod: {}}\n"
    path = tmp_path / "contract.yaml"
    path.write_text(text)
    engine = Engine(Here((), {CONTRACT: str(path)}))
    levels = {
        stack: {one.name: one.enforcementLevel for one in info_of(engine.started("shop", stack)).policies}
        for stack in ("dev", "prod")
    }

    assert levels["dev"]["tls-only"] == pb.ADVISORY
    assert levels["prod"]["tls-only"] == pb.MANDATORY


def test_the_pack_has_the_version_of_the_project() -> None:
    """It is said in a file that cannot look it up."""
    said = yaml.safe_load((PACK / "PulumiPolicy.yaml").read_text())

    assert said["version"] == bucketwright.__version__
    assert (PACK / said["runtime"]["options"]["virtualenv"]).resolve() == PACK.parent / ".venv"


@pytest.mark.parametrize(
    ("method", "request_"),
    [
        ("Analyze", pb.AnalyzeRequest(type="a:b:C", urn="urn:x", name="x")),
        ("AnalyzeStack", pb.AnalyzeStackRequest()),
    ],
)
def test_the_servicer_of_the_sdk_is_refused(method: str, request_: object) -> None:
    """It would read the stack anew for each policy, and judge none of them."""
    servicer = _PolicyAnalyzerServicer("any", "0.0.1", policies(), EnforcementLevel.ADVISORY)

    with pytest.raises(NotImplementedError, match="as a whole"):
        getattr(servicer, method)(request_, None)
