"""Does `refusals` refuse actions in the wrong order, or too close, as S3 does?"""

import pytest

from bucketwright.contract.lifecycle.validity import refusals
from tests.contract.lifecycle.refusing import EVERYTHING, Written, argument, moves, noncurrent, request


def between(field: str, cold: str, warm: str, action: str = "Transition", more: str = "") -> str:
    """The two forms of S3's message about transitions in the wrong order or too close."""
    first = f"'{field}' in the '{action}' action for StorageClass '{cold}' for {EVERYTHING} must be"
    second = f"in the '{action}' action for StorageClass '{warm}'"
    if more:
        return f"{first} {more} more than '{EVERYTHING}' {second} (InvalidArgument)"
    return f"{first} greater than '{field}' {second} for {EVERYTHING} (InvalidArgument)"


REFUSED: dict[str, tuple[Written, tuple[str, ...]]] = {
    "one class twice": (
        moves((30, "GLACIER"), (60, "GLACIER")),
        (
            request(
                f"'StorageClass' must be different for 'Transition' actions in same 'Rule' with {EVERYTHING}"
            ),
        ),
    ),
    "one noncurrent class twice": (
        noncurrent((30, "GLACIER"), (60, "GLACIER")),
        (
            request(
                "'StorageClass' must be different for 'NoncurrentVersionTransition' actions in same 'Rule' "
                f"with {EVERYTHING}"
            ),
        ),
    ),
    "days and dates among transitions": (
        moves((30, "STANDARD_IA"), ("2030-01-01", "GLACIER"), Expiration={"Days": 1}),
        (
            request(
                f"Found mixed 'Date' and 'Days' based Transition actions in lifecycle rule for {EVERYTHING}"
            ),
        ),
    ),
    "expiry by date after days": (
        moves((30, "STANDARD_IA"), Expiration={"Date": "2030-01-01"}),
        (
            request(
                "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule "
                f"for {EVERYTHING}"
            ),
        ),
    ),
    "expiry by days after a date": (
        moves(("2030-01-01", "GLACIER"), Expiration={"Days": 1}),
        (
            request(
                "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule "
                f"for {EVERYTHING}"
            ),
        ),
    ),
    "expiry on the day of the transition": (
        moves((30, "GLACIER"), Expiration={"Days": 30}),
        (
            argument(
                f"'Days' in the Expiration action for {EVERYTHING} must be greater than 'Days' in the "
                "Transition action"
            ),
        ),
    ),
    "expiry between transitions": (
        moves((90, "GLACIER"), (30, "STANDARD_IA"), Expiration={"Days": 60}),
        (
            argument(
                f"'Days' in the Expiration action for {EVERYTHING} must be greater than 'Days' in the "
                "Transition action"
            ),
        ),
    ),
    "expiry on the date of the transition": (
        moves(("2030-01-01", "GLACIER"), Expiration={"Date": "2030-01-01"}),
        (
            argument(
                f"'Date' in the Expiration action for {EVERYTHING} must be later than 'Date' in the "
                "Transition action"
            ),
        ),
    ),
    "noncurrent expiry on the day of the transition": (
        noncurrent(
            (0, "INTELLIGENT_TIERING"),
            (30, "GLACIER"),
            NoncurrentVersionExpiration={"NoncurrentDays": 30},
        ),
        (
            argument(
                f"'NoncurrentDays' in the NoncurrentVersionExpiration action for {EVERYTHING} must be "
                "greater than 'NoncurrentDays' in the NoncurrentVersionTransition action"
            ),
        ),
    ),
    "up the waterfall": (
        moves((90, "STANDARD_IA"), (30, "GLACIER")),
        (between("Days", "GLACIER", "STANDARD_IA"),),
    ),
    "two classes on one day": (
        moves((30, "GLACIER"), (30, "DEEP_ARCHIVE")),
        (between("Days", "DEEP_ARCHIVE", "GLACIER"),),
    ),
    "up the waterfall by date": (
        moves(("2030-04-01", "INTELLIGENT_TIERING"), ("2030-04-01", "GLACIER_IR")),
        (between("Date", "GLACIER_IR", "INTELLIGENT_TIERING"),),
    ),
    "up the noncurrent waterfall": (
        noncurrent((10, "GLACIER_IR"), (9, "GLACIER")),
        (between("NoncurrentDays", "GLACIER", "GLACIER_IR", "NoncurrentVersionTransition"),),
    ),
    "29 days in infrequent access": (
        moves((30, "STANDARD_IA"), (59, "GLACIER")),
        (between("Days", "GLACIER", "STANDARD_IA", more="30 days"),),
    ),
    "29 days in one zone": (
        noncurrent((30, "ONEZONE_IA"), (59, "DEEP_ARCHIVE")),
        (
            between(
                "NoncurrentDays",
                "DEEP_ARCHIVE",
                "ONEZONE_IA",
                "NoncurrentVersionTransition",
                more="30 days",
            ),
        ),
    ),
    "89 days in instant retrieval": (
        moves((1, "GLACIER_IR"), (90, "DEEP_ARCHIVE")),
        (between("Days", "DEEP_ARCHIVE", "GLACIER_IR", more="90 days"),),
    ),
    "89 days in flexible retrieval": (
        moves((30, "GLACIER"), (119, "DEEP_ARCHIVE")),
        (between("Days", "DEEP_ARCHIVE", "GLACIER", more="90 days"),),
    ),
    "89 days between dates": (
        moves(("2030-01-01", "GLACIER"), ("2030-03-31", "DEEP_ARCHIVE")),
        (between("Date", "DEEP_ARCHIVE", "GLACIER", more="90 days"),),
    ),
    "one zone to instant retrieval": (
        moves((30, "ONEZONE_IA"), (90, "GLACIER_IR")),
        (argument(f"a transition from 'ONEZONE_IA' to 'GLACIER_IR' is not supported for {EVERYTHING}"),),
    ),
}


@pytest.mark.parametrize(("raw", "causes"), REFUSED.values(), ids=REFUSED)
def test_refuses_an_order_in_the_words_of_s3(raw: Written, causes: tuple[str, ...]) -> None:
    """A rule whose actions follow each other wrongly is refused for just these causes, and named."""
    expected = tuple(f"rule 1 ('tmp'): {cause}" for cause in causes)

    assert expected == refusals([{**raw, "ID": "tmp"}])


FILTERS: dict[str, tuple[object, str]] = {
    "nothing": ({}, "()"),
    "a prefix": ({"Prefix": ""}, "(prefix=)"),
    "a tag": ({"Tag": {"Key": "k", "Value": "v"}}, "(tag: key=k, value=v)"),
    "a line feed and half a character": ({"Prefix": "a\n\ud800"}, "(prefix=a\\n\\ud800)"),
    "everything": (
        {
            "And": {
                "Prefix": "a/",
                "ObjectSizeGreaterThan": 1,
                "ObjectSizeLessThan": 2,
                "Tags": [{"Key": "k", "Value": "v"}, {"Key": "l"}],
            },
        },
        (
            "(prefix=a/ and objectsizegreaterthan=1 and objectsizelessthan=2 and tag: key=k, value=v "
            "and tag: key=l, value=)"
        ),
    ),
    "more than anybody reads": (
        {"And": {"Tags": [{"Key": f"k{number}"} for number in range(30)]}},
        "(" + " and ".join(f"tag: key=k{number}, value=" for number in range(10)) + ")",
    ),
    "a prefix too long to show": (
        {"Prefix": "p" * 500},
        "(prefix=" + "p" * 60 + "…)",
    ),
}


@pytest.mark.parametrize(("written", "shown"), FILTERS.values(), ids=FILTERS)
def test_writes_the_filter_as_s3_does(written: object, shown: str) -> None:
    """A message about the order of actions says which filter the rule has, on one short line."""
    raw = moves((30, "GLACIER"), Expiration={"Days": 30}) | {"Filter": written}

    assert refusals([raw]) == (
        (
            f"rule 1: 'Days' in the Expiration action for filter '{shown}' must be greater than "
            "'Days' in the Transition action (InvalidArgument)"
        ),
    )
