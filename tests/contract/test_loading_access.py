"""Grants and exemptions: who, what and where, of things that exist."""

import pytest

from tests.contract.loading_cases import assert_refused, case, problems

FILES = "buckets: {files: {prefixes: {a: {path: a/}, b: {path: b/}}}}\n"
LAMBDA = "trusts: lambda.amazonaws.com"


def grant(body: str) -> str:
    """A contract with one grant."""
    return f"{FILES}access: {{app: {{{body}}}}}\n"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case("role", grant(f"{LAMBDA}, read: files/a")),
        case("account", grant("trusts: [444455556666, 'arn:aws:iam::444455556666:root'], list: 'files/*'")),
        case("partner", grant("principals: 'arn:aws:iam::444455556666:user/x', read: files/a")),
        case("service", grant("service: {name: cloudtrail.amazonaws.com}, write: files/a")),
        case("nobody", grant("read: files/a"), "who this is for"),
        case("nothing", grant(LAMBDA), "what this may do"),
        case("two kinds", grant(f"{LAMBDA}, service: {{name: a.amazonaws.com}}, read: files/a"), "both"),
        case("deleting service", grant("service: {name: a.amazonaws.com}, delete: files/a"), "delete"),
        case("session", grant(f"{LAMBDA}, read: files/a, max_session: 12 hours")),
        case("short session", grant(f"{LAMBDA}, read: files/a, max_session: 59 minutes"), "max_session"),
        case("long session", grant(f"{LAMBDA}, read: files/a, max_session: 13 hours"), "max_session"),
        case(
            "session of nobody's role",
            grant("principals: 'arn:aws:iam::444455556666:root', read: files/a, max_session: 2 hours"),
            "makes none",
        ),
        case("boundary", grant(f"{LAMBDA}, read: files/a, boundary: 'arn:aws:iam::111122223333:policy/b'")),
        case(
            "no boundary",
            grant(f"{LAMBDA}, read: files/a, boundary: 'arn:aws:iam::111122223333:role/b'"),
            "boundary",
        ),
        case("no principal", grant("principals: 'arn:aws:iam::444455556666:group/x', read: files/a"), "IAM"),
        case("no trust", grant("trusts: 'arn:aws:s3:::x', read: files/a"), "trusts.0"),
        case(
            "web",
            grant(
                "federated: {provider: 'arn:aws:iam::111122223333:saml-provider/x', audience: a},"
                " read: files/a"
            ),
        ),
        case(
            "no provider",
            grant("federated: {provider: 'arn:aws:iam::111122223333:role/x', audience: a}, read: files/a"),
            "provider",
        ),
        case("unknown bucket", grant(f"{LAMBDA}, read: file/a"), "no bucket 'file'"),
        case("unknown prefix", grant(f"{LAMBDA}, write: [files/a, files/c]"), "write.1", "'c'"),
        case("all of an unknown bucket", grant(f"{LAMBDA}, read: 'file/*'"), "no bucket"),
        case("twice", grant(f"{LAMBDA}, read: [files/a, files/b, files/a]"), "read.2", "twice"),
        case("read and write", grant(f"{LAMBDA}, read: files/a, write: files/a, delete: files/a")),
        case("read and list", grant(f"{LAMBDA}, read: files/a, list: files/a"), "already lists"),
        case("read one, list another", grant(f"{LAMBDA}, read: files/a, list: files/b")),
    ],
)
def test_grants(body: str, words: tuple[str, ...]) -> None:
    """A grant says who, what and where, each once, of what exists."""
    assert_refused(body, words)


@pytest.mark.parametrize(("count", "listed"), [(12, 12), (13, 0)])
def test_what_exists_is_listed_where_it_is_not_too_much(count: int, listed: int) -> None:
    """A handful of names is shown in full; of many only the nearest is named."""
    names = ", ".join(f"b{n}: {{}}" for n in range(count))
    (problem,) = problems(f"buckets: {{{names}}}\naccess: {{app: {{{LAMBDA}, read: b/a}}}}\n")
    assert len(problem.allowed) == listed
    assert "did you mean 'b" in problem.help


def exempt(*entries: str, rules: tuple[str, ...] = ("some-rule", "some-rule")) -> str:
    """A contract with these exemptions."""
    rest = "reason: agreed with them, owner: platform, expires: 2027-06-30"
    listed = [f"  - {{rule: {rule}, {entry}, {rest}}}\n" for rule, entry in zip(rules, entries, strict=False)]
    return grant(f"{LAMBDA}, read: files/a") + "exemptions:\n" + "".join(listed)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case("one", exempt("bucket: files")),
        case("of a prefix", exempt("bucket: files, prefix: a")),
        case("of a role", exempt("role: app")),
        case("of nothing in particular", exempt("ticket: A-1")),
        case("different rules", exempt("bucket: files", "bucket: files", rules=("one-rule", "other-rule"))),
        case("different prefixes", exempt("bucket: files, prefix: a", "bucket: files, prefix: b")),
        case("twice", exempt("bucket: files", "bucket: files"), "exemptions.1", "entry 1"),
        case("unknown bucket", exempt("bucket: file"), "no bucket"),
        case("unknown prefix", exempt("bucket: files, prefix: c"), "no prefix"),
        case("unknown role", exempt("role: apple"), "no role"),
        case("prefix of no bucket", exempt("prefix: a"), "which bucket"),
    ],
)
def test_exemptions(body: str, words: tuple[str, ...]) -> None:
    """An exemption is of something that exists, and given once."""
    assert_refused(body, words)
