"""Is a policy read into one normal form, however it was spelled?"""

import pytest

from bucketwright.iam.documents import (
    OPERATORS,
    Condition,
    Document,
    Names,
    Principals,
    Statement,
    in_2012,
    parse,
)

ACCOUNT = "111122223333"
BUCKET = "arn:aws:s3:::example"
ALLOW = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": BUCKET}


def policy(**statement: object) -> dict[str, object]:
    return {"Version": "2012-10-17", "Statement": {**ALLOW, **statement}}


def read(changes: dict[str, object]) -> Statement:
    """The statement with these changes; what is changed to None is left out."""
    statement = {element: value for element, value in {**ALLOW, **changes}.items() if value is not None}
    return parse({"Version": "2012-10-17", "Statement": statement}).statements[0]


READ = {
    "an action in small letters": ({"Action": "S3:GetObject"}, "actions", Names(("s3:getobject",))),
    "actions in their order": ({"Action": ["s3:b", "s3:a"]}, "actions", Names(("s3:b", "s3:a"))),
    "all actions but some": (
        {"Action": None, "NotAction": "s3:*"},
        "actions",
        Names(("s3:*",), negated=True),
    ),
    "a resource as it is": ({"Resource": f"{BUCKET}/A/*"}, "resources", Names((f"{BUCKET}/A/*",))),
    "all resources but some": (
        {"Resource": None, "NotResource": ["*"]},
        "resources",
        Names(("*",), negated=True),
    ),
    "no resource, as in a trust policy": ({"Resource": None}, "resources", None),
    "nobody, as in an identity policy": ({}, "principals", None),
    "everybody": ({"Principal": "*"}, "principals", Principals((("AWS", "*"),))),
    "everybody else": ({"NotPrincipal": "*"}, "principals", Principals((("AWS", "*"),), negated=True)),
    "an account by its root": (
        {"Principal": {"AWS": f"arn:aws-us-gov:iam::{ACCOUNT}:root"}},
        "principals",
        Principals((("AWS", ACCOUNT),)),
    ),
    "an account by a number": (
        {"Principal": {"AWS": int(ACCOUNT)}},
        "principals",
        Principals((("AWS", ACCOUNT),)),
    ),
    "a user called root": (
        {"Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:user/root"}},
        "principals",
        Principals((("AWS", f"arn:aws:iam::{ACCOUNT}:user/root"),)),
    ),
    "every kind of principal": (
        {"Principal": {"aws": "*", "SERVICE": "a", "federated": ["b"], "CanonicalUser": "c"}},
        "principals",
        Principals((("AWS", "*"), ("Service", "a"), ("Federated", "b"), ("CanonicalUser", "c"))),
    ),
    "no condition": ({"Condition": {}}, "conditions", ()),
    "a condition": (
        {"Condition": {"stringLIKE": {"S3:Prefix": "A"}}},
        "conditions",
        (Condition("stringlike", "s3:prefix", ("A",)),),
    ),
    "a condition with every addition": (
        {"Condition": {"ForAnyValue:StringLikeIfExists": {"k": []}}},
        "conditions",
        (Condition("stringlike", "k", (), "foranyvalue", if_exists=True),),
    ),
    "the other quantifier": (
        {"Condition": {"forallvalues:stringlike": {"k": ["a", "b"]}}},
        "conditions",
        (Condition("stringlike", "k", ("a", "b"), "forallvalues"),),
    ),
    "two keys and two operators": (
        {"Condition": {"Bool": {"a": True, "b": False}, "NumericEquals": {"c": [1, -2.5]}}},
        "conditions",
        (
            Condition("bool", "a", ("true",)),
            Condition("bool", "b", ("false",)),
            Condition("numericequals", "c", ("1", "-2.5")),
        ),
    ),
    "an operator nobody knows": (
        {"Condition": {"StringSounds": {"a": "b"}}},
        "conditions",
        (Condition("stringsounds", "a", ("b",)),),
    ),
    "a number as long as numbers get": (
        {"Condition": {"NumericEquals": {"a": 10**40 - 1}}},
        "conditions",
        (Condition("numericequals", "a", ("9" * 40,)),),
    ),
    "an Allow": ({"Effect": "Allow"}, "allows", True),
    "a Deny": ({"Effect": "Deny"}, "allows", False),
    "a statement by its number": ({}, "label", "statement 1"),
    "a statement by its Sid": ({"Sid": "Read it"}, "label", "statement 1 ('Read it')"),
    "a Sid with a control character": ({"Sid": "a\x1b\u202eb"}, "label", "statement 1 ('a\\x1b\\u202eb')"),
    "an empty Sid": ({"Sid": ""}, "label", "statement 1"),
    "a Sid of 200 characters": ({"Sid": "s" * 200}, "label", f"statement 1 ('{'s' * 200}')"),
    "a longer Sid": ({"Sid": "s" * 201}, "label", f"statement 1 ('{'s' * 200}…')"),
}


@pytest.mark.parametrize(("changes", "element", "expected"), READ.values(), ids=READ)
def test_an_element_is_read_into_its_normal_form(
    changes: dict[str, object], element: str, expected: object
) -> None:
    """Each element of a statement has one form, whatever its spelling."""
    assert getattr(read(changes), element) == expected


def test_statements_keep_their_order_and_number() -> None:
    """A label says which statement of the document it was."""
    document = parse({"Version": "2012-10-17", "Id": "x", "Statement": (ALLOW, {**ALLOW, "Effect": "Deny"})})

    assert [one.label for one in document.statements] == ["statement 1", "statement 2"]
    assert [one.allows for one in document.statements] == [True, False]


def test_a_policy_may_have_no_statements() -> None:
    """An empty list is a policy that says nothing."""
    assert parse({"Version": "2012-10-17", "Statement": []}) == Document("2012-10-17", ())


VERSIONS = {
    "the newer language": ({"Version": "2012-10-17"}, "2012-10-17", "${aws:username}${*}*"),
    "the older language": ({"Version": "2008-10-17"}, "2008-10-17", "${$}{aws:username}${$}{*}*"),
    "no version, so the older one": ({}, "2008-10-17", "${$}{aws:username}${$}{*}*"),
}


@pytest.mark.parametrize(("version", "stated", "spelled"), VERSIONS.values(), ids=VERSIONS)
def test_the_older_language_knows_no_variables(version: dict[str, object], stated: str, spelled: str) -> None:
    """Without version 2012-10-17 a `${...}` is plain text, in resources and in conditions."""
    text = "${aws:username}${*}*"
    document = parse(
        {**version, "Statement": policy(Resource=text, Condition={"Bool": {"k": text}})["Statement"]}
    )

    assert document.version == stated
    assert document.statements[0].resources == Names((spelled,))
    assert document.statements[0].conditions[0].values == (spelled,)
    assert in_2012(text, stated) == spelled


SPELLINGS = [
    "StringEquals",
    "ForAllValues:StringNotLike",
    "ForAnyValue:ArnLikeIfExists",
    "NullIfExists",
    *OPERATORS.values(),
]


@pytest.mark.parametrize("operator", SPELLINGS)
def test_an_operator_is_shown_as_iam_writes_it(operator: str) -> None:
    """However it was spelled, people see the name of IAM's own pages."""
    assert read({"Condition": {operator.upper(): {"k": "v"}}}).conditions[0].spelled == operator


def test_an_operator_nobody_knows_is_shown_in_small_letters() -> None:
    """There is no better spelling of it."""
    assert (
        read({"Condition": {"ForAnyValue:Sounds": {"k": "v"}}}).conditions[0].spelled == "ForAnyValue:sounds"
    )
