"""What can be written as a template, and what people are told about what cannot."""

import pickle
import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bucketwright.contract.keys.errors import TemplateError
from bucketwright.contract.keys.segments import RESERVED
from bucketwright.contract.keys.templates import NameTemplate, PathTemplate, Template

UNHURRIED = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
OVERFULL = "{a:hex2}{b:hex2}{c:hex2}{d:hex2}{e:hex2}{f:hex2}{g:hex2}/"


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        pytest.param("{env}/cases/{case_id:int}/documents/", {"env": "str", "case_id": "int"}, id="CS-2"),
        pytest.param(
            "{env}/tmp/{case_id:int}/{batch_id}/",
            {"env": "str", "case_id": "int", "batch_id": "str"},
            id="CS-3",
        ),
        pytest.param("{env}/", {"env": "str"}, id="CS-1: a whole environment"),
        pytest.param("documents/", {}, id="AP-1: no variable"),
        pytest.param("scraped/{source_id}/", {"source_id": "str"}, id="AP-1: one variable"),
        pytest.param("orgs/logos/", {}, id="AP-1: two segments"),
        pytest.param("cas/{head:hex2}/", {"head": "hex2"}, id="FP-11: shards"),
        pytest.param(
            "uploads/{y:year}/{m:month}/{d:day}/",
            {"y": "year", "m": "month", "d": "day"},
            id="FP-3: dated keys",
        ),
        pytest.param("a{{b}}c/", {}, id="literal braces"),
        pytest.param("${{aws}}/", {}, id="a dollar and braces"),
        pytest.param("Ünïcode & spaces/", {}, id="letters of the world"),
        pytest.param("...{x}/", {"x": "str"}, id="dots beside a variable"),
        pytest.param(".../", {}, id="three dots"),
    ],
)
def test_good_paths_are_read(text: str, variables: dict[str, str]) -> None:
    """A path keeps its text and names its variables with their types, in order."""
    template = PathTemplate(text)

    assert template.text == text
    assert {name: kind.name for name, kind in template.variables.items()} == variables
    assert list(template.variables) == list(variables)


@pytest.mark.parametrize(
    ("make", "text", "position", "message", "hint"),
    [
        (PathTemplate, "", 0, "a path is not empty", "data/"),
        (PathTemplate, "/", 0, "a path is not empty", "data/"),
        (PathTemplate, "prod/cases", 10, "a path ends in '/'", "write 'prod/cases/'"),
        (PathTemplate, "/prod/", 0, "may not begin with '/'", "leave this slash out"),
        (PathTemplate, "prod//x/", 5, "may not hold '//'", "leave this slash out"),
        (PathTemplate, "prod//", 5, "may not hold '//'", "leave this slash out"),
        (PathTemplate, "a/../b/", 2, "the segment '..'", "write the path it stands for"),
        (PathTemplate, "./", 0, "the segment '.'", "write the path it stands for"),
        (PathTemplate, "cases/*/exports/", 6, "'*' is no wildcard here", ""),
        (PathTemplate, "cases/?/", 6, "'?' is no wildcard here", ""),
        (PathTemplate, "a\nb/", 1, "the character U+000A", ""),
        (PathTemplate, "x/a\u2028b/", 3, "the character U+2028", ""),
        (PathTemplate, "a\ud800/", 1, "the character U+D800", ""),
        (PathTemplate, "x/e\u0301/", 2, "composed form (NFC)", ""),
        (PathTemplate, "{case_id:intt}/", 9, "there is no type 'intt'", "did you mean 'int'? known: date,"),
        (PathTemplate, "a/{id:integer}/", 6, "there is no type 'integer'", "did you mean 'int'?"),
        (PathTemplate, "{id:UUID}/", 4, "there is no type 'UUID'", "known: date, day, hex2, int"),
        (PathTemplate, "{id:}/", 4, "there is no type ''", "known: date"),
        (PathTemplate, "{CaseId}/", 0, "'{CaseId}' is no variable", "a-z, 0-9 and _"),
        (PathTemplate, "{ x }/", 0, "'{ x }' is no variable", "{name:type}"),
        (PathTemplate, "{}/", 0, "'{}' is no variable", "{name:type}"),
        (PathTemplate, "{x:int:4}/", 0, "'{x:int:4}' is no variable", "{name:type}"),
        (PathTemplate, "{1x}/", 0, "'{1x}' is no variable", "begins with a letter"),
        (PathTemplate, "home/${aws:username}/", 5, "'${aws:username}' is a policy variable of IAM", "{name}"),
        (PathTemplate, "a/{b/", 2, "a lone '{'", "{{ for the character itself"),
        (PathTemplate, "a/b}/", 3, "a lone '}'", "}} for the character itself"),
        (PathTemplate, "{a/b}/", 0, "a lone '{'", "closed in its own segment"),
        (PathTemplate, "{id}/x/{id}/", 7, "{id} stands here twice", "its own name"),
        (PathTemplate, "{env}/{env:slug}/", 6, "{env} is of type str and of type slug", "same type"),
        (PathTemplate, OVERFULL, 48, "more than 6 variables between two slashes", "put '/' between"),
        (PathTemplate, "x" * 129 + "{a}/", 0, "more than 128 characters of text beside", "put '/' between"),
        (PathTemplate, "x" * 1024 + "/", 0, "at most 1024 bytes; its keys have at least 1025", ""),
        (PathTemplate, "é" * 512 + "/", 0, "at most 1024 bytes; its keys have at least 1025", ""),
        (PathTemplate, "x" * 5000 + "/", 2048, "less than 2048 characters", ""),
        (PathTemplate, "{a}{b}/", 0, "'{a}{b}' can be read two ways", "put '/' between the variables"),
        (PathTemplate, "x/{a}-{b:int}-{c}/", 2, "can be read two ways", "put '/' between the variables"),
        (NameTemplate, "", 0, "a name is not empty", "{name}.txt"),
        (NameTemplate, "a/", 1, "a name does not end in '/'", "{name}.txt"),
        (NameTemplate, "/a", 0, "may not begin with '/'", "leave this slash out"),
        (NameTemplate, "pages/..", 6, "the segment '..'", "write the path"),
        (NameTemplate, "x" * 1025, 0, "at most 1024 bytes; its keys have at least 1025", ""),
    ],
)
def test_bad_templates_are_explained(
    make: type[Template], text: str, position: int, message: str, hint: str
) -> None:
    """Each mistake is named where it stands, with a way out."""
    with pytest.raises(TemplateError) as caught:
        make(text)

    error = caught.value
    assert message in error.message
    assert error.position == position
    assert hint in error.help
    assert error.message in str(error)
    assert error.help in str(error)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        pytest.param("docs/{x:foo}", [(12, "ends in '/'")], id="a type, and no slash"),
        pytest.param("{x:foo}/{y:bar}/", [(11, "no type 'bar'")], id="two types"),
        pytest.param(
            "/{x:foo}/*", [(4, "no type 'foo'"), (9, "'*' is no wildcard"), (10, "ends in '/'")], id="four"
        ),
        pytest.param("prod/cases", [], id="one"),
        pytest.param(
            "{a:b}/" * 50, [(n * 6 + 3, "no type 'b'") for n in range(1, 10)], id="more than are read"
        ),
    ],
)
def test_what_else_is_wrong_is_told_in_its_order(text: str, others: list[tuple[int, str]]) -> None:
    """One mistake in a text hides no other, up to as many as anybody reads."""
    with pytest.raises(TemplateError) as caught:
        PathTemplate(text)

    found = caught.value.others
    assert [one.position for one in found] == [position for position, _ in others]
    assert all(words in one.message for one, (_, words) in zip(found, others, strict=True))
    assert [one.position for one in caught.value.moved(7).others] == [n + 7 for n, _ in others]


@pytest.mark.parametrize("size", [1023, 1024])
def test_the_longest_literals_pass(size: int) -> None:
    """Up to 1024 bytes are allowed, counted as UTF-8."""
    assert len(PathTemplate("x" * (size - 1) + "/").format()) == size
    assert len(NameTemplate("x" * size).format()) == size
    assert NameTemplate("é" * (size // 2)).format() == "é" * (size // 2)


@pytest.mark.parametrize("make", [PathTemplate, NameTemplate])
@UNHURRIED
@given(text=st.text(st.sampled_from("{}:/.*?$ab_1é\u0301\n\ud800-") | st.characters(), max_size=30))
def test_any_text_is_read_or_refused_plainly(make: Callable[[str], Template], text: str) -> None:
    """No text crashes: it becomes a template with that text, or an error inside that text, on one line."""
    read, refusal = "", TemplateError("")
    try:
        read = make(text).text
    except TemplateError as error:
        refusal = error

    assert read == text or refusal.message
    assert 0 <= refusal.position <= len(text)
    assert re.search(r"[\x00-\x1f\u2028\u2029\ud800-\udfff]", str(refusal)) is None


def test_templates_are_values() -> None:
    """Templates of the same kind and text are equal, survive pickling, and cannot be changed."""
    template = PathTemplate("{env}/x/")

    assert template == PathTemplate("{env}/x/")
    assert template != PathTemplate("{env}/y/")
    assert len({template, PathTemplate("{env}/x/")}) == 1
    assert pickle.loads(pickle.dumps(template)).format(env="dev") == "dev/x/"  # noqa: S301 - our own bytes
    with pytest.raises(AttributeError):
        template.text = "y/"  # type: ignore[misc] # the point of the test


def test_errors_survive_pickling() -> None:
    """An error that crosses a process keeps its three parts."""
    error = pickle.loads(pickle.dumps(TemplateError("no", 3, "yes")))  # noqa: S301 - our own bytes

    assert (error.message, error.position, error.help) == ("no", 3, "yes")
    assert str(error) == "no (character 3): yes"


def test_a_template_is_a_path_or_a_name() -> None:
    """The common ground of paths and names is no template by itself."""
    with pytest.raises(TypeError, match="PathTemplate or a NameTemplate"):
        Template("x/")


def test_binding_gives_the_templates_of_one_environment() -> None:
    """CS-1: bound variables become text, free ones stay, reserved names that are absent are ignored."""
    template = PathTemplate("{env}/cases/{case_id:int}/{batch_id}/")

    bound = template.bind(env="prod", project="nextpoint", account="123456789012")

    assert bound == PathTemplate("prod/cases/{case_id:int}/{batch_id}/")
    assert bound.bind(case_id=7) == PathTemplate("prod/cases/7/{batch_id}/")
    assert template.bind() == template


def test_binding_narrows_to_a_session() -> None:
    """TU-2: any variable can be bound, so that a session's keys are a template of their own."""
    bound = PathTemplate("temp/{session:uuid}/").bind(session="6f1d2c3b-4a59-4687-b8c9-d0e1f2a3b4c5")

    assert bound.key_pattern() == "temp/6f1d2c3b-4a59-4687-b8c9-d0e1f2a3b4c5/*"
    assert bound.lifecycle_prefix().exact


def test_bound_braces_stay_text() -> None:
    """A value with braces is text, never a variable."""
    bound = PathTemplate("a/{x}/").bind(x="{env}")

    assert bound.text == "a/{{env}}/"
    assert bound.variables == {}
    assert bound.format() == "a/{env}/"


@pytest.mark.parametrize(
    ("text", "values", "message"),
    [
        ("{env:slug}/", {"env": "Prod"}, "env must be a word of a-z, 0-9 and inner hyphens, found 'Prod'"),
        ("{env}/", {"env": "a/b"}, "env must be text of one or more characters, without '/'"),
        ("{env}/", {"env": ""}, "found ''"),
        ("{env}/", {"env": "a*"}, "env: '*' is no wildcard here"),
        ("{env}/", {"env": ".."}, "the segment '..'"),
        ("{env}/", {"env": "e\u0301"}, "composed form (NFC)"),
        ("{env}/", {"env": "x" * 10**6}, "at most 1024 bytes"),
        ("{env}/", {"env": "\u0301" * 10**6}, "at most 1024 bytes"),
        ("{env}/", {"env": "x" * 1024}, "at most 1024 bytes; its keys have at least 1025"),
        ("{env}/{x}/", {"y": "a"}, "there is no variable 'y'"),
    ],
)
def test_values_that_cannot_be_bound_are_refused(text: str, values: dict[str, str], message: str) -> None:
    """Binding checks a value against its variable's type and against the rules for literal text."""
    with pytest.raises(TemplateError, match=re.escape(message)):
        PathTemplate(text).bind(**values)


def test_the_nearest_variable_is_named() -> None:
    """A misspelled variable is answered with the right spelling."""
    with pytest.raises(TemplateError, match="did you mean 'case_id'") as caught:
        PathTemplate("{case_id:int}/").format(caseid=1)

    assert caught.value.message == "there is no variable 'caseid' in '{case_id:int}/'"


@pytest.mark.parametrize("text", ["{env}-{x}/", "{project}-{env}/", "{env}/{env}/"])
def test_reserved_variables_may_stand_where_only_their_value_tells_them_apart(text: str) -> None:
    """What reads two ways only while a reserved variable is open is accepted, and readable once bound."""
    template = PathTemplate(text)

    with pytest.raises(TemplateError, match=r"cannot be read before .*env.* bound"):
        template.parse("a/a/")
    with pytest.raises(TemplateError, match="is bound"):
        template.owns("a/a/")
    bound = template.bind(**dict.fromkeys(RESERVED, "prod"))
    assert bound.to_bind == ()
    assert bound.owns(bound.format(**dict.fromkeys(bound.variables, "y")))


def test_free_variables_stay_ambiguous_beside_a_bound_one() -> None:
    """A value for a reserved variable does not excuse two free ones that cannot be told apart."""
    template = PathTemplate("{env}-{a}-{b}/")

    with pytest.raises(TemplateError, match="can be read two ways"):
        template.bind(env="prod")


def test_a_path_and_a_name_make_whole_keys() -> None:
    """AP-1: the name below a path continues it, and a variable stands only once in both."""
    path = PathTemplate("chunks/{document_id}/")

    key = path.joined(NameTemplate("chunk_{i:int}.txt"))

    assert key.format(document_id="d7", i=3) == "chunks/d7/chunk_3.txt"
    with pytest.raises(TemplateError, match="stands here twice"):
        path.joined(NameTemplate("{document_id}.txt"))
