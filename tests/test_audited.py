"""What an audit says of one account: drifts and what they break, what is unknown, what is exempted."""

from dataclasses import replace

import pytest

from bucketwright.audited import Audit, Part, Seen, Unread, judged, unreadable
from bucketwright.contract.model import Exemption
from bucketwright.facets.bucket.acl import CANNED
from bucketwright.findings import Finding
from bucketwright.history import NOTHING, recalled, remembered
from bucketwright.posture import Circumstances, Estate, Unknown
from bucketwright.rules.engine import ENGINE
from tests.drift.estates import ALL, NOW, as_declared, changed, meant, with_facts

TODAY = NOW.date()


def seen(estate: Estate, **more: object) -> Seen:
    """All of it was asked about."""
    asked = Seen(estate, "123456789012", frozenset(meant().postures) | frozenset(estate.postures))
    return replace(asked, **more)  # type: ignore[arg-type]  # each by its name


def failing(found: Seen) -> dict[tuple[str, str], Finding]:
    """What fails, by rule and fact."""
    return {(one.rule, one.aspect): one for one in judged(found, ALL, TODAY).findings if one.status == "fail"}


def test_a_drift_holds_what_it_breaks() -> None:
    """The rule is told there, and not beside it."""
    found = failing(seen(changed("bucket:vault", acl=CANNED["public-read"])))

    assert "acl-public-read" in {one.rule for one in found["config-drift", "acl"].consequences}
    assert ("acl-public-read", "") not in found


def test_without_a_contract_the_rules_alone_speak() -> None:
    """Nothing was meant, so nothing drifted."""
    bare = replace(changed("bucket:vault", acl=CANNED["public-read"]), circumstances=Circumstances(now=NOW))

    assert {aspect for _, aspect in failing(seen(bare))} == {""}
    assert ("acl-public-read", "") in failing(seen(bare))


def test_only_what_was_asked_about_is_told() -> None:
    """What others refer to is there for them alone."""
    drifted = seen(changed("bucket:vault", abac=True), subjects=frozenset({"bucket:files"}))

    assert {one.subject.address for one in judged(drifted, ALL, TODAY).findings} == {"bucket:files"}


def test_what_could_not_be_listed_is_said() -> None:
    """Of the account, or of a bucket of it."""
    unread = (Unread("trail", "it is denied"), Unread("objects", "time was up", "bucket:files"))
    found = [one for one in judged(seen(as_declared(), unread=unread), ALL, TODAY).findings if one.aspect]

    assert {(one.rule, one.status, one.subject.address, one.because) for one in found} == {
        ("not-evaluated", "unknown", "account:123456789012", "trail: it is denied"),
        ("not-evaluated", "unknown", "bucket:files", "objects: time was up"),
    }


def test_an_account_that_could_not_be_looked_at_is_one_finding() -> None:
    """Its failure is its own."""
    one = unreadable("123456789012", "the role cannot be assumed")

    assert (one.rule, one.status, one.because) == (
        "not-evaluated",
        "unknown",
        "the account: the role cannot be assumed",
    )


def with_exemption(**fields: object) -> Estate:
    """A drifted estate of a contract with one exemption."""
    told = {"rule": "config-drift", "bucket": "vault", "reason": "in steps", "owner": "me", "expires": TODAY}
    one = Exemption.model_validate({**told, **fields})
    live = changed("bucket:vault", abac=True)
    environment = live.circumstances.environment
    assert environment is not None
    around = replace(live.circumstances, environment=environment.model_copy(update={"exemptions": (one,)}))
    return replace(live, circumstances=around)


def test_an_exemption_that_holds_is_noted_at_the_finding() -> None:
    """The finding counts no more."""
    one = failing(seen(with_exemption()))["config-drift", "abac"]

    assert one.exemption is not None
    assert not one.counts


def test_an_exemption_that_has_ended_is_a_finding() -> None:
    """And exempts nothing."""
    found = failing(seen(with_exemption(expires="2026-11-20")))

    assert found["suppression-expired", ""].seen == "the exemption from config-drift ended on 2026-11-20"
    assert found["config-drift", "abac"].counts


def test_an_exemption_from_a_rule_that_is_kept_exempts_nothing() -> None:
    """It is told beside the findings."""
    assert [one.rule for one in judged(seen(with_exemption(rule="tls-only")), ALL, TODAY).unused] == [
        "tls-only"
    ]


def test_the_same_state_is_told_in_the_same_order() -> None:
    """Whatever order the answers came in; the gravest first."""
    live = with_facts(
        changed("bucket:vault", acl=CANNED["public-read"]), "bucket:files", cors=Unknown("denied")
    )
    turned = replace(live, postures=dict(reversed(tuple(live.postures.items()))))
    one, other = (judged(seen(estate), ALL, TODAY).findings for estate in (live, turned))

    assert [(each.fingerprint, each.seen) for each in one] == [
        (each.fingerprint, each.seen) for each in other
    ]
    assert one[0].severity == "critical"


@pytest.mark.parametrize("accepted", [True, False], ids=["accepted", "not"])
def test_what_is_accepted_counts_no_more(accepted: bool) -> None:
    """Neither in the audit nor in what other reports make of it."""
    findings = judged(seen(changed("bucket:vault", abac=True)), ALL, TODAY).findings
    known = remembered([one for one in findings if one.rule == "config-drift"], NOTHING, NOW)
    told = recalled(findings, NOTHING, NOW, known if accepted else NOTHING)
    audit = Audit(NOW, (Part("123456789012", findings, told),), "roomy", "prod")

    assert ("config-drift" in {one.rule for one in audit.counting}) is not accepted
    assert ("config-drift" in {one.rule for one in audit.as_review().failing}) is not accepted
    assert len(audit.accepted) == int(accepted)


def test_what_to_do_about_what_was_not_read_is_said_for_each_cause() -> None:
    """Not everything was denied: a sample, a budget and a deadline leave things out, too."""
    told = ENGINE["not-evaluated"].manual

    assert all(cause in told.fix for cause in ("denied", "sample", "budget", "deadline", "did not come"))
    assert "--objects full" in told.fix
    assert "can be read" not in told.title
