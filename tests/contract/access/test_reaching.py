"""What does the pattern of one template reach of another? Against the same question asked of plain sets."""

from collections.abc import Mapping

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bucketwright.contract.access import losing
from bucketwright.contract.access.losing import leaves_some, lost_key
from bucketwright.contract.access.reaching import breaks_off, reaches, shows
from bucketwright.contract.keys.templates import NameTemplate, PathTemplate, Template
from bucketwright.iam.charset import Repeat
from bucketwright.iam.languages import And, Formula, Leaf, Not, Or, Undecided, member, pattern
from tests.contract.access.environments import Data, layouts
from tests.contract.access.oracle import language, like, owner_pattern


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Data, Data]:
    """Two prefixes, which may share keys."""
    prefixes = list(draw(layouts()).values())
    assume(prefixes)
    return draw(st.sampled_from(prefixes)), draw(st.sampled_from(prefixes))


def path_of(prefix: Data) -> PathTemplate:
    return PathTemplate(str(prefix["path"]))


def keys_of(prefix: Data) -> Template:
    name = prefix.get("objects")
    return path_of(prefix) if name is None else path_of(prefix).joined(NameTemplate(str(name)))


def texts(prefix: Data, *, of_path: bool = False) -> list[Leaf]:
    name = prefix.get("objects")
    return language(str(prefix["path"]), None if name is None or of_path else str(name))


def cuts(leaves: list[Leaf]) -> Formula:
    """All beginnings of texts."""
    return Or(
        tuple(
            Leaf((*leaf.tokens[:n], Repeat(one.chars, 0, one.high)))
            for leaf in leaves
            for n, one in enumerate(leaf.tokens)
        )
    )


@settings(max_examples=300, deadline=None)
@given(pairs())
def test_reaching_is_exact(pair: tuple[Data, Data]) -> None:
    """A pattern reaches another template exactly where it matches one of its keys."""
    one, other = pair
    met = member(And((pattern(keys_of(one).key_pattern()), Or(tuple(texts(other))))))

    assert reaches(keys_of(one), keys_of(other)) == (met is not None)


@settings(max_examples=300, deadline=None)
@given(pairs())
def test_showing_is_exact(pair: tuple[Data, Data]) -> None:
    """A listing shows another's keys exactly where its pattern matches a beginning of one."""
    one, other = pair
    met = member(And((pattern(path_of(one).key_pattern()), cuts(texts(other)))))

    assert shows(path_of(one), keys_of(other)) == (met is not None)


@settings(max_examples=300, deadline=None)
@given(pairs())
def test_breaking_off_is_exact(pair: tuple[Data, Data]) -> None:
    """A listing breaks off in a path exactly where its pattern matches a beginning that is no path."""
    one, other = pair
    whole = [Leaf(leaf.tokens[:-1]) for leaf in texts(other, of_path=True)]
    begun = [Leaf(leaf.tokens[:-1]) for leaf in whole]
    met = member(And((pattern(path_of(one).key_pattern()), cuts(begun))))

    assert breaks_off(path_of(one), path_of(other)) == (met is not None)


@settings(max_examples=300, deadline=None)
@given(pairs())
def test_a_lost_key_is_of_the_one_and_like_the_other(pair: tuple[Data, Data]) -> None:
    """Where there is a key of the granted template that the denied pattern matches, one is shown."""
    granted, denied = pair
    key = lost_key(keys_of(granted), keys_of(denied))
    met = member(And((pattern(keys_of(denied).key_pattern()), Or(tuple(texts(granted))))))

    assert (key is None) == (met is None)
    if key is not None:
        name = granted.get("objects")
        assert owner_pattern(str(granted["path"]), None if name is None else str(name)).fullmatch(key)
        assert like(keys_of(denied).key_pattern(), key)


@settings(max_examples=300, deadline=None)
@given(layouts())
def test_what_denies_leave_is_exact(prefixes: Mapping[str, Data]) -> None:
    """Something is left exactly where some key of the first template matches no pattern of the others."""
    assume(prefixes)
    granted, *others = prefixes.values()
    patterns = tuple(pattern(keys_of(other).key_pattern()) for other in others)
    left = member(And((Or(tuple(texts(granted))), Not(Or(patterns)))))

    assert leaves_some(keys_of(granted), [keys_of(other) for other in others]) == (left is not None)


def test_dates_have_too_many_spellings_to_list() -> None:
    """Two real dates are compared as any digits in their form: more keys, never fewer."""
    granted = PathTemplate("{a:date}/{b:date}/x/")
    other = PathTemplate("2026-01-31/9999-39-39/y/x/").joined(NameTemplate("{name}"))

    assert reaches(granted, other)
    assert lost_key(other, granted) is not None
    assert lost_key(PathTemplate("{a:date}/{b:date}/"), PathTemplate("2026-01-31/2026-01-31/z/")) is not None


def chain(segments: int) -> str:
    """A path that many texts can be, so that the search takes long."""
    return "".join(f"long-literal-{{v{n}:slug}}x/" for n in range(segments))


def test_what_cannot_be_settled_counts_as_reached() -> None:
    """Past the budget of the search the answer is yes, and the example is the pattern."""
    granted = PathTemplate(chain(4)).joined(NameTemplate("{n}x.b"))
    other = PathTemplate(chain(5)).joined(NameTemplate("{n:int}.b"))

    assert reaches(granted, other)
    assert lost_key(other, granted) == granted.key_pattern()
    assert breaks_off(PathTemplate(chain(4) + "long-literal-endx/"), PathTemplate(chain(5) + "{z:int}/"))


def test_what_cannot_be_settled_is_not_said_to_be_lost_entirely(monkeypatch: pytest.MonkeyPatch) -> None:
    """A grant is called useless only where that is certain: nothing leaks by it."""
    granted = PathTemplate("a/{x}/")
    certain = leaves_some(granted, [granted])

    def undecided(*_: object) -> None:
        raise Undecided

    monkeypatch.setattr(losing, "leftover", undecided)

    assert (certain, leaves_some(granted, [granted])) == (False, True)


@pytest.mark.parametrize(
    ("granted", "other", "expected"),
    [
        pytest.param("a/{x}/b/", "a/{y:int}/c/", True, id="a star goes on below a path"),
        pytest.param("a/{x}/", "b/{x}/", False, id="other beginnings"),
        pytest.param("a/1/{x}/", "a/{y:int}/c/", True, id="a literal where the other has a variable"),
        pytest.param("a/q/{x}/", "a/{y:int}/c/", False, id="a literal that the variable cannot be"),
        pytest.param("a/", "a/{y}/", True, id="a path without variables goes on below, too"),
        pytest.param("a/b/", "a/", True, id="a deeper path"),
    ],
)
def test_reaching_by_example(granted: str, other: str, expected: bool) -> None:
    """The cases that people ask about."""
    assert reaches(PathTemplate(granted), PathTemplate(other)) == expected


def test_a_name_without_variables_is_one_key() -> None:
    """No star stands in its pattern, so it reaches nothing but itself."""
    one = PathTemplate("a/").joined(NameTemplate("x"))

    assert reaches(one, PathTemplate("a/"))
    assert not reaches(one, PathTemplate("a/x/"))
    assert lost_key(PathTemplate("a/"), one) == "a/x"
    assert lost_key(PathTemplate("a/x/"), one) is None


def test_lost_keys_are_put_below_the_path() -> None:
    """The example of the design: what is lost of the documents looks like exports."""
    documents = PathTemplate("prod/cases/{case_id:int}/documents/")
    exports = PathTemplate("prod/cases/{case_id:int}/exports/")
    listed = PathTemplate("prod/cases/{case_id:int}/exports/").joined(NameTemplate("{n:int}.csv"))

    assert lost_key(documents, exports) == "prod/cases/0/documents/exports/"
    assert lost_key(documents, listed) == "prod/cases/0/documents/exports/.csv"
    assert lost_key(documents, documents.joined(NameTemplate("documents.csv"))) == (
        "prod/cases/0/documents/documents.csv"
    )
    assert lost_key(PathTemplate("x.csv/y/"), PathTemplate("{a}/").joined(NameTemplate("{n}.csv"))) == (
        "x.csv/y/.csv"
    )
