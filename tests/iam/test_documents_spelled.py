"""Does a policy read the same in every spelling that IAM takes for the same?"""

import json
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.iam.documents import canonical, parse

ACCOUNT = "111122223333"
BUCKET = "arn:aws:s3:::example"


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


@settings(max_examples=50, deadline=None)
@given(st.data(), st.lists(SAID, min_size=1, max_size=3))
def test_every_spelling_of_a_policy_reads_the_same(
    data: st.DataObject, said: list[dict[str, object]]
) -> None:
    """Lists or single values, case, order, doubles, types and account ARNs change nothing."""
    one, other = (data.draw(st.composite(lambda draw: Speller(draw).document(said))()) for _ in range(2))

    assert canonical(parse(one)) == canonical(parse(other))


@settings(max_examples=60, deadline=None)
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
