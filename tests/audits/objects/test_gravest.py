"""Of very many findings the gravest are told one by one, the same ones however they come."""

from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from audits.objects.gravest import Gravest
from bucketwright.contract.words import Severity
from bucketwright.judging import Judgement
from bucketwright.objects.postures import ObjectPosture
from bucketwright.rules import catalogue
from bucketwright.verdicts import LOW, SEVERITIES, fails

RULES = ("object-wrong-key", "object-content-type-mismatch", "object-bucket-key-off", "object-public-acl")
ONES = st.tuples(st.sampled_from(RULES), st.integers(0, 30), st.sampled_from(["a", "b"]))
MILDER: Final = "object-content-type-mismatch"


def severity(rule: str, number: int) -> Severity:
    """That of the rule; one of them finds every third object less grave."""
    return LOW if rule == MILDER and number % 3 == 0 else catalogue()[rule].severity


def judgement(rule: str, number: int, bucket: str) -> Judgement:
    """One object that breaks one rule."""
    facts = {"bucket": f"bucket:{bucket}", "key": f"{number:02}"}
    posture = ObjectPosture(f"object:{bucket}/{number:02}", f"{number:02}", facts)
    told = severity(rule, number)
    verdict = fails("wrong") if told == catalogue()[rule].severity else fails("wrong", severity=told)
    return Judgement(catalogue()[rule], posture, verdict)


@given(st.lists(ONES, max_size=60, unique=True), st.integers(1, 20))
def test_the_gravest_stay_and_the_others_are_counted(several: list[tuple[str, int, str]], most: int) -> None:
    """As sorting all of them would choose; none is forgotten."""
    gravest = Gravest(most)
    for one in several:
        gravest.take(judgement(*one))
    ranked = sorted(
        several, key=lambda one: (SEVERITIES.index(severity(one[0], one[1])), one[2], one[1], one[0])
    )

    told = {(one.rule.id, int(one.posture.name), one.posture.address[7]) for one in gravest.told()}
    assert told == set(ranked[:most])
    rest = ranked[most:]
    assert [one.bucket for one in gravest.others()] == sorted({f"bucket:{bucket}" for _, _, bucket in rest})
    for other in gravest.others():
        left = [rule for rule, _, bucket in rest if f"bucket:{bucket}" == other.bucket]
        for rule in set(left):
            assert f"{left.count(rule)} finding" in other.reason
            assert f" of {rule}" in other.reason
        assert other.what == f"objects beyond the {most} gravest findings"
