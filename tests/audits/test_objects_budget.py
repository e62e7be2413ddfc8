"""Is a run that would cost too much refused, and one that turns out to stopped in time?"""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.objects_budget import Budget, SpendingMeter, refusal
from audits.objects_price import Held, Wanted, expected
from audits.objects_tariff import Tariff
from bucketwright.contract.cost.loading import load_prices

HERE = Tariff("us-east-1", load_prices())
FULL = expected("files", Wanted.full({"list", "head"}), Held({"STANDARD": 10**7}, "it"), HERE)
"""4.05 dollars and 10,010,500 calls."""
ASK_LESS = "raise --budget, or ask less: --objects changed with a ledger, --objects sample, or fewer buckets"


@pytest.mark.parametrize(
    ("text", "dollars", "calls"),
    [
        ("5", Decimal(5), None),
        ("$5.00", Decimal("5.00"), None),
        ("0", Decimal(0), None),
        ("20000 calls", None, 20_000),
        ("20000calls", None, 20_000),
    ],
)
def test_a_budget_is_dollars_or_calls(text: str, dollars: Decimal | None, calls: int | None) -> None:
    """Both ways of saying one are read."""
    assert Budget.named(text) == Budget(dollars, calls)


@pytest.mark.parametrize("text", ["", "-5", "five", "1e3", "5 euros", "NaN", "9" * 30, "5calls\n", "\u0665"])
def test_anything_else_is_no_budget(text: str) -> None:
    """It is refused with what would be one."""
    with pytest.raises(ValueError, match="is no budget: say dollars"):
        Budget.named(text)


@pytest.mark.parametrize(
    ("budget", "sentence"),
    [
        pytest.param("4.06", "", id="enough dollars"),
        pytest.param("11000000 calls", "", id="enough calls"),
        pytest.param(
            "4", f"it is expected to cost $4.05, and the budget is $4.00; {ASK_LESS}", id="too few dollars"
        ),
        pytest.param(
            "10 calls",
            f"it is expected to take 10,010,500 calls, and the budget is 10 calls; {ASK_LESS}",
            id="too few calls",
        ),
    ],
)
def test_what_is_expected_to_cost_more_is_refused(budget: str, sentence: str) -> None:
    """With both amounts, and what to do."""
    assert refusal(Budget.named(budget), FULL) == sentence


def test_nothing_is_refused_for_want_of_knowledge() -> None:
    """A bucket nobody has listed may be looked at: the meter stops the run."""
    unknown = expected("files", Wanted.full({"list", "head"}), None, HERE)

    assert refusal(Budget.named("0.01"), unknown) == ""
    assert refusal(Budget(), FULL) == ""


@pytest.mark.parametrize("held", [None, Held({"STANDARD": 10**7}, "it")], ids=["unknown", "known"])
def test_dollars_that_nobody_can_count_are_refused(held: Held | None) -> None:
    """Where the price table has no prices only a budget in calls can be kept."""
    there = replace(HERE, region="mars-1")
    said = expected("files", Wanted.full({"list", "head"}), held, there)

    sentence = refusal(Budget.named("1000"), said)

    assert sentence.startswith("a budget of $1,000.00 cannot be kept: the price table of ")
    assert sentence.endswith("give one with --prices FILE, or say --budget '20000 calls'")
    assert refusal(Budget.named("20000000 calls"), said) == ""


@given(
    dollars=st.decimals(0, 1, places=6),
    asked=st.lists(
        st.tuples(st.integers(0, 2_000), st.sampled_from(["STANDARD", "STANDARD_IA", "GLACIER_IR", "NEW"]))
    ),
)
def test_a_budget_is_never_overspent(dollars: Decimal, asked: list[tuple[int, str]]) -> None:
    """Whatever is asked for, what was allowed costs no more, and one call more of the refused ones would."""
    meter = SpendingMeter(Budget(dollars=dollars))
    spent, refused = Decimal(0), False
    for count, storage_class in asked:
        each = HERE.each("head", storage_class)
        assert each is not None
        allowed = meter.take(count, each)
        spent += allowed * each
        assert spent <= dollars
        assert allowed == count or spent + each > dollars
        refused = refused or allowed < count

    assert meter.spent == spent
    assert bool(meter.told()) == refused


@given(limit=st.integers(0, 100), asked=st.lists(st.integers(0, 50)))
def test_calls_are_counted_too(limit: int, asked: list[int]) -> None:
    """Of calls as many are allowed as the budget has, whatever they cost."""
    meter = SpendingMeter(Budget(calls=limit))

    allowed = sum(meter.take(count, None) for count in asked)

    assert allowed == min(limit, sum(asked)) == meter.calls


def test_a_run_without_a_budget_is_only_counted() -> None:
    """Everything is allowed, and what it took is known."""
    meter = SpendingMeter()

    assert meter.take(10, Decimal("0.5")) == 10
    assert meter.take(1, None) == 1
    assert (meter.calls, meter.spent, meter.told()) == (11, Decimal(5), "")


def test_a_call_without_a_price_is_not_paid_in_dollars() -> None:
    """What may cost anything is not asked on a budget of dollars; what costs nothing always is."""
    meter = SpendingMeter(Budget(dollars=Decimal("0.50")))

    assert meter.take(3, None) == 0
    assert meter.take(10**9, Decimal(0)) == 10**9
    assert meter.take(2, Decimal("0.4")) == 1
    assert meter.told() == ("stopped at the budget of $0.50, after $0.40: what was not asked stays unknown")
