"""Whose account does a request speak for? Its access key says.

An access key of twelve digits is that account. Any other key is one that moto issued (an assumed role's, a
user's), and moto knows its account; a key nobody issued, or none, means moto's own default account.
"""

import re
from typing import Final

from moto.iam.models import get_account_id_from, iam_backends

from bucketwright.iam.callers import Caller

_ACCOUNT: Final = re.compile(r"[0-9]{12}")


def is_account(text: str) -> bool:
    """Whether a text has the form of an account id."""
    return _ACCOUNT.fullmatch(text) is not None


def account_of(access_key: str | None) -> str:
    """The account an access key belongs to."""
    if access_key and is_account(access_key):
        return access_key
    return get_account_id_from(access_key or "")


def caller_of(access_key: str, account: str) -> Caller:
    """Who the holder of a key is, as policies name them; the account's own key is its user `moto`."""
    for backend in iam_backends[account].values():
        found = backend.access_keys.get(access_key)
        if found is not None:
            arn = found.role_arn or f"arn:{backend.partition}:iam::{account}:user/{found.user_name}"
            return Caller(arn, account)
    return Caller(f"arn:aws:iam::{account}:user/moto", account)
