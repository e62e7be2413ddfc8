"""Short ways to say a contract in a test, and to ask what is wrong with it."""

import pytest

from bucketwright.contract.buckets import Bucket
from bucketwright.contract.loading import read
from bucketwright.contract.model import Contract, Environment
from bucketwright.contract.problems import ContractError, Problem

KEY = "'arn:aws:kms:us-west-2:111122223333:key/1'"
HEAD = "project: demo\nenvironments: {dev: {account: 111122223333}}\n"


def environment(body: str, name: str = "dev") -> Environment:
    """One environment of a contract that must load."""
    return contract(body).environments[name]


def contract(body: str) -> Contract:
    """A contract that must load; without a head of its own it gets one."""
    return read(_whole(body), "contract.yaml")


def problems(body: str) -> tuple[Problem, ...]:
    """What is wrong with a contract; nothing if it loads."""
    try:
        read(_whole(body), "contract.yaml")
    except ContractError as error:
        return error.problems
    return ()


def faults(body: str) -> dict[str, str]:
    """What is wrong, by path."""
    return {problem.path: problem.message for problem in problems(body)}


def with_bucket(body: str) -> str:
    """A contract with one bucket, `files`, of these flow entries, and a log bucket."""
    return f"buckets:\n  files: {{{body}}}\n  logs: {{purpose: access-logs}}\n"


def with_prefix(body: str, bucket: str = "") -> str:
    """A contract with one prefix, `documents`, of these flow entries."""
    path = "" if "path:" in body else "path: documents/, "
    return with_bucket(f"{bucket + ', ' if bucket else ''}prefixes: {{documents: {{{path}{body}}}}}")


def bucket(body: str) -> Bucket:
    """The bucket of `with_bucket`."""
    return environment(with_bucket(body)).buckets["files"]


def case(name: str, body: str, *words: str) -> object:
    """A contract, and words that its only problem has (none: it loads), for `assert_refused`."""
    return pytest.param(body, words, id=name)


def move(after: int, to: str) -> str:
    """One transition."""
    return f"{{after: {after} days, to: {to}}}"


def assert_refused(body: str, words: tuple[str, ...]) -> None:
    """There is one problem and it has these words, or none at all without words."""
    found = [f"{one.path}: {one.message}" for one in problems(body)]
    assert len(found) == bool(words), found
    for word in words:
        assert word in found[0]


def _whole(body: str) -> str:
    return body if body.startswith("project:") else HEAD + body
