"""The slowest question about isolation that a policy can ask which S3 would still take."""

import json
from collections.abc import Iterator
from functools import partial
from string import ascii_lowercase

from bench.promise import Promise
from bench.timing import milliseconds
from bucketwright.iam.judge import LONGEST_PATTERN, judge_isolation

_BUCKET = "arn:aws:s3:::b"
_NAME = "${aws:username}"
_HOME = "home/bob/"
_LETTERS = ascii_lowercase[:14]

Statement = dict[str, object]


def _allow(action: str, resource: str | list[str], prefix: str | None = None) -> Statement:
    condition = {"StringLike": {"s3:prefix": prefix}} if prefix else {}
    return {"Effect": "Allow", "Action": action, "Resource": resource, "Condition": condition}


def _deny(resource: str) -> Statement:
    return {"Effect": "Deny", "Action": "s3:*", "Resource": resource}


def _deny_all_but(resource: str) -> Statement:
    return {"Effect": "Deny", "Action": "s3:*", "NotResource": resource}


_FOLDERS = [f"{_BUCKET}/{_HOME}{number}/*" for number in range(150)]
_STARRY = [_deny(f"{_BUCKET}/*{letter}?x*{letter}*") for letter in _LETTERS]
_EVE = _allow("s3:GetObject", f"{_BUCKET}/home/eve/*")
_POLICIES: dict[str, tuple[str, list[Statement]]] = {
    "one folder": (_HOME, [_allow("s3:*", f"{_BUCKET}/{_HOME}*")]),
    "many folders, each allowed everything": (_HOME, [_allow("s3:*", one) for one in _FOLDERS]),
    "many lists": (_HOME, [_allow("s3:ListBucket", _BUCKET, f"{_HOME}{number}/*") for number in range(120)]),
    "one leak among many folders and starry Denies": (
        _HOME,
        [*(_allow("s3:GetObject", one) for one in _FOLDERS), _EVE, *_STARRY],
    ),
    "one leak that needs many letters": (
        _HOME,
        [_EVE, *(_deny_all_but(f"{_BUCKET}/*{letter}*") for letter in _LETTERS)],
    ),
    "everything but a folder denied, among starry Denies": (
        _HOME,
        [_allow("*", "*"), *_STARRY, _deny_all_but(f"{_BUCKET}/{_HOME}*")],
    ),
    "a hundred buckets": (_HOME, [_allow("s3:GetObject", [f"{_BUCKET}{n}/{_HOME}*" for n in range(100)])]),
    "folders of a variable": (
        f"home/{_NAME}/",
        [
            *(_allow("s3:*", f"{_BUCKET}/home/{_NAME}/{number}/*") for number in range(100)),
            _deny_all_but(f"{_BUCKET}/home/{_NAME}/*"),
        ],
    ),
    "stars and one letter": (_HOME, [_allow("s3:*", f"{_BUCKET}/{'*a?' * 6_000}")]),
    "letters by position, too hard to settle": (
        _HOME,
        [
            _allow("s3:*", f"{_BUCKET}/*"),
            *(_deny(f"{_BUCKET}/*{letter}{'?' * 18}") for letter in _LETTERS),
            *(_deny(f"{_BUCKET}/{'?' * length}") for length in range(40)),
        ],
    ),
}


def measure() -> Iterator[Promise]:
    """Yield what each question costs the processor."""
    for name, (prefix, statements) in _POLICIES.items():
        policy = json.dumps({"Version": "2012-10-17", "Statement": statements}, separators=(",", ":"))
        assert len(policy) <= LONGEST_PATTERN, name
        ask = partial(judge_isolation, {"policy": policy, "intended_prefix": prefix})
        yield Promise(f"isolation: {name}", milliseconds(ask), 100, "ms")
