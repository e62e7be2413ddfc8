"""A tiny IAM of our own, for small worlds: one request at a time, as AWS describes the evaluation.

It shares no code with the product. It knows regular expressions, explicit denies, the `s3:prefix` key, policy
variables with values, and which policies have to allow within an account and across accounts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Raw = dict[str, object]


@dataclass(frozen=True)
class Request:
    """One action on one ARN; without a prefix the request does not carry `s3:prefix`."""

    action: str
    resource: str
    prefix: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Who:
    """A role or a user, and its account."""

    arn: str
    account: str


def statements(policy: Raw) -> list[Raw]:
    found = policy["Statement"]
    assert isinstance(found, list)
    return found


def listed(value: object) -> list[str]:
    return [*map(str, value)] if isinstance(value, list) else [str(value)]


def fits(pattern: str, text: str, variables: Mapping[str, str]) -> bool:
    """Whether a pattern with wildcards and variables matches the text."""
    spelled = ""
    for part in re.split(r"(\$\{[^}]*\}|\*|\?)", pattern):
        if part in {"*", "?"}:
            spelled += ".*" if part == "*" else "."
        else:
            spelled += re.escape(variables[part[2:-1]] if part.startswith("${") else part)
    return re.fullmatch(spelled, text, re.DOTALL) is not None


def named(statement: Raw, element: str, text: str, variables: Mapping[str, str]) -> bool:
    if f"Not{element}" in statement:
        return not any(fits(one, text, variables) for one in listed(statement[f"Not{element}"]))
    return any(fits(one, text, variables) for one in listed(statement[element]))


def met(operator: str, values: list[str], request: Request) -> bool:
    """Whether a condition on `s3:prefix` is met."""
    if operator == "Null":
        return ("true" if request.prefix is None else "false") in values
    plain = operator.removesuffix("IfExists")
    if request.prefix is None:
        return plain != operator or "Not" in plain
    wild = plain.endswith("Like")
    hit = any(
        fits(one, request.prefix, request.variables) if wild else resolved(one, request) == request.prefix
        for one in values
    )
    return hit != ("Not" in plain)


def resolved(text: str, request: Request) -> str:
    return re.sub(r"\$\{([^}]*)\}", lambda found: request.variables[found[1]], text)


def applies(statement: Raw, request: Request) -> bool:
    conditions = statement.get("Condition", {})
    assert isinstance(conditions, dict)
    return (
        named(statement, "Action", request.action, {})
        and named(statement, "Resource", request.resource, request.variables)
        and all(
            met(operator, listed(values), request)
            for operator, keys in conditions.items()
            for values in keys.values()
        )
    )


def allows(policy: Raw, request: Request) -> bool:
    return any(one["Effect"] == "Allow" and applies(one, request) for one in statements(policy))


def denies(policy: Raw, request: Request) -> bool:
    return any(one["Effect"] == "Deny" and applies(one, request) for one in statements(policy))


def grants(policy: Raw, request: Request) -> bool:
    """What one policy lets its holder do."""
    return allows(policy, request) and not denies(policy, request)


def about(statement: Raw, names: set[str]) -> bool:
    """Whether a statement of a bucket policy is about somebody of these names."""
    element = statement.get("Principal", statement.get("NotPrincipal"))
    principals = listed(element["AWS"]) if isinstance(element, dict) else ["*"]
    return bool(names & set(principals)) != ("NotPrincipal" in statement)


def may(who: Who, identity: list[Raw], bucket: Raw, limits: list[Raw], owner: str, request: Request) -> bool:
    """The evaluation of a request, as the pages on policy evaluation tell it.

    Within an account either side suffices. Limits hold for what identity policies allow and for what a bucket
    policy allows to a role by its ARN; they do not hold for what it allows to everyone or to a user.
    """
    invitations = [one for one in statements(bucket) if one["Effect"] == "Allow" and applies(one, request)]
    refusals = [one for one in statements(bucket) if one["Effect"] == "Deny" and applies(one, request)]
    if any(about(one, {"*", who.arn, who.account}) for one in refusals):
        return False
    if any(denies(policy, request) for policy in [*identity, *limits]):
        return False
    within = all(allows(policy, request) for policy in limits)
    by_identity = any(allows(policy, request) for policy in identity) and within
    by_name = any("Principal" in one and about(one, {who.arn}) for one in invitations)
    by_star = any(about(one, {"*"} if "Principal" in one else {"*", who.arn}) for one in invitations)
    by_account = any("Principal" in one and about(one, {who.account}) for one in invitations)
    if who.account != owner:
        return by_identity and (by_name or by_star or by_account)
    return by_identity or by_star or (by_name and (within or ":user/" in who.arn))
