"""Of a bucket no more is asked than its rules need, at once and within what it may cost."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from audits.objects.purse import Purse
from audits.objects_budget import Budget, SpendingMeter
from audits.objects_tariff import Tariff
from bucketwright.contract.cost.loading import load_prices
from bucketwright.posture import Unknown
from tests.audits.objects.stored import HOME, PAGE, Stored, Thing, found, full_of, looked, wanted

OLD = datetime(2021, 1, 1, tzinfo=UTC)
TARIFF = Tariff("us-west-2", load_prices())
TYPES = "object-content-type-mismatch"


@pytest.mark.parametrize(
    "rule_id",
    ["object-outside-layout", "object-secret-name", "object-storage-class", "object-lifecycle-escapee"],
)
def test_nothing_is_asked_for_what_a_list_tells(rule_id: str) -> None:
    """The list alone will do."""
    stored = full_of(250)
    stored.things["elsewhere/.env"] = Thing(OLD, storage_class="GLACIER")
    said = found(stored, wanted(rule_id))

    assert set(stored.asked) == {"list"}
    assert bool(said) == (rule_id in {"object-outside-layout", "object-secret-name"})


def test_where_the_server_keeps_no_versions_what_is_there_is_all() -> None:
    """It is listed and judged, and nothing is left undecided for the want of older versions."""
    stored = full_of(25)
    stored.things[".env"] = Thing(OLD)
    unsaid = Unknown("this server cannot answer GetBucketVersioning")

    assert [one.posture.name for one in found(stored, wanted("object-secret-name", versioning=unsaid))] == [
        ".env"
    ]


def test_only_what_amazon_may_not_have_encrypted_is_asked_about() -> None:
    """Since January 2023 it encrypts everything."""
    stored = full_of(250)
    stored.things["docs/old.pdf"] = Thing(OLD, encryption="")
    said = found(stored, wanted("object-unencrypted"))

    assert stored.asked["head"] == 1
    assert [one.posture.name for one in said] == ["docs/old.pdf"]


def test_elsewhere_everything_is_asked_about() -> None:
    """Another server may have encrypted nothing."""
    stored = full_of(25)
    looked(stored, wanted("object-unencrypted"), home=replace(HOME, on_aws=False))

    assert stored.asked["head"] == 25


def test_tags_are_asked_for_where_some_are_declared() -> None:
    """Half of the objects lie there."""
    stored = full_of(250)
    stored.changed("docs/00000.pdf", tags={"team": "blue"})
    [one] = found(stored, wanted("object-tags-missing"))

    assert stored.asked["GetObjectTagging"] == 125
    assert stored.asked["head"] == 0
    assert one.posture.name == "docs/00000.pdf"


def test_acls_that_mean_nothing_are_not_asked_for() -> None:
    """Ownership is enforced, as everywhere since 2023."""
    stored = full_of(25)

    assert found(stored, wanted("object-public-acl", "object-foreign-acl")) == []
    assert set(stored.asked) == {"list"}


def test_many_are_asked_about_at_once_while_the_list_goes_on() -> None:
    """But never more than are allowed."""
    stored = full_of(40 * PAGE)
    found(stored, wanted(TYPES))

    assert stored.asked["head"] == 40 * PAGE
    assert stored.heads_while_listing > PAGE
    assert 2 < stored.most_at_once <= 256


def test_what_is_gone_when_it_is_asked_about_is_left_out() -> None:
    """Nothing is said of it, and of the others all."""
    stored = full_of(10)
    stored.changed("docs/00000.pdf", is_gone=True)
    stored.changed("docs/00002.pdf", content_type="text/html")

    assert [one.posture.name for one in found(stored, wanted(TYPES))] == ["docs/00002.pdf"]


def test_a_part_of_the_list_that_does_not_come_is_told_once() -> None:
    """What came is judged all the same."""
    stored = full_of(6 * PAGE)
    stored.broken = True
    last = max(stored.things)
    stored.changed(last, content_type="text/html")
    said, [skipped] = looked(stored, wanted(TYPES))

    assert [one.posture.name for one in said] == [last]
    assert (skipped.what, "fewer requests" in skipped.reason) == ("objects", True)


@pytest.mark.parametrize("calls", [1, 7, 250], ids=["a list", "a few", "half"])
def test_a_budget_of_calls_is_kept(calls: int) -> None:
    """It ends there, and says so."""
    stored = full_of(500)
    purse = Purse(SpendingMeter(Budget(calls=calls)), TARIFF)
    _, [skipped] = looked(stored, wanted(TYPES), purse)

    assert stored.asked["head"] <= calls
    assert purse.meter.calls == calls
    assert skipped.reason.startswith(f"stopped at the budget of {calls} calls")


def test_a_budget_of_dollars_counts_each_class_at_its_price() -> None:
    """A HEAD in an archive's class costs more than one in standard storage."""
    stored = full_of(50)
    dear = Stored({key: replace(one, storage_class="STANDARD_IA") for key, one in stored.things.items()})
    spent = []
    for each in (stored, dear):
        purse = Purse(SpendingMeter(Budget(dollars=Decimal(1))), TARIFF)
        looked(each, wanted(TYPES), purse)
        spent.append(purse.meter.spent)

    assert 0 < spent[0] < spent[1] < 1


def test_a_sample_is_the_same_each_time_and_says_what_it_left_out() -> None:
    """So many of each prefix, and never as if all had been looked at."""
    stored = full_of(2_000)
    for key in [one for one in stored.things if one.endswith("0.pdf")]:
        stored.changed(key, content_type="text/html")
    about = replace(wanted(TYPES), by_sample=True)
    (first, skipped), (second, _) = looked(stored, about), looked(stored, about)

    assert stored.asked["head"] == 600
    assert [one.posture.address for one in first] == [one.posture.address for one in second]
    assert [one.what for one in skipped] == ["objects by sample, files/docs", "objects by sample, files/tmp"]
    wrong = len([one for one in first if one.posture.name.startswith("docs/")])
    assert f"300 of 1,000 looked at, {wrong:,} of them wrong" in skipped[0].reason


def test_a_sample_judges_by_the_list_whatever_is_listed() -> None:
    """Only what has to be asked for is drawn."""
    stored = full_of(1_000)
    stored.things["elsewhere/x"] = Thing()
    said, skipped = looked(stored, replace(wanted("object-outside-layout"), by_sample=True))

    assert [one.posture.name for one in said] == ["elsewhere/x"]
    assert skipped == []


def test_a_sample_tells_what_the_list_shows_of_those_that_are_not_drawn() -> None:
    """Whatever else would have had to be asked of them."""
    stored = Stored({f"docs/../{one:05}.pdf": Thing(content_type="text/html") for one in range(700)})
    about = wanted(TYPES, "object-key-hygiene")
    (all_said, _), (said, [skipped]) = looked(stored, about), looked(stored, replace(about, by_sample=True))

    assert Counter(one.rule.id for one in all_said) == {TYPES: 700, "object-key-hygiene": 700}
    assert Counter(one.rule.id for one in said) == {TYPES: 300, "object-key-hygiene": 700}
    assert "300 of 700 looked at, 300 of them wrong" in skipped.reason


@pytest.mark.parametrize(
    ("rule_ids", "things", "wrong"),
    [
        pytest.param(
            (TYPES, "object-tags-missing"), Thing(content_type="text/html"), 300, id="the first is wrong"
        ),
        pytest.param((TYPES, "object-tags-missing"), Thing(tags={}), 300, id="the second is wrong"),
        pytest.param((TYPES, "object-key-hygiene"), Thing(), 0, id="the list shows that it is wrong"),
    ],
)
def test_the_share_of_a_sample_is_of_those_that_an_answer_shows_to_be_wrong(
    rule_ids: tuple[str, ...], things: Thing, wrong: int
) -> None:
    """By any of the answers; what a list shows is told of each, and nothing is guessed from it."""
    stored = Stored({f"docs/../{one:05}.pdf": things for one in range(400)})
    _, [skipped] = looked(stored, replace(wanted(*rule_ids), by_sample=True))

    assert f"300 of 400 looked at, {wrong} of them wrong" in skipped.reason


def test_a_sample_of_a_quarantine_has_looked_at_nothing() -> None:
    """What the contract keeps everybody from reading is not among those that were looked at."""
    stored = Stored({f"docs/{one:05}.pdf": Thing(is_denied=one % 4 > 0) for one in range(400)})
    shut = replace(HOME, is_shut=lambda key: key.startswith("docs/"))
    said, [skipped] = looked(stored, replace(wanted(TYPES), by_sample=True), home=shut)

    assert skipped.reason.startswith(f"{300 - len(said)} of 400 looked at, 0 of them wrong")
    assert 0 < len(said) < 300


@pytest.mark.parametrize("by_sample", [False, True], ids=["all", "by sample"])
def test_what_was_answered_within_the_budget_is_told(*, by_sample: bool) -> None:
    """And of all that was listed what the list shows; nothing is guessed of what was not asked."""
    stored = Stored({f"docs/../{one:05}.pdf": Thing(content_type="text/html") for one in range(340)})
    about = replace(wanted(TYPES, "object-key-hygiene"), by_sample=by_sample)
    purse = Purse(SpendingMeter(Budget(calls=200)), TARIFF)
    said, [skipped] = looked(stored, about, purse)

    told = Counter(one.rule.id for one in said)
    assert told[TYPES] == purse.calls["head"] == stored.asked["head"] > 0
    assert told["object-key-hygiene"] >= 2 * PAGE
    assert (skipped.what, skipped.reason[:28]) == ("objects", "stopped at the budget of 200")


def test_what_the_headers_showed_is_told_where_nothing_is_left_to_ask_more_with() -> None:
    """A rule that waits for tags does not keep back what another says."""
    stored = Stored({f"docs/{one:05}.pdf": Thing(content_type="text/html") for one in range(50)})
    purse = Purse(SpendingMeter(Budget(calls=2 + 50 + 10)), TARIFF)
    said, [skipped] = looked(stored, wanted(TYPES, "object-tags-missing"), purse)

    assert (stored.asked["head"], stored.asked["GetObjectTagging"]) == (50, 10)
    assert len(said) == 50
    assert skipped.reason.startswith("stopped at the budget of 62 calls")
