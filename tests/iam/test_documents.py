"""Is a policy read into one normal form, however it was spelled?"""

import json
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.iam.documents import (
    OPERATORS,
    Condition,
    Document,
    Names,
    Principals,
    Statement,
    canonical,
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


@dataclass(frozen=True)
class Speller:
    """Spells what a statement says in one of the ways that IAM takes for the same."""

    draw: st.DrawFn

    def coin(self) -> bool:
        return self.draw(st.booleans())

    def case(self, text: str) -> str:
        return "".join(char.upper() if self.coin() else char.lower() for char in text)

    def listed(self, values: list[object]) -> object:
        if len(values) == 1 and self.coin():
            return values[0]
        return self.draw(st.permutations([*values, *(values[:1] if self.coin() else [])]))

    def value(self, text: str) -> object:
        if self.coin():
            return text
        return {"true": True, "false": False, "7": 7, "0.5": 0.5}.get(text, text)

    def member(self, name: str) -> str:
        is_account = name == ACCOUNT
        return f"arn:aws:iam::{name}:root" if is_account and self.coin() else name

    def principal(self, members: dict[str, list[str]]) -> object:
        if members == {"AWS": ["*"]} and self.coin():
            return "*"
        return {self.case(kind): self.listed([*map(self.member, names)]) for kind, names in members.items()}

    def conditions(self, block: dict[str, dict[str, list[str]]]) -> object:
        return {
            self.case(operator): {
                self.case(key): self.listed([*map(self.value, values)]) for key, values in keys.items()
            }
            for operator, keys in block.items()
        }

    def statement(self, said: dict[str, object]) -> dict[str, object]:
        spelled: dict[str, object] = {"Sid": "s"} if self.coin() else {}
        for element, value in self.draw(st.permutations([*said.items()])):
            spelled[self.case(element)] = self.element(element, value)
        return spelled

    def element(self, element: str, value: object) -> object:
        match element:
            case "Effect":
                return value
            case "Action" | "NotAction":
                assert isinstance(value, list)
                return self.listed([*map(self.case, value)])
            case "Resource" | "NotResource":
                assert isinstance(value, list)
                return self.listed(value)
            case "Principal" | "NotPrincipal":
                assert isinstance(value, dict)
                return self.principal(value)
            case _:
                assert isinstance(value, dict)
                return self.conditions(value)

    def document(self, said: list[dict[str, object]]) -> object:
        parsed = {"Version": "2012-10-17", "Statement": self.listed([*map(self.statement, said)])}
        if self.coin():
            return parsed
        text = json.dumps(parsed, indent=self.draw(st.sampled_from([None, 1])))
        return text if self.coin() else text.encode()


def some(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)


def either(element: str, values: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.builds(lambda name, value: {name: value}, st.sampled_from([element, f"Not{element}"]), values)


SAID = st.builds(
    lambda effect, action, resource, who, block: {"Effect": effect, **action, **resource, **who, **block},
    st.sampled_from(["Allow", "Deny"]),
    either("Action", some(["s3:GetObject", "s3:*", "s3:List?ucket"])),
    either("Resource", some(["*", BUCKET, f"{BUCKET}/${{aws:username}}/*"])),
    st.just({})
    | either("Principal", st.dictionaries(
        st.sampled_from(["AWS", "Service", "Federated", "CanonicalUser"]),
        some(["*", ACCOUNT, "a.b"]),
        min_size=1,
    )),
    st.just({})
    | st.fixed_dictionaries({"Condition": st.dictionaries(
        st.sampled_from(["StringLike", "ForAllValues:StringEquals", "ForAnyValue:ArnLikeIfExists", "Bool"]),
        st.dictionaries(
            st.sampled_from(["s3:prefix", "aws:SecureTransport"]), some(["true", "7", "0.5", "x"]), min_size=1
        ),
        min_size=1,
    )}),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.data(), st.lists(SAID, min_size=1, max_size=3))
def test_every_spelling_of_a_policy_reads_the_same(
    data: st.DataObject, said: list[dict[str, object]]
) -> None:
    """Lists or single values, case, order, doubles, types and account ARNs change nothing."""
    one, other = (data.draw(st.composite(lambda draw: Speller(draw).document(said))()) for _ in range(2))

    assert canonical(parse(one)) == canonical(parse(other))


@settings(max_examples=100, deadline=None)
@given(st.lists(SAID, min_size=1, max_size=2), st.lists(SAID, min_size=1, max_size=2))
def test_the_canonical_form_says_no_more_and_no_less(
    one: list[dict[str, object]], other: list[dict[str, object]]
) -> None:
    """Policies whose statements differ in more than spelling stay different."""
    first, second = ({"Version": "2012-10-17", "Statement": said} for said in (one, other))

    same = canonical(parse(first)) == canonical(parse(second))

    assert same == ({*map(fingerprint, one)} == {*map(fingerprint, other)})


def fingerprint(said: object) -> str:
    """What is said, with everything in order."""
    if isinstance(said, dict):
        return repr(sorted((key, fingerprint(value)) for key, value in said.items()))
    return repr(sorted(said) if isinstance(said, list) else said)


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
