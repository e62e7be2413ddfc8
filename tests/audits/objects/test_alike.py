"""Verdicts on many objects at once are those of each rule on each object alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from audits.objects.alike import Alike, Ask, Said, Unasked
from audits.objects.together import Together
from audits.objects.ways import Look
from bucketwright.objects.postures import KeyedPosture, ObjectPosture
from bucketwright.objects.sources import SOURCES
from bucketwright.posture import Estate, Posture, Unknown
from bucketwright.rules import catalogue
from bucketwright.rules.rule import Rule
from bucketwright.verdicts import Fails, Undecided, Verdict, fails
from tests.audits.objects.drawn import KINDS, estates, facts, posture, rules

NOT_ASKED = Unknown("was not asked for")
MANY = 8


class Told(dict[Look, object]):
    """Facts of one thing; what follows from its key is worked out when it is looked at."""

    def __missing__(self, look: Look) -> object:
        return NOT_ASKED if isinstance(look, str) else look(str(self["key"]))


def plainly(rule: Rule[Posture], told: Mapping[str, object], estate: Estate) -> Said:
    """What the rule alone says, where there is something to say."""
    verdict = rule.verdict(posture(rule.kind, told), estate)  # type: ignore[arg-type]  # one of KINDS
    return verdict if isinstance(verdict, Fails | Undecided) else None


def said(together: Together, told: Told) -> Mapping[str, Said]:
    """What several rules say, by their ids."""
    return {one.rule.id: end.said for one, end in zip(*together.reached(told), strict=True)}


@st.composite
def crowds(draw: st.DrawFn) -> tuple[Estate, Mapping[type[KeyedPosture], list[Mapping[str, object]]]]:
    """Some objects and delete markers of one bucket."""
    several = {kind: draw(st.lists(facts(kind), max_size=MANY)) for kind in KINDS}
    return draw(estates()), several


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(crowds())
def test_verdicts_are_those_of_the_plain_judge(
    crowd: tuple[Estate, Mapping[type[KeyedPosture], list[Mapping[str, object]]]],
) -> None:
    """Whatever was judged before, and whatever is not known."""
    estate, several = crowd
    for rule in rules():
        alike = Alike(rule, estate)
        for told in several[rule.kind]:  # type: ignore[index]  # one of KINDS
            assert alike.said(Told(told)) == plainly(rule, told, estate)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(crowds())
def test_verdicts_are_the_same_together(
    crowd: tuple[Estate, Mapping[type[KeyedPosture], list[Mapping[str, object]]]],
) -> None:
    """Whichever of the rules go by what is never the same twice."""
    estate, several = crowd
    for kind in KINDS:
        together = Together(Alike(rule, estate) for rule in rules() if rule.kind is kind)
        for told in several[kind]:
            found = said(together, Told(told))
            assert found == {one.id: plainly(one, told, estate) for one in rules() if one.kind is kind}


def _without(told: Mapping[str, object], questions: frozenset[str]) -> Mapping[str, object]:
    """As it is known before these are asked."""
    sources = SOURCES[ObjectPosture.kind]
    return {
        name: Unasked("was not asked for", sources[name][0]) if sources[name][0] in questions else value
        for name, value in told.items()
    }


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(estates(), st.lists(facts(ObjectPosture), max_size=MANY), st.data())
def test_what_is_not_asked_would_change_nothing(
    estate: Estate, several: list[Mapping[str, object]], data: st.DataObject
) -> None:
    """A rule that is content without some answers says the same with any; else it names what to ask."""
    unasked = data.draw(st.sets(st.sampled_from(["head", "acl", "tagging"]), min_size=1).map(frozenset))
    for rule in rules():
        if rule.kind is not ObjectPosture:
            continue
        alike = Alike(rule, estate)
        for told in several:
            early = alike.said(Told(_without(told, unasked)))
            if isinstance(early, Ask):
                assert early.questions <= unasked
            else:
                assert early == plainly(rule, told, estate)


@dataclass
class Judging:
    """A rule of the catalogue, and how often it was run."""

    rule: Rule[Posture]
    runs: int = 0

    def counted(self) -> Rule[Posture]:
        """The same rule, counting."""

        def judge(one: Posture, estate: Estate) -> object:
            self.runs += 1
            return self.rule.judge(one, estate)

        return replace(self.rule, judge=judge)  # type: ignore[arg-type]  # the same verdicts


def _object(number: int, **told: object) -> Told:
    then = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=number)
    return Told(
        {"bucket": "bucket:example", "key": f"docs/{number}.pdf", "on_aws": True, "modified": then, **told}
    )


ESTATE = Estate("live", {})


def test_a_rule_is_run_once_for_all_that_are_alike() -> None:
    """Keys, times and whatever it does not look at may differ."""
    judging = Judging(catalogue()["object-content-type-default"])
    alike = Alike(judging.counted(), ESTATE)
    for number in range(1_000):
        stated = ("application/pdf", "binary/octet-stream")[number % 2]
        said = alike.said(_object(number, content_type=stated, content_encoding=None))
        assert (said is None) == (number % 2 == 0)

    assert judging.runs == 2


class Counted(Told):
    """Facts of one thing, counting how often one is looked at."""

    looks = 0

    def __getitem__(self, look: Look) -> object:
        self.looks += 1
        return super().__getitem__(look)


TYPES = ("object-content-type-default", "object-content-type-mismatch")


@pytest.mark.parametrize(
    "others", [(), ("object-unencrypted", "object-tags-missing")], ids=["alone", "beside"]
)
def test_several_rules_look_once(others: tuple[str, ...]) -> None:
    """What several rules look at of an object is looked at once, whoever judges one by one beside them."""
    together = Together(Alike(catalogue()[one], ESTATE) for one in (*others, *TYPES))
    apart = [Alike(catalogue()[one], ESTATE) for one in others]
    for number in range(600):
        told = _object(number, content_type="application/pdf", content_encoding=None, tags={"n": str(number)})
        seen, beside = Counted(told), Counted(told)
        found = said(together, seen)
        for one in apart:
            one.reached(beside)
        assert found == dict.fromkeys((*others, *TYPES))

    assert seen.looks - beside.looks == 3


def test_rules_keep_their_verdicts_when_one_is_parted() -> None:
    """The rule that judges one by one comes before the others, and says something of each."""
    wanted = ("object-unencrypted", *TYPES)
    together = Together(Alike(catalogue()[one], ESTATE) for one in wanted)
    for number in range(600):
        told = _object(
            number, content_type="binary/octet-stream", content_encoding=None, encryption=None, on_aws=False
        )
        found = said(together, told)
        assert found == {one: plainly(catalogue()[one], {**told}, ESTATE) for one in wanted}  # type: ignore[dict-item]


def _by_a_new_function(one: Posture, _: Estate) -> Verdict:
    assert isinstance(one, ObjectPosture)
    is_paper = one.of_key(lambda key: key.endswith("0.pdf"))
    return fails(f"{is_paper} {one.is_latest} {one.bucket_key if one.is_latest or not is_paper else None}")


def test_functions_made_anew_confuse_nothing() -> None:
    """What follows from a key by another function each time is never taken for something else."""
    rule = replace(catalogue()["object-key-hygiene"], judge=_by_a_new_function)
    together = Together([Alike(rule, ESTATE)])
    for number, is_latest, bucket_key in [
        (1, True, True),
        (0, True, True),
        (0, True, False),
        (0, False, True),
    ]:
        told = _object(number, is_latest=is_latest, bucket_key=bucket_key)
        assert said(together, told)[rule.id] == plainly(rule, {**told}, ESTATE)  # type: ignore[dict-item]


@pytest.mark.parametrize("rule_id", ["object-unencrypted", "object-tags-missing"], ids=["by time", "by tags"])
def test_what_never_repeats_is_not_kept(rule_id: str) -> None:
    """A fact with a value for each object, or with one that has no hash, is judged one by one."""
    judging = Judging(catalogue()[rule_id])
    alike = Alike(judging.counted(), ESTATE)
    for number in range(5_000):
        assert alike.said(_object(number, tags={"number": str(number)})) is None

    assert judging.runs in {1, 5_000}
