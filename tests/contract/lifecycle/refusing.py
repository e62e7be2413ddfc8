"""How do the tests of refusals write rules on `logs/`, and the answers of S3?"""

from typing import Any

Written = dict[str, Any]

EVERYTHING = "filter '(prefix=logs/)'"
EXPIRES: Written = {"Expiration": {"Days": 100}}


def rule(**fields: object) -> Written:
    """A rule on `logs/` that S3 accepts as soon as it has an action."""
    return {"Status": "Enabled", "Filter": {"Prefix": "logs/"}, **fields}


def expiring(**fields: object) -> Written:
    return rule(**{**EXPIRES, **fields})


def moves(*steps: tuple[int | str, str], **fields: object) -> Written:
    """A rule with transitions, by days (a number) or by date (a text)."""
    written = [{"Days" if isinstance(at, int) else "Date": at, "StorageClass": to} for at, to in steps]
    return rule(Transitions=written, **fields)


def noncurrent(*steps: tuple[int, str], **fields: object) -> Written:
    written = [{"NoncurrentDays": at, "StorageClass": to} for at, to in steps]
    return rule(NoncurrentVersionTransitions=written, **fields)


def legacy(prefix: str, **actions: object) -> Written:
    return {"Status": "Enabled", "Prefix": prefix, **actions}


def argument(words: str) -> str:
    return f"{words} (InvalidArgument)"


def request(words: str) -> str:
    return f"{words} (InvalidRequest)"


def malformed(words: str) -> str:
    return f"{words} (MalformedXML)"
