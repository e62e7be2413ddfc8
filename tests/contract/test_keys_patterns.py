"""The patterns of IAM, lifecycle rules and notifications select every key of the template."""

import re
from functools import cache
from itertools import product
from urllib.parse import unquote_plus

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bucketwright.contract.keys.patterns import LifecyclePrefix, NotificationFilter, iam_literal
from bucketwright.contract.keys.templates import NameTemplate, PathTemplate, Template

UNHURRIED = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TEMPLATES: list[Template] = [
    PathTemplate("prod/cases/{case_id:int}/documents/"),
    PathTemplate("documents/"),
    PathTemplate("{a}/{b:hex2}{c:slug}/x{d}y/"),
    PathTemplate("a${{b}}$/{x}/"),
    NameTemplate("chunks/{document_id}/chunk_{i:int}.txt"),
    NameTemplate("orgs/logo.png"),
    NameTemplate("{day:date}_{n:int}"),
    NameTemplate("a b+c=é/{x}%.(1)"),
]
VALUES = st.from_regex(r"\A[a-z0-9]{1,4}\Z")
BELOW = st.text(max_size=6)


def value_of(kind: str, data: st.DataObject) -> str:
    """Draw a spelled value for a variable of this type."""
    fixed = {"hex2": "ab", "date": "2024-02-29"}
    if kind == "int":
        return str(data.draw(st.integers(0, 10**6)))
    return fixed.get(kind) or data.draw(VALUES)


def key_of(template: Template, data: st.DataObject) -> str:
    """Draw a key the template owns."""
    values = {name: value_of(kind.name, data) for name, kind in template.variables.items()}
    below = data.draw(BELOW) if isinstance(template, PathTemplate) else ""
    return template.format(**values) + below


def iam_matches(pattern: str, text: str) -> bool:
    """The oracle: IAM's `*`, `?` and `${*}`, by trying every length for every star."""
    pieces = re.findall(r"\$\{[*?$]\}|[^$]|\$(?!\{)", pattern, re.DOTALL)
    assert "".join(pieces) == pattern, "a policy variable slipped in"

    @cache
    def match(piece: int, at: int) -> bool:
        if piece == len(pieces):
            return at == len(text)
        if pieces[piece] == "*":
            return any(match(piece + 1, end) for end in range(at, len(text) + 1))
        wanted = pieces[piece][2] if len(pieces[piece]) > 1 else pieces[piece]
        return at < len(text) and (pieces[piece] == "?" or text[at] == wanted) and match(piece + 1, at + 1)

    return match(0, 0)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.text)
@UNHURRIED
@given(data=st.data())
def test_the_iam_pattern_matches_every_key(template: Template, data: st.DataObject) -> None:
    """AP-1: whatever the template owns, its pattern matches."""
    key = key_of(template, data)

    assert template.owns(key)
    assert iam_matches(template.key_pattern(), key)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.text)
@UNHURRIED
@given(data=st.data())
def test_prefix_and_suffix_select_every_key(template: Template, data: st.DataObject) -> None:
    """The lifecycle prefix, and the notification's prefix and suffix once decoded, select every key."""
    key = key_of(template, data)
    notified = template.notification_filter()

    assert key.startswith(template.lifecycle_prefix().prefix)
    assert key.startswith(unquote_plus(notified.prefix))
    assert key.endswith(unquote_plus(notified.suffix))


@pytest.mark.parametrize(
    ("template", "pattern"),
    [
        (PathTemplate("prod/cases/{case_id:int}/documents/"), "prod/cases/*/documents/*"),
        (PathTemplate("prod/tmp/{case_id:int}/{batch_id}/"), "prod/tmp/*/*/*"),
        (PathTemplate("documents/"), "documents/*"),
        (PathTemplate("{a:hex2}{b}/"), "*/*"),
        (NameTemplate("chunks/{document_id}/chunk_{i:int}.txt"), "chunks/*/chunk_*.txt"),
        (NameTemplate("orgs/logo.png"), "orgs/logo.png"),
        (NameTemplate("{a}"), "*"),
        (NameTemplate("a${{aws:username}}/x"), "a${$}{aws:username}/x"),
        (NameTemplate("$5"), "${$}5"),
    ],
    ids=lambda case: case.text if isinstance(case, Template) else None,
)
def test_iam_patterns_are_spelled_as_iam_reads_them(template: Template, pattern: str) -> None:
    """A variable becomes one star, what lies below a path another, and no literal is read as a wildcard."""
    assert template.key_pattern() == pattern


@UNHURRIED
@given(st.text(st.sampled_from("a*?${}\n"), max_size=8), st.text(st.sampled_from("a*?${}\n"), max_size=8))
def test_literal_text_matches_only_itself(text: str, other: str) -> None:
    """Stars, question marks and dollars are escaped, so that the pattern matches that one text."""
    assert iam_matches(iam_literal(text), text)
    assert iam_matches(iam_literal(text), other) == (text == other)


@pytest.mark.parametrize(
    ("template", "prefix"),
    [
        (PathTemplate("prod/staging/"), LifecyclePrefix("prod/staging/", exact=True)),
        (PathTemplate("a$ b/"), LifecyclePrefix("a$ b/", exact=True)),
        (PathTemplate("prod/cases/{id:int}/exports/"), LifecyclePrefix("prod/cases/", exact=False)),
        (PathTemplate("scraped/{source_id}/"), LifecyclePrefix("scraped/", exact=False)),
        (PathTemplate("x/v{n:int}/"), LifecyclePrefix("x/v", exact=False)),
        (PathTemplate("{env}/tmp/"), LifecyclePrefix("", exact=False)),
        (NameTemplate("orgs/logo.png"), LifecyclePrefix("orgs/logo.png", exact=False)),
    ],
    ids=lambda case: case.text if isinstance(case, Template) else None,
)
def test_lifecycle_prefixes_are_literal(template: Template, prefix: LifecyclePrefix) -> None:
    """CS-10: a prefix stops at the first variable, and only a path without variables is selected exactly."""
    assert template.lifecycle_prefix() == prefix


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (PathTemplate("prod/staging/"), NotificationFilter("prod/staging/", "", exact=True)),
        (PathTemplate("prod/cases/{id:int}/x/"), NotificationFilter("prod/cases/", "", exact=False)),
        (
            NameTemplate("chunks/{d}/chunk_{i:int}.txt"),
            NotificationFilter("chunks/", ".txt", exact=False),
        ),
        (
            NameTemplate("schema=1 a+b/{x}é.(csv)"),
            NotificationFilter("schema%3D1+a%2Bb/", "%C3%A9.(csv)", exact=False),
        ),
        (
            NameTemplate("orgs/logo.png"),
            NotificationFilter("orgs/logo.png", "orgs/logo.png", exact=False),
        ),
    ],
    ids=lambda case: case.text if isinstance(case, Template) else None,
)
def test_notification_filters_are_encoded(template: Template, expected: NotificationFilter) -> None:
    """The filter is spelled as S3 wants it: a space as a plus sign, other marks in percent code."""
    assert template.notification_filter() == expected


@pytest.mark.parametrize(
    "template", [t for t in TEMPLATES if t.lifecycle_prefix().exact], ids=lambda template: template.text
)
@UNHURRIED
@given(text=st.text(max_size=8))
def test_an_exact_prefix_selects_no_other_key(template: Template, text: str) -> None:
    """Where the prefix is called exact, every key it selects is the template's."""
    assert template.owns(template.lifecycle_prefix().prefix + text)


@pytest.mark.parametrize(
    "text",
    ["{x:int}/a/", "{x:slug}.{y:hex2}/", "a{x}/", "{m:month}/"],
)
def test_tokens_spell_every_owned_key(text: str) -> None:
    """The token sequence matches each key the template owns, and more only within the types' hulls."""
    template = PathTemplate(text)
    expression = re.compile(
        "".join(
            f"{'[^' if token.chars.negated else '['}{re.escape(''.join(sorted(token.chars.chars)))}]"
            f"{{{token.low},{'' if token.high is None else token.high}}}"
            for token in template.tokens()[:-1]
        )
        + r"[\s\S]*"
    )
    words = ["".join(chars) for size in range(1, 7) for chars in product("a10-./", repeat=size)]

    owned = {word for word in words if template.owns(word)}
    spelled = {word for word in words if expression.fullmatch(word)}
    assert owned
    assert owned <= spelled
    hull = {"int": r"\d+/a/.*", "slug": r"[a-z0-9-]+\.\w\w/.*", "str": r"a[^/]+/.*", "month": r"[01]\d/.*"}
    assert all(re.fullmatch(hull[next(iter(template.variables.values())).name], word) for word in spelled)


def test_tokens_of_a_path_end_in_anything() -> None:
    """A path's tokens reach below it; a name's end where the name ends."""
    anything = PathTemplate("a/").tokens()[-1]

    assert (anything.low, anything.high, anything.chars.complement().is_empty()) == (0, None, True)
    assert [token.chars.example() for token in NameTemplate("a/b").tokens()] == ["a", "/", "b"]


def test_heads_and_tails_are_the_text_around_the_variables() -> None:
    """The literal head ends at the first variable, the tail begins after the last, escapes resolved."""
    template = NameTemplate("a{{/{x}/b{y:int}/c}}")

    assert (template.literal_head, template.literal_tail) == ("a{/", "/c}")
    assert PathTemplate("a/{x}/").literal_tail == "/"
    assert PathTemplate("a/b/").literal_tail == PathTemplate("a/b/").literal_head == "a/b/"


def event_matches(pattern: str, text: str) -> bool:
    """The oracle: EventBridge's `*`, and a backslash before a character that means itself."""
    pieces = re.findall(r"\\.|[^\\]", pattern, re.DOTALL)
    spelled = (".*" if piece == "*" else re.escape(piece[-1]) for piece in pieces)
    return re.fullmatch("".join(spelled), text, re.DOTALL) is not None


@UNHURRIED
@given(st.sampled_from(TEMPLATES), st.data())
def test_the_event_pattern_matches_every_key(template: Template, data: st.DataObject) -> None:
    """EventBridge tells of every key of the template, and takes no two wildcards in a row."""
    pattern = template.event_pattern()

    assert event_matches(pattern, key_of(template, data))
    assert "**" not in pattern.replace("\\*", "")


def test_the_event_pattern_is_no_wider_than_the_template_with_stars() -> None:
    """What differs in a literal part is not told of."""
    pattern = PathTemplate("in/{id:int}/new/").event_pattern()

    assert pattern == "in/*/new/*"
    assert not event_matches(pattern, "in/7/old/a")
