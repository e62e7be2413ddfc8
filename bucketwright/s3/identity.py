"""Whose credentials are these, and is it the account that is meant?"""

from bucketwright.calls import Call, Failure, Send
from bucketwright.plain_text import shown

_CALL = ("sts", "GetCallerIdentity")


def identified(send: Send, account: str = "", expected: str = "") -> str | Failure:
    """The account id behind the credentials for `account`; a Failure where it is not the expected one."""
    outcome = send(Call(*_CALL, account=account))
    if isinstance(outcome, Failure):
        return outcome
    found = str(outcome.values.get("Account") or "")
    wanted = expected or account
    if not found:
        return Failure("bad answer", "", "the service does not say whose credentials these are")
    if wanted and found != wanted:
        told = f"the credentials are of account {shown(found)}, and {shown(wanted)} is meant"
        return Failure("credentials", "WrongAccount", told)
    return found
