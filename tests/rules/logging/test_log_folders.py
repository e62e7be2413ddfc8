"""Is a log let in that a policy names by one folder among many, of which most are for others?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.logging import Logging
from bucketwright.iam.patterns import contains, parse
from bucketwright.posture import Estate
from bucketwright.rules.example_access import deny, policy
from bucketwright.rules.example_log_targets import REGION, TO, delivers, logs
from bucketwright.rules.example_sharing import OWN
from bucketwright.rules.logging.log_target_valid import log_target_valid
from bucketwright.verdicts import Fails, Passes, Verdict

LOGS: Final = "arn:aws:s3:::logs"
DATED: Final = replace(TO, keys="DeliveryTime")
VARIABLE: Final = f"{LOGS}/other/${{aws:SourceAccount}}/*"
HEADS: Final = (f"{LOGS}/", f"{LOGS}/ex", f"{LOGS}/example/", f"{LOGS}/example/2", "arn:aws:s3:::lo", "")
TAILS: Final = ("*", "?*", "*/*", "other/*", "x*", "*ple/*")
FOLDERS: Final = [f"{head}{tail}" for head in HEADS for tail in TAILS]


def said(*statements: Mapping[str, object], logging: Logging = TO) -> Verdict:
    """The verdict on a bucket that logs to one with such a policy."""
    source = BucketPosture("bucket:example", "example", {"logging": logging, "region": REGION})
    postures = (source, logs(policy=policy(*statements)), OWN)
    return log_target_valid.verdict(source, Estate("live", {one.address: one for one in postures}))


@pytest.mark.parametrize(
    ("elements", "kept"),
    [
        pytest.param(
            {"Resource": [f"{LOGS}/exam", f"{LOGS}/*/*", f"{LOGS}/?xample*"]},
            True,
            id="a wildcard before what differs",
        ),
        pytest.param(
            {"Resource": [VARIABLE, f"{LOGS}/e*", f"{LOGS}/*x*"]}, True, id="beside a variable elsewhere"
        ),
        pytest.param({"Resource": [VARIABLE, f"{LOGS}/other/*"]}, False, id="a variable elsewhere alone"),
        pytest.param(
            {"Resource": None, "NotResource": [f"{LOGS}/other/*", f"{LOGS}/example", f"{LOGS}/examples/*"]},
            True,
            id="all objects but those beside them",
        ),
        pytest.param(
            {"Resource": None, "NotResource": VARIABLE}, True, id="all but below a variable elsewhere"
        ),
        pytest.param(
            {"Resource": None, "NotResource": [f"{LOGS}/other/*", "arn:aws:s3:::*/example/2*"]},
            False,
            id="all objects but others and some of these",
        ),
    ],
)
def test_which_folders_let_it_in(elements: Mapping[str, object], kept: bool) -> None:
    """Those that meet the beginning of its keys decide; the others say nothing of it, variables or not."""
    assert isinstance(said(delivers(**elements)), Passes if kept else Fails)


def test_a_deny_of_several_folders_refuses_by_any() -> None:
    """One of them is enough, however it is spelled."""
    refused = [f"{LOGS}/other/*", "arn:aws:s3:::lo?s/*ple/2*"]

    assert isinstance(said(delivers(), deny("*", "s3:*", Resource=refused)), Fails)
    assert isinstance(said(delivers(), deny("*", "s3:*", Resource=refused[:1])), Passes)


@pytest.mark.parametrize("kept", [True, False], ids=["its own too", "theirs alone"])
def test_the_folders_of_a_thousand_others_do_not_matter(kept: bool) -> None:
    """However many a policy names beside, whether this log is let in is told."""
    others = [f"{LOGS}/bucket-number-{number}/111122223333/us-west-2/*" for number in range(1_500)]
    own = [f"{LOGS}/example/111122223333/us-west-?/*"] if kept else []

    assert isinstance(said(delivers(Resource=[*others, *own]), logging=DATED), Passes if kept else Fails)


@given(st.lists(st.sampled_from(FOLDERS), min_size=1, max_size=6))
def test_one_folder_that_holds_all_of_it_is_enough(named: Sequence[str]) -> None:
    """Whatever stands beside the pattern that takes in all keys below the prefix, as another kernel tells."""
    if any(contains(parse(one), parse(f"{LOGS}/example/?*")) for one in named):
        assert isinstance(said(delivers(Resource=named)), Passes)
        assert isinstance(said(delivers(), deny("*", "s3:*", Resource=named)), Fails)
        assert isinstance(said(delivers(Resource=None, NotResource=named)), Fails)
