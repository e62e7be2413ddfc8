"""Is a policy that IAM would not accept refused with a `PolicyError`, and never in another way?"""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.iam.documents import Document, PolicyError, parse

BUCKET = "arn:aws:s3:::example"
ALLOW = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": BUCKET}


def policy(**statement: object) -> dict[str, object]:
    return {"Version": "2012-10-17", "Statement": {**ALLOW, **statement}}


def without(element: str) -> dict[str, object]:
    return {key: value for key, value in ALLOW.items() if key != element}


REFUSED: dict[str, tuple[object, str]] = {
    "nothing": (None, "the policy is not an object"),
    "a number": (7, "the policy is not an object"),
    "a list": ([], "the policy is not an object"),
    "no text at all": ("", "the policy is not JSON"),
    "text that is no JSON": ("{", "the policy is not JSON"),
    "a number as text": ("7", "the policy is not an object"),
    "a byte order mark": ('\ufeff{"Statement": []}', "the policy is not JSON"),
    "a byte order mark in bytes": (b'\xef\xbb\xbf{"Statement": []}', "the policy is not JSON"),
    "bytes that are no UTF-8": (b'{"Statement": "\xff"}', "the policy is not JSON"),
    "UTF-16": ('{"Statement": []}'.encode("utf-16"), "the policy is not JSON"),
    "not a number": ('{"Statement": NaN}', "the policy is not JSON: NaN is no JSON number"),
    "infinity": ('{"Statement": [-Infinity]}', "the policy is not JSON: -Infinity is no JSON number"),
    "a number beyond all": ('{"Statement": 1e999}', "the policy is not JSON: the number 1e999 is too large"),
    "a key twice": (
        '{"Statement": [], "Statement": []}',
        "the policy is not JSON: the key 'Statement' stands twice",
    ),
    "a key twice, deep inside": (
        '{"Statement": {"Condition": {"Bool": {"a": 1, "a": 2}}}}',
        "the policy is not JSON: the key 'a' stands twice",
    ),
    "a key twice in other letters": (
        {"Statement": [], "statement": []},
        "the policy names 'statement' twice",
    ),
    "a key that is no text": ({None: 1}, "the policy holds something that is no text, number or boolean"),
    "100,000 brackets": ("[" * 100_000, "the policy is not JSON"),
    "10 MiB of brackets": ("[" * 10 * 2**20, "the policy is not JSON"),
    "100,000 brackets that close": ("[" * 100_000 + "]" * 100_000, "the policy is not JSON"),
    "100,000 braces": ('{"Statement":' * 100_000, "the policy is not JSON"),
    "a number of 5,000 digits": ('{"Statement": ' + "9" * 5000 + "}", "the policy is not JSON"),
    "an element nobody knows": (
        {"Statement": [], "Statements": 1},
        "the policy has an element IAM does not know: 'statements'",
    ),
    "another version": (
        {"Version": "2012-10-18", "Statement": []},
        "the policy's Version is not one of 2012-10-17, 2008-10-17",
    ),
    "a version that is a list": (
        {"Version": [], "Statement": []},
        "the policy's Version holds something that is no text",
    ),
    "no statement": ({"Version": "2012-10-17"}, "the policy has no Statement"),
    "a statement that is null": ({"Statement": None}, "the policy has no Statement"),
    "a statement that is text": ({"Statement": "x"}, "statement 1 is not an object"),
    "a second statement that is a list": ({"Statement": [ALLOW, []]}, "statement 2 is not an object"),
    "a statement's element nobody knows": (
        policy(Ressource="*"),
        "statement 1 has an element IAM does not know: 'ressource'",
    ),
    "an element twice": (policy(effect="Deny"), "statement 1 names 'effect' twice"),
    "no effect": ({"Statement": without("Effect")}, "statement 1 needs an Effect of Allow or Deny"),
    "an effect in small letters": (policy(Effect="allow"), "statement 1 needs an Effect of Allow or Deny"),
    "an effect that is a list": (policy(Effect=["Allow"]), "statement 1 needs an Effect of Allow or Deny"),
    "a Sid that is a list": (
        policy(Sid=[]),
        "statement 1: Sid holds something that is no text, number or boolean",
    ),
    "no action": ({"Statement": without("Action")}, "statement 1 names no Action"),
    "an empty list of actions": (policy(Action=[]), "statement 1: Action is empty"),
    "an action that is null": (policy(Action=None), "statement 1: Action holds something that is no text"),
    "an action that is an object": (
        policy(Action=[{}]),
        "statement 1: Action holds something that is no text",
    ),
    "an action and its negation": (policy(NotAction="x"), "statement 1 has both Action and NotAction"),
    "an empty list of resources": (policy(Resource=[]), "statement 1: Resource is empty"),
    "a resource and its negation": (policy(NotResource="x"), "statement 1 has both Resource and NotResource"),
    "half a surrogate pair": (
        policy(Resource="\ud800"),
        "statement 1: Resource holds something that is no text",
    ),
    "half a surrogate pair, escaped": (
        '{"Statement": {"Sid": "\\udfff"}}',
        "statement 1: Sid holds something that is no text",
    ),
    "half a surrogate pair in a key": (
        policy(Condition={"Bool": {"\ud800": 1}}),
        "statement 1: Condition holds something",
    ),
    "a principal that is text": (policy(Principal="x"), "statement 1: Principal is not an object"),
    "a principal in a list": (policy(Principal=["*"]), "statement 1: Principal is not an object"),
    "a principal of no kind": (
        policy(Principal={"User": "x"}),
        "statement 1: Principal is AWS, Service, Federated or CanonicalUser, not 'user'",
    ),
    "a principal that names nobody": (policy(Principal={}), "statement 1: Principal names nobody"),
    "a principal with an empty list": (policy(Principal={"AWS": []}), "statement 1: Principal names nobody"),
    "a principal that is null": (
        policy(Principal={"AWS": [None]}),
        "statement 1: Principal holds something that is no text",
    ),
    "a principal and its negation": (
        policy(Principal="*", NotPrincipal="*"),
        "statement 1 has both Principal and NotPrincipal",
    ),
    "a condition that is a list": (policy(Condition=[]), "statement 1: Condition is not an object"),
    "a condition that is null": (policy(Condition=None), "statement 1: Condition is not an object"),
    "an operator without keys": (policy(Condition={"Bool": "x"}), "statement 1: Condition is not an object"),
    "an operator twice": (
        policy(Condition={"Bool": {}, "bool": {}}),
        "statement 1: Condition names 'bool' twice",
    ),
    "a condition key twice": (
        policy(Condition={"Bool": {"A": 1, "a": 1}}),
        "statement 1: Condition names 'a' twice",
    ),
    "a value that is an object": (
        policy(Condition={"Bool": {"a": {}}}),
        "statement 1: Condition holds something",
    ),
    "a value in two lists": (
        policy(Condition={"Bool": {"a": [[1]]}}),
        "statement 1: Condition holds something",
    ),
    "a value that is not a number": (
        policy(Condition={"Bool": {"a": float("nan")}}),
        "statement 1: Condition holds something",
    ),
    "a value without end": (
        policy(Condition={"Bool": {"a": 1e400}}),
        "statement 1: Condition holds something",
    ),
    "a number of 41 digits": (
        policy(Condition={"Bool": {"a": 10**40}}),
        "statement 1: Condition holds something",
    ),
    "a number of 5,000 digits, read": (
        policy(Condition={"Bool": {"a": -(10**5000)}}),
        "statement 1: Condition holds something",
    ),
}


@pytest.mark.parametrize(("raw", "complaint"), REFUSED.values(), ids=REFUSED)
def test_what_iam_would_not_accept_is_refused(raw: object, complaint: str) -> None:
    """The complaint says what is wrong and in which statement."""
    with pytest.raises(PolicyError, match=f"^{re.escape(complaint)}"):
        parse(raw)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
NAMES = st.sampled_from(
    [
        "Version",
        "Statement",
        "Effect",
        "Action",
        "Resource",
        "Principal",
        "AWS",
        "Condition",
        "Bool",
        "2012-10-17",
    ]
)
JUNK = st.recursive(
    SCALARS | NAMES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def parsed(raw: object) -> Document | str:
    """The document, or why it is none."""
    try:
        return parse(raw)
    except PolicyError as error:
        return str(error)


@settings(max_examples=200, deadline=None)
@given(JUNK)
def test_any_json_is_read_or_refused(raw: object) -> None:
    """Whatever JSON there is, parsed or as text, it is a document or a `PolicyError`."""
    for spelled in (raw, json.dumps(raw)):
        found = parsed(spelled)

        assert isinstance(found, Document) or found.isprintable()


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["Sid", "Effect", "Principal", "NotPrincipal", "Action", "Resource", "Condition"]),
    JUNK | st.dictionaries(st.text(max_size=4), JUNK, max_size=2),
)
def test_any_json_within_a_statement_is_read_or_refused(element: str, value: object) -> None:
    """One wild element in a good statement is read, or the refusal names the statement."""
    found = parsed(policy(**{element: value}))

    if isinstance(found, Document):
        assert len(found.statements) == 1
    else:
        assert found.startswith("statement 1")
