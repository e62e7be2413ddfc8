"""Named prefixes: can S3 tell their objects from others that it copies, archives or tells of?"""

import pytest

from tests.contract.loading_cases import assert_refused, case, with_bucket

SHARED = "exports: {path: 'cases/{id}/exports/'}, papers: {path: 'cases/{id}/papers/'}"
APART = "exports: {path: 'exports/{id}/'}, papers: {path: 'papers/{id}/'}"
NAMED = "exports: {path: '{id}/pdf/', objects: '{n}.pdf'}, papers: {path: '{id}/txt/', objects: '{n}.txt'}"
ON_PURPOSE = "exports: {path: 'cases/{id}/'}, papers: {path: 'cases/papers/', overlaps: exports}"
COPY = "  copy: {versioning: enabled}\n"
QUEUE = "'arn:aws:sqs:us-west-2:111122223333:queue'"


def copied(prefixes: str, rule: str = "prefixes: exports", more: str = "") -> str:
    """A bucket with these prefixes, of which some are copied."""
    stated = f"versioning: enabled, replication: {{to: copy, {rule}}}"
    return with_bucket(f"{stated}, prefixes: {{{prefixes}}}{more}") + COPY


def tiered(prefixes: str, more: str = "") -> str:
    """The same where some are archived when nobody reads them."""
    stated = "intelligent_tiering: {archive: 90 days, prefixes: exports}"
    return with_bucket(f"{stated}, prefixes: {{{prefixes}}}{more}")


def told(prefixes: str, rest: str = "prefix: exports") -> str:
    """The same where somebody is told of some."""
    target = f"{{arn: {QUEUE}, events: 's3:ObjectCreated:*', {rest}}}"
    return with_bucket(f"notifications: {{targets: {target}}}, prefixes: {{{prefixes}}}")


DELETIONS = "prefixes: exports, delete_markers: true"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case("copied by a tag", copied(SHARED)),
        case("deletions of a shared beginning", copied(SHARED, DELETIONS), "prefixes.0", "cases/", "papers"),
        case("deletions of a beginning of its own", copied(APART, DELETIONS)),
        case("deletions of all", copied(SHARED, "delete_markers: true")),
        case("deletions of keys shared on purpose", copied(ON_PURPOSE, DELETIONS)),
        case("of no prefix", copied(SHARED, "prefixes: nothing, delete_markers: true"), "no prefix of files"),
        case("reports", copied(SHARED, more=", purpose: reports"), "prefixes.0", "papers"),
        case("reports of a beginning of their own", copied(APART, more=", purpose: reports")),
        case(
            "reports shared on purpose", copied(ON_PURPOSE, more=", purpose: reports"), "prefixes.0", "papers"
        ),
        case(
            "reports shared on purpose, with their deletions",
            copied(ON_PURPOSE, DELETIONS, more=", purpose: reports"),
        ),
    ],
)
def test_copies(body: str, words: tuple[str, ...]) -> None:
    """A tag tells objects, but not where deletions are copied, nor what AWS wrote."""
    assert_refused(body, words)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case("by a tag", tiered(SHARED)),
        case("reports", tiered(SHARED, ", purpose: reports"), "tiering.prefixes.0", "papers"),
        case("reports of a beginning of their own", tiered(APART, ", purpose: reports")),
        case("reports shared on purpose", tiered(ON_PURPOSE, ", purpose: reports"), "papers"),
    ],
)
def test_tiers(body: str, words: tuple[str, ...]) -> None:
    """A tag tells objects, but for those that AWS wrote."""
    assert_refused(body, words)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case("a shared beginning", told(SHARED), "targets.0.prefix", "papers"),
        case("no beginning", told(NAMED), "targets.0.prefix", "first variable"),
        case("an ending of its own", told(NAMED, "prefix: exports, suffix: .pdf")),
        case("a part of an ending", told(NAMED, "prefix: exports, suffix: f")),
        case("the ending of the other", told(NAMED, "prefix: exports, suffix: txt"), "papers"),
        case("a beginning of its own", told(APART)),
        case("all keys", told(SHARED, "suffix: .pdf")),
        case("keys shared on purpose", told(ON_PURPOSE)),
        case("no such prefix", told(SHARED, "prefix: nothing"), "no prefix of files"),
        case("a path that is none", told(f"{SHARED}, bad: {{path: '{{/'}}", "prefix: papers"), "bad.path"),
    ],
)
def test_notifications(body: str, words: tuple[str, ...]) -> None:
    """Their filters know how keys begin and end, and nothing else."""
    assert_refused(body, words)


QUARANTINE = "waiting: {path: w/, quarantine: {scanner: scanner, release_to: files/clean}}, clean: {path: c/}"
SCANNER = (
    "access: {scanner: {trusts: ecs-tasks.amazonaws.com, read: files/waiting, delete: files/waiting,"
    " write: files/clean}}\n"
)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        case("all", "storage_class: standard", "replication.0", "waits for a scan in waiting"),
        case("the quarantine", "prefixes: [clean, waiting]", "replication.0.prefixes.1", "copied nowhere"),
        case("what is clean", "prefixes: clean"),
        case("what is clean, with its deletions", "prefixes: clean, delete_markers: true"),
    ],
)
def test_what_waits_for_a_scan_is_not_copied(rule: str, words: tuple[str, ...]) -> None:
    """Readers of the copies would have it before the scanner."""
    assert_refused(copied(QUARANTINE, rule) + SCANNER, words)
