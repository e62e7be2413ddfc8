"""A run that was kept is judged as it was judged then, though its secrets were blotted out."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from audits.live import look
from bucketwright.audited import Seen, judged
from bucketwright.calls import Answer, Outcome, Send
from bucketwright.findings import Finding
from bucketwright.looking.scope import Scope
from bucketwright.s3.evidence import About, Evidence, recorded
from bucketwright.s3.replaying import replayed
from tests.audits.paper import ACCOUNT, REGION, Paper, declared, listing
from tests.audits.sandboxed import ALL, NOW

EXTERNAL_ID = "hush-hush-hush-hush-hush"
CONTRACT = f"""
project: shop
region: {REGION}
environments: {{prod: {{account: "{ACCOUNT}"}}}}
buckets:
  files: {{prefixes: {{all: {{path: "all/", keep: forever}}}}}}
access:
  loader: {{trusts: ecs-tasks.amazonaws.com, write: files/all}}
"""


def trust(operator: str, secret: object) -> Mapping[str, object]:
    """Who the contract lets take the role on, where they say an external id."""
    asked = {} if secret is None else {"Condition": {operator: {"sts:ExternalId": secret}}}
    principal = {"Service": "ecs-tasks.amazonaws.com"}
    return {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **asked}],
    }


def paper(document: object) -> Paper:
    """An account with the role, trusted so."""

    def role(params: Mapping[str, object]) -> Outcome:
        arn = f"arn:aws:iam::{ACCOUNT}:role/{params['RoleName']}"
        return Answer(
            {"Role": {"RoleName": params["RoleName"], "Arn": arn, "AssumeRolePolicyDocument": document}}
        )

    return Paper(GetRole=role, ListBuckets=listing("shop-prod-files"))


def found(send: Send) -> tuple[Finding, ...]:
    """What an audit says."""
    looked = look(send, Scope(declared(text=CONTRACT), ALL))
    seen = Seen(looked.estate, looked.account, looked.subjects, looked.foreign)
    return judged(seen, ALL, NOW.date()).findings


def of_trust(findings: tuple[Finding, ...]) -> list[Finding]:
    return [one for one in findings if one.subject.kind == "role" and one.aspect == "trust"]


@pytest.mark.parametrize(
    "secret", [None, EXTERNAL_ID, [EXTERNAL_ID, f"{EXTERNAL_ID}-2"]], ids=["none", "one", "two"]
)
@pytest.mark.parametrize("operator", ["StringEquals", "StringLike", "StringNotEquals"])
def test_an_external_id_that_was_blotted_out_changes_no_verdict(
    secret: object, operator: str, tmp_path: Path
) -> None:
    """That there is one counts, not which: neither what is kept nor what is said of it names it."""
    evidence = Evidence(tmp_path)
    send = recorded(paper(trust(operator, secret)), evidence)
    before = found(send)
    send.finish(About("run", "2026-06-01T00:00:00Z", "0"))

    after = found(replayed(evidence, "run"))

    assert after == before
    assert bool(of_trust(before)) == (secret is not None)
    assert EXTERNAL_ID not in repr(before)
    assert not [one for one in tmp_path.rglob("*.json") if EXTERNAL_ID in one.read_text()]
