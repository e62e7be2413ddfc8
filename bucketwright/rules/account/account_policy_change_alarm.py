from bucketwright.estate import AccountPosture, TrailPosture
from bucketwright.facets.account.policy_change_alarm import CHANGES, Watch
from bucketwright.facets.event_selectors import MANAGEMENT, Selector
from bucketwright.posture import Estate, Unsaid
from bucketwright.rules.example_trails import BOTH, trail
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import CHOSEN, DEPLOYED, rule
from bucketwright.rules.watched_changes import shortcomings, unwatched
from bucketwright.verdicts import MEDIUM, Verdict, fails, not_applicable, passes

_GROUP = "log_group:trail"
_HALF = frozenset({"PutBucketPolicy", "DeleteBucketPolicy"})
_ALL = Watch(_GROUP, CHANGES, alarmed=True)
_READS = Selector("management", writes=False)


@rule(
    "account-policy-change-alarm",
    severity=MEDIUM,
    tier=CHOSEN,
    maps_to=["CIS 4.8"],
    reads=[
        "policy_change_alarm",
        "trail.log_group",
        "trail.logging",
        "trail.multi_region",
        "trail.selectors",
    ],
    lenses=DEPLOYED,
    examples=lambda: [
        good(trail(), policy_change_alarm=frozenset({_ALL})),
        good(
            trail(log_group=None, name="other"),
            trail(_READS, MANAGEMENT),
            policy_change_alarm=frozenset(
                {Watch(_GROUP, _HALF, alarmed=True), Watch(_GROUP, CHANGES - _HALF, alarmed=True)}
            ),
        ),
        good(trail(), policy_change_alarm=frozenset({_ALL, Watch("", _HALF, alarmed=False, doubt="later")})),
        good(policy_change_alarm=Unsaid("another stack does it")),
        bad(trail(), policy_change_alarm=frozenset()),
        bad(trail(), policy_change_alarm=frozenset({Watch(_GROUP, CHANGES - _HALF, alarmed=True)})),
        bad(trail(), policy_change_alarm=frozenset({Watch(_GROUP, CHANGES, alarmed=False)})),
        bad(trail(), policy_change_alarm=frozenset({Watch("log_group:app", CHANGES, alarmed=True)})),
        bad(trail(log_group=None), policy_change_alarm=frozenset({_ALL})),
        bad(trail(logging=False), policy_change_alarm=frozenset({_ALL})),
        bad(trail(multi_region=False), policy_change_alarm=frozenset({_ALL})),
        bad(trail(BOTH, _READS), policy_change_alarm=frozenset({_ALL})),
    ],
)
def account_policy_change_alarm(account: AccountPosture, estate: Estate) -> Verdict:
    """Somebody learns at once of each change of who may do what with a bucket.

    **Why.** Whoever wants a bucket's data for good changes its policy, its ACL, its CORS or its replication,
    and whoever wants it gone changes its lifecycle. All of that is rare enough for an alarm each time.

    **Fix.** Send a trail of all regions to CloudWatch Logs, count there the calls that CIS names with a
    metric filter, in whatever spelling, and set an alarm on its metric that one event sets off and that has
    an action. A contract declares none of these: the account's own program does. At preview it is judged of
    stacks that declare such a filter and a trail.

    **Exempt it when** the same calls raise an alarm in another way, by rules of EventBridge for example.
    """
    if isinstance(account.told("policy_change_alarm"), Unsaid):
        return not_applicable("the stack declares no filter that counts such calls")
    if estate.lens == "planned" and not any(estate.every(TrailPosture)):
        return not_applicable("the stack declares no trail that such a filter could hear")
    calls = unwatched(account, estate)
    if not calls:
        return passes()
    quiet = "any of these calls" if len(calls) == len(CHANGES) else ", ".join(calls)
    expected = f"an alarm at the first of any of {', '.join(sorted(CHANGES))}"
    reasons = dict.fromkeys(shortcomings(account, estate))
    return fails(f"nobody learns at once of {quiet}", *reasons, expected=expected)
