"""Whose account does a request speak for? Its access key says.

An access key of twelve digits is that account. Any other key is one that moto issued (an assumed role's, a
user's), and moto knows its account; a key nobody issued, or none, means moto's own default account.
"""

import re
from collections.abc import Mapping
from typing import Final

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.iam.models import IAMBackend, iam_backends

from bucketwright.iam.callers import Caller

_ACCOUNT: Final = re.compile(r"[0-9]{12}")


def is_account(text: str) -> bool:
    """Whether a text has the form of an account id."""
    return _ACCOUNT.fullmatch(text) is not None


def account_of_key(access_key: str | None) -> str:
    """The account an access key belongs to."""
    if access_key and is_account(access_key):
        return access_key
    known = (account for account, people in list(iam_backends.items()) if _holds(people, access_key))
    return next(known, DEFAULT_ACCOUNT_ID)


def caller_of(access_key: str, account: str) -> Caller:
    """Who the holder of a key is, as policies name them; the account's own key is its user `moto`."""
    for backend in iam_backends[account].values():
        found = backend.access_keys.get(access_key)
        if found is not None:
            arn = found.role_arn or f"arn:{backend.partition}:iam::{account}:user/{found.user_name}"
            return Caller(arn, account)
    return Caller(f"arn:aws:iam::{account}:user/moto", account)


def _holds(people: Mapping[str, IAMBackend], access_key: str | None) -> bool:
    """Whether an account has the key, in whichever partition it was ever used; moto would make all others."""
    return any(access_key in backend.access_keys for backend in list(people.values()))
