"""Paths in a contract: templates, under the demanded beginning, each key with one owner."""

import pytest

from tests.contract.loading_cases import assert_refused, case, problems, with_bucket, with_prefix

PREFIXED = "project: demo\nkey_prefix: '{env}/'\nenvironments: {dev: , prod: }\n"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case("under the prefix", PREFIXED + with_prefix("path: '{env}/a/'")),
        case("outside the prefix", PREFIXED + with_prefix("path: a/"), "path", "begins with"),
        case("one environment's own", PREFIXED + with_prefix("path: dev/a/"), "path", "begins with"),
        case(
            "logs lie elsewhere",
            PREFIXED + "buckets: {l: {purpose: access-logs, prefixes: {a: {path: a/}}}}\n",
        ),
        case("no prefix to demand", "key_prefix: '{env}'\n", "key_prefix", "ends in '/'"),
        case("no slash", with_prefix("path: a"), "path", "ends in '/'"),
        case("unknown type", with_prefix("path: 'a/{x:number}/'"), "no type 'number'"),
        case("no name", with_prefix("objects: 'a/'"), "objects"),
        case(
            "a name with the path's variable",
            with_prefix("path: '{x}/', objects: '{x}.txt'"),
            "objects",
            "twice",
        ),
        case("account", with_prefix("path: '{account}/'")),
        case(
            "no account",
            "project: demo\nenvironments: {dev: }\n" + with_prefix("path: '{account}/'"),
            "path",
            "account",
        ),
        case("apart", with_bucket("prefixes: {a: {path: a/}, b: {path: b/}}")),
        case("apart by type", with_bucket("prefixes: {a: {path: '{x:int}/'}, b: {path: '{x:uuid}/'}}")),
        case(
            "apart by name",
            with_bucket(
                "prefixes: {a: {path: a/, objects: '{i:int}.txt'}, b: {path: a/, objects: '{i:int}.pdf'}}"
            ),
        ),
        case(
            "one within the other",
            with_bucket("prefixes: {a: {path: a/}, b: {path: a/b/}}"),
            "b.path",
            "'a/b/",
        ),
        case(
            "alike",
            with_bucket("prefixes: {a: {path: '{x}/a/'}, b: {path: '{y:int}/a/'}}"),
            "b.path",
            "such as",
        ),
        case("alike and said", with_bucket("prefixes: {a: {path: a/, overlaps: b}, b: {path: a/b/}}")),
        case(
            "said and apart",
            with_bucket("prefixes: {a: {path: a/, overlaps: b}, b: {path: b/}}"),
            "overlaps.0",
        ),
        case("said of itself", with_bucket("prefixes: {a: {path: a/, overlaps: a}}"), "overlaps.0"),
        case("said of nothing", with_bucket("prefixes: {a: {path: a/, overlaps: c}}"), "overlaps.0", "'c'"),
        case(
            "alike in one environment",
            "project: demo\nenvironments: {dev: , prod: }\n"
            + with_bucket("prefixes: {a: {path: '{env}/'}, b: {path: prod/}}"),
            "(in prod)",
        ),
    ],
)
@pytest.mark.requirement("CS-1")
@pytest.mark.requirement("AP-1")
def test_paths(body: str, words: tuple[str, ...]) -> None:
    """Paths are templates under the demanded beginning, and no key has two owners unsaid (CS-1, AP-1)."""
    assert_refused(body, words)


@pytest.mark.parametrize(
    "body",
    [
        with_bucket("temp: {session_ttl: 1 hour}, prefixes: {a: {path: a}}"),
        with_bucket("prefixes: {a: {path: a, delivery: content-addressed}}"),
        with_bucket(
            "notifications: {targets: {arn: 'arn:aws:sqs:us-west-2:111122223333:q', prefix: a,"
            " events: 's3:ObjectCreated:*'}}, prefixes: {a: {path: a}}"
        ),
        with_bucket(f"prefixes: {{a: {{path: a, tags: {{{', '.join(f't{n}: v' for n in range(10))}}}}}}}"),
        with_bucket("prefixes: {a: {path: a, overlaps: b}, b: {path: a/}}"),
    ],
    ids=["session", "delivery", "notification", "tags", "overlap"],
)
def test_a_path_that_is_no_template_is_told_once(body: str) -> None:
    """What else depends on the path waits until it is one."""
    assert_refused(body, ("prefixes.a.path", "ends in '/'"))


def test_all_that_is_wrong_with_a_path_is_told_at_once() -> None:
    """Each mistake at its own character."""
    found = problems(with_prefix("path: 'docs/{x:foo}'"))

    assert [(one.path, one.column) for one in found] == [
        ("buckets.files.prefixes.documents.path", 49),
        ("buckets.files.prefixes.documents.path", 53),
    ]
    assert "no type 'foo'" in found[0].message
    assert "ends in '/'" in found[1].message


def test_the_caret_points_into_the_template() -> None:
    """The character at fault is marked where the text stands as it is, else the whole text."""
    bare, quoted, escaped = (
        problems(with_prefix(f"path: {text}"))[0] for text in ("a/*/", "'a/*/'", '"a/\\x2a/"')
    )
    assert bare.end_column - bare.column == quoted.end_column - quoted.column == 1
    assert quoted.column == bare.column + 1
    assert (escaped.column, escaped.end_column) == (quoted.column - 3, quoted.column + 6)


def test_a_bucket_has_no_more_prefixes_than_lifecycle_rules() -> None:
    """A thousand prefixes are compared quickly; one more is refused."""
    thousand = ", ".join(f"p{n}: {{path: p{n}/}}" for n in range(1000))
    assert_refused(with_bucket(f"prefixes: {{{thousand}}}"), ())
    assert_refused(with_bucket(f"prefixes: {{{thousand}, more: {{path: more/}}}}"), ("at most 1000",))


def test_paths_that_all_begin_alike_are_not_compared_for_ever() -> None:
    """Where too many pairs would have to be compared, the contract is refused."""
    many = ", ".join(f"p{n}: {{path: '{{x}}/p{n}/'}}" for n in range(700))
    assert_refused(with_bucket(f"prefixes: {{{many}}}"), ("begin alike",))
