"""What every rule of the catalogue promises, whichever it is: the tests are made from its own examples."""

from collections.abc import Iterator
from typing import Final

import pytest

from bucketwright.posture import Estate, Posture, Unknown
from bucketwright.rules import catalogue
from bucketwright.rules.examples import Example
from bucketwright.rules.frameworks import CIS, FSBP, controls
from bucketwright.rules.rule import PRESENCE, Rule, changed
from bucketwright.verdicts import Fails, NotApplicable, Passes, Undecided, Verdict
from tests.rules.completions import WITHHELD, completions, withheld
from tests.rules.sentences import sentences
from tools.new_rule import PLACEHOLDERS

RULES: Final = tuple(catalogue().values())


def _cases() -> Iterator[object]:
    for rule in RULES:
        for number, example in enumerate(rule.examples, start=1):
            name = f"{rule.id} {'good' if example.is_good else 'bad'} {number}"
            yield pytest.param(rule, example, id=name)


def _judged(rule: Rule[Posture], example: Example, lens: str) -> Verdict:
    return rule.verdict(example.posture(rule.kind), example.estate(rule.kind, lens))


@pytest.mark.parametrize(("rule", "example"), [*_cases()])
def test_an_example_is_judged_as_it_says(rule: Rule[Posture], example: Example) -> None:
    """A good example is kept, a bad one broken, through every lens of the rule."""
    expected = (Passes, NotApplicable) if example.is_good else (Fails,)
    for lens in rule.lenses:
        verdict = _judged(rule, example, lens)

        assert isinstance(verdict, expected), verdict


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_shows_itself_kept_and_broken(rule: Rule[Posture]) -> None:
    """Without a good and a bad example nobody sees what a rule means; a good one passes and does not merely
    not apply.
    """
    kept = [one for one in rule.examples if one.is_good]

    assert [one for one in rule.examples if not one.is_good]
    assert any(isinstance(_judged(rule, one, min(rule.lenses)), Passes) for one in kept)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_reads_what_it_says(rule: Rule[Posture], monkeypatch: pytest.MonkeyPatch) -> None:
    """All facts that its examples need are declared, none besides, and every one of them exists."""
    read: set[str] = set()
    told = Posture.told

    def recorded(posture: Posture, name: str) -> object:
        own = posture.kind == rule.kind.kind and posture.address.endswith(":example")
        read.add(name if own else f"{posture.kind}.{name}")
        return told(posture, name)

    examples = [(one, one.posture(rule.kind), one.estate(rule.kind, "live")) for one in rule.examples]
    monkeypatch.setattr(Posture, "told", recorded)
    for _, posture, estate in examples:
        rule.verdict(posture, estate)

    assert read == set(rule.reads)


@pytest.mark.parametrize("rule", [one for one in RULES if one.repair], ids=lambda rule: rule.id)
def test_a_fix_ends_what_it_fixes(rule: Rule[Posture]) -> None:
    """Some bad example is good once the fix is made, and no fix makes a broken one worse than it is."""
    fixed = 0
    for example in (one for one in rule.examples if not one.is_good):
        posture, estate = example.posture(rule.kind), example.estate(rule.kind, "live")
        assert rule.repair is not None
        made = rule.repair.make(posture, estate)
        if made.fact == PRESENCE:
            fixed += 1
            continue
        after = changed(posture, made)
        verdict = rule.verdict(
            after, Estate("live", {**estate.postures, after.address: after}, {}, estate.circumstances)
        )
        fixed += isinstance(verdict, Passes | NotApplicable)

    assert fixed


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_what_is_not_known_is_never_guessed(rule: Rule[Posture]) -> None:
    """Law 4: with facts withheld a verdict is undecided, or the same whatever the withheld facts are."""
    for example in rule.examples:
        for lacking in withheld(rule, example):
            verdict = rule.verdict(*lacking.told(rule))
            if not isinstance(verdict, Undecided):
                for completed in completions(lacking, rule):
                    other = rule.verdict(*completed)

                    assert isinstance(other, type(verdict) | Undecided), (lacking, verdict, other)
            else:
                assert verdict.missing
                assert verdict.reason


def test_every_control_of_the_table_has_a_rule() -> None:
    """No control is listed that nothing here helps to meet, and none is named that is not listed."""
    named = {control for rule in RULES for control in controls(rule.maps_to)}

    assert {f"FSBP {one}" for one in FSBP} <= {str(control) for control in named}
    assert {f"CIS {one}" for one in CIS} <= {str(control) for control in named}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_nothing_of_a_skeleton_is_left(rule: Rule[Posture]) -> None:
    """Whoever begins a rule with `make new-rule` rewrites every sentence of it."""
    assert not sentences(rule) & set(PLACEHOLDERS.values())


def test_titles_tell_rules_apart() -> None:
    """No two rules say the same."""
    titles = [rule.manual.title for rule in RULES]

    assert len(set(titles)) == len(titles)
    assert all(title.endswith(".") for title in titles)


def test_unknown_is_a_reason() -> None:
    """What is withheld here is what a lens says of what it could not read."""
    assert isinstance(WITHHELD, Unknown)
