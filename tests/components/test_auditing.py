"""What a program makes of the wish to be audited, and what of it is known beforehand."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pulumi
import pytest

from bucketwright.circumstances import circumstances
from bucketwright.contract.loading import read
from bucketwright.iam.documents import parse
from bucketwright.judging import Selection, judge
from bucketwright.plan import UNKNOWN_INPUT, is_known
from bucketwright.verdicts import Fails, Undecided
from components.audit_configured import Configured
from components.recording import record
from components.storage import deploy
from policies.planned import planned
from sandbox.provider.schema import resource_type, violations
from tests.components.audited import (
    ACCOUNT,
    CONTRACT,
    PRINCIPAL,
    TASK,
    WISHES,
    audits,
    plan_of,
)
from tests.components.contracts import of_kind

DOCUMENTS: Final = ("assumeRolePolicy", "containerDefinitions", "policy")
EVERY: Final = pytest.mark.parametrize("wish", WISHES.values(), ids=WISHES)


def test_nothing_is_made_where_nothing_is_wished() -> None:
    """By default."""
    assert audits(plan_of(None)) == []


@EVERY
def test_every_document_is_known_before_the_first_deployment(wish: Mapping[str, object]) -> None:
    """No policy waits for an ARN, so all of them can be judged in the first preview."""
    documents = [
        one.inputs[name] for one in audits(plan_of(wish)) for name in DOCUMENTS if name in one.inputs
    ]

    assert documents
    assert all(isinstance(document, str) and json.loads(document) for document in documents)
    assert UNKNOWN_INPUT not in "".join(map(str, documents))


@EVERY
def test_only_what_aws_alone_can_say_is_unknown(wish: Mapping[str, object]) -> None:
    """ARNs and ids; every setting is known."""
    unknown = {
        (one.type.rpartition(":")[2], name)
        for one in audits(plan_of(wish))
        for name, value in one.inputs.items()
        if not is_known(value)
    }

    assert unknown <= {
        ("Alias", "targetKeyId"),
        ("Function", "role"),
        ("MetricAlarm", "alarmActions"),
        ("QueuePolicy", "queueUrl"),
        ("RolePolicyAttachment", "policyArn"),
        ("Schedule", "target"),
        ("TaskDefinition", "executionRoleArn"),
        ("TaskDefinition", "taskRoleArn"),
        ("Topic", "kmsMasterKeyId"),
        ("TopicPolicy", "arn"),
    }


@EVERY
def test_the_provider_knows_all_that_is_said(wish: Mapping[str, object]) -> None:
    """Types and names of inputs, nested ones too, are those of its classes."""
    for one in audits(plan_of(wish)):
        if one.custom:
            assert violations(one.type, one.inputs) == [], one.urn


@EVERY
def test_whatever_can_carry_tags_tells_whose_it_is(wish: Mapping[str, object]) -> None:
    """The environment's tags, the project's, and an address of its own that is none of the contract's."""
    tagged = [
        one
        for one in audits(plan_of(wish))
        if one.custom and "tags" in resource_type(one.type).inputs.members
    ]

    assert tagged
    for one in tagged:
        tags = one.inputs["tags"]
        assert isinstance(tags, Mapping)
        assert tags["team"] == "storage"
        assert tags["bucketwright:project"] == "shop"
        assert str(one.address).startswith("audit:")


@EVERY
def test_our_own_rules_find_nothing(wish: Mapping[str, object]) -> None:
    """All rules, on every role, key, topic, queue and function that is made for audits.

    To look at every object takes the right to read it. Under a KMS key that is of no use to anybody who may
    not decrypt, and an auditor may not: one rule notices that, and is to notice it.
    """
    around = circumstances(read(CONTRACT, "contract.yaml"), datetime(2026, 6, 1, tzinfo=UTC))["prod"]
    estate = replace(planned(plan_of(wish), account=ACCOUNT), circumstances=around)
    assert around.intended is not None
    ours = estate.postures.keys() - around.intended.postures.keys()
    judged = [one for one in judge(estate, Selection("all")) if one.posture.address in ours]

    assert {one.posture.kind for one in judged} >= {"role"}
    failing = {(one.rule.id, one.posture.address) for one in judged if isinstance(one.verdict, Fails)}
    closed = {("iam-kms-missing", role) for role in ("role:auditor", "role:audits_reader")}
    assert failing == (closed if wish.get("objects") == "full" else set())
    assert [one.rule.id for one in judged if isinstance(one.verdict, Undecided)] == []


@EVERY
def test_no_document_lets_in_everybody(wish: Mapping[str, object]) -> None:
    """Every Allow names its principal, and each document is one that IAM takes."""
    for one in audits(plan_of(wish)):
        for name in ("assumeRolePolicy", "policy"):
            if name in one.inputs:
                text = str(one.inputs[name])
                parse(text)
                allowed = (each for each in json.loads(text)["Statement"] if each["Effect"] == "Allow")
                assert all(each.get("Principal") not in ("*", {"AWS": "*"}) for each in allowed)


@pytest.mark.parametrize(
    ("wish", "text", "said"),
    [
        pytest.param({"principal": "me"}, CONTRACT, "bucketwright:audit.principal: ", id="an unsound wish"),
        pytest.param(
            {"schedule": {**TASK, "reports": "logs"}},
            CONTRACT,
            "prod has no prefix logs/reports; the contract needs under buckets:\n  logs:\n    encryption",
            id="no bucket for reports",
        ),
        pytest.param(
            {"schedule": {**TASK, "reports": "files"}}, CONTRACT, "no prefix files/reports", id="no prefixes"
        ),
        pytest.param(
            {"schedule": TASK},
            CONTRACT.replace("{env}/reports/", "{env}/reports/{day:date}/"),
            "the path of audits/reports has variables",
            id="a path with variables",
        ),
        pytest.param(
            {"schedule": TASK},
            CONTRACT.replace('account: "111122223333", ', "").replace("encryption: kms", "encryption: s3"),
            "names no account",
            id="no account",
        ),
    ],
)
def test_what_cannot_be_made_ends_the_run_plainly(wish: object, text: str, said: str) -> None:
    """With what to do."""
    with pytest.raises(pulumi.RunError, match=re.escape(said)):
        plan_of(wish, text=text)


def test_the_bucket_that_is_proposed_is_one_that_can_be_used() -> None:
    """What the message says can be pasted into the contract."""
    bare = "project: shop\nregion: eu-central-1\nenvironments: {prod: {account: '111122223333'}}\nbuckets:\n"
    with pytest.raises(pulumi.RunError) as error:
        plan_of({"schedule": TASK}, text=f"{bare}  files: {{}}\n")
    proposed = str(error.value).partition("under buckets:\n")[2]

    assert audits(plan_of({"schedule": TASK}, text=f"{bare}{proposed}\n"))


def test_the_program_reads_its_configuration(tmp_path: Path) -> None:
    """As `pulumi config` keeps it."""
    (tmp_path / "contract.yaml").write_text(CONTRACT)

    def program() -> None:
        deploy(tmp_path / "contract.yaml", "prod", Configured.of(pulumi.Config("bucketwright")))

    told = {
        "bucketwright:audit": json.dumps({"principal": PRINCIPAL}),
        "bucketwright:auditExternalId": "0123456789abcdef0123456789abcdef",
    }
    audited = record(program, project="shop", stack="prod", config=told)

    assert set(of_kind(audited, "index:AuditRole")) == {"auditor"}
    assert audits(record(program, project="shop", stack="prod")) == []
