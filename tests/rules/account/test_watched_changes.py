"""Does somebody learn of changes at once? What examples cannot show: what is not known, and what is said."""

import pytest

from bucketwright.estate import AccountPosture
from bucketwright.facets.account.policy_change_alarm import CHANGES, Watch
from bucketwright.facets.event_selectors import MANAGEMENT, Selector
from bucketwright.posture import Posture, Unknown, Unsaid
from bucketwright.rules.example_trails import trail
from bucketwright.verdicts import Fails, NotApplicable, Passes, Undecided, Verdict
from tests.rules.account.judging import texts, verdict

GROUP = "log_group:trail"
ALL = Watch(GROUP, CHANGES, alarmed=True)
SILENT = Watch(GROUP, CHANGES, alarmed=False)
HALF = frozenset({"PutBucketPolicy", "DeleteBucketPolicy"})
DOUBT = Watch("", frozenset(), alarmed=False, doubt="pattern: is known only after deployment")
NARROWED = Selector("management", narrowed=True)


def judged(watches: object, *beside: Posture, lens: str = "live") -> Verdict:
    account = AccountPosture("account:own", "", {"policy_change_alarm": watches})
    return verdict("account-policy-change-alarm", account, *beside, lens=lens)


@pytest.mark.parametrize(
    ("watches", "lens", "because"),
    [
        pytest.param(
            {ALL}, "planned", "the stack declares no trail that such a filter could hear", id="no trail"
        ),
        pytest.param(None, "planned", "the stack declares no filter that counts such calls", id="no filter"),
    ],
)
def test_a_stack_that_declares_no_such_thing(watches: set[Watch] | None, lens: str, because: str) -> None:
    """It is judged by what it makes alone."""
    told = Unsaid("nothing is said of it") if watches is None else frozenset(watches)

    assert judged(told, lens=lens) == NotApplicable(because)


def test_without_a_trail_nobody_hears_of_anything() -> None:
    """The filters count nothing."""
    assert texts(judged(frozenset({ALL}))) == (
        "nobody learns at once of any of these calls",
        "no trail sends all changes of every region to log group 'trail'",
    )


def test_what_is_wrong_is_said_of_each_filter() -> None:
    """The calls by name where some of them are heard of; what keeps the filters from more."""
    found = judged(
        frozenset(
            {
                Watch(GROUP, HALF, alarmed=True),
                Watch(GROUP, CHANGES - HALF - {"PutBucketAcl", "PutBucketCors"}, alarmed=True),
                SILENT,
                Watch("/aws/app", CHANGES, alarmed=False),
            }
        ),
        trail(),
    )

    assert texts(found) == (
        "nobody learns at once of PutBucketAcl, PutBucketCors",
        "what the filter on log group '/aws/app' counts sets off no alarm at once",
        "no trail sends all changes of every region to log group '/aws/app'",
        "what the filter on log group 'trail' counts sets off no alarm at once",
    )
    assert isinstance(found, Fails)
    assert found.expected.startswith(
        "an alarm at the first of any of DeleteBucketCors, DeleteBucketLifecycle, "
    )


@pytest.mark.parametrize(
    ("watches", "beside", "missing"),
    [
        pytest.param({DOUBT}, [trail()], "policy_change_alarm", id="a filter"),
        pytest.param({DOUBT, SILENT}, [trail()], "policy_change_alarm", id="one filter of two"),
        pytest.param({ALL}, [trail(log_group=Unknown("denied"))], "log_group", id="where a trail writes"),
        pytest.param({ALL}, [trail(logging=Unknown("denied"))], "logging", id="whether it does"),
        pytest.param({ALL}, [trail(NARROWED)], "selectors", id="what it leaves out"),
    ],
)
def test_what_is_not_known_may_be_enough(watches: set[Watch], beside: list[Posture], missing: str) -> None:
    """So nobody says that it is not."""
    found = judged(frozenset(watches), *beside)

    assert isinstance(found, Undecided)
    assert found.missing == missing


@pytest.mark.parametrize(
    ("watches", "beside"),
    [
        pytest.param({ALL, DOUBT}, [trail()], id="another filter is enough"),
        pytest.param({ALL}, [trail(NARROWED, name="one"), trail()], id="another trail is enough"),
        pytest.param({ALL}, [trail(NARROWED, MANAGEMENT)], id="another selector is enough"),
    ],
)
def test_what_is_not_known_need_not_be(watches: set[Watch], beside: list[Posture]) -> None:
    """Where the rest decides."""
    assert judged(frozenset(watches), *beside) == Passes()


@pytest.mark.parametrize(
    ("watches", "beside"),
    [
        pytest.param({SILENT}, [trail(log_group=Unknown("denied"))], id="no alarm, wherever it looks"),
        pytest.param(
            {ALL}, [trail(log_group=None, logging=Unknown("denied"))], id="a trail that writes nowhere"
        ),
        pytest.param(
            {ALL}, [trail(multi_region=False, selectors=Unknown("denied"))], id="a trail of one region"
        ),
    ],
)
def test_what_is_not_known_cannot_help(watches: set[Watch], beside: list[Posture]) -> None:
    """Whatever it is."""
    assert isinstance(judged(frozenset(watches), *beside), Fails)
